/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/history-feed.h"

G_BEGIN_DECLS

/* What a device's counters counted between two moments, beside what lies under its curve. The store is asked one question at a
 * time; while a cursor is dragged only the newest wish waits. Main thread. Signal "changed" (): an answer came. */
#define PLANCIA_TYPE_CURSOR_ENERGY (plancia_cursor_energy_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaCursorEnergy, plancia_cursor_energy, PLANCIA, CURSOR_ENERGY, GObject)

/* feed: whose device and curves; what it has of another device or day is forgotten. */
PlanciaCursorEnergy *plancia_cursor_energy_new (PlanciaHistoryFeed *feed);
/* Asks, unless that is known. An empty span asks nothing. */
void plancia_cursor_energy_want (PlanciaCursorEnergy *self, PlanciaSpan span);

typedef enum {
  PLANCIA_CURSOR_ENERGY_NONE,    /* no counter counts that */
  PLANCIA_CURSOR_ENERGY_WAITING, /* the answer is on its way */
  PLANCIA_CURSOR_ENERGY_UNKNOWN, /* the counter was not read */
  PLANCIA_CURSOR_ENERGY_ROUGHLY, /* for a part of the time it was not */
  PLANCIA_CURSOR_ENERGY_KNOWN
} PlanciaCursorEnergyState;

/* series: of one of the feed's curves, or any other. value: kWh of the span wanted last, in the curve's sign. */
PlanciaCursorEnergyState
plancia_cursor_energy_get (PlanciaCursorEnergy *self, PlanciaSeries *series, double *value);

G_END_DECLS
