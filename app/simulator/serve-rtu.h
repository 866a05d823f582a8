/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator/station.h"
#include "simulator/wire.h"

G_BEGIN_DECLS

/* Modbus RTU on a serial line. */
extern const PlanciaWireProtocol plancia_rtu_protocol;

/* Takes the whole frames of the wire's input; also on a TCP stream. */
void plancia_rtu_serve (PlanciaWire *wire);
/* The frame with the damage that a fault of its answer asks for. (transfer full) */
GBytes *plancia_rtu_encode_reply (const PlanciaBusReply *reply);

G_END_DECLS
