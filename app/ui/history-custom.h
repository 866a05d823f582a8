/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/span.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* A button with a popover in which a stretch of days is chosen. Its actions are the page's: history.last (int64 seconds) and
 * history.custom ((int64 start, int64 end)). Main thread. */
#define PLANCIA_TYPE_HISTORY_CUSTOM (plancia_history_custom_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaHistoryCustom, plancia_history_custom, PLANCIA, HISTORY_CUSTOM, AdwBin)

/* What the calendars begin with; zone: of the plant. */
void
plancia_history_custom_set_span (PlanciaHistoryCustom *self, PlanciaSpan span, GTimeZone *zone);

G_END_DECLS
