/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"
#include "protocol/tape-index.h"

G_BEGIN_DECLS

/* A connection that answers from a recording, as it did at the time that is shown: registers from the newest answers until
 * then, a console what it had said, a cloud what was understood of it. No socket, no port; nothing can be written.
 * Signal "rewound" (): a console begins anew. */
#define PLANCIA_TYPE_BACKEND_REPLAY (plancia_backend_replay_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaBackendReplay,
                      plancia_backend_replay,
                      PLANCIA,
                      BACKEND_REPLAY,
                      GObject)

/* flags: what it was when it was recorded. index: (transfer full), or NULL: the connection is not in the recording. */
PlanciaBackend *plancia_backend_replay_new (PlanciaBackendFlags flags, PlanciaTapeIndex *index);
/* Back to where nothing has been said yet. */
void plancia_backend_replay_rewind (PlanciaBackendReplay *self);
/* entries: (element-type PlanciaTapeEntry) of this connection, the next in turn. show: whether they are traffic, too. */
void plancia_backend_replay_feed (PlanciaBackendReplay *self, GPtrArray *entries, gboolean show);
/* What a console said until now, once more. */
void plancia_backend_replay_say_again (PlanciaBackendReplay *self);
/* Everything until then (us UTC) was fed: tells what is different. */
void plancia_backend_replay_settle (PlanciaBackendReplay *self, gint64 time);

G_END_DECLS
