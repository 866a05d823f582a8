/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/buckets.h"

static const gint64 widths[] = {
  PLANCIA_SECOND,      2 * PLANCIA_SECOND,  5 * PLANCIA_SECOND,  10 * PLANCIA_SECOND,
  20 * PLANCIA_SECOND, 30 * PLANCIA_SECOND, PLANCIA_MINUTE,      2 * PLANCIA_MINUTE,
  5 * PLANCIA_MINUTE,  10 * PLANCIA_MINUTE, 15 * PLANCIA_MINUTE, 30 * PLANCIA_MINUTE,
  PLANCIA_HOUR,        2 * PLANCIA_HOUR,    4 * PLANCIA_HOUR,    8 * PLANCIA_HOUR,
  PLANCIA_DAY,         2 * PLANCIA_DAY,     4 * PLANCIA_DAY,     8 * PLANCIA_DAY,
};

/**
 * plancia_buckets_choose:
 * @span: when
 * @n: at least so many
 *
 * Returns: the width of a bucket, ms
 */
gint64
plancia_buckets_choose (PlanciaSpan span, guint n)
{
  gint64 width = widths[0];

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    if (widths[i] * MAX (n, 1) <= span.end - span.start)
      width = widths[i];
  return width;
}

static inline gint64
bucket_of (const PlanciaBuckets *self, gint64 time)
{
  return time / self->width - (time % self->width < 0 ? 1 : 0);
}

static void
emit_point (PlanciaBuckets *self, const PlanciaPoint *point, const PlanciaPoint *before)
{
  if (before && before->time == point->time)
    return;
  g_array_append_val (self->times, point->time);
  g_array_append_val (self->values, point->value);
}

static void
close_bucket (PlanciaBuckets *self)
{
  gboolean            falls = self->maximum.time < self->minimum.time;
  const PlanciaPoint *second = falls ? &self->maximum : &self->minimum;
  const PlanciaPoint *third = falls ? &self->minimum : &self->maximum;

  if (!self->open)
    return;
  emit_point (self, &self->first, NULL);
  emit_point (self, second, &self->first);
  emit_point (self, third, second);
  emit_point (self, &self->last, third);
  self->open = FALSE;
}

static void
open_bucket (PlanciaBuckets *self, gint64 bucket, PlanciaPoint point)
{
  self->bucket = bucket;
  self->open = TRUE;
  self->first = self->minimum = self->maximum = self->last = point;
}

/**
 * plancia_buckets_init:
 * @self: to be set up
 * @width: of a bucket, ms
 * @times: (element-type gint64): gets what is left
 * @values: (element-type double): gets what is left
 */
void
plancia_buckets_init (PlanciaBuckets *self, gint64 width, GArray *times, GArray *values)
{
  *self = (PlanciaBuckets){.width = width, .times = times, .values = values};
}

/**
 * plancia_buckets_add:
 * @self: buckets
 * @times: ascending, behind those before
 * @values: as many
 * @length: how many
 */
void
plancia_buckets_add (PlanciaBuckets *self, const gint64 *times, const double *values, gsize length)
{
  for (gsize i = 0; i < length; i++) {
    PlanciaPoint point = {times[i], values[i]};

    /* Dividing is what costs here: once a bucket, not once a sample. */
    if (!self->open || point.time >= (self->bucket + 1) * self->width) {
      close_bucket (self);
      open_bucket (self, bucket_of (self, point.time), point);
      continue;
    }
    if (point.value < self->minimum.value)
      self->minimum = point;
    if (point.value > self->maximum.value)
      self->maximum = point;
    self->last = point;
  }
}

/** plancia_buckets_finish: lets go of the last bucket. */
void
plancia_buckets_finish (PlanciaBuckets *self)
{
  close_bucket (self);
}
