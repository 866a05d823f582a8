/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/energy-view.h"
#include "ui/history-feed.h"

G_BEGIN_DECLS

/* Which week, month or year the history page shows, and what of it: keeps the view of energies filled from the store. The day is the
 * feed's. Main thread. */
typedef struct _PlanciaHistoryEnergies PlanciaHistoryEnergies;

/* Both are borrowed and have to live longer. */
PlanciaHistoryEnergies              *
plancia_history_energies_new (PlanciaEnergyView *view, PlanciaHistoryFeed *feed);
void         plancia_history_energies_free (PlanciaHistoryEnergies *self);
PlanciaRange plancia_history_energies_get_range (PlanciaHistoryEnergies *self);
/* The one that holds time. DAY: nothing is loaded any more. */
void
plancia_history_energies_set_range (PlanciaHistoryEnergies *self, PlanciaRange range, gint64 time);
void        plancia_history_energies_step (PlanciaHistoryEnergies *self, int steps);
PlanciaSpan plancia_history_energies_get_span (PlanciaHistoryEnergies *self);
gboolean    plancia_history_energies_is_present (PlanciaHistoryEnergies *self);
/* With the year before. */
void plancia_history_energies_set_compare (PlanciaHistoryEnergies *self, gboolean compare);
/* Another device, or more came into the store. plant: or NULL. */
void plancia_history_energies_reload (PlanciaHistoryEnergies *self, PlanciaOpenPlant *plant);
/* What the view shows. (transfer none) */
PlanciaEnergyFeed *plancia_history_energies_get_feed (PlanciaHistoryEnergies *self);
/* "June 2026"; NULL for a day. (transfer full) */
char *plancia_history_energies_dup_title (PlanciaHistoryEnergies *self);

G_END_DECLS
