/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/shown-table.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A table on the screen: a row a time, a column a quantity. */
#define PLANCIA_TYPE_HISTORY_TABLE (plancia_history_table_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaHistoryTable, plancia_history_table, PLANCIA, HISTORY_TABLE, GtkWidget)

GtkWidget *plancia_history_table_new (void);
/* first: above its first column; label: what screen readers call it. */
void plancia_history_table_show (PlanciaHistoryTable *self,
                                 PlanciaShownTable   *shown,
                                 const char          *first,
                                 const char          *label);
/* How many rows there are. */
guint plancia_history_table_get_n_rows (PlanciaHistoryTable *self);
/* The text of a cell; column 0 is the time. (transfer none), or NULL if there is no such cell. */
const char *plancia_history_table_get_text (PlanciaHistoryTable *self, guint row, guint column);

G_END_DECLS
