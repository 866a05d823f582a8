/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/connections.h"

#include "backend/backend-factory.h"
#include "backend/backend-replay.h"
#include "backend/tape-player.h"

/* ms between two polls of the fast registers, of all that is opened from now on. */
static guint fast_interval = 1000;

/* Data of a backend that waits for a person, as the one before it did. */
#define KEEP_CLOSED "plancia-keep-closed"

struct _PlanciaConnections
{
  GHashTable           *backends; /* connection address -> PlanciaBackend */
  PlanciaTrafficLog    *traffic;
  PlanciaPlant         *plant; /* borrowed, or NULL */
  PlanciaConnectionFunc made;
  gpointer              user_data;
  gboolean              hubs_held;   /* until a person agreed */
  gboolean              hub_waits;   /* at least one line is held back */
  gboolean              keep_closed; /* what is made now is not opened */
};

/* --- which are used -------------------------------------------------------------------------- */

static gboolean
is_used (PlanciaBackend *backend, GPtrArray *devices)
{
  for (guint i = 0; i < devices->len; i++) {
    if (plancia_device_get_backend (g_ptr_array_index (devices, i)) == backend)
      return TRUE;
  }
  return FALSE;
}

/* Sticks and lines show the state of a backend that is their devices'. */
static void
take_from (GListModel *devices, PlanciaBackend *backend)
{
  guint n = g_list_model_get_n_items (devices);

  for (guint i = 0; i < n; i++) {
    g_autoptr (PlanciaDevice) device = g_list_model_get_item (devices, i);

    if (plancia_device_get_backend (device) == backend)
      plancia_device_set_backend (device, NULL);
    take_from (plancia_device_get_children (device), backend);
  }
}

/* --- the table ------------------------------------------------------------------------------- */

/**
 * plancia_connections_new:
 * @traffic: gets what goes over the wires
 * @made: called with each new backend
 * @user_data: for @made
 *
 * Returns: (transfer full): no connections yet
 */
PlanciaConnections *
plancia_connections_new (PlanciaTrafficLog *traffic, PlanciaConnectionFunc made, gpointer user_data)
{
  PlanciaConnections *self = g_new0 (PlanciaConnections, 1);

  self->backends = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->traffic = g_object_ref (traffic);
  self->made = made;
  self->user_data = user_data;
  return self;
}

void
plancia_connections_free (PlanciaConnections *self)
{
  g_hash_table_unref (self->backends);
  g_object_unref (self->traffic);
  g_free (self);
}

void
plancia_connections_set_plant (PlanciaConnections *self, PlanciaPlant *plant)
{
  PlanciaTapePlayer *player = plancia_tape_player_of (plant);

  self->plant = plant;
  /* What a recording had on its wires is told again from the start. */
  if (player)
    g_signal_connect_object (player,
                             "rewound",
                             G_CALLBACK (plancia_traffic_log_clear),
                             self->traffic,
                             G_CONNECT_SWAPPED);
}

static void
tell_place (PlanciaConnections *self, PlanciaBackend *backend)
{
  PlanciaPlant *plant = self->plant;

  if (plant != NULL)
    plancia_backend_set_place (backend,
                               plancia_plant_get_zone (plant),
                               plancia_plant_get_latitude (plant),
                               plancia_plant_get_longitude (plant));
}

static void
traffic_cb (PlanciaTrafficLog *traffic, GPtrArray *exchanges, guint64 lost, PlanciaBackend *backend)
{
  plancia_traffic_log_add (traffic,
                           g_object_get_data (G_OBJECT (backend), "connection"),
                           exchanges,
                           lost);
}

static void
record (PlanciaConnections *self, PlanciaBackend *backend, const char *connection)
{
  g_object_set_data_full (G_OBJECT (backend), "connection", g_strdup (connection), g_free);
  g_signal_connect_object (backend,
                           "traffic",
                           G_CALLBACK (traffic_cb),
                           self->traffic,
                           G_CONNECT_SWAPPED);
  plancia_backend_set_recording (backend, TRUE);
}

/* A recording has its own, whatever the address. */
static PlanciaBackend *
make (PlanciaConnections *self, PlanciaAddress *address, const char *url, GError **error)
{
  PlanciaTapePlayer *player = plancia_tape_player_of (self->plant);

  return player ? plancia_tape_player_make_backend (player, address)
                : plancia_backend_factory_new (address, url, error);
}

/**
 * plancia_connections_ensure:
 * @self: the connections
 * @device: a leaf of the tree
 * @error: why there can be none
 *
 * A second device on a connection shares it. Opens nothing.
 *
 * Returns: (transfer none): the backend, or %NULL
 */
PlanciaBackend *
plancia_connections_ensure (PlanciaConnections *self, PlanciaDevice *device, GError **error)
{
  PlanciaEntry    *entry = plancia_device_get_entry (device);
  PlanciaEntry    *parent = plancia_entry_get_parent (entry);
  const char      *url = plancia_entry_get_url (entry);
  g_autofree char *connection = plancia_address_dup_connection (plancia_entry_get_address (entry));
  PlanciaBackend  *backend = g_hash_table_lookup (self->backends, connection);

  if (backend)
    return backend;

  if (!url && parent)
    url = plancia_entry_get_url (parent);
  backend = make (self, plancia_entry_get_address (entry), url, error);
  if (!backend)
    return NULL;
  self->made (backend, self->user_data);
  tell_place (self, backend);
  record (self, backend, connection);
  if (self->keep_closed)
    g_object_set_data (G_OBJECT (backend), KEEP_CLOSED, self);
  g_hash_table_insert (self->backends, g_steal_pointer (&connection), backend);
  return backend;
}

/* --- opening --------------------------------------------------------------------------------- */

static void
open_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* A connection that fails tries again by itself and says so through its state. */
  if (!plancia_backend_open_finish (PLANCIA_BACKEND (source), result, &error))
    g_info ("Connection not opened: %s", error->message);
}

void
plancia_connections_set_interval (guint milliseconds)
{
  fast_interval = milliseconds;
}

void
plancia_connections_apply_interval (PlanciaBackend *backend)
{
  PlanciaState state = plancia_backend_get_state (backend);

  /* What is closed learns it when it is opened; before that it is not to be polled. */
  if (state != PLANCIA_STATE_CLOSED && state != PLANCIA_STATE_CLOSING)
    plancia_backend_set_polling (backend, TRUE, fast_interval);
}

void
plancia_connections_open (PlanciaConnections *self,
                          PlanciaBackend     *backend,
                          GCancellable       *cancellable)
{
  PlanciaState state = plancia_backend_get_state (backend);

  g_object_set_data (G_OBJECT (backend), KEEP_CLOSED, NULL);
  plancia_backend_set_polling (backend, TRUE, fast_interval);
  if (state == PLANCIA_STATE_CLOSED || state == PLANCIA_STATE_TAKEN_OVER ||
      state == PLANCIA_STATE_FAILING)
    plancia_backend_open_async (backend, cancellable, open_cb, NULL);
}

/* Consoles wait for a person: opening a port can reset what hangs on it. */
static gboolean
may_open_unasked (PlanciaBackend *backend)
{
  return (!(plancia_backend_get_flags (backend) & PLANCIA_BACKEND_CONSOLE) ||
          PLANCIA_IS_BACKEND_REPLAY (backend)) &&
         !g_object_get_data (G_OBJECT (backend), KEEP_CLOSED);
}

static gboolean
is_on_hub (PlanciaDevice *device)
{
  PlanciaEntry *entry = plancia_device_get_entry (device);

  return plancia_address_get_kind (plancia_entry_get_address (entry)) == PLANCIA_ADDRESS_HUB;
}

/* A line that is open already was agreed to. */
static gboolean
is_held (PlanciaConnections *self, PlanciaDevice *device)
{
  PlanciaState state = plancia_backend_get_state (plancia_device_get_backend (device));

  return self->hubs_held && is_on_hub (device) &&
         (state == PLANCIA_STATE_CLOSED || state == PLANCIA_STATE_CLOSING);
}

gboolean
plancia_connections_open_unasked (PlanciaConnections *self,
                                  PlanciaDevice      *device,
                                  GCancellable       *cancellable)
{
  PlanciaBackend *backend = plancia_device_get_backend (device);

  if (!may_open_unasked (backend))
    return TRUE;
  if (is_held (self, device)) {
    self->hub_waits = TRUE;
    return FALSE;
  }
  plancia_connections_open (self, backend, cancellable);
  return TRUE;
}

void
plancia_connections_hold_hubs (PlanciaConnections *self)
{
  self->hubs_held = TRUE;
}

gboolean
plancia_connections_get_hub_waits (PlanciaConnections *self)
{
  return self->hub_waits;
}

void
plancia_connections_release_hubs (PlanciaConnections *self,
                                  PlanciaDeviceTree  *tree,
                                  GCancellable       *cancellable)
{
  g_autoptr (GPtrArray) devices = plancia_device_tree_list (tree);
  gboolean waits = self->hub_waits;

  self->hubs_held = self->hub_waits = FALSE;
  for (guint i = 0; waits && i < devices->len; i++) {
    PlanciaDevice *device = g_ptr_array_index (devices, i);

    if (plancia_device_get_backend (device) && is_on_hub (device))
      plancia_connections_open_unasked (self, device, cancellable);
  }
}

void
plancia_connections_set_keep_closed (PlanciaConnections *self, gboolean keep_closed)
{
  self->keep_closed = keep_closed;
}

/* --- closing --------------------------------------------------------------------------------- */

static gboolean
waits_for_a_person (PlanciaBackend *backend)
{
  PlanciaState state = plancia_backend_get_state (backend);

  return state == PLANCIA_STATE_CLOSED || state == PLANCIA_STATE_CLOSING ||
         state == PLANCIA_STATE_TAKEN_OVER;
}

/**
 * plancia_connections_take:
 * @self: the connections
 * @connection: its address
 * @tree: whose devices have it
 * @was_open: (out): %FALSE if it waited for a person
 *
 * The backend is in nobody's hand any more; its devices have none and no failure.
 *
 * Returns: (transfer full) (nullable): the backend, not closed
 */
PlanciaBackend *
plancia_connections_take (PlanciaConnections *self,
                          const char         *connection,
                          PlanciaDeviceTree  *tree,
                          gboolean           *was_open)
{
  PlanciaBackend *found = g_hash_table_lookup (self->backends, connection);
  g_autoptr (PlanciaBackend) backend = found ? g_object_ref (found) : NULL;
  g_autoptr (GPtrArray) devices = plancia_device_tree_list (tree);

  if (!backend)
    return NULL;
  *was_open = !waits_for_a_person (backend);
  for (guint i = 0; i < devices->len; i++) {
    PlanciaDevice *device = g_ptr_array_index (devices, i);

    if (plancia_device_get_backend (device) != backend)
      continue;
    plancia_backend_remove_device (backend, plancia_device_get_id (device));
    plancia_device_set_failed (device, NULL);
  }
  g_signal_handlers_disconnect_by_data (backend, self->user_data);
  take_from (G_LIST_MODEL (tree), backend);
  g_hash_table_remove (self->backends, connection);
  return g_steal_pointer (&backend);
}

/**
 * plancia_connections_rename:
 * @before: as it was called
 * @after: as nothing else is called
 */
void
plancia_connections_rename (PlanciaConnections *self, const char *before, const char *after)
{
  gpointer key, backend;

  if (g_hash_table_contains (self->backends, after) ||
      !g_hash_table_steal_extended (self->backends, before, &key, &backend))
    return;
  g_free (key);
  g_object_set_data_full (backend, "connection", g_strdup (after), g_free);
  g_hash_table_insert (self->backends, g_strdup (after), backend);
}

/**
 * plancia_connections_close_unused:
 * @self: the connections
 * @tree: after entries have gone
 *
 * Returns at once; what is closed is not in the table any more and says nothing to @self's owner.
 */
void
plancia_connections_close_unused (PlanciaConnections *self, PlanciaDeviceTree *tree)
{
  g_autoptr (GPtrArray) devices = plancia_device_tree_list (tree);
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->backends);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    g_autoptr (PlanciaBackend) backend = g_object_ref (value);

    if (is_used (backend, devices))
      continue;
    g_hash_table_iter_remove (&iter);
    g_signal_handlers_disconnect_by_data (backend, self->user_data);
    take_from (G_LIST_MODEL (tree), backend);
    plancia_backend_close_async (backend, NULL, NULL);
  }
}

guint
plancia_connections_count (PlanciaConnections *self)
{
  return g_hash_table_size (self->backends);
}

/**
 * plancia_connections_close:
 * @self: the connections
 * @callback: called for each of them when it is closed
 * @user_data: for @callback
 */
void
plancia_connections_close (PlanciaConnections *self,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  GHashTableIter iter;
  gpointer       backend;

  g_hash_table_iter_init (&iter, self->backends);
  while (g_hash_table_iter_next (&iter, NULL, &backend))
    plancia_backend_close_async (backend, callback, user_data);
}
