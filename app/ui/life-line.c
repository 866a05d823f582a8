/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/life-line.h"

#include "base/clock.h"
#include "base/text.h"
#include "ui/device-words.h"
#include <glib/gi18n.h>

#define HEIGHT   56
#define INSET    46 /* of the first and the last centre */
#define CENTRE   13
#define RADIUS   8
#define WORD_TOP 24
#define TIME_TOP 40
#define STATIONS 5
#define NARROW   320

struct _PlanciaLifeLine
{
  GtkWidget parent_instance;

  PlanciaCloudWrite *write;
  GTimeZone         *zone;
  guint              tick_id; /* while it waits: the seconds */
};

G_DEFINE_FINAL_TYPE (PlanciaLifeLine, plancia_life_line, GTK_TYPE_WIDGET)

typedef enum {
  STATION_PASSED,
  STATION_SKIPPED, /* passed by: nobody said so */
  STATION_CURRENT,
  STATION_COMING,
  STATION_FAILED,
  STATION_UNKNOWN,
} Station;

/**
 * plancia_life_line_word:
 * @state: of a write
 *
 * Returns: (transfer none): what a person reads
 */
const char *
plancia_life_line_word (PlanciaCloudWriteState state)
{
  switch (state) {
  case PLANCIA_CLOUD_WRITE_QUEUED:
    return C_ ("write", "queued");
  case PLANCIA_CLOUD_WRITE_SENT:
    return C_ ("write", "sent");
  case PLANCIA_CLOUD_WRITE_ACCEPTED:
    return C_ ("write", "accepted");
  case PLANCIA_CLOUD_WRITE_WAITING:
    return C_ ("write", "waiting");
  case PLANCIA_CLOUD_WRITE_FAILED:
    return C_ ("write", "failed");
  case PLANCIA_CLOUD_WRITE_UNKNOWN:
    return C_ ("write", "unknown");
  case PLANCIA_CLOUD_WRITE_DONE:
  default:
    return C_ ("write", "done");
  }
}

/* The last station shows how it ended. */
static PlanciaCloudWriteState
state_at (PlanciaLifeLine *self, guint index)
{
  PlanciaCloudWriteState state = plancia_cloud_write_get_state (self->write);

  if (index + 1 < STATIONS)
    return (PlanciaCloudWriteState) index;
  return state >= PLANCIA_CLOUD_WRITE_DONE ? state : PLANCIA_CLOUD_WRITE_DONE;
}

static Station
station_at (PlanciaLifeLine *self, guint index)
{
  PlanciaCloudWriteState state = plancia_cloud_write_get_state (self->write);
  PlanciaCloudWriteState own = state_at (self, index);

  if (index + 1 == STATIONS && state >= PLANCIA_CLOUD_WRITE_DONE)
    return state == PLANCIA_CLOUD_WRITE_DONE     ? STATION_PASSED
           : state == PLANCIA_CLOUD_WRITE_FAILED ? STATION_FAILED
                                                 : STATION_UNKNOWN;
  if (own == state)
    return STATION_CURRENT;
  if (plancia_cloud_write_get_time (self->write, own) != 0)
    return STATION_PASSED;
  return own < state ? STATION_SKIPPED : STATION_COMING;
}

/* --- drawing --------------------------------------------------------------------------------- */

static void
look_up (PlanciaLifeLine *self, const char *name, GdkRGBA *ink)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));

  if (!gtk_style_context_lookup_color (context, name, ink))
    gtk_style_context_get_color (context, ink);
}

static double
centre_at (PlanciaLifeLine *self, guint index)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double step = (width - 2 * INSET) / (STATIONS - 1);
  double x = INSET + step * index;

  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? width - x : x;
}

static void
draw_lines (PlanciaLifeLine *self, cairo_t *cr)
{
  for (guint i = 0; i + 1 < STATIONS; i++) {
    Station next = station_at (self, i + 1);
    double  from = centre_at (self, i), to = centre_at (self, i + 1);
    double  gap = to > from ? RADIUS + 3 : -(RADIUS + 3);
    double  dots[] = {1.5, 4};
    GdkRGBA ink;

    look_up (self,
             next == STATION_UNKNOWN  ? "mark_taken"
             : next == STATION_FAILED ? "mark_failing"
             : next == STATION_COMING ? "mark_closed"
                                      : "mark_live",
             &ink);
    gdk_cairo_set_source_rgba (cr, &ink);
    cairo_set_line_width (cr, 2);
    cairo_set_dash (cr, dots, next == STATION_PASSED || next == STATION_CURRENT ? 0 : 2, 0);
    cairo_move_to (cr, from + gap, CENTRE);
    cairo_line_to (cr, to - gap, CENTRE);
    cairo_stroke (cr);
  }
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_tick (cairo_t *cr, double x)
{
  cairo_new_path (cr);
  cairo_move_to (cr, x - 3.5, CENTRE);
  cairo_line_to (cr, x - 1, CENTRE + 3);
  cairo_line_to (cr, x + 4, CENTRE - 3);
}

/* An octagon, as faults have it. */
static void
draw_octagon (cairo_t *cr, double x)
{
  const double a = RADIUS, b = RADIUS * 0.414;
  const double corners[][2] = {
    {-b, -a},
    {b,  -a},
    {a,  -b},
    {a,  b },
    {b,  a },
    {-b, a },
    {-a, b },
    {-a, -b}
  };

  cairo_new_path (cr);
  for (guint i = 0; i < G_N_ELEMENTS (corners); i++)
    cairo_line_to (cr, x + corners[i][0], CENTRE + corners[i][1]);
  cairo_close_path (cr);
}

static void
fill_disc (PlanciaLifeLine *self, cairo_t *cr, double x, const char *colour)
{
  GdkRGBA ink;

  look_up (self, colour, &ink);
  gdk_cairo_set_source_rgba (cr, &ink);
  cairo_new_path (cr);
  cairo_arc (cr, x, CENTRE, RADIUS, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
stroke_ring (PlanciaLifeLine *self, cairo_t *cr, double x, const char *colour, double part)
{
  GdkRGBA ink;

  look_up (self, colour, &ink);
  gdk_cairo_set_source_rgba (cr, &ink);
  cairo_set_line_width (cr, 2);
  cairo_new_path (cr);
  cairo_arc (cr, x, CENTRE, RADIUS - 1, -G_PI / 2, -G_PI / 2 + 2 * G_PI * part);
  cairo_stroke (cr);
}

static void
draw_text (PlanciaLifeLine *self,
           cairo_t         *cr,
           double           x,
           double           y,
           const char      *text,
           gboolean         bold,
           double           scale)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  int width, height;

  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &width, &height);
  cairo_move_to (cr, x - width / 2.0, y);
  pango_cairo_show_layout (cr, layout);
  cairo_new_path (cr);
}

static void
draw_mark (PlanciaLifeLine *self, cairo_t *cr, guint index)
{
  double  x = centre_at (self, index);
  GdkRGBA ink;

  switch (station_at (self, index)) {
  case STATION_PASSED:
    fill_disc (self, cr, x, "mark_live");
    look_up (self, "card_bg_color", &ink);
    ink.alpha = 1;
    gdk_cairo_set_source_rgba (cr, &ink);
    cairo_set_line_width (cr, 2);
    draw_tick (cr, x);
    cairo_stroke (cr);
    break;
  case STATION_FAILED:
    look_up (self, "mark_failing", &ink);
    gdk_cairo_set_source_rgba (cr, &ink);
    draw_octagon (cr, x);
    cairo_fill (cr);
    break;
  case STATION_UNKNOWN:
    stroke_ring (self, cr, x, "mark_taken", 1);
    draw_text (self, cr, x, CENTRE - 8, "?", TRUE, 0.82);
    break;
  case STATION_CURRENT:
    stroke_ring (self, cr, x, "mark_closed", 1);
    stroke_ring (self, cr, x, "mark_stale", 0.4);
    break;
  case STATION_SKIPPED:
  case STATION_COMING:
    stroke_ring (self, cr, x, "mark_closed", 1);
    break;
  }
}

/* The time of a station; of the one where it waits, for how long it does. */
static char *
dup_time (PlanciaLifeLine *self, guint index)
{
  PlanciaCloudWriteState own = state_at (self, index);
  gint64                 time = plancia_cloud_write_get_time (self->write, own);
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;

  if (station_at (self, index) == STATION_CURRENT && own == PLANCIA_CLOUD_WRITE_WAITING)
    return plancia_text_age (plancia_clock_now () - time);
  if (time == 0)
    return g_strdup ("");
  utc = g_date_time_new_from_unix_utc (time / 1000);
  local = g_date_time_to_timezone (utc, self->zone);
  return g_date_time_format (local, "%H:%M:%S");
}

static void
draw_words (PlanciaLifeLine *self, cairo_t *cr, guint index)
{
  Station  station = station_at (self, index);
  gboolean now = station == STATION_CURRENT || station == STATION_FAILED ||
                 station == STATION_UNKNOWN || (station == STATION_PASSED && index + 1 == STATIONS);
  g_autofree char *time = dup_time (self, index);
  double           x = centre_at (self, index);
  GdkRGBA          ink;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &ink);
  gdk_cairo_set_source_rgba (cr, &ink);
  draw_text (self, cr, x, WORD_TOP, plancia_life_line_word (state_at (self, index)), now, 0.82);
  ink.alpha *= 0.7f;
  gdk_cairo_set_source_rgba (cr, &ink);
  draw_text (self, cr, x, TIME_TOP, time, FALSE, 0.76);
}

static void
plancia_life_line_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PlanciaLifeLine *self = PLANCIA_LIFE_LINE (widget);
  graphene_rect_t  area = GRAPHENE_RECT_INIT (0,
                                             0,
                                             (float) gtk_widget_get_width (widget),
                                             (float) gtk_widget_get_height (widget));
  cairo_t         *cr = gtk_snapshot_append_cairo (snapshot, &area);

  draw_lines (self, cr);
  for (guint i = 0; i < STATIONS; i++) {
    draw_mark (self, cr, i);
    draw_words (self, cr, i);
  }
  cairo_destroy (cr);
}

static void
plancia_life_line_measure (GtkWidget     *widget,
                           GtkOrientation orientation,
                           int            for_size,
                           int           *minimum,
                           int           *natural,
                           int           *minimum_baseline,
                           int           *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : NARROW;
  *minimum_baseline = *natural_baseline = -1;
}

/* --- following ------------------------------------------------------------------------------- */

static void
describe (PlanciaLifeLine *self)
{
  PlanciaCloudWriteState state = plancia_cloud_write_get_state (self->write);
  g_autofree char       *time =
    plancia_device_words_time (plancia_cloud_write_get_time (self->write, state), self->zone);
  /* Translators: first the state of a write, such as "waiting", then since when */
  g_autofree char *text =
    g_strdup_printf (_ ("The write is %s since %s"), plancia_life_line_word (state), time);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static gboolean
tick (gpointer user_data)
{
  gtk_widget_queue_draw (user_data);
  return G_SOURCE_CONTINUE;
}

static void
update (PlanciaLifeLine *self)
{
  gboolean runs = gtk_widget_get_mapped (GTK_WIDGET (self)) &&
                  !plancia_cloud_write_has_ended (self->write);

  if (runs && self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (1, tick, self);
  else if (!runs)
    g_clear_handle_id (&self->tick_id, g_source_remove);
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
plancia_life_line_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (plancia_life_line_parent_class)->map (widget);
  update (PLANCIA_LIFE_LINE (widget));
}

static void
plancia_life_line_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&PLANCIA_LIFE_LINE (widget)->tick_id, g_source_remove);
  GTK_WIDGET_CLASS (plancia_life_line_parent_class)->unmap (widget);
}

static void
plancia_life_line_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (plancia_life_line_parent_class)->css_changed (widget, change);
  gtk_widget_queue_draw (widget);
}

static void
plancia_life_line_dispose (GObject *object)
{
  PlanciaLifeLine *self = PLANCIA_LIFE_LINE (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->write);
  g_clear_pointer (&self->zone, g_time_zone_unref);

  G_OBJECT_CLASS (plancia_life_line_parent_class)->dispose (object);
}

static void
plancia_life_line_class_init (PlanciaLifeLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_life_line_dispose;
  widget_class->snapshot = plancia_life_line_snapshot;
  widget_class->measure = plancia_life_line_measure;
  widget_class->map = plancia_life_line_map;
  widget_class->unmap = plancia_life_line_unmap;
  widget_class->css_changed = plancia_life_line_css_changed;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
plancia_life_line_init (PlanciaLifeLine *self)
{
}

/**
 * plancia_life_line_new:
 * @write: whose life
 * @zone: of the plant
 *
 * Returns: (transfer floating): the widget
 */
GtkWidget *
plancia_life_line_new (PlanciaCloudWrite *write, GTimeZone *zone)
{
  PlanciaLifeLine *self = g_object_new (PLANCIA_TYPE_LIFE_LINE, NULL);

  self->write = g_object_ref (write);
  self->zone = g_time_zone_ref (zone);
  g_signal_connect_object (write, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  describe (self);
  return GTK_WIDGET (self);
}
