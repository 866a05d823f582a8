/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/energy-feed.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The energies of a stretch of time in one line, under them those of another and the difference. Main thread. */
#define PLANCIA_TYPE_ENERGY_SUMS (plancia_energy_sums_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaEnergySums, plancia_energy_sums, PLANCIA, ENERGY_SUMS, GtkGrid)

/* other_title NULL: nothing is compared. */
void plancia_energy_sums_set (PlanciaEnergySums      *self,
                              const char             *title,
                              const PlanciaEnergySum *sum,
                              const char             *other_title,
                              const PlanciaEnergySum *other);
/* Only what the house is about. */
void plancia_energy_sums_set_narrow (PlanciaEnergySums *self, gboolean narrow);

/* "12.4 kWh", an em dash for NAN. (transfer full) */
char *plancia_energy_sums_words (double energy);
/* "−3.1 kWh, −20 %"; NULL if one of them is not known. (transfer full) */
char *plancia_energy_sums_difference (double energy, double other);

G_END_DECLS
