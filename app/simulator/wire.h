/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "simulator/faults.h"

G_BEGIN_DECLS

/* One connection of a client, on a socket or a pty: bytes in, and answers out in the way a fault says. Simulator thread;
 * its sources are on the thread's main context. */
typedef struct _PlanciaWire PlanciaWire;

/* What is spoken on it. All but received may be NULL. */
typedef struct
{
  gsize state_size; /* bytes of zero for each wire, plancia_wire_get_state */
  void (*opened) (PlanciaWire *wire);
  void (*received) (PlanciaWire *wire); /* more is in plancia_wire_get_input: takes what it can */
  void (*woken) (PlanciaWire *wire);    /* after plancia_wire_wake */
  void (*closed) (PlanciaWire *wire);   /* frees what state holds */
} PlanciaWireProtocol;

/* The wire is over; the owner frees it. Never called from within a call to the wire. */
typedef void (*PlanciaWireDone) (PlanciaWire *wire, gpointer owner);

/* service: for the protocol. */
PlanciaWire *plancia_wire_new_socket (GSocket                   *socket,
                                      const PlanciaWireProtocol *protocol,
                                      gpointer                   service,
                                      PlanciaWireDone            done,
                                      gpointer                   owner);
/* master: of a pty, borrowed. */
PlanciaWire *plancia_wire_new_pty (int                        master,
                                   const PlanciaWireProtocol *protocol,
                                   gpointer                   service,
                                   PlanciaWireDone            done,
                                   gpointer                   owner);
void         plancia_wire_free (PlanciaWire *self);
gpointer     plancia_wire_get_service (PlanciaWire *self);
gpointer     plancia_wire_get_state (PlanciaWire *self);
GByteArray  *plancia_wire_get_input (PlanciaWire *self);
/* FALSE once it is closed: nothing more is taken or sent. */
gboolean plancia_wire_is_open (PlanciaWire *self);
/* At once, whatever is queued. */
void plancia_wire_send (PlanciaWire *self, const void *data, gsize length);
/* As much as the other side takes now; how many bytes that was. */
gsize plancia_wire_send_some (PlanciaWire *self, const void *data, gsize length);
/* In the manner of the fault: at once, later, never, or something else. */
void plancia_wire_answer (PlanciaWire *self, GBytes *answer, PlanciaFault fault);
/* Calls woken in so many ms; replaces an earlier call. */
void plancia_wire_wake (PlanciaWire *self, guint delay);
void plancia_wire_close (PlanciaWire *self);
/* Closes a pty as if the cable were pulled for so many ms. */
void plancia_wire_hang_up (PlanciaWire *self, guint duration);
/* What plancia_wire_hang_up asked for; 0: nothing. */
guint plancia_wire_get_absence (PlanciaWire *self);
/* Ends a TCP connection with RST. */
void plancia_wire_reset (PlanciaWire *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaWire, plancia_wire_free)

G_END_DECLS
