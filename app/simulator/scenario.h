/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What to simulate: place, date, speed, devices, faults. JSON (format "plancia-scenario", version 1). Immutable, counted. */
typedef struct _PlanciaScenario PlanciaScenario;

/* PLANCIA_DOCUMENT_ERROR names origin, key path and what. */
PlanciaScenario *
plancia_scenario_new_from_bytes (GBytes *bytes, const char *origin, GError **error);
PlanciaScenario *plancia_scenario_new_from_file (const char *path, GError **error);
/* The demo plant's, from the program's resources. */
PlanciaScenario *plancia_scenario_new_demo (void);
PlanciaScenario *plancia_scenario_ref (PlanciaScenario *self);
void             plancia_scenario_unref (PlanciaScenario *self);
/* Overrides the file's; seconds a second. */
PlanciaScenario *plancia_scenario_with_speed (PlanciaScenario *self, double speed);
const char      *plancia_scenario_get_name (PlanciaScenario *self);
const char      *plancia_scenario_get_zone (PlanciaScenario *self);
double           plancia_scenario_get_latitude (PlanciaScenario *self);
double           plancia_scenario_get_longitude (PlanciaScenario *self);
gint64           plancia_scenario_get_start (PlanciaScenario *self); /* ms UTC */
double           plancia_scenario_get_speed (PlanciaScenario *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaScenario, plancia_scenario_unref)

G_END_DECLS
