/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/console-buffer.h"

#include "base/clock.h"
#include "base/signal-new.h"
#include <string.h>

struct _PlanciaConsoleBuffer
{
  GObject parent_instance;

  PlanciaConsoleStore *store;
  guint                idle_id;
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaConsoleBuffer, plancia_console_buffer, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static gboolean
emit_changed_cb (gpointer user_data)
{
  PlanciaConsoleBuffer *self = user_data;

  self->idle_id = 0;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
queue_changed (PlanciaConsoleBuffer *self)
{
  if (self->idle_id == 0)
    self->idle_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, emit_changed_cb, self, NULL);
}

static void
plancia_console_buffer_dispose (GObject *object)
{
  PlanciaConsoleBuffer *self = PLANCIA_CONSOLE_BUFFER (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  G_OBJECT_CLASS (plancia_console_buffer_parent_class)->dispose (object);
}

static void
plancia_console_buffer_finalize (GObject *object)
{
  plancia_console_store_free (PLANCIA_CONSOLE_BUFFER (object)->store);
  G_OBJECT_CLASS (plancia_console_buffer_parent_class)->finalize (object);
}

static void
plancia_console_buffer_class_init (PlanciaConsoleBufferClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_console_buffer_dispose;
  object_class->finalize = plancia_console_buffer_finalize;

  signals[SIGNAL_CHANGED] = plancia_signal_new (PLANCIA_TYPE_CONSOLE_BUFFER, "changed", 0);
}

static void
plancia_console_buffer_init (PlanciaConsoleBuffer *self)
{
  self->store = plancia_console_store_new (PLANCIA_CONSOLE_MAX_LINES, PLANCIA_CONSOLE_MAX_BYTES);
}

/**
 * plancia_console_buffer_new:
 *
 * Returns: (transfer full)
 */
PlanciaConsoleBuffer *
plancia_console_buffer_new (void)
{
  return g_object_new (PLANCIA_TYPE_CONSOLE_BUFFER, NULL);
}

/**
 * plancia_console_buffer_get_store:
 *
 * Returns: (transfer none): the lines
 */
const PlanciaConsoleStore *
plancia_console_buffer_get_store (PlanciaConsoleBuffer *self)
{
  return self->store;
}

/**
 * plancia_console_buffer_feed:
 * @time: ms UTC of arrival
 * @bytes: any number of them
 */
void
plancia_console_buffer_feed (PlanciaConsoleBuffer   *self,
                             gint64                  time,
                             PlanciaConsoleDirection direction,
                             GBytes                 *bytes)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  plancia_console_store_feed (self->store, time, direction, data, length);
  queue_changed (self);
}

/**
 * plancia_console_buffer_notice:
 * @sentence: translated, without a line break
 */
void
plancia_console_buffer_notice (PlanciaConsoleBuffer *self, const char *sentence)
{
  g_autoptr (GBytes) bytes = g_bytes_new (sentence, strlen (sentence));

  plancia_console_buffer_feed (self, plancia_clock_now (), PLANCIA_CONSOLE_NOTICE, bytes);
}

/**
 * plancia_console_buffer_clear:
 */
void
plancia_console_buffer_clear (PlanciaConsoleBuffer *self)
{
  plancia_console_store_clear (self->store);
  queue_changed (self);
}

/**
 * plancia_console_buffer_set_gap:
 * @gap: ms; 0 for lines of text
 */
void
plancia_console_buffer_set_gap (PlanciaConsoleBuffer *self, guint gap)
{
  plancia_console_store_set_gap (self->store, gap);
}

/**
 * plancia_console_buffer_asks_secret:
 *
 * Returns: %TRUE if the last line received has no end yet and speaks of a password
 */
gboolean
plancia_console_buffer_asks_secret (PlanciaConsoleBuffer *self)
{
  guint64            end = plancia_console_store_get_end (self->store);
  PlanciaConsoleItem item;
  g_autofree char   *text = NULL;
  g_autofree char   *folded = NULL;

  if (end == plancia_console_store_get_first (self->store))
    return FALSE;
  plancia_console_store_get (self->store, end - 1, &item);
  if (item.direction != PLANCIA_CONSOLE_RECEIVED || item.complete)
    return FALSE;
  text = g_strndup ((const char *) item.data, item.length);
  folded = g_ascii_strdown (text, -1);
  return strstr (folded, "password") != NULL || strstr (folded, "passphrase") != NULL;
}
