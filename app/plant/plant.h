/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plant/address.h"
#include "plant/learnt.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* The document: what a person configured. A tree of entries; the leaves are devices. Main thread. */
#define PLANCIA_TYPE_PLANT (plancia_plant_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaPlant, plancia_plant, PLANCIA, PLANT, GObject)

/* One line of the tree: a stick, a HUB, one of its lines, a device, an account. */
#define PLANCIA_TYPE_ENTRY (plancia_entry_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaEntry, plancia_entry, PLANCIA, ENTRY, GObject)

PlanciaPlant *plancia_plant_new (const char *name);
/* What tells it from all others, on any computer. */
const char *plancia_plant_get_id (PlanciaPlant *self);
const char *plancia_plant_get_name (PlanciaPlant *self);
void        plancia_plant_set_name (PlanciaPlant *self, const char *name);
/* Where it stands: IANA time zone, degrees north and east (NAN if not given). */
GTimeZone  *plancia_plant_get_zone (PlanciaPlant *self); /* (transfer none) */
const char *plancia_plant_get_zone_name (PlanciaPlant *self);
void
plancia_plant_set_place (PlanciaPlant *self, const char *zone, double latitude, double longitude);
double plancia_plant_get_latitude (PlanciaPlant *self);
double plancia_plant_get_longitude (PlanciaPlant *self);
/* TRUE for the demo plant: the mark and the banner say so. Not stored. */
gboolean plancia_plant_get_simulated (PlanciaPlant *self);
void     plancia_plant_set_simulated (PlanciaPlant *self, gboolean simulated);
/* Roots: GListModel of PlanciaEntry, (transfer none). */
GListModel *plancia_plant_get_entries (PlanciaPlant *self);
void        plancia_plant_add (PlanciaPlant *self,
                               PlanciaEntry *parent,
                               PlanciaEntry *entry); /* parent NULL: root */
void        plancia_plant_remove (PlanciaPlant *self, PlanciaEntry *entry);
/* Before the sibling (NULL: to the end) among those that hang where it does. */
void          plancia_plant_move (PlanciaPlant *self, PlanciaEntry *entry, PlanciaEntry *before);
PlanciaEntry *plancia_plant_find (PlanciaPlant *self, const char *id);

/* kind: one of plancia_device_kinds (base/device-kind.h): the icon is plancia-KIND-symbolic
 * ("thing" uses inverter). id NULL makes a new one. */
PlanciaEntry *
plancia_entry_new (const char *id, const char *kind, const char *name, PlanciaAddress *address);
const char     *plancia_entry_get_id (PlanciaEntry *self);
const char     *plancia_entry_get_kind (PlanciaEntry *self);
const char     *plancia_entry_get_name (PlanciaEntry *self);
void            plancia_entry_set_name (PlanciaEntry *self, const char *name);
PlanciaAddress *plancia_entry_get_address (PlanciaEntry *self); /* (transfer none) */
void            plancia_entry_set_address (PlanciaEntry *self, PlanciaAddress *address);
const char     *plancia_entry_get_map (PlanciaEntry *self); /* map id, or NULL */
void            plancia_entry_set_map (PlanciaEntry *self, const char *map);
/* "ZP1ES110… at 0x0445": what a map was told from that nobody has confirmed; NULL: a person chose it, or none. */
const char *plancia_entry_get_map_evidence (PlanciaEntry *self);
void        plancia_entry_set_map_evidence (PlanciaEntry *self, const char *evidence);
const char      *
plancia_entry_get_url (PlanciaEntry *self); /* of a cloud account, or NULL for the profile's */
void plancia_entry_set_url (PlanciaEntry *self, const char *url);
/* What was found out about it, or NULL; belongs to the map it has: another map forgets. */
const PlanciaLearnt *plancia_entry_get_learnt (PlanciaEntry *self);
void                 plancia_entry_set_learnt (PlanciaEntry *self, const PlanciaLearnt *learnt);
PlanciaEntry        *plancia_entry_get_parent (PlanciaEntry *self);   /* or NULL */
GListModel          *plancia_entry_get_children (PlanciaEntry *self); /* (transfer none) */
gboolean plancia_entry_is_device (PlanciaEntry *self); /* a leaf that answers by itself */

G_END_DECLS
