/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/register-row.h"

G_BEGIN_DECLS

/* What only the register model does to a row. */
PlanciaRegisterRow *plancia_register_row_new (PlanciaMap *map, const PlanciaField *field);
/* TRUE if what a view shows moved; then the row has notified. */
gboolean plancia_register_row_apply (PlanciaRegisterRow *self, const PlanciaReading *reading);
/* A value read by a write: before it, or back after it. */
gboolean
plancia_register_row_apply_words (PlanciaRegisterRow *self, const guint16 *words, gint64 time);
/* NULL unstages. TRUE if anything moved. */
gboolean plancia_register_row_set_staged (PlanciaRegisterRow *self, const PlanciaValue *value);
/* outcome belongs to outcomes, on which the row takes a reference. */
void plancia_register_row_set_outcome (PlanciaRegisterRow        *self,
                                       GPtrArray                 *outcomes,
                                       const PlanciaWriteOutcome *outcome);
/* TRUE if the device is known to have this value now, so that writing it would change nothing. */
gboolean plancia_register_row_holds (PlanciaRegisterRow *self, const PlanciaValue *value);

G_END_DECLS
