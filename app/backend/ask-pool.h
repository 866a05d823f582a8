/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/finding.h"

G_BEGIN_DECLS

/* Asks several places at the same time who they are, each on a worker. Used from one thread, which polls. */
typedef struct _PlanciaAskPool PlanciaAskPool;

/* cancellable: ends all that is asked. */
PlanciaAskPool *plancia_ask_pool_new (GCancellable *cancellable);
/* Waits for what is under way, which ends promptly when cancelled. */
void plancia_ask_pool_free (PlanciaAskPool *self);
/* Loads the maps meanwhile. */
void plancia_ask_pool_prepare (PlanciaAskPool *self);
/* Takes the finding, of kind STICK, MODBUS or HUB (with the lines whose port is open); it comes back with what answered.
 * timeout: ms a read. */
void  plancia_ask_pool_ask (PlanciaAskPool *self, PlanciaFinding *finding, guint timeout);
guint plancia_ask_pool_get_pending (PlanciaAskPool *self);
/* Readable when there is something to take. */
int plancia_ask_pool_get_fd (PlanciaAskPool *self);
/* (transfer full) (nullable) */
PlanciaFinding *plancia_ask_pool_take (PlanciaAskPool *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaAskPool, plancia_ask_pool_free)

G_END_DECLS
