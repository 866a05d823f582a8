/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/backend-factory.h"

#include "backend/backend-cloud.h"
#include "backend/backend-modbus.h"
#include "backend/backend-terminal.h"
#include "backend/link-maker.h"
#include "base/error.h"

static PlanciaBackend *
make_modbus (PlanciaAddress *address, GError **error)
{
  PlanciaModbusRoute route;
  PlanciaLink       *link = plancia_link_maker_make (address, &route, error);

  return link != NULL ? plancia_backend_modbus_new (link, &route) : NULL;
}

static PlanciaBackend *
make_terminal (PlanciaAddress *address)
{
  PlanciaSerialSettings settings;

  plancia_address_get_serial_settings (address, &settings);
  return plancia_backend_terminal_new (plancia_address_get_device (address), &settings);
}

/**
 * plancia_backend_factory_new:
 * @address: of the connection or of any device on it
 * @url: (nullable): of a cloud, instead of its own
 *
 * Main thread. Returns: (transfer full): or NULL and PLANCIA_DOCUMENT_ERROR_INVALID
 */
PlanciaBackend *
plancia_backend_factory_new (PlanciaAddress *address, const char *url, GError **error)
{
  switch (plancia_address_get_kind (address)) {
  case PLANCIA_ADDRESS_CONNEXT:
    return make_terminal (address);
  case PLANCIA_ADDRESS_PORTAL:
    return plancia_backend_cloud_new ("portal", plancia_address_get_account (address), url);
  case PLANCIA_ADDRESS_SYSTEM:
    return plancia_backend_cloud_new ("system", plancia_address_get_account (address), url);
  case PLANCIA_ADDRESS_ETH_STICK:
  case PLANCIA_ADDRESS_WIFI_STICK:
  case PLANCIA_ADDRESS_HUB:
  case PLANCIA_ADDRESS_POWER_MAGIC:
  case PLANCIA_ADDRESS_PSC:
  case PLANCIA_ADDRESS_MODBUS_TCP:
  case PLANCIA_ADDRESS_RS485:
  default:
    return make_modbus (address, error);
  }
}
