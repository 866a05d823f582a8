/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plant/snapshot-private.h"

#include "map/field-value.h"
#include "map/identity-keys.h"

struct _PlanciaSnapshot
{
  GObject parent_instance;

  PlanciaSnapshotReason reason;
  gint64                time;
  char                 *device;
  char                 *name;
  char                 *route;
  char                 *map;
  char                 *serial; /* the three are found out when first asked for */
  char                 *firmware;
  char                 *rated_power;
  char                 *note;
  gboolean              simulated;
  GPtrArray            *items;  /* PlanciaSnapshotItem */
  GHashTable           *by_key; /* borrowed from the items */
  JsonObject           *kept;
};

enum {
  PROP_0,
  PROP_NOTE,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (PlanciaSnapshot, plancia_snapshot, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

/* --- what the registers say about the device --------------------------------------------------- */

static const char *
text_of (PlanciaSnapshot *self, const char *key)
{
  const PlanciaSnapshotItem *item = plancia_snapshot_find (self, key);

  return item != NULL && item->text != NULL && item->text[0] != '\0' ? item->text : NULL;
}

static const char *
first_text (PlanciaSnapshot *self, const char *const *keys)
{
  for (guint i = 0; keys[i] != NULL; i++) {
    const char *text = text_of (self, keys[i]);

    if (text != NULL)
      return text;
  }
  return NULL;
}

static char *
join (const char *first, const char *separator, const char *second)
{
  if (first == NULL)
    return g_strdup ("");
  return second != NULL ? g_strconcat (first, separator, second, NULL) : g_strdup (first);
}

/* --- GObject --------------------------------------------------------------------------------- */

void
plancia_snapshot_item_free (PlanciaSnapshotItem *item)
{
  g_free (item->key);
  g_free (item->words);
  g_free (item->text);
  g_free (item->message);
  g_free (item);
}

static void
plancia_snapshot_finalize (GObject *object)
{
  PlanciaSnapshot *self = PLANCIA_SNAPSHOT (object);

  g_free (self->device);
  g_free (self->name);
  g_free (self->route);
  g_free (self->map);
  g_free (self->serial);
  g_free (self->firmware);
  g_free (self->rated_power);
  g_free (self->note);
  g_hash_table_unref (self->by_key);
  g_ptr_array_unref (self->items);
  g_clear_pointer (&self->kept, json_object_unref);

  G_OBJECT_CLASS (plancia_snapshot_parent_class)->finalize (object);
}

static void
plancia_snapshot_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_NOTE:
    g_value_set_string (value, PLANCIA_SNAPSHOT (object)->note);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_snapshot_class_init (PlanciaSnapshotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = plancia_snapshot_finalize;
  object_class->get_property = plancia_snapshot_get_property;

  properties[PROP_NOTE] =
    g_param_spec_string ("note", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
plancia_snapshot_init (PlanciaSnapshot *self)
{
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_snapshot_item_free);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  self->map = g_strdup ("");
  self->note = g_strdup ("");
}

/**
 * plancia_snapshot_new:
 * @reason: why it is taken
 * @time: ms UTC
 * @device: (nullable): id of the device in its plant
 * @name: (nullable): what people call the device
 * @route: (nullable): its address
 * @map: (nullable): by which it was read
 *
 * Any thread.
 *
 * Returns: (transfer full): a snapshot without registers
 */
PlanciaSnapshot *
plancia_snapshot_new (PlanciaSnapshotReason reason,
                      gint64                time,
                      const char           *device,
                      const char           *name,
                      const char           *route,
                      PlanciaMap           *map)
{
  PlanciaSnapshot *self = g_object_new (PLANCIA_TYPE_SNAPSHOT, NULL);

  self->reason = reason;
  self->time = time;
  self->device = g_strdup (device != NULL ? device : "");
  self->name = g_strdup (name != NULL ? name : "");
  self->route = g_strdup (route != NULL ? route : "");
  if (map != NULL)
    plancia_snapshot_set_map_id (self, plancia_map_get_id (map));
  return self;
}

/* --- building -------------------------------------------------------------------------------- */

void
plancia_snapshot_set_map_id (PlanciaSnapshot *self, const char *map)
{
  g_free (self->map);
  self->map = g_strdup (map);
}

/* The first of a key counts; a second one would never be found. */
void
plancia_snapshot_take_item (PlanciaSnapshot *self, PlanciaSnapshotItem *item)
{
  if (g_hash_table_contains (self->by_key, item->key)) {
    plancia_snapshot_item_free (item);
    return;
  }
  g_ptr_array_add (self->items, item);
  g_hash_table_insert (self->by_key, item->key, item);
}

/**
 * plancia_snapshot_add:
 * @self: a snapshot that is being built
 * @field: of its map
 * @words: (nullable): @field->count of them
 * @message: (nullable): why there are none
 */
void
plancia_snapshot_add (PlanciaSnapshot    *self,
                      const PlanciaField *field,
                      const guint16      *words,
                      const char         *message)
{
  PlanciaSnapshotItem *item = g_new0 (PlanciaSnapshotItem, 1);
  g_auto (PlanciaValue) value = {0};

  item->key = g_strdup (field->key);
  item->address = field->address;
  item->count = field->count;
  if (words != NULL) {
    item->words = g_memdup2 (words, field->count * sizeof *words);
    plancia_field_decode (field, words, &value);
    item->text = plancia_field_format_plain (field, &value);
  } else {
    item->message = g_strdup (message);
  }
  plancia_snapshot_take_item (self, item);
}

void
plancia_snapshot_set_simulated (PlanciaSnapshot *self, gboolean simulated)
{
  self->simulated = simulated;
}

JsonObject *
plancia_snapshot_get_kept (PlanciaSnapshot *self)
{
  return self->kept;
}

void
plancia_snapshot_set_kept (PlanciaSnapshot *self, JsonObject *kept)
{
  g_clear_pointer (&self->kept, json_object_unref);
  self->kept = kept != NULL ? json_object_ref (kept) : NULL;
}

/* --- asking ---------------------------------------------------------------------------------- */

PlanciaSnapshotReason
plancia_snapshot_get_reason (PlanciaSnapshot *self)
{
  return self->reason;
}

gint64
plancia_snapshot_get_time (PlanciaSnapshot *self)
{
  return self->time;
}

const char *
plancia_snapshot_get_device (PlanciaSnapshot *self)
{
  return self->device;
}

const char *
plancia_snapshot_get_name (PlanciaSnapshot *self)
{
  return self->name;
}

const char *
plancia_snapshot_get_route (PlanciaSnapshot *self)
{
  return self->route;
}

const char *
plancia_snapshot_get_map (PlanciaSnapshot *self)
{
  return self->map;
}

gboolean
plancia_snapshot_get_simulated (PlanciaSnapshot *self)
{
  return self->simulated;
}

/** plancia_snapshot_get_serial: the serial number, "" if the registers do not tell it */
const char *
plancia_snapshot_get_serial (PlanciaSnapshot *self)
{
  static const char *const keys[] = PLANCIA_SERIAL_KEYS;

  if (self->serial == NULL)
    self->serial = join (first_text (self, keys), "", text_of (self, PLANCIA_SERIAL_TAIL_KEY));
  return self->serial;
}

/** plancia_snapshot_get_firmware: versions of the main and the second controller, or "" */
const char *
plancia_snapshot_get_firmware (PlanciaSnapshot *self)
{
  static const char *const keys[] = PLANCIA_FIRMWARE_KEYS;

  if (self->firmware == NULL)
    self->firmware =
      join (first_text (self, keys), " / ", text_of (self, PLANCIA_FIRMWARE_SLAVE_KEY));
  return self->firmware;
}

/** plancia_snapshot_get_rated_power: as its register says it, or "" */
const char *
plancia_snapshot_get_rated_power (PlanciaSnapshot *self)
{
  if (self->rated_power == NULL)
    self->rated_power = join (text_of (self, PLANCIA_RATED_POWER_KEY), "", NULL);
  return self->rated_power;
}

const char *
plancia_snapshot_get_note (PlanciaSnapshot *self)
{
  return self->note;
}

/** plancia_snapshot_set_note: main thread once it is shown; it still has to be saved */
void
plancia_snapshot_set_note (PlanciaSnapshot *self, const char *note)
{
  if (g_strcmp0 (self->note, note) == 0)
    return;
  g_free (self->note);
  self->note = g_strdup (note != NULL ? note : "");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTE]);
}

guint
plancia_snapshot_get_length (PlanciaSnapshot *self)
{
  return self->items->len;
}

guint
plancia_snapshot_count_read (PlanciaSnapshot *self)
{
  guint n = 0;

  for (guint i = 0; i < self->items->len; i++)
    n += ((const PlanciaSnapshotItem *) g_ptr_array_index (self->items, i))->words != NULL;
  return n;
}

const PlanciaSnapshotItem *
plancia_snapshot_get (PlanciaSnapshot *self, guint index)
{
  return g_ptr_array_index (self->items, index);
}

/** plancia_snapshot_find: (nullable): by the key of the register */
const PlanciaSnapshotItem *
plancia_snapshot_find (PlanciaSnapshot *self, const char *key)
{
  return g_hash_table_lookup (self->by_key, key);
}
