/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/modbus-line.h"
#include "backend/modbus-unit.h"

G_BEGIN_DECLS

/* Reads a set of fields of one device, a request at a time. A block that is refused is asked again in
 * pieces, so that one register that the device does not have costs only itself. Worker of the line. */
typedef struct _PlanciaModbusCycle PlanciaModbusCycle;

/* fields: (element-type PlanciaField) of the unit's map. */
PlanciaModbusCycle *
plancia_modbus_cycle_new (PlanciaModbusUnit *unit, GPtrArray *fields, PlanciaTroubled troubled);
void plancia_modbus_cycle_free (PlanciaModbusCycle *self);
/* Sends one request; FALSE when there is nothing left to ask, or no use in asking. */
gboolean plancia_modbus_cycle_step (PlanciaModbusCycle *self,
                                    PlanciaModbusLine  *line,
                                    GCancellable       *cancellable);
gboolean plancia_modbus_cycle_has_more (PlanciaModbusCycle *self);
/* All steps. */
void plancia_modbus_cycle_run (PlanciaModbusCycle *self,
                               PlanciaModbusLine  *line,
                               GCancellable       *cancellable);
/* What came since the last call; NULL if nothing did. (transfer full) */
PlanciaReadings *plancia_modbus_cycle_take (PlanciaModbusCycle *self);
/* Marks the fields that were not reached, so that each that was asked for has a reading. */
void plancia_modbus_cycle_fill (PlanciaModbusCycle *self);
/* Requests that were answered with values, and with exceptions. */
guint plancia_modbus_cycle_get_good (PlanciaModbusCycle *self);
guint plancia_modbus_cycle_get_refused (PlanciaModbusCycle *self);
/* The device stopped to answer. */
/* The last request got no answer, though its fields made no such trouble before. */
gboolean plancia_modbus_cycle_is_suspect (PlanciaModbusCycle *self);
gboolean plancia_modbus_cycle_is_broken (PlanciaModbusCycle *self);
/* The last failure or exception, or NULL. (transfer none) */
const GError *plancia_modbus_cycle_get_error (PlanciaModbusCycle *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaModbusCycle, plancia_modbus_cycle_free)

G_END_DECLS
