/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What bringing maps costs: a definition file of one megabyte, a table of half of it, and putting together and checking all that ship. */
#include "map/import.h"
#include "map/map-catalog.h"
#include <string.h>

#define BYTES  (1024 * 1024)
#define ROUNDS 10

static double
elapsed (gint64 since)
{
  return (double) (g_get_monotonic_time () - since) / 1000;
}

static GBytes *
make_definition (void)
{
  GString *text = g_string_new ("default:\n  update_interval: 5\nparameters:\n");

  for (guint i = 0; text->len < BYTES; i++) {
    if (i % 20 == 0)
      g_string_append_printf (text, "  - group: Group %u\n    items:\n", i / 20);
    g_string_append_printf (
      text,
      "      - name: \"Value %u\"\n        class: \"voltage\"\n        state_class: \"measurement\"\n"
      "        uom: \"V\"\n        scale: 0.1\n        rule: 1\n        registers: [0x%04X]\n"
      "        icon: \"mdi:solar-power-variant\"\n        lookup:\n          - key: 0\n            value: \"Off\"\n",
      i,
      i);
  }
  return g_string_free_to_bytes (text);
}

static GBytes *
make_table (void)
{
  GString *text = g_string_new ("Function name;register address;fields;type;accuracy;units\n");

  for (guint i = 0; text->len < BYTES / 2; i++)
    g_string_append_printf (
      text,
      "\"Group %u\";\"%04X\";\"Measured value with number %u\";\"U16\";0,1;\"V\"\n",
      i / 20,
      i,
      i);
  return g_string_free_to_bytes (text);
}

static void
measure_import (GBytes *bytes, const char *name, const char *aim)
{
  double best = G_MAXDOUBLE;
  guint  n_taken = 0;

  for (guint i = 0; i < ROUNDS; i++) {
    g_autoptr (GError) error = NULL;
    gint64 start = g_get_monotonic_time ();
    g_autoptr (PlanciaImport) result = plancia_import_bytes (bytes, name, NULL, &error);

    if (!result)
      g_error ("%s", error->message);
    best = MIN (best, elapsed (start));
    n_taken = result->report->n_taken;
  }
  g_print ("%s: %.0f kB, %u registers: %.1f ms%s\n",
           name,
           g_bytes_get_size (bytes) / 1024.0,
           n_taken,
           best,
           aim);
}

int
main (void)
{
  g_autoptr (GBytes) definition = make_definition ();
  g_autoptr (GBytes) table = make_table ();
  g_auto (GStrv) ids = plancia_map_catalog_list ();
  double best = G_MAXDOUBLE;
  guint  n_fields = 0;

  measure_import (definition, "definition.yaml", " (aim: below 150 ms)");
  measure_import (table, "table.csv", "");
  for (guint round = 0; round < ROUNDS; round++) {
    gint64 start = g_get_monotonic_time ();

    n_fields = 0;
    for (guint i = 0; ids[i]; i++) {
      g_autoptr (GError) error = NULL;
      g_autoptr (PlanciaMap) map = plancia_map_catalog_get (ids[i], &error);

      if (!map)
        g_error ("%s", error->message);
      n_fields += plancia_map_get_n_fields (map);
      plancia_map_catalog_forget (ids[i]);
    }
    best = MIN (best, elapsed (start));
  }
  g_print ("all %u maps put together and checked, %u registers: %.1f ms (aim: below 50 ms)\n",
           g_strv_length (ids),
           n_fields,
           best);
  return 0;
}
