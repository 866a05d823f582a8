/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device-alarms.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* An alarm in two lines: words; severity, since or until when, number. */
#define PLANCIA_TYPE_ALARM_ROW (plancia_alarm_row_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaAlarmRow, plancia_alarm_row, PLANCIA, ALARM_ROW, GtkBox)

/* device_name: before the rest of the second line, or NULL. zone: of the plant. */
GtkWidget *
plancia_alarm_row_new (const PlanciaAlarm *alarm, const char *device_name, GTimeZone *zone);
const char *plancia_severity_icon (PlanciaSeverity severity);
/* CSS class of that severity's ink. */
const char *plancia_severity_ink (PlanciaSeverity severity);

G_END_DECLS
