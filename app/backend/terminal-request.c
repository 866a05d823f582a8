/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/terminal-request.h"

static void
request_free (gpointer data)
{
  PlanciaTerminalRequest *self = data;

  if (self->task != NULL)
    g_task_return_new_error (self->task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The worker stopped");
  g_clear_object (&self->task);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  if (self->tap_destroy != NULL)
    self->tap_destroy (self->tap_data);
  g_free (self->adapter);
  g_free (self);
}

/* The caller's task comes back with the news; until then it is the line's. */
void
plancia_terminal_request_open (GTask        *task,
                               gpointer      source,
                               gpointer      data,
                               GCancellable *cancellable)
{
  PlanciaTerminalRequest *request = data;

  plancia_terminal_line_open (request->line,
                              &request->settings,
                              request->epoch,
                              g_steal_pointer (&request->task));
  g_task_return_boolean (task, TRUE);
}

void
plancia_terminal_request_close (GTask        *task,
                                gpointer      source,
                                gpointer      data,
                                GCancellable *cancellable)
{
  PlanciaTerminalRequest *request = data;

  plancia_terminal_line_close (request->line, request->epoch, g_steal_pointer (&request->task));
  g_task_return_boolean (task, TRUE);
}

void
plancia_terminal_request_send (GTask        *task,
                               gpointer      source,
                               gpointer      data,
                               GCancellable *cancellable)
{
  PlanciaTerminalRequest *request = data;

  plancia_terminal_line_send (request->line, request->bytes, g_object_ref (task));
}

void
plancia_terminal_request_set_up (GTask        *task,
                                 gpointer      source,
                                 gpointer      data,
                                 GCancellable *cancellable)
{
  PlanciaTerminalRequest *request = data;

  plancia_terminal_line_set_up (request->line, &request->settings, g_object_ref (task));
}

void
plancia_terminal_request_set_lines (GTask        *task,
                                    gpointer      source,
                                    gpointer      data,
                                    GCancellable *cancellable)
{
  PlanciaTerminalRequest *request = data;

  plancia_terminal_line_set_lines (request->line, request->mask, request->number);
  g_task_return_boolean (task, TRUE);
}

void
plancia_terminal_request_break (GTask        *task,
                                gpointer      source,
                                gpointer      data,
                                GCancellable *cancellable)
{
  PlanciaTerminalRequest *request = data;

  plancia_terminal_line_send_break (request->line, request->number);
  g_task_return_boolean (task, TRUE);
}

void
plancia_terminal_request_set_reconnect (GTask        *task,
                                        gpointer      source,
                                        gpointer      data,
                                        GCancellable *cancellable)
{
  PlanciaTerminalRequest *request = data;

  plancia_terminal_line_set_reconnect (request->line, request->number != 0);
  g_task_return_boolean (task, TRUE);
}

void
plancia_terminal_request_remember (GTask        *task,
                                   gpointer      source,
                                   gpointer      data,
                                   GCancellable *cancellable)
{
  PlanciaTerminalRequest *request = data;

  plancia_terminal_line_remember_adapter (request->line, request->adapter);
  g_task_return_boolean (task, TRUE);
}

void
plancia_terminal_request_set_tap (GTask        *task,
                                  gpointer      source,
                                  gpointer      data,
                                  GCancellable *cancellable)
{
  PlanciaTerminalRequest *request = data;

  plancia_terminal_line_set_tap (request->line,
                                 request->tap,
                                 request->tap_data,
                                 request->tap_destroy);
  request->tap_destroy = NULL;
  g_task_return_boolean (task, TRUE);
}

void
plancia_terminal_request_run (PlanciaWorker                *worker,
                              PlanciaTerminalLine          *line,
                              gpointer                      source,
                              PlanciaWorkerFunc             func,
                              const PlanciaTerminalRequest *request,
                              GCancellable                 *cancellable,
                              GAsyncReadyCallback           callback,
                              gpointer                      user_data)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);
  PlanciaTerminalRequest *copy = g_memdup2 (request, sizeof *request);

  copy->line = line;
  g_task_set_task_data (task, copy, request_free);
  plancia_worker_run (worker, task, func);
}
