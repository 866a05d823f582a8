/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator/station.h"
#include "simulator/wire.h"

G_BEGIN_DECLS

/* Modbus TCP, for HUB lines, Power Magic, PSC 100, sticks in this mode and other devices. */
extern const PlanciaWireProtocol plancia_modbus_tcp_protocol;

/* Takes the whole frames of the wire's input. */
void plancia_modbus_tcp_serve (PlanciaWire *wire);

G_END_DECLS
