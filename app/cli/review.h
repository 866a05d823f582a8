/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"

G_BEGIN_DECLS

/* What a write shows: before it is sent, and after. edits are PlanciaEdit*. */

/* Old -> new, raw words, block, for people. before: what was just read. (transfer full), or NULL with the error of the
 * write plan. */
char *
plancia_review_text (PlanciaMap *map, GPtrArray *edits, PlanciaReadings *before, GError **error);
/* For --dry-run --json: nothing is sent, so each verdict is "skipped". (transfer full) */
char *plancia_review_json (GPtrArray *edits, PlanciaReadings *before);

/* outcomes: PlanciaWriteOutcome*, in the order of edits. (transfer full) */
char *plancia_outcome_text (GPtrArray *edits, GPtrArray *outcomes);
char *plancia_outcome_json (GPtrArray *edits, GPtrArray *outcomes);

G_END_DECLS
