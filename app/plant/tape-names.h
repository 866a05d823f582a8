/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What files a recording has. */
#define PLANCIA_TAPE_PLANT "plant.json"
#define PLANCIA_TAPE_MAPS  "maps/" /* before the map's id and ".json" */
