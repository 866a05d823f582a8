/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/mini-curve.h"

#include "ui-fixture.h"

#define DAY_START G_GINT64_CONSTANT (1781215200000) /* 2026-06-12 00:00 in Rome */
#define WIDTH     240
#define HEIGHT    36

static const PlanciaSpan day = {DAY_START, DAY_START + PLANCIA_DAY};

typedef struct
{
  GtkWidget *curve;
  GtkWindow *window;
} Stage;

static Stage
open_stage (void)
{
  Stage stage;

  stage.curve = plancia_mini_curve_new ();
  gtk_widget_set_valign (stage.curve, GTK_ALIGN_START);
  gtk_widget_set_size_request (stage.curve, WIDTH, HEIGHT);
  stage.window = ui_fixture_present (stage.curve, WIDTH, HEIGHT);
  return stage;
}

/* How many pixels of a column differ from the paper. */
static guint
count_ink (cairo_surface_t *picture, int x, int from, int to)
{
  const guchar *data = cairo_image_surface_get_data (picture);
  int           stride = cairo_image_surface_get_stride (picture);
  guint32       paper = ((const guint32 *) (gconstpointer) data)[0] & 0xffffff;
  guint         n = 0;

  for (int y = from; y < to; y++) {
    const guint32 *row = (const guint32 *) (gconstpointer) (data + y * stride);

    n += (row[x] & 0xffffff) != paper ? 1 : 0;
  }
  return n;
}

static guint
count_ink_of_area (cairo_surface_t *picture, int left, int right)
{
  guint n = 0;

  for (int x = left; x < right; x++)
    n += count_ink (picture, x, 0, HEIGHT - 2);
  return n;
}

static void
fill (PlanciaMiniCurve *curve, double until_hour, gint64 now)
{
  gint64 times[288];
  float  values[288];
  gsize  n = 0;

  for (double hour = 0; hour <= until_hour; hour += 1 / 12.0) {
    times[n] = DAY_START + (gint64) (hour * PLANCIA_HOUR);
    values[n++] = (float) (hour < 6 ? 0 : 100 * (hour - 6));
  }
  plancia_mini_curve_set (curve, day, now, times, values, n);
}

static void
test_nothing_after_now (void)
{
  Stage            stage = open_stage ();
  cairo_surface_t *picture;

  fill (PLANCIA_MINI_CURVE (stage.curve), 14, DAY_START + 14 * PLANCIA_HOUR);
  picture = ui_fixture_screenshot (stage.curve, "mini-curve");
  /* Filled under the line up to 14 h, which is pixel 140; only the base line after that. */
  g_assert_cmpuint (count_ink (picture, 130, 0, HEIGHT), >, 20);
  g_assert_cmpuint (count_ink_of_area (picture, 150, WIDTH), ==, 0);
  g_assert_cmpuint (count_ink (picture, 200, 0, HEIGHT), ==, 1);
  cairo_surface_destroy (picture);
  gtk_window_destroy (stage.window);
}

static void
test_hatched_since_the_last_value (void)
{
  Stage            stage = open_stage ();
  cairo_surface_t *picture;

  fill (PLANCIA_MINI_CURVE (stage.curve), 10, DAY_START + 14 * PLANCIA_HOUR);
  picture = ui_fixture_screenshot (stage.curve, "mini-curve-old");
  g_assert_cmpuint (count_ink_of_area (picture, 106, 138), >, 100);
  g_assert_cmpuint (count_ink_of_area (picture, 145, WIDTH), ==, 0);
  cairo_surface_destroy (picture);
  gtk_window_destroy (stage.window);
}

static void
test_never_asked_is_hatched_all_over (void)
{
  Stage            stage = open_stage ();
  cairo_surface_t *picture;

  plancia_mini_curve_set (PLANCIA_MINI_CURVE (stage.curve), day, 0, NULL, NULL, 0);
  picture = ui_fixture_screenshot (stage.curve, "mini-curve-never");
  g_assert_cmpuint (count_ink_of_area (picture, 0, 40), >, 100);
  g_assert_cmpuint (count_ink_of_area (picture, 200, WIDTH), >, 100);
  cairo_surface_destroy (picture);
  gtk_window_destroy (stage.window);
}

static void
test_a_hole_is_not_bridged (void)
{
  Stage             stage = open_stage ();
  PlanciaMiniCurve *curve = PLANCIA_MINI_CURVE (stage.curve);
  const gint64      times[] = {DAY_START,
                               DAY_START + 10 * PLANCIA_MINUTE,
                               DAY_START + 8 * PLANCIA_HOUR,
                               DAY_START + 8 * PLANCIA_HOUR + 10 * PLANCIA_MINUTE};
  const float       values[] = {0, 0, 0, 0};
  cairo_surface_t  *picture;

  plancia_mini_curve_set (curve, day, times[3], times, values, 4);
  picture = ui_fixture_screenshot (stage.curve, "mini-curve-hole");
  g_assert_cmpint (plancia_mini_curve_get_gap (curve), <, 2 * PLANCIA_HOUR);
  g_assert_cmpuint (count_ink_of_area (picture, 10, 70), >, 200);
  cairo_surface_destroy (picture);
  gtk_window_destroy (stage.window);
}

static void
test_peak_and_factor (void)
{
  g_autoptr (GtkWidget) widget = g_object_ref_sink (plancia_mini_curve_new ());
  PlanciaMiniCurve *curve = PLANCIA_MINI_CURVE (widget);
  const gint64      times[] = {DAY_START - PLANCIA_HOUR,
                               DAY_START + PLANCIA_HOUR,
                               DAY_START + 2 * PLANCIA_HOUR};
  const float       values[] = {-9000, 1200, -800};
  gint64            time = 0;
  double            peak = 0;

  g_assert_false (plancia_mini_curve_get_peak (curve, &time, &peak));
  plancia_mini_curve_set_style (curve, 4, -1, 0);
  plancia_mini_curve_set (curve, day, times[2], times, values, 3);
  /* Yesterday's does not count, and a meter's sign is turned round. */
  g_assert_true (plancia_mini_curve_get_peak (curve, &time, &peak));
  g_assert_cmpint (time, ==, times[2]);
  g_assert_cmpfloat (peak, ==, 800);
}

int
main (int argc, char *argv[])
{
  ui_fixture_init (&argc, &argv);

  g_test_add_func ("/mini-curve/nothing-after-now", test_nothing_after_now);
  g_test_add_func ("/mini-curve/hatched-since-the-last-value", test_hatched_since_the_last_value);
  g_test_add_func ("/mini-curve/never-asked", test_never_asked_is_hatched_all_over);
  g_test_add_func ("/mini-curve/hole", test_a_hole_is_not_bridged);
  g_test_add_func ("/mini-curve/peak-and-factor", test_peak_and_factor);
  return g_test_run ();
}
