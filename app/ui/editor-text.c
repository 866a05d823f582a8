/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/editor-text.h"

#include <glib/gi18n.h>

struct _PlanciaEditorText
{
  PlanciaEditor parent_instance;

  GtkEditable *entry;
  GtkLabel    *form; /* how it is to be written */
};

G_DEFINE_FINAL_TYPE (PlanciaEditorText, plancia_editor_text, PLANCIA_TYPE_EDITOR)

/* Bits and numbers that are shown in hexadecimal are entered so. */
static gboolean
is_hexadecimal (const PlanciaField *field)
{
  return field->type == PLANCIA_FIELD_BITS ||
         (field->display[0] != '\0' && field->type != PLANCIA_FIELD_ASCII);
}

static char *
start_text (PlanciaEditor *editor, const PlanciaField *field)
{
  const PlanciaValue *start = plancia_editor_get_start (editor);

  if (start->kind == PLANCIA_VALUE_NONE)
    return g_strdup ("");
  if (field->type == PLANCIA_FIELD_BITS)
    return g_strdup_printf ("0x%04" G_GINT64_MODIFIER "X", (guint64) start->integer);
  if (is_hexadecimal (field))
    return plancia_field_format (field, start, NULL);
  return plancia_field_format_plain (field, start);
}

static char *
length_words (const PlanciaField *field)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "At most %u character",
                                       "At most %u characters",
                                       2 * field->count),
                          2u * field->count);
}

/* How it is to be written. */
static char *
form_words (const PlanciaField *field)
{
  switch (field->type) {
  case PLANCIA_FIELD_HHMM:
    return g_strdup (_ ("Hours and minutes, as 22:30"));
  case PLANCIA_FIELD_MMDD:
    return g_strdup (_ ("Month and day, as 03-31"));
  case PLANCIA_FIELD_CLOCK6:
    return g_strdup (_ ("Date and time, as 2026-03-31 22:30:00"));
  case PLANCIA_FIELD_ASCII:
    return length_words (field);
  default:
    return g_strdup (is_hexadecimal (field) ? _ ("A number, or 0x and hexadecimal digits") : "");
  }
}

static const char *
wrong_words (const PlanciaField *field)
{
  switch (field->type) {
  case PLANCIA_FIELD_HHMM:
  case PLANCIA_FIELD_CLOCK6:
    return _ ("This is not a time.");
  case PLANCIA_FIELD_MMDD:
    return _ ("This is not a day of the year.");
  case PLANCIA_FIELD_ASCII:
    return _ ("This text is too long, or has signs that the register cannot hold.");
  default:
    return _ ("The register cannot hold this.");
  }
}

static void
set_row (PlanciaEditor *editor, PlanciaRegisterRow *row)
{
  PlanciaEditorText  *self = PLANCIA_EDITOR_TEXT (editor);
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
  PlanciaEditorText  *self = PLANCIA_EDITOR_TEXT (editor);
  const PlanciaField *field = plancia_register_row_get_field (plancia_editor_get_row (editor));

  if (plancia_field_parse (field, gtk_editable_get_text (self->entry), out, NULL))
    return TRUE;
  plancia_editor_set_error (error, wrong_words (field));
  return FALSE;
}

static void
set_wrong (PlanciaEditor *editor, gboolean wrong)
{
  GtkWidget *entry = GTK_WIDGET (PLANCIA_EDITOR_TEXT (editor)->entry);

  if (wrong)
    gtk_widget_add_css_class (entry, "error");
  else
    gtk_widget_remove_css_class (entry, "error");
}

static void
plancia_editor_text_class_init (PlanciaEditorTextClass *klass)
{
  GtkWidgetClass     *widget_class = GTK_WIDGET_CLASS (klass);
  PlanciaEditorClass *editor_class = PLANCIA_EDITOR_CLASS (klass);

  editor_class->set_row = set_row;
  editor_class->get_value = get_value;
  editor_class->set_wrong = set_wrong;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/editor-text.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaEditorText, entry);
  gtk_widget_class_bind_template_child (widget_class, PlanciaEditorText, form);
  gtk_widget_class_bind_template_callback (widget_class, plancia_editor_emit_changed);
  gtk_widget_class_bind_template_callback (widget_class, plancia_editor_emit_activate);
}

static void
plancia_editor_text_init (PlanciaEditorText *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
