/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "commission/visit.h"
#include "model/open-plant.h"

G_BEGIN_DECLS

/* The commissionings of an open plant, one a device: kept in a folder beside the plant file ("PLANT.commissioning"), saved
 * after each change on a worker. Main thread. */
#define PLANCIA_TYPE_VISITS (plancia_visits_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaVisits, plancia_visits, PLANCIA, VISITS, GObject)

/* Those of this plant, made at the first call and kept with it. (transfer none) */
PlanciaVisits *plancia_visits_for (PlanciaOpenPlant *plant);
/* NULL, as at first: they are kept only while the plant is open. */
void plancia_visits_set_plant_path (PlanciaVisits *self, const char *path);
/* "…/plant.json" gives "…/plant.commissioning". (transfer full) */
char *plancia_visits_dup_folder (const char *plant_path);
/* The one of a device: from its file, or a new one. (transfer full) */
void          plancia_visits_get_async (PlanciaVisits      *self,
                                        PlanciaDevice      *device,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data);
PlanciaVisit *plancia_visits_get_finish (PlanciaVisits *self, GAsyncResult *result, GError **error);
/* The one that is there is put aside under its date; the next get begins a new one. */
void plancia_visits_restart (PlanciaVisits *self, PlanciaVisit *visit);
/* Saves what waits; calls back when it is on disk. */
void
plancia_visits_flush_async (PlanciaVisits *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean plancia_visits_flush_finish (PlanciaVisits *self, GAsyncResult *result, GError **error);

G_END_DECLS
