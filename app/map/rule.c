/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The checks of write blocks: "passive_battery_min <= passive_battery_max". */

#include "map/map-private.h"

static const struct
{
  const char     *sign;
  PlanciaRelation relation;
} relations[] = {
  {"<=", PLANCIA_RELATION_LESS_EQUAL   },
  {">=", PLANCIA_RELATION_GREATER_EQUAL},
  {"==", PLANCIA_RELATION_EQUAL        },
  {"!=", PLANCIA_RELATION_NOT_EQUAL    },
  {"<",  PLANCIA_RELATION_LESS         },
  {">",  PLANCIA_RELATION_GREATER      },
};

static gboolean
parse_side (const char              *text,
            const PlanciaWriteBlock *block,
            const PlanciaField     **field,
            double                  *number)
{
  char *end = NULL;

  *field = NULL;
  *number = g_ascii_strtod (text, &end);
  if (end != text && *end == '\0')
    return TRUE;

  for (guint i = 0; i < block->layout->len; i++) {
    const PlanciaLayoutItem *item = &g_array_index (block->layout, PlanciaLayoutItem, i);

    if (item->field != NULL && g_str_equal (item->field->key, text))
      *field = item->field;
  }

  return *field != NULL;
}

gboolean
plancia_rule_parse (const char *text, const PlanciaWriteBlock *block, PlanciaRule *out)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  if (g_strv_length (words) != 3)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (relations); i++)
    if (g_str_equal (words[1], relations[i].sign)) {
      out->relation = relations[i].relation;
      return parse_side (words[0], block, &out->left, &out->left_number) &&
             parse_side (words[2], block, &out->right, &out->right_number);
    }

  return FALSE;
}

gboolean
plancia_rule_holds (PlanciaRelation relation, double left, double right)
{
  switch (relation) {
  case PLANCIA_RELATION_LESS:
    return left < right;
  case PLANCIA_RELATION_LESS_EQUAL:
    return left <= right;
  case PLANCIA_RELATION_GREATER:
    return left > right;
  case PLANCIA_RELATION_GREATER_EQUAL:
    return left >= right;
  case PLANCIA_RELATION_EQUAL:
    return left == right;
  case PLANCIA_RELATION_NOT_EQUAL:
    return left != right;
  default:
    g_return_val_if_reached (FALSE);
  }
}
