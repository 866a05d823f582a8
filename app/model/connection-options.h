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

G_END_DECLS
