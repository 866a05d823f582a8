/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/history-range.h"

G_BEGIN_DECLS

/* What a stretch of time is compared with, and how the two lie upon each other. Main thread. */
typedef enum {
  PLANCIA_COMPARE_BEFORE, /* the period before */
  PLANCIA_COMPARE_YEAR,   /* the same a year before */
  PLANCIA_COMPARE_DEVICE, /* another device at the same time */
  PLANCIA_COMPARE_PLANT,  /* another plant at the same time */
} PlanciaCompareWith;

typedef enum {
  PLANCIA_ALIGN_CLOCK,   /* date upon date, hour upon hour of the plant's clock */
  PLANCIA_ALIGN_WEEKDAY, /* Monday upon Monday */
  PLANCIA_ALIGN_SUN,     /* noon of the sun upon noon of the sun */
  PLANCIA_N_ALIGNS
} PlanciaCompareAlign;

typedef struct
{
  gboolean           on;
  PlanciaCompareWith with;
  char *
    device; /* its id, for PLANCIA_COMPARE_DEVICE; for PLANCIA_COMPARE_PLANT the path of its file */
  PlanciaCompareAlign align;
} PlanciaHistoryCompare;

void plancia_history_compare_clear (PlanciaHistoryCompare *self);
/* "before", "year", "device:ID", "plant:PATH"; FALSE and unchanged if it is none. */
gboolean plancia_history_compare_set_with (PlanciaHistoryCompare *self, const char *words);
/* (transfer full) */
char *plancia_history_compare_dup_with (const PlanciaHistoryCompare *self);
/* Another device or plant, at the same time. */
gboolean plancia_history_compare_is_same_time (const PlanciaHistoryCompare *self);
/* "clock", "weekday", "sun". */
const char *plancia_history_compare_align_name (PlanciaCompareAlign align);
gboolean    plancia_history_compare_parse_align (const char *name, PlanciaCompareAlign *align);

/* The other stretch; empty if there is none. */
PlanciaSpan plancia_history_compare_span (const PlanciaHistoryCompare *self,
                                          GTimeZone                   *zone,
                                          PlanciaRange                 range,
                                          PlanciaSpan                  span);
/* The other's bars, one for each of bars (GArray of PlanciaSpan) as far as there are. (transfer full) GArray of PlanciaSpan. */
GArray *plancia_history_compare_bars (const PlanciaHistoryCompare *self,
                                      GTimeZone                   *zone,
                                      PlanciaSpan                  span,
                                      PlanciaSpan                  other,
                                      GArray                      *bars,
                                      PlanciaPeriod                period);

/* From moments of the other stretch to those of this one. Plain data. */
typedef struct
{
  GTimeZone          *zone; /* borrowed */
  PlanciaSpan         span;
  PlanciaSpan         other;
  PlanciaCompareAlign align;
} PlanciaHistoryAlignment;

/* alignment: PlanciaHistoryAlignment. As plancia_history_series_set_move wants it. */
gint64 plancia_history_alignment_move (gpointer alignment, gint64 time);
/* By how much the sun is before the clock at that time of the year, in ms: within 17 minutes. */
gint64 plancia_history_sun_equation (gint64 time);

G_END_DECLS
