/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "parcel/words.h"

/* Whatever is left out can be said. */
static void
tell (PlanciaParcel *parcel)
{
  GPtrArray *troubles = plancia_parcel_get_troubles (parcel);

  for (guint i = 0; i < troubles->len; i++) {
    g_autofree char *text = plancia_parcel_words_trouble (g_ptr_array_index (troubles, i));

    FUZZ_PROMISE (g_utf8_validate (text, -1, NULL));
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaParcel) parcel = plancia_parcel_open_bytes (bytes, &error);

  FUZZ_PROMISE ((parcel == NULL) == (error != NULL));
  if (parcel != NULL) {
    const PlanciaParcelCounts *counts = plancia_parcel_get_counts (parcel);

    FUZZ_PROMISE (plancia_parcel_get_plant_id (parcel) != NULL);
    FUZZ_PROMISE (plancia_parcel_get_plant_name (parcel) != NULL);
    FUZZ_PROMISE (counts->n[PLANCIA_PARCEL_PLANT] == (guint) plancia_parcel_has_plant (parcel));
    FUZZ_PROMISE (counts->samples >= 0);
    tell (parcel);
  }
  return 0;
}
