/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/map-catalog.h"
#include "map/read-plan.h"
#include <string.h>

#include "tests/base/own-dirs.h"

#define FAST   (1u << PLANCIA_POLL_FAST)
#define NORMAL (1u << PLANCIA_POLL_NORMAL)
#define ALL    0x1Fu

static PlanciaMap *
get_map (const char *id)
{
  g_autoptr (GError) error = NULL;
  PlanciaMap *map = plancia_map_catalog_get (id, &error);

  g_assert_no_error (error);
  return map;
}

static guint
count_requests (PlanciaMap *map, guint polls, gboolean optional, guint max_read, guint gap)
{
  g_autoptr (GPtrArray) fields = plancia_read_plan_select (map, polls, optional);
  g_autoptr (GPtrArray) plan = plancia_read_plan_new (map, fields, max_read, gap);

  return plan->len;
}

/* The table of the map facts: requests a cycle for fast, fast and normal, everything. */
static void
test_counts (void)
{
  static const struct
  {
    const char *map;
    guint       gap;
    guint       max_read;
    guint       fast;
    guint       normal;
    guint       all;
  } cases[] = {
    {"zcs-3ph-hyd-g3",       0,         0,  11, 22, 48},
    {"zcs-3ph-hyd-g3",       8,         0,  9,  8,  22},
    {"zcs-3ph-hyd-g3",       16,        0,  6,  8,  19},
    {"zcs-3ph-hyd-g3",       63,        0,  6,  8,  16},
    {"zcs-3ph-hyd-g3",       G_MAXUINT, 0,  9,  8,  22},
    {"zcs-1ph-hyd-hp-g3",    0,         0,  9,  18, 39},
    {"zcs-1ph-hyd-hp-g3",    8,         0,  7,  9,  23},
    {"zcs-1ph-hyd-hp-g3",    16,        0,  7,  9,  20},
    {"zcs-1ph-hyd-hp-g3",    63,        0,  6,  8,  16},
    {"zcs-3ph-ktl-v3-g3",    0,         0,  8,  14, 23},
    {"zcs-3ph-ktl-v3-g3",    8,         0,  7,  5,  14},
    {"zcs-3ph-ktl-v3-g3",    16,        0,  4,  5,  12},
    {"zcs-3ph-ktl-v3-g3",    63,        0,  4,  5,  10},
    {"zcs-1ph-hyd-zss-old",  0,         60, 5,  10, 8 },
    {"zcs-1ph-hyd-zss-old",  8,         60, 2,  3,  5 },
    {"zcs-1ph-hyd-zss-old",  16,        60, 2,  2,  5 },
    {"chint-ddsu666",        G_MAXUINT, 0,  1,  1,  2 },
    {"chint-dtsu666",        G_MAXUINT, 0,  2,  2,  7 },
    {"zcs-1ph-3000sp-old",   G_MAXUINT, 0,  1,  1,  4 },
    {"zcs-3ph-350ktl-hv-g3", G_MAXUINT, 0,  7,  5,  17},
    {"zcs-battery-bms-g3",   G_MAXUINT, 0,  0,  2,  2 },
    {"zcs-string-old",       G_MAXUINT, 0,  1,  1,  2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PlanciaMap) map = get_map (cases[i].map);
    guint read = cases[i].max_read;
    guint gap = cases[i].gap;

    g_test_message ("%s, gap %u", cases[i].map, gap);
    g_assert_cmpuint (count_requests (map, FAST, FALSE, read, gap), ==, cases[i].fast);
    g_assert_cmpuint (count_requests (map, FAST | NORMAL, FALSE, read, gap), ==, cases[i].normal);
    g_assert_cmpuint (count_requests (map, ALL, TRUE, read, gap), ==, cases[i].all);
  }
}

/* Whatever is asked for: every field once and whole, and no rule broken. */
static void
assert_plan (PlanciaMap *map, GPtrArray *fields, guint max_read)
{
  const PlanciaMapLimits *limits = plancia_map_get_limits (map);
  g_autoptr (GPtrArray) plan = plancia_read_plan_new (map, fields, max_read, G_MAXUINT);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < plan->len; i++) {
    const PlanciaReadBlock *block = g_ptr_array_index (plan, i);
    guint                   last = block->address + block->count - 1;

    g_assert_cmpuint (block->count, <=, limits->max_read);
    if (block->fields->len > 1)
      g_assert_cmpuint (block->count, <=, MAX (max_read, 1));
    if (limits->alignment > 0)
      g_assert_cmpuint (block->address / limits->alignment, ==, last / limits->alignment);
    for (guint j = 0; j < block->fields->len; j++) {
      const PlanciaField *field = g_ptr_array_index (block->fields, j);

      g_assert_cmpuint (field->read_function, ==, block->function);
      g_assert_cmpuint (field->address, >=, block->address);
      g_assert_cmpuint (field->address + field->count - 1, <=, last);
      g_assert_true (g_hash_table_add (seen, (gpointer) field));
    }
  }
  g_assert_cmpuint (g_hash_table_size (seen), ==, fields->len);
}

static void
test_random_subsets (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_auto (GStrv) ids = plancia_map_catalog_list ();

  for (guint i = 0; ids[i] != NULL; i++) {
    g_autoptr (PlanciaMap) map = get_map (ids[i]);

    for (guint round = 0; round < 40; round++) {
      g_autoptr (GPtrArray) fields = g_ptr_array_new ();
      guint max_read = g_rand_int_range (random, 1, 61);

      for (guint j = 0; j < plancia_map_get_n_fields (map); j++)
        if (g_rand_boolean (random))
          g_ptr_array_insert (fields,
                              fields->len > 0 ? g_rand_int_range (random, 0, fields->len) : 0,
                              (gpointer) plancia_map_get_field (map, j));
      assert_plan (map, fields, max_read);
    }
  }
}

/* Registers at 0, 4, 8 and 16, of which 5 to 7 and 12 to 17 must not be read. */
static PlanciaMap *
make_forbidding_map (void)
{
  g_autoptr (GString) text = g_string_new (
    "{\"format\":\"register-map\",\"version\":1,\"id\":\"tiny\",\"name\":\"T\","
    "\"device_kind\":\"other\",\"defaults\":{\"unit_id\":1,\"read_function\":3,"
    "\"write_function\":16,\"word_order\":\"big\",\"byte_order\":\"big\"},"
    "\"limits\":{\"max_gap\":20,\"never_read\":[[5,7],[12,17]]},"
    "\"groups\":[{\"key\":\"g\",\"name\":\"G\"}],\"sources\":[{\"ref\":\"t\"}],\"registers\":[");
  const guint addresses[] = {0, 4, 8, 16};
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  PlanciaMap *map;

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    g_string_append_printf (text,
                            "%s{\"key\":\"r%u\",\"name\":\"R\",\"group\":\"g\",\"address\":%u,"
                            "\"count\":1,\"type\":\"u16\"}",
                            i > 0 ? "," : "",
                            addresses[i],
                            addresses[i]);
  g_string_append (text, "]}");
  bytes = g_bytes_new (text->str, text->len);
  map = plancia_map_new_from_bytes (bytes, "tiny.json", &error);
  g_assert_no_error (error);

  return map;
}

static void
test_never_read (void)
{
  g_autoptr (PlanciaMap) map = make_forbidding_map ();
  g_autoptr (GPtrArray) fields = plancia_read_plan_select (map, ALL, TRUE);
  g_autoptr (GPtrArray) plan = plancia_read_plan_new (map, fields, 0, G_MAXUINT);
  const PlanciaReadBlock *block;

  g_assert_cmpuint (fields->len, ==, 4);
  g_assert_cmpuint (plan->len, ==, 2);
  block = g_ptr_array_index (plan, 0);
  g_assert_cmpuint (block->address, ==, 0);
  g_assert_cmpuint (block->count, ==, 5);
  block = g_ptr_array_index (plan, 1);
  g_assert_cmpuint (block->address, ==, 8);
  g_assert_cmpuint (block->count, ==, 1);
}

/* With a cap below its length a field is still read whole, alone. */
static void
test_long_field (void)
{
  g_autoptr (PlanciaMap) map = get_map ("zcs-3ph-hyd-g3");
  const PlanciaField *faults = NULL;
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GPtrArray) plan = NULL;
  const PlanciaReadBlock *block;

  for (guint i = 0; i < plancia_map_get_n_fields (map); i++) {
    const PlanciaField *field = plancia_map_get_field (map, i);

    if (field->type == PLANCIA_FIELD_BITS && field->count == 18)
      faults = field;
  }
  g_assert_nonnull (faults);
  g_ptr_array_add (fields, (gpointer) faults);
  g_ptr_array_add (fields, (gpointer) plancia_map_find_field (map, "state"));
  plan = plancia_read_plan_new (map, fields, 10, G_MAXUINT);
  g_assert_cmpuint (plan->len, ==, 2);
  block = g_ptr_array_index (plan, 1);
  g_assert_cmpuint (block->count, ==, 18);
  g_assert_cmpuint (block->fields->len, ==, 1);
}

static void
test_empty (void)
{
  g_autoptr (PlanciaMap) map = get_map ("zcs-3ph-hyd-g3");
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GPtrArray) plan = plancia_read_plan_new (map, fields, 0, G_MAXUINT);

  g_assert_cmpuint (plan->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/read-plan/counts", test_counts);
  g_test_add_func ("/read-plan/random-subsets", test_random_subsets);
  g_test_add_func ("/read-plan/never-read", test_never_read);
  g_test_add_func ("/read-plan/long-field", test_long_field);
  g_test_add_func ("/read-plan/empty", test_empty);

  return g_test_run ();
}
