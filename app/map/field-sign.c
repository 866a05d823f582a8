/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/field-sign.h"

#include <glib/gi18n.h>

/* What a positive number means. */
typedef enum {
  DIRECTION_NONE,
  DIRECTION_IMPORT,
  DIRECTION_EXPORT,
  DIRECTION_CHARGE,
} Direction;

static const struct
{
  const char *begin; /* of the map's words */
  Direction   positive;
} conventions[] = {
  {"Positive: import", DIRECTION_IMPORT},
  {"Import positive",  DIRECTION_IMPORT},
  {"Positive: export", DIRECTION_EXPORT},
  {"Positive: charge", DIRECTION_CHARGE},
};

static Direction
direction_of (const PlanciaField *field)
{
  for (guint i = 0; field->sign != NULL && i < G_N_ELEMENTS (conventions); i++)
    if (g_str_has_prefix (field->sign, conventions[i].begin))
      return conventions[i].positive;
  return DIRECTION_NONE;
}

/**
 * plancia_field_sign_word:
 *
 * Any thread.
 */
const char *
plancia_field_sign_word (const PlanciaField *field, const PlanciaValue *value)
{
  Direction direction = direction_of (field);
  gboolean  positive = value->number > 0;

  if (direction == DIRECTION_NONE || value->kind != PLANCIA_VALUE_NUMBER || value->number == 0)
    return NULL;
  if (direction == DIRECTION_CHARGE)
    return positive ? C_ ("direction", "charge") : C_ ("direction", "discharge");
  return positive == (direction == DIRECTION_IMPORT)       ? C_ ("direction", "import")
                                                           : C_ ("direction", "export");
}

const char *
plancia_field_sign_rule (const PlanciaField *field)
{
  switch (direction_of (field)) {
  case DIRECTION_IMPORT:
    return _ ("positive is import, negative export");
  case DIRECTION_EXPORT:
    return _ ("positive is export, negative import");
  case DIRECTION_CHARGE:
    return _ ("positive is charge, negative discharge");
  case DIRECTION_NONE:
  default:
    return NULL;
  }
}
