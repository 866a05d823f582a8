/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator/station.h"
#include "simulator/wire.h"

G_BEGIN_DECLS

/* ZVM-CONNEXT: a text terminal. Lines end in CR, LF or both. */
extern const PlanciaWireProtocol plancia_connext_protocol;

G_END_DECLS
