/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/day-curve.h"
#include "ui/mini-curve.h"

G_BEGIN_DECLS

/* Shows today of a device in a mini curve: what suits its kind, with a sentence for people who do not see it. day may be
 * NULL: nothing is known. zone: of the plant. Main thread. */
void plancia_device_curve_show (PlanciaMiniCurve *curve,
                                PlanciaDevice    *device,
                                PlanciaDayCurve  *day,
                                GTimeZone        *zone);

G_END_DECLS
