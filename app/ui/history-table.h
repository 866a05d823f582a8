/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/chart.h"

G_BEGIN_DECLS

/* What charts show as a table: a row each so many minutes, a column for each curve with values. */
#define PLANCIA_TYPE_HISTORY_TABLE (plancia_history_table_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaHistoryTable, plancia_history_table, PLANCIA, HISTORY_TABLE, GtkWidget)

GtkWidget *plancia_history_table_new (void);
/* Takes what the charts (GPtrArray of PlanciaChart, of one time) show now. names: of their devices, or NULL if there is one; zone:
 * whose clock the first column uses. */
void plancia_history_table_fill (PlanciaHistoryTable *self,
                                 GPtrArray           *charts,
                                 const char *const   *names,
                                 GTimeZone           *zone);
/* The same by hand: begin (label: what screen readers call it), then columns, then rows. */
void plancia_history_table_begin (PlanciaHistoryTable *self, const char *label);
void plancia_history_table_add_column (PlanciaHistoryTable *self, const char *title);
/* texts: one a column; a reference is taken. */
void plancia_history_table_add_row (PlanciaHistoryTable *self, GPtrArray *texts);
/* How many rows there are. */
guint plancia_history_table_get_n_rows (PlanciaHistoryTable *self);
/* The text of a cell; column 0 is the time. (transfer none), or NULL if there is no such cell. */
const char *plancia_history_table_get_text (PlanciaHistoryTable *self, guint row, guint column);

G_END_DECLS
