/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/power-flow-draw.h"

#include "base/text.h"
#include <math.h>

#define RING       4.0
#define OLD        0.55 /* opacity of an old reading's drawing; its words stay legible */
#define OLD_TEXT   0.76
#define MAX_MARKS  64
#define MARK       9.0 /* px around the middle of a mark */
#define HUB_RADIUS 15.0f

static const char *const icons[PLANCIA_N_FLOWS] = {
  [PLANCIA_FLOW_SUN] = "plancia-sun-symbolic",
  [PLANCIA_FLOW_BATTERY] = "plancia-battery-symbolic",
  [PLANCIA_FLOW_HOME] = "plancia-home-symbolic",
  [PLANCIA_FLOW_CAR] = "plancia-ev-charger-symbolic",
  [PLANCIA_FLOW_HEAT_PUMP] = "plancia-heat-pump-symbolic",
  [PLANCIA_FLOW_GRID] = "plancia-grid-symbolic",
};

static const char *const color_names[PLANCIA_N_FLOWS] = {
  [PLANCIA_FLOW_SUN] = "flow_pv",
  [PLANCIA_FLOW_BATTERY] = "flow_battery",
  [PLANCIA_FLOW_HOME] = "flow_home",
  [PLANCIA_FLOW_CAR] = "series_6",
  [PLANCIA_FLOW_HEAT_PUMP] = "series_5",
  [PLANCIA_FLOW_GRID] = "flow_grid",
};

typedef struct
{
  double   scale;
  gboolean bold;
  double   alpha;
} TextStyle;

/* --- colours --------------------------------------------------------------------------------- */

static GdkRGBA
over (GdkRGBA color, GdkRGBA ground)
{
  float part = color.alpha;

  return (GdkRGBA){
    color.red * part + ground.red * (1 - part),
    color.green * part + ground.green * (1 - part),
    color.blue * part + ground.blue * (1 - part),
    1,
  };
}

static GdkRGBA
fade (GdkRGBA color, double alpha)
{
  color.alpha = (float) (color.alpha * alpha);
  return color;
}

static GdkRGBA
look_up (GtkStyleContext *context, const char *name, GdkRGBA fallback)
{
  GdkRGBA color;

  return gtk_style_context_lookup_color (context, name, &color) ? color : fallback;
}

/**
 * plancia_flow_colors_load:
 * @self: (out): the colours
 * @widget: whose style sheets name them
 *
 * In the dark style a card is translucent: it is blended with the window here.
 */
void
plancia_flow_colors_load (PlanciaFlowColors *self, GtkWidget *widget)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  const GdkRGBA    white = {1, 1, 1, 1};
  GdkRGBA          window = look_up (context, "window_bg_color", white);

  gtk_style_context_get_color (context, &self->text);
  self->card = over (look_up (context, "card_bg_color", white), over (window, white));
  self->idle = look_up (context, "flow_idle", self->text);
  for (PlanciaFlow i = 0; i < PLANCIA_N_FLOWS; i++)
    self->node[i] = look_up (context, color_names[i], self->text);
  self->dim = self->text.alpha < 1 || self->text.red > 0.5 ? 0.74 : 1;
  self->tint = self->card.red + self->card.green + self->card.blue < 1.5 ? 0.14 : 0.09;
}

static GdkRGBA
node_color (const PlanciaFlowPicture *self, PlanciaFlow flow)
{
  return plancia_flow_reading_flows (self->reading, flow) ? self->colors->node[flow]
                                                          : self->colors->idle;
}

/* --- ribbons and marks ----------------------------------------------------------------------- */

static void
trace (cairo_t *cr, const PlanciaFlowCurve *curve)
{
  cairo_new_path (cr);
  cairo_move_to (cr, curve->x[0], curve->y[0]);
  cairo_curve_to (cr, curve->x[1], curve->y[1], curve->x[2], curve->y[2], curve->x[3], curve->y[3]);
}

static void
add_stop (cairo_pattern_t *pattern, double offset, GdkRGBA color, double alpha)
{
  cairo_pattern_add_color_stop_rgba (pattern,
                                     offset,
                                     color.red,
                                     color.green,
                                     color.blue,
                                     color.alpha * alpha);
}

static void
draw_ribbon (const PlanciaFlowPicture *self, cairo_t *cr, PlanciaFlow flow)
{
  double           share = plancia_flow_reading_share (self->reading, flow);
  GdkRGBA          color = self->colors->node[flow];
  PlanciaFlowCurve curve;
  cairo_pattern_t *pattern;

  plancia_flow_geometry_curve (self->geometry, flow, &curve);
  pattern = cairo_pattern_create_linear (curve.x[0], curve.y[0], curve.x[3], curve.y[3]);
  add_stop (pattern, 0, color, 0.46);
  add_stop (pattern, 1, color, 0.20);
  trace (cr, &curve);
  cairo_set_source (cr, pattern);
  cairo_set_line_width (cr, plancia_flow_ribbon_width (share));
  cairo_stroke (cr);
  cairo_pattern_destroy (pattern);
}

static void
draw_idle (const PlanciaFlowPicture *self, cairo_t *cr, PlanciaFlow flow)
{
  static const double dash[] = {2, 5};
  PlanciaFlowCurve    curve;

  plancia_flow_geometry_curve (self->geometry, flow, &curve);
  trace (cr, &curve);
  cairo_set_dash (cr, dash, G_N_ELEMENTS (dash), 0);
  gdk_cairo_set_source_rgba (cr, &self->colors->idle);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
push_age (const PlanciaFlowPicture *self, GtkSnapshot *snapshot)
{
  gtk_snapshot_push_opacity (snapshot, self->reading->as_of ? OLD : 1);
}

static cairo_t *
open_cairo (const PlanciaFlowPicture *self, GtkSnapshot *snapshot)
{
  return gtk_snapshot_append_cairo (
    snapshot,
    &GRAPHENE_RECT_INIT (0, 0, (float) self->geometry->width, (float) self->geometry->height));
}

/**
 * plancia_flow_draw_ribbons:
 * @self: what is drawn
 * @snapshot: where to
 *
 * What does not flow, or is not known, is a dotted line.
 */
void
plancia_flow_draw_ribbons (const PlanciaFlowPicture *self, GtkSnapshot *snapshot)
{
  cairo_t *cr;

  push_age (self, snapshot);
  cr = open_cairo (self, snapshot);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  for (PlanciaFlow i = 0; i < PLANCIA_N_FLOWS; i++) {
    if (!self->geometry->places[i].present)
      continue;
    if (plancia_flow_reading_flows (self->reading, i))
      draw_ribbon (self, cr, i);
    else
      draw_idle (self, cr, i);
  }
  cairo_destroy (cr);
  gtk_snapshot_pop (snapshot);
}

static void
draw_chevron (cairo_t *cr, const PlanciaFlowPoint *at, double half, gboolean backwards)
{
  double depth = half * 1.1;

  cairo_save (cr);
  cairo_translate (cr, at->x, at->y);
  cairo_rotate (cr, backwards ? at->angle + G_PI : at->angle);
  cairo_new_path (cr);
  cairo_move_to (cr, -depth / 2, -half);
  cairo_line_to (cr, depth / 2, 0);
  cairo_line_to (cr, -depth / 2, half);
  cairo_restore (cr);
  cairo_stroke (cr);
}

/* Only what a ribbon covers is drawn anew with each frame. */
static cairo_t *
open_ribbon (const PlanciaFlowCurve *curve, GtkSnapshot *snapshot)
{
  double left = fmin (curve->x[0], curve->x[3]), right = fmax (curve->x[0], curve->x[3]);
  double top = fmin (curve->y[0], curve->y[3]), bottom = fmax (curve->y[0], curve->y[3]);

  return gtk_snapshot_append_cairo (snapshot,
                                    &GRAPHENE_RECT_INIT ((float) floor (left - MARK),
                                                         (float) floor (top - MARK),
                                                         (float) ceil (right - left + 2 * MARK),
                                                         (float) ceil (bottom - top + 2 * MARK)));
}

static void
draw_marks_of (const PlanciaFlowPicture *self,
               GtkSnapshot              *snapshot,
               PlanciaFlow               flow,
               double                    phase)
{
  double           share = plancia_flow_reading_share (self->reading, flow);
  double           half = plancia_flow_ribbon_width (share) / 2 - 2.8;
  gboolean         inwards = plancia_flow_reading_inwards (self->reading, flow);
  PlanciaFlowCurve curve;
  PlanciaFlowPoint marks[MAX_MARKS];
  cairo_t         *cr;
  guint            n;

  plancia_flow_geometry_curve (self->geometry, flow, &curve);
  n = plancia_flow_curve_marks (&curve, phase, inwards, marks, MAX_MARKS);
  cr = open_ribbon (&curve, snapshot);
  cairo_set_line_width (cr, 2.2);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < n; i++) {
    GdkRGBA color = fade (self->colors->node[flow], marks[i].alpha);

    gdk_cairo_set_source_rgba (cr, &color);
    draw_chevron (cr, &marks[i], half, !inwards);
  }
  cairo_destroy (cr);
}

/**
 * plancia_flow_draw_marks:
 * @self: what is drawn
 * @snapshot: where to
 * @phases: pixels by which the marks of each ribbon have moved
 */
void
plancia_flow_draw_marks (const PlanciaFlowPicture *self,
                         GtkSnapshot              *snapshot,
                         const double              phases[PLANCIA_N_FLOWS])
{
  push_age (self, snapshot);
  for (PlanciaFlow i = 0; i < PLANCIA_N_FLOWS; i++) {
    if (plancia_flow_reading_flows (self->reading, i))
      draw_marks_of (self, snapshot, i, phases[i]);
  }
  gtk_snapshot_pop (snapshot);
}

/* --- nodes ----------------------------------------------------------------------------------- */

static void
draw_ring (cairo_t *cr, const PlanciaFlowPlace *place, double radius, GdkRGBA color, double part)
{
  cairo_new_path (cr);
  cairo_arc (cr, place->x, place->y, radius, -G_PI_2, -G_PI_2 + 2 * G_PI * part);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, RING);
  cairo_stroke (cr);
}

/* Old or not, a disc hides the end of its ribbon. */
static void
draw_disc (const PlanciaFlowPicture *self, cairo_t *cr, PlanciaFlow flow)
{
  const PlanciaFlowPlace *place = &self->geometry->places[flow];
  double                  radius = self->geometry->radius - RING / 2;
  double                  age = self->reading->as_of ? OLD : 1;
  GdkRGBA                 color = fade (node_color (self, flow), age);
  GdkRGBA                 inside = over (fade (color, self->colors->tint), self->colors->card);
  double                  charge = self->reading->charge;

  cairo_new_path (cr);
  cairo_arc (cr, place->x, place->y, radius, 0, 2 * G_PI);
  gdk_cairo_set_source_rgba (cr, &inside);
  cairo_fill (cr);

  if (flow != PLANCIA_FLOW_BATTERY || isnan (charge)) {
    draw_ring (cr, place, radius, color, 1);
    return;
  }
  /* The charge stays readable when the battery rests. */
  color = fade (self->colors->node[flow], age);
  draw_ring (cr, place, radius, over (fade (color, 0.25), inside), 1);
  if (charge > 0)
    draw_ring (cr, place, radius, color, CLAMP (charge / 100, 0, 1));
}

static void
draw_icon (const PlanciaFlowPicture *self,
           GtkSnapshot              *snapshot,
           const char               *name,
           double                    x,
           double                    y,
           int                       size,
           GdkRGBA                   color)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (self->widget));
  g_autoptr (GtkIconPaintable)
    icon = gtk_icon_theme_lookup_icon (theme,
                                       name,
                                       NULL,
                                       size,
                                       gtk_widget_get_scale_factor (self->widget),
                                       gtk_widget_get_direction (self->widget),
                                       0);
  const GdkRGBA colors[] = {color, color, color, color};

  push_age (self, snapshot);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
    snapshot,
    &GRAPHENE_POINT_INIT ((float) round (x - size / 2.0), (float) round (y - size / 2.0)));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon),
                                            snapshot,
                                            size,
                                            size,
                                            colors,
                                            G_N_ELEMENTS (colors));
  gtk_snapshot_restore (snapshot);
  gtk_snapshot_pop (snapshot);
}

static PangoLayout *
make_layout (const PlanciaFlowPicture *self, const char *text, TextStyle style)
{
  PangoLayout   *layout = gtk_widget_create_pango_layout (self->widget, text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_attr_list_insert (attributes, pango_attr_scale_new (style.scale));
  if (style.bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  return layout;
}

/* The line's middle is at (x, y), pushed so far inwards that it does not leave the widget. */
static void
draw_text (const PlanciaFlowPicture *self,
           GtkSnapshot              *snapshot,
           const char               *text,
           double                    x,
           double                    y,
           TextStyle                 style)
{
  g_autoptr (PangoLayout) layout = NULL;
  double  alpha = self->reading->as_of ? OLD_TEXT : style.alpha;
  GdkRGBA color = fade (self->colors->text, alpha);
  int     width, height;

  if (!text)
    return;
  layout = make_layout (self, text, style);
  pango_layout_get_pixel_size (layout, &width, &height);
  x = fmax (0, fmin (x - width / 2.0, self->geometry->width - width));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
    snapshot,
    &GRAPHENE_POINT_INIT ((float) round (x), (float) round (y - height / 2.0)));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
draw_figure (const PlanciaFlowPicture *self, GtkSnapshot *snapshot, PlanciaFlow flow)
{
  const PlanciaFlowGeometry *geometry = self->geometry;
  const PlanciaFlowPlace    *place = &geometry->places[flow];
  double                     scale = geometry->scale, radius = geometry->radius;
  gboolean                   small = geometry->small;
  const char                *unit;
  g_autofree char           *value = plancia_text_power (fabs (self->reading->power[flow]), &unit);
  GdkRGBA                    ink = node_color (self, flow);

  if (!plancia_flow_reading_flows (self->reading, flow))
    ink = fade (self->colors->text, 0.6);
  draw_icon (self,
             snapshot,
             icons[flow],
             place->x,
             place->y - (small ? 0.48 : 0.44) * radius,
             small ? 18 : 20,
             ink);
  draw_text (self,
             snapshot,
             value,
             place->x,
             place->y + (small ? 6 : 9) * scale,
             (TextStyle){small ? 1.2 : 1.32, TRUE, 1});
  draw_text (self,
             snapshot,
             unit,
             place->x,
             place->y + (small ? 22 : 27) * scale,
             (TextStyle){0.78, FALSE, self->colors->dim});
}

static void
draw_captions (const PlanciaFlowPicture *self, GtkSnapshot *snapshot, PlanciaFlow flow)
{
  const PlanciaFlowGeometry *geometry = self->geometry;
  const PlanciaFlowPlace    *place = &geometry->places[flow];
  double                     bottom = place->y + geometry->radius;
  g_autofree char           *name = plancia_flow_reading_dup_name (self->reading, flow);
  g_autofree char           *detail = plancia_flow_reading_dup_detail (self->reading, flow);

  draw_text (self,
             snapshot,
             name,
             place->x,
             bottom + 13 * geometry->scale,
             (TextStyle){1, TRUE, 1});
  if (place->crowded || (geometry->narrow && place->y < geometry->hub_y - 1))
    return;
  draw_text (self,
             snapshot,
             detail,
             place->x,
             bottom + 32 * geometry->scale,
             (TextStyle){0.82, FALSE, self->colors->dim});
}

static void
draw_hub_box (const PlanciaFlowPicture *self, GtkSnapshot *snapshot)
{
  const PlanciaFlowGeometry *geometry = self->geometry;
  float                      size = PLANCIA_FLOW_HUB_SIZE;
  GdkRGBA                    ground = over (fade (self->colors->text, 0.064), self->colors->card);
  GskRoundedRect             box;

  gsk_rounded_rect_init_from_rect (&box,
                                   &GRAPHENE_RECT_INIT ((float) round (geometry->hub_x - size / 2),
                                                        (float) round (geometry->hub_y - size / 2),
                                                        size,
                                                        size),
                                   HUB_RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &box);
  gtk_snapshot_append_color (snapshot, &ground, &box.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
draw_hub (const PlanciaFlowPicture *self, GtkSnapshot *snapshot)
{
  const PlanciaFlowGeometry *geometry = self->geometry;
  double                     bottom = geometry->hub_y + PLANCIA_FLOW_HUB_SIZE / 2;
  g_autofree char           *power = plancia_flow_reading_dup_hub (self->reading);
  g_autofree char           *detail = plancia_flow_reading_dup_hub_detail (self->reading);

  draw_hub_box (self, snapshot);
  draw_icon (self,
             snapshot,
             self->reading->hub_icon ? self->reading->hub_icon : "plancia-inverter-symbolic",
             geometry->hub_x,
             geometry->hub_y,
             32,
             fade (self->colors->text, 0.86));
  draw_text (self,
             snapshot,
             power,
             geometry->hub_x,
             bottom + 14 * geometry->scale,
             (TextStyle){0.9, TRUE, 1});
  if (!geometry->narrow)
    draw_text (self,
               snapshot,
               detail,
               geometry->hub_x,
               bottom + 32 * geometry->scale,
               (TextStyle){0.82, FALSE, self->colors->dim});
}

/**
 * plancia_flow_draw_nodes:
 * @self: what is drawn
 * @snapshot: where to
 */
void
plancia_flow_draw_nodes (const PlanciaFlowPicture *self, GtkSnapshot *snapshot)
{
  cairo_t *cr = open_cairo (self, snapshot);

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (PlanciaFlow i = 0; i < PLANCIA_N_FLOWS; i++) {
    if (self->geometry->places[i].present)
      draw_disc (self, cr, i);
  }
  cairo_destroy (cr);

  for (PlanciaFlow i = 0; i < PLANCIA_N_FLOWS; i++) {
    if (!self->geometry->places[i].present)
      continue;
    draw_figure (self, snapshot, i);
    draw_captions (self, snapshot, i);
  }
  draw_hub (self, snapshot);
}
