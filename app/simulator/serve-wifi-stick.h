/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator/station.h"
#include "simulator/wire.h"

G_BEGIN_DECLS

/* ZSM-WIFI-USB: Solarman V5 around Modbus RTU. */
extern const PlanciaWireProtocol plancia_wifi_stick_protocol;

/* More clients than a logger takes at a time are closed at once. */
#define PLANCIA_WIFI_STICK_CLIENTS 5

G_END_DECLS
