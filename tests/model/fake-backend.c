/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-backend.h"

#include "base/error.h"

#define N_REGISTERS 65536
#define NO_WORD     (-1)
#define SILENT      (-2)

struct _FakeBackend
{
  GObject parent_instance;

  PlanciaBackendFlags flags;
  PlanciaState        state;
  GError             *error;

  GPtrArray           *writes; /* GPtrArray of PlanciaEdit */
  GTask               *write;  /* waits for its answer */
  PlanciaWriteProgress progress;
  gpointer             progress_data;
  GPtrArray           *reads;
  GTask               *read;
  gint64               window;
  guint                n_fetches;
  GTask               *fetch;
  FakeUnit             units[256];
  guint                n_raw;
  GStrv                watch; /* as it was told last, or NULL */
  gint32              *words; /* of all addresses, NO_WORD or SILENT; or NULL */
  PlanciaLinkQuality   quality;
  guint                interval;
};

static void backend_iface_init (PlanciaBackendInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeBackend,
                               fake_backend,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PLANCIA_TYPE_BACKEND, backend_iface_init))

static PlanciaBackendFlags
get_flags (PlanciaBackend *backend)
{
  return FAKE_BACKEND (backend)->flags;
}

static PlanciaState
get_state (PlanciaBackend *backend)
{
  return FAKE_BACKEND (backend)->state;
}

static const GError *
get_error (PlanciaBackend *backend)
{
  return FAKE_BACKEND (backend)->error;
}

static void
get_quality (PlanciaBackend *backend, PlanciaLinkQuality *out)
{
  *out = FAKE_BACKEND (backend)->quality;
}

static GPtrArray *
copy_edits (GPtrArray *edits)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_edit_free);

  for (guint i = 0; i < edits->len; i++) {
    const PlanciaEdit *edit = g_ptr_array_index (edits, i);

    g_ptr_array_add (copy, plancia_edit_new (edit->field, &edit->value));
  }
  return copy;
}

static void
write_async (PlanciaBackend      *backend,
             const char          *device,
             GPtrArray           *edits,
             PlanciaWriteLog     *log,
             GCancellable        *cancellable,
             PlanciaWriteProgress progress,
             gpointer             progress_data,
             GAsyncReadyCallback  callback,
             gpointer             user_data)
{
  FakeBackend *self = FAKE_BACKEND (backend);

  g_assert_null (self->write);
  g_ptr_array_add (self->writes, copy_edits (edits));
  self->write = g_task_new (self, cancellable, callback, user_data);
  g_task_set_check_cancellable (self->write, FALSE);
  self->progress = progress;
  self->progress_data = progress_data;
}

static GPtrArray *
write_finish (PlanciaBackend *backend, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
read_async (PlanciaBackend     *backend,
            const char         *device,
            const char *const  *keys,
            GCancellable       *cancellable,
            GAsyncReadyCallback callback,
            gpointer            user_data)
{
  FakeBackend *self = FAKE_BACKEND (backend);

  g_ptr_array_add (self->reads, keys ? g_strjoinv (" ", (char **) keys) : g_strdup ("*"));
  g_clear_object (&self->read);
  self->read = g_task_new (self, cancellable, callback, user_data);
}

static PlanciaReadings *
read_finish (PlanciaBackend *backend, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
return_raw (GTask *task, FakeUnit what)
{
  static const guint16 serial[] = {0x4142, 0x3132, 0};
  static const guint16 frequency[] = {0x459c, 0x4000}; /* 5000.0 */
  GArray              *words;

  switch (what) {
  case FAKE_UNIT_SERIAL:
    words = g_array_new (FALSE, FALSE, sizeof (guint16));
    g_array_append_vals (words, serial, G_N_ELEMENTS (serial));
    g_task_return_pointer (task, words, (GDestroyNotify) g_array_unref);
    break;
  case FAKE_UNIT_METER:
    words = g_array_new (FALSE, FALSE, sizeof (guint16));
    g_array_append_vals (words, frequency, G_N_ELEMENTS (frequency));
    g_task_return_pointer (task, words, (GDestroyNotify) g_array_unref);
    break;
  case FAKE_UNIT_REFUSES:
    g_task_return_new_error (task, PLANCIA_MODBUS_ERROR, 2, "refused");
    break;
  case FAKE_UNIT_ABSENT:
    g_task_return_new_error (task, PLANCIA_MODBUS_ERROR, 11, "nobody there");
    break;
  case FAKE_UNIT_DAMAGED:
    g_task_return_new_error (task,
                             PLANCIA_PROTOCOL_ERROR,
                             PLANCIA_PROTOCOL_ERROR_CHECKSUM,
                             "damaged");
    break;
  case FAKE_UNIT_TAKEN_OVER:
    g_task_return_new_error (task, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_TAKEN_OVER, "gone");
    break;
  case FAKE_UNIT_SILENT:
  default:
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "silent");
    break;
  }
}

static void
set_watch (PlanciaBackend *backend, const char *device, const char *const *keys)
{
  FakeBackend *self = FAKE_BACKEND (backend);

  g_strfreev (self->watch);
  self->watch = g_strdupv ((GStrv) keys);
}

static void
return_words (GTask *task, const gint32 *registers, guint count)
{
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (guint16));
  gboolean refused = FALSE, silent = FALSE;

  for (guint i = 0; i < count; i++) {
    guint16 word = (guint16) registers[i];

    refused = refused || registers[i] == NO_WORD;
    silent = silent || registers[i] == SILENT;
    g_array_append_val (words, word);
  }
  if (silent)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "silent");
  else if (refused)
    g_task_return_new_error (task, PLANCIA_MODBUS_ERROR, 2, "refused");
  else
    g_task_return_pointer (task, g_steal_pointer (&words), (GDestroyNotify) g_array_unref);
}

static void
read_raw_async (PlanciaBackend     *backend,
                int                 unit,
                guint8              function,
                guint16             address,
                guint16             count,
                GCancellable       *cancellable,
                GAsyncReadyCallback callback,
                gpointer            user_data)
{
  FakeBackend *self = FAKE_BACKEND (backend);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_assert_cmpint (unit, >, 0);
  g_assert_cmpint (unit, <, 256);
  self->n_raw++;
  if (self->words != NULL) {
    g_assert_cmpuint (address + count, <=, N_REGISTERS);
    return_words (task, self->words + address, count);
    return;
  }
  g_assert_cmpuint (function, ==, 3);
  return_raw (task, self->units[unit]);
}

static GArray *
read_raw_finish (PlanciaBackend *backend, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
open_async (PlanciaBackend     *backend,
            GCancellable       *cancellable,
            GAsyncReadyCallback callback,
            gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (backend, cancellable, callback, user_data);

  fake_backend_set_state (FAKE_BACKEND (backend), PLANCIA_STATE_OPEN, NULL);
  g_task_return_boolean (task, TRUE);
}

static gboolean
open_finish (PlanciaBackend *backend, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
fetch_async (PlanciaBackend     *backend,
             const char         *device,
             PlanciaSpan         span,
             GCancellable       *cancellable,
             GAsyncReadyCallback callback,
             gpointer            user_data)
{
  FakeBackend *self = FAKE_BACKEND (backend);

  g_assert_null (self->fetch);
  self->n_fetches++;
  self->fetch = g_task_new (self, cancellable, callback, user_data);
  g_task_set_task_data (self->fetch,
                        plancia_samples_seal (plancia_samples_new (device, "portal", span)),
                        (GDestroyNotify) plancia_samples_unref);
}

static PlanciaSamples *
fetch_finish (PlanciaBackend *backend, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gint64
get_window (PlanciaBackend *backend)
{
  return FAKE_BACKEND (backend)->window;
}

static void
set_polling (PlanciaBackend *backend, gboolean polling, guint fast_interval_ms)
{
  FAKE_BACKEND (backend)->interval = polling ? fast_interval_ms : 0;
}

guint
fake_backend_get_interval (FakeBackend *self)
{
  return self->interval;
}

static void
backend_iface_init (PlanciaBackendInterface *iface)
{
  iface->get_flags = get_flags;
  iface->get_state = get_state;
  iface->get_error = get_error;
  iface->get_quality = get_quality;
  iface->set_polling = set_polling;
  iface->write_async = write_async;
  iface->write_finish = write_finish;
  iface->read_async = read_async;
  iface->read_finish = read_finish;
  iface->open_async = open_async;
  iface->open_finish = open_finish;
  iface->set_watch = set_watch;
  iface->read_raw_async = read_raw_async;
  iface->read_raw_finish = read_raw_finish;
  iface->fetch_async = fetch_async;
  iface->fetch_finish = fetch_finish;
  iface->get_window = get_window;
}

static void
fake_backend_finalize (GObject *object)
{
  FakeBackend *self = FAKE_BACKEND (object);

  g_clear_error (&self->error);
  g_free (self->words);
  g_strfreev (self->watch);
  g_ptr_array_unref (self->writes);
  g_ptr_array_unref (self->reads);
  g_clear_object (&self->write);
  g_clear_object (&self->read);
  g_clear_object (&self->fetch);

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
  self->writes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->reads = g_ptr_array_new_with_free_func (g_free);
}

FakeBackend *
fake_backend_new (PlanciaBackendFlags flags)
{
  FakeBackend *self = g_object_new (FAKE_TYPE_BACKEND, NULL);

  self->flags = flags;
  return self;
}

void
fake_backend_set_state (FakeBackend *self, PlanciaState state, GError *error)
{
  g_clear_error (&self->error);
  self->state = state;
  self->error = error;
  plancia_backend_emit_state_changed (PLANCIA_BACKEND (self));
}

GPtrArray *
fake_backend_get_writes (FakeBackend *self)
{
  return self->writes;
}

gboolean
fake_backend_is_writing (FakeBackend *self)
{
  return self->write != NULL;
}

gboolean
fake_backend_is_stopped (FakeBackend *self)
{
  return self->write != NULL && g_cancellable_is_cancelled (g_task_get_cancellable (self->write));
}

void
fake_backend_report_progress (FakeBackend *self, guint step, guint n, const char *phase)
{
  g_assert_nonnull (self->progress);
  self->progress (step, n, phase, self->progress_data);
}

void
fake_backend_answer_write (FakeBackend *self, GPtrArray *outcomes, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->write);

  g_assert_nonnull (task);
  self->progress = NULL;
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, outcomes, (GDestroyNotify) g_ptr_array_unref);
}

GPtrArray *
fake_backend_get_reads (FakeBackend *self)
{
  return self->reads;
}

void
fake_backend_answer_read (FakeBackend *self, PlanciaReadings *readings, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->read);

  g_assert_nonnull (task);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, readings, (GDestroyNotify) plancia_readings_unref);
}

void
fake_backend_set_window (FakeBackend *self, gint64 window)
{
  self->window = window;
}

guint
fake_backend_count_fetches (FakeBackend *self)
{
  return self->n_fetches;
}

void
fake_backend_answer_fetch (FakeBackend *self, gboolean good)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->fetch);

  g_assert_nonnull (task);
  if (good)
    g_task_return_pointer (task,
                           plancia_samples_ref (g_task_get_task_data (task)),
                           (GDestroyNotify) plancia_samples_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "not yet");
}

void
fake_backend_set_unit (FakeBackend *self, int unit, FakeUnit what)
{
  self->units[unit] = what;
}

const char *const *
fake_backend_get_watch (FakeBackend *self)
{
  return (const char *const *) self->watch;
}

static void
set_registers (FakeBackend *self, guint first, guint count, gint32 what)
{
  if (self->words == NULL) {
    self->words = g_new (gint32, N_REGISTERS);
    for (guint i = 0; i < N_REGISTERS; i++)
      self->words[i] = NO_WORD;
  }
  for (guint i = first; i < first + count; i++)
    self->words[i] = what;
}

void
fake_backend_set_words (FakeBackend *self, guint first, guint count, guint16 word)
{
  set_registers (self, first, count, word);
}

void
fake_backend_set_silent (FakeBackend *self, guint first, guint count)
{
  set_registers (self, first, count, SILENT);
}

guint
fake_backend_count_raw (FakeBackend *self)
{
  return self->n_raw;
}

void
fake_backend_set_quality (FakeBackend *self, const PlanciaLinkQuality *quality)
{
  self->quality = *quality;
}
