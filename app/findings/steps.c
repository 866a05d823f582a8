/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "findings/steps.h"

#include <math.h>
#include <string.h>

/* A window never holds more. */
#define MOST 64
/* A sharp step takes so much of its height between so many days before and behind it. */
#define CLOSE 5
#define SHARP 0.6

/* What is known of a series, day by day. */
typedef struct
{
  const PlanciaStepOptions *options;
  guint                     length;
  guint                    *days;
  double                   *values;
} Known;

static void
known_init (Known *self, const double *values, guint length, const PlanciaStepOptions *options)
{
  self->options = options;
  self->length = 0;
  self->days = g_new (guint, length);
  self->values = g_new (double, length);
  for (guint i = 0; i < length; i++) {
    if (isnan (values[i]))
      continue;
    self->days[self->length] = i;
    self->values[self->length++] = values[i];
  }
}

static void
known_clear (Known *self)
{
  g_free (self->days);
  g_free (self->values);
}

static void
sort (double *values, guint length)
{
  for (guint i = 1; i < length; i++) {
    double value = values[i];
    guint  j = i;

    for (; j > 0 && values[j - 1] > value; j--)
      values[j] = values[j - 1];
    values[j] = value;
  }
}

static int
compare (gconstpointer a, gconstpointer b, gpointer unused)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

double
plancia_steps_quantile (double *values, guint length, double part)
{
  guint at;

  if (length == 0)
    return NAN;
  if (length <= MOST)
    sort (values, length);
  else
    g_qsort_with_data (values, (int) length, sizeof *values, compare, NULL);
  at = (guint) (part * (length - 1));
  if (at + 1 == length)
    return values[at];
  return values[at] + (values[at + 1] - values[at]) * (part * (length - 1) - at);
}

double
plancia_steps_median (double *values, guint length)
{
  return plancia_steps_quantile (values, length, 0.5);
}

/* Values [from, to) that lie close enough to the day at; NAN if they are too few. spread: gets how far they lie from it. */
static double
level (const Known *self, guint from, guint to, guint day, double *spread)
{
  double values[MOST];
  guint  n = 0;
  double median;

  for (guint i = from; i < to && n < MOST; i++) {
    guint far = self->days[i] > day ? self->days[i] - day : day - self->days[i];

    if (far <= self->options->reach)
      values[n++] = self->values[i];
  }
  if (n < self->options->least)
    return NAN;
  median = plancia_steps_quantile (values, n, self->options->part > 0 ? self->options->part : 0.5);
  if (spread != NULL) {
    for (guint i = 0; i < n; i++)
      values[i] = fabs (values[i] - median);
    *spread = plancia_steps_median (values, n);
  }
  return median;
}

static double
level_before (const Known *self, guint at, guint first, double *spread)
{
  guint from = at > self->options->window ? at - self->options->window : 0;

  return level (self, MAX (from, first), at, self->days[at], spread);
}

static double
level_after (const Known *self, guint at, double *spread)
{
  return level (self, at, MIN (at + self->options->window, self->length), self->days[at], spread);
}

/* How well the values before at lie on one side of the border, and those from at on on the other. */
static guint
separation (const Known *self, guint at, guint first, double border, gboolean falls)
{
  guint window = self->options->window, count = 0;
  guint from = MAX (at > window ? at - window : 0, first);

  for (guint i = from; i < MIN (at + window, self->length); i++)
    count += ((self->values[i] < border) == (i >= at)) == falls;
  return count;
}

/* From where the values lie on the other side, within a window from at. */
static guint
refine (const Known *self, guint at, guint first, double border, gboolean falls)
{
  guint best = at, most = 0;
  guint to = MIN (at + 2 * self->options->window, self->length);

  for (guint i = MAX (at > self->options->window ? at - self->options->window : 1, first + 1);
       i < to;
       i++) {
    guint count = separation (self, i, first, border, falls);

    if (count > most) {
      most = count;
      best = i;
    }
  }
  return best;
}

/* --- against what was before ------------------------------------------------------------------ */

static gboolean
falls_at (const Known *self, guint at, guint first, double *before, double *after)
{
  const PlanciaStepOptions *options = self->options;
  double                    spread_before = 0, spread_after = 0;

  *before = level_before (self, at, first, &spread_before);
  *after = level_after (self, at, &spread_after);
  if (isnan (*before) || isnan (*after) || *before <= 0)
    return FALSE;
  return *after <= *before * (1 - options->drop) &&
         *before - *after >= options->noise * (spread_before + spread_after) / 2;
}

/* The deepest fall within a window. */
static void
find_deepest (const Known *self, guint at, guint first, double *before, double *after)
{
  for (guint i = at + 1; i < MIN (at + self->options->window, self->length); i++) {
    double above, below;

    if (falls_at (self, i, first, &above, &below) && above - below > *before - *after) {
      *before = above;
      *after = below;
    }
  }
}

/* Where a step ends: by a rise of at least half of it, which comes as fast. */
static guint
find_end (const Known *self, guint begin, double before, double after)
{
  for (guint i = begin + self->options->least; i + self->options->least <= self->length; i++) {
    double low = level_before (self, i, begin, NULL), high = level_after (self, i, NULL);

    if (!isnan (low) && !isnan (high) && high - low >= (before - after) / 2)
      return refine (self, i, begin, (low + high) / 2, FALSE);
  }
  return self->length;
}

/* What changes with the seasons goes down little by little: from the last days before to the first behind it is only a part of the
 * way. */
static gboolean
is_sharp (const Known *self, guint begin, double height)
{
  double values[CLOSE];
  guint  n = MIN (MIN (CLOSE, begin), self->length - begin);
  double before, after;

  memcpy (values, &self->values[begin - n], n * sizeof *values);
  before = plancia_steps_median (values, n);
  memcpy (values, &self->values[begin], n * sizeof *values);
  after = plancia_steps_median (values, n);
  return before - after >= SHARP * height;
}

/* Where to go on. */
static guint
add_step (const Known *self, GArray *steps, guint at, guint first, double before, double after)
{
  PlanciaStep step = {.before = before, .after = after};
  guint       begin, end;

  begin = refine (self, at, first, (before + after) / 2, TRUE);
  if (!is_sharp (self, begin, before - after))
    return at + 1;
  end = find_end (self, begin, before, after);
  step.begin = self->days[begin];
  step.open = end == self->length;
  step.end = step.open ? self->days[end - 1] + 1 : self->days[end];
  g_array_append_val (steps, step);
  return end + self->options->least;
}

/**
 * plancia_steps_find:
 * @values: a day each, NAN for what is not known
 * @length: how many
 * @options: how large a step, seen in how many days
 *
 * Returns: (transfer full) (element-type PlanciaStep): the falls
 */
GArray *
plancia_steps_find (const double *values, guint length, const PlanciaStepOptions *options)
{
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (PlanciaStep));
  guint   at, first = 0, n = 0;
  Known   known;

  known_init (&known, values, length, options);
  at = options->least;
  while (at + options->least <= known.length) {
    double before, after;

    if (!falls_at (&known, at, first, &before, &after)) {
      at++;
      continue;
    }
    find_deepest (&known, at, first, &before, &after);
    at = add_step (&known, steps, at, first, before, after);
    if (steps->len > n) {
      n = steps->len;
      first = at - options->least;
    }
  }
  known_clear (&known);
  return steps;
}

/* --- against what is expected ------------------------------------------------------------------ */

/* Where an outside begins or ends, about at. If the best are looked at, a good one says that it is not yet, or no longer. */
static guint
find_border (const Known *self,
             guint        at,
             guint        first,
             double       border,
             gboolean     begins,
             gboolean     falls)
{
  guint to = MIN (at + self->options->window, self->length), best = at;

  if (self->options->part == 0)
    return refine (self, at, first, border, begins == falls);
  for (guint i = at; i < to; i++) {
    if ((self->values[i] >= border) != falls)
      continue;
    if (!begins)
      return i;
    best = MIN (i + 1, self->length - 1);
  }
  return best;
}

static gboolean
is_outside (const Known *self, guint at, double low, double high, double *median)
{
  *median = level_after (self, at, NULL);
  return !isnan (*median) && (*median < low || *median > high);
}

/**
 * plancia_steps_outside:
 * @values: a day each, NAN for what is not known
 * @length: how many
 * @usual: what is expected
 * @low: the median of a window lies below: outside; -INFINITY: never
 * @high: the same above
 * @options: the window
 *
 * Returns: (transfer full) (element-type PlanciaStep): the stretches outside, before being @usual
 */
GArray *
plancia_steps_outside (const double             *values,
                       guint                     length,
                       double                    usual,
                       double                    low,
                       double                    high,
                       const PlanciaStepOptions *options)
{
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (PlanciaStep));
  guint   first = 0;
  Known   known;

  known_init (&known, values, length, options);
  for (guint at = 0; at + options->least <= known.length; at++) {
    PlanciaStep step = {.before = usual};
    guint       begin, end = at;
    double      median;

    if (!is_outside (&known, at, low, high, &step.after))
      continue;
    begin = find_border (&known, at, first, (usual + step.after) / 2, TRUE, step.after < usual);
    while (end + options->least <= known.length && is_outside (&known, end, low, high, &median))
      end++;
    step.open = end + options->least > known.length;
    end =
      step.open
        ? known.length
        : MAX (
            find_border (&known, end, begin, (usual + step.after) / 2, FALSE, step.after < usual),
            begin + 1);
    step.begin = known.days[begin];
    step.end = step.open ? known.days[end - 1] + 1 : known.days[end];
    step.after = level (&known, begin, MIN (end, begin + MOST), known.days[begin], NULL);
    g_array_append_val (steps, step);
    first = end;
    at = MAX (end, at + 1) - 1;
  }
  known_clear (&known);
  return steps;
}
