/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/backend-terminal.h"

#include "backend/terminal-request.h"
#include "base/clock.h"
#include "protocol/console-lines.h"
#include <glib/gi18n.h>
#include <string.h>

/* Far more than the line lets wait. */
#define NEWS_CAPACITY 65536
/* Of a flood the main loop takes so much at a time, and then leaves that gap to whatever else waits, such as drawing. */
#define BUDGET 4 /* ms */
#define GAP    1 /* ms */

struct _PlanciaBackendTerminal
{
  GObject parent_instance;

  char                *path;
  PlanciaWorker       *worker;
  PlanciaMailbox      *news;
  PlanciaTraffic      *traffic;
  PlanciaTerminalLine *line; /* the worker's */

  GQueue                  backlog; /* PlanciaTerminalNews* */
  guint                   pump;
  guint                   epoch; /* counts opens and closes */
  PlanciaState            state;
  GError                 *error;
  PlanciaSerialSettings   settings;
  PlanciaSerialPortInfo  *port;
  PlanciaTerminalCounters counters;
  guint                   lines;
  gboolean                reconnect;
  char                   *device;  /* id of what the port leads to, or NULL */
  char                   *adapter; /* that the plant knows of, or NULL */
};

static void backend_iface_init (PlanciaBackendInterface *iface);
static void terminal_iface_init (PlanciaTerminalInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlanciaBackendTerminal,
                               plancia_backend_terminal,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PLANCIA_TYPE_BACKEND, backend_iface_init)
                                 G_IMPLEMENT_INTERFACE (PLANCIA_TYPE_TERMINAL, terminal_iface_init))

static void
ask (PlanciaBackendTerminal       *self,
     PlanciaWorkerFunc             func,
     const PlanciaTerminalRequest *request,
     GCancellable                 *cancellable,
     GAsyncReadyCallback           callback,
     gpointer                      user_data)
{
  plancia_terminal_request_run (self->worker,
                                self->line,
                                self,
                                func,
                                request,
                                cancellable,
                                callback,
                                user_data);
}

/* --- news --------------------------------------------------------------------------------------- */

static void
set_state (PlanciaBackendTerminal *self, PlanciaState state, const GError *error)
{
  GError *copy = error != NULL ? g_error_copy (error) : NULL;

  self->state = state;
  g_clear_error (&self->error);
  self->error = copy;
  plancia_backend_emit_state_changed (PLANCIA_BACKEND (self));
}

static void
set_lines (PlanciaBackendTerminal *self, guint lines)
{
  if (lines == self->lines)
    return;
  self->lines = lines;
  plancia_terminal_emit_lines_changed (PLANCIA_TERMINAL (self));
}

static void
set_port (PlanciaBackendTerminal *self, const PlanciaSerialPortInfo *port)
{
  if (plancia_serial_port_info_equal (self->port, port))
    return;
  g_clear_pointer (&self->port, plancia_serial_port_info_free);
  self->port = plancia_serial_port_info_copy (port);
  plancia_terminal_emit_port_changed (PLANCIA_TERMINAL (self));
}

/* So that the same adapter is found in another run of the program, whatever its name is then. */
static void
tell_adapter (PlanciaBackendTerminal *self)
{
  gboolean      usb = self->port != NULL && self->port->vendor != 0;
  PlanciaLearnt learnt = {.adapter = usb ? self->port->identity : NULL};

  if (self->device == NULL || self->state != PLANCIA_STATE_OPEN || !usb ||
      g_strcmp0 (self->adapter, learnt.adapter) == 0)
    return;
  g_free (self->adapter);
  self->adapter = g_strdup (learnt.adapter);
  plancia_backend_emit_learnt (PLANCIA_BACKEND (self), self->device, &learnt);
}

static void
take_opening (PlanciaBackendTerminal *self, const PlanciaTerminalNews *news)
{
  if (news->epoch != self->epoch)
    return;
  set_port (self, news->port);
  set_lines (self, news->lines);
  set_state (self, news->error == NULL ? PLANCIA_STATE_OPEN : PLANCIA_STATE_CLOSED, news->error);
  tell_adapter (self);
}

static void
take_loss (PlanciaBackendTerminal *self, const PlanciaTerminalNews *news)
{
  g_autoptr (GError) gone =
    g_error_new (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "%s: the port is gone", self->path);

  if (news->epoch != self->epoch)
    return;
  set_lines (self, 0);
  set_state (self, news->waiting ? PLANCIA_STATE_FAILING : PLANCIA_STATE_CLOSED, gone);
}

static void
take_close (PlanciaBackendTerminal *self, const PlanciaTerminalNews *news)
{
  if (news->epoch != self->epoch)
    return;
  set_lines (self, 0);
  set_state (self, PLANCIA_STATE_CLOSED, NULL);
}

static void
take_settings (PlanciaBackendTerminal *self, const PlanciaTerminalNews *news)
{
  if (plancia_serial_settings_equal (&self->settings, &news->settings))
    return;
  self->settings = news->settings;
  plancia_terminal_emit_settings_changed (PLANCIA_TERMINAL (self));
}

static void
take_bytes (PlanciaBackendTerminal *self, const PlanciaTerminalNews *news)
{
  gsize size = g_bytes_get_size (news->bytes);

  if (news->direction == PLANCIA_CONSOLE_RECEIVED)
    self->counters.received += size;
  if (news->direction == PLANCIA_CONSOLE_SENT)
    self->counters.sent += size;
  plancia_backend_emit_console (PLANCIA_BACKEND (self), news->time, news->direction, news->bytes);
  if (self->line != NULL)
    plancia_terminal_line_consumed (self->line, size);
}

static void
take_lines (PlanciaBackendTerminal *self, const PlanciaTerminalNews *news)
{
  self->counters.framing = news->counters.framing;
  self->counters.parity = news->counters.parity;
  self->counters.overruns = news->counters.overruns;
  self->counters.breaks = news->counters.breaks;
  set_lines (self, news->lines);
}

/* The state first, then the answer, whoever listens to which. */
static void
answer (PlanciaTerminalNews *news)
{
  g_autoptr (GTask) task = g_steal_pointer (&news->task);

  if (task == NULL)
    return;
  if (news->error != NULL)
    g_task_return_error (task, g_steal_pointer (&news->error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
take (PlanciaBackendTerminal *self, PlanciaTerminalNews *news)
{
  switch (news->kind) {
  case PLANCIA_TERMINAL_NEWS_OPENED:
  case PLANCIA_TERMINAL_NEWS_BACK:
    take_opening (self, news);
    break;
  case PLANCIA_TERMINAL_NEWS_BYTES:
    take_bytes (self, news);
    break;
  case PLANCIA_TERMINAL_NEWS_LOST:
    take_loss (self, news);
    break;
  case PLANCIA_TERMINAL_NEWS_SET_UP:
    take_settings (self, news);
    break;
  case PLANCIA_TERMINAL_NEWS_LINES:
    take_lines (self, news);
    break;
  case PLANCIA_TERMINAL_NEWS_CLOSED:
    take_close (self, news);
    break;
  case PLANCIA_TERMINAL_NEWS_DONE:
  default:
    break;
  }
  answer (news);
}

static gboolean
pump_cb (gpointer user_data)
{
  g_autoptr (PlanciaBackendTerminal) self = g_object_ref (user_data);
  gint64 end = g_get_monotonic_time () + BUDGET * 1000;

  while (!g_queue_is_empty (&self->backlog)) {
    PlanciaTerminalNews *news;

    if (g_get_monotonic_time () >= end)
      return G_SOURCE_CONTINUE;
    news = g_queue_pop_head (&self->backlog);
    take (self, news);
    plancia_terminal_news_free (news);
  }
  self->pump = 0;
  return G_SOURCE_REMOVE;
}

static void
start_pump (PlanciaBackendTerminal *self)
{
  g_autoptr (GSource) source = NULL;

  if (self->pump != 0)
    return;
  source = g_timeout_source_new (GAP);
  g_source_set_callback (source, pump_cb, self, NULL);
  self->pump = g_source_attach (source, g_main_context_get_thread_default ());
}

static void
news_cb (GPtrArray *items, guint64 dropped, gpointer user_data)
{
  g_autoptr (PlanciaBackendTerminal) self = g_object_ref (user_data);
  gsize                count = 0;
  g_autofree gpointer *stolen = g_ptr_array_steal (items, &count);

  if (dropped > 0)
    g_critical ("console: %" G_GUINT64_FORMAT " pieces of news were dropped", dropped);
  for (gsize i = 0; i < count; i++)
    g_queue_push_tail (&self->backlog, stolen[i]);
  if (self->pump == 0 && pump_cb (self) == G_SOURCE_CONTINUE)
    start_pump (self);
}

/* --- PlanciaBackend ----------------------------------------------------------------------------- */

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
open_async (PlanciaBackend     *backend,
            GCancellable       *cancellable,
            GAsyncReadyCallback callback,
            gpointer            user_data)
{
  PlanciaBackendTerminal *self = PLANCIA_BACKEND_TERMINAL (backend);
  GTask                  *task = g_task_new (self, cancellable, callback, user_data);

  if (self->state == PLANCIA_STATE_OPEN) {
    g_task_return_boolean (task, TRUE);
    g_object_unref (task);
    return;
  }
  self->epoch++;
  self->counters = (PlanciaTerminalCounters){0};
  ask (self,
       plancia_terminal_request_open,
       &(PlanciaTerminalRequest){.task = task, .settings = self->settings, .epoch = self->epoch},
       NULL,
       NULL,
       NULL);
  set_state (self, PLANCIA_STATE_OPENING, NULL);
}

static void
close_async (PlanciaBackend *backend, GAsyncReadyCallback callback, gpointer user_data)
{
  PlanciaBackendTerminal *self = PLANCIA_BACKEND_TERMINAL (backend);

  self->epoch++;
  ask (self,
       plancia_terminal_request_close,
       &(PlanciaTerminalRequest){.task = g_task_new (self, NULL, callback, user_data),
                                 .epoch = self->epoch},
       NULL,
       NULL,
       NULL);
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
  ask (PLANCIA_BACKEND_TERMINAL (backend),
       plancia_terminal_request_send,
       &(PlanciaTerminalRequest){.bytes = g_bytes_ref (bytes)},
       cancellable,
       callback,
       user_data);
}

static void
set_recording (PlanciaBackend *backend, gboolean recording)
{
  plancia_traffic_set_recording (PLANCIA_BACKEND_TERMINAL (backend)->traffic, recording);
}

static void
flush_traffic (PlanciaBackend *backend)
{
  plancia_traffic_flush (PLANCIA_BACKEND_TERMINAL (backend)->traffic);
}

static void
set_learnt (PlanciaBackend *backend, const char *device, const PlanciaLearnt *learnt)
{
  PlanciaBackendTerminal *self = PLANCIA_BACKEND_TERMINAL (backend);

  g_free (self->device);
  g_free (self->adapter);
  self->device = g_strdup (device);
  self->adapter = learnt != NULL ? g_strdup (learnt->adapter) : NULL;
  ask (self,
       plancia_terminal_request_remember,
       &(PlanciaTerminalRequest){.adapter = g_strdup (self->adapter)},
       NULL,
       NULL,
       NULL);
}

static void
backend_iface_init (PlanciaBackendInterface *iface)
{
  iface->get_flags = get_flags;
  iface->get_state = get_state;
  iface->get_error = get_error;
  iface->set_learnt = set_learnt;
  iface->open_async = open_async;
  iface->close_async = close_async;
  iface->send_async = send_async;
  iface->set_recording = set_recording;
  iface->flush_traffic = flush_traffic;
}

/* --- PlanciaTerminal ---------------------------------------------------------------------------- */

static void
get_settings (PlanciaTerminal *terminal, PlanciaSerialSettings *out)
{
  *out = PLANCIA_BACKEND_TERMINAL (terminal)->settings;
}

/* Always by the worker, so that what an opening finds is what was set before it. */
static void
set_settings_async (PlanciaTerminal             *terminal,
                    const PlanciaSerialSettings *settings,
                    GAsyncReadyCallback          callback,
                    gpointer                     user_data)
{
  PlanciaBackendTerminal *self = PLANCIA_BACKEND_TERMINAL (terminal);
  g_autoptr (GTask) wrong = NULL;
  GError *error = NULL;

  if (!plancia_serial_settings_check (settings, &error)) {
    wrong = g_task_new (self, NULL, callback, user_data);
    g_task_return_error (wrong, error);
    return;
  }
  if (self->state == PLANCIA_STATE_CLOSED &&
      !plancia_serial_settings_equal (settings, &self->settings)) {
    self->settings = *settings;
    plancia_terminal_emit_settings_changed (terminal);
  }
  ask (self,
       plancia_terminal_request_set_up,
       &(PlanciaTerminalRequest){.settings = *settings},
       NULL,
       callback,
       user_data);
}

static gboolean
set_settings_finish (PlanciaTerminal *terminal, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, terminal), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static guint
get_lines (PlanciaTerminal *terminal)
{
  return PLANCIA_BACKEND_TERMINAL (terminal)->lines;
}

static void
ask_for_lines (PlanciaTerminal *terminal, guint mask, guint lines)
{
  ask (PLANCIA_BACKEND_TERMINAL (terminal),
       plancia_terminal_request_set_lines,
       &(PlanciaTerminalRequest){.mask = mask, .number = lines},
       NULL,
       NULL,
       NULL);
}

static void
send_break (PlanciaTerminal *terminal, guint ms)
{
  ask (PLANCIA_BACKEND_TERMINAL (terminal),
       plancia_terminal_request_break,
       &(PlanciaTerminalRequest){.number = ms},
       NULL,
       NULL,
       NULL);
}

static void
get_counters (PlanciaTerminal *terminal, PlanciaTerminalCounters *out)
{
  *out = PLANCIA_BACKEND_TERMINAL (terminal)->counters;
}

static const PlanciaSerialPortInfo *
get_port (PlanciaTerminal *terminal)
{
  return PLANCIA_BACKEND_TERMINAL (terminal)->port;
}

static gboolean
get_reconnect (PlanciaTerminal *terminal)
{
  return PLANCIA_BACKEND_TERMINAL (terminal)->reconnect;
}

static void
set_reconnect (PlanciaTerminal *terminal, gboolean reconnect)
{
  PlanciaBackendTerminal *self = PLANCIA_BACKEND_TERMINAL (terminal);

  self->reconnect = reconnect;
  ask (self,
       plancia_terminal_request_set_reconnect,
       &(PlanciaTerminalRequest){.number = reconnect ? 1 : 0},
       NULL,
       NULL,
       NULL);
}

static void
set_tap (PlanciaTerminal   *terminal,
         PlanciaTerminalTap tap,
         gpointer           user_data,
         GDestroyNotify     destroy)
{
  ask (PLANCIA_BACKEND_TERMINAL (terminal),
       plancia_terminal_request_set_tap,
       &(PlanciaTerminalRequest){.tap = tap, .tap_data = user_data, .tap_destroy = destroy},
       NULL,
       NULL,
       NULL);
}

static void
terminal_iface_init (PlanciaTerminalInterface *iface)
{
  iface->get_settings = get_settings;
  iface->set_settings_async = set_settings_async;
  iface->set_settings_finish = set_settings_finish;
  iface->get_lines = get_lines;
  iface->set_lines = ask_for_lines;
  iface->send_break = send_break;
  iface->get_counters = get_counters;
  iface->get_port = get_port;
  iface->get_reconnect = get_reconnect;
  iface->set_reconnect = set_reconnect;
  iface->set_tap = set_tap;
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
drop_pump (PlanciaBackendTerminal *self)
{
  GSource *source = self->pump != 0
                      ? g_main_context_find_source_by_id (g_main_context_get_thread_default (),
                                                          self->pump)
                      : NULL;

  if (source != NULL)
    g_source_destroy (source);
  self->pump = 0;
}

static void
plancia_backend_terminal_dispose (GObject *object)
{
  PlanciaBackendTerminal *self = PLANCIA_BACKEND_TERMINAL (object);

  if (self->worker != NULL)
    plancia_worker_stop (self->worker);
  g_clear_pointer (&self->line, plancia_terminal_line_free);
  drop_pump (self);
  g_queue_clear_full (&self->backlog, plancia_terminal_news_free);
  if (self->news != NULL)
    plancia_mailbox_close (self->news);
  g_clear_pointer (&self->news, plancia_mailbox_unref);
  g_clear_pointer (&self->traffic, plancia_traffic_free);
  g_clear_object (&self->worker);
  G_OBJECT_CLASS (plancia_backend_terminal_parent_class)->dispose (object);
}

static void
plancia_backend_terminal_finalize (GObject *object)
{
  PlanciaBackendTerminal *self = PLANCIA_BACKEND_TERMINAL (object);

  g_clear_error (&self->error);
  g_clear_pointer (&self->port, plancia_serial_port_info_free);
  g_free (self->path);
  g_free (self->device);
  g_free (self->adapter);
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
  g_queue_init (&self->backlog);
  self->worker = plancia_worker_new ("plancia-console");
  self->traffic = plancia_traffic_new (plancia_backend_emit_traffic, self);
  self->news = plancia_mailbox_new (g_main_context_get_thread_default (),
                                    NEWS_CAPACITY,
                                    plancia_terminal_news_free,
                                    news_cb,
                                    self);
  plancia_mailbox_set_may_drop (self->news, plancia_terminal_news_may_drop);
}

/**
 * plancia_backend_terminal_new:
 * @path: of the port, may be a link
 * @settings: how it is to be set up
 *
 * Main thread. Returns: (transfer full)
 */
PlanciaBackend *
plancia_backend_terminal_new (const char *path, const PlanciaSerialSettings *settings)
{
  PlanciaBackendTerminal *self = g_object_new (PLANCIA_TYPE_BACKEND_TERMINAL, NULL);

  self->path = g_strdup (path);
  self->settings = *settings;
  self->line = plancia_terminal_line_new (self->worker, self->news, self->traffic, path);
  return PLANCIA_BACKEND (self);
}
