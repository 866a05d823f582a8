/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/map.h"

G_BEGIN_DECLS

/* Reading registers without their meaning, in requests that the device takes. map may be NULL. Any thread. */

/* Every device of the vendor answers this many registers in one request; a map may say more or less. */
#define PLANCIA_RAW_USUAL_READ 60

/* Registers that one request may take from address on, at most left. */
guint plancia_raw_read_size (PlanciaMap *map, guint address, guint left);
/* Whether a range touches what the map says must never be read: the first such stretch, as the map has it. */
gboolean plancia_raw_read_is_forbidden (PlanciaMap *map,
                                        guint       address,
                                        guint       count,
                                        guint      *first,
                                        guint      *last);

G_END_DECLS
