/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator/world.h"

G_BEGIN_DECLS

/* The devices behind one endpoint, by unit, and what they answer: PDU in, PDU out. Simulator thread. */
typedef struct _PlanciaBus PlanciaBus;

/* Bits of the functions that a bus takes. */
#define PLANCIA_BUS_READ           (1u << 3)
#define PLANCIA_BUS_READ_INPUT     (1u << 4)
#define PLANCIA_BUS_WRITE_SINGLE   (1u << 6)
#define PLANCIA_BUS_WRITE_MULTIPLE (1u << 16)

typedef struct
{
  GBytes      *pdu;    /* NULL: no answer */
  guint8       unit;   /* that it says it is */
  gboolean     absent; /* nobody there has the unit */
  PlanciaFault fault;  /* for what is below: framing and wire */
} PlanciaBusReply;

/* name: the endpoint's device, whose fault counts where no other device is meant. */
PlanciaBus *plancia_bus_new (PlanciaWorld *world, const char *name, guint functions);
void        plancia_bus_free (PlanciaBus *self);
/* Exception 11 instead of silence for units that are not there. */
void plancia_bus_set_absent_exception (PlanciaBus *self, gboolean exception);
/* Exceptions of function 0x90, whatever was asked, as some models answer. */
void plancia_bus_set_odd_exceptions (PlanciaBus *self, gboolean odd);
/* Nobody is heard for pause ms, each time that so many have gone by; 0: always. */
void plancia_bus_set_uploads (PlanciaBus *self, guint every, guint pause);
/* A device that takes no longer reads than that: exception 3. 0: its map's. */
void plancia_bus_set_longest (PlanciaBus *self, guint8 unit, guint longest);
void plancia_bus_add (PlanciaBus *self, guint8 unit, const char *device, PlanciaBank *bank);
/* Unit 0 is a write to all, which nobody answers. */
void plancia_bus_ask (PlanciaBus *self, guint8 unit, GBytes *pdu, PlanciaBusReply *reply);
/* Of the endpoint itself. */
PlanciaFault plancia_bus_get_fault (PlanciaBus *self);
void         plancia_bus_reply_clear (PlanciaBusReply *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaBus, plancia_bus_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlanciaBusReply, plancia_bus_reply_clear)

G_END_DECLS
