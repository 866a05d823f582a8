/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/register-model.h"

G_BEGIN_DECLS

/* Taking back a write: the values that were there before are staged again, and reviewed as any others. Nothing is
 * written here. edits: (element-type PlanciaEdit), outcomes: (element-type PlanciaWriteOutcome) of that write, or NULL.
 * Main thread. */
gboolean plancia_review_undo_is_possible (PlanciaRegisterModel *model,
                                          GPtrArray            *edits,
                                          GPtrArray            *outcomes);
void plancia_review_undo_stage (PlanciaRegisterModel *model, GPtrArray *edits, GPtrArray *outcomes);

G_END_DECLS
