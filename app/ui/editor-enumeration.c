/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/editor-enumeration.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* With more values than this there is a search. */
#define MANY 8

struct _PlanciaEditorEnumeration
{
  PlanciaEditor parent_instance;

  GtkBox         *box;
  GtkWidget      *search;
  GtkCheckButton *first;   /* leads the group; never shown and set while none of the values is */
  GPtrArray      *buttons; /* GtkCheckButton, one a label, borrowed */
};

G_DEFINE_FINAL_TYPE (PlanciaEditorEnumeration, plancia_editor_enumeration, PLANCIA_TYPE_EDITOR)

static const PlanciaField *
field_of (PlanciaEditorEnumeration *self)
{
  return plancia_register_row_get_field (plancia_editor_get_row (PLANCIA_EDITOR (self)));
}

static const PlanciaLabel *
label_at (PlanciaEditorEnumeration *self, guint index)
{
  return g_ptr_array_index (field_of (self)->values, index);
}

static void
on_toggled (PlanciaEditorEnumeration *self, GtkCheckButton *button)
{
  if (gtk_check_button_get_active (button))
    plancia_editor_emit_changed (PLANCIA_EDITOR (self));
}

static void
on_search_changed (PlanciaEditorEnumeration *self)
{
  g_autofree char *wanted = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)),
                                             -1);

  for (guint i = 0; i < self->buttons->len; i++) {
    const char      *label = plancia_map_label (label_at (self, i)->label);
    g_autofree char *folded = g_utf8_casefold (label, -1);

    gtk_widget_set_visible (g_ptr_array_index (self->buttons, i), strstr (folded, wanted) != NULL);
  }
}

static GtkWidget *
line_new (const PlanciaLabel *label)
{
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget       *name = gtk_label_new (plancia_map_label (label->label));
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, label->number);
  GtkWidget       *code = gtk_label_new (number);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (name, plancia_map_label (label->label));
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (code, "mono");
  gtk_widget_add_css_class (code, "kv-key");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), code);
  return box;
}

static void
choose_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_check_button_set_active (user_data, TRUE);
}

/* GTK 4.8 gives a check button no action for assistive technology; those of its own group are offered there. */
static void
add_action (GtkWidget *button)
{
  static const GActionEntry entries[] = {
    {"choose", choose_cb, NULL, NULL, NULL, {0}}
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), button);
  gtk_widget_insert_action_group (button, "value", G_ACTION_GROUP (group));
}

static void
add_button (PlanciaEditorEnumeration *self, const PlanciaLabel *label, gboolean active)
{
  GtkWidget *button = gtk_check_button_new ();

  gtk_check_button_set_group (GTK_CHECK_BUTTON (button), self->first);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), line_new (label));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  plancia_map_label (label->label),
                                  -1);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (button), active);
  add_action (button);
  gtk_box_append (self->box, button);
  g_ptr_array_add (self->buttons, button);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (on_toggled), self);
}

/* The raw number of a value: labels count before scaling. */
static gint64
raw_of (const PlanciaField *field, const PlanciaValue *value)
{
  return (gint64) round ((value->number - field->offset) / field->scale);
}

static void
set_row (PlanciaEditor *editor, PlanciaRegisterRow *row)
{
  PlanciaEditorEnumeration *self = PLANCIA_EDITOR_ENUMERATION (editor);
  const PlanciaField       *field = plancia_register_row_get_field (row);
  const PlanciaValue       *start = plancia_editor_get_start (editor);

  for (guint i = 0; i < field->values->len; i++) {
    const PlanciaLabel *label = g_ptr_array_index (field->values, i);

    add_button (self,
                label,
                start->kind == PLANCIA_VALUE_NUMBER && raw_of (field, start) == label->number);
  }
  gtk_widget_set_visible (self->search, field->values->len > MANY);
}

static gboolean
get_value (PlanciaEditor *editor, PlanciaValue *out, GError **error)
{
  PlanciaEditorEnumeration *self = PLANCIA_EDITOR_ENUMERATION (editor);
  const PlanciaField       *field = field_of (self);

  for (guint i = 0; i < self->buttons->len; i++) {
    if (!gtk_check_button_get_active (g_ptr_array_index (self->buttons, i)))
      continue;
    out->kind = PLANCIA_VALUE_NUMBER;
    out->integer = label_at (self, i)->number;
    out->number = out->integer * field->scale + field->offset;
    return TRUE;
  }
  plancia_editor_set_error (error, _ ("No value is chosen."));
  return FALSE;
}

static void
plancia_editor_enumeration_dispose (GObject *object)
{
  g_clear_object (&PLANCIA_EDITOR_ENUMERATION (object)->first);

  G_OBJECT_CLASS (plancia_editor_enumeration_parent_class)->dispose (object);
}

static void
plancia_editor_enumeration_finalize (GObject *object)
{
  g_ptr_array_unref (PLANCIA_EDITOR_ENUMERATION (object)->buttons);

  G_OBJECT_CLASS (plancia_editor_enumeration_parent_class)->finalize (object);
}

static void
plancia_editor_enumeration_class_init (PlanciaEditorEnumerationClass *klass)
{
  GtkWidgetClass     *widget_class = GTK_WIDGET_CLASS (klass);
  PlanciaEditorClass *editor_class = PLANCIA_EDITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_editor_enumeration_dispose;
  G_OBJECT_CLASS (klass)->finalize = plancia_editor_enumeration_finalize;
  editor_class->set_row = set_row;
  editor_class->get_value = get_value;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/editor-enumeration.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaEditorEnumeration, box);
  gtk_widget_class_bind_template_child (widget_class, PlanciaEditorEnumeration, search);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
}

static void
plancia_editor_enumeration_init (PlanciaEditorEnumeration *self)
{
  self->buttons = g_ptr_array_new ();
  self->first = g_object_ref_sink (GTK_CHECK_BUTTON (gtk_check_button_new ()));
  gtk_check_button_set_active (self->first, TRUE);
  gtk_widget_init_template (GTK_WIDGET (self));
}
