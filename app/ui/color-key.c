/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/color-key.h"

#define BOX    16
#define BAR    6 /* width with the class "bar" */
#define SQUARE 12.0f
#define ROUND  2.5f
#define PITCH  4.5

struct _PlanciaColorKey
{
  GtkWidget parent_instance;

  char    *color;
  gboolean hatched;
};

enum {
  PROP_0,
  PROP_COLOR,
  PROP_HATCHED,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (PlanciaColorKey, plancia_color_key, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static GdkRGBA
get_ink (PlanciaColorKey *self)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA          ink;

  if (!self->color || !gtk_style_context_lookup_color (context, self->color, &ink))
    gtk_style_context_get_color (context, &ink);
  return ink;
}

static void
draw_stripes (GtkSnapshot *snapshot, const graphene_rect_t *square, const GdkRGBA *ink)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, square);
  double   left = square->origin.x, top = square->origin.y, size = square->size.width;

  gdk_cairo_set_source_rgba (cr, ink);
  cairo_set_line_width (cr, 2);
  for (double at = -size; at < size; at += PITCH) {
    cairo_move_to (cr, left + at, top + size);
    cairo_line_to (cr, left + at + size, top);
  }
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
plancia_color_key_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PlanciaColorKey *self = PLANCIA_COLOR_KEY (widget);
  GdkRGBA          ink = get_ink (self), ground = ink;
  gboolean         bar = gtk_widget_has_css_class (widget, "bar");
  GskRoundedRect   square;

  ground.alpha *= self->hatched ? 0.35f : 1;
  gsk_rounded_rect_init_from_rect (&square,
                                   &GRAPHENE_RECT_INIT (bar ? 0 : (BOX - SQUARE) / 2,
                                                        (BOX - SQUARE) / 2,
                                                        bar ? BAR : SQUARE,
                                                        SQUARE),
                                   ROUND);
  gtk_snapshot_push_rounded_clip (snapshot, &square);
  gtk_snapshot_append_color (snapshot, &ground, &square.bounds);
  if (self->hatched)
    draw_stripes (snapshot, &square.bounds, &ink);
  gtk_snapshot_pop (snapshot);
}

static void
plancia_color_key_measure (GtkWidget     *widget,
                           GtkOrientation orientation,
                           int            for_size,
                           int           *minimum,
                           int           *natural,
                           int           *minimum_baseline,
                           int           *natural_baseline)
{
  gboolean bar = orientation == GTK_ORIENTATION_HORIZONTAL &&
                 gtk_widget_has_css_class (widget, "bar");

  *minimum = *natural = bar ? BAR : BOX;
  *minimum_baseline = *natural_baseline = -1;
}

static void
plancia_color_key_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (plancia_color_key_parent_class)->css_changed (widget, change);
  gtk_widget_queue_draw (widget);
}

static void
plancia_color_key_finalize (GObject *object)
{
  g_free (PLANCIA_COLOR_KEY (object)->color);

  G_OBJECT_CLASS (plancia_color_key_parent_class)->finalize (object);
}

static void
plancia_color_key_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PlanciaColorKey *self = PLANCIA_COLOR_KEY (object);

  switch (id) {
  case PROP_COLOR:
    g_value_set_string (value, self->color);
    break;
  case PROP_HATCHED:
    g_value_set_boolean (value, self->hatched);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_color_key_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PlanciaColorKey *self = PLANCIA_COLOR_KEY (object);

  switch (id) {
  case PROP_COLOR:
    plancia_color_key_set (self, g_value_get_string (value), self->hatched);
    break;
  case PROP_HATCHED:
    plancia_color_key_set (self, self->color, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_color_key_class_init (PlanciaColorKeyClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags     flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = plancia_color_key_finalize;
  object_class->get_property = plancia_color_key_get_property;
  object_class->set_property = plancia_color_key_set_property;
  widget_class->snapshot = plancia_color_key_snapshot;
  widget_class->measure = plancia_color_key_measure;
  widget_class->css_changed = plancia_color_key_css_changed;

  properties[PROP_COLOR] = g_param_spec_string ("color", NULL, NULL, NULL, flags);
  properties[PROP_HATCHED] = g_param_spec_boolean ("hatched", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
plancia_color_key_init (PlanciaColorKey *self)
{
}

/**
 * plancia_color_key_new:
 * @color: name in the style sheets, such as "series_1"
 * @hatched: whether it is striped
 *
 * Returns: (transfer floating): a key of 16 px
 */
GtkWidget *
plancia_color_key_new (const char *color, gboolean hatched)
{
  return g_object_new (PLANCIA_TYPE_COLOR_KEY, "color", color, "hatched", hatched, NULL);
}

void
plancia_color_key_set (PlanciaColorKey *self, const char *color, gboolean hatched)
{
  if (g_strcmp0 (self->color, color) == 0 && self->hatched == hatched)
    return;

  if (g_strcmp0 (self->color, color) != 0) {
    g_free (self->color);
    self->color = g_strdup (color);
  }
  self->hatched = hatched;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
