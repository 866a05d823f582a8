/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/chart.h"
#include "ui/history-feed.h"

G_BEGIN_DECLS

/* What lies between the two cursors of a chart, a row for each visible curve. While it is visible the chart has cursors.
 * Main thread. */
#define PLANCIA_TYPE_CURSOR_TABLE (plancia_cursor_table_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaCursorTable, plancia_cursor_table, PLANCIA, CURSOR_TABLE, GtkGrid)

GtkWidget *plancia_cursor_table_new (void);
/* Follows chart (once). */
void plancia_cursor_table_set_chart (PlanciaCursorTable *self, PlanciaChart *chart);
/* Whether actions have the toggle "cursors". */
void plancia_cursor_table_offer (PlanciaCursorTable *self, GActionMap *actions, gboolean offered);
/* Whose counters are told, too. */
void plancia_cursor_table_set_feed (PlanciaCursorTable *self, PlanciaHistoryFeed *feed);
/* Maximum and energies only. */
void plancia_cursor_table_set_narrow (PlanciaCursorTable *self, gboolean narrow);

G_END_DECLS
