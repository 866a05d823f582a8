/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "findings/days.h"
#include "findings/finding.h"

G_BEGIN_DECLS

/* Days in, findings out: pure, any thread. */

/* All that the rules find in the devices of one plant. tracks: GPtrArray of PlanciaDays, all of this sky; the same device may come
 * from several sources: they are never mixed. (transfer full) GPtrArray of PlanciaFinding, in the order in which they are shown. */
GPtrArray *plancia_findings_judge (PlanciaFindingRules *rules, PlanciaSky *sky, GPtrArray *tracks);
/* The numbers that a judge needs; NULL-terminated, static; NULL: there is no such judge. */
const char *const *plancia_finding_judge_numbers (const char *judge);

G_END_DECLS
