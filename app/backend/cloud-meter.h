/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/samples.h"

G_BEGIN_DECLS

/* A meter's "daily" energies on a cloud are its lifetime counters under another name (field notes). Pure; any thread. */

/* "energyImporting" for "energyImportingTotal"; NULL if it is no counter of a life. (transfer full) */
char    *plancia_cloud_meter_daily_key (const char *total_key);
gboolean plancia_cloud_is_daily_energy (const char *key);
/* The same samples, or, of a meter, with the daily energies as differences of the counters since local midnight; where
 * the state at midnight is not among them they are left out. (transfer full) */
PlanciaSamples *plancia_cloud_meter_mend (PlanciaSamples *samples, GTimeZone *zone);

G_END_DECLS
