/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/chart-private.h"
#include "chart/series-view.h"

/* Pixels around a line that count as on it. */
#define REACH 5

/* Where somebody asked, between the click and the answer. */
static gint64
asked_time (PlanciaChart *self)
{
  return *(gint64 *) g_object_get_data (G_OBJECT (self), "plancia-hole");
}

static char *
describe_marks (PlanciaChart *self, double x)
{
  const PlanciaPlot *plot = &self->plot;
  gint64             reach = plancia_plot_time (plot, x + REACH) - plancia_plot_time (plot, x);

  return plancia_mark_view_describe (PLANCIA_MARK_VIEW (self->marks),
                                     plancia_plot_time (plot, x),
                                     reach);
}

gboolean
plancia_chart_find_hole (PlanciaChart *self, double x, double y, PlanciaSpan *hole)
{
  return plancia_plot_contains (&self->plot, x, y) && plancia_plot_pane_at (&self->plot, y) >= 0 &&
         plancia_series_view_find_hole (PLANCIA_SERIES_VIEW (self->curves),
                                        plancia_plot_pane_at (&self->plot, y),
                                        plancia_plot_time (&self->plot, x),
                                        hole);
}

/* The marks and the hole under the pointer, a line each. */
static gboolean
tooltip_cb (PlanciaChart *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  g_autofree char *marks = NULL;
  g_autofree char *hole_words = NULL;
  g_autofree char *words = NULL;
  PlanciaSpan      hole;

  if (keyboard || !plancia_plot_contains (&self->plot, x, y))
    return FALSE;
  marks = describe_marks (self, x);
  if (self->hole_words != NULL && plancia_chart_find_hole (self, x, y, &hole))
    hole_words = self->hole_words (hole, self->hole_data);
  if (marks != NULL && hole_words != NULL)
    words = g_strconcat (marks, "\n", hole_words, NULL);
  gtk_tooltip_set_text (tooltip, words != NULL ? words : marks != NULL ? marks : hole_words);
  return marks != NULL || hole_words != NULL;
}

void
plancia_chart_hole_attach (PlanciaChart *self)
{
  gint64 *asked = g_new (gint64, 1);

  *asked = G_MAXINT64;
  g_object_set_data_full (G_OBJECT (self), "plancia-hole", asked, g_free);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (tooltip_cb), NULL);
}

/**
 * plancia_chart_set_hole_words:
 * @self: a chart
 * @words: (nullable): why there is nothing in a stretch of time
 * @user_data: for @words; outlives the chart
 */
void
plancia_chart_set_hole_words (PlanciaChart *self, PlanciaChartHoleWords words, gpointer user_data)
{
  self->hole_words = words;
  self->hole_data = user_data;
}

/**
 * plancia_chart_ask_hole:
 * @self: a chart
 * @time: ms of Unix time: in a hole of any pane
 *
 * What a click on the hole does.
 *
 * Returns: %FALSE if there is no hole
 */
gboolean
plancia_chart_ask_hole (PlanciaChart *self, gint64 time)
{
  PlanciaSpan hole;

  plancia_chart_flush (self);
  if (!plancia_series_view_find_hole (PLANCIA_SERIES_VIEW (self->curves), -1, time, &hole))
    return FALSE;
  *(gint64 *) g_object_get_data (G_OBJECT (self), "plancia-hole") = time;
  plancia_chart_emit (self, PLANCIA_CHART_HOLE_ACTIVATED);
  return TRUE;
}

/**
 * plancia_chart_next_hole:
 * @self: a chart
 *
 * Goes to the first hole behind the crosshair, from the last one to the first, and asks about it.
 *
 * Returns: %FALSE if there is no hole
 */
gboolean
plancia_chart_next_hole (PlanciaChart *self)
{
  PlanciaSeriesView *view = PLANCIA_SERIES_VIEW (self->curves);
  gint64             asked = asked_time (self);
  PlanciaSpan        hole;
  gint64             middle;

  plancia_chart_flush (self);
  if (asked == G_MAXINT64 || !plancia_series_view_next_hole (view, asked, &hole))
    if (!plancia_series_view_next_hole (view, self->extent.start - 1, &hole))
      return FALSE;
  middle = hole.start + (hole.end - hole.start) / 2;
  if (!plancia_span_contains (self->plot.span, middle))
    plancia_chart_pan (self, middle - (self->plot.span.start + self->plot.span.end) / 2);
  return plancia_chart_ask_hole (self, middle);
}

/**
 * plancia_chart_get_hole:
 * @self: a chart
 * @hole: (out): the one that was asked about last
 * @place: (out): what of it is seen, in the chart's coordinates
 *
 * Returns: %FALSE if there is none any more
 */
gboolean
plancia_chart_get_hole (PlanciaChart *self, PlanciaSpan *hole, GdkRectangle *place)
{
  const PlanciaPlot *plot = plancia_chart_get_plot (self);
  double             left, right;

  if (!plancia_series_view_find_hole (PLANCIA_SERIES_VIEW (self->curves),
                                      -1,
                                      asked_time (self),
                                      hole))
    return FALSE;
  left = MAX (plancia_plot_x (plot, hole->start), plot->x);
  right = MIN (plancia_plot_x (plot, hole->end), plot->x + plot->width);
  *place = (GdkRectangle){(int) left,
                          (int) (plot->y + plot->height / 3),
                          MAX ((int) (right - left), 1),
                          1};
  return TRUE;
}
