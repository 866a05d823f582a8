/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"
#include "plant/plant.h"

G_BEGIN_DECLS

/* What views see of one line of the tree: a connection, a HUB line, a device, an account, or the whole plant.
 * Main thread. Properties that notify: "name", "state", "value-text", "problem", "map". Signal "readings" () after new
 * values came in; bind to that, not to single values. */
#define PLANCIA_TYPE_DEVICE (plancia_device_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaDevice, plancia_device, PLANCIA, DEVICE, GObject)

/* What the mark in the tree shows. */
typedef enum {
  PLANCIA_MARK_CLOSED,
  PLANCIA_MARK_CONNECTING,
  PLANCIA_MARK_LIVE,
  PLANCIA_MARK_STALE,
  PLANCIA_MARK_FAILING,
  PLANCIA_MARK_TAKEN_OVER,
} PlanciaMark;

PlanciaDevice *plancia_device_new (PlanciaEntry *entry); /* NULL: the whole plant */
PlanciaDevice *plancia_device_new_below (PlanciaEntry *entry, PlanciaDevice *parent);
const char    *plancia_device_get_id (PlanciaDevice *self); /* "plant" for the whole plant */
const char    *plancia_device_get_name (PlanciaDevice *self);
const char *plancia_device_get_kind (PlanciaDevice *self); /* as plancia_entry_get_kind; "plant" */
PlanciaEntry  *plancia_device_get_entry (PlanciaDevice *self);  /* or NULL */
PlanciaDevice *plancia_device_get_parent (PlanciaDevice *self); /* or NULL */
GListModel *
plancia_device_get_children (PlanciaDevice *self); /* of PlanciaDevice; empty for leaves */
/* "Hub › Inverters › 1": where it hangs. (transfer full) */
char           *plancia_device_dup_route (PlanciaDevice *self);
PlanciaBackend *plancia_device_get_backend (PlanciaDevice *self); /* or NULL */
void            plancia_device_set_backend (PlanciaDevice *self, PlanciaBackend *backend);
/* What its backend can do; not PLANCIA_BACKEND_WRITE while its map is a guess. */
PlanciaBackendFlags plancia_device_get_flags (PlanciaDevice *self);
PlanciaMap         *plancia_device_get_map (PlanciaDevice *self); /* or NULL */
void                plancia_device_set_map (PlanciaDevice *self, PlanciaMap *map);
PlanciaMark         plancia_device_get_mark (
          PlanciaDevice *self); /* of a parent: the worst of its children and its own */
/* Why it is failing, stale or taken over: the error, or NULL. */
const GError *plancia_device_get_error (PlanciaDevice *self);
/* Main live figure: "3.42 kW", "ttyACM0", "—"; never NULL. */
const char *plancia_device_get_value_text (PlanciaDevice *self);
gint64      plancia_device_get_time (PlanciaDevice *self); /* of the newest reading, 0 never */

/* Newest reading by key, or NULL; valid until the next apply. */
const PlanciaReading *plancia_device_lookup (PlanciaDevice *self, const char *key);
/* What came in, while "readings" is emitted for it, or NULL. (transfer none) */
PlanciaReadings *plancia_device_get_batch (PlanciaDevice *self);
/* Normalised quantities, the same for every kind of map and cloud, signs as documented; FALSE if it has none. */
typedef enum {
  PLANCIA_QUANTITY_PV_POWER,       /* W, produced */
  PLANCIA_QUANTITY_LOAD_POWER,     /* W, used */
  PLANCIA_QUANTITY_GRID_POWER,     /* W, positive = export */
  PLANCIA_QUANTITY_BATTERY_POWER,  /* W, positive = charging */
  PLANCIA_QUANTITY_BATTERY_CHARGE, /* % state of charge */
  PLANCIA_QUANTITY_AC_POWER,       /* W, inverter to AC side */
  PLANCIA_QUANTITY_PV_POWER_1,
  PLANCIA_QUANTITY_PV_POWER_2,
  PLANCIA_QUANTITY_TEMPERATURE, /* °C of the heat sink */
  PLANCIA_QUANTITY_RATED_POWER, /* W */
  PLANCIA_QUANTITY_ENERGY_PV,   /* kWh today */
  PLANCIA_QUANTITY_ENERGY_LOAD,
  PLANCIA_QUANTITY_ENERGY_EXPORT,
  PLANCIA_QUANTITY_ENERGY_IMPORT,
  PLANCIA_QUANTITY_ENERGY_CHARGE,
  PLANCIA_QUANTITY_ENERGY_DISCHARGE,
  PLANCIA_N_QUANTITIES,
} PlanciaQuantity;

gboolean plancia_device_get_quantity (PlanciaDevice *self, PlanciaQuantity quantity, double *value);
/* TRUE if its kind and map could ever give it. */
gboolean plancia_device_has_quantity (PlanciaDevice *self, PlanciaQuantity quantity);

/* What the whole plant sums up: all leaves of the tree. */
void       plancia_device_set_members (PlanciaDevice *self, GPtrArray *members);
GPtrArray *plancia_device_get_members (PlanciaDevice *self); /* or NULL */
/* Only plancia_device_tree_apply and the open plant call these. */
void plancia_device_apply (PlanciaDevice *self, PlanciaReadings *readings);
void plancia_device_set_failed (PlanciaDevice *self, const GError *error);
/* Another map, or another place: what was read before says nothing any more. */
void plancia_device_forget (PlanciaDevice *self);
void plancia_device_update (PlanciaDevice *self); /* state of the backend moved, or time passed */

G_END_DECLS
