/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/tape-player.h"
#include "model/open-plant.h"

G_BEGIN_DECLS

/* A recording that was just opened is gone through once, from its start to its end, so that the store (in memory) has the
 * history of the recorded time and the lists of alarms what happened in it. In small pieces on the main thread; afterwards
 * the player is at the end. The result is never an error, except G_IO_ERROR_CANCELLED. */
void     plancia_replay_pass_async (PlanciaOpenPlant   *plant,
                                    PlanciaTapePlayer  *player,
                                    GCancellable       *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer            user_data);
gboolean plancia_replay_pass_finish (GAsyncResult *result, GError **error);

G_END_DECLS
