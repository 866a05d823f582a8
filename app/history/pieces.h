/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/samples.h"

G_BEGIN_DECLS

/* How a span of history is asked for: in pieces of at most a window, cut by the clock. Pure. */

/* What of span is past and not covered (NULL: nothing is), in order of time: taken from the end the newest comes first. (transfer
 * full) GArray of PlanciaSpan. window: ms; 0 or less: no pieces. */
GArray *plancia_pieces_find (PlanciaSpan span, GArray *covered, gint64 window, gint64 now);
/* An answer as the store is to have it: under these names, covering what is certain and never today's open end. (transfer full) */
PlanciaSamples *plancia_pieces_for_store (PlanciaSamples *samples,
                                          const char     *device,
                                          const char     *source,
                                          gint64          now);
/* What of an answer is certain to be all, and what may have been left out (rest; empty: nothing). (transfer full) */
PlanciaSamples *plancia_pieces_cut (PlanciaSamples *samples, PlanciaSpan *rest);
/* Whether a shorter question may help: the range was refused or the answer took too long. */
gboolean plancia_pieces_may_halve (const GError *error);
/* Adds both halves of piece in its place at the end, the newer one last. FALSE if it is too short. */
gboolean plancia_pieces_halve (GArray *pieces, PlanciaSpan piece);
/* Takes the last one, cut by window if it is longer. */
PlanciaSpan plancia_pieces_take (GArray *pieces, gint64 window);

G_END_DECLS
