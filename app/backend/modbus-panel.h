/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/modbus-poller.h"

G_BEGIN_DECLS

/* Before an inverter behind a PSC 100 is polled or written: whether the panel takes its model. TRUE on every
 * other route, and from the second time on. FALSE and PLANCIA_DEVICE_ERROR_NOT_COMPATIBLE, or an error of the
 * line. Blocking: on the worker. */
gboolean plancia_modbus_panel_check (PlanciaModbusPoller *poller,
                                     PlanciaModbusUnit   *unit,
                                     GCancellable        *cancellable,
                                     GError             **error);

G_END_DECLS
