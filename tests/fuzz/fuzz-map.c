/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "map/map.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaMap) map = plancia_map_new_from_bytes (bytes, "input", &error);

  FUZZ_PROMISE ((map == NULL) == (error != NULL));
  return 0;
}
