/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/alarm-twin.h"

#include "base/clock.h"
#include "map/identity-keys.h"

/* Two sources look at different moments: a cloud has a packet each few minutes. */
#define SAME_ALARM (15 * PLANCIA_MINUTE)

/* The serial number by which a cloud and a stick mean the same device; NULL if it is not known. */
const char *
plancia_alarm_twin_serial (PlanciaDevice *device)
{
  static const char *const keys[] = PLANCIA_SERIAL_KEYS;
  PlanciaEntry            *entry = plancia_device_get_entry (device);

  if (g_str_equal (plancia_device_get_kind (device), "thing") && entry != NULL)
    return plancia_address_get_thing (plancia_entry_get_address (entry));
  for (guint i = 0; keys[i] != NULL; i++) {
    const PlanciaReading *reading = plancia_device_lookup (device, keys[i]);

    if (reading != NULL && reading->value.kind == PLANCIA_VALUE_TEXT)
      return reading->value.text;
  }
  return NULL;
}

/* A serial number may be in two parts; the first is as long as a cloud's name for it. */
gboolean
plancia_alarm_twin_is_same (const char *a, const char *b)
{
  return a != NULL && b != NULL && a[0] != '\0' && b[0] != '\0' &&
         (g_str_has_prefix (a, b) || g_str_has_prefix (b, a));
}

static gboolean
overlap (const PlanciaAlarmRecord *a, const PlanciaAlarmRecord *b)
{
  gint64 end_a = a->until == 0 ? G_MAXINT64 : a->until + SAME_ALARM;
  gint64 end_b = b->until == 0 ? G_MAXINT64 : b->until + SAME_ALARM;

  return a->since - SAME_ALARM < end_b && b->since - SAME_ALARM < end_a;
}

/* The row of the device's own register that says what this one of a cloud says, or NULL. */
PlanciaAlarmItem *
plancia_alarm_twin_find (GPtrArray *all, PlanciaAlarmItem *item, GHashTable *serials)
{
  const PlanciaAlarmRecord *record = plancia_alarm_item_get_record (item);
  const char               *serial = g_hash_table_lookup (serials, record->device);

  if (record->bit >= 0 || record->id <= 0 || serial == NULL)
    return NULL;
  for (guint i = 0; i < all->len; i++) {
    PlanciaAlarmItem         *other = g_ptr_array_index (all, i);
    const PlanciaAlarmRecord *own = plancia_alarm_item_get_record (other);

    if (own->bit >= 0 && own->id == record->id && overlap (own, record) &&
        plancia_alarm_twin_is_same (serial, g_hash_table_lookup (serials, own->device)))
      return other;
  }
  return NULL;
}

GHashTable *
plancia_alarm_twin_list (PlanciaDeviceTree *tree)
{
  GHashTable *serials = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GPtrArray) devices = tree != NULL ? plancia_device_tree_list (tree) : NULL;

  for (guint i = 0; devices != NULL && i < devices->len; i++) {
    PlanciaDevice *device = g_ptr_array_index (devices, i);

    if (plancia_alarm_twin_serial (device) != NULL)
      g_hash_table_insert (serials,
                           g_strdup (plancia_device_get_id (device)),
                           g_strdup (plancia_alarm_twin_serial (device)));
  }
  return serials;
}
