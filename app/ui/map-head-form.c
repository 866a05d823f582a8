/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/map-head-form.h"

#include <glib/gi18n.h>

#define INDEX_KEY "plancia-index"

struct _PlanciaMapHeadForm
{
  AdwBin parent_instance;

  AdwEntryRow         *name_row;
  AdwActionRow        *base_row;
  GtkWidget           *place_row;
  GtkSwitch           *place_switch;
  AdwEntryRow         *confidence_row;
  AdwEntryRow         *note_row;
  AdwPreferencesGroup *sources_group;

  PlanciaMapEdit *edit;    /* or NULL */
  GPtrArray      *sources; /* their rows, borrowed */
  gboolean        filling;
};

G_DEFINE_FINAL_TYPE (PlanciaMapHeadForm, plancia_map_head_form, ADW_TYPE_BIN)

/* --- sources --------------------------------------------------------------------------------- */

static void fill_sources (PlanciaMapHeadForm *self);

static guint
index_of (gpointer widget)
{
  return GPOINTER_TO_UINT (g_object_get_data (widget, INDEX_KEY));
}

static void
source_cb (PlanciaMapHeadForm *self, GtkEditable *row)
{
  if (!self->filling)
    plancia_map_edit_set_source (self->edit, index_of (row), "ref", gtk_editable_get_text (row));
}

static void
remove_source_cb (PlanciaMapHeadForm *self, GtkButton *button)
{
  plancia_map_edit_remove_source (self->edit, index_of (button));
  fill_sources (self);
}

static GtkWidget *
make_remove (PlanciaMapHeadForm *self, guint index)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _("Remove this source"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Remove this source"), -1);
  gtk_widget_set_sensitive (button, plancia_map_edit_get_n_sources (self->edit) > 1);
  g_object_set_data (G_OBJECT (button), INDEX_KEY, GUINT_TO_POINTER (index));
  g_signal_connect_object (button,
                           "clicked",
                           G_CALLBACK (remove_source_cb),
                           self,
                           G_CONNECT_SWAPPED);
  return button;
}

static void
add_source_row (PlanciaMapHeadForm *self, guint index)
{
  GtkWidget       *row = adw_entry_row_new ();
  g_autofree char *ref = plancia_map_edit_get_source (self->edit, index, "ref");
  g_autofree char *kind = plancia_map_edit_get_source (self->edit, index, "kind");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), kind[0] != '\0' ? kind : _("Source"));
  gtk_editable_set_text (GTK_EDITABLE (row), ref);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), make_remove (self, index));
  g_object_set_data (G_OBJECT (row), INDEX_KEY, GUINT_TO_POINTER (index));
  g_signal_connect_object (row, "changed", G_CALLBACK (source_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->sources_group, row);
  g_ptr_array_add (self->sources, row);
}

static void
fill_sources (PlanciaMapHeadForm *self)
{
  for (guint i = 0; i < self->sources->len; i++)
    adw_preferences_group_remove (self->sources_group, g_ptr_array_index (self->sources, i));
  g_ptr_array_set_size (self->sources, 0);
  for (guint i = 0; i < plancia_map_edit_get_n_sources (self->edit); i++)
    add_source_row (self, i);
}

static void
add_source_cb (PlanciaMapHeadForm *self)
{
  plancia_map_edit_add_source (self->edit);
  fill_sources (self);
  gtk_widget_grab_focus (g_ptr_array_index (self->sources, self->sources->len - 1));
}

/* --- the others ------------------------------------------------------------------------------ */

static void
show_name (PlanciaMapHeadForm *self)
{
  g_autofree char *name = plancia_map_edit_get_head (self->edit, "name");

  if (name[0] == '\0')
    gtk_widget_add_css_class (GTK_WIDGET (self->name_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->name_row), "error");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name_row),
                               name[0] == '\0'
                               ? _("A map needs a name")
                               : NULL);
}

static void
set_head (PlanciaMapHeadForm *self, const char *member, AdwEntryRow *row)
{
  if (!self->filling)
    plancia_map_edit_set_head (self->edit, member, gtk_editable_get_text (GTK_EDITABLE (row)));
}

static void
name_cb (PlanciaMapHeadForm *self)
{
  set_head (self, "name", self->name_row);
  show_name (self);
}

static void
confidence_cb (PlanciaMapHeadForm *self)
{
  set_head (self, "confidence", self->confidence_row);
}

static void
note_cb (PlanciaMapHeadForm *self)
{
  set_head (self, "note", self->note_row);
}

static void
place_cb (PlanciaMapHeadForm *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->name_row),
                            !gtk_switch_get_active (self->place_switch));
}

static void
fill (PlanciaMapHeadForm *self, const char *member, AdwEntryRow *row)
{
  g_autofree char *text = plancia_map_edit_get_head (self->edit, member);

  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_map_head_form_dispose (GObject *object)
{
  PlanciaMapHeadForm *self = PLANCIA_MAP_HEAD_FORM (object);

  self->filling = TRUE;
  g_clear_object (&self->edit);

  G_OBJECT_CLASS (plancia_map_head_form_parent_class)->dispose (object);
}

static void
plancia_map_head_form_finalize (GObject *object)
{
  PlanciaMapHeadForm *self = PLANCIA_MAP_HEAD_FORM (object);

  g_ptr_array_unref (self->sources);

  G_OBJECT_CLASS (plancia_map_head_form_parent_class)->finalize (object);
}

static void
plancia_map_head_form_class_init (PlanciaMapHeadFormClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plancia_map_head_form_dispose;
  object_class->finalize = plancia_map_head_form_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/map-head-form.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapHeadForm, name_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapHeadForm, base_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapHeadForm, place_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapHeadForm, place_switch);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapHeadForm, confidence_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapHeadForm, note_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaMapHeadForm, sources_group);
  gtk_widget_class_bind_template_callback (widget_class, name_cb);
  gtk_widget_class_bind_template_callback (widget_class, confidence_cb);
  gtk_widget_class_bind_template_callback (widget_class, note_cb);
  gtk_widget_class_bind_template_callback (widget_class, place_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_source_cb);
}

static void
plancia_map_head_form_init (PlanciaMapHeadForm *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->sources = g_ptr_array_new ();
}

/**
 * plancia_map_head_form_set:
 * @edit: the map
 */
void
plancia_map_head_form_set (PlanciaMapHeadForm *self, PlanciaMapEdit *edit)
{
  const char *base = plancia_map_edit_get_base_id (edit);

  g_set_object (&self->edit, edit);
  self->filling = TRUE;
  fill (self, "name", self->name_row);
  fill (self, "confidence", self->confidence_row);
  fill (self, "note", self->note_row);
  fill_sources (self);
  self->filling = FALSE;
  adw_action_row_set_subtitle (self->base_row, base ? base : "");
  gtk_widget_set_visible (GTK_WIDGET (self->base_row), base != NULL);
  gtk_widget_set_visible (self->place_row, !plancia_map_edit_get_own (edit));
  show_name (self);
}

gboolean
plancia_map_head_form_get_in_place (PlanciaMapHeadForm *self)
{
  return gtk_widget_get_visible (self->place_row) && gtk_switch_get_active (self->place_switch);
}
