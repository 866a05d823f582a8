/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/modbus-unit.h"

G_BEGIN_DECLS

/* Which fields of a device are due when. interval: ms between two polls of the fast ones. Worker of the line. */

/* Bits 1 << PlanciaPoll of what is due now, which is then due again later. */
guint plancia_modbus_schedule_take (PlanciaModbusUnit *unit, guint interval, gint64 now);
/* What became due while a cycle ran is not made up for: how many polls that were. */
guint plancia_modbus_schedule_skip (PlanciaModbusUnit *unit, guint interval);

G_END_DECLS
