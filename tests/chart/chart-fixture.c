/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart-fixture.h"

#include "chart/band-layer.h"
#include "chart/line-layer.h"

#include <adwaita.h>
#include <math.h>

#define STEP    (5 * PLANCIA_MINUTE)
#define N_STEPS 288

gboolean
chart_fixture_init (void)
{
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  g_setenv ("GTK_A11Y", "none", FALSE);
  if (!gtk_init_check ())
    return FALSE;
  adw_init ();
  g_object_set (gtk_settings_get_default (),
                "gtk-font-name",
                "Cantarell 11",
                "gtk-xft-antialias",
                1,
                "gtk-xft-hinting",
                1,
                "gtk-xft-hintstyle",
                "hintslight",
                "gtk-xft-rgba",
                "none",
                "gtk-enable-animations",
                FALSE,
                NULL);
  return TRUE;
}

static void
load_style (const char *name)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  g_autofree char *path =
    g_build_filename (g_getenv ("PLANCIA_TEST_SOURCE_DIR"), "..", "app", "ui", name, NULL);

  gtk_css_provider_load_from_path (provider, path);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

void
chart_fixture_style (gboolean dark)
{
  load_style ("style.css");
  if (!dark)
    return;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  load_style ("style-dark.css");
}

void
chart_fixture_open (ChartFixture *self, int width, int height)
{
  self->window = gtk_window_new ();
  self->chart = PLANCIA_CHART (plancia_chart_new ());
  self->zone = g_time_zone_new_identifier ("Europe/Rome");
  gtk_window_set_decorated (GTK_WINDOW (self->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, height);
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->chart));
  plancia_chart_set_extent (self->chart,
                            plancia_span_day (self->zone, FIXTURE_DAY_START),
                            self->zone);
}

/* A hole from 16:45 to 17:45, as when a stick was off the air. */
static gboolean
in_hole (int i)
{
  return i > 201 && i < 213;
}

static PlanciaSeries *
add_series (const char *key, const char *title, const char *unit, double (*value) (double hour))
{
  PlanciaSeries *series = plancia_series_new (key, title, unit);
  gint64         times[N_STEPS];
  double         values[N_STEPS];
  gsize          n = 0;

  for (int i = 0; i < N_STEPS; i++) {
    if (in_hole (i))
      continue;
    times[n] = FIXTURE_DAY_START + i * STEP + (i * 7919) % 25 * PLANCIA_SECOND;
    values[n++] = value (i / 12.0);
  }
  plancia_series_merge (series, times, values, n);
  return series;
}

/* Noise that is the same in every run. */
static double
noise (double hour)
{
  double x = sin (hour * 1270.1) * 43758.5453;

  return x - floor (x) - 0.5;
}

static double
sun (double hour)
{
  double up = (hour - 5.5) / (20.6 - 5.5);
  double clear = up > 0 && up < 1 ? 8 * pow (sin (up * G_PI), 1.2) : 0;
  double cloud = (hour > 10.6 && hour < 11.3) || (hour > 13.2 && hour < 14.4) ? 0.35 : 0;

  return clear * (1 - cloud * (0.8 + noise (hour))) + clear * 0.02 * noise (hour + 1);
}

static double
home (double hour)
{
  double value = 0.45 + 0.12 * noise (hour + 2);

  value += 1.5 * exp (-pow ((hour - 7.4) / 0.4, 2));
  value += 2.2 * exp (-pow ((hour - 12.7) / 0.35, 2));
  value += 2.6 * exp (-pow ((hour - 19.8) / 0.8, 2));
  return value + (hour > 15 && hour < 16.2 && fmod (hour, 0.5) < 0.25 ? 1.9 : 0);
}

static double
charge (double hour)
{
  double rising = 19 + (hour - 6.5) * 13;

  if (hour < 6.5)
    return round (27 - hour * 1.2);
  return round (hour < 18.6 ? MIN (rising, 100) : 100 - (hour - 18.6) * 8.6);
}

static double
grid (double hour)
{
  double surplus = sun (hour) - home (hour);

  if (charge (hour) < 100 && surplus > 0)
    surplus -= MIN (surplus, 3);
  return hour > 18.6 ? -surplus * 0.1 : -surplus;
}

static void
add_layer (ChartFixture *self, PlanciaLayer *layer)
{
  plancia_chart_add_layer (self->chart, layer);
  g_object_unref (layer);
}

void
chart_fixture_fill (ChartFixture *self)
{
  self->sun = add_series ("sun", "Sun", "kW", sun);
  self->home = add_series ("home", "Home, min to max", "kW", home);
  self->charge = add_series ("charge", "State of charge", "%", charge);
  self->grid = add_series ("grid", "Grid, export below", "kW", grid);
  add_layer (self, plancia_line_layer_new (self->sun, 1, PLANCIA_LINE_AREA));
  add_layer (self, plancia_band_layer_new (self->home, 2));
  add_layer (self, plancia_line_layer_new (self->charge, 3, PLANCIA_LINE_DASH));
  add_layer (self, plancia_line_layer_new (self->grid, 4, PLANCIA_LINE_SIGNED));
}

void
chart_fixture_close (ChartFixture *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_clear_object (&self->sun);
  g_clear_object (&self->home);
  g_clear_object (&self->charge);
  g_clear_object (&self->grid);
  g_clear_pointer (&self->zone, g_time_zone_unref);
}

static gboolean
times_up (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
painted (gboolean *done)
{
  *done = TRUE;
}

/* Until one more frame was painted, with everything that was queued before. */
static void
wait_for_frame (GtkWidget *widget)
{
  GdkFrameClock *clock;
  gboolean       late = FALSE, done = FALSE;
  guint          watchdog = g_timeout_add_seconds (20, times_up, &late);
  gulong         handler;

  while (!late && (clock = gtk_widget_get_frame_clock (widget)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (late);
  gtk_widget_queue_draw (widget);
  handler = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (painted), &done);
  while (!late && (!done || gtk_widget_get_width (widget) == 0))
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (clock, handler);
  g_assert_false (late);
  g_source_remove (watchdog);
}

void
chart_fixture_settle (ChartFixture *self)
{
  gtk_window_present (GTK_WINDOW (self->window));
  wait_for_frame (GTK_WIDGET (self->chart));
}

cairo_surface_t *
chart_fixture_picture (GtkWidget *widget, const char *name)
{
  g_autoptr (GdkPaintable) paintable = NULL;
  GtkSnapshot     *snapshot = gtk_snapshot_new ();
  GskRenderNode   *node = NULL;
  cairo_surface_t *picture;
  cairo_t         *cr;
  const char      *directory = g_getenv ("PLANCIA_SCREENSHOTS");
  GdkRGBA          ground;
  int              width, height;

  /* A paintable keeps what it saw first. */
  wait_for_frame (widget);
  paintable = gtk_widget_paintable_new (widget);
  width = gdk_paintable_get_intrinsic_width (paintable);
  height = gdk_paintable_get_intrinsic_height (paintable);
  picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cr = cairo_create (picture);
  gtk_style_context_lookup_color (gtk_widget_get_style_context (widget),
                                  "window_bg_color",
                                  &ground);
  gdk_cairo_set_source_rgba (cr, &ground);
  cairo_paint (cr);
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node != NULL)
    gsk_render_node_draw (node, cr);
  g_clear_pointer (&node, gsk_render_node_unref);
  cairo_destroy (cr);
  if (directory != NULL) {
    g_autofree char *file = g_strdup_printf ("%s/%s.png", directory, name);

    cairo_surface_write_to_png (picture, file);
  }
  return picture;
}

guint32
chart_fixture_pixel (cairo_surface_t *picture, int x, int y)
{
  const guchar *data = cairo_image_surface_get_data (picture);
  int           stride = cairo_image_surface_get_stride (picture);

  g_assert_cmpint (x, <, cairo_image_surface_get_width (picture));
  g_assert_cmpint (y, <, cairo_image_surface_get_height (picture));
  return ((const guint32 *) (gconstpointer) (data + y * stride))[x] & 0xffffff;
}
