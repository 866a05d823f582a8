/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/serial.h"

#include "base/error.h"
#include <string.h>

#define SMALLEST_BAUD 50
#define LARGEST_BAUD  4000000

static const char *const stop_bits[] = {
  [PLANCIA_STOP_BITS_1] = "1",
  [PLANCIA_STOP_BITS_1_5] = "1.5",
  [PLANCIA_STOP_BITS_2] = "2",
};

static const char *const flow_controls[] = {
  [PLANCIA_FLOW_CONTROL_NONE] = "none",
  [PLANCIA_FLOW_CONTROL_XON_XOFF] = "xon-xoff",
  [PLANCIA_FLOW_CONTROL_RTS_CTS] = "rts-cts",
  [PLANCIA_FLOW_CONTROL_DSR_DTR] = "dsr-dtr",
};

/* --- a port ---------------------------------------------------------------------------------- */

/* G_DEFINE_BOXED_TYPE needs a GNU extension that -Wpedantic refuses. */
GType
plancia_serial_port_info_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (
      &type,
      g_boxed_type_register_static ("PlanciaSerialPortInfo",
                                    (GBoxedCopyFunc) plancia_serial_port_info_copy,
                                    (GBoxedFreeFunc) plancia_serial_port_info_free));
  return type;
}

/**
 * plancia_serial_port_info_copy:
 * @self: (nullable): a port
 *
 * Any thread. Returns: (transfer full) (nullable): the same in memory of its own
 */
PlanciaSerialPortInfo *
plancia_serial_port_info_copy (const PlanciaSerialPortInfo *self)
{
  PlanciaSerialPortInfo *copy;

  if (self == NULL)
    return NULL;
  copy = g_memdup2 (self, sizeof *self);
  copy->path = g_strdup (self->path);
  copy->link = g_strdup (self->link);
  copy->identity = g_strdup (self->identity);
  copy->name = g_strdup (self->name);
  copy->description = g_strdup (self->description);
  copy->serial = g_strdup (self->serial);
  copy->group = g_strdup (self->group);
  copy->holder = g_strdup (self->holder);
  return copy;
}

/**
 * plancia_serial_port_info_free:
 * @self: (nullable): a port
 *
 * Any thread.
 */
void
plancia_serial_port_info_free (PlanciaSerialPortInfo *self)
{
  if (self == NULL)
    return;
  g_free (self->path);
  g_free (self->link);
  g_free (self->identity);
  g_free (self->name);
  g_free (self->description);
  g_free (self->serial);
  g_free (self->group);
  g_free (self->holder);
  g_free (self);
}

/**
 * plancia_serial_port_info_equal:
 * @a: (nullable): a port
 * @b: (nullable): a port
 *
 * Any thread. Returns: whether everything known of both is the same
 */
gboolean
plancia_serial_port_info_equal (const PlanciaSerialPortInfo *a, const PlanciaSerialPortInfo *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_strcmp0 (a->path, b->path) == 0 && g_strcmp0 (a->link, b->link) == 0 &&
         g_strcmp0 (a->identity, b->identity) == 0 && g_strcmp0 (a->name, b->name) == 0 &&
         g_strcmp0 (a->description, b->description) == 0 && a->vendor == b->vendor &&
         a->product == b->product && g_strcmp0 (a->serial, b->serial) == 0 &&
         a->permitted == b->permitted && g_strcmp0 (a->group, b->group) == 0 &&
         a->relogin == b->relogin && g_strcmp0 (a->holder, b->holder) == 0 &&
         a->holder_pid == b->holder_pid;
}

/**
 * plancia_serial_port_info_get_label:
 * @self: a port
 *
 * Any thread. Returns: (transfer none): the given name, else the description, else the path
 */
const char *
plancia_serial_port_info_get_label (const PlanciaSerialPortInfo *self)
{
  if (self->name != NULL)
    return self->name;
  return self->description != NULL && *self->description != '\0' ? self->description : self->path;
}

/* --- how it is set up ------------------------------------------------------------------------- */

/**
 * plancia_serial_settings_init:
 * @self: (out): 9600 8N1 without flow control
 */
void
plancia_serial_settings_init (PlanciaSerialSettings *self)
{
  *self = (PlanciaSerialSettings){.baud = 9600, .data_bits = 8, .parity = 'N'};
}

/**
 * plancia_serial_settings_set_format:
 * @self: settings
 * @format: (nullable): data bits, parity (N E O M S) and stop bits (1, 1.5, 2), such as "8N1"
 * @error: PLANCIA_DOCUMENT_ERROR_INVALID; @self is then as it was
 *
 * Any thread.
 */
gboolean
plancia_serial_settings_set_format (PlanciaSerialSettings *self, const char *format, GError **error)
{
  const char *given = format != NULL ? format : "nothing";

  if (given[0] >= '5' && given[0] <= '8' && given[1] != '\0' &&
      strchr ("NEOMSneoms", given[1]) != NULL) {
    for (guint i = 0; i < G_N_ELEMENTS (stop_bits); i++) {
      if (!g_str_equal (given + 2, stop_bits[i]))
        continue;
      self->data_bits = (guint) (given[0] - '0');
      self->parity = g_ascii_toupper (given[1]);
      self->stop_bits = (PlanciaStopBits) i;
      return TRUE;
    }
  }
  g_set_error (error,
               PLANCIA_DOCUMENT_ERROR,
               PLANCIA_DOCUMENT_ERROR_INVALID,
               "serial format: expected such as 8N1, got %s",
               given);
  return FALSE;
}

/**
 * plancia_serial_settings_dup_format:
 * @self: settings
 *
 * Any thread. Returns: (transfer full): such as "8N1"
 */
char *
plancia_serial_settings_dup_format (const PlanciaSerialSettings *self)
{
  return g_strdup_printf ("%u%c%s", self->data_bits, self->parity, stop_bits[self->stop_bits]);
}

/**
 * plancia_serial_settings_equal:
 *
 * Any thread. Returns: whether both set up a port in the same way
 */
gboolean
plancia_serial_settings_equal (const PlanciaSerialSettings *a, const PlanciaSerialSettings *b)
{
  return a->baud == b->baud && a->data_bits == b->data_bits && a->parity == b->parity &&
         a->stop_bits == b->stop_bits && a->flow == b->flow;
}

/**
 * plancia_serial_settings_check:
 * @self: settings
 * @error: PLANCIA_DOCUMENT_ERROR_INVALID
 *
 * Any thread. Returns: whether everything is in its range
 */
gboolean
plancia_serial_settings_check (const PlanciaSerialSettings *self, GError **error)
{
  const char *what = NULL;

  if (self->baud < SMALLEST_BAUD || self->baud > LARGEST_BAUD)
    what = "expected a baud rate from 50 to 4000000";
  else if (self->data_bits < 5 || self->data_bits > 8)
    what = "expected 5 to 8 data bits";
  else if (self->parity == '\0' || strchr ("NEOMS", self->parity) == NULL)
    what = "expected parity N, E, O, M or S";
  else if ((guint) self->stop_bits >= G_N_ELEMENTS (stop_bits))
    what = "expected 1, 1.5 or 2 stop bits";
  else if ((guint) self->flow >= G_N_ELEMENTS (flow_controls))
    what = "expected a kind of flow control";
  if (what == NULL)
    return TRUE;
  g_set_error (error,
               PLANCIA_DOCUMENT_ERROR,
               PLANCIA_DOCUMENT_ERROR_INVALID,
               "serial settings: %s",
               what);
  return FALSE;
}

/**
 * plancia_serial_settings_get_character_time:
 * @self: settings
 *
 * Any thread. Returns: microseconds that one character takes on the line, with start, parity and stop bits
 */
guint
plancia_serial_settings_get_character_time (const PlanciaSerialSettings *self)
{
  guint halves = 2 * (1 + self->data_bits + (self->parity != 'N' ? 1 : 0)) + 2 +
                 (guint) self->stop_bits;

  return (guint) ((guint64) halves * 500000 / MAX (self->baud, 1));
}

const char *
plancia_flow_control_name (PlanciaFlowControl flow)
{
  return (guint) flow < G_N_ELEMENTS (flow_controls) ? flow_controls[flow] : flow_controls[0];
}

/**
 * plancia_flow_control_parse:
 * @text: as plancia_flow_control_name() says it
 * @flow: (out): which it is
 *
 * Any thread.
 */
gboolean
plancia_flow_control_parse (const char *text, PlanciaFlowControl *flow)
{
  for (guint i = 0; i < G_N_ELEMENTS (flow_controls); i++) {
    if (g_ascii_strcasecmp (text, flow_controls[i]) == 0) {
      *flow = (PlanciaFlowControl) i;
      return TRUE;
    }
  }
  return FALSE;
}

/* --- what to do about permissions --------------------------------------------------------------- */

/**
 * plancia_serial_advice_group_command:
 * @group: that owns the port
 *
 * Any thread. Returns: (transfer full): one line for a shell; the user has to log in anew after it
 */
char *
plancia_serial_advice_group_command (const char *group)
{
  return g_strdup_printf ("sudo usermod -aG %s \"$USER\"", group);
}

/**
 * plancia_serial_advice_udev_rule:
 * @port: on USB
 *
 * Any thread. Returns: (transfer full) (nullable): one line for PLANCIA_UDEV_RULE_FILE
 */
char *
plancia_serial_advice_udev_rule (const PlanciaSerialPortInfo *port)
{
  if (port->vendor == 0)
    return NULL;
  return g_strdup_printf ("SUBSYSTEM==\"tty\", ATTRS{idVendor}==\"%04x\", "
                          "ATTRS{idProduct}==\"%04x\", TAG+=\"uaccess\"",
                          port->vendor,
                          port->product);
}
