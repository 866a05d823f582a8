/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/alarm-log.h"

#include "base/list-rows.h"
#include "base/signal-new.h"
#include "model/alarm-notes.h"
#include "model/alarm-twin.h"
#include "model/device-alarms.h"
#include <math.h>
#include <string.h>

/* Of one device from the store. */
#define MAX_OF_DEVICE 500

struct _PlanciaAlarmLog
{
  GObject parent_instance;

  PlanciaOpenPlant *plant;   /* weak: it owns this */
  GPtrArray        *all;     /* PlanciaAlarmItem */
  GPtrArray        *rows;    /* those that are rows of their own, in order */
  GHashTable       *by_name; /* text of record_name() to PlanciaAlarmItem, borrowed */
  GHashTable       *started; /* ids of devices whose serial number is known */
  GPtrArray        *fresh; /* PlanciaAlarmItem that the store does not have as they are, borrowed */
  gboolean          ready; /* what the store had is in */
  GPtrArray        *held;  /* PlanciaAlarmRecord: all that a recording has; NULL: it goes on */
  guint             turns; /* beginnings and ends until the time that is shown */
};

enum {
  SIGNAL_RAISED,
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static void list_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlanciaAlarmLog,
                               plancia_alarm_log,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_iface_init))

static guint  signals[N_SIGNALS];
static GQuark log_quark;

/* --- rows ------------------------------------------------------------------------------------ */

/* What tells one alarm from another. (transfer full) */
static char *
record_name (const PlanciaAlarmRecord *record)
{
  return g_strdup_printf ("%s\n%s\n%s\n%d\n%d\n%" G_GINT64_FORMAT,
                          record->device,
                          record->source,
                          record->key,
                          record->bit,
                          record->id,
                          record->since);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  return plancia_alarm_item_compare (*(PlanciaAlarmItem *const *) a,
                                     *(PlanciaAlarmItem *const *) b);
}

static PlanciaDevice *
find_device (PlanciaAlarmLog *self, const char *id)
{
  return self->plant != NULL
           ? plancia_device_tree_find (plancia_open_plant_get_tree (self->plant), id)
           : NULL;
}

static void
forget_oldest (PlanciaAlarmLog *self)
{
  while (self->all->len > PLANCIA_ALARM_LOG_ROWS) {
    PlanciaAlarmItem *item = g_ptr_array_index (self->all, self->all->len - 1);
    g_autofree char  *name = record_name (plancia_alarm_item_get_record (item));

    if (plancia_alarm_item_is_open (item))
      break;
    g_hash_table_remove (self->by_name, name);
    g_ptr_array_set_size (self->all, (int) self->all->len - 1);
  }
}

static void
show (PlanciaAlarmLog *self)
{
  g_autoptr (GHashTable) serials = plancia_alarm_twin_list (
    self->plant != NULL ? plancia_open_plant_get_tree (self->plant) : NULL);
  guint before = self->rows->len;

  g_ptr_array_sort (self->all, compare_rows);
  forget_oldest (self);
  for (guint i = 0; i < self->all->len; i++)
    plancia_alarm_item_set_second_source (g_ptr_array_index (self->all, i), NULL);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < self->all->len; i++) {
    PlanciaAlarmItem *item = g_ptr_array_index (self->all, i);
    PlanciaAlarmItem *twin = plancia_alarm_twin_find (self->all, item, serials);

    if (twin != NULL)
      plancia_alarm_item_set_second_source (twin, plancia_alarm_item_get_record (item)->source);
    else
      g_ptr_array_add (self->rows, g_object_ref (item));
  }
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->rows->len);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* --- one device ------------------------------------------------------------------------------ */

static double
quantity (PlanciaDevice *device, PlanciaQuantity which)
{
  double value;

  return plancia_device_get_quantity (device, which, &value) ? value : NAN;
}

static void
set_text (char **place, const char *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

static PlanciaAlarmRecord *
make_record (PlanciaDevice *device, const PlanciaAlarm *alarm)
{
  PlanciaAlarmRecord *record = plancia_alarm_record_new ();
  PlanciaMap         *map = plancia_device_get_map (device);

  set_text (&record->device, plancia_device_get_id (device));
  set_text (&record->name, plancia_device_get_name (device));
  set_text (&record->source, alarm->field != NULL ? PLANCIA_ALARM_LOCAL : PLANCIA_ALARM_PORTAL);
  set_text (&record->map, map != NULL ? plancia_map_get_id (map) : "");
  set_text (&record->key, alarm->field != NULL ? alarm->field->key : "");
  set_text (&record->label, alarm->label != NULL ? alarm->label : "");
  record->bit = alarm->field != NULL ? (int) alarm->bit : -1;
  record->address = alarm->address;
  record->word = alarm->word;
  record->id = alarm->id;
  record->severity = alarm->severity;
  record->since = alarm->since;
  record->from_before = alarm->from_before;
  record->until = alarm->until;
  record->power = quantity (device, PLANCIA_QUANTITY_AC_POWER);
  record->temperature = quantity (device, PLANCIA_QUANTITY_TEMPERATURE);
  return record;
}

static gboolean
is_of (const PlanciaAlarmRecord *record, const char *device, const PlanciaAlarm *alarm)
{
  const char *key = alarm->field != NULL ? alarm->field->key : "";
  int         bit = alarm->field != NULL ? (int) alarm->bit : -1;

  return g_str_equal (record->device, device) && g_str_equal (record->key, key) &&
         record->bit == bit && record->id == alarm->id;
}

/* The row of this alarm: the one it has, or, when it was on at the first look, the one that was open at the last. */
static PlanciaAlarmItem *
find_row (PlanciaAlarmLog *self, const char *device, const PlanciaAlarm *alarm)
{
  for (guint i = 0; i < self->all->len; i++) {
    PlanciaAlarmItem         *item = g_ptr_array_index (self->all, i);
    const PlanciaAlarmRecord *record = plancia_alarm_item_get_record (item);

    if (is_of (record, device, alarm) &&
        (record->since == alarm->since || (alarm->from_before && record->since < alarm->since &&
                                           (record->until == 0 || record->until >= alarm->since))))
      return item;
  }
  return NULL;
}

static void
add_item (PlanciaAlarmLog *self, PlanciaAlarmItem *item)
{
  g_hash_table_insert (self->by_name, record_name (plancia_alarm_item_get_record (item)), item);
  g_ptr_array_add (self->all, item);
}

/* TRUE if something is other than before. */
static gboolean
take_alarm (PlanciaAlarmLog *self, PlanciaDevice *device, const PlanciaAlarm *alarm)
{
  PlanciaAlarmItem         *item = find_row (self, plancia_device_get_id (device), alarm);
  const PlanciaAlarmRecord *record;

  if (item == NULL) {
    item = plancia_alarm_item_new (make_record (device, alarm));
    add_item (self, item);
    g_ptr_array_add (self->fresh, item);
    if (!alarm->from_before && alarm->until == 0)
      g_signal_emit (self, signals[SIGNAL_RAISED], 0, item);
    return TRUE;
  }
  record = plancia_alarm_item_get_record (item);
  plancia_alarm_item_set_device_name (item, plancia_device_get_name (device));
  if (g_strcmp0 (record->label, alarm->label != NULL ? alarm->label : "") != 0) {
    plancia_alarm_item_set_words (item, alarm->label, alarm->severity);
    g_ptr_array_add (self->fresh, item);
  }
  if (record->until == alarm->until)
    return FALSE;
  g_ptr_array_add (self->fresh, item);
  if (alarm->until == 0)
    plancia_alarm_item_reopen (item);
  else
    plancia_alarm_item_end (item, alarm->until);
  return TRUE;
}

static gboolean
is_on (PlanciaDeviceAlarms *alarms, const PlanciaAlarmRecord *record, const char *device)
{
  for (guint i = 0; i < plancia_device_alarms_get_n_open (alarms); i++)
    if (is_of (record, device, plancia_device_alarms_get (alarms, i)))
      return TRUE;
  return FALSE;
}

/* Open at the last look, and not on any more: it ended in between; when, nobody saw. */
static gboolean
end_left_over (PlanciaAlarmLog *self, PlanciaDevice *device, PlanciaDeviceAlarms *alarms)
{
  const char *id = plancia_device_get_id (device);
  gint64      time = plancia_device_alarms_get_time (alarms);
  gboolean    ended = FALSE;

  for (guint i = 0; i < self->all->len; i++) {
    PlanciaAlarmItem         *item = g_ptr_array_index (self->all, i);
    const PlanciaAlarmRecord *record = plancia_alarm_item_get_record (item);

    if (record->until != 0 || !g_str_equal (record->device, id) || record->since > time ||
        !plancia_device_alarms_has_answered (alarms, record->key) || is_on (alarms, record, id))
      continue;
    plancia_alarm_item_end (item, time);
    g_ptr_array_add (self->fresh, item);
    ended = TRUE;
  }
  return ended;
}

static void
store (PlanciaAlarmLog *self)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new ();

  for (guint i = 0; i < self->fresh->len; i++)
    g_ptr_array_add (records,
                     (gpointer) plancia_alarm_item_get_record (g_ptr_array_index (self->fresh, i)));
  g_ptr_array_set_size (self->fresh, 0);
  if (self->plant != NULL && records->len > 0)
    plancia_store_put_alarms_async (plancia_open_plant_get_store (self->plant),
                                    records,
                                    NULL,
                                    NULL);
}

/* Not before it is known what was open at the last look. */
static void
take_device (PlanciaAlarmLog *self, PlanciaDevice *device)
{
  PlanciaDeviceAlarms *alarms = plancia_device_alarms_for (device);
  gboolean             changed = FALSE;

  if (!self->ready || self->held != NULL)
    return;
  for (guint i = 0; i < plancia_device_alarms_get_length (alarms); i++)
    changed |= take_alarm (self, device, plancia_device_alarms_get (alarms, i));
  if (plancia_device_alarms_get_time (alarms) > 0)
    changed |= end_left_over (self, device, alarms);
  store (self);
  if (changed)
    show (self);
}

static void
alarms_changed_cb (PlanciaDeviceAlarms *alarms, gpointer user_data)
{
  PlanciaDevice   *device = g_object_get_data (G_OBJECT (alarms), "plancia-alarm-log-device");
  PlanciaAlarmLog *self = user_data;

  take_device (self, device);
}

/* --- the tree -------------------------------------------------------------------------------- */

/* A thing on a cloud has the words of the device beside it that has the same serial number. */
static void
give_words (PlanciaDevice *thing, GPtrArray *devices)
{
  if (!g_str_equal (plancia_device_get_kind (thing), "thing"))
    return;
  for (guint i = 0; i < devices->len; i++) {
    PlanciaDevice *device = g_ptr_array_index (devices, i);

    if (device != thing && plancia_device_get_map (device) != NULL &&
        plancia_alarm_twin_is_same (plancia_alarm_twin_serial (thing),
                                    plancia_alarm_twin_serial (device)))
      plancia_device_alarms_set_words (plancia_device_alarms_for (thing),
                                       plancia_device_get_map (device));
  }
}

static void
look (PlanciaAlarmLog *self, PlanciaDevice *device)
{
  if (self->plant != NULL)
    plancia_alarm_notes_look (self,
                              device,
                              plancia_plant_get_zone (plancia_open_plant_get_plant (self->plant)));
}

static void
state_cb (PlanciaAlarmLog *self, GParamSpec *pspec, PlanciaDevice *device)
{
  look (self, device);
}

static void
readings_cb (PlanciaAlarmLog *self, PlanciaDevice *device)
{
  g_autoptr (GPtrArray) devices = NULL;

  look (self, device);
  /* Its serial number comes with its first readings. */
  if (self->plant == NULL || plancia_alarm_twin_serial (device) == NULL ||
      !g_hash_table_add (self->started, g_strdup (plancia_device_get_id (device))))
    return;
  devices = plancia_device_tree_list (plancia_open_plant_get_tree (self->plant));
  for (guint i = 0; i < devices->len; i++)
    give_words (g_ptr_array_index (devices, i), devices);
  show (self);
}

static void
follow_device (PlanciaAlarmLog *self, PlanciaDevice *device)
{
  PlanciaDeviceAlarms *alarms = plancia_device_alarms_for (device);

  g_signal_handlers_disconnect_by_data (alarms, self);
  g_signal_handlers_disconnect_by_data (device, self);
  g_object_set_data (G_OBJECT (alarms), "plancia-alarm-log-device", device);
  g_signal_connect_object (alarms, "changed", G_CALLBACK (alarms_changed_cb), self, 0);
  g_signal_connect_object (device, "readings", G_CALLBACK (readings_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (device, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  take_device (self, device);
}

static void
follow_devices (PlanciaAlarmLog *self)
{
  g_autoptr (GPtrArray) devices = NULL;

  if (self->plant == NULL)
    return;
  devices = plancia_device_tree_list (plancia_open_plant_get_tree (self->plant));
  for (guint i = 0; i < devices->len; i++)
    follow_device (self, g_ptr_array_index (devices, i));
}

/* --- what the store has ----------------------------------------------------------------------- */

static void
add_known (PlanciaAlarmLog *self, PlanciaAlarmRecord *record)
{
  g_autofree char  *name = record_name (record);
  PlanciaDevice    *device = find_device (self, record->device);
  PlanciaAlarmItem *item;

  if (g_hash_table_contains (self->by_name, name)) {
    plancia_alarm_record_free (record);
    return;
  }
  item = plancia_alarm_item_new (record);
  if (device != NULL)
    plancia_alarm_item_set_device_name (item, plancia_device_get_name (device));
  add_item (self, item);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaAlarmLog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray)
    records = plancia_store_list_alarms_finish (PLANCIA_STORE (source), result, &error);

  if (records == NULL)
    g_info ("Alarms of the past are not shown: %s", error->message);
  for (guint i = 0; records != NULL && i < records->len; i++)
    add_known (self, plancia_alarm_record_copy (g_ptr_array_index (records, i)));
  self->ready = TRUE;
  follow_devices (self);
  show (self);
}

static void
list_known (PlanciaAlarmLog *self)
{
  g_autoptr (GPtrArray)
    devices = plancia_device_tree_list (plancia_open_plant_get_tree (self->plant));
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;

  for (guint i = 0; i < devices->len; i++)
    g_strv_builder_add (builder, plancia_device_get_id (g_ptr_array_index (devices, i)));
  ids = g_strv_builder_end (builder);
  plancia_store_list_alarms_async (plancia_open_plant_get_store (self->plant),
                                   (const char *const *) ids,
                                   MAX_OF_DEVICE,
                                   NULL,
                                   listed_cb,
                                   g_object_ref (self));
}

/* --- GListModel ------------------------------------------------------------------------------ */

PLANCIA_DEFINE_LIST_ROWS (list_iface_init, PLANCIA_ALARM_LOG, rows, PLANCIA_TYPE_ALARM_ITEM)

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_alarm_log_finalize (GObject *object)
{
  PlanciaAlarmLog *self = PLANCIA_ALARM_LOG (object);

  g_clear_weak_pointer (&self->plant);
  g_clear_pointer (&self->held, g_ptr_array_unref);
  g_hash_table_unref (self->by_name);
  g_hash_table_unref (self->started);
  g_ptr_array_unref (self->fresh);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->all);

  G_OBJECT_CLASS (plancia_alarm_log_parent_class)->finalize (object);
}

static void
plancia_alarm_log_class_init (PlanciaAlarmLogClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = plancia_alarm_log_finalize;

  signals[SIGNAL_RAISED] = plancia_signal_new (type, "raised", 1, PLANCIA_TYPE_ALARM_ITEM);
  signals[SIGNAL_CHANGED] = plancia_signal_new (type, "changed", 0);
  log_quark = g_quark_from_static_string ("plancia-alarm-log");
}

static void
plancia_alarm_log_init (PlanciaAlarmLog *self)
{
  self->all = g_ptr_array_new_with_free_func (g_object_unref);
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->fresh = g_ptr_array_new ();
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->started = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static PlanciaAlarmLog *
create (PlanciaOpenPlant *plant)
{
  PlanciaAlarmLog *self = g_object_new (PLANCIA_TYPE_ALARM_LOG, NULL);

  g_set_weak_pointer (&self->plant, plant);
  g_signal_connect_object (plant,
                           "document-changed",
                           G_CALLBACK (follow_devices),
                           self,
                           G_CONNECT_SWAPPED);
  follow_devices (self);
  list_known (self);
  return self;
}

PlanciaAlarmLog *
plancia_alarm_log_for (PlanciaOpenPlant *plant)
{
  PlanciaAlarmLog *self;

  g_return_val_if_fail (PLANCIA_IS_OPEN_PLANT (plant), NULL);

  self = log_quark != 0 ? g_object_get_qdata (G_OBJECT (plant), log_quark) : NULL;
  if (self == NULL) {
    self = create (plant);
    g_object_set_qdata_full (G_OBJECT (plant), log_quark, self, g_object_unref);
  }
  return self;
}

guint
plancia_alarm_log_count_open (PlanciaAlarmLog *self, PlanciaDevice *device)
{
  g_autoptr (GHashTable) ids = plancia_alarm_log_dup_ids (device);
  const PlanciaAlarmQuery query = {.open_only = TRUE, .severity = -1, .devices = ids};
  guint                   n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    n += plancia_alarm_item_matches (g_ptr_array_index (self->rows, i), &query);
  return n;
}

void
plancia_alarm_log_count_asked (PlanciaAlarmLog *self,
                               PlanciaDevice   *device,
                               guint           *asked,
                               guint           *supported)
{
  g_autoptr (GHashTable) ids = plancia_alarm_log_dup_ids (device);
  g_autoptr (GPtrArray)
    devices = self->plant != NULL
                ? plancia_device_tree_list (plancia_open_plant_get_tree (self->plant))
                : NULL;

  *asked = *supported = 0;
  for (guint i = 0; devices != NULL && i < devices->len; i++) {
    PlanciaDevice       *one = g_ptr_array_index (devices, i);
    PlanciaDeviceAlarms *alarms = plancia_device_alarms_for (one);

    if (!plancia_device_alarms_supported (alarms) ||
        (ids != NULL && !g_hash_table_contains (ids, plancia_device_get_id (one))))
      continue;
    (*supported)++;
    *asked += plancia_device_alarms_get_time (alarms) > 0 &&
              plancia_device_get_mark (one) == PLANCIA_MARK_LIVE;
  }
}

/** plancia_alarm_log_is_ready: what the store had is in; until then the list is empty */
gboolean
plancia_alarm_log_is_ready (PlanciaAlarmLog *self)
{
  return self->ready;
}

/* Its row stays until the list is shown anew. */
static void
take_away (PlanciaAlarmLog *self, PlanciaAlarmItem *item, const char *name)
{
  g_hash_table_remove (self->by_name, name);
  while (g_ptr_array_remove (self->fresh, item))
    continue;
  g_ptr_array_remove (self->all, item);
}

/* record: (transfer full) */
static void
take_record (PlanciaAlarmLog *self, PlanciaAlarmRecord *record)
{
  g_autofree char  *name = record_name (record);
  PlanciaAlarmItem *item = g_hash_table_lookup (self->by_name, name);

  if (item == NULL && !record->gone) {
    gboolean note = g_str_equal (record->source, PLANCIA_ALARM_PLANCIA) && record->until == 0;

    add_known (self, record);
    item = g_hash_table_lookup (self->by_name, name);
    if (note)
      g_signal_emit (self, signals[SIGNAL_RAISED], 0, item);
  } else {
    if (record->gone && item != NULL)
      take_away (self, item, name);
    else if (item != NULL && record->until != 0)
      plancia_alarm_item_end (item, record->until);
    else if (item != NULL && g_str_equal (record->source, PLANCIA_ALARM_PORTAL))
      plancia_alarm_item_reopen (item);
    if (record->gone)
      item = NULL;
    plancia_alarm_record_free (record);
  }
  if (item != NULL)
    g_ptr_array_add (self->fresh, item);
}

void
plancia_alarm_log_add (PlanciaAlarmLog *self, PlanciaAlarmRecord *record)
{
  if (self->held != NULL) {
    plancia_alarm_record_free (record);
    return;
  }
  take_record (self, record);
  store (self);
  show (self);
}

static void
hold (PlanciaAlarmLog *self)
{
  self->held = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_alarm_record_free);
  for (guint i = 0; i < self->all->len; i++)
    g_ptr_array_add (
      self->held,
      plancia_alarm_record_copy (plancia_alarm_item_get_record (g_ptr_array_index (self->all, i))));
  self->turns = G_MAXUINT;
}

static void
add_as_of (PlanciaAlarmLog *self, const PlanciaAlarmRecord *held, gint64 time)
{
  PlanciaAlarmRecord *record;

  if (held->since > time)
    return;
  record = plancia_alarm_record_copy (held);
  if (record->until > time)
    record->until = 0;
  add_item (self, plancia_alarm_item_new (record));
}

/**
 * plancia_alarm_log_show_until:
 * @self: a list of a recording that was gone through
 * @time: ms UTC
 *
 * From now on nothing is added; what began later is not there, what ended later is open.
 */
void
plancia_alarm_log_show_until (PlanciaAlarmLog *self, gint64 time)
{
  guint turns = 0;

  if (self->held == NULL)
    hold (self);
  for (guint i = 0; i < self->held->len; i++) {
    const PlanciaAlarmRecord *record = g_ptr_array_index (self->held, i);

    turns += (record->since <= time) + (record->until != 0 && record->until <= time);
  }
  if (turns == self->turns)
    return;
  self->turns = turns;
  g_ptr_array_set_size (self->fresh, 0);
  g_hash_table_remove_all (self->by_name);
  g_ptr_array_set_size (self->all, 0);
  for (guint i = 0; i < self->held->len; i++)
    add_as_of (self, g_ptr_array_index (self->held, i), time);
  show (self);
}

/**
 * plancia_alarm_log_take:
 * @self: a list
 * @records: (element-type PlanciaAlarmRecord): that are new, ended later than was known, or are gone
 *
 * All at once, in the list and in the store.
 */
void
plancia_alarm_log_take (PlanciaAlarmLog *self, GPtrArray *records)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();

  if (records->len == 0)
    return;
  for (guint i = 0; i < records->len; i++) {
    PlanciaAlarmRecord *record = g_ptr_array_index (records, i);

    if (record->gone)
      g_ptr_array_add (gone, record);
    take_record (self, plancia_alarm_record_copy (record));
  }
  if (self->plant != NULL && gone->len > 0)
    plancia_store_put_alarms_async (plancia_open_plant_get_store (self->plant), gone, NULL, NULL);
  store (self);
  show (self);
}

GPtrArray *
plancia_alarm_log_dup_records (PlanciaAlarmLog *self, const char *device)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_alarm_record_free);

  for (guint i = 0; i < self->all->len; i++) {
    const PlanciaAlarmRecord *record =
      plancia_alarm_item_get_record (g_ptr_array_index (self->all, i));

    if (g_str_equal (record->device, device))
      g_ptr_array_add (records, plancia_alarm_record_copy (record));
  }
  return records;
}
