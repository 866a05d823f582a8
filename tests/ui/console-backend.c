/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "console-backend.h"

#include "base/clock.h"
#include "protocol/console-lines.h"
#include <string.h>

static void backend_iface_init (PlanciaBackendInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ConsoleBackend,
                               console_backend,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PLANCIA_TYPE_BACKEND, backend_iface_init))

static PlanciaBackendFlags
get_flags (PlanciaBackend *backend)
{
  return PLANCIA_BACKEND_CONSOLE;
}

static PlanciaState
get_state (PlanciaBackend *backend)
{
  return CONSOLE_BACKEND (backend)->state;
}

static const GError *
get_error (PlanciaBackend *backend)
{
  return CONSOLE_BACKEND (backend)->error;
}

static void
set_polling (PlanciaBackend *backend, gboolean polling, guint interval)
{
}

static void
say (PlanciaBackend *backend, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  plancia_backend_emit_console (backend, plancia_clock_now (), PLANCIA_CONSOLE_NOTICE, bytes);
}

static void
turn (PlanciaBackend     *backend,
      PlanciaState        state,
      GCancellable       *cancellable,
      GAsyncReadyCallback callback,
      gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (backend, cancellable, callback, user_data);

  CONSOLE_BACKEND (backend)->state = state;
  plancia_backend_emit_state_changed (backend);
  g_task_return_boolean (task, TRUE);
}

static void
fail_to_open (ConsoleBackend     *self,
              GCancellable       *cancellable,
              GAsyncReadyCallback callback,
              gpointer            user_data)
{
  PlanciaBackend *backend = PLANCIA_BACKEND (self);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  self->state = PLANCIA_STATE_OPENING;
  plancia_backend_emit_state_changed (backend);
  g_set_error (&self->error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "/dev/ttyACM0");
  self->state = PLANCIA_STATE_CLOSED;
  plancia_backend_emit_state_changed (backend);
  g_task_return_error (task, g_error_copy (self->error));
}

static void
open_async (PlanciaBackend     *backend,
            GCancellable       *cancellable,
            GAsyncReadyCallback callback,
            gpointer            user_data)
{
  ConsoleBackend *self = CONSOLE_BACKEND (backend);

  self->n_opened++;
  if (self->locked) {
    fail_to_open (self, cancellable, callback, user_data);
    return;
  }
  say (backend, "/dev/ttyACM0 open, 9600 8N1");
  turn (backend, PLANCIA_STATE_OPEN, cancellable, callback, user_data);
}

static void
close_async (PlanciaBackend *backend, GAsyncReadyCallback callback, gpointer user_data)
{
  say (backend, "/dev/ttyACM0 closed");
  turn (backend, PLANCIA_STATE_CLOSED, NULL, callback, user_data);
}

static gboolean
finish (PlanciaBackend *backend, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
send_async (PlanciaBackend     *backend,
            GBytes             *bytes,
            GCancellable       *cancellable,
            GAsyncReadyCallback callback,
            gpointer            user_data)
{
  ConsoleBackend *self = CONSOLE_BACKEND (backend);
  g_autoptr (GTask) task = g_task_new (backend, cancellable, callback, user_data);
  gsize         length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  if (self->deaf) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no answer");
    return;
  }
  g_byte_array_append (self->sent, data, (guint) length);
  plancia_backend_emit_console (backend, plancia_clock_now (), PLANCIA_CONSOLE_SENT, bytes);
  g_task_return_boolean (task, TRUE);
}

static void
backend_iface_init (PlanciaBackendInterface *iface)
{
  iface->get_flags = get_flags;
  iface->get_state = get_state;
  iface->get_error = get_error;
  iface->set_polling = set_polling;
  iface->open_async = open_async;
  iface->open_finish = finish;
  iface->close_async = close_async;
  iface->close_finish = finish;
  iface->send_async = send_async;
  iface->send_finish = finish;
}

static void
console_backend_finalize (GObject *object)
{
  g_byte_array_unref (CONSOLE_BACKEND (object)->sent);
  g_clear_error (&CONSOLE_BACKEND (object)->error);

  G_OBJECT_CLASS (console_backend_parent_class)->finalize (object);
}

static void
console_backend_class_init (ConsoleBackendClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = console_backend_finalize;
}

static void
console_backend_init (ConsoleBackend *self)
{
  self->sent = g_byte_array_new ();
}

ConsoleBackend *
console_backend_new (void)
{
  return g_object_new (CONSOLE_TYPE_BACKEND, NULL);
}

void
console_backend_say (ConsoleBackend *self, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  plancia_backend_emit_console (PLANCIA_BACKEND (self),
                                plancia_clock_now (),
                                PLANCIA_CONSOLE_RECEIVED,
                                bytes);
}
