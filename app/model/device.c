/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/device.h"

#include "backend/backend-replay.h"
#include "base/clock.h"
#include "base/signal-new.h"
#include "model/device-figure.h"
#include "model/plant-sum.h"
#include "model/quantity.h"
#include <math.h>
#include <string.h>

/* A device on a local line is polled every few seconds; a cloud's packets come every five minutes. */
#define STALE_AFTER_LOCAL (30 * PLANCIA_SECOND)
#define STALE_AFTER_CLOUD (20 * PLANCIA_MINUTE)

struct _PlanciaDevice
{
  GObject parent_instance;

  PlanciaEntry   *entry;  /* NULL for the whole plant */
  PlanciaDevice  *parent; /* weak: the parent owns its children */
  GListStore     *children;
  GPtrArray      *members; /* of the whole plant: all leaves */
  PlanciaBackend *backend;
  PlanciaMap     *map;

  GHashTable      *values; /* key -> Value */
  PlanciaReadings *batch;  /* while it is told of */
  gint64           time;
  gint64           not_before; /* readings that are older belong to another map */
  GError          *failure;    /* of this device alone, though its connection is up */
  PlanciaMark      mark;
  char            *value_text;
};

/* The newest reading of a key and the batch that owns it. */
typedef struct
{
  PlanciaReadings      *owner;
  const PlanciaReading *reading;
} Value;

enum {
  PROP_0,
  PROP_NAME,
  PROP_STATE,
  PROP_VALUE_TEXT,
  PROP_PROBLEM,
  PROP_MAP,
  N_PROPS,
};

enum {
  SIGNAL_READINGS,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaDevice, plancia_device, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint       signals[N_SIGNALS];

static void
value_free (Value *value)
{
  plancia_readings_unref (value->owner);
  g_free (value);
}

static gboolean
is_cloud_kind (const char *kind)
{
  return g_str_equal (kind, "thing") || g_str_equal (kind, "portal");
}

static gboolean
lookup_number (gpointer user_data, const char *key, double *value)
{
  const PlanciaReading *reading = plancia_device_lookup (user_data, key);

  if (!reading || reading->value.kind != PLANCIA_VALUE_NUMBER)
    return FALSE;
  if (reading->quality != PLANCIA_QUALITY_GOOD && reading->quality != PLANCIA_QUALITY_OLD)
    return FALSE;
  *value = reading->value.number;
  return TRUE;
}

/* --- mark ------------------------------------------------------------------------------------ */

/* Worst last, so that a parent takes the largest; closed only counts if nothing else is there. */
static int
mark_weight (PlanciaMark mark)
{
  static const int weights[] = {
    [PLANCIA_MARK_CLOSED] = 0,
    [PLANCIA_MARK_LIVE] = 1,
    [PLANCIA_MARK_CONNECTING] = 2,
    [PLANCIA_MARK_STALE] = 3,
    [PLANCIA_MARK_TAKEN_OVER] = 4,
    [PLANCIA_MARK_FAILING] = 5,
  };

  return weights[mark];
}

static PlanciaMark
worst_child_mark (PlanciaDevice *self)
{
  PlanciaMark worst = PLANCIA_MARK_CLOSED;
  guint       n = g_list_model_get_n_items (G_LIST_MODEL (self->children));

  for (guint i = 0; i < n; i++) {
    g_autoptr (PlanciaDevice) child = g_list_model_get_item (G_LIST_MODEL (self->children), i);

    if (mark_weight (child->mark) > mark_weight (worst))
      worst = child->mark;
  }
  return worst;
}

static PlanciaMark
worst_member_mark (PlanciaDevice *self)
{
  PlanciaMark worst = PLANCIA_MARK_CLOSED;

  for (guint i = 0; self->members && i < self->members->len; i++) {
    PlanciaDevice *member = g_ptr_array_index (self->members, i);

    if (mark_weight (member->mark) > mark_weight (worst))
      worst = member->mark;
  }
  return worst;
}

static gboolean
is_stale (PlanciaDevice *self)
{
  gint64 limit = is_cloud_kind (plancia_device_get_kind (self)) ? STALE_AFTER_CLOUD
                                                                : STALE_AFTER_LOCAL;

  return plancia_clock_now () - self->time > limit;
}

static PlanciaMark
open_mark (PlanciaDevice *self)
{
  if (self->failure)
    return PLANCIA_MARK_FAILING;
  if (!(plancia_backend_get_flags (self->backend) & PLANCIA_BACKEND_LIVE))
    return PLANCIA_MARK_LIVE;
  if (self->time == 0)
    return PLANCIA_IS_BACKEND_REPLAY (self->backend) ? PLANCIA_MARK_CLOSED
                                                     : PLANCIA_MARK_CONNECTING;
  if (plancia_backend_get_error (self->backend))
    return PLANCIA_MARK_STALE; /* busy, and asked again: no failure yet */
  return is_stale (self) ? PLANCIA_MARK_STALE : PLANCIA_MARK_LIVE;
}

static PlanciaMark
leaf_mark (PlanciaDevice *self)
{
  if (!self->backend)
    return PLANCIA_MARK_CLOSED;

  switch (plancia_backend_get_state (self->backend)) {
  case PLANCIA_STATE_OPENING:
    return PLANCIA_MARK_CONNECTING;
  case PLANCIA_STATE_OPEN:
    return open_mark (self);
  case PLANCIA_STATE_FAILING:
    return PLANCIA_MARK_FAILING;
  case PLANCIA_STATE_TAKEN_OVER:
    return PLANCIA_MARK_TAKEN_OVER;
  case PLANCIA_STATE_CLOSED:
  case PLANCIA_STATE_CLOSING:
  default:
    return PLANCIA_MARK_CLOSED;
  }
}

static gboolean
is_leaf (PlanciaDevice *self)
{
  return self->entry && plancia_entry_is_device (self->entry);
}

static PlanciaMark
make_mark (PlanciaDevice *self)
{
  if (is_leaf (self))
    return leaf_mark (self);
  return self->entry ? worst_child_mark (self) : worst_member_mark (self);
}

/* --- sums of a panel ------------------------------------------------------------------------- */

static double
sum_of_children (PlanciaDevice *self, PlanciaQuantity quantity, guint *found)
{
  guint  n = g_list_model_get_n_items (G_LIST_MODEL (self->children));
  double sum = 0;

  for (guint i = 0; i < n; i++) {
    g_autoptr (PlanciaDevice) child = g_list_model_get_item (G_LIST_MODEL (self->children), i);
    double value = 0;

    if (child->mark != PLANCIA_MARK_FAILING &&
        plancia_device_get_quantity (child, quantity, &value)) {
      sum += value;
      (*found)++;
    }
  }
  return sum;
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_device_dispose (GObject *object)
{
  PlanciaDevice *self = PLANCIA_DEVICE (object);

  if (self->children)
    g_list_store_remove_all (self->children);
  g_clear_pointer (&self->members, g_ptr_array_unref);
  g_clear_object (&self->entry);
  g_clear_object (&self->backend);
  g_clear_pointer (&self->map, plancia_map_unref);
  g_clear_weak_pointer (&self->parent);

  G_OBJECT_CLASS (plancia_device_parent_class)->dispose (object);
}

static void
plancia_device_finalize (GObject *object)
{
  PlanciaDevice *self = PLANCIA_DEVICE (object);

  g_clear_object (&self->children);
  g_hash_table_unref (self->values);
  g_clear_error (&self->failure);
  g_free (self->value_text);

  G_OBJECT_CLASS (plancia_device_parent_class)->finalize (object);
}

static void
plancia_device_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PlanciaDevice *self = PLANCIA_DEVICE (object);
  const GError  *error;

  switch (id) {
  case PROP_NAME:
    g_value_set_string (value, plancia_device_get_name (self));
    break;
  case PROP_STATE:
    g_value_set_uint (value, self->mark);
    break;
  case PROP_VALUE_TEXT:
    g_value_set_string (value, self->value_text);
    break;
  case PROP_PROBLEM:
    error = plancia_device_get_error (self);
    g_value_set_string (value, error ? error->message : NULL);
    break;
  case PROP_MAP:
    g_value_set_string (value, self->map ? plancia_map_get_id (self->map) : NULL);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_device_class_init (PlanciaDeviceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags   flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = plancia_device_dispose;
  object_class->finalize = plancia_device_finalize;
  object_class->get_property = plancia_device_get_property;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_STATE] =
    g_param_spec_uint ("state", NULL, NULL, 0, PLANCIA_MARK_TAKEN_OVER, 0, flags);
  properties[PROP_VALUE_TEXT] = g_param_spec_string ("value-text", NULL, NULL, NULL, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  properties[PROP_MAP] = g_param_spec_string ("map", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_READINGS] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "readings", 0);
}

static void
plancia_device_init (PlanciaDevice *self)
{
  self->children = g_list_store_new (PLANCIA_TYPE_DEVICE);
  self->values =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) value_free);
  self->value_text = g_strdup ("");
}

/* --- construction ---------------------------------------------------------------------------- */

static void
add_children (PlanciaDevice *self)
{
  GListModel *entries = plancia_entry_get_children (self->entry);
  guint       n = g_list_model_get_n_items (entries);

  for (guint i = 0; i < n; i++) {
    g_autoptr (PlanciaEntry) entry = g_list_model_get_item (entries, i);
    g_autoptr (PlanciaDevice) child = plancia_device_new_below (entry, self);

    g_list_store_append (self->children, child);
  }
}

static void
name_changed (PlanciaDevice *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

/* What may be written changes with it. */
static void
evidence_changed (PlanciaDevice *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MAP]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

/**
 * plancia_device_new:
 * @entry: (nullable): a line of the plant with everything below it; NULL for the whole plant
 *
 * Returns: (transfer full): a device, its children made too
 */
PlanciaDevice *
plancia_device_new (PlanciaEntry *entry)
{
  PlanciaDevice *self = g_object_new (PLANCIA_TYPE_DEVICE, NULL);

  if (entry) {
    self->entry = g_object_ref (entry);
    g_signal_connect_object (entry,
                             "notify::name",
                             G_CALLBACK (name_changed),
                             self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (entry,
                             "notify::map-evidence",
                             G_CALLBACK (evidence_changed),
                             self,
                             G_CONNECT_SWAPPED);
    add_children (self);
  }
  plancia_device_update (self);
  return self;
}

/**
 * plancia_device_new_below:
 * @entry: a line of the plant
 * @parent: (nullable): the device it hangs on, which is not told
 *
 * Returns: (transfer full): a device
 */
PlanciaDevice *
plancia_device_new_below (PlanciaEntry *entry, PlanciaDevice *parent)
{
  PlanciaDevice *self = plancia_device_new (entry);

  g_set_weak_pointer (&self->parent, parent);
  return self;
}

const char *
plancia_device_get_id (PlanciaDevice *self)
{
  return self->entry ? plancia_entry_get_id (self->entry) : "plant";
}

const char *
plancia_device_get_name (PlanciaDevice *self)
{
  return self->entry ? plancia_entry_get_name (self->entry) : "";
}

const char *
plancia_device_get_kind (PlanciaDevice *self)
{
  return self->entry ? plancia_entry_get_kind (self->entry) : "plant";
}

PlanciaEntry *
plancia_device_get_entry (PlanciaDevice *self)
{
  return self->entry;
}

PlanciaDevice *
plancia_device_get_parent (PlanciaDevice *self)
{
  return self->parent;
}

GListModel *
plancia_device_get_children (PlanciaDevice *self)
{
  return G_LIST_MODEL (self->children);
}

/**
 * plancia_device_dup_route:
 * @self: a device
 *
 * Returns: (transfer full): names of what it hangs on and its own number, such as
 *   "Azzurro HUB › Inverters › 1"; empty for the whole plant
 */
char *
plancia_device_dup_route (PlanciaDevice *self)
{
  GString        *route = g_string_new (NULL);
  PlanciaAddress *address = self->entry ? plancia_entry_get_address (self->entry) : NULL;
  int             unit = address ? plancia_address_get_unit (address) : -1;

  for (PlanciaDevice *up = self->parent; up && up->entry; up = up->parent) {
    if (route->len > 0)
      g_string_prepend (route, " \xe2\x80\xba ");
    g_string_prepend (route, plancia_device_get_name (up));
  }
  if (unit >= 0)
    g_string_append_printf (route, "%s%d", route->len > 0 ? " \xe2\x80\xba " : "", unit);
  else if (route->len == 0 && address && plancia_address_get_device (address))
    g_string_append (route, plancia_address_get_device (address));

  return g_string_free (route, FALSE);
}

PlanciaBackend *
plancia_device_get_backend (PlanciaDevice *self)
{
  return self->backend;
}

/**
 * plancia_device_set_backend:
 * @self: a device
 * @backend: (nullable): its connection
 *
 * Emits nothing; call plancia_device_update() when the backend's state moved.
 */
void
plancia_device_set_backend (PlanciaDevice *self, PlanciaBackend *backend)
{
  g_set_object (&self->backend, backend);
  plancia_device_update (self);
}

PlanciaBackendFlags
plancia_device_get_flags (PlanciaDevice *self)
{
  PlanciaBackendFlags flags = self->backend ? plancia_backend_get_flags (self->backend) : 0;

  if (self->entry && plancia_entry_get_map_evidence (self->entry))
    flags &= ~PLANCIA_BACKEND_WRITE;
  return flags;
}

PlanciaMap *
plancia_device_get_map (PlanciaDevice *self)
{
  return self->map;
}

void
plancia_device_set_map (PlanciaDevice *self, PlanciaMap *map)
{
  if (self->map == map)
    return;

  g_clear_pointer (&self->map, plancia_map_unref);
  self->map = map ? plancia_map_ref (map) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MAP]);
}

PlanciaMark
plancia_device_get_mark (PlanciaDevice *self)
{
  return self->mark;
}

const GError *
plancia_device_get_error (PlanciaDevice *self)
{
  if (self->failure)
    return self->failure;
  return self->backend ? plancia_backend_get_error (self->backend) : NULL;
}

const char *
plancia_device_get_value_text (PlanciaDevice *self)
{
  return self->value_text;
}

gint64
plancia_device_get_time (PlanciaDevice *self)
{
  return self->time;
}

const PlanciaReading *
plancia_device_lookup (PlanciaDevice *self, const char *key)
{
  Value *value = g_hash_table_lookup (self->values, key);

  return value ? value->reading : NULL;
}

/**
 * plancia_device_get_quantity:
 * @self: a device
 * @quantity: which
 * @value: (out): in the quantity's unit and sign
 *
 * A PSC panel's powers are the sums over its inverters that answer.
 *
 * Returns: FALSE if it has none, or none yet
 */
gboolean
plancia_device_get_quantity (PlanciaDevice *self, PlanciaQuantity quantity, double *value)
{
  const char *kind = plancia_device_get_kind (self);
  guint       found = 0;

  if (self->members)
    return plancia_plant_sum (self->members, quantity, value);
  if (!g_str_equal (kind, "psc"))
    return plancia_quantity_compute (quantity, kind, lookup_number, self, value);

  *value = sum_of_children (self, quantity, &found);
  return found > 0;
}

void
plancia_device_set_members (PlanciaDevice *self, GPtrArray *members)
{
  g_clear_pointer (&self->members, g_ptr_array_unref);
  self->members = members ? g_ptr_array_ref (members) : NULL;
  plancia_device_update (self);
}

GPtrArray *
plancia_device_get_members (PlanciaDevice *self)
{
  return self->members;
}

/**
 * plancia_device_has_quantity:
 * @self: a device
 * @quantity: which
 *
 * Returns: TRUE if its map, or what its cloud sent so far, could give it
 */
gboolean
plancia_device_has_quantity (PlanciaDevice *self, PlanciaQuantity quantity)
{
  const char *kind = plancia_device_get_kind (self);
  guint       n = self->map ? plancia_map_get_n_fields (self->map) : 0;
  double      ignored;

  for (guint i = 0; i < n; i++) {
    if (plancia_quantity_uses (quantity, kind, plancia_map_get_field (self->map, i)->key))
      return TRUE;
  }
  return plancia_device_get_quantity (self, quantity, &ignored);
}

/* A value that could not be read this time does not wipe out the last one that could: its age says
 * how old it is. What the device says it does not have does. */
static gboolean
replaces (const PlanciaReading *fresh, const Value *present)
{
  return !present || fresh->quality != PLANCIA_QUALITY_ERROR;
}

static void
keep_reading (PlanciaDevice *self, PlanciaReadings *readings, const PlanciaReading *reading)
{
  Value *value;

  if (!replaces (reading, g_hash_table_lookup (self->values, reading->key)))
    return;

  value = g_new (Value, 1);
  value->owner = plancia_readings_ref (readings);
  value->reading = reading;
  g_hash_table_replace (self->values, g_strdup (reading->key), value);
}

/**
 * plancia_device_apply:
 * @self: a device
 * @readings: what it answered
 *
 * Takes the values over and emits "readings".
 */
void
plancia_device_apply (PlanciaDevice *self, PlanciaReadings *readings)
{
  guint n = plancia_readings_get_count (readings);

  /* The clock was set back. */
  if (self->time > plancia_clock_now () + PLANCIA_MINUTE)
    self->time = 0;
  for (guint i = 0; i < n; i++) {
    const PlanciaReading *reading = plancia_readings_get (readings, i);

    if (reading->time < self->not_before)
      continue;
    if (reading->quality == PLANCIA_QUALITY_GOOD || reading->quality == PLANCIA_QUALITY_OLD)
      self->time = MAX (self->time, reading->time);
    keep_reading (self, readings, reading);
  }

  plancia_device_update (self);
  self->batch = readings;
  g_signal_emit (self, signals[SIGNAL_READINGS], 0);
  self->batch = NULL;
}

PlanciaReadings *
plancia_device_get_batch (PlanciaDevice *self)
{
  return self->batch;
}

/** plancia_device_set_failed: why it does not answer though its connection is up; NULL when it does again. */
void
plancia_device_set_failed (PlanciaDevice *self, const GError *error)
{
  if (!error && !self->failure)
    return;

  g_clear_error (&self->failure);
  self->failure = error ? g_error_copy (error) : NULL;
  plancia_device_update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

/**
 * plancia_device_forget:
 * @self: a device
 *
 * Drops every value and failure, and from now on what was read before this moment.
 */
void
plancia_device_forget (PlanciaDevice *self)
{
  g_hash_table_remove_all (self->values);
  self->time = 0;
  self->not_before = plancia_clock_now ();
  plancia_device_set_failed (self, NULL);
  plancia_device_update (self);
  g_signal_emit (self, signals[SIGNAL_READINGS], 0);
}

/**
 * plancia_device_update:
 * @self: a device
 *
 * Makes mark and figure anew, of its parents too, and notifies what changed.
 */
void
plancia_device_update (PlanciaDevice *self)
{
  PlanciaMark      mark = make_mark (self);
  g_autofree char *text = plancia_device_figure (self);

  if (mark != self->mark) {
    self->mark = mark;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
  }
  if (strcmp (text, self->value_text) != 0) {
    g_free (self->value_text);
    self->value_text = g_steal_pointer (&text);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE_TEXT]);
  }
  if (self->parent)
    plancia_device_update (self->parent);
}
