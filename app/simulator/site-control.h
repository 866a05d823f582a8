/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator/site.h"

G_BEGIN_DECLS

/* What the settings of its inverter make of a site: pure functions over a moment of it. */

/* Turns the flows that would be into those that the settings let be. */
void plancia_site_control_apply (const PlanciaSiteControl *control,
                                 const PlanciaSiteConfig  *config,
                                 PlanciaSiteState         *state);

G_END_DECLS
