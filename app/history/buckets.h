/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/span.h"

G_BEGIN_DECLS

/* Many samples thinned to what a picture shows of them: of each bucket of time the first, the smallest, the largest and the last
 * sample, as they are and in their order. Doing it again with wider buckets that hold the narrower ones gives what doing it once
 * gives: so that pyramids are thinned samples, too. Pure, any thread. */

/* The widest bucket of the clock that makes at least n of span: 1, 2, 5, ... seconds, ... 15 minutes, ... hours, days.
 * Each above a quarter of an hour holds whole quarters, each above 4 hours whole four hours. */
gint64 plancia_buckets_choose (PlanciaSpan span, guint n);

typedef struct
{
  gint64 time;
  double value;
} PlanciaPoint;

typedef struct
{
  gint64       width;
  gint64       bucket; /* the one that is open */
  gboolean     open;
  PlanciaPoint first;
  PlanciaPoint minimum;
  PlanciaPoint maximum;
  PlanciaPoint last;
  GArray      *times; /* gint64; borrowed */
  GArray      *values;
} PlanciaBuckets;

/* What comes out is appended to times and values. */
void plancia_buckets_init (PlanciaBuckets *self, gint64 width, GArray *times, GArray *values);
/* In order of time. */
void
plancia_buckets_add (PlanciaBuckets *self, const gint64 *times, const double *values, gsize length);
void plancia_buckets_finish (PlanciaBuckets *self);

G_END_DECLS
