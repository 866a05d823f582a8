/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/alarm-ids.h"

#include "map/map-catalog.h"
#include <string.h>

static PlanciaMap *
get_map (const char *id)
{
  g_autoptr (GError) error = NULL;
  PlanciaMap *map = plancia_map_catalog_get (id, &error);

  g_assert_no_error (error);
  return map;
}

/* One number, three families, three meanings. */
static void
differ_by_family (void)
{
  g_autoptr (PlanciaMap) g3 = get_map ("zcs-3ph-hyd-g3");
  g_autoptr (PlanciaMap) sp = get_map ("zcs-1ph-3000sp-old");
  g_autoptr (PlanciaMap) old = get_map ("zcs-1ph-hyd-zss-old");
  gboolean warning;

  g_assert_cmpstr (plancia_alarm_ids_find (g3, 1, &warning), ==, "Grid voltage too high");
  g_assert_cmpstr (plancia_alarm_ids_find (sp, 1, &warning), ==, "Grid voltage too high");
  g_assert_cmpstr (plancia_alarm_ids_find (sp, 35, &warning),
                   ==,
                   "Current transformer faulty or turned round");
  g_assert_cmpstr (plancia_alarm_ids_find (old, 35, &warning),
                   !=,
                   plancia_alarm_ids_find (sp, 35, &warning));
  g_assert_null (plancia_alarm_ids_find (sp, 64, &warning));
  g_assert_null (plancia_alarm_ids_find (g3, 9999, &warning));
  g_assert_null (plancia_alarm_ids_find (g3, 0, &warning));
  g_assert_null (plancia_alarm_ids_find (NULL, 1, &warning));
}

/* Every fault label of every map is found by its number. */
static void
cover_every_fault (void)
{
  static const char *const ids[] = {"zcs-3ph-hyd-g3", "zcs-string-old", "sim-power-magic"};
  guint                    n = 0;

  for (guint m = 0; m < G_N_ELEMENTS (ids); m++) {
    g_autoptr (PlanciaMap) map = get_map (ids[m]);

    for (guint i = 0; i < plancia_map_get_n_fields (map); i++) {
      const PlanciaField *field = plancia_map_get_field (map, i);
      gboolean            warning;

      if (field->bits == NULL || strstr (field->key, "fault") == NULL)
        continue;
      for (guint j = 0; j < field->bits->len; j++) {
        const PlanciaLabel *label = g_ptr_array_index (field->bits, j);

        g_assert_cmpint (plancia_alarm_ids_of_bit (field, (guint) label->number), ==, label->id);
        if (label->id == 0)
          continue;
        g_assert_cmpstr (plancia_alarm_ids_find (map, label->id, &warning), ==, label->label);
        n++;
      }
    }
  }
  g_assert_cmpuint (n, >, 378);
}

static void
count_on_without_words (void)
{
  g_autoptr (PlanciaMap) map = get_map ("zcs-3ph-hyd-g3");
  const PlanciaField *second = plancia_map_find_field (map, "faults_2");
  const PlanciaField *power = plancia_map_find_field (map, "power_control");

  /* Word n bit b is (n - 1) * 16 + b + 1; faults_2 begins with word 19. */
  g_assert_cmpint (plancia_alarm_ids_of_bit (second, 0), ==, 289);
  g_assert_cmpint (plancia_alarm_ids_of_bit (second, 191), ==, 480);
  g_assert_cmpint (plancia_alarm_ids_of_bit (power, 15), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/alarm-ids/differ by family", differ_by_family);
  g_test_add_func ("/alarm-ids/cover every fault", cover_every_fault);
  g_test_add_func ("/alarm-ids/count on without words", count_on_without_words);
  return g_test_run ();
}
