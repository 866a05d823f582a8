/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/map.h"

G_BEGIN_DECLS

/* The requests that read a set of fields, obeying max_read, alignment, max_gap and never_read. */
typedef struct
{
  guint8     function;
  guint16    address;
  guint16    count;
  GPtrArray *fields; /* const PlanciaField*, borrowed from the map */
} PlanciaReadBlock;

/* fields: const PlanciaField*, any order. max_read and max_gap: 0 and G_MAXUINT for the map's own.
 * (transfer full) GPtrArray of PlanciaReadBlock*. */
GPtrArray *
plancia_read_plan_new (PlanciaMap *map, GPtrArray *fields, guint max_read, guint max_gap);
/* The fields with one of the polls (bit mask 1 << PlanciaPoll), optional ones if wanted.
 * (transfer container) */
GPtrArray *plancia_read_plan_select (PlanciaMap *map, guint polls, gboolean optional);
void       plancia_read_block_free (PlanciaReadBlock *self);

G_END_DECLS
