/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/alarm-log.h"

/* What can be asked of the list as anybody sees it. */

static void
collect_ids (PlanciaDevice *device, GHashTable *ids)
{
  GListModel *children = plancia_device_get_children (device);

  g_hash_table_add (ids, g_strdup (plancia_device_get_id (device)));
  for (guint i = 0; i < g_list_model_get_n_items (children); i++) {
    g_autoptr (PlanciaDevice) child = g_list_model_get_item (children, i);

    collect_ids (child, ids);
  }
}

GHashTable *
plancia_alarm_log_dup_ids (PlanciaDevice *device)
{
  GHashTable *ids;

  if (device == NULL || plancia_device_get_entry (device) == NULL)
    return NULL;
  ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  collect_ids (device, ids);
  return ids;
}

guint
plancia_alarm_log_count_like (PlanciaAlarmLog *self, PlanciaAlarmItem *item, gint64 since)
{
  const PlanciaAlarmRecord *record = plancia_alarm_item_get_record (item);
  guint                     n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self)); i++) {
    g_autoptr (PlanciaAlarmItem) row = g_list_model_get_item (G_LIST_MODEL (self), i);
    const PlanciaAlarmRecord *other = plancia_alarm_item_get_record (row);

    n += other->since >= since && g_str_equal (other->device, record->device) &&
         other->id == record->id && other->bit == record->bit &&
         g_str_equal (other->key, record->key);
  }
  return n;
}
