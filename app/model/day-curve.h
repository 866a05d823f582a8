/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/series.h"
#include "model/open-plant.h"

G_BEGIN_DECLS

/* Today's powers of a device: what the portal has of the same serial number, and what was read while the program ran.
 * Begins anew at the plant's midnight. Main thread. Signal "changed" (). */
#define PLANCIA_TYPE_DAY_CURVE (plancia_day_curve_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaDayCurve, plancia_day_curve, PLANCIA, DAY_CURVE, GObject)

/* The curve of this device, made at the first call and kept with it; from then on it records. (transfer none) */
PlanciaDayCurve *plancia_day_curve_for (PlanciaOpenPlant *plant, PlanciaDevice *device);
/* Fetches what is missing until now, at most each ten minutes; call it whenever the curve is looked at. */
void        plancia_day_curve_load (PlanciaDayCurve *self);
PlanciaSpan plancia_day_curve_get_day (PlanciaDayCurve *self);
/* Of a power or the battery's charge, W or %; NULL for energies and ratings. (transfer none) */
PlanciaSeries *plancia_day_curve_get_series (PlanciaDayCurve *self, PlanciaQuantity quantity);
/* The last time today at which the quantity was at least limit; 0 if never. */
gint64 plancia_day_curve_last_at (PlanciaDayCurve *self, PlanciaQuantity quantity, double limit);

G_END_DECLS
