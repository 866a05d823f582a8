/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/field-value.h"

G_BEGIN_DECLS

/* What plus and minus mean: two registers of one device may say the opposite (0x0488 counts export, 0x1187 import as positive).
 * The one place where the sign words of a map become directions. Strings are translated, constant. */

/* "import", "export", "charge" or "discharge" for a number of this field; NULL for zero and for fields without a direction. */
const char *plancia_field_sign_word (const PlanciaField *field, const PlanciaValue *value);
/* A sentence about both signs, or NULL. */
const char *plancia_field_sign_rule (const PlanciaField *field);

G_END_DECLS
