/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "link/link.h"

G_BEGIN_DECLS

/* The routes. Times in milliseconds. None opens anything before plancia_link_open. (transfer full) */

/* libmodbus over TCP; host may be a name or IPv6. */
PlanciaLink *plancia_link_modbus_tcp_new (const char *host, guint16 port, guint timeout);
/* libmodbus on a serial device or pty; format such as "8N1". */
PlanciaLink *
plancia_link_modbus_rtu_new (const char *device, guint baud, const char *format, guint timeout);
/* The USB adapter that was open last, as plancia_serial_port_find_identity has it; NULL before, without one, and for other
 * links. Worker of the link. */
const char *plancia_link_modbus_rtu_get_adapter (PlanciaLink *self);
/* Before the first open: the adapter of another time, looked for under any name. If it is not plugged in, the path counts. */
void plancia_link_modbus_rtu_remember_adapter (PlanciaLink *self, const char *adapter);
/* Our RTU framing on a TCP stream. */
PlanciaLink *plancia_link_rtu_over_tcp_new (const char *host, guint16 port, guint timeout);
/* Solarman V5; serial 0: learnt from the logger's first answer. */
PlanciaLink *
plancia_link_solarman_new (const char *host, guint16 port, guint32 serial, guint timeout);
/* The logger's serial number, once it is known; 0 before, and for other links. */
guint32 plancia_link_solarman_get_serial (PlanciaLink *self);
/* Tries Modbus TCP, Solarman V5, RTU over TCP with a read of unit's register 0x0445, each on a fresh
 * connection, on open; then behaves as the one that answered. */
PlanciaLink *plancia_link_auto_new (const char *host, guint16 port, guint timeout);
/* Name of what the last open settled on: "Modbus TCP", "RTU over TCP", "Solarman V5"; or NULL. */
const char *plancia_link_auto_get_framing (PlanciaLink *self);
/* The same as an option of an address: "tcp", "rtu", "v5"; or NULL. */
const char *plancia_link_auto_get_option (PlanciaLink *self);
/* Begins with what an earlier open settled on. */
void plancia_link_auto_remember (PlanciaLink *self, const char *option);
/* Wraps inner and appends each exchange to the stream (protocol/transcript.h). */
PlanciaLink *plancia_link_record_new (PlanciaLink *inner, GOutputStream *stream);
/* Answers from a transcript's lines (GPtrArray of PlanciaTranscriptLine*): the next recorded answer to the
 * same unit and PDU; from the start again when it has run through. */
PlanciaLink *plancia_link_replay_new (GPtrArray *lines);

/* How the last connection ended. A HUB line gives itself to the newest client and ends the older one's connection; with
 * what, the vendor does not say. */
typedef enum {
  PLANCIA_LINK_END_UNKNOWN,
  PLANCIA_LINK_END_CLOSED,      /* by the peer in good order, while it was asked something */
  PLANCIA_LINK_END_CLOSED_IDLE, /* the same, while nobody asked */
  PLANCIA_LINK_END_RESET,       /* by the peer, or by what is between */
} PlanciaLinkEnd;

/* Of a TCP connection that the peer ended; UNKNOWN for any other. Worker of the link. */
PlanciaLinkEnd plancia_link_get_end (PlanciaLink *self);
/* FALSE: a connection that the peer closed is not made again by itself (HUB lines). */
void     plancia_link_set_reconnect (PlanciaLink *self, gboolean reconnect);
gboolean plancia_link_get_reconnect (PlanciaLink *self);
/* Unit that the probe of an auto link asks; 1 at first. */
void plancia_link_auto_set_unit (PlanciaLink *self, guint8 unit);

G_END_DECLS
