/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/serve.h"

#include "base/clock.h"
#include "simulator/call-answer.h"
#include "simulator/pty.h"
#include "simulator/serve-connext.h"
#include "simulator/serve-eth-stick.h"
#include "simulator/serve-modbus-tcp.h"
#include "simulator/serve-portal.h"
#include "simulator/serve-rtu.h"
#include "simulator/serve-wifi-stick.h"
#include "simulator/server.h"

#define MANY_CLIENTS 32
#define HUB_USE      (PLANCIA_BUS_READ | PLANCIA_BUS_WRITE_MULTIPLE)
#define STICK_USE    (HUB_USE | PLANCIA_BUS_READ_INPUT)
#define MAGIC_USE    (HUB_USE | PLANCIA_BUS_WRITE_SINGLE)
#define ALL_USE      (STICK_USE | PLANCIA_BUS_WRITE_SINGLE)
/* Clients that do not know a unit address a Modbus TCP device by this one. */
#define ANY_UNIT 255

typedef struct
{
  PlanciaRoute               route;
  const char                *scheme;
  const PlanciaWireProtocol *protocol; /* NULL: none of its own */
  gboolean                   is_pty;
  guint                      functions;
  guint                      clients;
  guint16                    port; /* of the real ones; of a HUB: its first line's */
} Way;

/* Functions as in the vendor's document (03 and 10; Power Magic also 06) where it says so. */
static const Way ways[] = {
  {PLANCIA_ROUTE_WIFI_STICK,
   "wifi-stick",                         &plancia_wifi_stick_protocol,
   FALSE,                                                                     STICK_USE,
   PLANCIA_WIFI_STICK_CLIENTS,                                                                         8899 },
  {PLANCIA_ROUTE_ETH_STICK,
   "eth-stick",                          &plancia_eth_stick_protocol,
   FALSE,                                                                     STICK_USE,
   MANY_CLIENTS,                                                                                       8899 },
  {PLANCIA_ROUTE_HUB,         "hub",     NULL,                         FALSE, 0,         0,            0    },
  {PLANCIA_ROUTE_LINE,        "hub",     &plancia_modbus_tcp_protocol, FALSE, HUB_USE,   1,            55400},
  {PLANCIA_ROUTE_POWER_MAGIC,
   "power-magic",                        &plancia_modbus_tcp_protocol,
   FALSE,                                                                     MAGIC_USE,
   MANY_CLIENTS,                                                                                       502  },
  {PLANCIA_ROUTE_PSC,         "psc",     &plancia_modbus_tcp_protocol, FALSE, HUB_USE,   MANY_CLIENTS, 502  },
  {PLANCIA_ROUTE_MODBUS_TCP,
   "modbus-tcp",                         &plancia_modbus_tcp_protocol,
   FALSE,                                                                     ALL_USE,
   MANY_CLIENTS,                                                                                       502  },
  {PLANCIA_ROUTE_RS485,       "rs485",   &plancia_rtu_protocol,        TRUE,  ALL_USE,   1,            0    },
  {PLANCIA_ROUTE_CONNEXT,     "connext", &plancia_connext_protocol,    TRUE,  0,         1,            0    },
  {PLANCIA_ROUTE_PORTAL,      "portal",  NULL,                         FALSE, 0,         0,            0    },
  {PLANCIA_ROUTE_SYSTEM,      "system",  NULL,                         FALSE, 0,         0,            0    },
};

struct _PlanciaServe
{
  PlanciaStation       station;
  const Way           *way;
  PlanciaServer       *server; /* one of the three, or none */
  PlanciaPty          *pty;
  PlanciaPortalServer *portal;
  PlanciaCallAnswer   *call; /* of a logger, on standard ports */
};

static const Way *
find_way (PlanciaRoute route)
{
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    if (ways[i].route == route)
      return &ways[i];
  return NULL;
}

static guint16
standard_port (PlanciaServe *self)
{
  static const char *const lines[] = {"inverters", "meters", "chargers", NULL};
  const char              *line = self->station.device->line;

  for (guint i = 0; line != NULL && lines[i] != NULL; i++)
    if (g_str_equal (line, lines[i]))
      return (guint16) (self->way->port + i);
  return self->way->port;
}

static gboolean
answer_calls (PlanciaServe *self, GError **error)
{
  guint32 serial = (guint32) g_ascii_strtoull (self->station.device->serial, NULL, 10);

  self->call = plancia_call_answer_new (self->station.host, serial, error);
  return self->call != NULL;
}

/* An Ethernet stick of which it is said that it speaks as a WIFI stick does. */
static const PlanciaWireProtocol *
protocol_of (PlanciaServe *self)
{
  if (self->way->route == PLANCIA_ROUTE_ETH_STICK &&
      g_str_equal (self->station.device->framing, "v5"))
    return &plancia_wifi_stick_protocol;
  return self->way->protocol;
}

static gboolean
listen_for_clients (PlanciaServe *self, const PlanciaServePlace *place, GError **error)
{
  const Way          *way = self->way;
  PlanciaServerPolicy policy = way->route == PLANCIA_ROUTE_LINE ? PLANCIA_SERVER_NEWEST_WINS
                                                                : PLANCIA_SERVER_MANY;

  if (way->route == PLANCIA_ROUTE_PORTAL || way->route == PLANCIA_ROUTE_SYSTEM) {
    self->portal = plancia_portal_server_new (&self->station, error);
    return self->portal != NULL;
  }
  if (way->protocol == NULL)
    return TRUE;
  if (way->is_pty) {
    self->pty = plancia_pty_new (way->protocol, &self->station, error);
    return self->pty != NULL;
  }
  self->server = plancia_server_new (protocol_of (self),
                                     &self->station,
                                     place->standard_ports ? standard_port (self) : 0,
                                     policy,
                                     way->clients,
                                     error);
  if (self->server == NULL)
    return FALSE;
  return way->route != PLANCIA_ROUTE_WIFI_STICK || !place->standard_ports ||
         answer_calls (self, error);
}

static void
add_itself (PlanciaServe *self)
{
  const PlanciaScenarioDevice *device = self->station.device;

  if (device->map == NULL || self->station.bus == NULL)
    return;
  plancia_serve_add (self, device);
  if (self->way->route == PLANCIA_ROUTE_POWER_MAGIC)
    plancia_bus_add (self->station.bus,
                     ANY_UNIT,
                     device->name,
                     plancia_world_find_bank (self->station.world, device->name));
}

/* "/inverters" of a line, else "". */
static char *
dup_path (PlanciaServe *self)
{
  const char *line = self->station.device->line;
  return line != NULL ? g_strconcat ("/", line, NULL) : g_strdup ("");
}

static char *
dup_unit (PlanciaServe *self, const PlanciaScenarioDevice *device)
{
  if (device == self->station.device && device->map == NULL)
    return g_strdup ("");
  return g_strdup_printf ("/%u", device->unit);
}

static char *
dup_options (PlanciaServe *self)
{
  switch (self->way->route) {
  case PLANCIA_ROUTE_WIFI_STICK:
    return g_strconcat ("?serial=", self->station.device->serial, NULL);
  case PLANCIA_ROUTE_LINE:
    return g_strdup_printf ("?spacing=%u", self->station.device->spacing);
  default:
    return g_strdup ("");
  }
}

static char *
dup_network_address (PlanciaServe *self, const PlanciaScenarioDevice *device)
{
  g_autofree char *path = dup_path (self);
  g_autofree char *unit = dup_unit (self, device);
  g_autofree char *options = dup_options (self);

  return g_strdup_printf ("%s://%s:%u%s%s%s",
                          self->way->scheme,
                          self->station.host,
                          plancia_server_get_port (self->server),
                          path,
                          unit,
                          options);
}

static char *
dup_serial_address (PlanciaServe *self, const PlanciaScenarioDevice *device)
{
  g_autofree char *unit = self->way->route == PLANCIA_ROUTE_CONNEXT ? g_strdup ("")
                                                                    : dup_unit (self, device);

  return g_strconcat (self->way->scheme, "://", plancia_pty_get_path (self->pty), unit, NULL);
}

static char *
dup_cloud_address (PlanciaServe *self, const PlanciaScenarioDevice *device)
{
  g_autofree char *account = g_uri_escape_string (self->station.device->account, NULL, TRUE);
  const char      *key = plancia_portal_server_find_key (self->portal, device->name);
  g_autofree char *thing = key != NULL ? g_uri_escape_string (key, NULL, TRUE) : NULL;

  return thing != NULL ? g_strdup_printf ("%s://%s/%s", self->way->scheme, account, thing)
                       : g_strdup_printf ("%s://%s", self->way->scheme, account);
}

/**
 * plancia_serve_new:
 * @world: borrowed; outlives it
 * @device: with a route
 * @place: where to listen; borrowed
 * @error: %G_IO_ERROR if no port or pty can be had
 *
 * Returns: (transfer full) (nullable): listening
 */
PlanciaServe *
plancia_serve_new (PlanciaWorld                *world,
                   const PlanciaScenarioDevice *device,
                   const PlanciaServePlace     *place,
                   GError                     **error)
{
  g_autoptr (PlanciaServe) self = g_new0 (PlanciaServe, 1);

  self->way = find_way (device->route);
  g_return_val_if_fail (self->way != NULL, NULL);
  self->station.world = world;
  self->station.device = device;
  self->station.host = place->host;
  self->station.since = plancia_clock_monotonic ();
  if (self->way->functions != 0) {
    self->station.bus = plancia_bus_new (world, device->name, self->way->functions);
    plancia_bus_set_absent_exception (self->station.bus, g_str_equal (device->absent, "exception"));
    plancia_bus_set_odd_exceptions (self->station.bus, device->quirks);
    plancia_bus_set_uploads (self->station.bus,
                             device->upload_every * 1000,
                             device->upload_pause * 1000);
  }
  if (!listen_for_clients (self, place, error)) {
    g_prefix_error (error, "%s: ", device->name);
    return NULL;
  }
  add_itself (self);
  return g_steal_pointer (&self);
}

void
plancia_serve_free (PlanciaServe *self)
{
  g_clear_pointer (&self->call, plancia_call_answer_free);
  g_clear_pointer (&self->server, plancia_server_free);
  g_clear_pointer (&self->pty, plancia_pty_free);
  g_clear_pointer (&self->portal, plancia_portal_server_free);
  g_clear_pointer (&self->station.bus, plancia_bus_free);
  g_free (self);
}

const PlanciaScenarioDevice *
plancia_serve_get_device (PlanciaServe *self)
{
  return self->station.device;
}

/**
 * plancia_serve_add:
 * @self: a route
 * @device: that hangs on it: on a bus by its unit, on a portal by its serial number
 */
void
plancia_serve_add (PlanciaServe *self, const PlanciaScenarioDevice *device)
{
  PlanciaBank *bank = plancia_world_find_bank (self->station.world, device->name);

  if (self->portal != NULL)
    plancia_portal_server_add (self->portal, device);
  else if (self->station.bus != NULL && bank != NULL) {
    plancia_bus_add (self->station.bus, device->unit, device->name, bank);
    plancia_bus_set_longest (self->station.bus, device->unit, device->longest);
  }
}

/**
 * plancia_serve_dup_address:
 * @self: a route
 * @device: the route's own, or one that was added
 *
 * Returns: (transfer full): the address
 */
char *
plancia_serve_dup_address (PlanciaServe *self, const PlanciaScenarioDevice *device)
{
  if (self->portal != NULL)
    return dup_cloud_address (self, device);
  if (self->pty != NULL)
    return dup_serial_address (self, device);
  if (self->server != NULL)
    return dup_network_address (self, device);
  return g_strconcat (self->way->scheme, "://", self->station.host, NULL);
}

const char *
plancia_serve_get_url (PlanciaServe *self)
{
  return self->portal != NULL ? plancia_portal_server_get_url (self->portal) : NULL;
}

void
plancia_serve_check_fault (PlanciaServe *self)
{
  if (self->server != NULL)
    plancia_server_check_fault (self->server);
  if (self->portal != NULL)
    plancia_portal_server_check_fault (self->portal);
}
