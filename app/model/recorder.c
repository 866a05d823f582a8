/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/recorder.h"

#include "base/clock.h"
#include <math.h>

/* Some minutes of a large plant. */
#define MAX_KEPT 6000

struct _PlanciaRecorder
{
  GObject parent_instance;

  PlanciaDeviceTree *tree;
  PlanciaStore      *store;
  GHashTable        *recorded; /* device id -> gint64*, time of the newest sample */
  GQueue             kept;     /* PlanciaSamples that the store could not take, oldest first */
  guint              tick_id;
};

/* The portal has two fields for a flow that goes both ways; its powers are never negative. */
typedef struct
{
  PlanciaQuantity quantity;
  const char     *key;
  const char     *opposite; /* or NULL: negative values stay */
} Name;

static const Name names[] = {
  {PLANCIA_QUANTITY_PV_POWER,         "powerGenerating",         NULL              },
  {PLANCIA_QUANTITY_LOAD_POWER,       "powerConsuming",          NULL              },
  {PLANCIA_QUANTITY_GRID_POWER,       "powerExporting",          "powerImporting"  },
  {PLANCIA_QUANTITY_BATTERY_POWER,    "powerCharging",           "powerDischarging"},
  {PLANCIA_QUANTITY_BATTERY_CHARGE,   "batterySoC",              NULL              },
  {PLANCIA_QUANTITY_AC_POWER,         "output_active_power",     NULL              },
  {PLANCIA_QUANTITY_PV_POWER_1,       "pv1_power",               NULL              },
  {PLANCIA_QUANTITY_PV_POWER_2,       "pv2_power",               NULL              },
  {PLANCIA_QUANTITY_TEMPERATURE,      "temperature_heat_sink_1", NULL              },
  {PLANCIA_QUANTITY_ENERGY_PV,        "energyGenerating",        NULL              },
  {PLANCIA_QUANTITY_ENERGY_LOAD,      "energyConsuming",         NULL              },
  {PLANCIA_QUANTITY_ENERGY_EXPORT,    "energyExporting",         NULL              },
  {PLANCIA_QUANTITY_ENERGY_IMPORT,    "energyImporting",         NULL              },
  {PLANCIA_QUANTITY_ENERGY_CHARGE,    "energyCharging",          NULL              },
  {PLANCIA_QUANTITY_ENERGY_DISCHARGE, "energyDischarging",       NULL              },
};

G_DEFINE_FINAL_TYPE (PlanciaRecorder, plancia_recorder, G_TYPE_OBJECT)

/* --- samples --------------------------------------------------------------------------------- */

static void
add_value (PlanciaSamples *samples, const Name *name, gint64 time, double value)
{
  if (!name->opposite) {
    plancia_samples_add (samples, name->key, time, value);
    return;
  }
  plancia_samples_add (samples, name->key, time, fmax (value, 0));
  plancia_samples_add (samples, name->opposite, time, fmax (-value, 0));
}

static void
add_quantities (PlanciaSamples *samples, PlanciaDevice *device, gint64 time)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    double value = 0;

    if (plancia_device_get_quantity (device, names[i].quantity, &value) && isfinite (value))
      add_value (samples, &names[i], time, value);
  }
}

/* A register of a quantity is kept as that: one thing has one name. */
static gboolean
is_quantity (const char *kind, const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (plancia_quantity_uses (names[i].quantity, kind, key))
      return TRUE;
  return FALSE;
}

/* The bits of one register are a number, too; those of several have more digits than a chart can tell apart. */
static gboolean
get_number (const PlanciaField *field, const PlanciaReading *reading, double *number)
{
  if (reading->value.kind == PLANCIA_VALUE_NUMBER)
    *number = reading->value.number;
  else if (reading->value.kind == PLANCIA_VALUE_BITS && field->count == 1)
    *number = (double) reading->value.integer;
  else
    return FALSE;
  return TRUE;
}

/* Those read since the last time, each with the time at which it was. */
static void
add_registers (PlanciaDeviceTree *tree,
               PlanciaSamples    *samples,
               PlanciaDevice     *device,
               gint64             after)
{
  PlanciaMap *map = plancia_device_get_map (device);
  const char *kind = plancia_device_get_kind (device);
  guint       n = map ? plancia_map_get_n_fields (map) : 0;

  for (guint i = 0; i < n; i++) {
    const PlanciaField   *field = plancia_map_get_field (map, i);
    const PlanciaReading *reading = plancia_device_lookup (device, field->key);
    double                number = 0;

    if (!reading || reading->time <= after || reading->quality != PLANCIA_QUALITY_GOOD ||
        !get_number (field, reading, &number))
      continue;
    if ((field->history ||
         plancia_device_tree_is_starred (tree, plancia_map_get_id (map), field->key)) &&
        !is_quantity (kind, field->key))
      plancia_samples_add (samples, field->key, reading->time, number);
  }
}

/* --- into the store -------------------------------------------------------------------------- */

/* On their way. */
typedef struct
{
  GWeakRef        recorder;
  PlanciaSamples *samples;
} Put;

static void
put_free (Put *put)
{
  g_weak_ref_clear (&put->recorder);
  plancia_samples_unref (put->samples);
  g_free (put);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Put, put_free)

static void put_done (GObject *source, GAsyncResult *result, gpointer user_data);

/* samples: (transfer full) */
static void
put (PlanciaRecorder *self, PlanciaSamples *samples)
{
  Put *put = g_new0 (Put, 1);

  g_weak_ref_init (&put->recorder, self);
  put->samples = samples;
  plancia_store_put_async (self->store, samples, NULL, put_done, put);
}

static void
keep (PlanciaRecorder *self, PlanciaSamples *samples)
{
  g_queue_push_tail (&self->kept, plancia_samples_ref (samples));
  while (g_queue_get_length (&self->kept) > MAX_KEPT)
    plancia_samples_unref (g_queue_pop_head (&self->kept));
}

/* What fails, as of a disk that is full or a file that another program holds, waits until the store takes something again. */
static void
put_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Put) put_now = user_data;
  g_autoptr (PlanciaRecorder) self = g_weak_ref_get (&put_now->recorder);
  g_autoptr (GError) error = NULL;
  gboolean good = plancia_store_put_finish (PLANCIA_STORE (source), result, &error);

  /* The values on the screen are not less true for it, so that nobody is told each minute. */
  if (!good)
    g_info ("What was read is not kept: %s", error->message);
  if (self == NULL || self->store == NULL)
    return;
  if (!good)
    keep (self, put_now->samples);
  else if (!g_queue_is_empty (&self->kept))
    put (self, g_queue_pop_head (&self->kept));
}

static gboolean
is_panel (PlanciaDevice *device)
{
  return device && g_str_equal (plancia_device_get_kind (device), "psc");
}

/* What comes from a portal is its history already. */
static gboolean
is_wanted (PlanciaDevice *device)
{
  return !g_str_equal (plancia_device_get_kind (device), "thing") &&
         (is_panel (device) || plancia_device_get_mark (device) == PLANCIA_MARK_LIVE);
}

/* --- timer ----------------------------------------------------------------------------------- */

static gboolean
tick (gpointer user_data)
{
  PlanciaRecorder *self = user_data;
  g_autoptr (GPtrArray) devices = plancia_device_tree_list (self->tree);

  for (guint i = 0; i < devices->len; i++) {
    PlanciaDevice *device = g_ptr_array_index (devices, i);

    plancia_recorder_record (self, device);
    if (is_panel (plancia_device_get_parent (device)))
      plancia_recorder_record (self, plancia_device_get_parent (device));
  }
  return G_SOURCE_CONTINUE;
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_recorder_dispose (GObject *object)
{
  PlanciaRecorder *self = PLANCIA_RECORDER (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->tree);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (plancia_recorder_parent_class)->dispose (object);
}

static void
plancia_recorder_finalize (GObject *object)
{
  PlanciaRecorder *self = PLANCIA_RECORDER (object);

  g_queue_clear_full (&self->kept, (GDestroyNotify) plancia_samples_unref);
  g_hash_table_unref (self->recorded);

  G_OBJECT_CLASS (plancia_recorder_parent_class)->finalize (object);
}

static void
plancia_recorder_class_init (PlanciaRecorderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_recorder_dispose;
  object_class->finalize = plancia_recorder_finalize;
}

static void
plancia_recorder_init (PlanciaRecorder *self)
{
  self->recorded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->tick_id = g_timeout_add_seconds (1, tick, self);
}

/**
 * plancia_recorder_new:
 * @tree: whose devices
 * @store: where their values go
 *
 * Returns: (transfer full): a recorder at work
 */
PlanciaRecorder *
plancia_recorder_new (PlanciaDeviceTree *tree, PlanciaStore *store)
{
  PlanciaRecorder *self = g_object_new (PLANCIA_TYPE_RECORDER, NULL);

  self->tree = g_object_ref (tree);
  self->store = g_object_ref (store);
  return self;
}

/**
 * plancia_recorder_record:
 * @self: a recorder
 * @device: a device, or a panel with inverters behind it
 *
 * Returns: %TRUE if there was something new, which is on its way to the store
 */
gboolean
plancia_recorder_record (PlanciaRecorder *self, PlanciaDevice *device)
{
  const char   *id = plancia_device_get_id (device);
  const gint64 *last = g_hash_table_lookup (self->recorded, id);
  gint64 time = plancia_recorder_newest_time (device), soon = plancia_clock_now () + PLANCIA_MINUTE;
  g_autoptr (PlanciaSamples) samples = NULL;

  /* The clock was set back: what was the newest is in the future now, and counts for nothing. */
  if (last && *last > soon)
    last = NULL;
  if (time == 0 || time > soon || (last && *last >= time) || !is_wanted (device))
    return FALSE;

  samples = plancia_samples_new (id, PLANCIA_RECORDER_SOURCE, (PlanciaSpan){0, 0});
  plancia_recorder_sample (self->tree, device, time, last ? *last : 0, samples);
  plancia_samples_seal (samples);
  if (plancia_samples_count (samples) == 0)
    return FALSE;
  g_hash_table_replace (self->recorded, g_strdup (id), g_memdup2 (&time, sizeof time));
  put (self, g_steal_pointer (&samples));
  return TRUE;
}

/**
 * plancia_recorder_sample:
 * @tree: that says which registers have a star
 * @device: a device, or a panel
 * @time: of its newest reading
 * @after: what was read until then is left out
 * @samples: that are being built
 */
void
plancia_recorder_sample (PlanciaDeviceTree *tree,
                         PlanciaDevice     *device,
                         gint64             time,
                         gint64             after,
                         PlanciaSamples    *samples)
{
  add_quantities (samples, device, time);
  add_registers (tree, samples, device, after);
}

/**
 * plancia_recorder_newest_time:
 * @device: a device, or a group such as a PSC panel, which has no readings of its own
 *
 * Returns: of its newest reading, or that of the devices in it
 */
gint64
plancia_recorder_newest_time (PlanciaDevice *device)
{
  GListModel *children = plancia_device_get_children (device);
  gint64      time = plancia_device_get_time (device);

  for (guint i = 0; i < g_list_model_get_n_items (children); i++) {
    g_autoptr (PlanciaDevice) child = g_list_model_get_item (children, i);

    time = MAX (time, plancia_device_get_time (child));
  }
  return time;
}

/**
 * plancia_recorder_compute:
 * @quantity: which
 * @lookup: gives the number of a key of the samples at one time
 * @user_data: for @lookup
 * @value: (out): in the quantity's unit and sign
 *
 * Returns: %FALSE if it was not recorded
 */
gboolean
plancia_recorder_compute (PlanciaQuantity       quantity,
                          PlanciaQuantityLookup lookup,
                          gpointer              user_data,
                          double               *value)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    double opposite = 0;

    if (names[i].quantity != quantity)
      continue;
    if (!lookup (user_data, names[i].key, value))
      return FALSE;
    if (names[i].opposite && lookup (user_data, names[i].opposite, &opposite))
      *value -= opposite;
    return TRUE;
  }
  return FALSE;
}
