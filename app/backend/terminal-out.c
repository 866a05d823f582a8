/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/terminal-out.h"

#include "base/clock.h"
#include <glib-unix.h>

/* Without a byte taken: 2 s, and the time in which the kernel's buffer empties. */
#define LIMIT         2000 /* ms */
#define KERNEL_BUFFER 4096
/* In one go, so that reading has its turn. */
#define WRITE_SIZE 4096

typedef struct
{
  GBytes *bytes;
  GTask  *task;
  gsize   written;
  gint64  time; /* of the first byte */
} Item;

struct _PlanciaTerminalOut
{
  GMainContext          *context; /* borrowed */
  PlanciaTerminalOutFunc func;
  gpointer               user_data;

  PlanciaSerialPort *port; /* NULL: stopped */
  GQueue             items;
  GSource           *output; /* while the port may take something */
  gint64             moved;  /* monotonic ms: when a byte was taken last */
  guint              limit;  /* ms */
};

static void
finish (PlanciaTerminalOut *self, GError *error)
{
  Item *item = g_queue_pop_head (&self->items);
  g_autoptr (GBytes) written = g_bytes_new_from_bytes (item->bytes, 0, item->written);

  self->func (item->time, written, item->task, error, self->user_data);
  g_bytes_unref (item->bytes);
  g_free (item);
  self->moved = plancia_clock_monotonic ();
}

static void
drop_output (PlanciaTerminalOut *self)
{
  if (self->output != NULL)
    g_source_destroy (self->output);
  g_clear_pointer (&self->output, g_source_unref);
}

static void
write_some (PlanciaTerminalOut *self)
{
  Item         *item = g_queue_peek_head (&self->items);
  gsize         length;
  const guint8 *data = g_bytes_get_data (item->bytes, &length);
  gsize         part = MIN (length - item->written, WRITE_SIZE);
  GError       *error = NULL;
  gint64        time = plancia_clock_now ();
  gssize        now = plancia_serial_port_write (self->port, data + item->written, part, &error);

  if (now > 0 && item->written == 0)
    item->time = time;
  if (now > 0) {
    item->written += (gsize) now;
    self->moved = plancia_clock_monotonic ();
  }
  if (now < 0 || item->written == length)
    finish (self, error);
}

static gboolean
writable_cb (int descriptor, GIOCondition condition, gpointer user_data)
{
  PlanciaTerminalOut *self = user_data;

  if (!g_queue_is_empty (&self->items) && plancia_serial_port_is_ready (self->port)) {
    write_some (self);
    if (!g_queue_is_empty (&self->items))
      return G_SOURCE_CONTINUE;
  }
  drop_output (self);
  return G_SOURCE_REMOVE;
}

static void
wait_for_room (PlanciaTerminalOut *self)
{
  if (self->output != NULL || g_queue_is_empty (&self->items) ||
      !plancia_serial_port_is_ready (self->port))
    return;
  self->output = g_unix_fd_source_new (plancia_serial_port_get_fd (self->port), G_IO_OUT);
  g_source_set_callback (self->output, G_SOURCE_FUNC (writable_cb), self, NULL);
  g_source_attach (self->output, self->context);
}

/**
 * plancia_terminal_out_start:
 * @self: what goes out
 * @port: open; borrowed until plancia_terminal_out_stop()
 * @settings: of the port
 */
void
plancia_terminal_out_start (PlanciaTerminalOut          *self,
                            PlanciaSerialPort           *port,
                            const PlanciaSerialSettings *settings)
{
  self->port = port;
  plancia_terminal_out_set_settings (self, settings);
}

void
plancia_terminal_out_set_settings (PlanciaTerminalOut *self, const PlanciaSerialSettings *settings)
{
  self->limit = LIMIT +
                KERNEL_BUFFER * plancia_serial_settings_get_character_time (settings) / 1000;
}

/**
 * plancia_terminal_out_add:
 * @self: what goes out, started
 * @bytes: to write
 * @task: (transfer full): comes back in the function
 */
void
plancia_terminal_out_add (PlanciaTerminalOut *self, GBytes *bytes, GTask *task)
{
  Item *item = g_new0 (Item, 1);

  item->bytes = g_bytes_ref (bytes);
  item->task = task;
  item->time = plancia_clock_now ();
  if (g_queue_is_empty (&self->items))
    self->moved = plancia_clock_monotonic ();
  g_queue_push_tail (&self->items, item);
  if (g_bytes_get_size (bytes) == 0 && self->items.length == 1)
    finish (self, NULL);
  wait_for_room (self);
}

/* A cancelled one goes; a byte that was taken is never called back. */
static void
drop_cancelled (PlanciaTerminalOut *self)
{
  while (!g_queue_is_empty (&self->items)) {
    Item         *item = g_queue_peek_head (&self->items);
    GCancellable *cancellable = g_task_get_cancellable (item->task);
    GError       *error = NULL;

    if (!g_cancellable_set_error_if_cancelled (cancellable, &error))
      return;
    finish (self, error);
  }
}

/**
 * plancia_terminal_out_look:
 * @self: what goes out
 *
 * What was cancelled goes; so does everything when the port has taken nothing for too long.
 */
void
plancia_terminal_out_look (PlanciaTerminalOut *self)
{
  if (self->port == NULL)
    return;
  drop_cancelled (self);
  if (!g_queue_is_empty (&self->items) && plancia_clock_monotonic () - self->moved > self->limit) {
    drop_output (self);
    while (!g_queue_is_empty (&self->items))
      finish (
        self,
        g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "the serial port takes no bytes"));
  }
  wait_for_room (self);
}

/**
 * plancia_terminal_out_stop:
 * @self: what goes out
 * @code: of G_IO_ERROR, for everything that waits
 */
void
plancia_terminal_out_stop (PlanciaTerminalOut *self, int code)
{
  drop_output (self);
  self->port = NULL;
  while (!g_queue_is_empty (&self->items))
    finish (self, g_error_new_literal (G_IO_ERROR, code, "the port was closed before it was sent"));
}

PlanciaTerminalOut *
plancia_terminal_out_new (GMainContext *context, PlanciaTerminalOutFunc func, gpointer user_data)
{
  PlanciaTerminalOut *self = g_new0 (PlanciaTerminalOut, 1);

  self->context = context;
  self->func = func;
  self->user_data = user_data;
  g_queue_init (&self->items);
  return self;
}

void
plancia_terminal_out_free (PlanciaTerminalOut *self)
{
  plancia_terminal_out_stop (self, G_IO_ERROR_CANCELLED);
  g_free (self);
}
