/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"

G_BEGIN_DECLS

/* Which figures of a device deserve a place on the screen. Main thread. */

/* TRUE if it has the quantity, or may still get it: its map names a register for it that was not refused so far. */
gboolean plancia_device_shows_quantity (PlanciaDevice *device, PlanciaQuantity quantity);
/* The quantity, or NAN. */
double plancia_device_peek_quantity (PlanciaDevice *device, PlanciaQuantity quantity);
/* TRUE if its newest values are of now. */
gboolean plancia_device_is_live (PlanciaDevice *device);
/* Its state in the words of its map, translated; NULL if it has no state register or did not answer yet. fault: whether
 * it is one. Borrowed. */
const char *plancia_device_peek_state (PlanciaDevice *device, gboolean *fault);

G_END_DECLS
