/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "protocol/console-lines.h"

static void
fuzz_lines (GBytes *bytes)
{
  g_autoptr (PlanciaConsoleLines) lines = plancia_console_lines_new ();
  gboolean continues = FALSE;
  gsize    total = 0;
  g_autoptr (GPtrArray)
    cut = plancia_console_lines_feed (lines, PLANCIA_CONSOLE_RECEIVED, 0, bytes, &continues);

  for (guint i = 0; i < cut->len; i++) {
    PlanciaConsoleLine *line = g_ptr_array_index (cut, i);

    total += g_bytes_get_size (line->bytes);
  }
  FUZZ_PROMISE (total == g_bytes_get_size (bytes));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autofree char *typed = g_strndup ((const char *) data, size);
  g_autoptr (GArray) escapes = NULL;
  g_autofree char *text = plancia_console_text (bytes, &escapes);
  g_autofree char *hex = plancia_console_hex (bytes);
  g_autoptr (GBytes) plain = plancia_console_parse (typed, FALSE, "\r\n", NULL);
  g_autoptr (GBytes) decoded = plancia_console_parse (typed, TRUE, "", NULL);

  FUZZ_PROMISE (g_utf8_validate (text, -1, NULL));
  FUZZ_PROMISE (hex != NULL);
  fuzz_lines (bytes);
  return 0;
}
