/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plant/plant.h"

G_BEGIN_DECLS

/* Devices with that address, or without one those with that name or id. (element-type PlanciaEntry) (transfer full) */
GPtrArray *plancia_plant_search (PlanciaPlant *plant, const char *name, PlanciaAddress *address);
/* The same in the plants that the window had open lately, the newest first; a file that is gone or wrong is passed over.
 * Reads files. (transfer full) (nullable) */
PlanciaEntry *plancia_plant_search_recent (PlanciaAddress *address);
/* Of the entry, or of what it is in; NULL if none says. (transfer none) */
const char *plancia_plant_search_url (PlanciaEntry *entry);

G_END_DECLS
