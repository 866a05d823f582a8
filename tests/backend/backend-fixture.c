/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend-fixture.h"

#include "base/error.h"

#include "protocol/console-lines.h"
#include <string.h>

/* --- a log ------------------------------------------------------------------------------------ */

struct _FakeLog
{
  GObject parent_instance;

  GMutex   mutex; /* the worker writes, the test reads */
  GString *lines;
  gint64   last;
  gboolean failing;
};

#define FAKE_TYPE_LOG (fake_log_get_type ())
G_DECLARE_FINAL_TYPE (FakeLog, fake_log, FAKE, LOG, GObject)

static gint64
log_begin (PlanciaWriteLog *log, const PlanciaWriteRequest *request, GError **error)
{
  FakeLog         *self = FAKE_LOG (log);
  g_autofree char *old = request->before != NULL
                           ? plancia_words_format (request->before, request->count)
                           : NULL;
  g_autofree char *words = plancia_words_format (request->words, request->count);
  gint64           id = 0;

  g_mutex_lock (&self->mutex);
  if (self->failing)
    g_set_error_literal (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_NOT_RECORDED, "full");
  else
    id = ++self->last;
  g_string_append_printf (self->lines,
                          "begin %d 0x%04X %u: %s > %s\n",
                          (int) id,
                          request->address,
                          request->count,
                          old != NULL ? old : "-",
                          words);
  g_mutex_unlock (&self->mutex);
  return id;
}

static void
log_sent (PlanciaWriteLog *log, gint64 id)
{
  FakeLog *self = FAKE_LOG (log);

  g_mutex_lock (&self->mutex);
  g_string_append_printf (self->lines, "left %d\n", (int) id);
  g_mutex_unlock (&self->mutex);
}

static void
log_end (PlanciaWriteLog *log,
         gint64           id,
         PlanciaVerdict   verdict,
         const guint16   *after,
         guint            n_after,
         const char      *message)
{
  FakeLog *self = FAKE_LOG (log);

  g_mutex_lock (&self->mutex);
  g_string_append_printf (self->lines, "end %d %s\n", (int) id, plancia_verdict_name (verdict));
  g_mutex_unlock (&self->mutex);
}

static void
log_iface_init (PlanciaWriteLogInterface *iface)
{
  iface->begin = log_begin;
  iface->sent = log_sent;
  iface->end = log_end;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeLog,
                               fake_log,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PLANCIA_TYPE_WRITE_LOG, log_iface_init))

static void
fake_log_finalize (GObject *object)
{
  FakeLog *self = FAKE_LOG (object);

  g_string_free (self->lines, TRUE);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (fake_log_parent_class)->finalize (object);
}

static void
fake_log_class_init (FakeLogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_log_finalize;
}

static void
fake_log_init (FakeLog *self)
{
  g_mutex_init (&self->mutex);
  self->lines = g_string_new (NULL);
}

FakeLog *
fake_log_new (void)
{
  return g_object_new (FAKE_TYPE_LOG, NULL);
}

char *
fake_log_take (FakeLog *self)
{
  char *lines;

  g_mutex_lock (&self->mutex);
  lines = g_strdup (self->lines->str);
  g_string_set_size (self->lines, 0);
  g_mutex_unlock (&self->mutex);
  return lines;
}

void
fake_log_fail (FakeLog *self)
{
  g_mutex_lock (&self->mutex);
  self->failing = TRUE;
  g_mutex_unlock (&self->mutex);
}

/* --- the fixture ------------------------------------------------------------------------------ */

static void
readings_cb (BackendFixture *self, PlanciaReadings *readings)
{
  self->n_readings++;
  for (guint i = 0; i < plancia_readings_get_count (readings); i++) {
    const PlanciaReading *reading = plancia_readings_get (readings, i);
    g_autofree char      *value = reading->words != NULL
                                    ? plancia_words_format (reading->words, reading->n_words)
                                    : g_strdup_printf ("%g", reading->value.number);

    g_hash_table_replace (
      self->values,
      g_strdup_printf ("%s %s", plancia_readings_get_device (readings), reading->key),
      g_strdup_printf ("%s%s%s",
                       plancia_quality_name (reading->quality),
                       reading->quality == PLANCIA_QUALITY_GOOD ? " " : "",
                       reading->quality == PLANCIA_QUALITY_GOOD ? value : ""));
  }
}

static void
state_cb (BackendFixture *self, PlanciaBackend *backend)
{
  char state = "coOftC"[plancia_backend_get_state (backend)];

  if (self->states->len == 0 || self->states->str[self->states->len - 1] != state)
    g_string_append_c (self->states, state);
}

static void
failed_cb (BackendFixture *self, const char *device, const GError *error)
{
  self->n_failed++;
  if (error != NULL)
    g_hash_table_replace (self->failed, g_strdup (device), g_error_copy (error));
  else
    g_hash_table_remove (self->failed, device);
}

static void
map_cb (BackendFixture *self, const char *device, const char *map, const char *evidence)
{
  g_free (self->map);
  g_free (self->evidence);
  self->map = g_strdup (map);
  self->evidence = g_strdup (evidence);
}

static void
console_cb (BackendFixture *self, gint64 time, int direction, GBytes *bytes)
{
  g_assert_cmpint (time, >, 0);
  g_string_append_c (self->console, "<>!"[direction]);
  g_string_append_len (self->console,
                       g_bytes_get_data (bytes, NULL),
                       (gssize) g_bytes_get_size (bytes));
}

void
fixture_init (BackendFixture *self, PlanciaBackend *backend)
{
  self->backend = backend;
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->failed =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_error_free);
  self->states = g_string_new (NULL);
  self->console = g_string_new (NULL);
  self->progress = g_string_new (NULL);
  self->log = g_object_new (FAKE_TYPE_LOG, NULL);
  g_signal_connect_swapped (backend, "readings", G_CALLBACK (readings_cb), self);
  g_signal_connect_swapped (backend, "state-changed", G_CALLBACK (state_cb), self);
  g_signal_connect_swapped (backend, "device-failed", G_CALLBACK (failed_cb), self);
  g_signal_connect_swapped (backend, "map-chosen", G_CALLBACK (map_cb), self);
  g_signal_connect_swapped (backend, "console", G_CALLBACK (console_cb), self);
}

static gboolean
is_alive (GWeakRef *reference)
{
  g_autoptr (GObject) object = g_weak_ref_get (reference);

  return object != NULL;
}

void
fixture_clear (BackendFixture *self)
{
  GWeakRef alive;

  if (self->backend == NULL)
    return;
  /* Calls that nobody waits for hold it until the worker has done them. */
  g_weak_ref_init (&alive, self->backend);
  g_clear_object (&self->backend);
  turn_until (!is_alive (&alive));
  g_weak_ref_clear (&alive);
  g_hash_table_unref (self->values);
  g_hash_table_unref (self->failed);
  g_string_free (self->states, TRUE);
  g_string_free (self->console, TRUE);
  g_string_free (self->progress, TRUE);
  g_object_unref (self->log);
  g_free (self->map);
  g_free (self->evidence);
}

void
fixture_turn (guint milliseconds)
{
  gint64 until = g_get_monotonic_time () + milliseconds * 1000;

  while (g_get_monotonic_time () < until)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

gboolean
fixture_open (BackendFixture *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plancia_backend_open_async (self->backend, NULL, result_cb, &result);
  turn_until (result != NULL);
  return plancia_backend_open_finish (self->backend, result, error);
}

gboolean
fixture_close (BackendFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;

  plancia_backend_close_async (self->backend, result_cb, &result);
  turn_until (result != NULL);
  return plancia_backend_close_finish (self->backend, result, NULL);
}

PlanciaState
fixture_state (BackendFixture *self)
{
  return plancia_backend_get_state (self->backend);
}

PlanciaReadings *
fixture_read (BackendFixture *self, const char *device, const char *const *keys, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plancia_backend_read_async (self->backend, device, keys, NULL, result_cb, &result);
  turn_until (result != NULL);
  return plancia_backend_read_finish (self->backend, result, error);
}

GArray *
fixture_read_raw (BackendFixture *self,
                  int             unit,
                  guint8          function,
                  guint16         address,
                  guint16         count,
                  GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plancia_backend_read_raw_async (self->backend,
                                  unit,
                                  function,
                                  address,
                                  count,
                                  NULL,
                                  result_cb,
                                  &result);
  turn_until (result != NULL);
  return plancia_backend_read_raw_finish (self->backend, result, error);
}

GPtrArray *
fixture_parse_edits (PlanciaMap *map, const char *text)
{
  GPtrArray *edits = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_edit_free);
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);

  for (guint i = 0; parts[i] != NULL; i++) {
    g_auto (GStrv) sides = g_strsplit (parts[i], "=", 2);
    const PlanciaField *field = plancia_map_find_field (map, sides[0]);
    g_auto (PlanciaValue) value = {0};
    g_autoptr (GError) error = NULL;

    g_assert_nonnull (field);
    plancia_field_parse (field, sides[1], &value, &error);
    g_assert_no_error (error);
    g_ptr_array_add (edits, plancia_edit_new (field, &value));
  }
  return edits;
}

static void
progress_cb (guint step, guint n_steps, const char *phase, gpointer user_data)
{
  g_string_append_printf (((BackendFixture *) user_data)->progress,
                          "%u/%u %s\n",
                          step,
                          n_steps,
                          phase);
}

GPtrArray *
fixture_write_edits (BackendFixture *self,
                     const char     *device,
                     GPtrArray      *edits,
                     GCancellable   *cancellable,
                     GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_string_set_size (self->progress, 0);
  plancia_backend_write_async (self->backend,
                               device,
                               edits,
                               PLANCIA_WRITE_LOG (self->log),
                               cancellable,
                               progress_cb,
                               self,
                               result_cb,
                               &result);
  turn_until (result != NULL);
  return plancia_backend_write_finish (self->backend, result, error);
}

GPtrArray *
fixture_write (BackendFixture *self,
               const char     *device,
               PlanciaMap     *map,
               const char     *text,
               GCancellable   *cancellable,
               GError        **error)
{
  g_autoptr (GPtrArray) edits = fixture_parse_edits (map, text);

  return fixture_write_edits (self, device, edits, cancellable, error);
}

PlanciaSamples *
fixture_fetch (BackendFixture *self, const char *device, PlanciaSpan span, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plancia_backend_fetch_async (self->backend, device, span, NULL, result_cb, &result);
  turn_until (result != NULL);
  return plancia_backend_fetch_finish (self->backend, result, error);
}

gboolean
fixture_send (BackendFixture *self, const char *text, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  plancia_backend_send_async (self->backend, bytes, NULL, result_cb, &result);
  turn_until (result != NULL);
  return plancia_backend_send_finish (self->backend, result, error);
}

const char *
fixture_value (BackendFixture *self, const char *device, const char *key)
{
  g_autofree char *name = g_strdup_printf ("%s %s", device, key);

  return g_hash_table_lookup (self->values, name);
}

const PlanciaWriteOutcome *
fixture_outcome (GPtrArray *outcomes, guint index)
{
  g_assert_nonnull (outcomes);
  g_assert_cmpuint (index, <, outcomes->len);
  return g_ptr_array_index (outcomes, index);
}
