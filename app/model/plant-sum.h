/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"

G_BEGIN_DECLS

/* The figures of the whole plant from its devices. What does not answer is left out; an inverter that is read
 * both locally and through a portal counts once. */

/* devices: leaves, PlanciaDevice*. FALSE if none of them has the quantity. */
gboolean plancia_plant_sum (GPtrArray *devices, PlanciaQuantity quantity, double *value);
/* Which of them are in that sum. (transfer full) GPtrArray of PlanciaDevice. */
GPtrArray *plancia_plant_sum_list_counted (GPtrArray *devices, PlanciaQuantity quantity);
/* Which would count if they answered. (transfer full) GPtrArray of PlanciaDevice. */
GPtrArray *plancia_plant_sum_list_silent (GPtrArray *devices);

G_END_DECLS
