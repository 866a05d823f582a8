/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/editor-time.h"

#include <glib/gi18n.h>

struct _PlanciaEditorTime
{
  PlanciaEditor parent_instance;

  GtkEditable *entry;
  GtkLabel    *form; /* how it is to be written */
};

G_DEFINE_FINAL_TYPE (PlanciaEditorTime, plancia_editor_time, PLANCIA_TYPE_EDITOR)

static char *
start_text (PlanciaEditor *editor, const PlanciaField *field)
{
  return plancia_field_format_plain (field, plancia_editor_get_start (editor));
}

static char *
form_words (const PlanciaField *field)
{
  switch (field->type) {
  case PLANCIA_FIELD_HHMM:
    return g_strdup (_ ("Hours and minutes, as 22:30"));
  case PLANCIA_FIELD_MMDD:
    return g_strdup (_ ("Month and day, as 03-31"));
  default:
    return g_strdup (_ ("Date and time, as 2026-03-31 22:30:00"));
  }
}

static const char *
wrong_words (const PlanciaField *field)
{
  return field->type == PLANCIA_FIELD_MMDD ? _ ("This is not a day of the year.")
                                           : _ ("This is not a time.");
}

static void
set_row (PlanciaEditor *editor, PlanciaRegisterRow *row)
{
  PlanciaEditorTime  *self = PLANCIA_EDITOR_TIME (editor);
  const PlanciaField *field = plancia_register_row_get_field (row);
  g_autofree char    *text = start_text (editor, field);
  g_autofree char    *form = form_words (field);

  gtk_editable_set_text (self->entry, text);
  gtk_label_set_text (self->form, form);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  plancia_map_label (field->name),
                                  -1);
}

static gboolean
get_value (PlanciaEditor *editor, PlanciaValue *out, GError **error)
{
  PlanciaEditorTime  *self = PLANCIA_EDITOR_TIME (editor);
  const PlanciaField *field = plancia_register_row_get_field (plancia_editor_get_row (editor));

  if (plancia_field_parse (field, gtk_editable_get_text (self->entry), out, NULL))
    return TRUE;
  plancia_editor_set_error (error, wrong_words (field));
  return FALSE;
}

static void
set_wrong (PlanciaEditor *editor, gboolean wrong)
{
  GtkWidget *entry = GTK_WIDGET (PLANCIA_EDITOR_TIME (editor)->entry);

  if (wrong)
    gtk_widget_add_css_class (entry, "error");
  else
    gtk_widget_remove_css_class (entry, "error");
}

static void
plancia_editor_time_class_init (PlanciaEditorTimeClass *klass)
{
  GtkWidgetClass     *widget_class = GTK_WIDGET_CLASS (klass);
  PlanciaEditorClass *editor_class = PLANCIA_EDITOR_CLASS (klass);

  editor_class->set_row = set_row;
  editor_class->get_value = get_value;
  editor_class->set_wrong = set_wrong;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/editor-time.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaEditorTime, entry);
  gtk_widget_class_bind_template_child (widget_class, PlanciaEditorTime, form);
  gtk_widget_class_bind_template_callback (widget_class, plancia_editor_emit_changed);
  gtk_widget_class_bind_template_callback (widget_class, plancia_editor_emit_activate);
}

static void
plancia_editor_time_init (PlanciaEditorTime *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
