/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/watch-row.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The columns of the watch list: device, name, value, unit, raw, address, age. Cells follow their PlanciaWatchRow; rows are
 * dragged by their first two cells. Main thread.
 * Signal "dropped" (PlanciaWatchRow*, PlanciaWatchRow *before): a row is to stand before another. */
#define PLANCIA_TYPE_WATCH_COLUMNS (plancia_watch_columns_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaWatchColumns, plancia_watch_columns, PLANCIA, WATCH_COLUMNS, GObject)

/* Appends the columns to view, which must outlive this object or end with it. */
PlanciaWatchColumns *plancia_watch_columns_new (GtkColumnView *view);
/* narrow: there is room for a few only. scale: height of the text, at least 1. */
void plancia_watch_columns_arrange (PlanciaWatchColumns *self, gboolean narrow, double scale);

G_END_DECLS
