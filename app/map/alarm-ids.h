/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/map.h"

G_BEGIN_DECLS

/* The vendor's numbers of alarms, which a cloud gives without words and which differ by family: those of a map are in the
 * tables of its fault words; the 3000SP counts its own way (its manual, revision 1.4). */

/* English words of the number, or NULL: then it is shown as a number. warning: (out): the vendor calls it so. Any
 * thread. */
const char *plancia_alarm_ids_find (PlanciaMap *map, int id, gboolean *warning);
/* TRUE for words that tell of a warning, not of a fault. */
gboolean plancia_alarm_ids_is_warning (const char *label);
/* The number of a bit of a fault word, whether it has words or not: where the table counts evenly; or 0. */
int plancia_alarm_ids_of_bit (const PlanciaField *field, guint bit);

G_END_DECLS
