/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/open-plant.h"

G_BEGIN_DECLS

/* A map was saved: every device of the plant that uses it reads it anew, and device takes it if it used from until now. What was
 * guessed stays a guess. */
void plancia_map_use_saved (PlanciaOpenPlant *plant,
                            PlanciaDevice    *device,
                            const char       *from,
                            const char       *saved);

/* How maps call the kind of a device: "heat_pump". */
const char *plancia_map_use_kind (PlanciaDevice *device);

G_END_DECLS
