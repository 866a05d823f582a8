/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/demo-plant.h"

#include "base/clock.h"
#include "base/worker.h"
#include "plant/secrets.h"

#include <glib/gi18n.h>

struct _PlanciaDemoPlant
{
  GObject parent_instance;

  PlanciaWorker    *worker; /* starts and stops the simulator */
  PlanciaScenario  *scenario;
  PlanciaSimulator *simulator;
  PlanciaPlant     *plant;
  GHashTable       *entries; /* name of a simulated device -> PlanciaEntry of the plant */
  GHashTable       *faults;  /* device -> fault, both char* */
};

G_DEFINE_FINAL_TYPE (PlanciaDemoPlant, plancia_demo_plant, G_TYPE_OBJECT)

/* --- the document ---------------------------------------------------------------------------- */

static const char *
find_url (PlanciaDemoPlant *self, PlanciaAddress *address)
{
  GPtrArray  *clouds = plancia_simulator_get_clouds (self->simulator);
  const char *account = plancia_address_get_account (address);

  for (guint i = 0; account && i < clouds->len; i++) {
    const PlanciaSimulatorCloud *cloud = g_ptr_array_index (clouds, i);

    if (g_str_equal (cloud->account, account))
      return cloud->url;
  }
  return NULL;
}

/* The names of the scenario stand in files and on command lines; people see them in their own language. */
static const char *
translate (const char *name)
{
  static const char *const names[] = {
    N_ ("Demo plant, Arezzo"),
        N_ ("Inverters"),
            N_ ("Meters"),
                N_ ("EV chargers"),
                    N_ ("Exchange meter"),
                        N_ ("Heat pump"),
                    };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (g_str_equal (names[i], name))
      return _ (names[i]);
  }
  return name;
}

static PlanciaEntry *
make_entry (PlanciaDemoPlant *self, const PlanciaSimulatorDevice *device, GError **error)
{
  g_autoptr (PlanciaAddress) address = plancia_address_parse (device->address, error);
  PlanciaEntry *entry;

  if (!address)
    return NULL;

  entry = plancia_entry_new (NULL, device->kind, translate (device->name), address);
  plancia_entry_set_map (entry, device->map);
  if (g_str_equal (device->kind, "portal"))
    plancia_entry_set_url (entry, find_url (self, address));
  return entry;
}

/* Parents come before what hangs on them. */
static gboolean
add_entries (PlanciaDemoPlant *self, GError **error)
{
  GPtrArray *devices = plancia_simulator_get_devices (self->simulator);

  for (guint i = 0; i < devices->len; i++) {
    const PlanciaSimulatorDevice *device = g_ptr_array_index (devices, i);
    g_autoptr (PlanciaEntry) entry = make_entry (self, device, error);
    PlanciaEntry *parent = device->parent ? g_hash_table_lookup (self->entries, device->parent)
                                          : NULL;

    if (!entry)
      return FALSE;
    plancia_plant_add (self->plant, parent, entry);
    g_hash_table_insert (self->entries, g_strdup (device->name), g_object_ref (entry));
  }
  return TRUE;
}

/* The invented credentials of the simulated portal; they never leave this process's memory. */
static void
remember_secrets (PlanciaDemoPlant *self)
{
  GPtrArray *clouds = plancia_simulator_get_clouds (self->simulator);

  for (guint i = 0; i < clouds->len; i++) {
    const PlanciaSimulatorCloud *cloud = g_ptr_array_index (clouds, i);

    plancia_secrets_remember (cloud->account, "client", cloud->client);
    plancia_secrets_remember (cloud->account, "key", cloud->key);
  }
}

static gboolean
build_plant (PlanciaDemoPlant *self, GError **error)
{
  self->plant = plancia_plant_new (translate (plancia_scenario_get_name (self->scenario)));
  plancia_plant_set_simulated (self->plant, TRUE);
  plancia_plant_set_place (self->plant,
                           plancia_scenario_get_zone (self->scenario),
                           plancia_scenario_get_latitude (self->scenario),
                           plancia_scenario_get_longitude (self->scenario));
  if (!add_entries (self, error))
    return FALSE;
  remember_secrets (self);
  return TRUE;
}

/* --- on the worker --------------------------------------------------------------------------- */

static void
start (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  PlanciaDemoPlant *self = task_data;
  GError           *error = NULL;

  self->scenario = plancia_scenario_new_demo ();
  self->simulator = plancia_simulator_new (self->scenario);
  if (plancia_simulator_start (self->simulator, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
stop (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  PlanciaDemoPlant *self = source;

  plancia_simulator_stop (self->simulator);
  g_task_return_boolean (task, TRUE);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_demo_plant_dispose (GObject *object)
{
  PlanciaDemoPlant *self = PLANCIA_DEMO_PLANT (object);

  if (self->worker)
    plancia_worker_stop (self->worker);
  g_clear_object (&self->worker);
  if (self->simulator)
    plancia_simulator_stop (self->simulator);
  g_clear_object (&self->simulator);
  g_clear_object (&self->plant);

  G_OBJECT_CLASS (plancia_demo_plant_parent_class)->dispose (object);
}

static void
plancia_demo_plant_finalize (GObject *object)
{
  PlanciaDemoPlant *self = PLANCIA_DEMO_PLANT (object);

  g_clear_pointer (&self->scenario, plancia_scenario_unref);
  g_hash_table_unref (self->entries);
  g_hash_table_unref (self->faults);

  G_OBJECT_CLASS (plancia_demo_plant_parent_class)->finalize (object);
}

static void
plancia_demo_plant_class_init (PlanciaDemoPlantClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_demo_plant_dispose;
  object_class->finalize = plancia_demo_plant_finalize;
}

static void
plancia_demo_plant_init (PlanciaDemoPlant *self)
{
  self->worker = plancia_worker_new ("plancia-demo");
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->faults = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * plancia_demo_plant_new_async:
 * @cancellable: (nullable): a cancellable
 * @callback: called on the main thread when everything listens
 * @user_data: for @callback
 */
void
plancia_demo_plant_new_async (GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  PlanciaDemoPlant *self = g_object_new (PLANCIA_TYPE_DEMO_PLANT, NULL);
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_task_data (task, self, g_object_unref);
  plancia_worker_run (self->worker, task, start);
}

/**
 * plancia_demo_plant_new_finish:
 * @result: what the callback got
 * @error: return location for an error: no port or pseudo terminal could be opened
 *
 * Returns: (transfer full) (nullable): the running demo plant
 */
PlanciaDemoPlant *
plancia_demo_plant_new_finish (GAsyncResult *result, GError **error)
{
  PlanciaDemoPlant *self = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error) || !build_plant (self, error))
    return NULL;
  return g_object_ref (self);
}

PlanciaPlant *
plancia_demo_plant_get_plant (PlanciaDemoPlant *self)
{
  return self->plant;
}

PlanciaSimulator *
plancia_demo_plant_get_simulator (PlanciaDemoPlant *self)
{
  return self->simulator;
}

/**
 * plancia_demo_plant_find_device:
 * @self: the demo plant
 * @id: of an entry of its plant
 *
 * Returns: (transfer none) (nullable): the simulated device behind it; NULL if the entry was added later
 */
const char *
plancia_demo_plant_find_device (PlanciaDemoPlant *self, const char *id)
{
  GHashTableIter iter;
  gpointer       name, entry;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &name, &entry)) {
    if (g_strcmp0 (plancia_entry_get_id (entry), id) == 0)
      return name;
  }
  return NULL;
}

/**
 * plancia_demo_plant_get_title:
 * @self: the demo plant
 * @device: name of a simulated device
 *
 * Returns: (transfer none): how the tree calls it
 */
const char *
plancia_demo_plant_get_title (PlanciaDemoPlant *self, const char *device)
{
  PlanciaEntry *entry = g_hash_table_lookup (self->entries, device);

  return entry ? plancia_entry_get_name (entry) : device;
}

const char *
plancia_demo_plant_get_fault (PlanciaDemoPlant *self, const char *device)
{
  const char *fault = g_hash_table_lookup (self->faults, device);

  return fault ? fault : "none";
}

/**
 * plancia_demo_plant_set_fault:
 * @self: the demo plant
 * @device: name of a simulated device
 * @fault: one of plancia_simulator_list_faults()
 * @error: return location for an error: there is no such fault
 */
gboolean
plancia_demo_plant_set_fault (PlanciaDemoPlant *self,
                              const char       *device,
                              const char       *fault,
                              GError          **error)
{
  if (!plancia_simulator_set_fault (self->simulator, device, fault, error))
    return FALSE;

  g_hash_table_replace (self->faults, g_strdup (device), g_strdup (fault));
  return TRUE;
}

/** plancia_demo_plant_set_clock: undone by plancia_clock_reset(). */
void
plancia_demo_plant_set_clock (PlanciaDemoPlant *self)
{
  plancia_clock_simulate (plancia_simulator_now (self->simulator),
                          plancia_scenario_get_speed (self->scenario));
}

/**
 * plancia_demo_plant_stop_async:
 * @self: the demo plant
 * @callback: called when nothing listens any more
 * @user_data: for @callback
 *
 * Close what is connected to it first, or it looks like a failure.
 */
void
plancia_demo_plant_stop_async (PlanciaDemoPlant   *self,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  plancia_worker_run (self->worker, task, stop);
}

void
plancia_demo_plant_stop_finish (PlanciaDemoPlant *self, GAsyncResult *result)
{
  g_task_propagate_boolean (G_TASK (result), NULL);
}
