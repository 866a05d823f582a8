/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/discovery.h"

G_BEGIN_DECLS

/* What a search found, in words for people, translated; the same in the window and on the command line. All
 * (transfer full) unless said otherwise. */

/* "HYD 6000 ZSS HP", "Azzurro HUB", "/dev/ttyUSB0". */
char *plancia_finding_dup_title (const PlanciaFinding *self);
/* "192.168.1.42 · ZSM-WIFI-USB, logger 2712345678". */
char *plancia_finding_dup_where (const PlanciaFinding *self);
/* In a word or three: "map G3, confirmed", "1 line held", "map unknown", "not opened". */
char *plancia_finding_dup_verdict (const PlanciaFinding *self);
/* Everything that is known, a line each: serial number, framing, unit, MAC, map. */
char *plancia_finding_dup_details (const PlanciaFinding *self);
/* Of one that did not answer: what happened, and what may be done about it (NULL: nothing to say). */
char *plancia_finding_dup_reason (const PlanciaFinding *self);
char *plancia_finding_dup_advice (const PlanciaFinding *self);
/* "Trying 254 addresses…", "254 addresses in 1.6 s, 2 serial ports". */
char *plancia_discovery_dup_state (const PlanciaDiscoverySummary *summary);
/* Sentences that explain what came of it; empty if there is nothing to explain. NULL-terminated. */
char **plancia_discovery_dup_summary (const PlanciaDiscoverySummary *summary);

G_END_DECLS
