/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/device-alarms.h"

#include "base/signal-new.h"
#include "map/alarm-ids.h"
#include "model/alarm-field.h"

#define MAX_ENDED 50

struct _PlanciaDeviceAlarms
{
  GObject parent_instance;

  PlanciaDevice *device; /* weak: it owns this list */
  PlanciaMap    *map;
  GPtrArray     *words;  /* PlanciaField of the map that can raise an alarm */
  GPtrArray     *alarms; /* PlanciaAlarm, as they are shown */
  GHashTable    *seen;   /* words that have answered once */
  gint64         time;
  PlanciaMap    *names; /* of the family of a thing on a cloud, or NULL */
  gboolean       cloud; /* numbers came */
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaDeviceAlarms, plancia_device_alarms, G_TYPE_OBJECT)

static guint  signals[N_SIGNALS];
static GQuark list_quark;

/* --- which words, which bits ----------------------------------------------------------------- */

static const PlanciaLabel *
find_label (const PlanciaField *field, guint bit)
{
  for (guint i = 0; field->bits != NULL && i < field->bits->len; i++) {
    const PlanciaLabel *label = g_ptr_array_index (field->bits, i);

    if (label->number == bit)
      return label;
  }
  return NULL;
}

static void
take_map (PlanciaDeviceAlarms *self)
{
  PlanciaMap *map = plancia_device_get_map (self->device);
  guint       n = map ? plancia_map_get_n_fields (map) : 0;

  if (map == self->map)
    return;

  /* Alarms name fields of the map: those of another map say nothing any more. */
  g_ptr_array_set_size (self->alarms, 0);
  g_ptr_array_set_size (self->words, 0);
  g_hash_table_remove_all (self->seen);
  self->time = 0;
  g_clear_pointer (&self->map, plancia_map_unref);
  self->map = map ? plancia_map_ref (map) : NULL;
  for (guint i = 0; i < n; i++) {
    const PlanciaField *field = plancia_map_get_field (map, i);

    if (plancia_alarm_field_kind (field) != PLANCIA_ALARM_FIELD_NONE)
      g_ptr_array_add (self->words, (gpointer) field);
  }
}

/* --- readings -------------------------------------------------------------------------------- */

static gboolean
is_open (const PlanciaAlarm *alarm)
{
  return alarm->until == 0;
}

static PlanciaAlarm *
find_open (PlanciaDeviceAlarms *self, const PlanciaField *field, guint bit)
{
  for (guint i = 0; i < self->alarms->len; i++) {
    PlanciaAlarm *alarm = g_ptr_array_index (self->alarms, i);

    if (is_open (alarm) && alarm->field == field && alarm->bit == bit)
      return alarm;
  }
  return NULL;
}

static gboolean
has_bit (GArray *bits, guint bit)
{
  for (guint i = 0; i < bits->len; i++) {
    if (g_array_index (bits, guint, i) == bit)
      return TRUE;
  }
  return FALSE;
}

static gboolean
raise_bit (PlanciaDeviceAlarms  *self,
           const PlanciaField   *field,
           guint                 bit,
           const PlanciaReading *reading)
{
  PlanciaAlarmFieldKind kind = plancia_alarm_field_kind (field);
  const PlanciaLabel   *label = find_label (field, bit);
  gboolean              warning = kind == PLANCIA_ALARM_FIELD_WARNINGS ||
                     (label && plancia_alarm_ids_is_warning (label->label));
  PlanciaAlarm *alarm;

  if (find_open (self, field, bit) || (kind == PLANCIA_ALARM_FIELD_STATUS && !warning))
    return FALSE;

  alarm = g_new0 (PlanciaAlarm, 1);
  alarm->field = field;
  alarm->bit = bit;
  alarm->address = (guint16) (field->address + bit / 16);
  alarm->word = reading->words[bit / 16];
  alarm->id = plancia_alarm_ids_of_bit (field, bit);
  alarm->label = label ? label->label : NULL;
  alarm->severity = warning ? PLANCIA_SEVERITY_WARNING : PLANCIA_SEVERITY_FAULT;
  alarm->since = reading->time;
  alarm->from_before = !g_hash_table_contains (self->seen, field);
  g_ptr_array_add (self->alarms, alarm);
  return TRUE;
}

static gboolean
end_missing (PlanciaDeviceAlarms *self, const PlanciaField *field, GArray *bits, gint64 time)
{
  gboolean ended = FALSE;

  for (guint i = 0; i < self->alarms->len; i++) {
    PlanciaAlarm *alarm = g_ptr_array_index (self->alarms, i);

    if (is_open (alarm) && alarm->field == field && !has_bit (bits, alarm->bit)) {
      alarm->until = time;
      ended = TRUE;
    }
  }
  return ended;
}

/* A word that could not be read says nothing: what was open stays open. */
static gboolean
take_word (PlanciaDeviceAlarms *self, const PlanciaField *field)
{
  const PlanciaReading *reading = plancia_device_lookup (self->device, field->key);
  g_autoptr (GArray) bits = NULL;
  gboolean changed;

  if (!reading || reading->quality != PLANCIA_QUALITY_GOOD || !reading->words ||
      reading->n_words < field->count)
    return FALSE;

  self->time = MAX (self->time, reading->time);
  bits = plancia_field_list_bits (field, reading->words);
  changed = end_missing (self, field, bits, reading->time);
  for (guint i = 0; i < bits->len; i++)
    changed |= raise_bit (self, field, g_array_index (bits, guint, i), reading);
  return !g_hash_table_contains (self->seen, field) || changed;
}

/* --- numbers of a cloud ------------------------------------------------------------------------ */

static PlanciaAlarm *
find_number (PlanciaDeviceAlarms *self, int id)
{
  for (guint i = 0; i < self->alarms->len; i++) {
    PlanciaAlarm *alarm = g_ptr_array_index (self->alarms, i);

    if (is_open (alarm) && !alarm->field && alarm->id == id)
      return alarm;
  }
  return NULL;
}

static void
name_number (PlanciaDeviceAlarms *self, PlanciaAlarm *alarm)
{
  gboolean warning;

  alarm->label = plancia_alarm_ids_find (self->names, alarm->id, &warning);
  alarm->severity = warning ? PLANCIA_SEVERITY_WARNING : PLANCIA_SEVERITY_FAULT;
}

static gboolean
raise_number (PlanciaDeviceAlarms *self, int id, gint64 time)
{
  PlanciaAlarm *alarm;

  if (id <= 0 || find_number (self, id))
    return FALSE;
  alarm = g_new0 (PlanciaAlarm, 1);
  alarm->id = id;
  alarm->since = time;
  alarm->from_before = !self->cloud;
  name_number (self, alarm);
  g_ptr_array_add (self->alarms, alarm);
  return TRUE;
}

static gboolean
end_numbers (PlanciaDeviceAlarms *self, GArray *ids, gint64 time)
{
  gboolean ended = FALSE;

  for (guint i = 0; i < self->alarms->len; i++) {
    PlanciaAlarm *alarm = g_ptr_array_index (self->alarms, i);

    if (is_open (alarm) && !alarm->field && !has_bit (ids, (guint) alarm->id)) {
      alarm->until = time;
      ended = TRUE;
    }
  }
  return ended;
}

/* A list of numbers is as of the newest packet of the device. */
static gboolean
take_numbers (PlanciaDeviceAlarms *self)
{
  const PlanciaReading *reading = plancia_device_lookup (self->device, PLANCIA_CLOUD_ALARMS_KEY);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));
  g_auto (GStrv) parts = NULL;
  gboolean changed;

  if (!reading || reading->quality != PLANCIA_QUALITY_GOOD ||
      reading->value.kind != PLANCIA_VALUE_TEXT)
    return FALSE;
  parts = g_strsplit (reading->value.text, ",", -1);
  for (guint i = 0; parts[i]; i++) {
    guint id = (guint) g_ascii_strtoull (parts[i], NULL, 10);

    g_array_append_val (ids, id);
  }
  self->time = MAX (self->time, reading->time);
  changed = end_numbers (self, ids, reading->time) || !self->cloud;
  for (guint i = 0; i < ids->len; i++)
    changed |= raise_number (self, (int) g_array_index (ids, guint, i), reading->time);
  self->cloud = TRUE;
  return changed;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const PlanciaAlarm *first = *(const PlanciaAlarm **) a, *second = *(const PlanciaAlarm **) b;
  gint64              left = is_open (first) ? first->since : first->until;
  gint64              right = is_open (second) ? second->since : second->until;

  if (is_open (first) != is_open (second))
    return is_open (first) ? -1 : 1;
  if (left != right)
    return left > right ? -1 : 1;
  return first->id - second->id;
}

static void
put_in_order (PlanciaDeviceAlarms *self)
{
  guint limit = plancia_device_alarms_get_n_open (self) + MAX_ENDED;

  g_ptr_array_sort (self->alarms, compare);
  if (self->alarms->len > limit)
    g_ptr_array_set_size (self->alarms, (int) limit);
}

static void
note_seen (PlanciaDeviceAlarms *self)
{
  for (guint i = 0; i < self->words->len; i++) {
    const PlanciaField   *field = g_ptr_array_index (self->words, i);
    const PlanciaReading *reading = plancia_device_lookup (self->device, field->key);

    if (reading && reading->quality == PLANCIA_QUALITY_GOOD)
      g_hash_table_add (self->seen, (gpointer) field);
  }
}

static void
take_readings (PlanciaDeviceAlarms *self)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < self->words->len; i++)
    changed |= take_word (self, g_ptr_array_index (self->words, i));
  changed |= take_numbers (self);
  note_seen (self);
  if (!changed)
    return;

  put_in_order (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
map_changed (PlanciaDeviceAlarms *self)
{
  take_map (self);
  take_readings (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_device_alarms_finalize (GObject *object)
{
  PlanciaDeviceAlarms *self = PLANCIA_DEVICE_ALARMS (object);

  g_ptr_array_unref (self->words);
  g_ptr_array_unref (self->alarms);
  g_hash_table_unref (self->seen);
  g_clear_pointer (&self->map, plancia_map_unref);
  g_clear_pointer (&self->names, plancia_map_unref);

  G_OBJECT_CLASS (plancia_device_alarms_parent_class)->finalize (object);
}

static void
plancia_device_alarms_class_init (PlanciaDeviceAlarmsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_device_alarms_finalize;

  signals[SIGNAL_CHANGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "changed", 0);
  list_quark = g_quark_from_static_string ("plancia-device-alarms");
}

static void
plancia_device_alarms_init (PlanciaDeviceAlarms *self)
{
  self->words = g_ptr_array_new ();
  self->alarms = g_ptr_array_new_with_free_func (g_free);
  self->seen = g_hash_table_new (NULL, NULL);
}

static PlanciaDeviceAlarms *
create (PlanciaDevice *device)
{
  PlanciaDeviceAlarms *self = g_object_new (PLANCIA_TYPE_DEVICE_ALARMS, NULL);

  self->device = device;
  g_signal_connect_object (device, "readings", G_CALLBACK (take_readings), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (device,
                           "notify::map",
                           G_CALLBACK (map_changed),
                           self,
                           G_CONNECT_SWAPPED);
  take_map (self);
  take_readings (self);
  return self;
}

/**
 * plancia_device_alarms_for:
 * @device: a device
 *
 * Only what was read while the list exists is known; ask early. The list must not be kept longer than
 * the device.
 *
 * Returns: (transfer none): its alarms
 */
PlanciaDeviceAlarms *
plancia_device_alarms_for (PlanciaDevice *device)
{
  PlanciaDeviceAlarms *self;

  g_return_val_if_fail (PLANCIA_IS_DEVICE (device), NULL);

  self = list_quark ? g_object_get_qdata (G_OBJECT (device), list_quark) : NULL;
  if (!self) {
    self = create (device);
    g_object_set_qdata_full (G_OBJECT (device), list_quark, self, g_object_unref);
  }
  return self;
}

gboolean
plancia_device_alarms_supported (PlanciaDeviceAlarms *self)
{
  return self->words->len > 0 || self->cloud;
}

/**
 * plancia_device_alarms_set_words:
 * @self: the list of a thing on a cloud
 * @map: (nullable): of its family
 */
void
plancia_device_alarms_set_words (PlanciaDeviceAlarms *self, PlanciaMap *map)
{
  PlanciaMap *old = self->names;

  if (old == map)
    return;
  self->names = map ? plancia_map_ref (map) : NULL;
  for (guint i = 0; i < self->alarms->len; i++) {
    PlanciaAlarm *alarm = g_ptr_array_index (self->alarms, i);

    if (!alarm->field)
      name_number (self, alarm);
  }
  g_clear_pointer (&old, plancia_map_unref);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

PlanciaMap *
plancia_device_alarms_get_words (PlanciaDeviceAlarms *self)
{
  return self->names;
}

gboolean
plancia_device_alarms_has_answered (PlanciaDeviceAlarms *self, const char *key)
{
  const PlanciaField *field = self->map ? plancia_map_find_field (self->map, key) : NULL;

  return key[0] == '\0' ? self->cloud : field && g_hash_table_contains (self->seen, field);
}

void
plancia_device_alarms_forget (PlanciaDeviceAlarms *self)
{
  g_ptr_array_set_size (self->alarms, 0);
  g_hash_table_remove_all (self->seen);
  self->time = 0;
}

gint64
plancia_device_alarms_get_time (PlanciaDeviceAlarms *self)
{
  return self->time;
}

guint
plancia_device_alarms_get_n_open (PlanciaDeviceAlarms *self)
{
  guint n = 0;

  for (guint i = 0; i < self->alarms->len; i++)
    n += is_open (g_ptr_array_index (self->alarms, i));
  return n;
}

guint
plancia_device_alarms_get_length (PlanciaDeviceAlarms *self)
{
  return self->alarms->len;
}

/**
 * plancia_device_alarms_get:
 * @self: a list
 * @index: below its length
 *
 * Returns: (transfer none): an alarm, valid until "changed"
 */
const PlanciaAlarm *
plancia_device_alarms_get (PlanciaDeviceAlarms *self, guint index)
{
  return g_ptr_array_index (self->alarms, index);
}
