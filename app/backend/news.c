/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/news.h"

/**
 * plancia_news_new:
 *
 * Any thread. (transfer full)
 */
PlanciaNews *
plancia_news_new (PlanciaNewsKind kind)
{
  PlanciaNews *self = g_new0 (PlanciaNews, 1);

  self->kind = kind;
  return self;
}

/**
 * plancia_news_new_readings:
 * @readings: (transfer full)
 *
 * Any thread. (transfer full)
 */
PlanciaNews *
plancia_news_new_readings (PlanciaReadings *readings)
{
  PlanciaNews *self = plancia_news_new (PLANCIA_NEWS_READINGS);

  self->readings = readings;
  return self;
}

/**
 * plancia_news_new_device_failed:
 * @error: (nullable): NULL when it answers again
 *
 * Any thread. (transfer full)
 */
PlanciaNews *
plancia_news_new_device_failed (const char *device, const GError *error)
{
  PlanciaNews *self = plancia_news_new (PLANCIA_NEWS_DEVICE_FAILED);

  self->device = g_strdup (device);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  return self;
}

/**
 * plancia_news_free:
 *
 * Any thread.
 */
void
plancia_news_free (PlanciaNews *self)
{
  if (self == NULL)
    return;
  g_clear_error (&self->error);
  g_clear_pointer (&self->readings, plancia_readings_unref);
  g_clear_pointer (&self->learnt, plancia_learnt_free);
  g_clear_pointer (&self->alarms, g_array_unref);
  g_clear_pointer (&self->progress, plancia_progress_unref);
  g_free (self->device);
  g_free (self->map);
  g_free (self->evidence);
  g_free (self);
}

gboolean
plancia_news_may_drop (gconstpointer news)
{
  const PlanciaNews *self = news;

  return self->kind == PLANCIA_NEWS_READINGS || self->kind == PLANCIA_NEWS_PROGRESS;
}

/**
 * plancia_progress_new:
 * @function: (nullable)
 *
 * Main thread. (transfer full)
 */
PlanciaProgress *
plancia_progress_new (PlanciaWriteProgress function, gpointer user_data)
{
  PlanciaProgress *self = g_atomic_rc_box_new0 (PlanciaProgress);

  self->function = function;
  self->user_data = user_data;
  self->open = function != NULL;
  return self;
}

/**
 * plancia_progress_ref:
 *
 * Any thread. (transfer full)
 */
PlanciaProgress *
plancia_progress_ref (PlanciaProgress *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * plancia_progress_unref:
 *
 * Any thread.
 */
void
plancia_progress_unref (PlanciaProgress *self)
{
  g_atomic_rc_box_release (self);
}
