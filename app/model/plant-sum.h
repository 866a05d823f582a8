/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"

G_BEGIN_DECLS

/* The figures of the whole plant from its devices. What does not answer is left out; an inverter that is read
 * both locally and through a portal counts once. */

/* devices: leaves, PlanciaDevice*. FALSE if none of them has the quantity. */
gboolean plancia_plant_sum (GPtrArray *devices, PlanciaQuantity quantity, double *value);

G_END_DECLS
