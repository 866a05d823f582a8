/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/state-mark.h"

#include <glib/gi18n.h>
#include <math.h>

#define BOX         12.0 /* the shapes are given for this square */
#define ARC         (150 * G_PI / 180)
#define TURN        (1.0 * G_USEC_PER_SEC)
#define FRAME_PAUSE (G_USEC_PER_SEC / 30)

struct _PlanciaStateMark
{
  GtkWidget parent_instance;

  PlanciaMark mark;
  int         size;
  guint       tick_id;
  gint64      drawn; /* frame time of the last turn that was drawn */
  double      angle;
};

enum {
  PROP_0,
  PROP_MARK,
  PROP_SIZE,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (PlanciaStateMark, plancia_state_mark, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

/* --- shapes ---------------------------------------------------------------------------------- */

static void
draw_disc (cairo_t *cr)
{
  cairo_arc (cr, 0, 0, 4.5, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
draw_ring (cairo_t *cr, double radius, double width)
{
  cairo_set_line_width (cr, width);
  cairo_arc (cr, 0, 0, radius, 0, 2 * G_PI);
  cairo_stroke (cr);
}

static void
draw_arc (cairo_t *cr, double angle)
{
  cairo_set_line_width (cr, 1.8);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_arc (cr, 0, 0, 4, angle - ARC / 2, angle + ARC / 2);
  cairo_stroke (cr);
}

static void
draw_half (cairo_t *cr)
{
  draw_ring (cr, 3.9, 1.4);
  cairo_arc (cr, 0, 0, 4.2, G_PI / 2, 3 * G_PI / 2);
  cairo_close_path (cr);
  cairo_fill (cr);
}

/* 11 wide with its line, which rounds the corners. */
static void
draw_triangle (cairo_t *cr)
{
  cairo_set_line_width (cr, 2);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_move_to (cr, 0, -4);
  cairo_line_to (cr, 4.5, 3.8);
  cairo_line_to (cr, -4.5, 3.8);
  cairo_close_path (cr);
  cairo_fill_preserve (cr);
  cairo_stroke (cr);
}

static void
draw_shape (PlanciaStateMark *self, cairo_t *cr)
{
  switch (self->mark) {
  case PLANCIA_MARK_LIVE:
    draw_disc (cr);
    break;
  case PLANCIA_MARK_CONNECTING:
    draw_arc (cr, self->angle);
    break;
  case PLANCIA_MARK_STALE:
    draw_half (cr);
    break;
  case PLANCIA_MARK_FAILING:
    draw_triangle (cr);
    break;
  case PLANCIA_MARK_TAKEN_OVER:
    draw_ring (cr, 5, 1.4);
    draw_ring (cr, 2.2, 1.4);
    break;
  case PLANCIA_MARK_CLOSED:
  default:
    draw_ring (cr, 3.8, 1.6);
  }
}

static const char *
color_name (PlanciaMark mark)
{
  static const char *const names[] = {
    [PLANCIA_MARK_CLOSED] = "mark_closed",
    [PLANCIA_MARK_CONNECTING] = "mark_stale",
    [PLANCIA_MARK_LIVE] = "mark_live",
    [PLANCIA_MARK_STALE] = "mark_stale",
    [PLANCIA_MARK_FAILING] = "mark_failing",
    [PLANCIA_MARK_TAKEN_OVER] = "mark_taken",
  };

  return names[mark];
}

static void
plancia_state_mark_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PlanciaStateMark *self = PLANCIA_STATE_MARK (widget);
  GtkStyleContext  *context = gtk_widget_get_style_context (widget);
  int               width = gtk_widget_get_width (widget);
  int               height = gtk_widget_get_height (widget);
  GdkRGBA           color;
  cairo_t          *cr;

  if (!gtk_style_context_lookup_color (context, color_name (self->mark), &color))
    gtk_style_context_get_color (context, &color);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  cairo_translate (cr, width / 2.0, height / 2.0);
  cairo_scale (cr, self->size / BOX, self->size / BOX);
  gdk_cairo_set_source_rgba (cr, &color);
  draw_shape (self, cr);
  cairo_destroy (cr);
}

/* --- motion ---------------------------------------------------------------------------------- */

static gboolean
animations_on (GtkWidget *widget)
{
  gboolean on = FALSE;

  g_object_get (gtk_widget_get_settings (widget), "gtk-enable-animations", &on, NULL);
  return on;
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  PlanciaStateMark *self = PLANCIA_STATE_MARK (widget);
  gint64            now = gdk_frame_clock_get_frame_time (clock);

  if (now - self->drawn >= FRAME_PAUSE) {
    self->drawn = now;
    self->angle = fmod ((double) now / TURN, 1) * 2 * G_PI;
    gtk_widget_queue_draw (widget);
  }
  return G_SOURCE_CONTINUE;
}

/* Nothing turns unseen. */
static void
update_motion (PlanciaStateMark *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean   wanted = self->mark == PLANCIA_MARK_CONNECTING && gtk_widget_get_mapped (widget) &&
                    animations_on (widget);

  if (wanted && self->tick_id == 0) {
    self->tick_id = gtk_widget_add_tick_callback (widget, tick_cb, NULL, NULL);
  } else if (!wanted && self->tick_id != 0) {
    gtk_widget_remove_tick_callback (widget, self->tick_id);
    self->tick_id = 0;
    self->angle = 0;
  }
}

static void
plancia_state_mark_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (plancia_state_mark_parent_class)->map (widget);
  update_motion (PLANCIA_STATE_MARK (widget));
}

static void
plancia_state_mark_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (plancia_state_mark_parent_class)->unmap (widget);
  update_motion (PLANCIA_STATE_MARK (widget));
}

/* --- widget ---------------------------------------------------------------------------------- */

static void
plancia_state_mark_measure (GtkWidget     *widget,
                            GtkOrientation orientation,
                            int            for_size,
                            int           *minimum,
                            int           *natural,
                            int           *minimum_baseline,
                            int           *natural_baseline)
{
  *minimum = *natural = PLANCIA_STATE_MARK (widget)->size;
}

static void
plancia_state_mark_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (plancia_state_mark_parent_class)->css_changed (widget, change);
  gtk_widget_queue_draw (widget);
}

static void
update_label (PlanciaStateMark *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  plancia_mark_name (self->mark),
                                  -1);
}

static void
plancia_state_mark_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PlanciaStateMark *self = PLANCIA_STATE_MARK (object);

  switch (id) {
  case PROP_MARK:
    g_value_set_uint (value, self->mark);
    break;
  case PROP_SIZE:
    g_value_set_int (value, self->size);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_state_mark_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PlanciaStateMark *self = PLANCIA_STATE_MARK (object);

  switch (id) {
  case PROP_MARK:
    plancia_state_mark_set_mark (self, g_value_get_uint (value));
    break;
  case PROP_SIZE:
    self->size = g_value_get_int (value);
    gtk_widget_queue_resize (GTK_WIDGET (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_state_mark_class_init (PlanciaStateMarkClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags     flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = plancia_state_mark_get_property;
  object_class->set_property = plancia_state_mark_set_property;
  widget_class->snapshot = plancia_state_mark_snapshot;
  widget_class->measure = plancia_state_mark_measure;
  widget_class->map = plancia_state_mark_map;
  widget_class->unmap = plancia_state_mark_unmap;
  widget_class->css_changed = plancia_state_mark_css_changed;

  properties[PROP_MARK] =
    g_param_spec_uint ("mark", NULL, NULL, 0, PLANCIA_MARK_TAKEN_OVER, 0, flags);
  properties[PROP_SIZE] = g_param_spec_int ("size", NULL, NULL, 1, 128, (int) BOX, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "statemark");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
plancia_state_mark_init (PlanciaStateMark *self)
{
  self->size = (int) BOX;
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  update_label (self);
}

/**
 * plancia_state_mark_new:
 * @mark: the state
 * @size: side of the square, 12 or 16 px
 *
 * Returns: (transfer floating): a mark
 */
GtkWidget *
plancia_state_mark_new (PlanciaMark mark, int size)
{
  return g_object_new (PLANCIA_TYPE_STATE_MARK, "mark", mark, "size", size, NULL);
}

PlanciaMark
plancia_state_mark_get_mark (PlanciaStateMark *self)
{
  return self->mark;
}

/** plancia_state_mark_set_mark: shows another state; the accessible name follows. */
void
plancia_state_mark_set_mark (PlanciaStateMark *self, PlanciaMark mark)
{
  if (self->mark == mark)
    return;

  self->mark = mark;
  update_label (self);
  update_motion (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MARK]);
}

/**
 * plancia_mark_name:
 * @mark: a state
 *
 * Returns: its name in the user's language
 */
const char *
plancia_mark_name (PlanciaMark mark)
{
  switch (mark) {
  case PLANCIA_MARK_LIVE:
    return _("Live");
  case PLANCIA_MARK_CONNECTING:
    return _("Connecting");
  case PLANCIA_MARK_STALE:
    return _("Old reading");
  case PLANCIA_MARK_FAILING:
    return _("Failing");
  case PLANCIA_MARK_TAKEN_OVER:
    return _("Taken over");
  case PLANCIA_MARK_CLOSED:
  default:
    return _("Closed");
  }
}
