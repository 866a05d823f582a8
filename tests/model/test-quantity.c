/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/quantity.h"

#include "map/map-catalog.h"

/* A few keys with numbers, ended by NULL. */
typedef struct
{
  const char *key;
  double      value;
} Pair;

static gboolean
lookup (gpointer user_data, const char *key, double *value)
{
  for (const Pair *pair = user_data; pair->key; pair++) {
    if (g_str_equal (pair->key, key)) {
      *value = pair->value;
      return TRUE;
    }
  }
  return FALSE;
}

static double
compute (PlanciaQuantity quantity, const char *kind, const Pair *pairs)
{
  double value = 0;

  g_assert_true (plancia_quantity_compute (quantity, kind, lookup, (gpointer) pairs, &value));
  return value;
}

static void
test_signs (void)
{
  const Pair inverter[] = {
    {"grid_active_power", 1210},
    {"battery_power",     -800},
    {NULL,                0   }
  };
  const Pair meter[] = {
    {"grid_active_power", -1210},
    {NULL,                0    }
  };
  const Pair exporting[] = {
    {"powerExporting", 1250},
    {"powerImporting", 0   },
    {NULL,             0   }
  };
  const Pair importing[] = {
    {"powerExporting",   0  },
    {"powerImporting",   300},
    {"powerCharging",    0  },
    {"powerDischarging", 450},
    {NULL,               0  }
  };

  g_assert_cmpfloat (compute (PLANCIA_QUANTITY_GRID_POWER, "inverter", inverter), ==, 1210);
  g_assert_cmpfloat (compute (PLANCIA_QUANTITY_BATTERY_POWER, "inverter", inverter), ==, -800);
  g_assert_cmpfloat (compute (PLANCIA_QUANTITY_GRID_POWER, "meter", meter), ==, 1210);
  g_assert_cmpfloat (compute (PLANCIA_QUANTITY_GRID_POWER, "thing", exporting), ==, 1250);
  g_assert_cmpfloat (compute (PLANCIA_QUANTITY_GRID_POWER, "thing", importing), ==, -300);
  g_assert_cmpfloat (compute (PLANCIA_QUANTITY_BATTERY_POWER, "thing", importing), ==, -450);
}

static void
test_falls_back_and_gives_up (void)
{
  const Pair strings[] = {
    {"pv1_power", 2710},
    {"pv2_power", 2500},
    {NULL,        0   }
  };
  const Pair total[] = {
    {"pv_power",  5200},
    {"pv1_power", 2710},
    {NULL,        0   }
  };
  const Pair nothing[] = {
    {NULL, 0}
  };
  double value;

  g_assert_cmpfloat (compute (PLANCIA_QUANTITY_PV_POWER, "inverter", strings), ==, 5210);
  g_assert_cmpfloat (compute (PLANCIA_QUANTITY_PV_POWER, "inverter", total), ==, 5200);
  for (PlanciaQuantity q = 0; q < PLANCIA_N_QUANTITIES; q++)
    g_assert_false (plancia_quantity_compute (q, "inverter", lookup, (gpointer) nothing, &value));
}

static void
assert_column (PlanciaSamples *samples, PlanciaQuantity quantity, const char *kind, const char *all)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GString) words = g_string_new (NULL);

  plancia_quantity_compute_column (quantity, kind, samples, times, values);
  g_assert_cmpuint (times->len, ==, values->len);
  for (guint i = 0; i < times->len; i++)
    g_string_append_printf (words,
                            "%d=%g ",
                            (int) g_array_index (times, gint64, i),
                            g_array_index (values, double, i));
  g_assert_cmpstr (words->str, ==, all);
}

static PlanciaSamples *
some_samples (gint64 width)
{
  PlanciaSamples *samples = plancia_samples_new ("one", "portal", (PlanciaSpan){0, 0});

  plancia_samples_set_width (samples, width);
  plancia_samples_add (samples, "powerExporting", 10, 300);
  plancia_samples_add (samples, "powerExporting", 20, 0);
  plancia_samples_add (samples, "powerExporting", 40, 0);
  plancia_samples_add (samples, "powerImporting", 10, 0);
  plancia_samples_add (samples, "powerImporting", 30, 250);
  plancia_samples_add (samples, "powerImporting", 40, 70);
  plancia_samples_add (samples, "powerImporting", 50, 0);
  plancia_samples_add (samples, "powerCharging", 10, 5);
  plancia_samples_add (samples, "pv1_power", 10, 1);
  plancia_samples_add (samples, "pv1_power", 20, 2);
  plancia_samples_add (samples, "pv2_power", 20, 4);
  return plancia_samples_seal (samples);
}

/* What is torn is a hole; of what was thinned one side of a flow is enough, if it flows. */
static void
test_columns (void)
{
  g_autoptr (PlanciaSamples) whole = some_samples (0);
  g_autoptr (PlanciaSamples) thinned = some_samples (PLANCIA_HOUR);

  assert_column (whole, PLANCIA_QUANTITY_GRID_POWER, "thing", "10=300 40=-70 ");
  assert_column (thinned, PLANCIA_QUANTITY_GRID_POWER, "thing", "10=300 30=-250 40=-70 ");
  assert_column (whole, PLANCIA_QUANTITY_BATTERY_POWER, "thing", "10=5 ");
  assert_column (thinned, PLANCIA_QUANTITY_BATTERY_POWER, "thing", "10=5 ");
  assert_column (whole, PLANCIA_QUANTITY_PV_POWER, "inverter", "20=6 ");
  assert_column (thinned, PLANCIA_QUANTITY_PV_POWER, "inverter", "20=6 ");
  assert_column (whole, PLANCIA_QUANTITY_LOAD_POWER, "thing", "");
}

static gboolean
map_gives (PlanciaMap *map, PlanciaQuantity quantity, const char *kind)
{
  for (guint i = 0; i < plancia_map_get_n_fields (map); i++) {
    if (plancia_quantity_uses (quantity, kind, plancia_map_get_field (map, i)->key))
      return TRUE;
  }
  return FALSE;
}

/* A key that is renamed in a map must not silently empty the overview. */
static void
test_shipped_maps_give_what_the_overview_shows (void)
{
  static const struct
  {
    const char     *map;
    const char     *kind;
    PlanciaQuantity quantities[10];
    guint           n;
  } cases[] = {
    {"zcs-3ph-hyd-g3",
     "inverter",                           {PLANCIA_QUANTITY_PV_POWER,
      PLANCIA_QUANTITY_LOAD_POWER,
      PLANCIA_QUANTITY_GRID_POWER,
      PLANCIA_QUANTITY_BATTERY_POWER,
      PLANCIA_QUANTITY_BATTERY_CHARGE,
      PLANCIA_QUANTITY_AC_POWER,
      PLANCIA_QUANTITY_TEMPERATURE,
      PLANCIA_QUANTITY_RATED_POWER,
      PLANCIA_QUANTITY_ENERGY_PV,
      PLANCIA_QUANTITY_ENERGY_DISCHARGE},
     10                                                                                                                         },
    {"zcs-3ph-ktl-v3-g3",
     "inverter",                           {PLANCIA_QUANTITY_PV_POWER, PLANCIA_QUANTITY_AC_POWER, PLANCIA_QUANTITY_ENERGY_PV},
     3                                                                                                                          },
    {"zcs-3ph-350ktl-hv-g3", "inverter",   {PLANCIA_QUANTITY_PV_POWER, PLANCIA_QUANTITY_AC_POWER},                             2},
    {"chint-dtsu666",        "meter",      {PLANCIA_QUANTITY_GRID_POWER},                                                      1},
    {"sim-power-magic",
     "power-magic",                        {PLANCIA_QUANTITY_AC_POWER,
      PLANCIA_QUANTITY_BATTERY_POWER,
      PLANCIA_QUANTITY_BATTERY_CHARGE,
      PLANCIA_QUANTITY_ENERGY_CHARGE},
     4                                                                                                                          },
    {"sim-heat-pump",        "heat-pump",  {PLANCIA_QUANTITY_AC_POWER, PLANCIA_QUANTITY_ENERGY_LOAD},                          2},
    {"sim-ev-charger",       "ev-charger", {PLANCIA_QUANTITY_AC_POWER, PLANCIA_QUANTITY_ENERGY_LOAD},                          2},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (PlanciaMap) map = plancia_map_catalog_get (cases[i].map, &error);

    g_assert_no_error (error);
    for (guint q = 0; q < cases[i].n; q++) {
      g_test_message ("%s, quantity %d", cases[i].map, cases[i].quantities[q]);
      g_assert_true (map_gives (map, cases[i].quantities[q], cases[i].kind));
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quantity/columns", test_columns);
  g_test_add_func ("/quantity/signs", test_signs);
  g_test_add_func ("/quantity/falls-back", test_falls_back_and_gives_up);
  g_test_add_func ("/quantity/shipped-maps", test_shipped_maps_give_what_the_overview_shows);
  return g_test_run ();
}
