/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/import.h"
#include <string.h>

/* What the tests of the importers share. */

static inline PlanciaImport *
import_text (const char                 *text,
             const char                 *origin,
             const PlanciaImportOptions *options,
             GError                    **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return plancia_import_bytes (bytes, origin, options, error);
}

/* The one report about a line for this reason. */
static inline const PlanciaImportItem *
find_item (const PlanciaImport *result, guint line, PlanciaImportReason reason)
{
  for (guint i = 0; i < result->report->items->len; i++) {
    const PlanciaImportItem *item = g_ptr_array_index (result->report->items, i);

    if (item->line == line && item->reason == reason)
      return item;
  }

  for (guint i = 0; i < result->report->items->len; i++) {
    const PlanciaImportItem *item = g_ptr_array_index (result->report->items, i);
    g_autofree char         *words = plancia_import_item_reason (item);

    g_test_message ("line %u: %s: %s", item->line, item->name, words);
  }
  g_error ("line %u says nothing about %s", line, plancia_import_reason_nick (reason));
  return NULL;
}

static inline const PlanciaField *
find_at (const PlanciaImport *result, guint address)
{
  for (guint i = 0; i < plancia_map_get_n_fields (result->map); i++)
    if (plancia_map_get_field (result->map, i)->address == address)
      return plancia_map_get_field (result->map, i);

  return NULL;
}

/* Nothing that was imported can be written. */
static inline void
assert_read_only (const PlanciaImport *result)
{
  for (guint i = 0; i < plancia_map_get_n_fields (result->map); i++)
    g_assert_false (plancia_field_is_writable (plancia_map_get_field (result->map, i)));
}
