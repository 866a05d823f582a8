/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/energy-feed.h"
#include "ui/shown-table.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The energies of a stretch of time as bars, with their sums, and beside them those of what it is compared with. Signal "opened" (gint64
 * time): somebody wants to see the bar that begins then. Main thread. */
#define PLANCIA_TYPE_ENERGY_VIEW (plancia_energy_view_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaEnergyView, plancia_energy_view, PLANCIA, ENERGY_VIEW, GtkBox)

/* Where the energies come from; the view shows them when they change. */
void plancia_energy_view_set_feed (PlanciaEnergyView *self, PlanciaEnergyFeed *feed);
/* What the feed was asked for. title: of the stretch; other_title: of what it is compared with, or NULL. */
void plancia_energy_view_set_span (PlanciaEnergyView *self,
                                   GTimeZone         *zone,
                                   PlanciaPeriod      period,
                                   const char        *title,
                                   const char        *other_title);
void plancia_energy_view_set_narrow (PlanciaEnergyView *self, gboolean narrow);
/* A table instead of the bars. */
void plancia_energy_view_set_table (PlanciaEnergyView *self, gboolean table);
/* What it shows as a table; name: whose it is. (transfer full) */
PlanciaShownTable *plancia_energy_view_dup_table (PlanciaEnergyView *self, const char *name);
/* At the end of the line under the bars. */
void plancia_energy_view_add_to_foot (PlanciaEnergyView *self, GtkWidget *child);

G_END_DECLS
