/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"
#include "ui/date-button.h"
#include "ui/history-custom.h"
#include "ui/history-range.h"

G_BEGIN_DECLS

/* The tool bar of the history: which time, how much of it, and what is done with it. Its buttons use the actions "history.…" of the
 * page. Main thread. */
#define PLANCIA_TYPE_HISTORY_BAR (plancia_history_bar_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaHistoryBar, plancia_history_bar, PLANCIA, HISTORY_BAR, GtkBox)

PlanciaDateButton *plancia_history_bar_get_date (PlanciaHistoryBar *self); /* (transfer none) */
/* Where there is no room the ranges are one button with a menu, whose label is the range. */
void plancia_history_bar_set_range (PlanciaHistoryBar *self, PlanciaRange range);
/* (transfer none) */
PlanciaHistoryCustom *plancia_history_bar_get_custom (PlanciaHistoryBar *self);
/* GPtrArray of PlanciaDevice: what may be compared with. */
void plancia_history_bar_set_devices (PlanciaHistoryBar *self, GPtrArray *devices);

/* The files of plants to compare with; NULL-terminated. */
void plancia_history_bar_set_plants (PlanciaHistoryBar *self, const char *const *paths);

G_END_DECLS
