/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plant/snapshot.h"

G_BEGIN_DECLS

/* Snapshots in the user's language. All (transfer full). */

/* Its note, or why it was taken: "At arrival". */
char *plancia_snapshot_words_title (PlanciaSnapshot *snapshot);
/* "11 Jun 2026, 09:12 · 171 registers" */
char *plancia_snapshot_words_subtitle (PlanciaSnapshot *snapshot, GTimeZone *zone);
/* "11 Jun 2026, 09:12" */
char *plancia_snapshot_words_time (gint64 time, GTimeZone *zone);

G_END_DECLS
