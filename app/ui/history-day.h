/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/span.h"

G_BEGIN_DECLS

/* Days on the calendar of a plant: 23, 24 or 25 hours long, never after today. Today is the clock's (base/clock.h).
 * Main thread. */

PlanciaSpan plancia_history_day_today (GTimeZone *zone);
/* The day that holds time; today if time is later. */
PlanciaSpan plancia_history_day_at (GTimeZone *zone, gint64 time);
/* The day days after (before, if negative); today if that is later. */
PlanciaSpan plancia_history_day_step (GTimeZone *zone, PlanciaSpan day, int days);
/* month from 1; a date that does not exist gives today. */
PlanciaSpan plancia_history_day_from_date (GTimeZone *zone, int year, int month, int day);
gboolean    plancia_history_day_is_today (GTimeZone *zone, PlanciaSpan day);
/* What of the day can have values by now. */
PlanciaSpan plancia_history_day_past (PlanciaSpan day);
/* The whole month in which the time lies. */
PlanciaSpan plancia_history_day_month (GTimeZone *zone, int year, int month);

/* "Today", "Thu 11 June", with the year if it is another one. (transfer full) */
char *plancia_history_day_title (GTimeZone *zone, PlanciaSpan day);
/* "Thursday 11 June 2026". (transfer full) */
char *plancia_history_day_long_title (GTimeZone *zone, PlanciaSpan day);
/* "16:45" on the zone's clock, with the date if day is longer than one; the end of a day reads 24:00. (transfer full) */
char *plancia_history_day_clock (GTimeZone *zone, PlanciaSpan day, gint64 time);
/* Year, month from 1 and day of the month of time. */
void plancia_history_day_get_date (GTimeZone *zone, gint64 time, int *year, int *month, int *day);

G_END_DECLS
