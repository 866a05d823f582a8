/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "history/chunk.h"
#include <string.h>

/* What is read can be written and read again, and is the same to the bit. */
static void
read_again (GArray *times, GArray *values)
{
  g_autoptr (GBytes) bytes =
    plancia_chunk_encode ((const gint64 *) times->data, (const double *) values->data, times->len);
  g_autoptr (GArray) new_times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) new_values = g_array_new (FALSE, FALSE, sizeof (double));

  FUZZ_PROMISE (plancia_chunk_decode (g_bytes_get_data (bytes, NULL),
                                      g_bytes_get_size (bytes),
                                      new_times,
                                      new_values,
                                      NULL));
  FUZZ_PROMISE (new_times->len == times->len);
  FUZZ_PROMISE (memcmp (new_times->data, times->data, times->len * sizeof (gint64)) == 0);
  FUZZ_PROMISE (memcmp (new_values->data, values->data, values->len * sizeof (double)) == 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GError) error = NULL;
  gboolean good = plancia_chunk_decode (data, size, times, values, &error);

  FUZZ_PROMISE (good == (error == NULL));
  FUZZ_PROMISE (times->len == values->len);
  FUZZ_PROMISE (good == (times->len > 0));
  for (guint i = 1; i < times->len; i++)
    FUZZ_PROMISE (g_array_index (times, gint64, i - 1) < g_array_index (times, gint64, i));
  if (good)
    read_again (times, values);
  return 0;
}
