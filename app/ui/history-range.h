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
  PLANCIA_RANGE_ALL,    /* all that is known */
  PLANCIA_RANGE_CUSTOM, /* from one day to another */
  PLANCIA_N_RANGES,
} PlanciaRange;

/* "day", "week", "month", "year", "all", "custom". */
const char *plancia_history_range_name (PlanciaRange range);
gboolean    plancia_history_range_parse (const char *name, PlanciaRange *range);
/* The day, week, ... that holds time; the present one if time is later. Of ALL and CUSTOM, which are chosen: the day. */
PlanciaSpan plancia_history_range_at (GTimeZone *zone, PlanciaRange range, gint64 time);
/* So many on (or back); the present one if that is later. CUSTOM goes on by its own length: by months if it is whole months. */
PlanciaSpan
plancia_history_range_step (GTimeZone *zone, PlanciaRange range, PlanciaSpan span, int steps);
gboolean plancia_history_range_is_present (GTimeZone *zone, PlanciaRange range, PlanciaSpan span);
/* What each bar of it stands for. span: of ALL and CUSTOM, whose bars are as long as suits it. */
PlanciaPeriod plancia_history_range_bars (PlanciaRange range, PlanciaSpan span);
/* The range of one such bar. */
PlanciaRange plancia_history_range_of_bar (PlanciaPeriod period);
/* "8–14 June 2026", "June 2026", "2026"; a day's as plancia_history_day_title. (transfer full) */
char *plancia_history_range_title (GTimeZone *zone, PlanciaRange range, PlanciaSpan span);

G_END_DECLS
