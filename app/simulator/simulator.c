/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/simulator.h"

#include <json-glib/json-glib.h>

#include "base/error.h"
#include "simulator/scenario-device.h"
#include "simulator/serve.h"

struct _PlanciaSimulator
{
  GObject parent_instance;

  PlanciaScenario  *scenario;
  GMutex            mutex; /* of world and context, which any thread may ask while another stops */
  PlanciaServePlace place;
  PlanciaWorld     *world; /* while it runs */
  GPtrArray        *devices;
  GPtrArray        *clouds;
  GMainContext     *context;
  GMainLoop        *loop;
  GThread          *thread;
  GPtrArray        *serves; /* PlanciaServe; on the thread */
};

G_DEFINE_FINAL_TYPE (PlanciaSimulator, plancia_simulator, G_TYPE_OBJECT)

/* How the thread tells the one that started it. */
typedef struct
{
  PlanciaSimulator *self;
  GMutex            mutex;
  GCond             cond;
  gboolean          ready;
  GError           *error;
} Start;

static void
device_free (gpointer data)
{
  PlanciaSimulatorDevice *self = data;

  g_free (self->name);
  g_free (self->kind);
  g_free (self->parent);
  g_free (self->address);
  g_free (self->map);
  g_free (self->serial);
  g_free (self);
}

static void
cloud_free (gpointer data)
{
  PlanciaSimulatorCloud *self = data;

  g_free (self->profile);
  g_free (self->account);
  g_free (self->url);
  g_free (self->client);
  g_free (self->key);
  g_free (self->token);
  g_free (self);
}

static PlanciaServe *
find_serve (PlanciaSimulator *self, const char *device)
{
  for (guint i = 0; i < self->serves->len; i++) {
    PlanciaServe *serve = g_ptr_array_index (self->serves, i);
    if (g_str_equal (plancia_serve_get_device (serve)->name, device))
      return serve;
  }
  return NULL;
}

/* Of the nearest that has one: a battery may hang on an inverter, and that on a line. */
static PlanciaServe *
find_parent_serve (PlanciaSimulator *self, const PlanciaScenarioDevice *device)
{
  GPtrArray    *devices = plancia_scenario_get_devices (self->scenario);
  PlanciaServe *serve = NULL;

  while (serve == NULL && device != NULL && device->parent != NULL) {
    serve = find_serve (self, device->parent);
    device = plancia_scenario_device_find (devices, device->parent);
  }
  return serve;
}

static void
list_device (PlanciaSimulator *self, PlanciaServe *serve, const PlanciaScenarioDevice *device)
{
  PlanciaSimulatorDevice *listed = g_new0 (PlanciaSimulatorDevice, 1);

  listed->name = g_strdup (device->name);
  listed->kind = g_strdup (device->kind);
  listed->parent = g_strdup (device->parent);
  listed->address = plancia_serve_dup_address (serve, device);
  listed->map = g_strdup (device->map);
  listed->serial = g_strdup (device->serial);
  g_ptr_array_add (self->devices, listed);
}

static void
list_cloud (PlanciaSimulator *self, PlanciaServe *serve)
{
  const PlanciaScenarioDevice *device = plancia_serve_get_device (serve);
  PlanciaSimulatorCloud       *listed;

  if (plancia_serve_get_url (serve) == NULL)
    return;
  listed = g_new0 (PlanciaSimulatorCloud, 1);
  listed->profile = g_strdup (device->route == PLANCIA_ROUTE_SYSTEM ? "azzurro-system"
                                                                    : "azzurro-portal");
  listed->account = g_strdup (device->account);
  listed->url = g_strdup (plancia_serve_get_url (serve));
  listed->client = g_strdup (device->client);
  listed->key = g_strdup (device->key);
  listed->token = g_strdup (device->token);
  g_ptr_array_add (self->clouds, listed);
}

static gboolean
serve_device (PlanciaSimulator *self, const PlanciaScenarioDevice *device, GError **error)
{
  PlanciaServe *serve = find_parent_serve (self, device);

  if (device->route != PLANCIA_ROUTE_NONE) {
    serve = plancia_serve_new (self->world, device, &self->place, error);
    if (serve == NULL)
      return FALSE;
    g_ptr_array_add (self->serves, serve);
    list_cloud (self, serve);
  } else {
    plancia_serve_add (serve, device);
  }
  list_device (self, serve, device);
  return TRUE;
}

static gboolean
open_all (PlanciaSimulator *self, GError **error)
{
  GPtrArray *devices = plancia_scenario_get_devices (self->scenario);

  plancia_world_warm_up (self->world);
  for (guint i = 0; i < devices->len; i++) {
    PlanciaScenarioDevice *device = g_ptr_array_index (devices, i);
    if (!serve_device (self, device, error))
      return FALSE;
  }
  return TRUE;
}

static void
tell_start (Start *start, GError *error)
{
  g_mutex_lock (&start->mutex);
  start->ready = TRUE;
  start->error = error;
  g_cond_signal (&start->cond);
  g_mutex_unlock (&start->mutex);
}

static gpointer
run (gpointer data)
{
  Start            *start = data;
  PlanciaSimulator *self = start->self;
  GError           *error = NULL;
  gboolean          opened;

  g_main_context_push_thread_default (self->context);
  self->serves = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_serve_free);
  opened = open_all (self, &error);
  tell_start (start, error);
  if (opened)
    g_main_loop_run (self->loop);
  g_clear_pointer (&self->serves, g_ptr_array_unref);
  /* Sources that the servers left behind end here, not in somebody else's time. */
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static gboolean
quit (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

static gboolean
check_faults (gpointer data)
{
  PlanciaSimulator *self = data;

  for (guint i = 0; self->serves != NULL && i < self->serves->len; i++)
    plancia_serve_check_fault (g_ptr_array_index (self->serves, i));
  return G_SOURCE_REMOVE;
}

static void
start_thread (PlanciaSimulator *self, GError **error)
{
  Start start = {.self = self};

  g_mutex_init (&start.mutex);
  g_cond_init (&start.cond);
  self->thread = g_thread_new ("simulator", run, &start);
  g_mutex_lock (&start.mutex);
  while (!start.ready)
    g_cond_wait (&start.cond, &start.mutex);
  g_mutex_unlock (&start.mutex);
  g_cond_clear (&start.cond);
  g_mutex_clear (&start.mutex);
  if (start.error != NULL)
    g_propagate_error (error, start.error);
}

static void
add_member (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
add_devices (PlanciaSimulator *self, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "devices");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->devices->len; i++) {
    PlanciaSimulatorDevice *device = g_ptr_array_index (self->devices, i);
    json_builder_begin_object (builder);
    add_member (builder, "name", device->name);
    add_member (builder, "kind", device->kind);
    add_member (builder, "address", device->address);
    add_member (builder, "map", device->map);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
add_clouds (PlanciaSimulator *self, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "clouds");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->clouds->len; i++) {
    PlanciaSimulatorCloud *cloud = g_ptr_array_index (self->clouds, i);
    json_builder_begin_object (builder);
    add_member (builder, "profile", cloud->profile);
    add_member (builder, "url", cloud->url);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
plancia_simulator_finalize (GObject *object)
{
  PlanciaSimulator *self = PLANCIA_SIMULATOR (object);

  plancia_simulator_stop (self);
  g_ptr_array_unref (self->devices);
  g_ptr_array_unref (self->clouds);
  plancia_scenario_unref (self->scenario);
  g_mutex_clear (&self->mutex);
  g_free (self->place.host);
  G_OBJECT_CLASS (plancia_simulator_parent_class)->finalize (object);
}

static void
plancia_simulator_class_init (PlanciaSimulatorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_simulator_finalize;
}

static void
plancia_simulator_init (PlanciaSimulator *self)
{
  g_mutex_init (&self->mutex);
  self->devices = g_ptr_array_new_with_free_func (device_free);
  self->clouds = g_ptr_array_new_with_free_func (cloud_free);
  self->place.host = g_strdup ("127.0.0.1");
}

/**
 * plancia_simulator_new:
 * @scenario: what to simulate; referenced
 *
 * Returns: (transfer full): a simulator that does not run yet
 */
PlanciaSimulator *
plancia_simulator_new (PlanciaScenario *scenario)
{
  PlanciaSimulator *self = g_object_new (PLANCIA_TYPE_SIMULATOR, NULL);

  self->scenario = plancia_scenario_ref (scenario);
  return self;
}

/**
 * plancia_simulator_set_place:
 * @self: a simulator that does not run
 * @host: IPv4 address of this computer
 * @standard_ports: those of the real devices
 *
 * Devices of a kind share a port then, so that a scenario can have one of them only. The cloud stays where it is.
 */
void
plancia_simulator_set_place (PlanciaSimulator *self, const char *host, gboolean standard_ports)
{
  g_return_if_fail (self->thread == NULL);

  g_free (self->place.host);
  self->place.host = g_strdup (host);
  self->place.standard_ports = standard_ports;
}

/**
 * plancia_simulator_start:
 * @self: a simulator
 * @error: a map that cannot be had, or no port or pty
 *
 * Blocks for some hundred milliseconds, the first time. Afterwards everything listens. Starting what runs
 * changes nothing.
 *
 * Returns: %FALSE if it does not run
 */
gboolean
plancia_simulator_start (PlanciaSimulator *self, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (PlanciaWorld) world = NULL;

  if (self->thread != NULL)
    return TRUE;
  world = plancia_world_new (self->scenario, error);
  if (world == NULL)
    return FALSE;
  g_mutex_lock (&self->mutex);
  self->world = g_steal_pointer (&world);
  self->context = g_main_context_new ();
  g_mutex_unlock (&self->mutex);
  self->loop = g_main_loop_new (self->context, FALSE);
  start_thread (self, &failure);
  if (failure == NULL)
    return TRUE;
  plancia_simulator_stop (self);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/**
 * plancia_simulator_stop:
 * @self: a simulator
 *
 * Ends all connections, gives the ports back and joins the thread. Not from the simulator's thread.
 */
void
plancia_simulator_stop (PlanciaSimulator *self)
{
  g_autoptr (GSource) source = NULL;

  if (self->thread == NULL)
    return;
  /* Through the context: the loop may not have begun to run. */
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_callback (source, quit, self->loop, NULL);
  g_source_attach (source, self->context);
  g_thread_join (g_steal_pointer (&self->thread));
  g_ptr_array_set_size (self->devices, 0);
  g_ptr_array_set_size (self->clouds, 0);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->world, plancia_world_free);
  g_mutex_unlock (&self->mutex);
}

GPtrArray *
plancia_simulator_get_devices (PlanciaSimulator *self)
{
  return self->devices;
}

GPtrArray *
plancia_simulator_get_clouds (PlanciaSimulator *self)
{
  return self->clouds;
}

/**
 * plancia_simulator_to_json:
 * @self: a running simulator
 *
 * Returns: (transfer full): what it serves; without credentials
 */
char *
plancia_simulator_to_json (PlanciaSimulator *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_devices (self, builder);
  add_clouds (self, builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, TRUE);
}

/**
 * plancia_simulator_now:
 * @self: a simulator
 *
 * Any thread.
 *
 * Returns: simulated time, ms UTC; the scenario's start while it does not run
 */
gint64
plancia_simulator_now (PlanciaSimulator *self)
{
  g_autoptr (GMutexLocker) lock = g_mutex_locker_new (&self->mutex);

  return self->world != NULL ? plancia_world_now (self->world)
                             : plancia_scenario_get_start (self->scenario);
}

/**
 * plancia_simulator_set_fault:
 * @self: a running simulator
 * @device: name
 * @fault: name
 * @error: %PLANCIA_DOCUMENT_ERROR_INVALID
 *
 * The next answer shows it; a takeover shows at once. Any thread.
 *
 * Returns: %FALSE if there is no such device, or it cannot have this fault
 */
gboolean
plancia_simulator_set_fault (PlanciaSimulator *self,
                             const char       *device,
                             const char       *fault,
                             GError          **error)
{
  g_autoptr (GMutexLocker) lock = g_mutex_locker_new (&self->mutex);
  g_autoptr (GSource) source = NULL;

  if (self->world == NULL) {
    g_set_error_literal (error,
                         PLANCIA_DOCUMENT_ERROR,
                         PLANCIA_DOCUMENT_ERROR_INVALID,
                         "the simulator does not run");
    return FALSE;
  }
  if (!plancia_faults_set (plancia_world_get_faults (self->world), device, fault, error))
    return FALSE;
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, check_faults, self, NULL);
  g_source_attach (source, self->context);
  return TRUE;
}

/**
 * plancia_simulator_set_load:
 * @self: a running simulator
 * @device: name
 * @watts: three numbers
 *
 * The next answer shows it.
 */
gboolean
plancia_simulator_set_load (PlanciaSimulator *self, const char *device, const double *watts)
{
  g_autoptr (GMutexLocker) lock = g_mutex_locker_new (&self->mutex);
  GPtrArray *devices = plancia_scenario_get_devices (self->scenario);

  if (self->world == NULL ||
      !plancia_faults_set_load (plancia_world_get_faults (self->world), device, watts))
    return FALSE;
  for (guint i = 0; i < devices->len; i++) {
    PlanciaScenarioDevice *one = g_ptr_array_index (devices, i);

    if (one->members != NULL && g_strv_contains ((const char *const *) one->members, device))
      plancia_faults_set_load (plancia_world_get_faults (self->world), one->name, watts);
  }
  return TRUE;
}

/**
 * plancia_simulator_list_faults:
 * @self: a running simulator
 * @device: name
 *
 * Returns: (transfer none) (nullable): names of the faults that it can have, "none" first
 */
const char *const *
plancia_simulator_list_faults (PlanciaSimulator *self, const char *device)
{
  g_autoptr (GMutexLocker) lock = g_mutex_locker_new (&self->mutex);
  const char *kind = self->world != NULL
                       ? plancia_faults_kind (plancia_world_get_faults (self->world), device)
                       : NULL;

  return kind != NULL ? plancia_faults_list (kind) : NULL;
}
