/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Says over a table that its values stand still, and since when. Main thread. */
#define PLANCIA_TYPE_PAUSE_BAR (plancia_pause_bar_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaPauseBar, plancia_pause_bar, PLANCIA, PAUSE_BAR, AdwBin)

/* time: when they were stopped, ms UTC, in zone; 0: they move, and the bar is not there. action: of the button, a toggle. */
void
plancia_pause_bar_show (PlanciaPauseBar *self, gint64 time, GTimeZone *zone, const char *action);

G_END_DECLS
