/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/history-source.h"

G_BEGIN_DECLS

/* Another plant to compare with: its file is read on a worker, its past is in the same archive. Main thread. Signal "changed" (): it
 * came, or could not be read. */
#define PLANCIA_TYPE_HISTORY_PLANT (plancia_history_plant_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaHistoryPlant, plancia_history_plant, PLANCIA, HISTORY_PLANT, GObject)

PlanciaHistoryPlant *plancia_history_plant_new (void);
/* NULL: none. The same again is not read again, unless it could not be read. */
void plancia_history_plant_set_path (PlanciaHistoryPlant *self, const char *path);
/* All its devices together; NULL while it is not there. (transfer none) */
const PlanciaHistorySource *plancia_history_plant_get_source (PlanciaHistoryPlant *self);
/* Its name; until it is known, its file's. (transfer none), or NULL. */
const char   *plancia_history_plant_get_name (PlanciaHistoryPlant *self);
const GError *plancia_history_plant_get_error (PlanciaHistoryPlant *self); /* or NULL */

G_END_DECLS
