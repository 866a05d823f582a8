/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fuzz.h"

#include "map/import.h"
#include <string.h>

/* Any bytes as a file of one format: a map that loads and writes nothing, or an error. */
static inline int
fuzz_import (const uint8_t *data, size_t size, PlanciaImportFormat format)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  PlanciaImportOptions options = {.format = format};
  g_autoptr (PlanciaImport) result = plancia_import_bytes (bytes, "input", &options, &error);

  FUZZ_PROMISE ((result == NULL) == (error != NULL));
  if (result == NULL) {
    /* What the importer wrote itself must be a map: every complaint is about the file as a whole, unless the file speaks of
     * such registers itself. */
    FUZZ_PROMISE (strstr (error->message, "registers[") == NULL ||
                  memmem (data, size, "registers[", strlen ("registers[")) != NULL);
    return 0;
  }
  FUZZ_PROMISE ((result->json == NULL) == (result->map == NULL));
  if (result->json != NULL) {
    g_autoptr (GBytes) text = g_bytes_new (result->json, strlen (result->json));
    g_autoptr (PlanciaMap) again = plancia_map_new_from_bytes (text, "again", NULL);

    FUZZ_PROMISE (again != NULL);
    FUZZ_PROMISE (plancia_map_get_n_fields (again) == plancia_map_get_n_fields (result->map));
  }
  for (guint i = 0; result->map != NULL && i < plancia_map_get_n_fields (result->map); i++)
    FUZZ_PROMISE (!plancia_field_is_writable (plancia_map_get_field (result->map, i)));
  for (guint i = 0; i < result->report->items->len; i++) {
    g_autofree char *reason =
      plancia_import_item_reason (g_ptr_array_index (result->report->items, i));

    FUZZ_PROMISE (reason[0] != '\0' && g_utf8_validate (reason, -1, NULL));
  }
  return 0;
}
