/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/chart-link.h"
#include "ui/history-feed.h"

G_BEGIN_DECLS

/* One more device under the first on the history page: its name, its legend and its curves, of what the first shows of its own.
 * Main thread. Signal "closed" (): somebody takes it away. */
#define PLANCIA_TYPE_HISTORY_PANE (plancia_history_pane_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaHistoryPane, plancia_history_pane, PLANCIA, HISTORY_PANE, GtkBox)

/* lead: the feed of the first; outlives the pane. */
GtkWidget *plancia_history_pane_new (PlanciaHistoryFeed *lead, PlanciaDevice *device);
/* Time, source and curves become those of the first. */
void plancia_history_pane_update (PlanciaHistoryPane *self);
/* What was read here in the last seconds. */
void                plancia_history_pane_catch_up (PlanciaHistoryPane *self);
void                plancia_history_pane_set_watched (PlanciaHistoryPane *self, gboolean watched);
void                plancia_history_pane_set_narrow (PlanciaHistoryPane *self, gboolean narrow);
PlanciaDevice      *plancia_history_pane_get_device (PlanciaHistoryPane *self);
PlanciaChart       *plancia_history_pane_get_chart (PlanciaHistoryPane *self);
PlanciaHistoryFeed *plancia_history_pane_get_feed (PlanciaHistoryPane *self);
/* The table of what lies between the cursors. */
GtkWidget *plancia_history_pane_get_cursors (PlanciaHistoryPane *self);

G_END_DECLS
