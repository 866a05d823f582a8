/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/backend-terminal.h"

#include "base/clock.h"
#include "base/mailbox.h"
#include "base/worker.h"
#include "link/serial-port.h"
#include "protocol/console-lines.h"
#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

/* Pieces that may wait for the main thread; a piece is at most one read. */
#define NEWS_CAPACITY 4096
#define READ_SIZE     4096

/* What happened on the port. */
typedef struct
{
  gint64                  time;
  PlanciaConsoleDirection direction;
  GBytes                 *bytes; /* NULL: the port is gone */
  guint                   epoch;
  GError                 *error;
} Piece;

/* The worker's. */
typedef struct
{
  PlanciaSerialPort *port; /* NULL: closed */
  GSource           *source;
  PlanciaMailbox    *news;
  PlanciaTraffic    *traffic;
  char              *peer; /* a GRefString */
  guint              epoch;
} Terminal;

struct _PlanciaBackendTerminal
{
  GObject parent_instance;

  char          *path;
  guint          baud;
  char          *format;
  PlanciaWorker *worker;
  Terminal       terminal;

  guint        epoch; /* counts opens and closes */
  PlanciaState state;
  GError      *error;
};

static void backend_iface_init (PlanciaBackendInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlanciaBackendTerminal,
                               plancia_backend_terminal,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PLANCIA_TYPE_BACKEND, backend_iface_init))

static void
piece_free (gpointer data)
{
  Piece *self = data;

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static void
tell_traffic (Terminal *self, PlanciaConsoleDirection direction, GBytes *bytes)
{
  gboolean             sent = direction == PLANCIA_CONSOLE_SENT;
  gsize                length;
  const guint8        *data = g_bytes_get_data (bytes, &length);
  PlanciaExchangeParts parts = {
    .unit = -1,
    .wire = PLANCIA_WIRE_CONSOLE,
    .verdict = PLANCIA_EXCHANGE_UNASKED,
    .peer = self->peer,
    .sent = data,
    .n_sent = sent ? length : 0,
    .received = data,
    .n_received = sent ? 0 : length,
  };

  if (!plancia_traffic_is_recording (self->traffic))
    return;
  parts.time = plancia_clock_now_us ();
  plancia_traffic_post (plancia_exchange_new (&parts), self->traffic);
}

static void
post_piece (Terminal *self, PlanciaConsoleDirection direction, GBytes *bytes)
{
  Piece *piece = g_new0 (Piece, 1);

  piece->time = plancia_clock_now ();
  piece->direction = direction;
  piece->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  piece->epoch = self->epoch;
  if (bytes != NULL)
    tell_traffic (self, direction, bytes);
  plancia_mailbox_post (self->news, piece);
}

/* --- on the worker --------------------------------------------------------------------------- */

static void
close_port (Terminal *self)
{
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  if (self->port != NULL)
    plancia_serial_port_close (self->port);
  g_clear_object (&self->port);
}

static gboolean
lose_port (Terminal *self)
{
  post_piece (self, PLANCIA_CONSOLE_NOTICE, NULL);
  close_port (self);
  return G_SOURCE_REMOVE;
}

/* A port that was pulled out is readable and gives nothing. */
static gboolean
readable_cb (int descriptor, GIOCondition condition, gpointer user_data)
{
  Terminal *self = user_data;
  guint8    buffer[READ_SIZE];
  ssize_t   now = read (descriptor, buffer, sizeof buffer);
  g_autoptr (GBytes) bytes = NULL;

  if (now < 0 && (errno == EAGAIN || errno == EINTR) && (condition & (G_IO_HUP | G_IO_ERR)) == 0)
    return G_SOURCE_CONTINUE;
  if (now <= 0)
    return lose_port (self);
  bytes = g_bytes_new (buffer, (gsize) now);
  post_piece (self, PLANCIA_CONSOLE_RECEIVED, bytes);
  return G_SOURCE_CONTINUE;
}

static void
listen_to_port (PlanciaBackendTerminal *self)
{
  Terminal *terminal = &self->terminal;

  terminal->source = g_unix_fd_source_new (plancia_serial_port_get_fd (terminal->port),
                                           G_IO_IN | G_IO_HUP | G_IO_ERR);
  g_source_set_callback (terminal->source, G_SOURCE_FUNC (readable_cb), terminal, NULL);
  g_source_attach (terminal->source, plancia_worker_get_context (self->worker));
}

static void
open_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  PlanciaBackendTerminal *self = source;
  GError                 *error = NULL;

  close_port (&self->terminal);
  self->terminal.epoch = GPOINTER_TO_UINT (data);
  self->terminal.port = plancia_serial_port_open (self->path, self->baud, self->format, &error);
  if (self->terminal.port == NULL) {
    g_task_return_error (task, error);
    return;
  }
  listen_to_port (self);
  g_task_return_boolean (task, TRUE);
}

static void
close_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  close_port (&PLANCIA_BACKEND_TERMINAL (source)->terminal);
  g_task_return_boolean (task, TRUE);
}

static void
send_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Terminal *terminal = &PLANCIA_BACKEND_TERMINAL (source)->terminal;
  GError   *error = NULL;

  if (terminal->port == NULL) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "the port is not open");
    return;
  }
  if (plancia_serial_port_write (terminal->port, data, cancellable, &error)) {
    post_piece (terminal, PLANCIA_CONSOLE_SENT, data);
    g_task_return_boolean (task, TRUE);
  } else {
    g_task_return_error (task, error);
  }
}

/* --- on the main thread ---------------------------------------------------------------------- */

static void
set_state (PlanciaBackendTerminal *self, PlanciaState state, const GError *error)
{
  self->state = state;
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  plancia_backend_emit_state_changed (PLANCIA_BACKEND (self));
}

static void
say (PlanciaBackendTerminal *self, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  plancia_backend_emit_console (PLANCIA_BACKEND (self),
                                plancia_clock_now (),
                                PLANCIA_CONSOLE_NOTICE,
                                bytes);
}

static void
take_loss (PlanciaBackendTerminal *self, const Piece *piece)
{
  g_autoptr (GError) gone =
    g_error_new (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "%s: the port is gone", self->path);

  if (piece->epoch != self->epoch)
    return;
  self->epoch++;
  /* Translators: line in a console; the device was unplugged. */
  say (self, _ ("The port is gone"));
  set_state (self, PLANCIA_STATE_CLOSED, gone);
}

static void
tell_dropped (PlanciaBackendTerminal *self, guint64 dropped)
{
  g_autofree char *text = NULL;

  /* Translators: line in a console. %u is a number of pieces of text that came too fast to show. */
  text = g_strdup_printf (_ ("Lost: %u pieces came too fast"), (guint) MIN (dropped, G_MAXUINT));
  say (self, text);
}

static void
news_cb (GPtrArray *items, guint64 dropped, gpointer user_data)
{
  g_autoptr (PlanciaBackendTerminal) self = g_object_ref (user_data);

  if (dropped > 0)
    tell_dropped (self, dropped);
  for (guint i = 0; i < items->len; i++) {
    const Piece *piece = g_ptr_array_index (items, i);

    if (piece->bytes == NULL)
      take_loss (self, piece);
    else
      plancia_backend_emit_console (PLANCIA_BACKEND (self),
                                    piece->time,
                                    (int) piece->direction,
                                    piece->bytes);
  }
}

static PlanciaBackendFlags
get_flags (PlanciaBackend *backend)
{
  return PLANCIA_BACKEND_CONSOLE;
}

static PlanciaState
get_state (PlanciaBackend *backend)
{
  return PLANCIA_BACKEND_TERMINAL (backend)->state;
}

static const GError *
get_error (PlanciaBackend *backend)
{
  return PLANCIA_BACKEND_TERMINAL (backend)->error;
}

static void
say_opened (PlanciaBackendTerminal *self)
{
  g_autofree char *text = NULL;

  /* Translators: line in a console: path of the port, speed in baud, format such as 8N1. */
  text = g_strdup_printf (_ ("Opened %s, %u baud, %s"), self->path, self->baud, self->format);
  say (self, text);
}

/* The state first, then the answer, whoever listens to which. */
static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlanciaBackendTerminal *self = PLANCIA_BACKEND_TERMINAL (source);
  g_autoptr (GTask) outer = user_data;
  GError  *error = NULL;
  gboolean opened = g_task_propagate_boolean (G_TASK (result), &error);

  if (GPOINTER_TO_UINT (g_task_get_task_data (G_TASK (result))) == self->epoch) {
    if (opened)
      say_opened (self);
    set_state (self, opened ? PLANCIA_STATE_OPEN : PLANCIA_STATE_CLOSED, error);
  }
  if (opened)
    g_task_return_boolean (outer, TRUE);
  else
    g_task_return_error (outer, error);
}

static void
open_async (PlanciaBackend     *backend,
            GCancellable       *cancellable,
            GAsyncReadyCallback callback,
            gpointer            user_data)
{
  PlanciaBackendTerminal *self = PLANCIA_BACKEND_TERMINAL (backend);
  GTask                  *outer = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GTask) task = NULL;

  if (self->state == PLANCIA_STATE_OPEN) {
    g_task_return_boolean (outer, TRUE);
    g_object_unref (outer);
    return;
  }
  task = g_task_new (self, cancellable, opened_cb, outer);
  self->epoch++;
  g_task_set_task_data (task, GUINT_TO_POINTER (self->epoch), NULL);
  plancia_worker_run (self->worker, task, open_on_worker);
  set_state (self, PLANCIA_STATE_OPENING, NULL);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlanciaBackendTerminal *self = PLANCIA_BACKEND_TERMINAL (source);
  g_autoptr (GTask) outer = user_data;

  if (GPOINTER_TO_UINT (g_task_get_task_data (G_TASK (result))) == self->epoch) {
    if (self->state != PLANCIA_STATE_CLOSED)
      /* Translators: line in a console; the program closed the port. */
      say (self, _ ("Port closed"));
    set_state (self, PLANCIA_STATE_CLOSED, NULL);
  }
  g_task_return_boolean (outer, TRUE);
}

static void
close_async (PlanciaBackend *backend, GAsyncReadyCallback callback, gpointer user_data)
{
  PlanciaBackendTerminal *self = PLANCIA_BACKEND_TERMINAL (backend);
  GTask                  *outer = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GTask) task = g_task_new (self, NULL, closed_cb, outer);

  self->epoch++;
  g_task_set_task_data (task, GUINT_TO_POINTER (self->epoch), NULL);
  plancia_worker_run (self->worker, task, close_on_worker);
  if (self->state != PLANCIA_STATE_CLOSED)
    set_state (self, PLANCIA_STATE_CLOSING, NULL);
}

static void
send_async (PlanciaBackend     *backend,
            GBytes             *bytes,
            GCancellable       *cancellable,
            GAsyncReadyCallback callback,
            gpointer            user_data)
{
  PlanciaBackendTerminal *self = PLANCIA_BACKEND_TERMINAL (backend);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, g_bytes_ref (bytes), (GDestroyNotify) g_bytes_unref);
  plancia_worker_run (self->worker, task, send_on_worker);
}

static void
set_recording (PlanciaBackend *backend, gboolean recording)
{
  plancia_traffic_set_recording (PLANCIA_BACKEND_TERMINAL (backend)->terminal.traffic, recording);
}

static void
flush_traffic (PlanciaBackend *backend)
{
  plancia_traffic_flush (PLANCIA_BACKEND_TERMINAL (backend)->terminal.traffic);
}

static void
backend_iface_init (PlanciaBackendInterface *iface)
{
  iface->get_flags = get_flags;
  iface->get_state = get_state;
  iface->get_error = get_error;
  iface->open_async = open_async;
  iface->close_async = close_async;
  iface->send_async = send_async;
  iface->set_recording = set_recording;
  iface->flush_traffic = flush_traffic;
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_backend_terminal_dispose (GObject *object)
{
  PlanciaBackendTerminal *self = PLANCIA_BACKEND_TERMINAL (object);

  if (self->worker != NULL)
    plancia_worker_stop (self->worker);
  close_port (&self->terminal);
  if (self->terminal.news != NULL)
    plancia_mailbox_close (self->terminal.news);
  g_clear_pointer (&self->terminal.news, plancia_mailbox_unref);
  g_clear_pointer (&self->terminal.traffic, plancia_traffic_free);
  g_clear_object (&self->worker);
  G_OBJECT_CLASS (plancia_backend_terminal_parent_class)->dispose (object);
}

static void
plancia_backend_terminal_finalize (GObject *object)
{
  PlanciaBackendTerminal *self = PLANCIA_BACKEND_TERMINAL (object);

  g_clear_error (&self->error);
  g_ref_string_release (self->terminal.peer);
  g_free (self->path);
  g_free (self->format);
  G_OBJECT_CLASS (plancia_backend_terminal_parent_class)->finalize (object);
}

static void
plancia_backend_terminal_class_init (PlanciaBackendTerminalClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_backend_terminal_dispose;
  object_class->finalize = plancia_backend_terminal_finalize;
}

static void
plancia_backend_terminal_init (PlanciaBackendTerminal *self)
{
  self->worker = plancia_worker_new ("plancia-console");
  self->terminal.traffic = plancia_traffic_new (plancia_backend_emit_traffic, self);
  self->terminal.news = plancia_mailbox_new (g_main_context_get_thread_default (),
                                             NEWS_CAPACITY,
                                             piece_free,
                                             news_cb,
                                             self);
}

/**
 * plancia_backend_terminal_new:
 * @path: of the port
 * @baud: bits a second
 * @format: such as "8N1"
 *
 * Main thread. Returns: (transfer full)
 */
PlanciaBackend *
plancia_backend_terminal_new (const char *path, guint baud, const char *format)
{
  PlanciaBackendTerminal *self = g_object_new (PLANCIA_TYPE_BACKEND_TERMINAL, NULL);

  self->path = g_strdup (path);
  self->terminal.peer = g_ref_string_new (path);
  self->baud = baud;
  self->format = g_strdup (format);
  return PLANCIA_BACKEND (self);
}
