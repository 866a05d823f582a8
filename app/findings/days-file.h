/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "findings/days.h"

G_BEGIN_DECLS

/* Days are read and kept in blocks of the calendar, so that a block is the same each time. */
#define PLANCIA_DAYS_BLOCK 96

typedef struct
{
  guint    begin; /* days of the sky */
  guint    end;
  guint    number; /* of the calendar */
  guint    stamp;  /* of what the source was asked for: another one means that there may be more */
  gboolean whole;  /* none of its days is missing at the begin or at the end of the sky */
  gboolean read;
} PlanciaDaysBlock;

/* All blocks of a sky. (transfer full) GArray of PlanciaDaysBlock */
GArray *plancia_days_blocks (PlanciaSky *sky);

/* Fills the blocks that are kept with the same stamp, and marks them as read. A file that is missing, damaged or of another version
 * is as none. Blocking. */
void plancia_days_file_load (const char *path, PlanciaDays *days, GArray *blocks);
/* Keeps what is whole. Blocking; that it fails is no harm. */
void plancia_days_file_save (const char *path, PlanciaDays *days, GArray *blocks);

G_END_DECLS
