/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a changed map back to what it says otherwise than another, and what the loader says of a map that is being made. */

#include "map/map-catalog.h"
#include "map/map-expand.h"
#include "map/map-format.h"
#include "map/map-overlay.h"
#include "map/map-probe.h"
#include <gio/gio.h>
#include <string.h>

static JsonNode *
whole_map (const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaMap) map = plancia_map_catalog_get (id, &error);
  g_autofree char *text = map ? plancia_map_to_json (map) : NULL;
  g_autoptr (GBytes) bytes = text ? g_bytes_new (text, strlen (text)) : NULL;
  g_autofree char *whole = NULL;

  g_assert_no_error (error);
  whole = plancia_map_format_expand (bytes, id, NULL, &error);
  g_assert_no_error (error);
  return json_from_string (whole, NULL);
}

/* An overlay on base_id, put together again by the loader's own rules. */
static JsonNode *
there_and_back (JsonNode *whole, JsonNode *base, const char *base_id, JsonNode **overlay)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *expanded = NULL;
  g_autoptr (GBytes) bytes = NULL;

  *overlay = plancia_map_overlay_make (whole, base, base_id);
  text = plancia_map_format_write (*overlay);
  bytes = g_bytes_new (text, strlen (text));
  expanded = plancia_map_format_expand (bytes, "own.json", NULL, &error);
  g_assert_no_error (error);
  return json_from_string (expanded, NULL);
}

static JsonObject *
find (JsonNode *root, const char *key)
{
  JsonArray *list = json_object_get_array_member (json_node_get_object (root), "registers");

  for (guint i = 0; i < json_array_get_length (list); i++)
    if (g_str_equal (json_object_get_string_member (json_array_get_object_element (list, i), "key"),
                     key))
      return json_array_get_object_element (list, i);

  g_error ("no register %s", key);
  return NULL;
}

/* Any two of the maps that ship: the one as an overlay of the other is the one. */
static void
test_any_two (void)
{
  static const char *const ids[] = {"zcs-1ph-hyd-hp-g3",
                                    "zcs-3ph-hyd-g3",
                                    "zcs-string-old",
                                    "sim-power-magic"};

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    for (guint j = 0; j < G_N_ELEMENTS (ids); j++) {
      g_autoptr (JsonNode) whole = whole_map (ids[i]);
      g_autoptr (JsonNode) base = whole_map (ids[j]);
      g_autoptr (JsonNode) overlay = NULL;
      g_autoptr (JsonNode) again = there_and_back (whole, base, ids[j], &overlay);
      JsonArray *left = json_object_get_array_member (json_node_get_object (whole), "registers");
      JsonArray *right = json_object_get_array_member (json_node_get_object (again), "registers");

      g_assert_cmpuint (json_array_get_length (left), ==, json_array_get_length (right));
      for (guint k = 0; k < json_array_get_length (left); k++) {
        JsonNode   *node = json_array_get_element (left, k);
        const char *key = json_object_get_string_member (json_node_get_object (node), "key");
        g_autoptr (JsonNode) other = json_node_new (JSON_NODE_OBJECT);

        json_node_set_object (other, find (again, key));
        g_assert_true (plancia_map_overlay_equal (node, other));
      }
      if (i == j)
        g_assert_false (json_object_has_member (json_node_get_object (overlay), "registers"));
    }
}

static void
add_register (JsonNode *root, guint index, const char *text)
{
  JsonArray *list = json_object_get_array_member (json_node_get_object (root), "registers");
  g_autoptr (JsonArray) copy = json_array_new ();
  guint n = json_array_get_length (list);

  for (guint i = 0; i < n; i++) {
    if (i == index)
      json_array_add_element (copy, json_from_string (text, NULL));
    json_array_add_element (copy, json_node_ref (json_array_get_element (list, i)));
  }
  json_object_set_array_member (json_node_get_object (root), "registers", json_array_ref (copy));
}

/* Only what differs is in the file; keys that we do not know are among it. */
static void
test_differences (void)
{
  g_autoptr (JsonNode) base = whole_map ("zcs-1ph-hyd-hp-g3");
  g_autoptr (JsonNode) whole = whole_map ("zcs-1ph-hyd-hp-g3");
  g_autoptr (JsonNode) overlay = NULL;
  g_autoptr (JsonNode) again = NULL;
  JsonObject *root = json_node_get_object (whole);
  JsonObject *entry;
  JsonArray  *list;

  json_object_set_string_member (root, "id", "own");
  json_object_set_string_member (root, "of mine", "kept");
  json_object_remove_member (root, "detect");
  json_object_set_string_member (find (whole, "storage_mode"), "note", "Mine");
  json_object_remove_member (find (whole, "state"), "poll");
  json_object_set_double_member (find (whole, "state"), "scale", 1.5);
  add_register (whole,
                3,
                "{\"key\":\"mine\",\"name\":\"Mine\",\"group\":\"status\",\"address\":\"0x0443\","
                "\"count\":1,\"type\":\"u16\",\"x\":[1,null]}");
  again = there_and_back (whole, base, "zcs-1ph-hyd-hp-g3", &overlay);

  list = json_object_get_array_member (json_node_get_object (overlay), "registers");
  g_assert_cmpuint (json_array_get_length (list), ==, 3);
  entry = find (overlay, "storage_mode");
  g_assert_cmpuint (json_object_get_size (entry), ==, 2);
  g_assert_true (json_object_has_member (find (overlay, "mine"), "after"));
  g_assert_true (json_object_get_null_member (json_node_get_object (overlay), "detect"));
  g_assert_false (json_object_has_member (json_node_get_object (again), "detect"));
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (again), "of mine"),
                   ==,
                   "kept");
  g_assert_cmpfloat (json_object_get_double_member (find (again, "state"), "scale"), ==, 1.5);
  g_assert_false (json_object_has_member (find (again, "state"), "poll"));
  /* In its place. */
  list = json_object_get_array_member (json_node_get_object (again), "registers");
  g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (list, 3), "key"),
                   ==,
                   "mine");
}

static const PlanciaJsonComplaint *
find_complaint (GPtrArray *complaints, const char *path)
{
  for (guint i = 0; i < complaints->len; i++) {
    const PlanciaJsonComplaint *complaint = g_ptr_array_index (complaints, i);

    if (g_str_equal (complaint->path, path))
      return complaint;
  }

  return NULL;
}

/* All that is wrong is said, not the first thing alone. */
static void
test_probe (void)
{
  g_autoptr (JsonNode) whole = whole_map ("chint-ddsu666");
  g_autoptr (GPtrArray) complaints = plancia_map_probe (whole);
  JsonArray  *list = json_object_get_array_member (json_node_get_object (whole), "registers");
  JsonObject *entry = json_array_get_object_element (list, 0);

  g_assert_cmpuint (complaints->len, ==, 0);
  json_object_set_string_member (entry, "address", "zz");
  json_object_set_string_member (entry, "scale", "much");
  json_object_set_string_member (entry, "name", "");
  g_clear_pointer (&complaints, g_ptr_array_unref);
  complaints = plancia_map_probe (whole);
  g_assert_cmpuint (complaints->len, ==, 3);
  g_assert_nonnull (find_complaint (complaints, "registers[0].name"));
  g_assert_nonnull (find_complaint (complaints, "registers[0].scale"));
  g_assert_cmpstr (find_complaint (complaints, "registers[0].address")->words,
                   ==,
                   "expected an integer from 0 to 65535 or its hexadecimal text, got \"zz\"");
}

/* The grid code and the firmware of an inverter cannot be made writable by any file. */
static void
test_forbidden (void)
{
  g_autoptr (JsonNode) whole = whole_map ("zcs-1ph-hyd-hp-g3");
  g_autoptr (GPtrArray) complaints = NULL;

  add_register (whole,
                0,
                "{\"key\":\"mine\",\"name\":\"Mine\",\"group\":\"status\",\"address\":\"0x0801\","
                "\"count\":1,\"type\":\"u16\",\"access\":\"rw\",\"write\":{\"danger\":\"none\"}}");
  complaints = plancia_map_probe (whole);
  g_assert_nonnull (find_complaint (complaints, "registers[0].access"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/map/overlay/any-two", test_any_two);
  g_test_add_func ("/map/overlay/differences", test_differences);
  g_test_add_func ("/map/overlay/probe", test_probe);
  g_test_add_func ("/map/overlay/forbidden", test_forbidden);
  return g_test_run ();
}
