/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/serial.h"

G_BEGIN_DECLS

/* One text form for every endpoint, in plant files, on the command line and in logs:
 *
 *   eth-stick://host/1?framing=auto|tcp|rtu|v5      port 8899
 *   wifi-stick://host/1?serial=2712345678           port 8899
 *   hub://host/inverters/3  …/meters/1  …/chargers/1   ports 55400 55401 55402
 *     ?spacing=3000: ms between two requests on a line, as set in the HUB
 *   power-magic://host/1    psc://host/12           port 502
 *   modbus-tcp://host:port/unit
 *   rs485:///dev/ttyUSB0/1?baud=9600&format=8N1
 *   connext:///dev/ttyACM0?baud=9600&format=8N1&flow=none|xon-xoff|rts-cts|dsr-dtr
 *   portal://account/SERIAL  system://account/SERIAL
 *
 * All that carry Modbus may have ?spacing=MS between two requests and ?timeout=MS for one exchange.
 * host:port may override a port; IPv6 in brackets; serials stay text. The unit (or SERIAL) may be left
 * out: then it names the connection itself. hub://host alone names the HUB, hub://host/meters a line.
 * Immutable, counted references. */
typedef struct _PlanciaAddress PlanciaAddress;

typedef enum {
  PLANCIA_ADDRESS_ETH_STICK,
  PLANCIA_ADDRESS_WIFI_STICK,
  PLANCIA_ADDRESS_HUB,
  PLANCIA_ADDRESS_POWER_MAGIC,
  PLANCIA_ADDRESS_PSC,
  PLANCIA_ADDRESS_MODBUS_TCP,
  PLANCIA_ADDRESS_RS485,
  PLANCIA_ADDRESS_CONNEXT,
  PLANCIA_ADDRESS_PORTAL,
  PLANCIA_ADDRESS_SYSTEM,
} PlanciaAddressKind;

typedef enum {
  PLANCIA_HUB_LINE_NONE,
  PLANCIA_HUB_LINE_INVERTERS,
  PLANCIA_HUB_LINE_METERS,
  PLANCIA_HUB_LINE_CHARGERS,
} PlanciaHubLine;

#define PLANCIA_TYPE_ADDRESS (plancia_address_get_type ())
GType plancia_address_get_type (void);

/* PLANCIA_DOCUMENT_ERROR_INVALID says what is wrong and where in the text. */
PlanciaAddress *plancia_address_parse (const char *text, GError **error);
PlanciaAddress *plancia_address_ref (PlanciaAddress *self);
void            plancia_address_unref (PlanciaAddress *self);
/* The canonical text; default ports and options are left out. (transfer full) */
char *plancia_address_to_string (PlanciaAddress *self);
/* What two devices on one connection have in common: the address without unit or serial. One backend
 * and one worker a connection. (transfer full) */
char *plancia_address_dup_connection (PlanciaAddress *self);

PlanciaAddressKind plancia_address_get_kind (PlanciaAddress *self);
const char        *plancia_address_get_host (PlanciaAddress *self); /* or NULL */
guint16        plancia_address_get_port (PlanciaAddress *self); /* with the default; 0 if none */
PlanciaHubLine plancia_address_get_line (PlanciaAddress *self);
int            plancia_address_get_unit (PlanciaAddress *self);    /* -1 if left out */
const char    *plancia_address_get_device (PlanciaAddress *self);  /* serial device path, or NULL */
const char    *plancia_address_get_account (PlanciaAddress *self); /* cloud account, or NULL */
const char    *plancia_address_get_thing (PlanciaAddress *self);   /* cloud serial, or NULL */
const char    *plancia_address_get_option (PlanciaAddress *self, const char *name); /* or NULL */
guint          plancia_address_get_baud (PlanciaAddress *self);   /* 9600 by default */
const char    *plancia_address_get_format (PlanciaAddress *self); /* "8N1" by default */
/* baud, format and flow together. */
void  plancia_address_get_serial_settings (PlanciaAddress *self, PlanciaSerialSettings *out);
guint plancia_address_get_spacing (PlanciaAddress *self); /* ms; 3000 for a HUB by default */
/* Whether the route passes this function of Modbus; a HUB passes 03 and 16 only. */
gboolean plancia_address_passes (PlanciaAddress *self, guint8 function);
guint
plancia_address_get_timeout (PlanciaAddress *self); /* ms for an exchange; 0: the route's own */
guint32 plancia_address_get_serial (PlanciaAddress *self); /* of the WIFI stick; 0: unknown */
/* The same for another unit on the same connection. (transfer full) */
PlanciaAddress *plancia_address_with_unit (PlanciaAddress *self, int unit, GError **error);
/* TRUE if an address of this kind may have the option. */
gboolean plancia_address_has_option (PlanciaAddress *self, const char *name);
/* The same but for one option; value NULL leaves it out. (transfer full) */
PlanciaAddress *plancia_address_with_option (PlanciaAddress *self,
                                             const char     *name,
                                             const char     *value,
                                             GError        **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaAddress, plancia_address_unref)

G_END_DECLS
