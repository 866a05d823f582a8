/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/register-model.h"

G_BEGIN_DECLS

/* The registers with which a device's clock is set: one write block of year, month, day, hour, minute, second. They
 * are only ever changed together. Main thread. */
typedef enum {
  PLANCIA_CLOCK_YEAR, /* two digits */
  PLANCIA_CLOCK_MONTH,
  PLANCIA_CLOCK_DAY,
  PLANCIA_CLOCK_HOUR,
  PLANCIA_CLOCK_MINUTE,
  PLANCIA_CLOCK_SECOND,
  PLANCIA_CLOCK_N_PARTS,
} PlanciaClockPart;

/* TRUE if field is one of them. */
gboolean plancia_clock_block_contains (PlanciaMap *map, const PlanciaField *field);
/* FALSE if the map has no such block. parts: PLANCIA_CLOCK_N_PARTS fields. */
gboolean plancia_clock_block_find (PlanciaMap *map, const PlanciaField **parts);
/* Stages all parts. from_computer: the time is taken again when it is sent. */
gboolean plancia_clock_block_stage (PlanciaRegisterModel *model,
                                    GDateTime            *time,
                                    gboolean              from_computer,
                                    GError              **error);
/* Before sending: if the staged time is the computer's, stages the present one. */
void     plancia_clock_block_refresh (PlanciaRegisterModel *model);
gboolean plancia_clock_block_is_from_computer (PlanciaRegisterModel *model);
/* Now, in the local time zone, from the program's clock. (transfer full) */
GDateTime *plancia_clock_block_now (void);

G_END_DECLS
