/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "findings/finding.h"

G_BEGIN_DECLS

/* Sentences about findings, in the program's language: for the window and the command line. Pure. */

/* "String falls behind the others" (transfer none) */
const char *plancia_finding_words_title (const PlanciaFindingRule *rule);
/* What of the rule's texts the catalogue has: any of title and look_at. (transfer none) */
const char *plancia_finding_words_text (const char *text);
/* "Fault" (transfer none) */
const char *plancia_finding_words_severity (PlanciaFindingSeverity severity);
/* "PV2 gives 61 % of what it gave beside the other strings." (transfer full) */
char *plancia_finding_words_numbers (const PlanciaFinding *finding);
/* "About 320 kWh lost, 4.1 kWh a day" (transfer full) */
char *plancia_finding_words_energy (const PlanciaFinding *finding);
/* "320 kWh" (transfer full) */
char *plancia_finding_words_short_energy (const PlanciaFinding *finding);
/* "since 12 June 2026", "from 1 May 2026 to 12 June 2026" (transfer full) */
char *plancia_finding_words_when (const PlanciaFinding *finding, GTimeZone *zone);
/* "Plancia's own rule" or the source's name. (transfer none) */
const char *plancia_finding_words_source (const PlanciaFindingRule *rule);
/* Whether the catalogue is asked for a text of the data. */
gboolean plancia_finding_words_has (const char *text);

G_END_DECLS
