/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/console-words.h"

#include <glib/gi18n.h>

/* A longer answer is cut; its bytes stand above. */
#define MAX_WORDS 24
#define DOTS      "\342\200\246"

static const char *
function_name (guint8 function)
{
  switch (function) {
  case 1:
    return _ ("read coils");
  case 2:
    return _ ("read discrete inputs");
  case 3:
    return _ ("read holding registers");
  case 4:
    return _ ("read input registers");
  case 5:
    return _ ("write a coil");
  case 6:
    return _ ("write a register");
  case 15:
    return _ ("write coils");
  case 16:
    return _ ("write registers");
  default:
    return NULL;
  }
}

static const char *
exception_name (guint8 exception)
{
  switch (exception) {
  case 1:
    return _ ("function not supported");
  case 2:
    return _ ("no such address");
  case 3:
    return _ ("value not allowed");
  case 4:
    return _ ("failure in the device");
  case 5:
    return _ ("accepted, takes longer");
  case 6:
    return _ ("busy");
  default:
    return _ ("unknown reason");
  }
}

static void
append_function (GString *text, const PlanciaConsoleFrame *frame)
{
  const char *name = function_name (frame->function);

  if (name != NULL)
    g_string_append (text, name);
  else
    /* Translators: number of a Modbus function that has no name. */
    g_string_append_printf (text, _ ("function %u"), frame->function);
}

static void
append_address (GString *text, const PlanciaConsoleFrame *frame)
{
  guint last = frame->address + MAX (frame->count, 1) - 1u;

  if (!frame->has_address)
    return;
  g_string_append_printf (text, " 0x%04X", frame->address);
  if (last > frame->address)
    g_string_append_printf (text, "\342\200\2230x%04X", last & 0xffff);
}

static void
append_values (GString *text, const PlanciaConsoleFrame *frame)
{
  gboolean bits = frame->function == 1 || frame->function == 2 || frame->function == 15;
  gsize    size = bits ? 1 : 2, count = frame->n_values / size;

  if (frame->values == NULL || count == 0)
    return;
  g_string_append (text, " =");
  for (gsize i = 0; i < MIN (count, MAX_WORDS); i++)
    if (bits)
      g_string_append_printf (text, " %02X", frame->values[i]);
    else
      g_string_append_printf (text, " %02X%02X", frame->values[2 * i], frame->values[2 * i + 1]);
  if (count > MAX_WORDS)
    g_string_append (text, " " DOTS);
}

static void
append_frame (GString *text, const PlanciaConsoleFrame *frame)
{
  if (frame->kind == PLANCIA_CONSOLE_FRAME_REQUEST)
    /* Translators: Modbus, number of the device that is asked. */
    g_string_append_printf (text, _ ("request to %u: "), frame->unit);
  else
    /* Translators: Modbus, number of the device that answers. */
    g_string_append_printf (text, _ ("answer of %u: "), frame->unit);
  append_function (text, frame);
  if (frame->exception != 0) {
    /* Translators: Modbus exception, number and meaning. */
    g_string_append_printf (
      text,
      _ (", refused with %u, %s"), frame->exception, exception_name (frame->exception));
  } else {
    append_address (text, frame);
    append_values (text, frame);
  }
}

/**
 * plancia_console_frame_words:
 *
 * Returns: (transfer full): such as "request to 1: read holding registers 0x0404–0x0405 · CRC right"
 */
char *
plancia_console_frame_words (const PlanciaConsoleFrame *frame)
{
  GString *text = g_string_new (NULL);

  if (frame->kind == PLANCIA_CONSOLE_FRAME_NONE) {
    g_string_append_printf (text,
                            g_dngettext (GETTEXT_PACKAGE,
                                         "%u byte that is no frame",
                                         "%u bytes that are no frame",
                                         (gulong) frame->length),
                            (guint) frame->length);
    return g_string_free (text, FALSE);
  }
  append_frame (text, frame);
  g_string_append (text, " \302\267 ");
  g_string_append (text, frame->crc_right ? _ ("CRC right") : _ ("CRC wrong"));
  return g_string_free (text, FALSE);
}
