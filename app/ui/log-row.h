/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/log-item.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One line of the log: how bad, when, who, what. */
#define PLANCIA_TYPE_LOG_ROW (plancia_log_row_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaLogRow, plancia_log_row, PLANCIA, LOG_ROW, GtkBox)

/* NULL: none. */
void plancia_log_row_set_item (PlanciaLogRow *self, PlanciaLogItem *item);

G_END_DECLS
