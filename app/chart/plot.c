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
/* Between two panes: the upper one's last label and the lower one's unit. */
#define PANE_GAP    32
#define PANE_HEIGHT 72
#define PANE_LEAST  24
#define STATE_PITCH 40
/* The main pane is so many times as high as the others. */
#define MAIN_WEIGHT 2.5

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

static guint
count_panes (const PlanciaPlot *self)
{
  guint n = 0;

  for (guint i = PLANCIA_PLOT_SHARED; i < PLANCIA_PLOT_AXES; i++)
    n += plancia_plot_has_pane (self, i);
  return n;
}

gboolean
plancia_plot_has_pane (const PlanciaPlot *self, guint axis)
{
  if (axis < PLANCIA_PLOT_SHARED)
    return !self->headless;
  return self->axes[axis].unit != NULL && !self->axes[axis].blank;
}

double
plancia_plot_get_height (const PlanciaPlot *self)
{
  return (count_panes (self) * (double) (PANE_HEIGHT + PANE_GAP) +
          self->n_states * (double) STATE_PITCH) *
         self->scale;
}

double
plancia_plot_state_y (const PlanciaPlot *self, guint row)
{
  return self->y + self->height - (double) (self->n_states - row) * STATE_PITCH * self->scale;
}

/* Gives each pane its part of the height that the states leave. */
static void
share_height (PlanciaPlot *self)
{
  guint  n = count_panes (self);
  double gap = round (PANE_GAP * self->scale);
  double states = self->n_states * STATE_PITCH * self->scale +
                  (self->n_states > 0 ? 8 * self->scale : 0);
  double weight = self->headless ? 0 : MAIN_WEIGHT;
  double room = self->height - states - gap * (self->headless ? MAX (n, 1) - 1 : n);
  double part = MAX (room / MAX (weight + n, 1), PANE_LEAST);
  double y = self->y;

  for (guint i = 0; i < PLANCIA_PLOT_SHARED; i++) {
    self->axes[i].y = y;
    self->axes[i].height = self->headless ? 0 : n > 0 ? round (part * weight) : MAX (room, 1);
  }
  if (!self->headless)
    y += self->axes[0].height + gap;
  for (guint i = PLANCIA_PLOT_SHARED; i < PLANCIA_PLOT_AXES; i++) {
    if (!plancia_plot_has_pane (self, i))
      continue;
    self->axes[i].y = y;
    self->axes[i].height = round (part);
    y += self->axes[i].height + gap;
  }
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

  if (!self->aligned && (self->axes[1].unit == NULL || self->axes[1].blank))
    right = INSET_RIGHT_BARE;
  self->x = round (left * self->scale);
  self->y = round (INSET_TOP * self->scale);
  self->width = MAX (round (width - self->x - right * self->scale), 1);
  self->height = MAX (round (height - self->y - INSET_BOTTOM * self->scale), 1);
  share_height (self);
}

static void
set_left (PlanciaPlot *self, const double *range, gboolean shared)
{
  PlanciaPlotAxis *axis = &self->axes[0];
  guint            n = (guint) MAX (axis->height / (VALUE_PITCH * self->scale), 2);
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
 * plancia_plot_set_pane:
 * @self: a plot with its layout
 * @axis: from %PLANCIA_PLOT_SHARED on
 * @range: (nullable) (array fixed-size=2): smallest and largest value shown, %NULL for none
 */
void
plancia_plot_set_pane (PlanciaPlot *self, guint axis, const double *range)
{
  PlanciaPlotAxis *pane = &self->axes[axis];
  guint            n = (guint) MAX (pane->height / (VALUE_PITCH * self->scale), 2);

  g_clear_pointer (&pane->ticks, g_array_unref);
  pane->used = range != NULL;
  if (plancia_plot_has_pane (self, axis))
    pane->ticks = plancia_axis_close_ticks (range ? range[0] : 0,
                                            range ? range[1] : 1,
                                            n,
                                            &pane->low,
                                            &pane->high);
}

int
plancia_plot_pane_at (const PlanciaPlot *self, double y)
{
  for (guint i = 0; i < PLANCIA_PLOT_AXES; i++)
    if (plancia_plot_has_pane (self, i) && y >= self->axes[i].y &&
        y < self->axes[i].y + self->axes[i].height)
      return (int) i;
  return -1;
}

double
plancia_plot_base (const PlanciaPlot *self, guint axis)
{
  const PlanciaPlotAxis *pane = &self->axes[axis];

  return CLAMP (plancia_plot_y (self, axis, 0), pane->y, pane->y + pane->height);
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

  return length > 0 ? range->y + range->height * (range->high - value) / length
                    : range->y + range->height;
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
