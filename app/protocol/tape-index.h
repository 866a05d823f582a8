/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/tape.h"

G_BEGIN_DECLS

/* The Modbus answers on one link of a recording, to be asked for any registers at any time. Pure; immutable once made: any
 * thread. */
typedef struct _PlanciaTapeIndex PlanciaTapeIndex;

/* Keeps the tape. */
PlanciaTapeIndex *plancia_tape_index_new (PlanciaTape *tape, guint link);
void              plancia_tape_index_free (PlanciaTapeIndex *self);
/* What the device had said last at a time (us UTC) of registers, put together from all answers that have some of them; a coil
 * comes as 0 or 1. time: of the oldest part, us UTC. Otherwise the refusal or the failure that was recorded, or
 * PLANCIA_DEVICE_ERROR_NOT_IN_RECORDING. */
gboolean plancia_tape_index_read (PlanciaTapeIndex *self,
                                  gint64            at,
                                  guint8            unit,
                                  guint8            function,
                                  guint16           address,
                                  guint16           count,
                                  guint16          *words,
                                  gint64           *time,
                                  GError          **error);
/* Told of each range that was asked for with success, and each word in the newest answer until then; in no order. */
typedef void (*PlanciaTapeWordFunc) (guint8   unit,
                                     guint8   function,
                                     guint16  address,
                                     guint16  word,
                                     gint64   time,
                                     gpointer user_data);
void plancia_tape_index_foreach (PlanciaTapeIndex   *self,
                                 gint64              at,
                                 PlanciaTapeWordFunc func,
                                 gpointer            user_data);
/* Why a unit (-1: any) was silent at a time: its last exchange until then; NULL if it answered, or was not asked. */
const GError *plancia_tape_index_get_failure (PlanciaTapeIndex *self, gint64 at, int unit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaTapeIndex, plancia_tape_index_free)

G_END_DECLS
