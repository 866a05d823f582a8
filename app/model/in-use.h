/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device-tree.h"

G_BEGIN_DECLS

/* The addresses of devices whose connection is not closed, and of everything on a HUB in any case, since a new connection to one of
 * its lines cuts off whoever has it. (transfer full) GPtrArray of PlanciaAddress*. Main thread. */
GPtrArray *plancia_in_use_list (PlanciaDeviceTree *tree);

G_END_DECLS
