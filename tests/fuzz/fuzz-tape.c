/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "protocol/tape-index.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaTape) tape = plancia_tape_parse (bytes, "input", &error);

  FUZZ_PROMISE ((tape == NULL) == (error != NULL));
  if (tape == NULL)
    return 0;
  FUZZ_PROMISE (tape->end >= tape->start);
  for (guint i = 0; i < tape->entries->len; i++) {
    const PlanciaTapeEntry *entry = g_ptr_array_index (tape->entries, i);

    FUZZ_PROMISE (entry->link < tape->links->len);
    FUZZ_PROMISE ((entry->exchange == NULL) != (entry->said == NULL));
    FUZZ_PROMISE (i == 0 ||
                  entry->time >= ((PlanciaTapeEntry *) tape->entries->pdata[i - 1])->time);
  }
  for (guint i = 0; i < tape->links->len && i < 4; i++) {
    g_autoptr (PlanciaTapeIndex) index = plancia_tape_index_new (tape, i);
    g_autoptr (GError) failure = NULL;
    guint16  words[2];
    gboolean found =
      plancia_tape_index_read (index, tape->end, 1, 3, 0x0404, 2, words, NULL, &failure);

    FUZZ_PROMISE (found == (failure == NULL));
    plancia_tape_index_get_failure (index, tape->end, 1);
  }
  return 0;
}
