/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator/faults.h"
#include "simulator/quantities.h"
#include "simulator/scenario.h"

G_BEGIN_DECLS

/* A device as its owner's portal knows it: packets about every five minutes, never on the minute, with the fields that
 * its model has. Simulator thread. */
typedef struct _PlanciaPortalThing PlanciaPortalThing;

typedef enum {
  PLANCIA_PORTAL_STRING, /* an inverter without battery: what it generates; asleep at night */
  PLANCIA_PORTAL_HYBRID,
  PLANCIA_PORTAL_HYBRID_2, /* with two batteries */
  PLANCIA_PORTAL_METER,
  PLANCIA_PORTAL_STORAGE, /* a battery without a sun side: no direct current, no temperature */
} PlanciaPortalModel;

/* Some command's fields. */
enum {
  PLANCIA_PORTAL_IN_REALTIME = 1 << 0,
  PLANCIA_PORTAL_IN_HISTORIC = 1 << 1,
};

/* What a packet carries. */
typedef struct
{
  gint64           time;
  PlanciaSiteState state;
  double           quantities[PLANCIA_N_QUANTITIES];
} PlanciaPortalPacket;

typedef struct
{
  char    *name;
  guint    commands;
  guint    decimals;
  int      quantity; /* number in the packet; negative: of a battery */
  gboolean total;    /* cut, not rounded: a counter must not run ahead */
} PlanciaPortalField;

/* entry: the thing in the scenario; device: what it is. Both borrowed for ever. */
PlanciaPortalThing *plancia_portal_thing_new (const PlanciaScenarioDevice *entry,
                                              const PlanciaScenarioDevice *device,
                                              PlanciaSite                 *site);
void                plancia_portal_thing_free (PlanciaPortalThing *self);
const char         *plancia_portal_thing_get_key (PlanciaPortalThing *self);
/* Of the entry, for its fault. */
const char        *plancia_portal_thing_get_name (PlanciaPortalThing *self);
PlanciaPortalModel plancia_portal_thing_get_model (PlanciaPortalThing *self);
/* (element-type PlanciaPortalField) (transfer none) */
GPtrArray *plancia_portal_thing_get_fields (PlanciaPortalThing *self);
/* Times (gint64, ms UTC, whole seconds) from start to end, both included: nearly all in order, now and then one twice or
 * two swapped. (transfer full) */
GArray *plancia_portal_thing_list_packets (PlanciaPortalThing *self, gint64 start, gint64 end);
/* The last packet until now; 0 if none. */
gint64 plancia_portal_thing_last_packet (PlanciaPortalThing *self, gint64 now);
gint64 plancia_portal_thing_first_packet (PlanciaPortalThing *self);
void
plancia_portal_thing_measure (PlanciaPortalThing *self, gint64 time, PlanciaPortalPacket *packet);
double plancia_portal_packet_get (const PlanciaPortalPacket *self, const PlanciaPortalField *field);
/* As it stands in the scenario, and the device that it is. */
const PlanciaScenarioDevice *plancia_portal_thing_get_entry (PlanciaPortalThing *self);
const PlanciaScenarioDevice *plancia_portal_thing_get_device (PlanciaPortalThing *self);
/* To be told of each question: since when (ms UTC) it has had this fault. */
gint64 plancia_portal_thing_note_fault (PlanciaPortalThing *self, PlanciaFault fault, gint64 now);
/* How often it was told so. */
guint plancia_portal_thing_get_turn (PlanciaPortalThing *self);
/* Numbers of the alarms that are on. (transfer full) (element-type int) */
GArray *plancia_portal_thing_list_alarms (PlanciaPortalThing *self, gint64 time);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaPortalThing, plancia_portal_thing_free)

G_END_DECLS
