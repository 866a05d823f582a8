/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include "ui/history-feed.h"
#include "ui/history-panes.h"
#include "ui/session-bin.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* The history page: a day of the session's device as a chart. Property "session" (PlanciaSession), construct only. What
 * the chart shows and the session's visible span are one. Actions, group "history": previous-day, next-day, today, fit,
 * undo-zoom, table (boolean state), fetch-again, try-again, stop. */
#define PLANCIA_TYPE_HISTORY_PAGE (plancia_history_page_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaHistoryPage,
                      plancia_history_page,
                      PLANCIA,
                      HISTORY_PAGE,
                      PlanciaSessionBin)

/* (transfer none) */
PlanciaHistoryFeed  *plancia_history_page_get_feed (PlanciaHistoryPage *self);
PlanciaChart        *plancia_history_page_get_chart (PlanciaHistoryPage *self);
PlanciaHistoryPanes *plancia_history_page_get_panes (PlanciaHistoryPage *self);

G_END_DECLS
