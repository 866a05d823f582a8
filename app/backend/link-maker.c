/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/link-maker.h"

#include "base/error.h"
#include "link/link-shared.h"
#include "link/links.h"
#include "protocol/modbus-pdu.h"
#include <stdlib.h>

/* ms for a whole exchange. The Ethernet stick sends to its cloud once a minute and lets everybody else
 * wait: the vendor asks for 10 to 15 s. */
#define ETH_STICK_LIMIT  15000
#define WIFI_STICK_LIMIT 10000
/* The vendor's support: delay and time-out of a client should equal the HUB's setting, at least 3 s. */
#define HUB_LIMIT    3000
#define TCP_LIMIT    4000
#define SERIAL_LIMIT 3000

/* What the person set counts more than what is usual on the route. */
static guint
limit_of (PlanciaAddress *address, guint usual)
{
  guint limit = plancia_address_get_timeout (address);

  return limit > 0 ? limit : usual;
}

static PlanciaLink *
make_eth_stick (PlanciaAddress *address)
{
  const char  *framing = plancia_address_get_option (address, "framing");
  const char  *host = plancia_address_get_host (address);
  guint16      port = plancia_address_get_port (address);
  guint        limit = limit_of (address, ETH_STICK_LIMIT);
  PlanciaLink *link;

  if (g_strcmp0 (framing, "tcp") == 0)
    return plancia_link_modbus_tcp_new (host, port, limit);
  if (g_strcmp0 (framing, "rtu") == 0)
    return plancia_link_rtu_over_tcp_new (host, port, limit);
  if (g_strcmp0 (framing, "v5") == 0)
    return plancia_link_solarman_new (host, port, 0, limit);
  link = plancia_link_auto_new (host, port, limit);
  if (plancia_address_get_unit (address) > 0)
    plancia_link_auto_set_unit (link, (guint8) plancia_address_get_unit (address));
  return link;
}

static PlanciaLink *
make_wifi_stick (PlanciaAddress *address)
{
  return plancia_link_solarman_new (plancia_address_get_host (address),
                                    plancia_address_get_port (address),
                                    plancia_address_get_serial (address),
                                    limit_of (address, WIFI_STICK_LIMIT));
}

static PlanciaLink *
make_modbus_tcp (PlanciaAddress *address, guint limit)
{
  return plancia_link_modbus_tcp_new (plancia_address_get_host (address),
                                      plancia_address_get_port (address),
                                      limit_of (address, limit));
}

static PlanciaLink *
make_hub (PlanciaAddress *address, PlanciaModbusRoute *route, GError **error)
{
  if (plancia_address_get_line (address) == PLANCIA_HUB_LINE_NONE) {
    g_set_error_literal (error,
                         PLANCIA_DOCUMENT_ERROR,
                         PLANCIA_DOCUMENT_ERROR_INVALID,
                         "a HUB is asked on one of its lines: inverters, meters or chargers");
    return NULL;
  }
  route->exclusive = TRUE;
  for (guint8 function = 1; function < 32; function++)
    if (plancia_address_passes (address, function))
      route->functions |= 1u << function;
  return make_modbus_tcp (address, MAX (route->spacing, HUB_LIMIT));
}

static PlanciaLink *
make_serial (PlanciaAddress *address)
{
  return plancia_link_modbus_rtu_new (plancia_address_get_device (address),
                                      plancia_address_get_baud (address),
                                      plancia_address_get_format (address),
                                      limit_of (address, SERIAL_LIMIT));
}

/* The node itself: the same port has another name in /dev/serial. */
static char *
real_device (const char *device)
{
  char *real = realpath (device, NULL);

  return real != NULL ? real : g_strdup (device);
}

/* A HUB line throws its older client out, a stick has few connections, a serial port one: so there is one of
 * ours for the whole program, whatever options another address for the same endpoint has. */
static PlanciaLink *
share (PlanciaAddress *address, const PlanciaModbusRoute *route, PlanciaLink *link)
{
  const char      *device = plancia_address_get_device (address);
  const char      *host = plancia_address_get_host (address);
  g_autofree char *lower = host != NULL ? g_ascii_strdown (host, -1) : NULL;
  g_autofree char *key = device != NULL
                           ? real_device (device)
                           : g_strdup_printf ("[%s]:%u", lower, plancia_address_get_port (address));

  return link != NULL ? plancia_link_shared_new (key, route->spacing, link) : NULL;
}

/**
 * plancia_link_maker_make:
 * @route: (out caller-allocates)
 *
 * See the header. Any thread.
 */
PlanciaLink *
plancia_link_maker_make (PlanciaAddress *address, PlanciaModbusRoute *route, GError **error)
{
  *route = (PlanciaModbusRoute){.bus = TRUE, .spacing = plancia_address_get_spacing (address)};
  switch (plancia_address_get_kind (address)) {
  case PLANCIA_ADDRESS_ETH_STICK:
    route->uploads = TRUE;
    return share (address, route, make_eth_stick (address));
  case PLANCIA_ADDRESS_WIFI_STICK:
    return share (address, route, make_wifi_stick (address));
  case PLANCIA_ADDRESS_HUB:
    return share (address, route, make_hub (address, route, error));
  case PLANCIA_ADDRESS_RS485:
    return share (address, route, make_serial (address));
  case PLANCIA_ADDRESS_POWER_MAGIC:
  case PLANCIA_ADDRESS_PSC:
  case PLANCIA_ADDRESS_MODBUS_TCP:
    route->bus = FALSE;
    route->panel = plancia_address_get_kind (address) == PLANCIA_ADDRESS_PSC;
    return make_modbus_tcp (address, TCP_LIMIT);
  case PLANCIA_ADDRESS_CONNEXT:
  case PLANCIA_ADDRESS_PORTAL:
  case PLANCIA_ADDRESS_SYSTEM:
  default:
    g_set_error_literal (error,
                         PLANCIA_DOCUMENT_ERROR,
                         PLANCIA_DOCUMENT_ERROR_INVALID,
                         "the address leads to no device with registers");
    return NULL;
  }
}
