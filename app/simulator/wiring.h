/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator/faults.h"
#include "simulator/quantities.h"

G_BEGIN_DECLS

/* What the current sensors of a device show: a load that somebody switches on, and then the sensors as they are wired. Pure. */

/* TRUE for the faults of sensors. */
gboolean plancia_wiring_is_one (PlanciaFault fault);
/* load: W on each phase, on top of what the house takes. The grid gives it: the inverter does not follow. time: ms.
 * quantities: PLANCIA_N_QUANTITIES, changed. */
void plancia_wiring_apply (PlanciaFault  fault,
                           const double *load,
                           guint         phases,
                           gint64        time,
                           double       *quantities);
/* Then what a device's own settings turn round. */
void plancia_wiring_turn (const gboolean *turned, guint phases, double *quantities);

G_END_DECLS
