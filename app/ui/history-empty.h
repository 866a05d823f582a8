/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/history-feed.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* In place of the chart: why there is nothing to see, and what to do. Its button uses the actions "history.*" of the
 * page around it. */
#define PLANCIA_TYPE_HISTORY_EMPTY (plancia_history_empty_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaHistoryEmpty, plancia_history_empty, PLANCIA, HISTORY_EMPTY, AdwBin)

GtkWidget *plancia_history_empty_new (void);
/* For any state but PLANCIA_HISTORY_SHOWN. */
void plancia_history_empty_set (PlanciaHistoryEmpty *self, PlanciaHistoryFeed *feed);

G_END_DECLS
