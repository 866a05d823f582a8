/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/open-plant.h"

G_BEGIN_DECLS

/* The same device reached without the cloud: the one with the serial number of a cloud's thing that has registers and is
 * connected; NULL if there is none. (transfer none) */
PlanciaDevice *plancia_cloud_read_back_find (PlanciaOpenPlant *plant, const char *thing);
/* From now on what is written through a cloud is read back on such a device of this plant; NULL: of none. */
void plancia_cloud_read_back_use (PlanciaOpenPlant *plant);

G_END_DECLS
