/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/energy-feed.h"

G_BEGIN_DECLS

/* "Highest power 5.21 kW, 12 June 12:40" of all sums (GArray of PlanciaEnergySum, or NULL), in the clock of zone; NULL: it is not
 * known. (transfer full) */
char *plancia_energy_peak_words (GArray *sums, GTimeZone *zone);

G_END_DECLS
