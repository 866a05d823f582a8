/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/field-value.h"

/**
 * plancia_value_clear:
 *
 * Frees the text; the value is then %PLANCIA_VALUE_NONE.
 */
void
plancia_value_clear (PlanciaValue *self)
{
  g_free (self->text);
  *self = (PlanciaValue){.kind = PLANCIA_VALUE_NONE};
}

/**
 * plancia_value_copy:
 * @out: (out caller-allocates): not initialised, or cleared before
 */
void
plancia_value_copy (const PlanciaValue *self, PlanciaValue *out)
{
  *out = *self;
  out->text = g_strdup (self->text);
}

/**
 * plancia_value_equal:
 *
 * Returns: whether both say the same, to a person: numbers compare after scaling, and beyond what a
 * double can tell apart by the raw number
 */
gboolean
plancia_value_equal (const PlanciaValue *a, const PlanciaValue *b)
{
  const double exact = 9007199254740992.0; /* 2^53 */

  if (a->kind != b->kind)
    return FALSE;

  switch (a->kind) {
  case PLANCIA_VALUE_NUMBER:
    if (a->number != b->number)
      return FALSE;
    return (a->number < exact && a->number > -exact) || a->integer == b->integer;
  case PLANCIA_VALUE_TEXT:
    return g_strcmp0 (a->text, b->text) == 0;
  case PLANCIA_VALUE_BITS:
    return a->integer == b->integer;
  case PLANCIA_VALUE_NONE:
  default:
    return TRUE;
  }
}
