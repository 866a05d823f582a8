/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/history-energies.h"

G_BEGIN_DECLS

/* The curves of what the shown day is compared with, laid upon it. Main thread. */
typedef struct _PlanciaHistoryOther PlanciaHistoryOther;

/* energies say what is compared; both are borrowed and have to live longer. */
PlanciaHistoryOther      *
plancia_history_other_new (PlanciaHistoryFeed *feed, PlanciaHistoryEnergies *energies);
void plancia_history_other_free (PlanciaHistoryOther *self);
/* Follows both. TRUE: there are other curves now, or none any more. */
gboolean plancia_history_other_update (PlanciaHistoryOther *self);
/* Over those that chart has, which say then by how much they differ. */
void plancia_history_other_add_to (PlanciaHistoryOther *self, PlanciaChart *chart);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaHistoryOther, plancia_history_other_free)

G_END_DECLS
