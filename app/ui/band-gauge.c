/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/band-gauge.h"

#include "chart/palette.h"
#include <math.h>

#define WIDTH       160
#define HEIGHT      20
#define TRACK       6
#define MARK_WIDTH  4
#define MARK_HEIGHT 16
/* Of the band, on each side of it. */
#define ROOM       0.25
#define BAND_ALPHA 0.55

struct _PlanciaBandGauge
{
  GtkWidget parent_instance;

  double value;
  double minimum;
  double maximum;
  char  *color;
};

G_DEFINE_FINAL_TYPE (PlanciaBandGauge, plancia_band_gauge, GTK_TYPE_WIDGET)

/* What the track spans: the band and some room, and the value wherever it is. */
static void
find_span (PlanciaBandGauge *self, double *low, double *high)
{
  double from = isnan (self->minimum) ? MIN (self->value, self->maximum) : self->minimum;
  double to = isnan (self->maximum) ? MAX (self->value, self->minimum) : self->maximum;
  double room = ROOM * MAX (to - from, fabs (to) * 0.02 + 1e-9);

  *low = MIN (from - room, self->value - room / 4);
  *high = MAX (to + room, self->value + room / 4);
}

static void
fill (GtkSnapshot *snapshot, double x, double y, double width, double height, const GdkRGBA *color)
{
  GskRoundedRect  shape;
  graphene_rect_t bounds =
    GRAPHENE_RECT_INIT ((float) x, (float) y, (float) MAX (width, 1), (float) height);

  gsk_rounded_rect_init_from_rect (&shape, &bounds, (float) MIN (height, 6) / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, color, &bounds);
  gtk_snapshot_pop (snapshot);
}

static GdkRGBA
lookup (GtkWidget *widget, const char *name)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  GdkRGBA          color;

  gtk_style_context_get_color (context, &color);
  if (name != NULL)
    gtk_style_context_lookup_color (context, name, &color);
  return color;
}

static void
plancia_band_gauge_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PlanciaBandGauge *self = PLANCIA_BAND_GAUGE (widget);
  double            width = gtk_widget_get_width (widget);
  double            top = (gtk_widget_get_height (widget) - TRACK) / 2.0;
  GdkRGBA           ink = lookup (widget, NULL);
  GdkRGBA           band = plancia_palette_fade (lookup (widget, "mark_live"), BAND_ALPHA);
  GdkRGBA           track = plancia_palette_fade (ink, 0.12);
  GdkRGBA           mark = lookup (widget, self->color);
  double            low, high, from, to, x;

  find_span (self, &low, &high);
  from = isnan (self->minimum) ? 0 : width * (self->minimum - low) / (high - low);
  to = isnan (self->maximum) ? width : width * (self->maximum - low) / (high - low);
  x = width * (self->value - low) / (high - low);
  fill (snapshot, 0, top, width, TRACK, &track);
  fill (snapshot, from, top, to - from, TRACK, &band);
  fill (snapshot,
        CLAMP (x - MARK_WIDTH / 2.0, 0, width - MARK_WIDTH),
        (gtk_widget_get_height (widget) - MARK_HEIGHT) / 2.0,
        MARK_WIDTH,
        MARK_HEIGHT,
        &mark);
}

static void
plancia_band_gauge_measure (GtkWidget     *widget,
                            GtkOrientation orientation,
                            int            for_size,
                            int           *minimum,
                            int           *natural,
                            int           *minimum_baseline,
                            int           *natural_baseline)
{
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH / 2 : HEIGHT;
}

static void
plancia_band_gauge_finalize (GObject *object)
{
  g_free (PLANCIA_BAND_GAUGE (object)->color);

  G_OBJECT_CLASS (plancia_band_gauge_parent_class)->finalize (object);
}

static void
plancia_band_gauge_class_init (PlanciaBandGaugeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_band_gauge_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = plancia_band_gauge_snapshot;
  GTK_WIDGET_CLASS (klass)->measure = plancia_band_gauge_measure;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
plancia_band_gauge_init (PlanciaBandGauge *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
plancia_band_gauge_new (double value, double minimum, double maximum, const char *color)
{
  PlanciaBandGauge *self = g_object_new (PLANCIA_TYPE_BAND_GAUGE, NULL);

  self->value = value;
  self->minimum = minimum;
  self->maximum = maximum;
  self->color = g_strdup (color);
  return GTK_WIDGET (self);
}
