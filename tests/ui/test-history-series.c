/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-fixture.h"

#include "ui/history-series.h"

typedef struct
{
  PlanciaHistorySeries *curves;
  PlanciaChart         *chart;
  PlanciaSamples       *samples;
} Fixture;

/* The curves, lowest first. */
enum {
  SUN,
  HOME,
  CHARGE,
  GRID,
  N_CURVES,
};

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->curves = plancia_history_series_new ();
  fixture->chart = g_object_ref_sink (PLANCIA_CHART (plancia_chart_new ()));
  fixture->samples = plancia_samples_new ("one", "portal", (PlanciaSpan){0, 100});
  plancia_history_series_add_to (fixture->curves, fixture->chart);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  plancia_samples_unref (fixture->samples);
  plancia_history_series_free (fixture->curves);
  g_object_unref (fixture->chart);
}

static PlanciaSeries *
curve (Fixture *fixture, guint index)
{
  return plancia_layer_get_series (plancia_chart_get_layer (fixture->chart, index));
}

static void
merge (Fixture *fixture, const char *kind)
{
  plancia_samples_seal (fixture->samples);
  plancia_history_series_merge (fixture->curves, fixture->samples, kind);
}

static void
assert_curve (Fixture *fixture, guint index, guint length, double first)
{
  g_assert_cmpuint (plancia_series_get_length (curve (fixture, index)), ==, length);
  if (length > 0)
    g_assert_cmpfloat_with_epsilon (plancia_series_get_values (curve (fixture, index))[0],
                                    first,
                                    1e-6);
}

static void
test_units_and_signs (Fixture *fixture, gconstpointer data)
{
  plancia_samples_add (fixture->samples, "powerGenerating", 10, 5210);
  plancia_samples_add (fixture->samples, "powerConsuming", 10, 1900);
  plancia_samples_add (fixture->samples, "powerExporting", 10, 1210);
  plancia_samples_add (fixture->samples, "powerImporting", 10, 0);
  plancia_samples_add (fixture->samples, "batterySoC", 10, 68);
  plancia_samples_add (fixture->samples, "temperature", 10, 41);
  merge (fixture, "thing");
  g_assert_cmpuint (plancia_chart_get_n_layers (fixture->chart), ==, N_CURVES);
  assert_curve (fixture, SUN, 1, 5.21);
  assert_curve (fixture, HOME, 1, 1.9);
  assert_curve (fixture, CHARGE, 1, 68);
  assert_curve (fixture, GRID, 1, -1.21);
  g_assert_cmpstr (plancia_series_get_unit (curve (fixture, CHARGE)), ==, "%");
  g_assert_cmpuint (plancia_layer_get_axis (plancia_chart_get_layer (fixture->chart, CHARGE)),
                    ==,
                    1);
}

/* Of a difference both sides have to be there. */
static void
test_torn_moment_is_a_hole (Fixture *fixture, gconstpointer data)
{
  plancia_samples_add (fixture->samples, "powerExporting", 10, 300);
  plancia_samples_add (fixture->samples, "powerImporting", 10, 0);
  plancia_samples_add (fixture->samples, "powerExporting", 20, 0);
  plancia_samples_add (fixture->samples, "powerExporting", 30, 0);
  plancia_samples_add (fixture->samples, "powerImporting", 30, 250);
  merge (fixture, "thing");
  assert_curve (fixture, GRID, 2, -0.3);
  g_assert_cmpint (plancia_series_get_times (curve (fixture, GRID))[1], ==, 30);
  g_assert_cmpfloat (plancia_series_get_values (curve (fixture, GRID))[1], ==, 0.25f);
}

/* Of a thinned day the neighbours that were kept are one line, wherever they lie in their parts of it. */
static void
test_thinned (Fixture *fixture, gconstpointer data)
{
  static const gint64 minutes[] = {0, 1, 2, 59, 60, 61, 62, 119, 180, 239};

  plancia_samples_set_width (fixture->samples, PLANCIA_HOUR);
  for (guint i = 0; i < G_N_ELEMENTS (minutes); i++)
    plancia_samples_add (fixture->samples, "powerGenerating", minutes[i] * PLANCIA_MINUTE, 1000);
  merge (fixture, "thing");
  assert_curve (fixture, SUN, G_N_ELEMENTS (minutes), 1);
  g_assert_cmpint (plancia_series_get_gap (curve (fixture, SUN)), ==, PLANCIA_HOUR);
  plancia_history_series_clear (fixture->curves);
  g_assert_cmpint (plancia_series_get_gap (curve (fixture, SUN)), <, PLANCIA_HOUR);
}

/* No −0 in the legend. */
static void
test_nothing_flows (Fixture *fixture, gconstpointer data)
{
  g_autofree char *words = NULL;

  plancia_samples_add (fixture->samples, "powerExporting", 10, 0);
  plancia_samples_add (fixture->samples, "powerImporting", 10, 0);
  merge (fixture, "thing");
  words = plancia_layer_describe (plancia_chart_get_layer (fixture->chart, GRID), G_MAXINT64);
  g_assert_cmpstr (words, ==, "0.00\u00a0kW");
}

/* Registers that were recorded here have other names and, of a meter, the other sign. */
static void
test_registers_of_a_meter (Fixture *fixture, gconstpointer data)
{
  plancia_samples_add (fixture->samples, "grid_active_power", 10, 1210);
  merge (fixture, "meter");
  assert_curve (fixture, GRID, 1, 1.21);
  assert_curve (fixture, SUN, 0, 0);
}

static void
test_gaps_and_clear (Fixture *fixture, gconstpointer data)
{
  PlanciaSpan span = {0, PLANCIA_HOUR};
  g_autoptr (GPtrArray) gaps = NULL;
  GArray *first;

  g_assert_true (plancia_history_series_is_empty (fixture->curves));
  for (gint64 time = 0; time < PLANCIA_HOUR / 2; time += PLANCIA_MINUTE)
    plancia_samples_add (fixture->samples, "powerGenerating", time, 100);
  merge (fixture, "thing");
  g_assert_false (plancia_history_series_is_empty (fixture->curves));
  gaps = plancia_history_series_find_gaps (fixture->curves, span);
  g_assert_cmpuint (gaps->len, ==, 1); /* of the sun alone */
  first = g_ptr_array_index (gaps, 0);
  g_assert_cmpuint (first->len, ==, 1);
  g_assert_cmpint (g_array_index (first, PlanciaSpan, 0).start, ==, 29 * PLANCIA_MINUTE);
  plancia_history_series_clear (fixture->curves);
  g_assert_true (plancia_history_series_is_empty (fixture->curves));
}

#define ADD(name, func) g_test_add ("/history-series/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  ui_fixture_init (&argc, &argv);
  ADD ("units-and-signs", test_units_and_signs);
  ADD ("torn-moment", test_torn_moment_is_a_hole);
  ADD ("thinned", test_thinned);
  ADD ("nothing-flows", test_nothing_flows);
  ADD ("meter", test_registers_of_a_meter);
  ADD ("gaps-and-clear", test_gaps_and_clear);
  return g_test_run ();
}
