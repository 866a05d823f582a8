/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/direction-drawing.h"

#include "chart/palette.h"
#include <glib/gi18n.h>

#define HEIGHT      170
#define LEAST_WIDTH 260
#define CIRCLE      32 /* radius */
#define SENSOR      25 /* half of its side */
#define MIDDLE      96 /* of the line, from the top */
#define ARROW       160
#define HEAD        9
#define ICON        24

struct _PlanciaDirectionDrawing
{
  GtkWidget parent_instance;

  char                 *sensor;
  PlanciaDirectionArrow measured;
  GtkIconPaintable     *grid;
  GtkIconPaintable     *home;
};

G_DEFINE_FINAL_TYPE (PlanciaDirectionDrawing, plancia_direction_drawing, GTK_TYPE_WIDGET)

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

/* --- parts ----------------------------------------------------------------------------------- */

static void
draw_text (GtkWidget *widget, cairo_t *cr, const char *text, double x, double y, double align)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  int width, height;

  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_attr_list_insert (attributes, pango_attr_scale_new (0.9));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_get_pixel_size (layout, &width, &height);
  cairo_move_to (cr, x - align * width, y);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_station (GtkWidget *widget, cairo_t *cr, double x, const char *color, const char *name)
{
  GdkRGBA ink = lookup (widget, color);
  GdkRGBA tint = plancia_palette_fade (ink, 0.12);
  GdkRGBA text = lookup (widget, NULL);
  GdkRGBA page = lookup (widget, "window_bg_color");

  cairo_new_path (cr);
  cairo_arc (cr, x, MIDDLE, CIRCLE, 0, 2 * G_PI);
  gdk_cairo_set_source_rgba (cr, &page);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, &tint);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, &ink);
  cairo_set_line_width (cr, 3);
  cairo_stroke (cr);
  gdk_cairo_set_source_rgba (cr, &text);
  draw_text (widget, cr, name, x, MIDDLE + CIRCLE + 6, 0.5);
}

static void
draw_sensor (GtkWidget *widget, cairo_t *cr, double x)
{
  PlanciaDirectionDrawing *self = PLANCIA_DIRECTION_DRAWING (widget);
  GdkRGBA                  ink = lookup (widget, NULL);
  GdkRGBA                  page = lookup (widget, "window_bg_color");

  cairo_new_path (cr);
  cairo_rectangle (cr, x - SENSOR, MIDDLE - SENSOR, 2 * SENSOR, 2 * SENSOR);
  gdk_cairo_set_source_rgba (cr, &page);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, &ink);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
  cairo_arc (cr, x, MIDDLE, 11, 0, 2 * G_PI);
  cairo_set_line_width (cr, 5);
  cairo_stroke (cr);
  cairo_set_line_width (cr, 2);
  cairo_move_to (cr, x - SENSOR, MIDDLE);
  cairo_line_to (cr, x + SENSOR, MIDDLE);
  cairo_stroke (cr);
  draw_text (widget, cr, self->sensor != NULL ? self->sensor : "", x, MIDDLE + CIRCLE + 6, 0.5);
}

/* Left is the grid, right the house, whatever the language. */
static void
draw_arrow (GtkWidget  *widget,
            cairo_t    *cr,
            double      middle,
            double      y,
            gboolean    to_house,
            const char *color,
            const char *word)
{
  GdkRGBA ink = lookup (widget, color);
  double  length = MIN (ARROW, gtk_widget_get_width (widget) * 0.3);
  double  from = middle - length / 2;
  double  to = middle + length / 2;
  double  tip = to_house ? to : from;
  double  back = to_house ? -HEAD : HEAD;

  gdk_cairo_set_source_rgba (cr, &ink);
  cairo_set_line_width (cr, 3);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_move_to (cr, from, y);
  cairo_line_to (cr, to, y);
  cairo_move_to (cr, tip + back, y - HEAD * 0.7);
  cairo_line_to (cr, tip, y);
  cairo_line_to (cr, tip + back, y + HEAD * 0.7);
  cairo_stroke (cr);
  draw_text (widget, cr, word, to + 10, y - 9, 0);
}

static void
draw_measured (GtkWidget *widget, cairo_t *cr, double middle)
{
  PlanciaDirectionDrawing *self = PLANCIA_DIRECTION_DRAWING (widget);
  GdkRGBA                  ink = lookup (widget, "error_text");

  /* Translators: which way the power flows, as the sensor says */
  if (self->measured == PLANCIA_DIRECTION_ARROW_HOUSE)
    draw_arrow (widget, cr, middle, 54, TRUE, "ok_text", C_ ("direction", "measured"));
  else if (self->measured == PLANCIA_DIRECTION_ARROW_GRID)
    draw_arrow (widget, cr, middle, 54, FALSE, "error_text", C_ ("direction", "measured"));
  else if (self->measured == PLANCIA_DIRECTION_ARROW_MISSING) {
    gdk_cairo_set_source_rgba (cr, &ink);
    draw_text (widget, cr, C_ ("direction", "this sensor did not move"), middle, 45, 0.5);
  }
}

static void
draw_icon (GtkWidget        *widget,
           GtkSnapshot      *snapshot,
           GtkIconPaintable *icon,
           double            x,
           const char       *name)
{
  GdkRGBA ink = lookup (widget, name);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float) (x - ICON / 2.0), MIDDLE - ICON / 2.0f));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon),
                                            snapshot,
                                            ICON,
                                            ICON,
                                            &ink,
                                            1);
  gtk_snapshot_restore (snapshot);
}

static void
plancia_direction_drawing_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PlanciaDirectionDrawing *self = PLANCIA_DIRECTION_DRAWING (widget);
  double                   width = gtk_widget_get_width (widget);
  double                   left = CIRCLE + MAX (24, width * 0.08);
  double                   right = width - left;
  double                   middle = width / 2;
  GdkRGBA                  line = plancia_palette_fade (lookup (widget, NULL), 0.28);
  cairo_t                 *cr = gtk_snapshot_append_cairo (
    snapshot,
    &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) gtk_widget_get_height (widget)));

  gdk_cairo_set_source_rgba (cr, &line);
  cairo_set_line_width (cr, 3);
  cairo_move_to (cr, left, MIDDLE);
  cairo_line_to (cr, right, MIDDLE);
  cairo_stroke (cr);
  draw_arrow (widget, cr, middle, 30, TRUE, "ok_text", C_ ("direction", "expected"));
  draw_measured (widget, cr, middle);
  draw_station (widget, cr, left, "flow_grid", C_ ("direction", "Grid"));
  draw_station (widget, cr, right, "flow_home", C_ ("direction", "House"));
  draw_sensor (widget, cr, middle);
  cairo_destroy (cr);
  draw_icon (widget, snapshot, self->grid, left, "flow_grid");
  draw_icon (widget, snapshot, self->home, right, "flow_home");
}

static void
plancia_direction_drawing_measure (GtkWidget     *widget,
                                   GtkOrientation orientation,
                                   int            for_size,
                                   int           *minimum,
                                   int           *natural,
                                   int           *minimum_baseline,
                                   int           *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? LEAST_WIDTH : HEIGHT;
  *natural = *minimum;
}

static void
plancia_direction_drawing_finalize (GObject *object)
{
  PlanciaDirectionDrawing *self = PLANCIA_DIRECTION_DRAWING (object);

  g_free (self->sensor);
  g_clear_object (&self->grid);
  g_clear_object (&self->home);

  G_OBJECT_CLASS (plancia_direction_drawing_parent_class)->finalize (object);
}

static void
plancia_direction_drawing_class_init (PlanciaDirectionDrawingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_direction_drawing_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = plancia_direction_drawing_snapshot;
  GTK_WIDGET_CLASS (klass)->measure = plancia_direction_drawing_measure;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static GtkIconPaintable *
load_icon (GtkWidget *widget, const char *name)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));

  return gtk_icon_theme_lookup_icon (theme, name, NULL, ICON, 1, GTK_TEXT_DIR_LTR, 0);
}

static void
plancia_direction_drawing_init (PlanciaDirectionDrawing *self)
{
  self->grid = load_icon (GTK_WIDGET (self), "plancia-grid-symbolic");
  self->home = load_icon (GTK_WIDGET (self), "plancia-home-symbolic");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Where the sensor sits between grid and house"), -1);
}

void
plancia_direction_drawing_set (PlanciaDirectionDrawing *self,
                               const char              *sensor,
                               PlanciaDirectionArrow    measured)
{
  g_free (self->sensor);
  self->sensor = g_strdup (sensor);
  self->measured = measured;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
