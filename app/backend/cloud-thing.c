/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/cloud-thing.h"

#include "backend/cloud-history.h"
#include "base/clock.h"

PlanciaCloudThing *
plancia_cloud_thing_new (const char *device, const char *thing)
{
  PlanciaCloudThing *self = g_new0 (PlanciaCloudThing, 1);

  self->device = g_strdup (device);
  self->thing = g_strdup (thing);
  self->due = self->past = TRUE;
  self->watch = plancia_cloud_watch_new ();
  return self;
}

void
plancia_cloud_thing_free (PlanciaCloudThing *self)
{
  plancia_cloud_watch_free (self->watch);
  g_free (self->counters);
  g_free (self->device);
  g_free (self->thing);
  g_free (self);
}

static void
add_alarms (PlanciaReadings *readings, const PlanciaCloudAnswer *answer)
{
  g_autoptr (GString) ids = g_string_new (NULL);
  PlanciaReading *reading;

  if (answer->alarms == NULL)
    return;
  for (guint i = 0; i < answer->alarms->len; i++)
    g_string_append_printf (ids, "%s%d", i > 0 ? "," : "", g_array_index (answer->alarms, int, i));
  reading = plancia_readings_add (readings, PLANCIA_CLOUD_ALARMS, PLANCIA_QUALITY_GOOD);
  reading->value.kind = PLANCIA_VALUE_TEXT;
  reading->value.text = g_strdup (ids->str);
  if (answer->alarms_time > 0)
    reading->time = answer->alarms_time;
}

/* What of an answer may be shown; NULL without a remark: it is known already. */
PlanciaReadings *
plancia_cloud_thing_take (PlanciaCloudThing        *self,
                          const PlanciaCloudPlace  *place,
                          const PlanciaCloudAnswer *answer,
                          gboolean                  again,
                          GError                  **remark)
{
  PlanciaReadings *readings = plancia_cloud_watch_take (self->watch,
                                                        self->device,
                                                        answer->realtime,
                                                        place,
                                                        plancia_clock_now (),
                                                        again,
                                                        remark);

  if (readings != NULL)
    add_alarms (readings, answer);
  return readings;
}

/* A meter's day needs one more question a day. */
gboolean
plancia_cloud_thing_learn_midnight (PlanciaCloudThing       *self,
                                    const PlanciaCloudPlace *place,
                                    PlanciaCloudClient      *client,
                                    GCancellable            *closing,
                                    GCancellable            *cancellable)
{
  gint64      now = plancia_clock_now ();
  PlanciaSpan span;
  GArray     *alarms = NULL;
  g_autoptr (PlanciaCloudPast) past = NULL;
  g_autoptr (PlanciaSamples) samples = NULL;
  g_autoptr (GError) error = NULL;

  if (!plancia_cloud_watch_needs_midnight (self->watch, place, now, &span))
    return FALSE;
  past = plancia_cloud_history_ask (client,
                                    self->thing,
                                    self->device,
                                    span,
                                    TRUE,
                                    closing,
                                    cancellable,
                                    &error);
  if (past != NULL)
    samples = plancia_cloud_history_decode (past, &alarms, &error);
  if (error != NULL)
    g_info ("a meter's counter at midnight: %s", error->message);
  g_clear_pointer (&alarms, g_array_unref);
  if (samples != NULL || plancia_cloud_error_is_of_thing (error))
    plancia_cloud_watch_set_midnight (self->watch, place, now, samples);
  return samples != NULL;
}

void
plancia_cloud_thing_set_counters (PlanciaCloudThing *self, const char *counters)
{
  if (g_strcmp0 (self->counters, counters) == 0)
    return;
  g_free (self->counters);
  self->counters = g_strdup (counters);
  plancia_cloud_watch_set_counters (self->watch, counters);
}

PlanciaNews *
plancia_cloud_thing_note_counters (PlanciaCloudThing *self)
{
  g_autofree char *counters = plancia_cloud_watch_dup_counters (self->watch);
  PlanciaNews     *news;

  if (g_strcmp0 (counters, self->counters) == 0)
    return NULL;
  news = plancia_news_new (PLANCIA_NEWS_LEARNT);
  news->device = g_strdup (self->device);
  news->learnt = g_new0 (PlanciaLearnt, 1);
  news->learnt->counters = g_strdup (counters);
  g_free (self->counters);
  self->counters = g_steal_pointer (&counters);
  return news;
}

/* The readings with only the wanted ones of them. */
PlanciaReadings *
plancia_cloud_thing_pick (PlanciaReadings *all, const char *const *keys)
{
  PlanciaReadings *some;

  if (keys == NULL)
    return plancia_readings_ref (all);
  some = plancia_readings_new (plancia_readings_get_device (all), plancia_readings_get_time (all));
  for (guint i = 0; keys[i] != NULL; i++) {
    const PlanciaReading *found = plancia_readings_find (all, keys[i]);
    PlanciaReading       *reading =
      plancia_readings_add (some, keys[i], found ? found->quality : PLANCIA_QUALITY_MISSING);

    if (found == NULL)
      continue;
    reading->time = found->time;
    reading->message = g_strdup (found->message);
    plancia_value_copy (&found->value, &reading->value);
  }
  return some;
}
