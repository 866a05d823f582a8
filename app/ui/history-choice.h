/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/history-feed.h"
#include "ui/history-panes.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* A button that says which source of the device's past is shown, and lets another one, several side by side, or more curves be
 * chosen. What is chosen is remembered. Main thread. */
#define PLANCIA_TYPE_HISTORY_CHOICE (plancia_history_choice_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaHistoryChoice, plancia_history_choice, PLANCIA, HISTORY_CHOICE, AdwBin)

/* Once. curves: not only sources; takes what was remembered. feed has to live longer. */
void plancia_history_choice_set_feed (PlanciaHistoryChoice *self,
                                      PlanciaHistoryFeed   *feed,
                                      gboolean              curves);
/* Without its word. */
/* Which devices stand under the first is chosen here, too; once. */
void plancia_history_choice_set_panes (PlanciaHistoryChoice *self, PlanciaHistoryPanes *panes);
void plancia_history_choice_set_narrow (PlanciaHistoryChoice *self, gboolean narrow);

G_END_DECLS
