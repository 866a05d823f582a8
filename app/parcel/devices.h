/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plant/plant.h"

G_BEGIN_DECLS

/* The devices of a plant with what tells each of them from others on any computer. */
typedef struct
{
  char           *id;
  char           *kind;
  char           *name;
  char           *serial;  /* "": not known */
  PlanciaAddress *address; /* or NULL */
} PlanciaParcelDevice;

void plancia_parcel_device_free (PlanciaParcelDevice *self);
/* All entries of the plant. snapshots: GPtrArray of GBytes* that may know serial numbers, or NULL. Blocking.
 * (transfer full) GPtrArray of PlanciaParcelDevice*. */
GPtrArray *plancia_parcel_devices_list (PlanciaPlant *plant, GPtrArray *snapshots);
/* Which of those there are which of those here: by id, else by serial number, else by address unless the serial numbers say
 * otherwise. (transfer full) ids there to ids here, without those that have no equal. */
GHashTable *plancia_parcel_devices_match (GPtrArray *there, GPtrArray *here);

G_END_DECLS
