/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/world.h"

#include "base/clock.h"
#include "map/map-catalog.h"
#include "simulator/scenario-device.h"

/* An inverter with quirks takes so many ms for what most do at once. */
#define QUIRKY_APPLY_TIME 700

/* What is recorded needs a map only for what is not. */
#define FRAME_MAP "sim-heat-pump"

struct _PlanciaWorld
{
  PlanciaScenario *scenario;
  GTimeZone       *zone;
  gint64           began; /* monotonic ms at the scenario's start */
  PlanciaFaults   *faults;
  GHashTable      *sites; /* device name -> PlanciaSite */
  GHashTable      *banks; /* device name -> PlanciaBank */
};

static void
describe_site (PlanciaWorld *self, const PlanciaScenarioDevice *device, PlanciaSiteConfig *config)
{
  guint64 seed = plancia_scenario_get_seed (self->scenario);

  *config = (PlanciaSiteConfig){
    .zone = self->zone,
    .place = {plancia_scenario_get_latitude (self->scenario),
              plancia_scenario_get_longitude (self->scenario),
              seed},
    .seed = seed + g_str_hash (device->name),
    .commissioned = device->commissioned,
    .peak = device->peak,
    .tilt = device->tilt,
    .azimuth = device->azimuth,
    .limit = device->limit,
    .load = device->load,
    .load_scale = device->load_scale,
    .capacity = device->capacity,
    .battery_power = device->battery_power,
    .soc_minimum = device->soc_minimum,
    .soc_maximum = device->soc_maximum,
  };
}

static PlanciaSite *
make_site (PlanciaWorld *self, const PlanciaScenarioDevice *device)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new ();
  PlanciaSiteConfig config;

  describe_site (self, device, &config);
  if (device->members == NULL)
    return plancia_site_new (&config);
  for (guint i = 0; device->members[i] != NULL; i++) {
    PlanciaSite *member = plancia_world_find_site (self, device->members[i]);
    if (member != NULL)
      g_ptr_array_add (members, member);
  }
  return plancia_site_new_meter (&config, members);
}

static gboolean
add_bank (PlanciaWorld                *self,
          const PlanciaScenarioDevice *device,
          PlanciaSite                 *site,
          GError                     **error)
{
  g_autoptr (PlanciaMap)
    map = plancia_map_catalog_get (device->recorded != NULL ? FRAME_MAP : device->map, error);
  PlanciaBank      *bank;
  PlanciaBankConfig config = {.serial = device->serial,
                              .unit = device->unit,
                              .alarms = device->alarms,
                              .commissioned = device->commissioned,
                              .apply_time = device->quirks ? QUIRKY_APPLY_TIME : 0,
                              .now = plancia_scenario_get_start (self->scenario)};

  if (map == NULL) {
    g_prefix_error (error, "%s: ", device->name);
    return FALSE;
  }
  bank = plancia_bank_new (map, site, &config);
  if (device->recorded != NULL)
    plancia_bank_set_recorded (bank, device->recorded, plancia_scenario_get_start (self->scenario));
  g_hash_table_replace (self->banks, g_strdup (device->name), bank);
  return TRUE;
}

static gboolean
add_device (PlanciaWorld *self, const PlanciaScenarioDevice *device, GError **error)
{
  PlanciaSite *site;

  plancia_faults_add (self->faults,
                      device->name,
                      plancia_scenario_device_get_fault_kind (device),
                      device->parent);
  if (!plancia_faults_set (self->faults, device->name, device->fault, error))
    return FALSE;
  if (device->map == NULL)
    return TRUE;
  site = make_site (self, device);
  g_hash_table_replace (self->sites, g_strdup (device->name), site);
  return add_bank (self, device, site, error);
}

/* Lists of sites that the threads take one by one. */
typedef struct
{
  PlanciaWorld *world;
  GPtrArray    *lists; /* GPtrArray of PlanciaSite */
  int           next;
} WarmUp;

static gpointer
warm_up (gpointer data)
{
  WarmUp          *self = data;
  PlanciaSiteState state;

  for (guint i; (i = (guint) g_atomic_int_add (&self->next, 1)) < self->lists->len;) {
    GPtrArray *sites = g_ptr_array_index (self->lists, i);
    for (guint j = 0; j < sites->len; j++)
      plancia_site_look (g_ptr_array_index (sites, j), plancia_world_now (self->world), &state);
  }
  return NULL;
}

/* Names of all that some meter measures. */
static GHashTable *
list_members (PlanciaWorld *self)
{
  GPtrArray  *devices = plancia_scenario_get_devices (self->scenario);
  GHashTable *members = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < devices->len; i++) {
    PlanciaScenarioDevice *device = g_ptr_array_index (devices, i);
    for (guint j = 0; device->members != NULL && device->members[j] != NULL; j++)
      g_hash_table_add (members, device->members[j]);
  }
  return members;
}

/* The meters together, as two may have a member in common; their members are left to them, which work them out as they
 * go. All others alone. */
static GPtrArray *
list_sites (PlanciaWorld *self)
{
  GPtrArray *devices = plancia_scenario_get_devices (self->scenario);
  GPtrArray *lists = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  GPtrArray *meters = g_ptr_array_new ();
  g_autoptr (GHashTable) members = list_members (self);

  g_ptr_array_add (lists, meters);
  for (guint i = 0; i < devices->len; i++) {
    PlanciaScenarioDevice *device = g_ptr_array_index (devices, i);
    PlanciaSite           *site = plancia_world_find_site (self, device->name);
    GPtrArray             *list = meters;
    if (site == NULL || g_hash_table_contains (members, device->name))
      continue;
    if (device->members == NULL) {
      list = g_ptr_array_new ();
      g_ptr_array_add (lists, list);
    }
    g_ptr_array_add (list, site);
  }
  return lists;
}

/**
 * plancia_world_new:
 * @scenario: what there is; its clock starts now
 * @error: if a map cannot be had
 *
 * Blocks while it reads maps: some milliseconds each, the first time.
 *
 * Returns: (transfer full) (nullable): the world
 */
PlanciaWorld *
plancia_world_new (PlanciaScenario *scenario, GError **error)
{
  g_autoptr (PlanciaWorld) self = g_new0 (PlanciaWorld, 1);
  GPtrArray *devices = plancia_scenario_get_devices (scenario);

  self->scenario = plancia_scenario_ref (scenario);
  self->zone = g_time_zone_new_identifier (plancia_scenario_get_zone (scenario));
  self->began = plancia_clock_monotonic ();
  self->faults = plancia_faults_new ();
  self->sites =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) plancia_site_unref);
  self->banks =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) plancia_bank_free);
  for (guint i = 0; i < devices->len; i++)
    if (!add_device (self, g_ptr_array_index (devices, i), error))
      return NULL;
  return g_steal_pointer (&self);
}

void
plancia_world_free (PlanciaWorld *self)
{
  g_hash_table_unref (self->banks);
  g_hash_table_unref (self->sites);
  plancia_faults_free (self->faults);
  g_time_zone_unref (self->zone);
  plancia_scenario_unref (self->scenario);
  g_free (self);
}

/**
 * plancia_world_warm_up:
 * @self: a world
 *
 * The first look at a site works out all the days since it was commissioned: better now, on all processors, than while
 * a client waits. Blocks until it is done; nobody else may use the world meanwhile.
 */
void
plancia_world_warm_up (PlanciaWorld *self)
{
  guint                count = g_get_num_processors ();
  g_autofree GThread **threads = g_new0 (GThread *, count);
  g_autoptr (GPtrArray) lists = list_sites (self);
  WarmUp work = {self, lists, 0};

  for (guint i = 0; i < count; i++)
    threads[i] = g_thread_new ("warm-up", warm_up, &work);
  for (guint i = 0; i < count; i++)
    g_thread_join (threads[i]);
}

PlanciaScenario *
plancia_world_get_scenario (PlanciaWorld *self)
{
  return self->scenario;
}

PlanciaFaults *
plancia_world_get_faults (PlanciaWorld *self)
{
  return self->faults;
}

/**
 * plancia_world_now:
 * @self: the world
 *
 * Any thread.
 *
 * Returns: ms UTC of the scenario's clock, which runs at its speed
 */
gint64
plancia_world_now (PlanciaWorld *self)
{
  double passed = (double) (plancia_clock_monotonic () - self->began);

  return plancia_scenario_get_start (self->scenario) +
         (gint64) (passed * plancia_scenario_get_speed (self->scenario));
}

PlanciaBank *
plancia_world_find_bank (PlanciaWorld *self, const char *device)
{
  return g_hash_table_lookup (self->banks, device);
}

PlanciaSite *
plancia_world_find_site (PlanciaWorld *self, const char *device)
{
  return g_hash_table_lookup (self->sites, device);
}
