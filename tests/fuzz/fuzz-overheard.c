/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "protocol/console-decode.h"

/* Bursts that were overheard on a line: half of the bytes, then the rest, which the first half may explain. */
static void
fuzz_burst (const guint8 *data, gsize length, PlanciaConsoleAsked *asked)
{
  g_autofree guint8 *copy = g_memdup2 (data, length);
  gsize              end = 0;
  g_autoptr (GArray) frames = plancia_console_decode (copy, length, asked);

  for (guint i = 0; i < frames->len; i++) {
    const PlanciaConsoleFrame *frame = &g_array_index (frames, PlanciaConsoleFrame, i);

    FUZZ_PROMISE (frame->start == end && frame->length > 0);
    end += frame->length;
    if (frame->n_values > 0)
      FUZZ_PROMISE (frame->values >= copy + frame->start &&
                    frame->values + frame->n_values <= copy + end);
  }
  FUZZ_PROMISE (end == length);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  PlanciaConsoleAsked asked = {0};

  fuzz_burst (data, size / 2, &asked);
  fuzz_burst (data + size / 2, size - size / 2, &asked);
  return 0;
}
