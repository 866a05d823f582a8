/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/energy-view.h"
#include "ui/history-compare.h"
#include "ui/history-feed.h"

G_BEGIN_DECLS

/* Which day, week, month, ... the history page shows, and what it is compared with: keeps the view of energies filled from the
 * store. The day itself is the feed's; of it there is one bar. Main thread. */
typedef struct _PlanciaHistoryEnergies PlanciaHistoryEnergies;

/* Both are borrowed and have to live longer. */
PlanciaHistoryEnergies              *
plancia_history_energies_new (PlanciaEnergyView *view, PlanciaHistoryFeed *feed);
void         plancia_history_energies_free (PlanciaHistoryEnergies *self);
PlanciaRange plancia_history_energies_get_range (PlanciaHistoryEnergies *self);
/* The one that holds time; of ALL and CUSTOM what is known, and what was chosen the last time. */
void
plancia_history_energies_set_range (PlanciaHistoryEnergies *self, PlanciaRange range, gint64 time);
/* Of more than a day: curves in place of bars. A day is always curves. */
void     plancia_history_energies_set_curves (PlanciaHistoryEnergies *self, gboolean curves);
gboolean plancia_history_energies_has_curves (PlanciaHistoryEnergies *self);
/* What CUSTOM is. */
void        plancia_history_energies_set_custom (PlanciaHistoryEnergies *self, PlanciaSpan span);
void        plancia_history_energies_step (PlanciaHistoryEnergies *self, int steps);
PlanciaSpan plancia_history_energies_get_span (PlanciaHistoryEnergies *self);
/* What each bar stands for. */
PlanciaPeriod plancia_history_energies_get_period (PlanciaHistoryEnergies *self);
gboolean      plancia_history_energies_is_present (PlanciaHistoryEnergies *self);
/* compare: copied. */
void                         plancia_history_energies_set_compare (PlanciaHistoryEnergies      *self,
                                                                   const PlanciaHistoryCompare *compare);
const PlanciaHistoryCompare *plancia_history_energies_get_compare (PlanciaHistoryEnergies *self);
/* The stretch that is compared with; empty: none. */
PlanciaSpan plancia_history_energies_get_other (PlanciaHistoryEnergies *self);
/* "June 2025", or the name of another device; NULL: nothing is compared. (transfer full) */
char *plancia_history_energies_dup_other_title (PlanciaHistoryEnergies *self);
/* Whose history it is compared with; NULL if there is none. (transfer full) */
PlanciaHistorySource *plancia_history_energies_find_other_source (PlanciaHistoryEnergies *self);
/* Another device, or more came into the store. plant: or NULL. */
void plancia_history_energies_reload (PlanciaHistoryEnergies *self, PlanciaOpenPlant *plant);
/* What the view shows. (transfer none) */
PlanciaEnergyFeed *plancia_history_energies_get_feed (PlanciaHistoryEnergies *self);
/* "June 2026"; NULL for a day. (transfer full) */
char *plancia_history_energies_dup_title (PlanciaHistoryEnergies *self);

G_END_DECLS
