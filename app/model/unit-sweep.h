/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"
#include "plant/address.h"

G_BEGIN_DECLS

/* What answers on a line: one harmless read of each unit after the other, at the pace of the line. Main thread. Signals
 * "found" (PlanciaSweepUnit*) for each that answers, "changed" () when progress, running or error moved. */
#define PLANCIA_TYPE_UNIT_SWEEP (plancia_unit_sweep_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaUnitSweep, plancia_unit_sweep, PLANCIA, UNIT_SWEEP, GObject)

typedef struct
{
  int unit;
  gboolean
    damaged; /* something came, but no whole answer: perhaps two devices with the same address */
  char       *serial; /* as it was read, or NULL */
  const char *model;  /* that it answers like, or NULL */
  const char *map;    /* id of the map for that, or NULL */
} PlanciaSweepUnit;

/* address: of the line or port, or of something on it. backend: the connection that the plant has there; NULL: one of
 * the sweep's own, closed when it ends. */
PlanciaUnitSweep *plancia_unit_sweep_new (PlanciaAddress *address, PlanciaBackend *backend);
/* TRUE for a line or port on which units can be looked for; *last is where one usually stops. */
gboolean plancia_unit_sweep_is_possible (PlanciaAddress *address, int *last);
void     plancia_unit_sweep_start (PlanciaUnitSweep *self, int first, int last);
void     plancia_unit_sweep_stop (PlanciaUnitSweep *self);
gboolean plancia_unit_sweep_get_running (PlanciaUnitSweep *self);
/* Units asked, units in all, the one that is asked now (0: none). */
void plancia_unit_sweep_get_progress (PlanciaUnitSweep *self, guint *done, guint *all, int *unit);
/* ms that it will still take, as far as can be said. */
gint64 plancia_unit_sweep_get_time_left (PlanciaUnitSweep *self);
/* Why it ended before its time, or NULL. (transfer none) */
const GError *plancia_unit_sweep_get_error (PlanciaUnitSweep *self);

G_END_DECLS
