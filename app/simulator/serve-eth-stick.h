/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator/station.h"
#include "simulator/wire.h"

G_BEGIN_DECLS

/* ZSM-ETH-USB: Modbus TCP or RTU over TCP, whichever a connection begins with. */
extern const PlanciaWireProtocol plancia_eth_stick_protocol;

G_END_DECLS
