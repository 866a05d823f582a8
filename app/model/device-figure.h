/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"

G_BEGIN_DECLS

/* The figure in the tree, as it is now. (transfer full) */
char *plancia_device_figure (PlanciaDevice *self);

/* Where it is, in short: a host, or a port without its folder; NULL for the whole plant. (transfer full) */
char *plancia_device_place (PlanciaDevice *self);

G_END_DECLS
