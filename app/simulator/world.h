/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator/bank.h"
#include "simulator/faults.h"
#include "simulator/scenario.h"
#include "simulator/site.h"

G_BEGIN_DECLS

/* What all servers of a simulated plant share: its clock, the sites, the registers of the devices, the faults. The
 * clock and the faults from any thread, all else from one. */
typedef struct _PlanciaWorld PlanciaWorld;

/* NULL and what plancia_map_catalog_get says, after the device's name, if a map cannot be had. */
PlanciaWorld *plancia_world_new (PlanciaScenario *scenario, GError **error);
void          plancia_world_free (PlanciaWorld *self);
/* Blocking, some 100 ms the first time: what each site has done since it was commissioned. */
void             plancia_world_warm_up (PlanciaWorld *self);
PlanciaScenario *plancia_world_get_scenario (PlanciaWorld *self);
PlanciaFaults   *plancia_world_get_faults (PlanciaWorld *self);
/* Simulated time, ms UTC. */
gint64 plancia_world_now (PlanciaWorld *self);
/* By device name; NULL if it has none. (transfer none) */
PlanciaBank *plancia_world_find_bank (PlanciaWorld *self, const char *device);
PlanciaSite *plancia_world_find_site (PlanciaWorld *self, const char *device);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaWorld, plancia_world_free)

G_END_DECLS
