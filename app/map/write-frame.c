/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/write-frame.h"

#include "protocol/modbus-pdu.h"

/* Bytes of a request before its words: function, address; for function 16 count and length too. */
#define HEAD_SINGLE   3
#define HEAD_MULTIPLE 6

static GBytes *
request_of (const PlanciaWriteStep *step)
{
  if (step->function == PLANCIA_MODBUS_WRITE_SINGLE)
    return plancia_modbus_pdu_write_single (step->address, step->words[0]);
  return plancia_modbus_pdu_write_multiple (step->address, step->words, step->count);
}

static gboolean
is_open (const PlanciaWriteStep *step, gsize byte)
{
  gsize head = step->function == PLANCIA_MODBUS_WRITE_SINGLE ? HEAD_SINGLE : HEAD_MULTIPLE;

  return byte >= head && step->fill[(byte - head) / 2];
}

/**
 * plancia_write_step_frame:
 * @unit: whom it is for
 * @filled: plancia_write_step_fill() was called
 *
 * Any thread.
 */
char *
plancia_write_step_frame (const PlanciaWriteStep *step, int unit, gboolean filled)
{
  g_autoptr (GBytes) request = request_of (step);
  gsize         length;
  const guint8 *bytes = g_bytes_get_data (request, &length);
  GString      *text = g_string_new (NULL);

  g_string_append_printf (text, "%02X", (guint) unit & 0xff);
  for (gsize i = 0; i < length; i++)
    if (!filled && is_open (step, i))
      g_string_append (text, " --");
    else
      g_string_append_printf (text, " %02X", bytes[i]);
  return g_string_free (text, FALSE);
}
