/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/overhear.h"

#include "protocol/console-decode.h"

/* A line that is never silent is cut here. */
#define LONGEST_BURST 4096

struct _PlanciaOverhear
{
  guint               gap;
  PlanciaOverhearFunc func;
  gpointer            user_data;

  GByteArray         *burst;
  gint64              time; /* of its first byte */
  guint               timer;
  PlanciaConsoleAsked asked;
};

static const char *const kinds[] = {
  [PLANCIA_CONSOLE_FRAME_REQUEST] = "request",
  [PLANCIA_CONSOLE_FRAME_ANSWER] = "answer",
  [PLANCIA_CONSOLE_FRAME_NONE] = "bytes",
};

static void
append_bytes (GString *out, const guint8 *bytes, gsize length)
{
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (out, " %02x", bytes[i]);
}

static void
append_frame (GString *out, const PlanciaConsoleFrame *frame)
{
  g_string_append_printf (out, " unit %u function %02u", frame->unit, frame->function);
  if (frame->exception != 0)
    g_string_append_printf (out, " exception %u", frame->exception);
  if (frame->has_address)
    g_string_append_printf (out, " address 0x%04X", frame->address);
  if (frame->count > 0)
    g_string_append_printf (out, " count %u", frame->count);
  g_string_append (out, frame->crc_right ? " crc right" : " crc wrong");
  if (frame->n_values > 0)
    g_string_append (out, " values");
  append_bytes (out, frame->values, frame->n_values);
}

static void
tell (PlanciaOverhear *self, const PlanciaConsoleFrame *frame)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (self->time / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  g_autofree char *clock = g_date_time_format (local, "%H:%M:%S");
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (out, "%s.%03d %s", clock, (int) (self->time % 1000), kinds[frame->kind]);
  if (frame->kind == PLANCIA_CONSOLE_FRAME_NONE)
    append_bytes (out, self->burst->data + frame->start, frame->length);
  else
    append_frame (out, frame);
  g_string_append_c (out, '\n');
  self->func (out->str, self->user_data);
}

/**
 * plancia_overhear_flush:
 * @self: what was heard
 *
 * Tells the frames of the burst that has come by now.
 */
void
plancia_overhear_flush (PlanciaOverhear *self)
{
  g_autoptr (GArray) frames = NULL;

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->burst->len == 0)
    return;
  frames = plancia_console_decode (self->burst->data, self->burst->len, &self->asked);
  for (guint i = 0; i < frames->len; i++)
    tell (self, &g_array_index (frames, PlanciaConsoleFrame, i));
  g_byte_array_set_size (self->burst, 0);
}

static gboolean
silent_cb (gpointer user_data)
{
  PlanciaOverhear *self = user_data;

  self->timer = 0;
  plancia_overhear_flush (self);
  return G_SOURCE_REMOVE;
}

/**
 * plancia_overhear_feed:
 * @self: what was heard
 * @time: of the first byte, ms UTC
 * @bytes: what has come
 *
 * The function is called when the line is silent.
 */
void
plancia_overhear_feed (PlanciaOverhear *self, gint64 time, GBytes *bytes)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  if (self->burst->len == 0)
    self->time = time;
  g_byte_array_append (self->burst, data, (guint) length);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->burst->len >= LONGEST_BURST)
    plancia_overhear_flush (self);
  else
    self->timer = g_timeout_add (self->gap, silent_cb, self);
}

/**
 * plancia_overhear_new:
 * @gap: ms of silence after which a burst is over
 * @func: called for each frame, with a line for a script
 * @user_data: for @func
 *
 * Returns: (transfer full): hears nothing yet
 */
PlanciaOverhear *
plancia_overhear_new (guint gap, PlanciaOverhearFunc func, gpointer user_data)
{
  PlanciaOverhear *self = g_new0 (PlanciaOverhear, 1);

  self->gap = gap;
  self->func = func;
  self->user_data = user_data;
  self->burst = g_byte_array_new ();
  return self;
}

void
plancia_overhear_free (PlanciaOverhear *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_byte_array_unref (self->burst);
  g_free (self);
}
