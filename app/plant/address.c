/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plant/address.h"

#include "plant/address-private.h"
#include <string.h>

#define DEFAULT_BAUD   9600
#define DEFAULT_FORMAT "8N1"
/* ms; the shortest that the HUB's own page offers. */
#define DEFAULT_SPACING 3000
#define SERIAL_OPTIONS  (1 << OPTION_BAUD | 1 << OPTION_FORMAT)
#define CONSOLE_OPTIONS (SERIAL_OPTIONS | 1 << OPTION_FLOW)
#define PACE_OPTIONS    (1 << OPTION_SPACING | 1 << OPTION_TIMEOUT)

const Kind plancia_address_kinds[] = {
  [PLANCIA_ADDRESS_ETH_STICK] =
    {"eth-stick",   SHAPE_NETWORK, 8899, 1, 255, 1 << OPTION_FRAMING | PACE_OPTIONS},
  [PLANCIA_ADDRESS_WIFI_STICK] =
    {"wifi-stick",  SHAPE_NETWORK, 8899, 1, 255, 1 << OPTION_SERIAL | PACE_OPTIONS },
  [PLANCIA_ADDRESS_HUB] = {"hub",         SHAPE_HUB,     0,    1, 255, PACE_OPTIONS                      },
  [PLANCIA_ADDRESS_POWER_MAGIC] = {"power-magic", SHAPE_NETWORK, 502,  0, 255, PACE_OPTIONS                      },
  [PLANCIA_ADDRESS_PSC] = {"psc",         SHAPE_NETWORK, 502,  1, 255, PACE_OPTIONS                      },
  [PLANCIA_ADDRESS_MODBUS_TCP] = {"modbus-tcp",  SHAPE_NETWORK, 502,  0, 255, PACE_OPTIONS                      },
  [PLANCIA_ADDRESS_RS485] = {"rs485",       SHAPE_SERIAL,  0,    1, 247, SERIAL_OPTIONS | PACE_OPTIONS     },
  [PLANCIA_ADDRESS_CONNEXT] = {"connext",     SHAPE_CONSOLE, 0,    0, 0,   CONSOLE_OPTIONS                   },
  [PLANCIA_ADDRESS_PORTAL] = {"portal",      SHAPE_CLOUD,   0,    0, 0,   0                                 },
  [PLANCIA_ADDRESS_SYSTEM] = {"system",      SHAPE_CLOUD,   0,    0, 0,   0                                 },
};

const HubLine plancia_address_lines[] = {
  [PLANCIA_HUB_LINE_NONE] = {NULL,        0    },
  [PLANCIA_HUB_LINE_INVERTERS] = {"inverters", 55400},
  [PLANCIA_HUB_LINE_METERS] = {"meters",    55401},
  [PLANCIA_HUB_LINE_CHARGERS] = {"chargers",  55402},
};

const char *const plancia_address_option_names[N_OPTIONS] =
  {"framing", "serial", "baud", "format", "flow", "spacing", "timeout"};

/* G_DEFINE_BOXED_TYPE needs a GNU extension that -Wpedantic refuses. */
GType
plancia_address_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type,
                       g_boxed_type_register_static ("PlanciaAddress",
                                                     (GBoxedCopyFunc) plancia_address_ref,
                                                     (GBoxedFreeFunc) plancia_address_unref));
  return type;
}

static guint16
default_port (PlanciaAddress *self)
{
  return plancia_address_kinds[self->kind].shape == SHAPE_HUB
           ? plancia_address_lines[self->line].port
           : plancia_address_kinds[self->kind].port;
}

static gboolean
is_default (PlanciaAddress *self, Option option)
{
  const char *const defaults[N_OPTIONS] = {
    [OPTION_FRAMING] = "auto",
    [OPTION_SERIAL] = "0",
    [OPTION_BAUD] = "9600",
    [OPTION_FORMAT] = DEFAULT_FORMAT,
    [OPTION_FLOW] = "none",
    [OPTION_SPACING] = self->kind == PLANCIA_ADDRESS_HUB ? "3000" : "0",
    [OPTION_TIMEOUT] = "0",
  };

  return g_str_equal (self->options[option], defaults[option]);
}

static void
append_host (GString *text, PlanciaAddress *self)
{
  gboolean ipv6 = strchr (self->host, ':') != NULL;

  g_string_append_printf (text, "%s%s%s", ipv6 ? "[" : "", self->host, ipv6 ? "]" : "");
  if (self->port != 0 && self->port != default_port (self))
    g_string_append_printf (text, ":%u", self->port);
  if (self->line != PLANCIA_HUB_LINE_NONE)
    g_string_append_printf (text, "/%s", plancia_address_lines[self->line].name);
}

static void
append_options (GString *text, PlanciaAddress *self)
{
  char separator = '?';

  for (guint i = 0; i < N_OPTIONS; i++) {
    if (self->options[i] == NULL || is_default (self, (Option) i))
      continue;
    g_string_append_printf (text,
                            "%c%s=%s",
                            separator,
                            plancia_address_option_names[i],
                            self->options[i]);
    separator = '&';
  }
}

/* A path that ends in a number reads as a path and a unit; the parser only knows pseudo terminals. */
static gboolean
looks_like_unit (const char *device)
{
  const char *last = strrchr (device, '/') + 1;

  return *last != '\0' && last[strspn (last, "0123456789")] == '\0' &&
         !(last - device == strlen ("/dev/pts/") && g_str_has_prefix (device, "/dev/pts/"));
}

static void
append_device (GString *text, PlanciaAddress *self, gboolean with_unit)
{
  gboolean escape = plancia_address_kinds[self->kind].shape == SHAPE_SERIAL && !with_unit &&
                    looks_like_unit (self->device);
  gsize            head = (gsize) (strrchr (self->device, '/') + 1 - self->device);
  g_autofree char *folder = g_strndup (self->device, head);

  g_string_append_uri_escaped (text, escape ? folder : self->device, "/:+@,", TRUE);
  if (escape)
    g_string_append_printf (text, "%%%02X%s", (guint) self->device[head], self->device + head + 1);
}

/* whole: with the unit or the serial number. */
static char *
format_address (PlanciaAddress *self, gboolean whole)
{
  GString *text = g_string_new (plancia_address_kinds[self->kind].scheme);

  g_string_append (text, "://");
  if (self->host != NULL)
    append_host (text, self);
  if (self->device != NULL)
    append_device (text, self, whole && self->unit >= 0);
  if (self->account != NULL)
    g_string_append_uri_escaped (text, self->account, "@+", TRUE);
  if (whole && self->unit >= 0)
    g_string_append_printf (text, "/%d", self->unit);
  if (whole && self->thing != NULL) {
    g_string_append_c (text, '/');
    g_string_append_uri_escaped (text, self->thing, NULL, TRUE);
  }
  append_options (text, self);
  return g_string_free (text, FALSE);
}

static void
clear_address (gpointer data)
{
  PlanciaAddress *self = data;

  g_free (self->host);
  g_free (self->device);
  g_free (self->account);
  g_free (self->thing);
  for (guint i = 0; i < N_OPTIONS; i++)
    g_free (self->options[i]);
}

/**
 * plancia_address_ref:
 * @self: an address
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
PlanciaAddress *
plancia_address_ref (PlanciaAddress *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * plancia_address_unref:
 * @self: an address
 *
 * Any thread.
 */
void
plancia_address_unref (PlanciaAddress *self)
{
  g_atomic_rc_box_release_full (self, clear_address);
}

/**
 * plancia_address_to_string:
 * @self: an address
 *
 * Any thread.
 *
 * Returns: (transfer full): the canonical text, which plancia_address_parse() reads
 */
char *
plancia_address_to_string (PlanciaAddress *self)
{
  return format_address (self, TRUE);
}

/**
 * plancia_address_dup_connection:
 * @self: an address
 *
 * The address without the unit or the cloud serial number, with its options: what the devices on one
 * connection have in common. Any thread.
 *
 * Returns: (transfer full): canonical text
 */
char *
plancia_address_dup_connection (PlanciaAddress *self)
{
  return format_address (self, FALSE);
}

/**
 * plancia_address_get_kind:
 * @self: an address
 *
 * Any thread.
 *
 * Returns: which of the forms it has
 */
PlanciaAddressKind
plancia_address_get_kind (PlanciaAddress *self)
{
  return self->kind;
}

/**
 * plancia_address_get_host:
 * @self: an address
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): a name, or an IP address without brackets
 */
const char *
plancia_address_get_host (PlanciaAddress *self)
{
  return self->host;
}

/**
 * plancia_address_get_port:
 * @self: an address
 *
 * Any thread.
 *
 * Returns: the TCP port, by default that of the kind and HUB line; 0 if there is none
 */
guint16
plancia_address_get_port (PlanciaAddress *self)
{
  return self->port != 0 ? self->port : default_port (self);
}

/**
 * plancia_address_get_line:
 * @self: an address
 *
 * Any thread.
 *
 * Returns: the line of a HUB
 */
PlanciaHubLine
plancia_address_get_line (PlanciaAddress *self)
{
  return self->line;
}

/**
 * plancia_address_get_unit:
 * @self: an address
 *
 * Any thread.
 *
 * Returns: the Modbus unit, or -1
 */
int
plancia_address_get_unit (PlanciaAddress *self)
{
  return self->unit;
}

/**
 * plancia_address_get_device:
 * @self: an address
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): the path of the serial device
 */
const char *
plancia_address_get_device (PlanciaAddress *self)
{
  return self->device;
}

/**
 * plancia_address_get_account:
 * @self: an address
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): the name of the cloud account
 */
const char *
plancia_address_get_account (PlanciaAddress *self)
{
  return self->account;
}

/**
 * plancia_address_get_thing:
 * @self: an address
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): the serial number on the cloud, text
 */
const char *
plancia_address_get_thing (PlanciaAddress *self)
{
  return self->thing;
}

/**
 * plancia_address_get_option:
 * @self: an address
 * @name: of the option
 *
 * Any thread.
 *
 * Returns: (transfer none) (nullable): what was written, or %NULL if it was left out
 */
const char *
plancia_address_get_option (PlanciaAddress *self, const char *name)
{
  for (guint i = 0; i < N_OPTIONS; i++)
    if (g_str_equal (name, plancia_address_option_names[i]))
      return self->options[i];
  return NULL;
}

/**
 * plancia_address_get_baud:
 * @self: an address
 *
 * Any thread.
 *
 * Returns: baud, 9600 if it was left out
 */
guint
plancia_address_get_baud (PlanciaAddress *self)
{
  const char *text = self->options[OPTION_BAUD];

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : DEFAULT_BAUD;
}

/**
 * plancia_address_get_format:
 * @self: an address
 *
 * Any thread.
 *
 * Returns: (transfer none): data bits, parity letter and stop bits, "8N1" if it was left out
 */
const char *
plancia_address_get_format (PlanciaAddress *self)
{
  const char *text = self->options[OPTION_FORMAT];

  return text != NULL ? text : DEFAULT_FORMAT;
}

/**
 * plancia_address_get_serial_settings:
 * @self: an address
 * @out: (out): how its serial port is set up; 9600 8N1 without flow control where nothing is written
 *
 * Any thread.
 */
void
plancia_address_get_serial_settings (PlanciaAddress *self, PlanciaSerialSettings *out)
{
  const char *flow = self->options[OPTION_FLOW];

  plancia_serial_settings_init (out);
  out->baud = plancia_address_get_baud (self);
  plancia_serial_settings_set_format (out, plancia_address_get_format (self), NULL);
  if (flow != NULL)
    plancia_flow_control_parse (flow, &out->flow);
}

/**
 * plancia_address_get_serial:
 * @self: an address
 *
 * Any thread.
 *
 * Returns: the serial number of the WIFI stick, 0 if it is to be learnt
 */
guint32
plancia_address_get_serial (PlanciaAddress *self)
{
  const char *text = self->options[OPTION_SERIAL];

  return text != NULL ? (guint32) g_ascii_strtoull (text, NULL, 10) : 0;
}

/**
 * plancia_address_get_spacing:
 * @self: an address
 *
 * Any thread.
 *
 * Returns: milliseconds from one request on this connection to the next: what was written, else 3000
 *   on a HUB and 0 elsewhere
 */
guint
plancia_address_get_spacing (PlanciaAddress *self)
{
  const char *text = self->options[OPTION_SPACING];

  if (text != NULL)
    return (guint) g_ascii_strtoull (text, NULL, 10);
  return self->kind == PLANCIA_ADDRESS_HUB ? DEFAULT_SPACING : 0;
}

/**
 * plancia_address_passes:
 * @self: an address
 * @function: of Modbus
 *
 * Any thread.
 *
 * Returns: whether a request with this function gets through: a HUB answers to no other than 03 and 16
 */
gboolean
plancia_address_passes (PlanciaAddress *self, guint8 function)
{
  return self->kind != PLANCIA_ADDRESS_HUB || function == 3 || function == 16;
}

/**
 * plancia_address_get_timeout:
 * @self: an address
 *
 * Any thread.
 *
 * Returns: milliseconds for a whole exchange, 0 if the route's own limit counts
 */
guint
plancia_address_get_timeout (PlanciaAddress *self)
{
  const char *text = self->options[OPTION_TIMEOUT];

  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : 0;
}

/**
 * plancia_address_has_option:
 * @self: an address
 * @name: of an option
 *
 * Any thread.
 *
 * Returns: TRUE if an address of this kind may have it
 */
gboolean
plancia_address_has_option (PlanciaAddress *self, const char *name)
{
  for (guint i = 0; i < N_OPTIONS; i++)
    if (g_str_equal (name, plancia_address_option_names[i]))
      return (plancia_address_kinds[self->kind].options & 1u << i) != 0;
  return FALSE;
}

/**
 * plancia_address_with_option:
 * @self: an address
 * @name: of an option that this kind has
 * @value: (nullable): what it shall be; %NULL leaves it out
 * @error: PLANCIA_DOCUMENT_ERROR_INVALID: the option cannot be that
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the same address but for this option
 */
PlanciaAddress *
plancia_address_with_option (PlanciaAddress *self,
                             const char     *name,
                             const char     *value,
                             GError        **error)
{
  g_autofree char *text = plancia_address_to_string (self);
  char            *question = strchr (text, '?');
  GString         *other = g_string_new_len (text, question ? question - text : -1);
  char             separator = '?';
  PlanciaAddress  *address;

  for (guint i = 0; i < N_OPTIONS; i++) {
    gboolean this = g_str_equal (name, plancia_address_option_names[i]);
    const char *option = this ? value : self->options[i];

    if (option == NULL)
      continue;
    g_string_append_printf (other, "%c%s=%s", separator, plancia_address_option_names[i], option);
    separator = '&';
  }
  address = plancia_address_parse (other->str, error);
  g_string_free (other, TRUE);
  return address;
}

/**
 * plancia_address_with_unit:
 * @self: an address that leads to Modbus units
 * @unit: which of them
 * @error: PLANCIA_DOCUMENT_ERROR_INVALID: there is no such unit on this route
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the same address but for the unit
 */
PlanciaAddress *
plancia_address_with_unit (PlanciaAddress *self, int unit, GError **error)
{
  g_autofree char *text = plancia_address_dup_connection (self);
  const char      *options = strchr (text, '?');
  gsize            head = options ? (gsize) (options - text) : strlen (text);
  g_autofree char *other =
    g_strdup_printf ("%.*s/%d%s", (int) head, text, unit, options ? options : "");

  return plancia_address_parse (other, error);
}
