/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history-backend.h"

#include "base/error.h"

#include <math.h>

#define STEP (5 * PLANCIA_MINUTE)

static void history_backend_iface_init (PlanciaBackendInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HistoryBackend,
                               history_backend,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PLANCIA_TYPE_BACKEND,
                                                      history_backend_iface_init))

/* --- the day, powers in W -------------------------------------------------------------------- */

/* Noise that is the same in every run. */
static double
noise (double hour)
{
  double x = sin (hour * 1270.1) * 43758.5453;

  return x - floor (x) - 0.5;
}

static double
sun (double hour)
{
  double   up = (hour - 5.5) / (20.6 - 5.5);
  double   clear = up > 0 && up < 1 ? 7800 * pow (sin (up * G_PI), 1.2) : 0;
  gboolean cloudy = (hour > 10.6 && hour < 11.3) || (hour > 13.2 && hour < 14.4);

  return round (clear * (1 - (cloudy ? 0.35 : 0) * (0.8 + noise (hour))) +
                clear * 0.02 * noise (hour + 1));
}

static double
home (double hour)
{
  double value = 450 + 120 * noise (hour + 2);

  value += 1500 * exp (-pow ((hour - 7.4) / 0.4, 2));
  value += 2200 * exp (-pow ((hour - 12.7) / 0.35, 2));
  value += 2600 * exp (-pow ((hour - 19.8) / 0.8, 2));
  return round (value + (hour > 15 && hour < 16.2 && fmod (hour, 0.5) < 0.25 ? 1900 : 0));
}

static double
charge (double hour)
{
  if (hour < 6.5)
    return round (27 - hour * 1.2);
  return round (hour < 18.6 ? MIN (19 + (hour - 6.5) * 13, 100) : 100 - (hour - 18.6) * 8.6);
}

/* Positive: from the grid. */
static double
import (double hour)
{
  double surplus = sun (hour) - home (hour);

  if (charge (hour) < 100 && surplus > 0)
    surplus -= MIN (surplus, 3000);
  return round (hour > 18.6 ? -surplus * 0.1 : -surplus);
}

static void
add_moment (HistoryBackend *self, PlanciaSamples *samples, gint64 time, double hour)
{
  double grid = import (hour);

  plancia_samples_add (samples, "powerGenerating", time, sun (hour));
  plancia_samples_add (samples, "energyGenerating", time, hour);
  if (self->only_solar)
    return;
  plancia_samples_add (samples, "powerConsuming", time, home (hour));
  plancia_samples_add (samples, "powerImporting", time, MAX (grid, 0));
  plancia_samples_add (samples, "powerExporting", time, MAX (-grid, 0));
  plancia_samples_add (samples, "batterySoC", time, charge (hour));
}

/* Hours of the wall clock in Rome. */
static double
hour_of (GTimeZone *zone, gint64 time)
{
  int    interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, time / 1000);
  gint64 local = time + g_time_zone_get_offset (zone, interval) * PLANCIA_SECOND;

  return (double) (local % PLANCIA_DAY) / (double) PLANCIA_HOUR;
}

static PlanciaSamples *
make_samples (HistoryBackend *self, const char *device, PlanciaSpan span)
{
  PlanciaSamples *samples = plancia_samples_new (device, "portal", span);
  g_autoptr (GTimeZone) rome = g_time_zone_new_identifier ("Europe/Rome");

  for (gint64 i = span.start / STEP; i * STEP < span.end && !self->silent; i++) {
    gint64 time = i * STEP + i * 7919 % 25 * PLANCIA_SECOND;
    double hour = hour_of (rome, i * STEP);

    if (plancia_span_contains (span, time) && (hour <= 16.75 || hour >= 17.75))
      add_moment (self, samples, time, hour);
  }
  return plancia_samples_seal (samples);
}

/* --- backend --------------------------------------------------------------------------------- */

typedef struct
{
  char       *device;
  PlanciaSpan span;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->device);
  g_free (question);
}

static gboolean
answer (gpointer user_data)
{
  GTask          *task = user_data;
  HistoryBackend *self = g_task_get_source_object (task);
  Question       *question = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  if (self->fail_code >= 0)
    g_task_return_new_error (task, PLANCIA_CLOUD_ERROR, self->fail_code, "fails as asked");
  else
    g_task_return_pointer (task,
                           make_samples (self, question->device, question->span),
                           (GDestroyNotify) plancia_samples_unref);
  return G_SOURCE_REMOVE;
}

static void
cancelled (GCancellable *cancellable, GTask *task)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, answer, g_object_ref (task), g_object_unref);
}

static void
fetch_async (PlanciaBackend     *backend,
             const char         *device,
             PlanciaSpan         span,
             GCancellable       *cancellable,
             GAsyncReadyCallback callback,
             gpointer            user_data)
{
  HistoryBackend *self = HISTORY_BACKEND (backend);
  GTask          *task = g_task_new (self, cancellable, callback, user_data);
  Question       *question = g_new0 (Question, 1);

  question->device = g_strdup (device);
  question->span = span;
  g_task_set_task_data (task, question, question_free);
  g_array_append_val (self->asked, span);
  if (!self->held) {
    g_idle_add_full (G_PRIORITY_DEFAULT, answer, task, g_object_unref);
    return;
  }
  g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (cancelled), task, 0);
  g_object_set_data_full (G_OBJECT (cancellable), "held", task, g_object_unref);
}

static PlanciaSamples *
fetch_finish (PlanciaBackend *backend, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gint64
get_window (PlanciaBackend *backend)
{
  return PLANCIA_DAY;
}

static PlanciaBackendFlags
get_flags (PlanciaBackend *backend)
{
  return PLANCIA_BACKEND_LIVE | PLANCIA_BACKEND_HISTORY;
}

static PlanciaState
get_state (PlanciaBackend *backend)
{
  return PLANCIA_STATE_OPEN;
}

static const GError *
get_error (PlanciaBackend *backend)
{
  return NULL;
}

static void
history_backend_iface_init (PlanciaBackendInterface *iface)
{
  iface->fetch_async = fetch_async;
  iface->fetch_finish = fetch_finish;
  iface->get_window = get_window;
  iface->get_flags = get_flags;
  iface->get_state = get_state;
  iface->get_error = get_error;
}

static void
history_backend_finalize (GObject *object)
{
  g_array_unref (HISTORY_BACKEND (object)->asked);
  G_OBJECT_CLASS (history_backend_parent_class)->finalize (object);
}

static void
history_backend_class_init (HistoryBackendClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = history_backend_finalize;
}

static void
history_backend_init (HistoryBackend *self)
{
  self->asked = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));
  self->fail_code = -1;
}

HistoryBackend *
history_backend_new (void)
{
  return g_object_new (HISTORY_TYPE_BACKEND, NULL);
}
