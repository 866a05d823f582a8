/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/terminal-news.h"

PlanciaTerminalNews *
plancia_terminal_news_new (PlanciaTerminalNewsKind kind, guint epoch)
{
  PlanciaTerminalNews *self = g_new0 (PlanciaTerminalNews, 1);

  self->kind = kind;
  self->epoch = epoch;
  return self;
}

static void
cancel_task (GTask *task)
{
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The terminal is gone");
  g_object_unref (task);
}

void
plancia_terminal_news_free (gpointer data)
{
  PlanciaTerminalNews *self = data;

  g_clear_pointer (&self->task, cancel_task);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->port, plancia_serial_port_info_free);
  g_clear_error (&self->error);
  g_free (self);
}

gboolean
plancia_terminal_news_may_drop (gconstpointer news)
{
  return ((const PlanciaTerminalNews *) news)->kind == PLANCIA_TERMINAL_NEWS_BYTES;
}
