/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/cursor-table.h"
#include "ui/history-pane.h"

G_BEGIN_DECLS

/* The devices under the first on the history page, on one time axis with it. Which they are is remembered. Main thread. Signal
 * "changed" (): one came or went. */
#define PLANCIA_TYPE_HISTORY_PANES (plancia_history_panes_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaHistoryPanes, plancia_history_panes, PLANCIA, HISTORY_PANES, GtkBox)

/* Once. All are of the same page. */
void plancia_history_panes_set_lead (PlanciaHistoryPanes *self,
                                     PlanciaHistoryFeed  *feed,
                                     PlanciaChart        *chart,
                                     PlanciaCursorTable  *cursors);
/* GPtrArray of PlanciaDevice: those of the plant that there are to choose among. */
void plancia_history_panes_offer (PlanciaHistoryPanes *self, GPtrArray *devices);
/* (transfer none) GPtrArray of PlanciaDevice. */
GPtrArray *plancia_history_panes_get_offered (PlanciaHistoryPanes *self);
gboolean   plancia_history_panes_has (PlanciaHistoryPanes *self, PlanciaDevice *device);
void
plancia_history_panes_choose (PlanciaHistoryPanes *self, PlanciaDevice *device, gboolean chosen);
guint               plancia_history_panes_get_n (PlanciaHistoryPanes *self);
PlanciaHistoryPane *plancia_history_panes_get (PlanciaHistoryPanes *self, guint index);
/* After anything of the first changed. */
void plancia_history_panes_update (PlanciaHistoryPanes *self);
void plancia_history_panes_catch_up (PlanciaHistoryPanes *self);
void plancia_history_panes_set_watched (PlanciaHistoryPanes *self, gboolean watched);
void plancia_history_panes_set_narrow (PlanciaHistoryPanes *self, gboolean narrow);
/* Before the page goes. */
void plancia_history_panes_clear (PlanciaHistoryPanes *self);

G_END_DECLS
