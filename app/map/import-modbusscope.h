/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/map-draft.h"

G_BEGIN_DECLS

/* Projects of ModbusScope (.mbs, JSON since its version 6) and of ModbusControl (.mbc, XML). */

/* Registers whose expression is one register, times or divided by one number. The device of the first register is the map's;
 * registers of others are left out. *unit: its slave id. PLANCIA_DOCUMENT_ERROR: no JSON, no scope. */
gboolean plancia_import_modbusscope (GBytes          *bytes,
                                     const char      *origin,
                                     PlanciaMapDraft *draft,
                                     guint8          *unit,
                                     GError         **error);
gboolean plancia_import_modbuscontrol (GBytes          *bytes,
                                       const char      *origin,
                                       PlanciaMapDraft *draft,
                                       guint8          *unit,
                                       GError         **error);

G_END_DECLS
