/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/cursors.h"

#include "base/signal-new.h"
#include "chart/chart-text.h"

#include <math.h>

/* Pixels at text scale 1. */
#define LINE_WIDTH    1.4f
#define BADGE_Y       13
#define BADGE_PADDING 6
#define BADGE_RADIUS  4
#define REACH         8
#define SHADE         0.055f

static const char *const letters[PLANCIA_N_CURSORS] = {"A", "B"};

struct _PlanciaCursors
{
  GtkWidget parent_instance;

  const PlanciaPlot *plot;
  GTimeZone         *zone;
  PlanciaSpan        extent;
  gint64             times[PLANCIA_N_CURSORS];
  int                chosen;
  gboolean           shown;
};

enum {
  CHANGED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaCursors, plancia_cursors, GTK_TYPE_WIDGET)

static guint signals[N_SIGNALS];

static void
changed (PlanciaCursors *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
snapshot_shade (PlanciaCursors *self, GtkSnapshot *snapshot)
{
  const PlanciaPlot *plot = self->plot;
  PlanciaSpan        span = plancia_span_intersect (plancia_cursors_get_span (self), plot->span);
  GdkRGBA            color = plot->palette.foreground;
  double             left, right;

  if (plancia_span_is_empty (span))
    return;
  left = plancia_plot_x (plot, span.start);
  right = plancia_plot_x (plot, span.end);
  color.alpha *= SHADE;
  gtk_snapshot_append_color (snapshot,
                             &color,
                             &GRAPHENE_RECT_INIT ((float) left,
                                                  (float) plot->y,
                                                  (float) (right - left),
                                                  (float) plot->height));
}

static void
snapshot_badge (PlanciaCursors *self, GtkSnapshot *snapshot, int which, double x)
{
  const PlanciaPlot *plot = self->plot;
  g_autoptr (PangoLayout) text = plancia_chart_text_new (GTK_WIDGET (self), letters[which], TRUE);
  double         y = plot->y - BADGE_Y * plot->scale;
  GskRoundedRect badge;
  int            width, height;

  pango_layout_get_pixel_size (text, &width, &height);
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

/* The one that the keys move has a line twice as thick. */
static void
snapshot_cursor (PlanciaCursors *self, GtkSnapshot *snapshot, int which)
{
  const PlanciaPlot *plot = self->plot;
  gint64             time = self->times[which];
  float              width = which == self->chosen ? 2 * LINE_WIDTH : LINE_WIDTH;
  double             x;

  if (time < plot->span.start || time > plot->span.end)
    return;
  x = plancia_plot_x (plot, time);
  gtk_snapshot_append_color (snapshot,
                             &plot->palette.foreground,
                             &GRAPHENE_RECT_INIT ((float) x - width / 2,
                                                  (float) plot->y - 3,
                                                  width,
                                                  (float) plot->height + 3));
  snapshot_badge (self, snapshot, which, x);
}

static void
plancia_cursors_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PlanciaCursors *self = PLANCIA_CURSORS (widget);

  if (!self->shown)
    return;
  snapshot_shade (self, snapshot);
  for (int i = 0; i < PLANCIA_N_CURSORS; i++)
    snapshot_cursor (self, snapshot, i);
}

static void
plancia_cursors_finalize (GObject *object)
{
  PlanciaCursors *self = PLANCIA_CURSORS (object);

  g_clear_pointer (&self->zone, g_time_zone_unref);

  G_OBJECT_CLASS (plancia_cursors_parent_class)->finalize (object);
}

static void
plancia_cursors_class_init (PlanciaCursorsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_cursors_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = plancia_cursors_snapshot;
  signals[CHANGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "changed", 0);
}

static void
plancia_cursors_init (PlanciaCursors *self)
{
  self->zone = g_time_zone_new_utc ();
  self->chosen = PLANCIA_CURSOR_NONE;
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

/**
 * plancia_cursors_new:
 * @plot: the chart's; outlives the cursors
 *
 * Returns: (transfer full): a widget that shows nothing yet
 */
GtkWidget *
plancia_cursors_new (const PlanciaPlot *plot)
{
  PlanciaCursors *self =
    g_object_new (PLANCIA_TYPE_CURSORS, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  self->plot = plot;
  return GTK_WIDGET (self);
}

/**
 * plancia_cursors_set_extent:
 * @self: cursors
 * @extent: where they may be; not empty
 * @zone: whose clock their times are told in
 */
void
plancia_cursors_set_extent (PlanciaCursors *self, PlanciaSpan extent, GTimeZone *zone)
{
  gint64 third = (extent.end - extent.start) / 3;

  g_time_zone_ref (zone);
  g_time_zone_unref (self->zone);
  self->zone = zone;
  self->extent = extent;
  self->times[PLANCIA_CURSOR_A] = extent.start + third;
  self->times[PLANCIA_CURSOR_B] = extent.end - third;
  changed (self);
}

/**
 * plancia_cursors_set_shown:
 * @self: cursors
 * @shown: whether they are there
 */
void
plancia_cursors_set_shown (PlanciaCursors *self, gboolean shown)
{
  if (self->shown == shown)
    return;
  self->shown = shown;
  self->chosen = PLANCIA_CURSOR_NONE;
  changed (self);
}

/**
 * plancia_cursors_get_shown:
 * @self: cursors
 *
 * Returns: whether they are there
 */
gboolean
plancia_cursors_get_shown (PlanciaCursors *self)
{
  return self->shown;
}

/**
 * plancia_cursors_get_time:
 * @self: cursors
 * @which: of the two
 *
 * Returns: ms of Unix time
 */
gint64
plancia_cursors_get_time (PlanciaCursors *self, int which)
{
  return self->times[which];
}

/**
 * plancia_cursors_set_time:
 * @self: cursors
 * @which: of the two
 * @time: ms of Unix time; kept inside the extent
 */
void
plancia_cursors_set_time (PlanciaCursors *self, int which, gint64 time)
{
  time = CLAMP (time, self->extent.start, self->extent.end);
  if (self->times[which] == time)
    return;
  self->times[which] = time;
  changed (self);
}

/**
 * plancia_cursors_get_span:
 * @self: cursors
 *
 * Returns: from the earlier to the later one, whichever that is
 */
PlanciaSpan
plancia_cursors_get_span (PlanciaCursors *self)
{
  return (PlanciaSpan){.start = MIN (self->times[0], self->times[1]),
                       .end = MAX (self->times[0], self->times[1])};
}

/**
 * plancia_cursors_get_chosen:
 * @self: cursors
 *
 * Returns: the one that the keys move, or %PLANCIA_CURSOR_NONE
 */
int
plancia_cursors_get_chosen (PlanciaCursors *self)
{
  return self->shown ? self->chosen : PLANCIA_CURSOR_NONE;
}

/**
 * plancia_cursors_choose:
 * @self: cursors
 * @which: the one that the keys move from now on, or %PLANCIA_CURSOR_NONE
 */
void
plancia_cursors_choose (PlanciaCursors *self, int which)
{
  self->chosen = which;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * plancia_cursors_pick:
 * @self: cursors
 * @x: pixels in the chart
 * @y: pixels in the chart
 *
 * Returns: the nearest one within reach, or %PLANCIA_CURSOR_NONE
 */
int
plancia_cursors_pick (PlanciaCursors *self, double x, double y)
{
  double nearest = REACH;
  int    found = PLANCIA_CURSOR_NONE;

  if (!self->shown || y > self->plot->y + self->plot->height)
    return PLANCIA_CURSOR_NONE;
  for (int i = 0; i < PLANCIA_N_CURSORS; i++) {
    double distance = ABS (plancia_plot_x (self->plot, self->times[i]) - x);

    if (distance <= nearest) {
      nearest = distance;
      found = i;
    }
  }
  return found;
}

/* Of more than a day the date belongs to a moment. */
static gboolean
is_long (PlanciaCursors *self)
{
  return self->extent.end - self->extent.start > 25 * PLANCIA_HOUR;
}

/**
 * plancia_cursors_format:
 * @self: cursors
 * @which: of the two
 *
 * Returns: (transfer full): its time on the clock of the zone
 */
char *
plancia_cursors_format (PlanciaCursors *self, int which)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (self->times[which] / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, self->zone);

  return g_date_time_format (local, is_long (self) ? "%-d %b %H:%M" : "%H:%M");
}
