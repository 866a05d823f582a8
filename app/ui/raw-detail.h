/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/raw-row.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* All forms of one raw register under each other, where there is no room for a table of them. The button
 * back has the action "raw.list" of the one who shows it. Main thread. */
#define PLANCIA_TYPE_RAW_DETAIL (plancia_raw_detail_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaRawDetail, plancia_raw_detail, PLANCIA, RAW_DETAIL, AdwBin)

/* Follows the row (or nothing: NULL). */
void plancia_raw_detail_set_row (PlanciaRawDetail *self, PlanciaRawRow *row);

G_END_DECLS
