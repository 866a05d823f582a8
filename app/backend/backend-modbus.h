/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"
#include "backend/modbus-line.h"

G_BEGIN_DECLS

/* Devices behind one link: a stick, a HUB line, a serial port, a panel. */
#define PLANCIA_TYPE_BACKEND_MODBUS (plancia_backend_modbus_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaBackendModbus,
                      plancia_backend_modbus,
                      PLANCIA,
                      BACKEND_MODBUS,
                      GObject)

/* Takes the link; opens nothing. Main thread. */
PlanciaBackend *plancia_backend_modbus_new (PlanciaLink *link, const PlanciaModbusRoute *route);

G_END_DECLS
