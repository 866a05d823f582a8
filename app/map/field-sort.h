/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/map.h"

G_BEGIN_DECLS

/* What a register is for, told from its map: for comparing and restoring. */
typedef enum {
  PLANCIA_SORT_SETTING,  /* what a person sets, or could if it were allowed */
  PLANCIA_SORT_IDENTITY, /* serial, versions, what was built in */
  PLANCIA_SORT_READING,  /* moves by itself */
  PLANCIA_SORT_COUNTER,  /* only grows, or is reset by the day */
} PlanciaFieldSort;

/* Settings that are not copied from one moment or device to another unless a person says so. */
typedef enum {
  PLANCIA_KEEP_NONE = 0, /* may be copied */
  PLANCIA_KEEP_SERIAL = 1 << 0,
  PLANCIA_KEEP_ADDRESS = 1 << 1, /* bus, line speed, place among several */
  PLANCIA_KEEP_CALIBRATION = 1 << 2,
  PLANCIA_KEEP_GRID_CODE = 1 << 3, /* never written at all, as serial numbers are not */
  PLANCIA_KEEP_CLOCK = 1 << 4,
  PLANCIA_KEEP_SWITCH = 1 << 5,  /* on and off: stops the production */
  PLANCIA_KEEP_COMMAND = 1 << 6, /* starts something when it is written: sent with its block only */
} PlanciaFieldKeep;

PlanciaFieldSort plancia_field_sort (const PlanciaField *field);
PlanciaFieldKeep plancia_field_keep (PlanciaMap *map, const PlanciaField *field);

G_END_DECLS
