/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "protocol/transcript.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = plancia_transcript_parse_all (text, "input", &error);

  FUZZ_PROMISE ((lines == NULL) == (error != NULL));
  for (guint i = 0; lines && i < lines->len; i++) {
    g_autofree char *again = plancia_transcript_format (g_ptr_array_index (lines, i));
    g_autoptr (PlanciaTranscriptLine) line = plancia_transcript_parse (again, NULL);

    FUZZ_PROMISE (line != NULL);
  }
  return 0;
}
