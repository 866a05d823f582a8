/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"

G_BEGIN_DECLS

/* Which registers and cloud fields make a normalised quantity, and with which sign: the one place in
 * which the opposite signs of the sources are put right. Pure. */

/* Gives the number of a key; FALSE if there is none. */
typedef gboolean (*PlanciaQuantityLookup) (gpointer user_data, const char *key, double *value);

/* kind: as plancia_entry_get_kind. */
gboolean plancia_quantity_compute (PlanciaQuantity       quantity,
                                   const char           *kind,
                                   PlanciaQuantityLookup lookup,
                                   gpointer              user_data,
                                   double               *value);
/* TRUE if a map's key or a cloud's field of that name takes part in the quantity for that kind. */
gboolean plancia_quantity_uses (PlanciaQuantity quantity, const char *kind, const char *key);

G_END_DECLS
