/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/readings.h"

#include <math.h>

struct _PlanciaReadings
{
  gatomicrefcount references;
  char           *device;
  gint64          time;
  GPtrArray      *readings; /* PlanciaReading* */
  GHashTable     *by_key;   /* borrowed key -> borrowed PlanciaReading* */
};

GType
plancia_readings_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type)) {
    GType made = g_boxed_type_register_static ("PlanciaReadings",
                                               (GBoxedCopyFunc) plancia_readings_ref,
                                               (GBoxedFreeFunc) plancia_readings_unref);
    g_once_init_leave (&type, made);
  }
  return type;
}

static void
reading_free (gpointer data)
{
  PlanciaReading *self = data;

  plancia_value_clear (&self->value);
  g_free (self->key);
  g_free (self->words);
  g_free (self->message);
  g_free (self);
}

/**
 * plancia_quality_name:
 *
 * The word for a quality in JSON and logs: "good", "old", "missing", "refused", "error". Any
 * thread.
 */
const char *
plancia_quality_name (PlanciaQuality quality)
{
  switch (quality) {
  case PLANCIA_QUALITY_GOOD:
    return "good";
  case PLANCIA_QUALITY_OLD:
    return "old";
  case PLANCIA_QUALITY_MISSING:
    return "missing";
  case PLANCIA_QUALITY_REFUSED:
    return "refused";
  case PLANCIA_QUALITY_ERROR:
    return "error";
  default:
    g_return_val_if_reached ("error");
  }
}

/**
 * plancia_readings_new:
 * @device: the caller's id of the device
 * @time: milliseconds UTC of the cycle
 *
 * An empty set, to be filled by plancia_readings_add before it is shown to anybody. Any thread, but
 * one thread while it is being built. (transfer full)
 */
PlanciaReadings *
plancia_readings_new (const char *device, gint64 time)
{
  PlanciaReadings *self = g_new0 (PlanciaReadings, 1);

  g_atomic_ref_count_init (&self->references);
  self->device = g_strdup (device);
  self->time = time;
  self->readings = g_ptr_array_new_with_free_func (reading_free);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

/**
 * plancia_readings_add:
 * @self: readings that are still being built
 * @key: register key or cloud field name
 * @quality: how good it is
 *
 * Adds a reading without a value, with the time of the cycle; the caller may set its value, words,
 * time and message. A key that is there already is replaced in place. Returns: (transfer none)
 */
PlanciaReading *
plancia_readings_add (PlanciaReadings *self, const char *key, PlanciaQuality quality)
{
  PlanciaReading *reading = g_hash_table_lookup (self->by_key, key);

  if (reading == NULL) {
    reading = g_new0 (PlanciaReading, 1);
    reading->key = g_strdup (key);
    g_ptr_array_add (self->readings, reading);
    g_hash_table_insert (self->by_key, reading->key, reading);
  } else {
    plancia_value_clear (&reading->value);
    g_clear_pointer (&reading->words, g_free);
    g_clear_pointer (&reading->message, g_free);
    reading->n_words = 0;
  }
  reading->quality = quality;
  reading->time = self->time;
  return reading;
}

/**
 * plancia_reading_set_words:
 * @self: a reading that is being built
 * @field: how to understand the words
 * @words: field->count words as on the wire; copied
 *
 * Sets the words and the value that they mean. Words that the map calls "no data" turn a good
 * reading into a missing one.
 */
void
plancia_reading_set_words (PlanciaReading *self, const PlanciaField *field, const guint16 *words)
{
  plancia_value_clear (&self->value);
  g_free (self->words);
  self->n_words = field->count;
  self->words = g_memdup2 (words, field->count * sizeof (guint16));
  plancia_field_decode (field, words, &self->value);

  if (self->value.kind == PLANCIA_VALUE_NONE && self->quality == PLANCIA_QUALITY_GOOD)
    self->quality = PLANCIA_QUALITY_MISSING;
}

/**
 * plancia_reading_set_number:
 * @self: a reading that is being built
 * @number: in the unit of the key; NAN means that the source has no value
 *
 * Sets the value of a source that has no registers.
 */
void
plancia_reading_set_number (PlanciaReading *self, double number)
{
  plancia_value_clear (&self->value);
  if (isnan (number)) {
    if (self->quality == PLANCIA_QUALITY_GOOD)
      self->quality = PLANCIA_QUALITY_MISSING;
    return;
  }
  self->value.kind = PLANCIA_VALUE_NUMBER;
  self->value.number = number;
}

/**
 * plancia_readings_ref:
 *
 * Any thread. (transfer full)
 */
PlanciaReadings *
plancia_readings_ref (PlanciaReadings *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * plancia_readings_unref:
 *
 * Any thread.
 */
void
plancia_readings_unref (PlanciaReadings *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_hash_table_unref (self->by_key);
  g_ptr_array_unref (self->readings);
  g_free (self->device);
  g_free (self);
}

/**
 * plancia_readings_get_device:
 *
 * The id under which the device was added to its backend. (transfer none)
 */
const char *
plancia_readings_get_device (PlanciaReadings *self)
{
  return self->device;
}

/**
 * plancia_readings_get_time:
 *
 * Milliseconds UTC of the cycle.
 */
gint64
plancia_readings_get_time (PlanciaReadings *self)
{
  return self->time;
}

/**
 * plancia_readings_get_count:
 *
 * How many readings there are.
 */
guint
plancia_readings_get_count (PlanciaReadings *self)
{
  return self->readings->len;
}

/**
 * plancia_readings_get:
 * @index: below plancia_readings_get_count
 *
 * Returns: (transfer none)
 */
const PlanciaReading *
plancia_readings_get (PlanciaReadings *self, guint index)
{
  g_return_val_if_fail (index < self->readings->len, NULL);
  return g_ptr_array_index (self->readings, index);
}

/**
 * plancia_readings_find:
 *
 * Returns: (transfer none) (nullable): the reading of a key.
 */
const PlanciaReading *
plancia_readings_find (PlanciaReadings *self, const char *key)
{
  return g_hash_table_lookup (self->by_key, key);
}
