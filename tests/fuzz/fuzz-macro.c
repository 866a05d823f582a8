/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "model/console-macro.h"

/* A file of the console's buttons, and what one of them does. */
static void
fuzz_steps (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) steps = plancia_console_steps_parse (text, "\r\n", &error);

  FUZZ_PROMISE ((steps == NULL) == (error != NULL));
  for (guint i = 0; steps && i < steps->len; i++) {
    const PlanciaConsoleStep *step = &g_array_index (steps, PlanciaConsoleStep, i);

    FUZZ_PROMISE (step->kind != PLANCIA_CONSOLE_STEP_REPEAT || step->target <= i);
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) macros = plancia_console_macros_parse (text, (gssize) size, &error);

  FUZZ_PROMISE ((macros == NULL) == (error != NULL));
  if (macros != NULL) {
    g_autofree char *again = plancia_console_macros_to_json (macros);
    g_autoptr (GPtrArray) same = plancia_console_macros_parse (again, -1, NULL);

    FUZZ_PROMISE (same != NULL && same->len == macros->len);
  }
  fuzz_steps (text);
  return 0;
}
