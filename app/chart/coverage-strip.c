/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/coverage-strip.h"

#include "chart/hatch.h"

#include <math.h>

/* Pixels; the distance grows with the text above. */
#define STRIP_Y       34
#define STRIP_HEIGHT  7
#define HATCH_PITCH   5
#define PARTIAL_ALPHA 0.45
/* The colour of what is known: that of the battery is the palette's green. */
#define COLOR 3

struct _PlanciaCoverageStrip
{
  GtkWidget parent_instance;

  const PlanciaPlot *plot;
  GArray            *coverage;
};

G_DEFINE_FINAL_TYPE (PlanciaCoverageStrip, plancia_coverage_strip, GTK_TYPE_WIDGET)

static void
add_pill (cairo_t *cr, double x, double y, double width, double height)
{
  double radius = MIN (height, width) / 2;

  cairo_new_path (cr);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI / 2, 3 * G_PI / 2);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI / 2, G_PI / 2);
  cairo_close_path (cr);
}

static void
draw_pieces (PlanciaCoverageStrip *self, cairo_t *cr, double y)
{
  const PlanciaPlot *plot = self->plot;

  for (guint i = 0; i < self->coverage->len; i++) {
    PlanciaCoverage *piece = &g_array_index (self->coverage, PlanciaCoverage, i);
    double           left = MAX (plancia_plot_x (plot, piece->span.start), plot->x);
    double           right = MIN (plancia_plot_x (plot, piece->span.end), plot->x + plot->width);

    if (right > left)
      plancia_coverage_strip_draw (cr,
                                   piece->kind,
                                   left,
                                   y,
                                   right - left,
                                   STRIP_HEIGHT,
                                   &plot->palette);
  }
}

static void
plancia_coverage_strip_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PlanciaCoverageStrip *self = PLANCIA_COVERAGE_STRIP (widget);
  const PlanciaPlot    *plot = self->plot;
  double                y = round (plot->y + plot->height + STRIP_Y * plot->scale);
  cairo_t              *cr;

  if (self->coverage == NULL)
    return;
  cr = gtk_snapshot_append_cairo (
    snapshot,
    &GRAPHENE_RECT_INIT ((float) plot->x, (float) y, (float) plot->width, STRIP_HEIGHT));
  add_pill (cr, plot->x, y, plot->width, STRIP_HEIGHT);
  cairo_clip (cr);
  draw_pieces (self, cr, y);
  cairo_destroy (cr);
}

static void
plancia_coverage_strip_finalize (GObject *object)
{
  PlanciaCoverageStrip *self = PLANCIA_COVERAGE_STRIP (object);

  g_clear_pointer (&self->coverage, g_array_unref);

  G_OBJECT_CLASS (plancia_coverage_strip_parent_class)->finalize (object);
}

static void
plancia_coverage_strip_class_init (PlanciaCoverageStripClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_coverage_strip_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = plancia_coverage_strip_snapshot;
}

static void
plancia_coverage_strip_init (PlanciaCoverageStrip *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/**
 * plancia_coverage_strip_new:
 * @plot: the chart's; outlives the strip
 *
 * Returns: (transfer full): a widget
 */
GtkWidget *
plancia_coverage_strip_new (const PlanciaPlot *plot)
{
  PlanciaCoverageStrip *self = g_object_new (PLANCIA_TYPE_COVERAGE_STRIP,
                                             "accessible-role",
                                             GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                             NULL);

  self->plot = plot;
  return GTK_WIDGET (self);
}

/**
 * plancia_coverage_strip_set:
 * @self: a strip
 * @coverage: (nullable) (transfer none) (element-type PlanciaCoverage): what is known, or %NULL to
 *   draw nothing; not changed afterwards
 */
void
plancia_coverage_strip_set (PlanciaCoverageStrip *self, GArray *coverage)
{
  if (coverage != NULL)
    g_array_ref (coverage);
  g_clear_pointer (&self->coverage, g_array_unref);
  self->coverage = coverage;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * plancia_coverage_strip_draw:
 * @cr: where to
 * @kind: solid, paler, or hatched
 * @x: pixels
 * @y: pixels
 * @width: pixels
 * @height: pixels
 * @palette: the colours
 */
void
plancia_coverage_strip_draw (cairo_t              *cr,
                             PlanciaCoverageKind   kind,
                             double                x,
                             double                y,
                             double                width,
                             double                height,
                             const PlanciaPalette *palette)
{
  GdkRGBA color = plancia_palette_series (palette, COLOR);
  GdkRGBA line = plancia_palette_fade (palette->axis, 0.8);

  if (kind == PLANCIA_COVERAGE_EMPTY || kind == PLANCIA_COVERAGE_MISSING) {
    plancia_hatch_draw (cr, x, y, width, height, HATCH_PITCH, &line);
    return;
  }
  if (kind == PLANCIA_COVERAGE_PARTIAL)
    color = plancia_palette_fade (color, PARTIAL_ALPHA);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_rectangle (cr, x, y, width, height);
  cairo_fill (cr);
}
