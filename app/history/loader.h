/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"
#include "history/store.h"

G_BEGIN_DECLS

/* Brings a span of a device's history to the screen: what the store has at once, then the missing pieces from
 * the backend, split by its window, newest first, one at a time, each put into the store with its coverage
 * (never today's open end). What the store has of a span that is long and full comes thinned
 * (plancia_samples_get_width). Main thread. */
#define PLANCIA_TYPE_LOADER (plancia_loader_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaLoader, plancia_loader, PLANCIA, LOADER, GObject)

/* Signals:
 *   "samples"  (PlanciaSamples*)            a piece to show: from the store first, then each fetched one
 *   "changed"  ()                           progress, coverage, error or running moved
 */
PlanciaLoader *plancia_loader_new (PlanciaStore *store);
/* backend NULL: from the store alone. Stops a load in course. device is the store's and backend's id. */
void     plancia_loader_load (PlanciaLoader  *self,
                              PlanciaBackend *backend,
                              const char     *device,
                              const char     *source,
                              PlanciaSpan     span,
                              gboolean        again);
void     plancia_loader_stop (PlanciaLoader *self);
gboolean plancia_loader_get_running (PlanciaLoader *self);
/* Pieces done, pieces of this load in all (0: nothing was missing). */
void plancia_loader_get_progress (PlanciaLoader *self, guint *done, guint *all);
/* Why the last piece failed, or NULL. (transfer none) */
const GError *plancia_loader_get_error (PlanciaLoader *self);
/* What is covered of the span now. GArray of PlanciaSpan, (transfer none). */
GArray *plancia_loader_get_covered (PlanciaLoader *self);

G_END_DECLS
