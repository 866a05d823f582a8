/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/chart.h"
#include "ui/history-feed.h"

G_BEGIN_DECLS

/* Says why nothing is known of a stretch of time, and offers to fetch it; its button uses the actions "history.…" of the page. Main
 * thread. */
#define PLANCIA_TYPE_HISTORY_HOLE (plancia_history_hole_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaHistoryHole, plancia_history_hole, PLANCIA, HISTORY_HOLE, GtkPopover)

/* The chart's holes say why they are there and can be asked about. feed: outlives the chart. */
void plancia_history_hole_attach (PlanciaChart *chart, PlanciaHistoryFeed *feed);

G_END_DECLS
