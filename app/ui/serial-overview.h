/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Overview of a device on a serial port: what stands in the way of opening it and how to put that right, the port, and
 * for the CONNEXT the warning of two supplies. Main thread. */
#define PLANCIA_TYPE_SERIAL_OVERVIEW (plancia_serial_overview_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaSerialOverview,
                      plancia_serial_overview,
                      PLANCIA,
                      SERIAL_OVERVIEW,
                      AdwBin)

/* device: one with a serial address, a CONNEXT or on RS485. */
GtkWidget *plancia_serial_overview_new (PlanciaSession *session, PlanciaDevice *device);
/* TRUE while it explains a problem itself, so that a banner need not. */
gboolean plancia_serial_overview_explains (PlanciaSerialOverview *self);

G_END_DECLS
