/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/clock.h"
#include "base/error.h"
#include "map/map-catalog.h"
#include <glib/gstdio.h>

#include "tests/base/own-dirs.h"

static const struct
{
  const char *id;
  guint       n_fields;
  guint       n_writable;
} shipped[] = {
  {"chint-ddsu666",        8,   0 },
  {"chint-dtsu666",        40,  0 },
  {"sim-ev-charger",       19,  3 },
  {"sim-heat-pump",        20,  5 },
  {"sim-power-magic",      26,  6 },
  {"zcs-1ph-3000sp-old",   80,  14},
  {"zcs-1ph-hyd-hp-g3",    219, 82},
  {"zcs-1ph-hyd-zss-old",  89,  14},
  {"zcs-1ph-tlm-v3-g3",    110, 22},
  {"zcs-3ph-350ktl-hv-g3", 258, 22},
  {"zcs-3ph-hyd-g3",       275, 82},
  {"zcs-3ph-ktl-v3-g3",    140, 22},
  {"zcs-3ph-large-ktl-g3", 226, 22},
  {"zcs-battery-bms-g3",   69,  1 },
  {"zcs-string-old",       38,  0 },
};

static void
test_list (void)
{
  g_auto (GStrv) ids = plancia_map_catalog_list ();

  g_assert_cmpuint (g_strv_length (ids), ==, G_N_ELEMENTS (shipped));
  for (guint i = 0; i < G_N_ELEMENTS (shipped); i++)
    g_assert_cmpstr (ids[i], ==, shipped[i].id);
}

static void
test_all_load (void)
{
  gint64 start = plancia_clock_monotonic ();

  for (guint i = 0; i < G_N_ELEMENTS (shipped); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (PlanciaMap) map = plancia_map_catalog_get (shipped[i].id, &error);
    guint n_writable = 0;

    g_assert_no_error (error);
    g_assert_cmpstr (plancia_map_get_id (map), ==, shipped[i].id);
    g_assert_cmpuint (plancia_map_get_n_fields (map), ==, shipped[i].n_fields);
    for (guint j = 0; j < plancia_map_get_n_fields (map); j++)
      if (plancia_field_is_writable (plancia_map_get_field (map, j)))
        n_writable++;
    g_assert_cmpuint (n_writable, ==, shipped[i].n_writable);
    g_assert_cmpint (plancia_map_is_invented (map), ==, g_str_has_prefix (shipped[i].id, "sim-"));
  }
  g_test_message ("all maps in %d ms", (int) (plancia_clock_monotonic () - start));
}

static void
test_kept (void)
{
  g_autoptr (PlanciaMap) first = plancia_map_catalog_get ("zcs-3ph-hyd-g3", NULL);
  g_autoptr (PlanciaMap) second = plancia_map_catalog_get ("zcs-3ph-hyd-g3", NULL);

  g_assert_true (first == second);
}

static void
test_unknown (void)
{
  const char *const ids[] = {"nothing", "", "..", "Zcs"};

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (plancia_map_catalog_get (ids[i], &error));
    g_assert_error (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_UNKNOWN_MAP);
  }
}

static void
test_detect (void)
{
  static const struct
  {
    guint8      function;
    guint16     address;
    const char *identity;
    const char *id;
  } cases[] = {
    {3, 0x0445, "ZP1ES010K1234567", "zcs-3ph-hyd-g3"      },
    {3, 0x0445, "SH1ES",            "zcs-3ph-hyd-g3"      },
    {3, 0x0445, "ZM2ES060",         "zcs-1ph-hyd-hp-g3"   },
    {3, 0x0445, "ZS2ES012",         "zcs-3ph-ktl-v3-g3"   },
    {3, 0x0445, "SS1",              "zcs-3ph-ktl-v3-g3"   },
    {3, 0x0445, "SH3ES033",         "zcs-1ph-tlm-v3-g3"   },
    {3, 0x0445, "SQ1ES1100",        "zcs-3ph-large-ktl-g3"},
    {4, 0x2001, "ZM1ES030",         "zcs-1ph-hyd-zss-old" },
    {4, 0x2001, "00ZM1ES030",       "zcs-1ph-hyd-zss-old" },
    {4, 0x2001, "ZE1ES030",         "zcs-1ph-3000sp-old"  },
    {4, 0x2001, "SA3ES030",         "zcs-string-old"      },
    {3, 0x0445, "XXZP1ES0",         NULL                  },
    {4, 0x0445, "ZP1ES010K1234567", NULL                  },
    {3, 0x0446, "ZP1ES010K1234567", NULL                  },
    {3, 0x0445, "ZZZ",              NULL                  },
    {3, 0x0445, "",                 NULL                  },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *id =
      plancia_map_catalog_detect (cases[i].function, cases[i].address, cases[i].identity);

    g_test_message ("%s", cases[i].identity);
    g_assert_cmpstr (id, ==, cases[i].id);
  }
}

/* A person's own map wins over the shipped one of the same id, and says so when it is wrong. */
static void
test_user_map (void)
{
  g_autofree char *folder =
    g_build_filename (g_get_user_data_dir (), "plancia", "register-maps", NULL);
  g_autofree char *path = g_build_filename (folder, "chint-ddsu666.json", NULL);
  g_autofree char *own = g_build_filename (folder, "my-own.json", NULL);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "{\"format\":1}", -1, NULL));
  g_assert_true (g_file_set_contents (own, "{}", -1, NULL));

  ids = plancia_map_catalog_list ();
  g_assert_true (g_strv_contains ((const char *const *) ids, "my-own"));
  g_assert_cmpuint (g_strv_length (ids), ==, G_N_ELEMENTS (shipped) + 1);
  g_assert_null (plancia_map_catalog_get ("chint-ddsu666", &error));
  g_assert_error (error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, path));

  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_remove (own), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/map-catalog/user-map", test_user_map);
  g_test_add_func ("/map-catalog/list", test_list);
  g_test_add_func ("/map-catalog/all-load", test_all_load);
  g_test_add_func ("/map-catalog/kept", test_kept);
  g_test_add_func ("/map-catalog/unknown", test_unknown);
  g_test_add_func ("/map-catalog/detect", test_detect);

  return g_test_run ();
}
