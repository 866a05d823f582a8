/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A half-open piece of time [start, end), milliseconds of Unix time in UTC. */
typedef struct
{
  gint64 start;
  gint64 end;
} PlanciaSpan;

#define PLANCIA_SECOND G_GINT64_CONSTANT (1000)
#define PLANCIA_MINUTE (60 * PLANCIA_SECOND)
#define PLANCIA_HOUR   (60 * PLANCIA_MINUTE)
#define PLANCIA_DAY    (24 * PLANCIA_HOUR)

gboolean    plancia_span_is_empty (PlanciaSpan self);
gboolean    plancia_span_contains (PlanciaSpan self, gint64 time);
PlanciaSpan plancia_span_intersect (PlanciaSpan a, PlanciaSpan b);

/* The local day of zone that holds time: 23, 24 or 25 hours long. */
PlanciaSpan plancia_span_day (GTimeZone *zone, gint64 time);
/* The local day that lies days after (before, if negative) the one that holds time. */
PlanciaSpan plancia_span_day_offset (GTimeZone *zone, gint64 time, int days);

/* The parts of whole that no span of covered (GArray of PlanciaSpan, any order) holds, sorted.
 * (transfer full) GArray of PlanciaSpan. */
GArray *plancia_span_subtract (PlanciaSpan whole, GArray *covered);
/* Pieces of at most window ms, cut by the clock from the start, in order. (transfer full) */
GArray *plancia_span_split (PlanciaSpan whole, gint64 window);
/* Sorts and joins touching or overlapping spans in place. */
void plancia_span_array_normalise (GArray *spans);

G_END_DECLS
