/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/energy.h"

G_BEGIN_DECLS

/* How much of the past is looked at at a time, on the calendar of a plant. Main thread. */
typedef enum {
  PLANCIA_RANGE_DAY,
  PLANCIA_RANGE_WEEK,
  PLANCIA_RANGE_MONTH,
  PLANCIA_RANGE_YEAR,
  PLANCIA_N_RANGES,
} PlanciaRange;

/* "day", "week", "month", "year". */
const char *plancia_history_range_name (PlanciaRange range);
gboolean    plancia_history_range_parse (const char *name, PlanciaRange *range);
/* The day, week, ... that holds time; the present one if time is later. */
PlanciaSpan plancia_history_range_at (GTimeZone *zone, PlanciaRange range, gint64 time);
/* So many on (or back); the present one if that is later. */
PlanciaSpan
plancia_history_range_step (GTimeZone *zone, PlanciaRange range, PlanciaSpan span, int steps);
gboolean plancia_history_range_is_present (GTimeZone *zone, PlanciaRange range, PlanciaSpan span);
/* What each bar of it stands for. */
PlanciaPeriod plancia_history_range_bars (PlanciaRange range);
/* "8–14 June 2026", "June 2026", "2026"; a day's as plancia_history_day_title. (transfer full) */
char *plancia_history_range_title (GTimeZone *zone, PlanciaRange range, PlanciaSpan span);
/* The same a year before: of a week the one that began 52 weeks earlier, so that the weekdays match. */
PlanciaSpan plancia_history_range_last_year (GTimeZone *zone, PlanciaRange range, PlanciaSpan span);

G_END_DECLS
