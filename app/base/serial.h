/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Values about serial ports that every layer speaks of. Pure: no port is opened or looked at. */

typedef enum {
  PLANCIA_FLOW_CONTROL_NONE,
  PLANCIA_FLOW_CONTROL_XON_XOFF,
  PLANCIA_FLOW_CONTROL_RTS_CTS,
  PLANCIA_FLOW_CONTROL_DSR_DTR,
} PlanciaFlowControl;

typedef enum {
  PLANCIA_STOP_BITS_1,
  PLANCIA_STOP_BITS_1_5, /* what a UART sends for "two" with 5 data bits */
  PLANCIA_STOP_BITS_2,
} PlanciaStopBits;

/* How a port is set up. */
typedef struct
{
  guint              baud;      /* bits a second, 50 to 4000000 */
  guint              data_bits; /* 5 to 8 */
  char               parity;    /* N E O M (mark) S (space) */
  PlanciaStopBits    stop_bits;
  PlanciaFlowControl flow;
} PlanciaSerialSettings;

/* Control lines of a port, as a set. */
typedef enum {
  PLANCIA_SERIAL_LINE_DTR = 1 << 0, /* ours */
  PLANCIA_SERIAL_LINE_RTS = 1 << 1, /* ours */
  PLANCIA_SERIAL_LINE_CTS = 1 << 2,
  PLANCIA_SERIAL_LINE_DSR = 1 << 3,
  PLANCIA_SERIAL_LINE_DCD = 1 << 4,
  PLANCIA_SERIAL_LINE_RI = 1 << 5,
  PLANCIA_SERIAL_LINE_KNOWN = 1 << 6, /* not set: this port has no such lines, as a pty */
} PlanciaSerialLines;

/* A port as the system shows it. */
typedef struct
{
  char    *path;     /* /dev/ttyUSB0 */
  char    *link;     /* /dev/serial/by-id/…: the same adapter under any tty name; or NULL */
  char    *identity; /* VID:PID:serial; without a serial number VID:PID@USB socket; else the path */
  char    *name;     /* given by the user, or NULL */
  char    *description; /* of the system, or NULL */
  guint16  vendor;      /* USB, 0 if none */
  guint16  product;
  char    *serial;    /* of the adapter, or NULL */
  gboolean permitted; /* readable and writable by this user */
  char    *group;     /* that owns the node, or NULL */
  gboolean relogin;   /* this user is of the group, but logged in before that */
  char    *holder;    /* program that has it open, or NULL: none, or the kernel does not tell */
  int      holder_pid;
} PlanciaSerialPortInfo;

#define PLANCIA_TYPE_SERIAL_PORT_INFO (plancia_serial_port_info_get_type ())
GType                  plancia_serial_port_info_get_type (void);
PlanciaSerialPortInfo *plancia_serial_port_info_copy (const PlanciaSerialPortInfo *self);
void                   plancia_serial_port_info_free (PlanciaSerialPortInfo *self);
gboolean
plancia_serial_port_info_equal (const PlanciaSerialPortInfo *a, const PlanciaSerialPortInfo *b);
/* What a person calls it: the given name, else the description, else the path. (transfer none) */
const char *plancia_serial_port_info_get_label (const PlanciaSerialPortInfo *self);

/* 9600 8N1 without flow control. */
void plancia_serial_settings_init (PlanciaSerialSettings *self);
/* "8N1", "7E1.5"; leaves baud and flow alone. PLANCIA_DOCUMENT_ERROR_INVALID, self as it was. */
gboolean plancia_serial_settings_set_format (PlanciaSerialSettings *self,
                                             const char            *format,
                                             GError               **error);
/* (transfer full) "8N1" */
char *plancia_serial_settings_dup_format (const PlanciaSerialSettings *self);
gboolean
plancia_serial_settings_equal (const PlanciaSerialSettings *a, const PlanciaSerialSettings *b);
/* Within their ranges; PLANCIA_DOCUMENT_ERROR_INVALID says what is not. */
gboolean plancia_serial_settings_check (const PlanciaSerialSettings *self, GError **error);
/* Microseconds that one character takes on the line. */
guint plancia_serial_settings_get_character_time (const PlanciaSerialSettings *self);

/* "none", "xon-xoff", "rts-cts", "dsr-dtr": as in addresses. */
const char *plancia_flow_control_name (PlanciaFlowControl flow);
gboolean    plancia_flow_control_parse (const char *text, PlanciaFlowControl *flow);

/* What a user who may not open a port has to type, once: (transfer full) */
char *plancia_serial_advice_group_command (const char *group);
/* The text of a udev rule that gives the port to whoever sits at the computer, NULL for a port that is not on USB;
 * (transfer full). It belongs into PLANCIA_UDEV_RULE_FILE. */
char *plancia_serial_advice_udev_rule (const PlanciaSerialPortInfo *port);
#define PLANCIA_UDEV_RULE_FILE "/etc/udev/rules.d/70-plancia-serial.rules"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaSerialPortInfo, plancia_serial_port_info_free)

G_END_DECLS
