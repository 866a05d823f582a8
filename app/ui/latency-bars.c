/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/latency-bars.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define HEIGHT  30
#define LOWEST  3.0  /* px: a fast answer still is a bar */
#define USUAL   0.62 /* part of the height for the slowest of the usual answers */
#define SPACING 1.0

struct _PlanciaLatencyBars
{
  GtkWidget parent_instance;

  gint16 latencies[PLANCIA_LATENCY_BARS_MAX];
  guint  length;
};

G_DEFINE_FINAL_TYPE (PlanciaLatencyBars, plancia_latency_bars, GTK_TYPE_WIDGET)

static int
slowest (PlanciaLatencyBars *self)
{
  int value = 1;

  for (guint i = 0; i < self->length; i++)
    value = MAX (value, self->latencies[i]);
  return value;
}

static double
bar_height (gint16 latency, int longest, double height)
{
  if (latency < 0)
    return height;
  return fmax (LOWEST, latency / (double) longest * height * USUAL);
}

static void
append_bar (GtkSnapshot *snapshot, double x, double width, double top, double bottom, GdkRGBA ink)
{
  gtk_snapshot_append_color (
    snapshot,
    &ink,
    &GRAPHENE_RECT_INIT ((float) x, (float) top, (float) width, (float) (bottom - top)));
}

static void
plancia_latency_bars_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PlanciaLatencyBars *self = PLANCIA_LATENCY_BARS (widget);
  GtkStyleContext    *context = gtk_widget_get_style_context (widget);
  double              width = gtk_widget_get_width (widget);
  double              height = gtk_widget_get_height (widget);
  double              pitch = width / PLANCIA_LATENCY_BARS_MAX;
  int                 longest = slowest (self);
  GdkRGBA             full, pale, line;

  gtk_style_context_get_color (context, &line);
  if (!gtk_style_context_lookup_color (context, "mark_stale", &full))
    full = line;
  pale = full;
  pale.alpha *= 0.55f;
  line.alpha *= 0.15f;
  append_bar (snapshot, 0, width, height - 1, height, line);

  for (guint i = 0; i < self->length; i++) {
    double at = (PLANCIA_LATENCY_BARS_MAX - self->length + i) * pitch;
    double x = round (at), right = round (at + pitch);
    double tall = round (bar_height (self->latencies[i], longest, height - 1));

    append_bar (snapshot,
                x,
                fmax (right - x - SPACING, 1),
                height - 1 - tall,
                height - 1,
                self->latencies[i] < 0 ? full : pale);
  }
}

static void
plancia_latency_bars_measure (GtkWidget     *widget,
                              GtkOrientation orientation,
                              int            for_size,
                              int           *minimum,
                              int           *natural,
                              int           *minimum_baseline,
                              int           *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : PLANCIA_LATENCY_BARS_MAX;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 3 * PLANCIA_LATENCY_BARS_MAX;
  *minimum_baseline = *natural_baseline = -1;
}

static void
plancia_latency_bars_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (plancia_latency_bars_parent_class)->css_changed (widget, change);
  gtk_widget_queue_draw (widget);
}

static void
plancia_latency_bars_class_init (PlanciaLatencyBarsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = plancia_latency_bars_snapshot;
  widget_class->measure = plancia_latency_bars_measure;
  widget_class->css_changed = plancia_latency_bars_css_changed;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
plancia_latency_bars_init (PlanciaLatencyBars *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("How long the last requests took"), -1);
}

GtkWidget *
plancia_latency_bars_new (void)
{
  return g_object_new (PLANCIA_TYPE_LATENCY_BARS, NULL);
}

/**
 * plancia_latency_bars_set:
 * @self: the bars
 * @latencies: ms, oldest first; -1 for a request that failed
 * @length: 60 or fewer
 */
void
plancia_latency_bars_set (PlanciaLatencyBars *self, const gint16 *latencies, guint length)
{
  length = MIN (length, PLANCIA_LATENCY_BARS_MAX);
  if (length == self->length &&
      memcmp (latencies, self->latencies, length * sizeof *latencies) == 0)
    return;

  memcpy (self->latencies, latencies, length * sizeof *latencies);
  self->length = length;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
