/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/open-plant.h"

G_BEGIN_DECLS

/* What a cloud says of alarms of the past goes into the plant's list of alarms, as intervals. Main thread; for as long as
 * both live. */
void plancia_cloud_alarms_follow (PlanciaOpenPlant *plant, PlanciaBackend *backend);

G_END_DECLS
