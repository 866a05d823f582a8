/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/day-curve.h"
#include "ui/power-flow-reading.h"

G_BEGIN_DECLS

/* What the power flow shows of one device. (transfer full), plancia_flow_reading_free. curve: tells since when the sun
 * is down; or NULL. zone: of the plant. Main thread. */
PlanciaFlowReading *
plancia_device_flow_read (PlanciaDevice *device, PlanciaDayCurve *curve, GTimeZone *zone);
/* TRUE if it has at least two nodes, so that something can flow. */
gboolean plancia_device_flow_makes_sense (PlanciaDevice *device);

G_END_DECLS
