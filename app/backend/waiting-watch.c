/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/waiting-watch.h"

#include "base/error.h"

/* ms for which a question may be without an answer before that is worth a word. */
#define WORTH_TELLING 5000
#define LOOK_INTERVAL 1000 /* ms */

struct _PlanciaWaitingWatch
{
  PlanciaModbusLine *line;
  PlanciaWaitingFunc func;
  gpointer           user_data;
  GSource           *timer;
};

static gboolean
look (gpointer user_data)
{
  PlanciaWaitingWatch *self = user_data;
  gint64               waiting = plancia_modbus_line_get_waiting (self->line);
  g_autoptr (GError) error = NULL;

  if (waiting < WORTH_TELLING)
    return G_SOURCE_CONTINUE;
  if (plancia_modbus_line_has_uploads (self->line))
    error = g_error_new (PLANCIA_DEVICE_ERROR,
                         PLANCIA_DEVICE_ERROR_UPLOADING,
                         "busy: no answer for %d s",
                         (int) (waiting / 1000));
  else
    error =
      g_error_new (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no answer for %d s", (int) (waiting / 1000));
  self->func (error, self->user_data);
  return G_SOURCE_CONTINUE;
}

/**
 * plancia_waiting_watch_new:
 *
 * See the header. Main thread.
 */
PlanciaWaitingWatch *
plancia_waiting_watch_new (PlanciaModbusLine *line, PlanciaWaitingFunc func, gpointer user_data)
{
  PlanciaWaitingWatch *self = g_new0 (PlanciaWaitingWatch, 1);

  self->line = line;
  self->func = func;
  self->user_data = user_data;
  self->timer = g_timeout_source_new (LOOK_INTERVAL);
  g_source_set_callback (self->timer, look, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
  return self;
}

/**
 * plancia_waiting_watch_free:
 */
void
plancia_waiting_watch_free (PlanciaWaitingWatch *self)
{
  if (self == NULL)
    return;
  g_source_destroy (self->timer);
  g_source_unref (self->timer);
  g_free (self);
}
