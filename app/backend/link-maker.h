/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/modbus-line.h"
#include "plant/address.h"

G_BEGIN_DECLS

/* The link and the manners of a route with registers. NULL and PLANCIA_DOCUMENT_ERROR for an address
 * of another kind, or a HUB without its line. Opens nothing. (transfer full) */
PlanciaLink *
plancia_link_maker_make (PlanciaAddress *address, PlanciaModbusRoute *route, GError **error);

G_END_DECLS
