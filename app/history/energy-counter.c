/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/energy.h"

#include <math.h>

/* Readings no further apart than this tell the course between them. */
#define CLOSE PLANCIA_HOUR
/* kWh an hour: more than any plant that this program is for. */
#define DEFAULT_LIMIT 1000.0
/* A counter that moves in steps may move one of them at once. No step is larger. */
#define MAX_STEP 1.0

typedef struct
{
  const gint64 *times;
  const double *values;
  guint         length;
  GTimeZone    *zone;
  PlanciaSpan   day; /* the plant's, of the sample looked at last */
  double        limit;
  double        step;

  GArray *spans;
  guint   at; /* spans before it are over */
  double *amounts;
  double *known;
} Count;

static gint64
midnight_before (Count *self, gint64 time)
{
  if (!plancia_span_contains (self->day, time))
    self->day = plancia_span_day (self->zone, time);
  return self->day.start;
}

static gboolean
is_plausible (const Count *self, double amount, gint64 duration)
{
  return amount <= self->limit * (double) duration / (double) PLANCIA_HOUR + self->step;
}

/* Spreads an amount evenly over the time in which it was counted. */
static void
spread (Count *self, PlanciaSpan when, double amount, gboolean certain)
{
  double whole = (double) (when.end - when.start);

  while (self->at < self->spans->len &&
         g_array_index (self->spans, PlanciaSpan, self->at).end <= when.start)
    self->at++;
  for (guint i = self->at; i < self->spans->len && whole > 0; i++) {
    PlanciaSpan span = g_array_index (self->spans, PlanciaSpan, i);
    PlanciaSpan part = plancia_span_intersect (span, when);
    double      length = (double) (part.end - part.start);

    if (span.start >= when.end)
      break;
    if (plancia_span_is_empty (part))
      continue;
    if (isnan (self->amounts[i]))
      self->amounts[i] = 0;
    self->amounts[i] += amount * length / whole;
    if (certain)
      self->known[i] += length / (double) (span.end - span.start);
  }
}

/* The first reading of a day of a counter that began with 0 at midnight. before: when it was read last, or G_MININT64. */
static void
begin_day (Count *self, guint i, gint64 midnight, gint64 before)
{
  gint64   time = self->times[i];
  double   amount = self->values[i];
  gboolean is_still = amount <= self->step;

  if (before > G_MININT64)
    spread (self, (PlanciaSpan){before, midnight}, 0, is_still || midnight - before <= CLOSE);
  /* Yesterday's number, sent again before the first packet of the new day. */
  if (!is_plausible (self, amount, time - midnight))
    amount = 0;
  spread (self, (PlanciaSpan){midnight, time}, amount, is_still || time - midnight <= CLOSE);
}

/* Whether reading i is alone with its value: the one behind it goes on where a was. */
static gboolean
falls_out (Count *self, guint a, guint i, gboolean daily)
{
  double step;

  if (i + 1 >= self->length)
    return FALSE;
  if (daily && midnight_before (self, self->times[i + 1]) > self->times[a])
    return FALSE;
  step = self->values[i + 1] - self->values[a];
  return step >= 0 && is_plausible (self, step, self->times[i + 1] - self->times[a]);
}

/* From reading a to i. FALSE: i does not count. */
static gboolean
go_on (Count *self, guint a, guint i, gboolean daily)
{
  PlanciaSpan when = {self->times[a], self->times[i]};
  double      amount = self->values[i] - self->values[a];
  gboolean    is_still = amount == 0;

  if (amount < 0 || !is_plausible (self, amount, when.end - when.start)) {
    if (falls_out (self, a, i, daily))
      return FALSE;
    /* A reset: what it shows has come since. A leap upwards, or a device that has counted elsewhere: nothing is known. */
    if (amount > 0 || !is_plausible (self, self->values[i], when.end - when.start))
      amount = 0;
    else
      amount = self->values[i];
  }
  spread (self, when, amount, is_still || when.end - when.start <= CLOSE);
  return TRUE;
}

/* The smallest step that it ever made. */
static double
find_step (const Count *self)
{
  double step = MAX_STEP;

  for (guint i = 1; i < self->length; i++) {
    double one = self->values[i] - self->values[i - 1];

    if (one > 0 && one < step)
      step = one;
  }
  return step;
}

/**
 * plancia_energy_count:
 * @column: readings
 * @counter: what sort of counter
 * @zone: the plant's
 * @spans: (element-type PlanciaSpan): sorted, without overlap
 * @limit: what it can count in an hour; 0 if not known
 * @amounts: (out caller-allocates): one a span; NAN: nothing known
 * @known: (out caller-allocates): one a span, 0..1
 */
void
plancia_energy_count (const PlanciaSampleColumn *column,
                      PlanciaCounter             counter,
                      GTimeZone                 *zone,
                      GArray                    *spans,
                      double                     limit,
                      double                    *amounts,
                      double                    *known)
{
  Count    self = {(const gint64 *) column->times->data,
                   (const double *) column->values->data,
                   column->times->len,
                   zone};
  gboolean daily = counter == PLANCIA_COUNTER_DAILY;
  guint    a = 0;

  self.limit = limit > 0 ? limit : DEFAULT_LIMIT;
  self.step = find_step (&self);
  self.spans = spans;
  self.amounts = amounts;
  self.known = known;
  for (guint i = 0; i < spans->len; i++) {
    amounts[i] = NAN;
    known[i] = 0;
  }
  for (guint i = 0; i < self.length; i++) {
    gint64 midnight = daily ? midnight_before (&self, self.times[i]) : G_MININT64;

    if (daily && (i == 0 || midnight > self.times[a]))
      begin_day (&self, i, midnight, i == 0 ? G_MININT64 : self.times[a]);
    else if (i > 0 && !go_on (&self, a, i, daily))
      continue;
    a = i;
  }
  for (guint i = 0; i < spans->len; i++)
    known[i] = MIN (known[i], 1);
}
