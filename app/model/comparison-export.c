/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/comparison-private.h"

#include "base/csv.h"
#include "base/text.h"
#include <json-glib/json-glib.h>

static const char *const section_keys[] = {"settings", "identity", "readings", "counters", "one"};

static void
append_row (GString *out, PlanciaComparisonRow *row)
{
  g_autofree char *address = g_strdup_printf ("0x%04X", plancia_comparison_row_get_address (row));
  const char      *a = plancia_comparison_row_get_plain_a (row);
  const char      *b = plancia_comparison_row_get_plain_b (row);
  const char      *cells[] = {section_keys[plancia_comparison_row_get_section (row)],
                              plancia_comparison_row_get_key (row),
                              plancia_comparison_row_get_name (row),
                              address,
                         a != NULL ? a : "",
                         b != NULL ? b : "",
                              plancia_comparison_row_get_unit (row),
                              plancia_comparison_row_get_raw_a (row),
                              plancia_comparison_row_get_raw_b (row),
                         plancia_comparison_row_differs (row) ? "yes" : "no"};

  plancia_csv_append_row (out, cells, G_N_ELEMENTS (cells), ',');
}

/**
 * plancia_comparison_to_csv:
 * @self: a comparison
 *
 * Returns: (transfer full): UTF-8, commas, a line of titles, numbers with a point
 */
char *
plancia_comparison_to_csv (PlanciaComparison *self)
{
  GString *out = g_string_new ("section,key,name,address,a,b,unit,raw_a,raw_b,differs\r\n");

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self)); i++) {
    g_autoptr (PlanciaComparisonRow) row = g_list_model_get_item (G_LIST_MODEL (self), i);

    if (!plancia_comparison_row_is_heading (row))
      append_row (out, row);
  }
  return g_string_free (out, FALSE);
}

static void
add_member (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_snapshot (JsonBuilder *builder, const char *name, PlanciaSnapshot *snapshot)
{
  g_autofree char *time = plancia_text_utc_time (plancia_snapshot_get_time (snapshot));

  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  add_member (builder, "time", time);
  add_member (builder, "name", plancia_snapshot_get_name (snapshot));
  add_member (builder, "serial", plancia_snapshot_get_serial (snapshot));
  add_member (builder, "map", plancia_snapshot_get_map (snapshot));
  add_member (builder, "firmware", plancia_snapshot_get_firmware (snapshot));
  json_builder_end_object (builder);
}

static void
add_row (JsonBuilder *builder, PlanciaComparisonRow *row)
{
  const char *raw_a = plancia_comparison_row_get_raw_a (row);
  const char *raw_b = plancia_comparison_row_get_raw_b (row);

  json_builder_begin_object (builder);
  add_member (builder, "section", section_keys[plancia_comparison_row_get_section (row)]);
  add_member (builder, "key", plancia_comparison_row_get_key (row));
  json_builder_set_member_name (builder, "address");
  json_builder_add_int_value (builder, plancia_comparison_row_get_address (row));
  add_member (builder, "a", plancia_comparison_row_get_plain_a (row));
  add_member (builder, "b", plancia_comparison_row_get_plain_b (row));
  add_member (builder, "unit", plancia_comparison_row_get_unit (row));
  add_member (builder, "raw_a", raw_a[0] != '\0' ? raw_a : NULL);
  add_member (builder, "raw_b", raw_b[0] != '\0' ? raw_b : NULL);
  json_builder_set_member_name (builder, "differs");
  json_builder_add_boolean_value (builder, plancia_comparison_row_differs (row));
  json_builder_end_object (builder);
}

/** plancia_comparison_to_json: (transfer full): pretty, with a line feed at the end */
char *
plancia_comparison_to_json (PlanciaComparison *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  add_snapshot (builder, "a", plancia_comparison_get_a (self));
  add_snapshot (builder, "b", plancia_comparison_get_b (self));
  json_builder_set_member_name (builder, "registers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self)); i++) {
    g_autoptr (PlanciaComparisonRow) row = g_list_model_get_item (G_LIST_MODEL (self), i);

    if (!plancia_comparison_row_is_heading (row))
      add_row (builder, row);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  return g_strconcat (text, "\n", NULL);
}
