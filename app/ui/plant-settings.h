/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/open-plant.h"

G_BEGIN_DECLS

/* The open plant follows the settings of the program for as long as it lives: starred registers have a history, and what is
 * recorded is kept as long as the preferences say. Main thread. */
void plancia_plant_settings_follow (PlanciaOpenPlant *open);

G_END_DECLS
