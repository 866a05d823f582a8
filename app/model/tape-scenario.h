/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/tape.h"

G_BEGIN_DECLS

/* A recording as a scenario of the simulator: every device that was asked for registers, on the kind of connection that it had,
 * with the words that it gave, as they changed. As fine in time as a scenario's size allows. Consoles and clouds are left
 * out. Any thread; takes long for a long one. (transfer full) PLANCIA_DOCUMENT_ERROR. */
GBytes *plancia_tape_scenario_make (PlanciaTape *tape, const char *name, GError **error);

G_END_DECLS
