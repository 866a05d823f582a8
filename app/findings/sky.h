/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/span.h"

G_BEGIN_DECLS

/* The plant's days and where its sun stands in them: by it day and night are told apart, and morning from afternoon. Immutable,
 * counted references, any thread. */
typedef struct _PlanciaSky PlanciaSky;

typedef struct
{
  PlanciaSpan span; /* the plant's day: 23, 24 or 25 hours */
  gint64      rise;
  gint64      noon; /* the sun's */
  gint64      set;
  double      potential; /* about what a clear day has to give, in a unit of its own */
  guint       of_year;   /* 1..366 */
} PlanciaSkyDay;

/* The days that touch span. latitude, longitude: NAN if nobody said: then what the zone tells. */
PlanciaSky *plancia_sky_new (GTimeZone *zone, double latitude, double longitude, PlanciaSpan span);
PlanciaSky *plancia_sky_ref (PlanciaSky *self);
void        plancia_sky_unref (PlanciaSky *self);
guint       plancia_sky_get_length (PlanciaSky *self);
const PlanciaSkyDay *plancia_sky_get_day (PlanciaSky *self, guint index);
/* The day that holds time, or the nearest. */
guint plancia_sky_find (PlanciaSky *self, gint64 time);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaSky, plancia_sky_unref)

G_END_DECLS
