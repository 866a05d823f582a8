/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/axis-view.h"

#include "chart/chart-text.h"
#include "history/axis.h"

#include <math.h>

/* Pixels at text scale 1. */
#define LABEL_GAP    8
#define TIME_LABEL_Y 13
#define UNIT_Y       14

struct _PlanciaAxisView
{
  GtkWidget parent_instance;

  const PlanciaPlot *plot;
};

G_DEFINE_FINAL_TYPE (PlanciaAxisView, plancia_axis_view, GTK_TYPE_WIDGET)

static void
append_line (GtkSnapshot *snapshot, const GdkRGBA *color, double x, double y, double w, double h)
{
  gtk_snapshot_append_color (
    snapshot,
    color,
    &GRAPHENE_RECT_INIT ((float) floor (x), (float) floor (y), (float) w, (float) h));
}

static void
append_text (PlanciaAxisView *self,
             GtkSnapshot     *snapshot,
             const char      *text,
             gboolean         bold,
             double           x,
             double           y,
             double           align)
{
  g_autoptr (PangoLayout) layout = plancia_chart_text_new (GTK_WIDGET (self), text, bold);

  plancia_chart_text_append (snapshot, layout, x, y, align, &self->plot->palette.axis);
}

/* Which axis has the main pane's horizontal lines: the left one, unless only the right one shows anything. */
static guint
ruling_axis (const PlanciaPlot *plot)
{
  return !plot->axes[0].used && plot->axes[1].used ? 1 : 0;
}

static void
snapshot_grid (PlanciaAxisView *self, GtkSnapshot *snapshot, guint index)
{
  const PlanciaPlot     *plot = self->plot;
  const PlanciaPlotAxis *axis = &plot->axes[index];
  GdkRGBA                zero = plancia_palette_fade (plot->palette.axis, 0.6);

  for (guint i = 0; i < plot->time_ticks->len; i++) {
    PlanciaTick *tick = &g_array_index (plot->time_ticks, PlanciaTick, i);
    double       x = plancia_plot_x (plot, (gint64) tick->value);

    append_line (snapshot, &plot->palette.grid, x, axis->y, 1, axis->height);
  }
  for (guint i = 0; i < axis->ticks->len; i++) {
    PlanciaTick *tick = &g_array_index (axis->ticks, PlanciaTick, i);
    double       y = plancia_plot_y (plot, index, tick->value);

    if (tick->value != 0)
      append_line (snapshot, &plot->palette.grid, plot->x, y, plot->width, 1);
  }
  append_line (snapshot, &zero, plot->x, plancia_plot_base (plot, index), plot->width, 1);
}

static void
snapshot_values (PlanciaAxisView *self, GtkSnapshot *snapshot, guint index, double x, double align)
{
  const PlanciaPlot     *plot = self->plot;
  const PlanciaPlotAxis *axis = &plot->axes[index];
  double                 edge = index == 1 ? plot->x + plot->width + 14 : plot->x - 18;

  if (!axis->used || axis->unit == NULL || axis->ticks == NULL)
    return;
  append_text (self, snapshot, axis->unit, TRUE, edge, axis->y - UNIT_Y * plot->scale, 0.5);
  for (guint i = 0; i < axis->ticks->len; i++) {
    PlanciaTick *tick = &g_array_index (axis->ticks, PlanciaTick, i);

    append_text (self,
                 snapshot,
                 tick->label,
                 FALSE,
                 x,
                 plancia_plot_y (plot, index, tick->value),
                 align);
  }
}

static void
snapshot_times (PlanciaAxisView *self, GtkSnapshot *snapshot)
{
  const PlanciaPlot *plot = self->plot;
  double             y = plot->y + plot->height + TIME_LABEL_Y * plot->scale;

  for (guint i = 0; i < plot->time_ticks->len; i++) {
    PlanciaTick *tick = &g_array_index (plot->time_ticks, PlanciaTick, i);

    append_text (self,
                 snapshot,
                 tick->label,
                 FALSE,
                 plancia_plot_x (plot, (gint64) tick->value),
                 y,
                 0.5);
  }
}

static void
plancia_axis_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PlanciaAxisView   *self = PLANCIA_AXIS_VIEW (widget);
  const PlanciaPlot *plot = self->plot;

  if (plot->time_ticks == NULL || plot->axes[0].ticks == NULL)
    return;
  if (!plot->headless) {
    snapshot_grid (self, snapshot, ruling_axis (plot));
    snapshot_values (self, snapshot, 0, plot->x - LABEL_GAP, 1);
    snapshot_values (self, snapshot, 1, plot->x + plot->width + LABEL_GAP, 0);
  }
  for (guint i = PLANCIA_PLOT_SHARED; i < PLANCIA_PLOT_AXES; i++) {
    if (!plancia_plot_has_pane (plot, i) || plot->axes[i].ticks == NULL)
      continue;
    snapshot_grid (self, snapshot, i);
    snapshot_values (self, snapshot, i, plot->x - LABEL_GAP, 1);
  }
  snapshot_times (self, snapshot);
}

static void
plancia_axis_view_class_init (PlanciaAxisViewClass *klass)
{
  GTK_WIDGET_CLASS (klass)->snapshot = plancia_axis_view_snapshot;
}

static void
plancia_axis_view_init (PlanciaAxisView *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/**
 * plancia_axis_view_new:
 * @plot: the chart's; outlives the view
 *
 * Draws @plot; the chart queues a draw when it changed.
 *
 * Returns: (transfer full): a widget
 */
GtkWidget *
plancia_axis_view_new (const PlanciaPlot *plot)
{
  PlanciaAxisView *self = g_object_new (PLANCIA_TYPE_AXIS_VIEW,
                                        "accessible-role",
                                        GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                        NULL);

  self->plot = plot;
  return GTK_WIDGET (self);
}
