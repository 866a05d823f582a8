/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator/bank.h"

G_BEGIN_DECLS

/* The part of a bank that moves: quantities into registers, the clock, the alarms. */
void plancia_bank_live_init (PlanciaBank *self, const PlanciaBankConfig *config);
void plancia_bank_live_clear (PlanciaBank *self);
/* Brings all live registers up to now, ms UTC. */
void plancia_bank_live_refresh (PlanciaBank *self, gint64 now);
/* What a write to [first, end) does beyond being stored. */
void plancia_bank_live_written (PlanciaBank *self, gint64 now, guint first, guint end);
/* How far the device's clock is ahead at now, ms: it drifts. */
gint64 plancia_bank_live_clock_offset (PlanciaBank *self, gint64 now);

G_END_DECLS
