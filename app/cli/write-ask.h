/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/write-plan.h"

G_BEGIN_DECLS

/* What plancia-cli asks before it writes. steps: PlanciaWriteStep*. */

/* There is a terminal to ask on. */
gboolean plancia_write_can_ask (void);
/* Prints the question, which ends with "[y/N] ", and waits for the answer. */
gboolean plancia_write_ask_yes (const char *question);
/* Whether count settings are to be written, and then once for each risk that the steps run. FALSE: no. */
gboolean plancia_write_ask (guint count, GPtrArray *steps);
/* Words for the column of notes: "concerns the battery", or "". */
const char *plancia_write_danger_text (PlanciaDanger danger);

G_END_DECLS
