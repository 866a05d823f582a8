/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/sweep.h"

#include "base/clock.h"
#include "base/error.h"
#include "map/map-catalog.h"
#include "protocol/modbus-pdu.h"

/* What is asked, by kind: functions 3 only, since a HUB passes no other read. */
static const struct
{
  guint16 address;
  guint16 count;
} questions[] = {
  [PLANCIA_SWEEP_INVERTERS] = {0x0445, 8},
  [PLANCIA_SWEEP_METERS] = {0x2000, 2},
};

typedef struct
{
  PlanciaSweepKind kind;
  int              last;
  PlanciaSweepFunc function;
  gpointer         function_data;
  gint64           start; /* monotonic ms */

  PlanciaSweepProgress progress;
  GPtrArray           *found;
} Sweep;

static void
sweep_unit_free (gpointer data)
{
  PlanciaSweepUnit *self = data;

  g_free (self->identity);
  g_free (self->map);
  g_free (self);
}

static void
sweep_free (gpointer data)
{
  Sweep *self = data;

  g_ptr_array_unref (self->found);
  g_free (self);
}

static void
tell (Sweep *self)
{
  guint done = self->progress.done;

  self->progress.found = self->found->len;
  if (done > 0)
    self->progress.left =
      (guint) ((plancia_clock_monotonic () - self->start) / done * (self->progress.all - done));
  if (self->function != NULL)
    self->function (&self->progress, self->function_data);
}

/* The printable text at the start; NULL if there is none of a serial number's length. */
static char *
take_identity (GArray *words)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 2 * words->len; i++) {
    guint16 word = g_array_index (words, guint16, i / 2);
    char    c = (char) (i % 2 == 0 ? word >> 8 : word & 0xff);

    if (c == '\0' || c == ' ')
      break;
    if (!g_ascii_isalnum (c))
      return NULL;
    g_string_append_c (text, c);
  }
  return text->len >= 3 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static void
take_unit (Sweep *self, GArray *words)
{
  PlanciaSweepUnit *unit = g_new0 (PlanciaSweepUnit, 1);

  unit->unit = self->progress.unit;
  if (words != NULL && self->kind == PLANCIA_SWEEP_INVERTERS)
    unit->identity = take_identity (words);
  if (unit->identity != NULL)
    unit->map = plancia_map_catalog_detect (PLANCIA_MODBUS_READ_HOLDING,
                                            questions[self->kind].address,
                                            unit->identity);
  g_ptr_array_add (self->found, unit);
}

/* A unit that says no is there; one that is silent, or that the HUB says is silent, is not. */
static gboolean
is_present (const GError *error)
{
  return error == NULL || (error->domain == PLANCIA_MODBUS_ERROR &&
                           error->code != PLANCIA_MODBUS_ERROR_GATEWAY_PATH &&
                           error->code != PLANCIA_MODBUS_ERROR_GATEWAY_TARGET);
}

/* What concerns one unit, and not the line. */
static gboolean
is_only_silence (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
         error->domain == PLANCIA_MODBUS_ERROR || error->domain == PLANCIA_PROTOCOL_ERROR;
}

static void ask (GTask *task);

static void
finish (GTask *task)
{
  Sweep *self = g_task_get_task_data (task);

  g_task_return_pointer (task, g_ptr_array_ref (self->found), (GDestroyNotify) g_ptr_array_unref);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Sweep *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray)
    words = plancia_backend_read_raw_finish (PLANCIA_BACKEND (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    finish (task);
    return;
  }
  if (is_present (error)) {
    take_unit (self, words);
  } else if (!is_only_silence (error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  } else if (error->domain == PLANCIA_PROTOCOL_ERROR &&
             error->code == PLANCIA_PROTOCOL_ERROR_CHECKSUM) {
    /* Two devices with one unit talk at the same time: somebody is there. */
    take_unit (self, NULL);
  }
  self->progress.done++;
  self->progress.unit++;
  tell (self);
  if (self->progress.unit > self->last ||
      g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    finish (task);
  else
    ask (g_steal_pointer (&task));
}

/* Takes the task. */
static void
ask (GTask *task)
{
  Sweep *self = g_task_get_task_data (task);

  plancia_backend_read_raw_async (PLANCIA_BACKEND (g_task_get_source_object (task)),
                                  self->progress.unit,
                                  PLANCIA_MODBUS_READ_HOLDING,
                                  questions[self->kind].address,
                                  questions[self->kind].count,
                                  g_task_get_cancellable (task),
                                  answered_cb,
                                  task);
}

/**
 * plancia_sweep_async:
 * @backend: open
 * @first: unit, at least 1: nothing is sent to all at once
 * @last: unit
 * @progress: (nullable): after each unit
 *
 * Reads only. Main thread.
 */
void
plancia_sweep_async (PlanciaBackend     *backend,
                     PlanciaSweepKind    kind,
                     int                 first,
                     int                 last,
                     GCancellable       *cancellable,
                     PlanciaSweepFunc    progress,
                     gpointer            progress_data,
                     GAsyncReadyCallback callback,
                     gpointer            user_data)
{
  GTask *task = g_task_new (backend, cancellable, callback, user_data);
  Sweep *self = g_new0 (Sweep, 1);

  g_task_set_check_cancellable (task, FALSE);
  self->found = g_ptr_array_new_with_free_func (sweep_unit_free);
  self->kind = kind;
  self->last = last;
  self->function = progress;
  self->function_data = progress_data;
  self->start = plancia_clock_monotonic ();
  self->progress.unit = first;
  self->progress.all = (guint) MAX (last - first + 1, 0);
  g_task_set_task_data (task, self, sweep_free);
  if (first < 1 || last > 247 || last < first) {
    g_task_return_new_error (task,
                             G_IO_ERROR,
                             G_IO_ERROR_INVALID_ARGUMENT,
                             "expected units from 1 to 247, got %d to %d",
                             first,
                             last);
    g_object_unref (task);
    return;
  }
  ask (task);
}

/**
 * plancia_sweep_finish:
 *
 * See the header. (transfer full)
 */
GPtrArray *
plancia_sweep_finish (PlanciaBackend *backend, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, backend), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
