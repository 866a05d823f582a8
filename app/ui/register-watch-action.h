/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include "ui/table-copy.h"

G_BEGIN_DECLS

/* The action "watch" of the registers page: whether the register in hand is on the watch list of the plant. copy: of the
 * table of the session's device; the rest outlives it. Main thread. */
void plancia_register_watch_action_add (PlanciaTableCopy *copy,
                                        GActionMap       *map,
                                        PlanciaSession   *session);

G_END_DECLS
