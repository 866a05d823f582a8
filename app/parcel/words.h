/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "parcel/parcel.h"

G_BEGIN_DECLS

/* What is in a plant file, what comes of it, and what is left out: in the language of the program. Any thread. All (transfer
 * full). */

/* "3 snapshots"; n of them. */
char *plancia_parcel_words_count (PlanciaParcelKind kind, guint n);
/* The history: "January 2026 to June 2026"; "June 2026". */
char *plancia_parcel_words_months (PlanciaSpan span);
/* "12,345 values, January 2026 to June 2026" */
char *plancia_parcel_words_history (gint64 samples, PlanciaSpan span);
/* One sentence: what it is about, and what is the matter. */
char *plancia_parcel_words_trouble (const PlanciaParcelTrouble *trouble);
/* What a list of new things says: "2 new snapshots", or NULL if there is nothing of the kind. */
char *plancia_parcel_words_added (PlanciaParcelKind kind, const PlanciaParcelResult *result);

G_END_DECLS
