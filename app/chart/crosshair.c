/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/crosshair.h"

#include "chart/chart-text.h"
#include "history/axis.h"

#include <math.h>

/* Pixels at text scale 1. */
#define BADGE_Y       13
#define BADGE_PADDING 6
#define BADGE_RADIUS  4
#define TICK_DISTANCE 44
#define DOT           3.2
#define HALO          4.6
#define BOX_VEIL      0.6

static const double dots[] = {2, 3};

struct _PlanciaCrosshair
{
  GtkWidget parent_instance;

  const PlanciaPlot *plot;
  GPtrArray         *layers;
  GTimeZone         *zone;
  gint64             time;
  double             box_from, box_to; /* px; equal: no box */
};

G_DEFINE_FINAL_TYPE (PlanciaCrosshair, plancia_crosshair, GTK_TYPE_WIDGET)

static void
snapshot_line (PlanciaCrosshair *self, GtkSnapshot *snapshot, double x)
{
  const PlanciaPlot *plot = self->plot;
  double             middle = floor (x) + 0.5;
  cairo_t           *cr = gtk_snapshot_append_cairo (
    snapshot,
    &GRAPHENE_RECT_INIT ((float) (middle - 1), (float) plot->y, 2, (float) plot->height));

  gdk_cairo_set_source_rgba (cr, &plot->palette.foreground);
  cairo_set_line_width (cr, 1);
  cairo_set_dash (cr, dots, G_N_ELEMENTS (dots), 0);
  cairo_move_to (cr, middle, plot->y);
  cairo_line_to (cr, middle, plot->y + plot->height);
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
draw_dot (cairo_t *cr, double x, double y, double radius, const GdkRGBA *color)
{
  gdk_cairo_set_source_rgba (cr, color);
  cairo_new_path (cr);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
snapshot_dot (PlanciaCrosshair *self, GtkSnapshot *snapshot, PlanciaLayer *layer)
{
  const PlanciaPlot *plot = self->plot;
  GdkRGBA  color = plancia_palette_series (&plot->palette, plancia_layer_get_color (layer));
  gint64   time;
  double   value, x, y;
  cairo_t *cr;

  if (plancia_layer_get_hidden (layer) || plancia_layer_is_state (layer) ||
      !plancia_layer_read (layer, self->time, &time, &value))
    return;
  x = plancia_plot_x (plot, time);
  y = plancia_plot_y (plot, plancia_layer_get_axis (layer), value);
  if (x < plot->x || x > plot->x + plot->width)
    return;
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT ((float) (x - 6), (float) (y - 6), 12, 12));
  draw_dot (cr, x, y, HALO, &plot->palette.background);
  draw_dot (cr, x, y, DOT, &color);
  cairo_destroy (cr);
}

/* A label half under the badge cannot be read: it goes altogether. The axes keep their node, so
 * the ground is painted over it here. */
static void
cover_ticks (PlanciaCrosshair *self, GtkSnapshot *snapshot, double x, double y)
{
  const PlanciaPlot *plot = self->plot;

  for (guint i = 0; i < plot->time_ticks->len; i++) {
    PlanciaTick *tick = &g_array_index (plot->time_ticks, PlanciaTick, i);
    double       center = plancia_plot_x (plot, (gint64) tick->value);
    g_autoptr (PangoLayout) text = NULL;
    int width, height;

    if (ABS (center - x) >= TICK_DISTANCE * plot->scale)
      continue;
    text = plancia_chart_text_new (GTK_WIDGET (self), tick->label, FALSE);
    pango_layout_get_pixel_size (text, &width, &height);
    gtk_snapshot_append_color (snapshot,
                               &plot->palette.background,
                               &GRAPHENE_RECT_INIT ((float) (center - width / 2.0 - 2),
                                                    (float) (y - height / 2.0 - 1),
                                                    (float) width + 4,
                                                    (float) height + 2));
  }
}

static char *
format_time (PlanciaCrosshair *self)
{
  gint64      length = self->plot->span.end - self->plot->span.start;
  const char *format = length <= 20 * PLANCIA_MINUTE ? "%H:%M:%S"
                       : length <= 25 * PLANCIA_HOUR ? "%H:%M"
                                                     : "%a %H:%M";
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (self->time / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, self->zone);

  return g_date_time_format (local, format);
}

static void
snapshot_badge (PlanciaCrosshair *self, GtkSnapshot *snapshot, double x)
{
  const PlanciaPlot *plot = self->plot;
  g_autofree char   *words = format_time (self);
  g_autoptr (PangoLayout) text = plancia_chart_text_new (GTK_WIDGET (self), words, TRUE);
  double         y = plot->y + plot->height + BADGE_Y * plot->scale;
  GskRoundedRect badge;
  int            width, height;

  pango_layout_get_pixel_size (text, &width, &height);
  cover_ticks (self, snapshot, x, y);
  gsk_rounded_rect_init_from_rect (
    &badge,
    &GRAPHENE_RECT_INIT ((float) round (x - width / 2.0 - BADGE_PADDING),
                         (float) round (y - height / 2.0 - 2),
                         (float) (width + 2 * BADGE_PADDING),
                         (float) (height + 4)),
    BADGE_RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &badge);
  gtk_snapshot_append_color (snapshot, &plot->palette.foreground, &badge.bounds);
  gtk_snapshot_pop (snapshot);
  plancia_chart_text_append (snapshot, text, x, y, 0.5, &plot->palette.background);
}

/* What a box leaves out is veiled, what it takes has an edge. */
static void
snapshot_box (PlanciaCrosshair *self, GtkSnapshot *snapshot)
{
  const PlanciaPlot *plot = self->plot;
  double             left = MIN (self->box_from, self->box_to);
  double             right = MAX (self->box_from, self->box_to);
  GdkRGBA            veil = plancia_palette_fade (plot->palette.background, BOX_VEIL);
  graphene_rect_t    sides[] = {
       GRAPHENE_RECT_INIT ((float) plot->x,
                        (float) plot->y,
                        (float) (left - plot->x),
                        (float) plot->height),
       GRAPHENE_RECT_INIT ((float) right,
                        (float) plot->y,
                        (float) (plot->x + plot->width - right),
                        (float) plot->height),
       GRAPHENE_RECT_INIT ((float) left, (float) plot->y, 1, (float) plot->height),
       GRAPHENE_RECT_INIT ((float) right - 1, (float) plot->y, 1, (float) plot->height),
  };

  gtk_snapshot_append_color (snapshot, &veil, &sides[0]);
  gtk_snapshot_append_color (snapshot, &veil, &sides[1]);
  gtk_snapshot_append_color (snapshot, &plot->palette.foreground, &sides[2]);
  gtk_snapshot_append_color (snapshot, &plot->palette.foreground, &sides[3]);
}

static void
plancia_crosshair_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PlanciaCrosshair  *self = PLANCIA_CROSSHAIR (widget);
  const PlanciaPlot *plot = self->plot;
  double             x;

  if (self->box_from != self->box_to)
    snapshot_box (self, snapshot);
  if (self->time == G_MAXINT64 || plot->time_ticks == NULL || self->time < plot->span.start ||
      self->time > plot->span.end)
    return;
  x = plancia_plot_x (plot, self->time);
  snapshot_line (self, snapshot, x);
  for (guint i = 0; i < self->layers->len; i++)
    snapshot_dot (self, snapshot, g_ptr_array_index (self->layers, i));
  snapshot_badge (self, snapshot, x);
}

static void
plancia_crosshair_finalize (GObject *object)
{
  PlanciaCrosshair *self = PLANCIA_CROSSHAIR (object);

  g_clear_pointer (&self->layers, g_ptr_array_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);

  G_OBJECT_CLASS (plancia_crosshair_parent_class)->finalize (object);
}

static void
plancia_crosshair_class_init (PlanciaCrosshairClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_crosshair_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = plancia_crosshair_snapshot;
}

static void
plancia_crosshair_init (PlanciaCrosshair *self)
{
  self->time = G_MAXINT64;
  self->zone = g_time_zone_new_utc ();
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/**
 * plancia_crosshair_new:
 * @plot: the chart's; outlives the crosshair
 * @layers: (element-type PlanciaLayer): the chart's
 *
 * Returns: (transfer full): a widget that shows nothing yet
 */
GtkWidget *
plancia_crosshair_new (const PlanciaPlot *plot, GPtrArray *layers)
{
  PlanciaCrosshair *self = g_object_new (PLANCIA_TYPE_CROSSHAIR,
                                         "accessible-role",
                                         GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                         NULL);

  self->plot = plot;
  self->layers = g_ptr_array_ref (layers);
  return GTK_WIDGET (self);
}

/**
 * plancia_crosshair_set_zone:
 * @self: a crosshair
 * @zone: whose clock the badge shows
 */
void
plancia_crosshair_set_zone (PlanciaCrosshair *self, GTimeZone *zone)
{
  g_time_zone_ref (zone);
  g_time_zone_unref (self->zone);
  self->zone = zone;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * plancia_crosshair_set_time:
 * @self: a crosshair
 * @time: ms of Unix time; %G_MAXINT64 hides it
 */
void
plancia_crosshair_set_time (PlanciaCrosshair *self, gint64 time)
{
  if (self->time == time)
    return;
  self->time = time;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * plancia_crosshair_get_time:
 * @self: a crosshair
 *
 * Returns: where it is, or %G_MAXINT64
 */
gint64
plancia_crosshair_get_time (PlanciaCrosshair *self)
{
  return self->time;
}

/**
 * plancia_crosshair_set_box:
 * @self: a crosshair
 * @from: px
 * @to: px; the same as @from for no box
 */
void
plancia_crosshair_set_box (PlanciaCrosshair *self, double from, double to)
{
  self->box_from = from;
  self->box_to = to;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
