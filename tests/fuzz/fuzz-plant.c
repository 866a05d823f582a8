/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "plant/plant-file.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaPlant) plant = plancia_plant_file_parse (bytes, "input", &error);

  FUZZ_PROMISE ((plant == NULL) == (error != NULL));
  if (plant) {
    /* What was loaded is saved and loaded again without loss. */
    g_autoptr (GBytes) saved = plancia_plant_file_format (plant);
    g_autoptr (PlanciaPlant) again = plancia_plant_file_parse (saved, "saved", NULL);
    g_autoptr (GBytes) twice = again ? plancia_plant_file_format (again) : NULL;

    FUZZ_PROMISE (twice && g_bytes_equal (saved, twice));
  }
  return 0;
}
