/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/editor-clock.h"

#include "ui/clock-block.h"
#include <glib/gi18n.h>
#include <stdio.h>

#define FORM "%Y-%m-%d %H:%M:%S"

struct _PlanciaEditorClock
{
  PlanciaEditor parent_instance;

  GtkCheckButton *computer;
  GtkCheckButton *another;
  GtkLabel       *now;
  GtkWidget      *entry;
  GtkLabel       *zone;
  guint           tick;
};

G_DEFINE_FINAL_TYPE (PlanciaEditorClock, plancia_editor_clock, PLANCIA_TYPE_EDITOR)

static gboolean
show_now (gpointer user_data)
{
  PlanciaEditorClock *self = user_data;
  g_autoptr (GDateTime) now = plancia_clock_block_now ();
  g_autofree char *text = g_date_time_format (now, "%H:%M:%S");

  gtk_label_set_text (self->now, text);
  return G_SOURCE_CONTINUE;
}

static gboolean
is_from_computer (PlanciaEditorClock *self)
{
  return gtk_check_button_get_active (self->computer);
}

static void
on_toggled (PlanciaEditorClock *self)
{
  gtk_widget_set_sensitive (self->entry, !is_from_computer (self));
  plancia_editor_emit_changed (PLANCIA_EDITOR (self));
}

static void
set_row (PlanciaEditor *editor, PlanciaRegisterRow *row)
{
  PlanciaEditorClock *self = PLANCIA_EDITOR_CLOCK (editor);
  g_autoptr (GDateTime) now = plancia_clock_block_now ();
  g_autofree char *text = g_date_time_format (now, FORM);
  /* TRANSLATORS: %s is a time zone such as CEST */
  g_autofree char *zone = g_strdup_printf (_ ("Time zone of this computer: %s"),
                                              g_date_time_get_timezone_abbreviation (now));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_label_set_text (self->zone, zone);
}

static GDateTime *
parse_entry (PlanciaEditorClock *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  int         year, month, day, hour, minute, second;
  char        rest;

  if (sscanf (text,
              "%4d-%2d-%2d %2d:%2d:%2d%c",
              &year,
              &month,
              &day,
              &hour,
              &minute,
              &second,
              &rest) != 6 ||
      year < 2000 || year > 2099)
    return NULL;
  return g_date_time_new_local (year, month, day, hour, minute, second);
}

static GDateTime *
chosen_time (PlanciaEditorClock *self)
{
  return is_from_computer (self) ? plancia_clock_block_now () : parse_entry (self);
}

static const PlanciaField *
part_of (PlanciaRegisterRow *row, const char *ending)
{
  const PlanciaField *field = plancia_register_row_get_field (row);

  return g_str_has_suffix (field->key, ending) ? field : NULL;
}

static int
number_for (PlanciaRegisterRow *row, GDateTime *time)
{
  if (part_of (row, "_year"))
    return g_date_time_get_year (time) % 100;
  if (part_of (row, "_month"))
    return g_date_time_get_month (time);
  if (part_of (row, "_day"))
    return g_date_time_get_day_of_month (time);
  if (part_of (row, "_hour"))
    return g_date_time_get_hour (time);
  if (part_of (row, "_minute"))
    return g_date_time_get_minute (time);
  return g_date_time_get_second (time);
}

static gboolean
get_value (PlanciaEditor *editor, PlanciaValue *out, GError **error)
{
  g_autoptr (GDateTime) time = chosen_time (PLANCIA_EDITOR_CLOCK (editor));

  if (time == NULL) {
    plancia_editor_set_error (error, _ ("This is not a time. Write it as 2026-03-31 22:30:00."));
    return FALSE;
  }
  out->kind = PLANCIA_VALUE_NUMBER;
  out->integer = number_for (plancia_editor_get_row (editor), time);
  out->number = (double) out->integer;
  return TRUE;
}

static gboolean
stage (PlanciaEditor *editor, PlanciaRegisterModel *model, GError **error)
{
  PlanciaEditorClock *self = PLANCIA_EDITOR_CLOCK (editor);
  g_autoptr (GDateTime) time = chosen_time (self);

  if (time == NULL) {
    plancia_editor_set_error (error, _ ("This is not a time."));
    return FALSE;
  }
  return plancia_clock_block_stage (model, time, is_from_computer (self), error);
}

static void
set_wrong (PlanciaEditor *editor, gboolean wrong)
{
  GtkWidget *entry = PLANCIA_EDITOR_CLOCK (editor)->entry;

  if (wrong)
    gtk_widget_add_css_class (entry, "error");
  else
    gtk_widget_remove_css_class (entry, "error");
}

static void
plancia_editor_clock_dispose (GObject *object)
{
  g_clear_handle_id (&PLANCIA_EDITOR_CLOCK (object)->tick, g_source_remove);

  G_OBJECT_CLASS (plancia_editor_clock_parent_class)->dispose (object);
}

static void
plancia_editor_clock_class_init (PlanciaEditorClockClass *klass)
{
  GtkWidgetClass     *widget_class = GTK_WIDGET_CLASS (klass);
  PlanciaEditorClass *editor_class = PLANCIA_EDITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_editor_clock_dispose;
  editor_class->set_row = set_row;
  editor_class->get_value = get_value;
  editor_class->stage = stage;
  editor_class->set_wrong = set_wrong;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/editor-clock.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaEditorClock, computer);
  gtk_widget_class_bind_template_child (widget_class, PlanciaEditorClock, another);
  gtk_widget_class_bind_template_child (widget_class, PlanciaEditorClock, now);
  gtk_widget_class_bind_template_child (widget_class, PlanciaEditorClock, entry);
  gtk_widget_class_bind_template_child (widget_class, PlanciaEditorClock, zone);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled);
  gtk_widget_class_bind_template_callback (widget_class, plancia_editor_emit_changed);
  gtk_widget_class_bind_template_callback (widget_class, plancia_editor_emit_activate);
}

static void
plancia_editor_clock_init (PlanciaEditorClock *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->tick = g_timeout_add_seconds (1, show_now, self);
  show_now (self);
}
