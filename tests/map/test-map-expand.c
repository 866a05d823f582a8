/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/error.h"
#include "map/map-catalog.h"
#include "map/map-format.h"
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "tests/base/own-dirs.h"

/* What every map of this test begins with. */
#define HEAD "{\"format\":\"register-map\",\"version\":1,\"id\":\"own\",\"name\":\"Own\""

static PlanciaMap *
load (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return plancia_map_new_from_bytes (bytes, "own.json", error);
}

static guint
index_of (PlanciaMap *map, const char *key)
{
  for (guint i = 0; i < plancia_map_get_n_fields (map); i++)
    if (g_str_equal (plancia_map_get_field (map, i)->key, key))
      return i;

  g_error ("no register %s", key);
  return 0;
}

static void
test_nothing_changed (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaMap) map = load (HEAD ",\"extends\":\"chint-ddsu666\"}", &error);
  g_autoptr (PlanciaMap) base = plancia_map_catalog_get ("chint-ddsu666", NULL);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (plancia_map_get_id (map), ==, "own");
  g_assert_cmpstr (plancia_map_get_device_kind (map), ==, "meter");
  g_assert_cmpuint (plancia_map_get_n_fields (map), ==, plancia_map_get_n_fields (base));
  text = plancia_map_to_json (map);
  g_assert_nonnull (strstr (text, "\"extends\":\"chint-ddsu666\""));
}

/* Changes, removals, new entries in their places, null. */
static void
test_differences (void)
{
  static const char text[] = HEAD
    ",\"extends\":\"zcs-1ph-hyd-hp-g3\",\"generation\":null,"
    "\"remove\":{\"registers\":[\"serial_number\"]},"
    "\"registers\":["
    "{\"key\":\"storage_mode\",\"access\":\"r\",\"write\":null,\"note\":\"Looked at only\"},"
    "{\"key\":\"extra_a\",\"after\":\"state\",\"name\":\"A\",\"group\":\"status\",\"address\":\"0x0443\","
    "\"count\":1,\"type\":\"u16\"},"
    "{\"key\":\"extra_b\",\"name\":\"B\",\"group\":\"own\",\"address\":1092,\"count\":1,\"type\":\"u16\"}],"
    "\"groups\":[{\"key\":\"own\",\"name\":\"Own\"}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaMap) map = load (text, &error);
  g_autoptr (PlanciaMap) base = plancia_map_catalog_get ("zcs-1ph-hyd-hp-g3", NULL);
  const PlanciaField *mode;

  g_assert_no_error (error);
  g_assert_null (plancia_map_get_generation (map));
  g_assert_cmpuint (plancia_map_get_n_fields (map), ==, plancia_map_get_n_fields (base) + 1);
  g_assert_null (plancia_map_find_field (map, "serial_number"));
  mode = plancia_map_find_field (map, "storage_mode");
  g_assert_false (plancia_field_is_writable (mode));
  g_assert_cmpstr (mode->note, ==, "Looked at only");
  g_assert_cmpuint (mode->address, ==, 0x1110);
  g_assert_nonnull (mode->values);
  g_assert_cmpuint (index_of (map, "extra_a"), ==, index_of (map, "state") + 1);
  g_assert_cmpuint (index_of (map, "extra_b"), ==, index_of (map, "extra_a") + 1);
  g_assert_cmpuint (plancia_map_get_n_groups (map), ==, plancia_map_get_n_groups (base) + 1);
}

static void
test_wrong (void)
{
  static const struct
  {
    const char *text;
    const char *say;
  } cases[] = {
    {",\"extends\":5}",                                                                 "extends: expected a text"            },
    {",\"extends\":\"no-such\"}",                                                       "extends: there is no map \"no-such\""},
    {",\"extends\":\"../etc\"}",                                                        "extends: expected the id"            },
    {",\"extends\":\"chint-ddsu666\",\"remove\":{\"registers\":[\"x\"]}}",
     "remove.registers[0]: the base has no"                                                                                   },
    {",\"extends\":\"chint-ddsu666\",\"remove\":[]}",                                   "remove: expected an object"          },
    {",\"extends\":\"chint-ddsu666\",\"registers\":[{\"name\":\"x\"}]}",
     "registers[0].key: is missing"                                                                                           },
    {",\"extends\":\"chint-ddsu666\",\"registers\":[{\"key\":\"x\",\"after\":\"y\"}]}",
     "registers[0].after: there is no entry \"y\""                                                                            },
    {",\"extends\":\"chint-ddsu666\",\"registers\":{}}",                                "registers: expected a list"          },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strconcat (HEAD, cases[i].text, NULL);
    g_autoptr (GError) error = NULL;

    g_assert_null (load (text, &error));
    g_assert_cmpint (error->domain, ==, PLANCIA_DOCUMENT_ERROR);
    if (strstr (error->message, cases[i].say) == NULL)
      g_error ("%s: %s", text, error->message);
  }
}

/* A person's own files: one that extends the shipped map of its own id, and two that extend each other. */
static void
test_own_files (void)
{
  g_autofree char *folder =
    g_build_filename (g_get_user_data_dir (), "plancia", "register-maps", NULL);
  g_autofree char *own = g_build_filename (folder, "chint-dtsu666.json", NULL);
  g_autofree char *one = g_build_filename (folder, "one.json", NULL);
  g_autofree char *two = g_build_filename (folder, "two.json", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaMap) map = NULL;
  g_autoptr (PlanciaMap) again = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (
    own,
    "{\"format\":\"register-map\",\"version\":1,\"id\":\"chint-dtsu666\",\"name\":\"Mine\","
    "\"extends\":\"chint-dtsu666\"}",
    -1,
    NULL);
  g_file_set_contents (one, "{\"id\":\"one\",\"extends\":\"two\"}", -1, NULL);
  g_file_set_contents (two, "{\"id\":\"two\",\"extends\":\"one\"}", -1, NULL);

  map = plancia_map_catalog_get ("chint-dtsu666", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (plancia_map_get_name (map), ==, "Mine");
  g_assert_cmpuint (plancia_map_get_n_fields (map), ==, 40);
  g_assert_null (plancia_map_catalog_get ("one", &error));
  g_assert_nonnull (strstr (error->message, "extend each other"));

  g_assert_cmpint (g_remove (own), ==, 0);
  plancia_map_catalog_forget ("chint-dtsu666");
  again = plancia_map_catalog_get ("chint-dtsu666", NULL);
  g_assert_cmpstr (plancia_map_get_name (again), !=, "Mine");
  g_assert_cmpint (g_remove (one), ==, 0);
  g_assert_cmpint (g_remove (two), ==, 0);
}

/* Written, read and written again is the same text, unknown keys and all. */
static void
test_rewrite (void)
{
  static const char text[] =
    "{\"b\": 0.1, \"a\": [1, -2.5, true, null, \"\\u00e8 \\\"x\\\"\\n\"], \"c\": {\"d\": [],"
    " \"e\": [{\"f\": 1.0}, {}]}, \"big\": 9007199254740993, \"small\": 1e-9}";
  static const char expected[] =
    "{\n \"b\": 0.1,\n \"a\": [1, -2.5, true, null, \"\303\250 \\\"x\\\"\\n\"],\n \"c\": {\n  \"d\": [],\n  \"e\": [\n"
    "   {\n    \"f\": 1.0\n   },\n   {}\n  ]\n },\n \"big\": 9007199254740993,\n \"small\": 1e-09\n}\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autofree char *once = plancia_map_format_rewrite (bytes, "text", NULL);
  g_autoptr (GBytes) again = g_bytes_new (once, strlen (once));
  g_autofree char *twice = plancia_map_format_rewrite (again, "text", NULL);

  g_assert_cmpstr (once, ==, expected);
  g_assert_cmpstr (twice, ==, expected);
}

static void
test_slugs (void)
{
  static const struct
  {
    const char *name;
    const char *key;
    const char *id;
  } cases[] = {
    {"Battery power, average (W)", "battery_power_average_w", "battery-power-average-w"},
    {"  2nd \303\210lite ",        "r_2nd_elite",             "2nd-elite"              },
    {"\347\247\222",               "x",                       "x"                      },
    {"",                           "x",                       "x"                      },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *key = plancia_map_format_key (cases[i].name, "x");
    g_autofree char *id = plancia_map_format_id (cases[i].name, "x");

    g_assert_cmpstr (key, ==, cases[i].key);
    g_assert_cmpstr (id, ==, cases[i].id);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/map-expand/nothing-changed", test_nothing_changed);
  g_test_add_func ("/map-expand/differences", test_differences);
  g_test_add_func ("/map-expand/wrong", test_wrong);
  g_test_add_func ("/map-expand/own-files", test_own_files);
  g_test_add_func ("/map-expand/rewrite", test_rewrite);
  g_test_add_func ("/map-expand/slugs", test_slugs);

  return g_test_run ();
}
