/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/raw-read.h"

/**
 * plancia_raw_read_size:
 * @map: (nullable): what is known of the device
 * @address: first register of the request
 * @left: registers that are wanted
 *
 * Returns: how many of them one request may ask for; at least 1 if @left is
 */
guint
plancia_raw_read_size (PlanciaMap *map, guint address, guint left)
{
  guint size = map != NULL ? plancia_map_get_limits (map)->max_read : PLANCIA_RAW_USUAL_READ;
  guint alignment = map != NULL ? plancia_map_get_limits (map)->alignment : 0;

  if (alignment > 0)
    size = MIN (size, alignment - address % alignment);

  return MIN (size, left);
}

/**
 * plancia_raw_read_is_forbidden:
 * @map: (nullable): what is known of the device
 * @first: (out) (optional): where the stretch begins
 * @last: (out) (optional): its last register
 *
 * Returns: whether the map says of one of these registers that it must never be read
 */
gboolean
plancia_raw_read_is_forbidden (PlanciaMap *map,
                               guint       address,
                               guint       count,
                               guint      *first,
                               guint      *last)
{
  GArray *never = map != NULL ? plancia_map_get_limits (map)->never_read : NULL;

  for (guint i = 0; never != NULL && i < never->len; i++) {
    guint32 pair = g_array_index (never, guint32, i);
    guint   begin = pair >> 16, end = pair & 0xffff;

    if (address > end || address + count <= begin)
      continue;
    if (first != NULL)
      *first = begin;
    if (last != NULL)
      *last = end;
    return TRUE;
  }

  return FALSE;
}
