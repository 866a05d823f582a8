/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/discovery.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Where to look: a switch for each subnet, an entry for another one, serial ports, and the consent to open the ports of
 * HUBs. Main thread. Signal "search" (): a person asks for a search with these choices. */
#define PLANCIA_TYPE_DISCOVER_PLACES (plancia_discover_places_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaDiscoverPlaces,
                      plancia_discover_places,
                      PLANCIA,
                      DISCOVER_PLACES,
                      AdwPreferencesGroup)

/* Switched on; one that is there already is switched on again. */
void plancia_discover_places_add (PlanciaDiscoverPlaces *self, const PlanciaSubnet *subnet);
/* Subnets that are switched on: GPtrArray of PlanciaSubnet*. (transfer full) */
GPtrArray *plancia_discover_places_get_subnets (PlanciaDiscoverPlaces *self);
gboolean   plancia_discover_places_get_serial (PlanciaDiscoverPlaces *self);
gboolean   plancia_discover_places_get_hub (PlanciaDiscoverPlaces *self);
/* The choices are those of the search that has just begun. */
void plancia_discover_places_settle (PlanciaDiscoverPlaces *self);

G_END_DECLS
