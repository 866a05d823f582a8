/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/alarm-row.h"

#include "ui/figure.h"
#include <glib/gi18n.h>

struct _PlanciaAlarmRow
{
  GtkBox parent_instance;

  GtkImage *icon;
  GtkLabel *name_label;
  GtkLabel *detail_label;
};

G_DEFINE_FINAL_TYPE (PlanciaAlarmRow, plancia_alarm_row, GTK_TYPE_BOX)

static void
plancia_alarm_row_class_init (PlanciaAlarmRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/alarm-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmRow, icon);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaAlarmRow, detail_label);
}

static void
plancia_alarm_row_init (PlanciaAlarmRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* A bit that the vendor's list does not name keeps its number: never a guess. */
static char *
name_of (const PlanciaAlarm *alarm)
{
  if (alarm->label)
    return g_strdup (plancia_map_bit_label (alarm->label));
  /* Translators: an alarm of a cloud that nobody has words for, by its number */
  if (!alarm->field)
    return g_strdup_printf (_ ("ID %02d"), alarm->id);
  return g_strdup_printf (_ ("Unknown alarm, bit %u"), alarm->bit);
}

static char *
detail_of (const PlanciaAlarm *alarm, GTimeZone *zone)
{
  const char *severity = alarm->severity == PLANCIA_SEVERITY_FAULT ? _ ("Fault") : _ ("Warning");
  g_autofree char *since = plancia_figure_time (alarm->since, zone);
  g_autofree char *until = NULL;

  if (alarm->until == 0 && alarm->from_before)
    /* Translators: severity, time of the first reading, which had the alarm already. */
    return g_strdup_printf (_ ("%s, since %s or earlier"), severity, since);
  if (alarm->until == 0)
    return g_strdup_printf (_ ("%s, since %s"), severity, since);
  until = plancia_figure_time (alarm->until, zone);
  return g_strdup_printf (_ ("Ended %s"), until);
}

static char *
line_of (const PlanciaAlarm *alarm, const char *device_name, GTimeZone *zone)
{
  GString         *text = g_string_new (NULL);
  g_autofree char *detail = detail_of (alarm, zone);

  if (device_name)
    g_string_append_printf (text, "%s · ", device_name);
  g_string_append (text, detail);
  if (alarm->id > 0) {
    g_string_append (text, " · ");
    /* Translators: the vendor's number of an alarm. */
    g_string_append_printf (text, _ ("ID %d"), alarm->id);
  }
  return g_string_free (text, FALSE);
}

/**
 * plancia_alarm_row_new:
 * @alarm: an alarm; nothing of it is kept
 * @device_name: (nullable): whose it is
 * @zone: of the plant
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
plancia_alarm_row_new (const PlanciaAlarm *alarm, const char *device_name, GTimeZone *zone)
{
  PlanciaAlarmRow *self = g_object_new (PLANCIA_TYPE_ALARM_ROW, NULL);
  gboolean         open = alarm->until == 0;
  g_autofree char *name = name_of (alarm);
  g_autofree char *line = line_of (alarm, device_name, zone);

  gtk_label_set_text (self->name_label, name);
  gtk_label_set_text (self->detail_label, line);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name_label), name);
  gtk_image_set_from_icon_name (self->icon,
                                open ? plancia_severity_icon (alarm->severity)
                                     : "plancia-verified-symbolic");
  gtk_widget_add_css_class (GTK_WIDGET (self->icon),
                            open ? plancia_severity_ink (alarm->severity) : "ok-ink");
  return GTK_WIDGET (self);
}

const char *
plancia_severity_icon (PlanciaSeverity severity)
{
  static const char *const icons[] = {"plancia-severity-fault-symbolic",
                                      "plancia-severity-warning-symbolic",
                                      "plancia-severity-note-symbolic"};

  return icons[MIN (severity, PLANCIA_SEVERITY_NOTE)];
}

const char *
plancia_severity_ink (PlanciaSeverity severity)
{
  static const char *const inks[] = {"error-ink", "warn-ink", "note-ink"};

  return inks[MIN (severity, PLANCIA_SEVERITY_NOTE)];
}
