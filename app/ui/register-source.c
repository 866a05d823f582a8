/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/register-source.h"

#include "base/signal-new.h"
#include "ui/register-favourites.h"

struct _PlanciaRegisterSource
{
  GObject parent_instance;

  PlanciaDevice        *device; /* weak: owns the source */
  PlanciaRegisterModel *model;
  gboolean              watched;
  gboolean              paused;
  PlanciaReadings      *held; /* a reading of everything that came meanwhile, or NULL */
  gboolean              read_once;
  gboolean              reading;
  gboolean              whole; /* it reads everything */
  GError               *error; /* of the last reading */
};

enum {
  SIGNAL_MODEL_CHANGED,
  SIGNAL_UPDATED,
  SIGNAL_READING_CHANGED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaRegisterSource, plancia_register_source, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static GQuark
source_quark (void)
{
  return g_quark_from_static_string ("plancia-register-source");
}

/* What was read or written by hand may be newer than what polling brought; and a reading from before
 * a write says nothing about what the device has since. */
static gboolean
is_news (PlanciaRegisterRow *row, const PlanciaReading *reading)
{
  gint64 time = plancia_register_row_get_time (row);

  if (reading->time != time)
    return reading->time > time;
  return !plancia_value_equal (&reading->value, plancia_register_row_get_value (row));
}

static void
take_newest (PlanciaRegisterSource *self, const char *key)
{
  const PlanciaReading *reading = plancia_device_lookup (self->device, key);
  PlanciaRegisterRow *row = reading != NULL ? plancia_register_model_find (self->model, key) : NULL;

  if (row != NULL && is_news (row, reading))
    plancia_register_model_apply_reading (self->model, reading);
}

static void
apply_newest (PlanciaRegisterSource *self)
{
  PlanciaMap *map;
  guint       n;

  if (self->model == NULL || self->device == NULL)
    return;
  map = plancia_register_model_get_map (self->model);
  n = plancia_map_get_n_fields (map);
  for (guint i = 0; i < n; i++)
    take_newest (self, plancia_map_get_field (map, i)->key);
  g_signal_emit (self, signals[SIGNAL_UPDATED], 0);
}

/* Most polls bring a few registers of many. */
static void
apply_batch (PlanciaRegisterSource *self, PlanciaReadings *batch)
{
  guint n = plancia_readings_get_count (batch);

  for (guint i = 0; i < n && self->model != NULL; i++)
    take_newest (self, plancia_readings_get (batch, i)->key);
  g_signal_emit (self, signals[SIGNAL_UPDATED], 0);
}

static void
on_readings (PlanciaRegisterSource *self)
{
  PlanciaReadings *batch = plancia_device_get_batch (self->device);

  if (!self->watched || self->paused)
    return;
  if (batch != NULL)
    apply_batch (self, batch);
  else
    apply_newest (self);
}

/* Edits of the same key and meaning live on under the new map; what it does not allow is dropped. */
static void
carry_over (PlanciaRegisterModel *from, PlanciaRegisterModel *to)
{
  g_autoptr (GPtrArray) edits = plancia_register_model_get_edits (from);

  for (guint i = 0; i < edits->len; i++) {
    const PlanciaEdit  *edit = g_ptr_array_index (edits, i);
    PlanciaRegisterRow *row = plancia_register_model_find (to, edit->field->key);

    if (row != NULL)
      plancia_register_model_stage (to, row, &edit->value, NULL);
  }
}

static gboolean
same_map (PlanciaMap *a, PlanciaMap *b)
{
  return g_str_equal (plancia_map_get_id (a), plancia_map_get_id (b));
}

static void
make_model (PlanciaRegisterSource *self)
{
  g_autoptr (PlanciaRegisterModel) before = g_steal_pointer (&self->model);
  PlanciaMap *map = plancia_device_get_map (self->device);

  self->read_once = FALSE;
  if (map == NULL)
    return;
  self->model = plancia_register_model_new (map);
  plancia_register_favourites_load (self->model);
  if (before != NULL && same_map (plancia_register_model_get_map (before), map))
    carry_over (before, self->model);
  apply_newest (self);
}

static void
on_map (PlanciaRegisterSource *self)
{
  PlanciaMap *map = plancia_device_get_map (self->device);

  if (self->model != NULL && plancia_register_model_get_map (self->model) == map)
    return;
  make_model (self);
  g_signal_emit (self, signals[SIGNAL_MODEL_CHANGED], 0);
}

static void
set_reading (PlanciaRegisterSource *self, gboolean reading)
{
  self->reading = reading;
  g_signal_emit (self, signals[SIGNAL_READING_CHANGED], 0);
}

static void
on_read (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaRegisterSource) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaReadings)
    readings = plancia_backend_read_finish (PLANCIA_BACKEND (object), result, &error);

  g_clear_error (&self->error);
  self->error = g_steal_pointer (&error);
  if (readings != NULL && self->paused && self->whole) {
    g_clear_pointer (&self->held, plancia_readings_unref);
    self->held = plancia_readings_ref (readings);
  } else if (readings != NULL && self->model != NULL) {
    plancia_register_model_apply (self->model, readings);
  }
  set_reading (self, FALSE);
  g_signal_emit (self, signals[SIGNAL_UPDATED], 0);
}

static gboolean
can_read (PlanciaRegisterSource *self)
{
  PlanciaBackend *backend;

  if (self->reading || self->model == NULL || self->device == NULL)
    return FALSE;
  backend = plancia_device_get_backend (self->device);
  return backend != NULL && plancia_backend_get_state (backend) == PLANCIA_STATE_OPEN;
}

static void
plancia_register_source_finalize (GObject *object)
{
  PlanciaRegisterSource *self = PLANCIA_REGISTER_SOURCE (object);

  g_clear_weak_pointer (&self->device);
  g_clear_pointer (&self->held, plancia_readings_unref);
  g_clear_object (&self->model);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (plancia_register_source_parent_class)->finalize (object);
}

static void
plancia_register_source_class_init (PlanciaRegisterSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_register_source_finalize;

  signals[SIGNAL_MODEL_CHANGED] =
    plancia_signal_new (G_TYPE_FROM_CLASS (klass), "model-changed", 0);
  signals[SIGNAL_UPDATED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "updated", 0);
  signals[SIGNAL_READING_CHANGED] =
    plancia_signal_new (G_TYPE_FROM_CLASS (klass), "reading-changed", 0);
}

static void
plancia_register_source_init (PlanciaRegisterSource *self)
{
}

/**
 * plancia_register_source_of:
 * @device: a device
 *
 * Returns: (transfer none): the one source of @device; it lives as long as @device. Main thread, as
 * all of this file.
 */
PlanciaRegisterSource *
plancia_register_source_of (PlanciaDevice *device)
{
  PlanciaRegisterSource *self = g_object_get_qdata (G_OBJECT (device), source_quark ());

  if (self != NULL)
    return self;
  self = g_object_new (PLANCIA_TYPE_REGISTER_SOURCE, NULL);
  g_set_weak_pointer (&self->device, device);
  g_object_set_qdata_full (G_OBJECT (device), source_quark (), self, g_object_unref);
  make_model (self);
  g_signal_connect_object (device, "readings", G_CALLBACK (on_readings), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (device, "notify::map", G_CALLBACK (on_map), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * plancia_register_source_get_model:
 *
 * Returns: (transfer none) (nullable): the rows; %NULL while the device has no map.
 */
PlanciaRegisterModel *
plancia_register_source_get_model (PlanciaRegisterSource *self)
{
  g_return_val_if_fail (PLANCIA_IS_REGISTER_SOURCE (self), NULL);

  return self->model;
}

/**
 * plancia_register_source_set_watched:
 * @watched: whether somebody looks at the rows
 *
 * Catches up with the device at once; while nobody looks the model costs nothing.
 */
void
plancia_register_source_set_watched (PlanciaRegisterSource *self, gboolean watched)
{
  g_return_if_fail (PLANCIA_IS_REGISTER_SOURCE (self));

  self->watched = watched;
  if (watched && !self->paused)
    apply_newest (self);
}

/**
 * plancia_register_source_set_paused:
 * @paused: whether the values in the model stand still
 *
 * What is asked for by its key, and what a write reads, comes into the model all the same. At the end of the pause the model
 * catches up.
 */
void
plancia_register_source_set_paused (PlanciaRegisterSource *self, gboolean paused)
{
  g_autoptr (PlanciaReadings) held = NULL;

  g_return_if_fail (PLANCIA_IS_REGISTER_SOURCE (self));

  if (self->paused == !!paused)
    return;
  self->paused = !!paused;
  if (paused)
    return;
  held = g_steal_pointer (&self->held);
  if (held != NULL && self->model != NULL)
    plancia_register_model_apply (self->model, held);
  if (self->watched)
    apply_newest (self);
}

/**
 * plancia_register_source_read:
 * @keys: (nullable) (array zero-terminated=1): what to read; %NULL for everything readable
 *
 * Asks the device once. The answer comes into the model; an error is kept for
 * plancia_register_source_get_error(). While a reading runs, or without an open connection, nothing
 * happens.
 */
void
plancia_register_source_read (PlanciaRegisterSource *self, const char *const *keys)
{
  g_return_if_fail (PLANCIA_IS_REGISTER_SOURCE (self));

  if (!can_read (self))
    return;
  if (keys == NULL)
    self->read_once = TRUE;
  self->whole = keys == NULL;
  plancia_backend_read_async (plancia_device_get_backend (self->device),
                              plancia_device_get_id (self->device),
                              keys,
                              NULL,
                              on_read,
                              g_object_ref (self));
  set_reading (self, TRUE);
}

/**
 * plancia_register_source_read_first:
 *
 * Settings are not polled: without this their values would be unknown when the page is first shown.
 */
void
plancia_register_source_read_first (PlanciaRegisterSource *self)
{
  g_return_if_fail (PLANCIA_IS_REGISTER_SOURCE (self));

  if (!self->read_once)
    plancia_register_source_read (self, NULL);
}

/**
 * plancia_register_source_is_reading:
 *
 * Returns: whether a reading that was asked for here is running.
 */
gboolean
plancia_register_source_is_reading (PlanciaRegisterSource *self)
{
  g_return_val_if_fail (PLANCIA_IS_REGISTER_SOURCE (self), FALSE);

  return self->reading;
}

/**
 * plancia_register_source_get_error:
 *
 * Returns: (transfer none) (nullable): why the last reading brought nothing at all.
 */
const GError *
plancia_register_source_get_error (PlanciaRegisterSource *self)
{
  g_return_val_if_fail (PLANCIA_IS_REGISTER_SOURCE (self), NULL);

  return self->error;
}
