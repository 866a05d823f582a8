/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "simulator/scenario.h"

G_BEGIN_DECLS

/* before: the devices that the file has listed so far (parents, members, names in use). */
PlanciaScenarioDevice *plancia_scenario_device_read (JsonNode   *node,
                                                     const char *origin,
                                                     const char *path,
                                                     GTimeZone  *zone,
                                                     gint64      commissioned,
                                                     GPtrArray  *before,
                                                     GError    **error);
void                   plancia_scenario_device_free (PlanciaScenarioDevice *self);
/* "system" for an account of that, else its kind: which faults it can have. */
const char *plancia_scenario_device_get_fault_kind (const PlanciaScenarioDevice *self);
/* By name, or NULL. (transfer none) */
PlanciaScenarioDevice *plancia_scenario_device_find (GPtrArray *devices, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaScenarioDevice, plancia_scenario_device_free)

G_END_DECLS
