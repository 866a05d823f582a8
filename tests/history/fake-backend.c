/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-backend.h"

#include "base/error.h"

#define STEP (5 * PLANCIA_MINUTE)

static void fake_backend_iface_init (PlanciaBackendInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeBackend,
                               fake_backend,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PLANCIA_TYPE_BACKEND,
                                                      fake_backend_iface_init))

typedef struct
{
  PlanciaSpan span;
  int         number;
} Question;

static gboolean
answer (gpointer user_data)
{
  GTask          *task = user_data;
  FakeBackend    *self = g_task_get_source_object (task);
  Question       *question = g_task_get_task_data (task);
  PlanciaSpan    *span = &question->span;
  int             number = question->number;
  PlanciaSamples *samples;

  if (self->stopped)
    return G_SOURCE_CONTINUE;
  self->under_way--;
  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  if (self->fail_at >= 0 && number >= self->fail_at && number < self->fail_until) {
    g_task_return_new_error (task,
                             PLANCIA_CLOUD_ERROR,
                             self->fail_code,
                             "question %d fails as asked",
                             number);
    return G_SOURCE_REMOVE;
  }
  samples = plancia_samples_new ("one", "portal", *span);
  for (gint64 time = (span->start + STEP - 1) / STEP * STEP;
       time < MIN (span->end, self->silent_from);
       time += STEP)
    plancia_samples_add (samples, "power", time, (double) (time / STEP % 1000));
  g_task_return_pointer (task,
                         plancia_samples_seal (samples),
                         (GDestroyNotify) plancia_samples_unref);
  return G_SOURCE_REMOVE;
}

static void
answer_cancelled (GCancellable *cancellable, GTask *task)
{
  FakeBackend *self = g_task_get_source_object (task);

  self->cancelled++;
  g_idle_add_full (G_PRIORITY_DEFAULT, answer, g_object_ref (task), g_object_unref);
}

static void
fake_fetch_async (PlanciaBackend     *backend,
                  const char         *device,
                  PlanciaSpan         span,
                  GCancellable       *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer            user_data)
{
  FakeBackend *self = FAKE_BACKEND (backend);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  int       number = (int) self->asked->len;
  Question *question = g_new0 (Question, 1);

  g_assert_cmpstr (device, ==, "one");
  g_assert_cmpuint (self->under_way, <, self->most);
  self->under_way++;
  self->widest = MAX (self->widest, self->under_way);
  g_array_append_val (self->asked, span);
  *question = (Question){span, number};
  g_task_set_task_data (task, question, g_free);
  if (number == self->hold_at)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (answer_cancelled), task, 0);
  if (number == self->hold_at)
    g_object_set_data_full (G_OBJECT (self), "held", g_steal_pointer (&task), g_object_unref);
  else
    g_idle_add_full (G_PRIORITY_DEFAULT, answer, g_steal_pointer (&task), g_object_unref);
}

static PlanciaBackendFlags
fake_get_flags (PlanciaBackend *backend)
{
  return PLANCIA_BACKEND_HISTORY | (FAKE_BACKEND (backend)->most > 1 ? PLANCIA_BACKEND_AHEAD : 0);
}

static PlanciaSamples *
fake_fetch_finish (PlanciaBackend *backend, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gint64
fake_get_window (PlanciaBackend *backend)
{
  return FAKE_BACKEND (backend)->window;
}

static void
fake_backend_iface_init (PlanciaBackendInterface *iface)
{
  iface->get_flags = fake_get_flags;
  iface->fetch_async = fake_fetch_async;
  iface->fetch_finish = fake_fetch_finish;
  iface->get_window = fake_get_window;
}

static void
fake_backend_finalize (GObject *object)
{
  g_array_unref (FAKE_BACKEND (object)->asked);
  G_OBJECT_CLASS (fake_backend_parent_class)->finalize (object);
}

static void
fake_backend_class_init (FakeBackendClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_backend_finalize;
}

static void
fake_backend_init (FakeBackend *self)
{
  self->asked = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));
  self->window = PLANCIA_DAY;
  self->most = 1;
  self->silent_from = G_MAXINT64;
  self->fail_at = self->hold_at = -1;
}

FakeBackend *
fake_backend_new (void)
{
  return g_object_new (FAKE_TYPE_BACKEND, NULL);
}
