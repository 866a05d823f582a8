/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/forbidden-area.h"

static const struct
{
  guint16 first;
  guint16 last;
} areas[] = {
  {0x0800, 0x0A0F},
  {0x2000, 0x204F},
};

gboolean
plancia_forbidden_area_find (guint16 address, guint count, guint16 *first, guint16 *last)
{
  for (guint i = 0; i < G_N_ELEMENTS (areas); i++)
    if (address <= areas[i].last && address + count > areas[i].first) {
      if (first != NULL)
        *first = areas[i].first;
      if (last != NULL)
        *last = areas[i].last;
      return TRUE;
    }
  return FALSE;
}
