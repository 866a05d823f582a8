/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/open-plant.h"

G_BEGIN_DECLS

/* What is set of a connection: framing, pause, time limit, form of a serial line. They stand in the address of
 * everything that hangs on it. Main thread. */

/* Gives everything on the device's connection the options of an address and connects anew. FALSE if they were the same. */
gboolean plancia_connection_options_apply (PlanciaOpenPlant *plant,
                                           PlanciaDevice    *device,
                                           PlanciaAddress   *like);

/* A serial port was set up so while it was open: the addresses say so from now on, the connection stays. FALSE if they said so
 * already. */
gboolean plancia_connection_options_keep_serial (PlanciaOpenPlant            *plant,
                                                 PlanciaDevice               *device,
                                                 const PlanciaSerialSettings *settings);
/* The console is on another port from now on, set up as before; whoever wants it opens it. FALSE if it was there already or the
 * path cannot be one. */
gboolean plancia_connection_options_take_port (PlanciaOpenPlant *plant,
                                               PlanciaDevice    *device,
                                               const char       *path);

G_END_DECLS
