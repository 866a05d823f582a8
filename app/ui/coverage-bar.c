/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/coverage-bar.h"

#include "chart/coverage-strip.h"

#define HEIGHT    7
#define WIDTH     200
#define MIN_WIDTH 40

struct _PlanciaCoverageBar
{
  GtkWidget parent_instance;

  PlanciaSpan extent;
  GArray     *pieces; /* PlanciaCoverage */
};

G_DEFINE_FINAL_TYPE (PlanciaCoverageBar, plancia_coverage_bar, GTK_TYPE_WIDGET)

static double
x_of (PlanciaCoverageBar *self, gint64 time)
{
  double part = (time - self->extent.start) / (double) (self->extent.end - self->extent.start);

  return part * gtk_widget_get_width (GTK_WIDGET (self));
}

static void
clip_pill (cairo_t *cr, double y, double width)
{
  double radius = HEIGHT / 2.0;

  cairo_new_path (cr);
  cairo_arc (cr, radius, y + radius, radius, G_PI / 2, 3 * G_PI / 2);
  cairo_arc (cr, width - radius, y + radius, radius, -G_PI / 2, G_PI / 2);
  cairo_close_path (cr);
  cairo_clip (cr);
}

static void
plancia_coverage_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PlanciaCoverageBar *self = PLANCIA_COVERAGE_BAR (widget);
  int                 width = gtk_widget_get_width (widget);
  int                 y = (gtk_widget_get_height (widget) - HEIGHT) / 2;
  PlanciaPalette      palette;
  cairo_t            *cr;

  plancia_palette_load (&palette, widget);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, y, width, HEIGHT));
  clip_pill (cr, y, width);
  for (guint i = 0; i < self->pieces->len; i++) {
    const PlanciaCoverage *piece = &g_array_index (self->pieces, PlanciaCoverage, i);
    double                 x = x_of (self, piece->span.start);

    plancia_coverage_strip_draw (cr,
                                 piece->kind,
                                 x,
                                 y,
                                 x_of (self, piece->span.end) - x,
                                 HEIGHT,
                                 &palette);
  }
  cairo_destroy (cr);
}

static void
plancia_coverage_bar_measure (GtkWidget     *widget,
                              GtkOrientation orientation,
                              int            for_size,
                              int           *minimum,
                              int           *natural,
                              int           *minimum_baseline,
                              int           *natural_baseline)
{
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : WIDTH;
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : MIN_WIDTH;
}

static void
plancia_coverage_bar_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (plancia_coverage_bar_parent_class)->css_changed (widget, change);
  gtk_widget_queue_draw (widget);
}

static void
plancia_coverage_bar_finalize (GObject *object)
{
  g_array_unref (PLANCIA_COVERAGE_BAR (object)->pieces);

  G_OBJECT_CLASS (plancia_coverage_bar_parent_class)->finalize (object);
}

static void
plancia_coverage_bar_class_init (PlanciaCoverageBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = plancia_coverage_bar_finalize;
  widget_class->snapshot = plancia_coverage_bar_snapshot;
  widget_class->measure = plancia_coverage_bar_measure;
  widget_class->css_changed = plancia_coverage_bar_css_changed;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
plancia_coverage_bar_init (PlanciaCoverageBar *self)
{
  self->pieces = g_array_new (FALSE, FALSE, sizeof (PlanciaCoverage));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/**
 * plancia_coverage_bar_new:
 *
 * Returns: (transfer floating): a bar that shows nothing yet
 */
GtkWidget *
plancia_coverage_bar_new (void)
{
  return g_object_new (PLANCIA_TYPE_COVERAGE_BAR, NULL);
}

/**
 * plancia_coverage_bar_set:
 * @self: a bar
 * @extent: what its width stands for
 * @covered: (element-type PlanciaSpan): what of it is stored
 */
void
plancia_coverage_bar_set (PlanciaCoverageBar *self, PlanciaSpan extent, GArray *covered)
{
  g_autoptr (GPtrArray) gaps = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  /* The store answers for all series at once: what it does not cover is missing in each. */
  g_ptr_array_add (gaps, plancia_span_subtract (extent, covered));
  self->extent = extent;
  g_array_unref (self->pieces);
  self->pieces = plancia_coverage_find (extent, covered, gaps);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

double
plancia_coverage_bar_get_part (PlanciaCoverageBar *self)
{
  gint64 stored = 0;

  if (plancia_span_is_empty (self->extent))
    return 0;
  for (guint i = 0; i < self->pieces->len; i++) {
    const PlanciaCoverage *piece = &g_array_index (self->pieces, PlanciaCoverage, i);

    if (piece->kind != PLANCIA_COVERAGE_MISSING)
      stored += piece->span.end - piece->span.start;
  }
  return (double) stored / (double) (self->extent.end - self->extent.start);
}
