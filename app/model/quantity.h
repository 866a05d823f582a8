/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/samples.h"
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
/* All of a quantity that samples have: appends times (gint64, ascending) and values (double). What is made of several columns is
 * there where each of them has a value. Only where samples were thinned, of two flows of which one always rests, a time at which
 * one flows is enough. */
void plancia_quantity_compute_column (PlanciaQuantity quantity,
                                      const char     *kind,
                                      PlanciaSamples *samples,
                                      GArray         *times,
                                      GArray         *values);

G_END_DECLS
