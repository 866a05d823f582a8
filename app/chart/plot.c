/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/plot.h"

#include "history/axis.h"

#include <math.h>

/* Pixels at text scale 1. */
#define INSET_LEFT         52
#define INSET_LEFT_NARROW  40
#define INSET_RIGHT        46
#define INSET_RIGHT_NARROW 38
#define INSET_RIGHT_BARE   18
#define INSET_TOP          24
#define INSET_BOTTOM       52
#define VALUE_PITCH        34
#define PERCENT_PITCH      28
#define TIME_PITCH         90

/**
 * plancia_plot_init:
 * @self: (out): a plot
 *
 * An empty plot of nothing at text scale 1. To be cleared with plancia_plot_clear().
 */
void
plancia_plot_init (PlanciaPlot *self)
{
  *self = (PlanciaPlot){.scale = 1};
}

/**
 * plancia_plot_clear:
 * @self: a plot
 *
 * Frees what it holds and makes it empty. Idempotent.
 */
void
plancia_plot_clear (PlanciaPlot *self)
{
  for (guint i = 0; i < PLANCIA_PLOT_AXES; i++)
    g_clear_pointer (&self->axes[i].ticks, g_array_unref);
  g_clear_pointer (&self->time_ticks, g_array_unref);
}

/**
 * plancia_plot_layout:
 * @self: a plot whose units, scale and narrow are set
 * @width: of the whole chart, pixels
 * @height: the same
 *
 * Leaves room for labels: left, right if there is a second axis, above for the units, below for the
 * time and the coverage strip. Whole pixels; never smaller than 1 by 1.
 */
void
plancia_plot_layout (PlanciaPlot *self, double width, double height)
{
  double left = self->narrow ? INSET_LEFT_NARROW : INSET_LEFT;
  double right = self->narrow ? INSET_RIGHT_NARROW : INSET_RIGHT;

  if (self->axes[1].unit == NULL || self->axes[1].blank)
    right = INSET_RIGHT_BARE;
  self->x = round (left * self->scale);
  self->y = round (INSET_TOP * self->scale);
  self->width = MAX (round (width - self->x - right * self->scale), 1);
  self->height = MAX (round (height - self->y - INSET_BOTTOM * self->scale), 1);
}

static void
set_left (PlanciaPlot *self, const double *range, gboolean shared)
{
  PlanciaPlotAxis *axis = &self->axes[0];
  guint            n = (guint) MAX (self->height / (VALUE_PITCH * self->scale), 2);
  double           minimum = range ? range[0] : 0, maximum = range ? range[1] : 1;

  /* The right axis starts at the zero line and needs room above it. */
  if (shared && maximum <= 0)
    maximum = MAX (-minimum / 3, 0);
  g_clear_pointer (&axis->ticks, g_array_unref);
  axis->used = range != NULL;
  axis->ticks = plancia_axis_value_ticks (minimum, maximum, n, &axis->low, &axis->high);
}

static GArray *
percent_ticks (double room)
{
  GArray *ticks = g_array_new (FALSE, TRUE, sizeof (PlanciaTick));
  int     step = room >= 4 * PERCENT_PITCH ? 25 : room >= 2 * PERCENT_PITCH ? 50 : 100;

  for (int value = 0; value <= 100; value += step) {
    PlanciaTick tick = {.value = value, .major = value == 0};

    g_snprintf (tick.label, sizeof tick.label, "%d", value);
    g_array_append_val (ticks, tick);
  }
  return ticks;
}

static void
set_right (PlanciaPlot *self, const double *range)
{
  const PlanciaPlotAxis *left = &self->axes[0];
  PlanciaPlotAxis       *axis = &self->axes[1];
  double                 room = (plancia_plot_zero (self) - self->y) / self->scale;

  g_clear_pointer (&axis->ticks, g_array_unref);
  axis->used = range != NULL;
  axis->high = 100;
  if (g_strcmp0 (axis->unit, "%") == 0)
    axis->ticks = percent_ticks (room);
  else {
    guint n = (guint) MAX (room / VALUE_PITCH, 2);

    axis->ticks = plancia_axis_value_ticks (0, range ? range[1] : 1, n, &axis->low, &axis->high);
  }
  axis->low = left->high > 0 ? axis->high * left->low / left->high : 0;
}

/**
 * plancia_plot_set_ranges:
 * @self: a plot with its layout
 * @left: (nullable) (array fixed-size=2): smallest and largest value of the visible layers of the
 *   first unit, or %NULL if none is shown
 * @right: (nullable) (array fixed-size=2): the same of the second
 *
 * Rounds the left axis to its ticks and lays the right one on the same zero line: it runs from zero
 * to the top. Percent always ends at 100.
 */
void
plancia_plot_set_ranges (PlanciaPlot *self, const double *left, const double *right)
{
  set_left (self, left, self->axes[1].unit != NULL);
  set_right (self, right);
}

/**
 * plancia_plot_set_clock:
 * @self: a plot with span and layout
 * @zone: whose clock the labels show
 * @whole_day: the chart shows one day, so midnight is 00:00
 */
void
plancia_plot_set_clock (PlanciaPlot *self, GTimeZone *zone, gboolean whole_day)
{
  guint n = (guint) MAX (self->width / (TIME_PITCH * self->scale), 2);

  g_clear_pointer (&self->time_ticks, g_array_unref);
  self->time_ticks = plancia_axis_time_ticks (self->span, zone, n);
  for (guint i = 0; whole_day && i < self->time_ticks->len; i++) {
    PlanciaTick *tick = &g_array_index (self->time_ticks, PlanciaTick, i);

    if (tick->major)
      g_strlcpy (tick->label, "00:00", sizeof tick->label);
  }
}

/**
 * plancia_plot_x:
 * @self: a plot
 * @time: ms of Unix time, also outside of the span
 *
 * Returns: its place in pixels
 */
double
plancia_plot_x (const PlanciaPlot *self, gint64 time)
{
  double length = (double) (self->span.end - self->span.start);

  return length > 0 ? self->x + self->width * (double) (time - self->span.start) / length : self->x;
}

/**
 * plancia_plot_time:
 * @self: a plot
 * @x: pixels, also outside
 *
 * Returns: the time there, the opposite of plancia_plot_x()
 */
gint64
plancia_plot_time (const PlanciaPlot *self, double x)
{
  double length = (double) (self->span.end - self->span.start);

  return self->span.start + (gint64) llround (length * (x - self->x) / self->width);
}

/**
 * plancia_plot_y:
 * @self: a plot with its ranges
 * @axis: 0 left, 1 right
 * @value: in the axis' unit
 *
 * Returns: its place in pixels
 */
double
plancia_plot_y (const PlanciaPlot *self, guint axis, double value)
{
  const PlanciaPlotAxis *range = &self->axes[MIN (axis, PLANCIA_PLOT_AXES - 1)];
  double                 length = range->high - range->low;

  return length > 0 ? self->y + self->height * (range->high - value) / length
                    : self->y + self->height;
}

/**
 * plancia_plot_zero:
 * @self: a plot with its ranges
 *
 * Returns: where the zero line of both axes lies, pixels
 */
double
plancia_plot_zero (const PlanciaPlot *self)
{
  return plancia_plot_y (self, 0, 0);
}

/**
 * plancia_plot_contains:
 * @self: a plot
 * @x: pixels
 * @y: pixels
 *
 * Returns: whether the point lies on the curves' rectangle
 */
gboolean
plancia_plot_contains (const PlanciaPlot *self, double x, double y)
{
  return x >= self->x && x < self->x + self->width && y >= self->y && y < self->y + self->height;
}
