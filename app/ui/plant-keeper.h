/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/tape-player.h"
#include "model/session.h"
#include "ui/demo-plant.h"

G_BEGIN_DECLS

/* Keeps the plant that is open: loads it from its file or starts the demo, gives it to the session, saves it when it
 * changes, closes it. Files are read and written on a worker. Main thread.
 *
 * Properties that notify: "busy" (gboolean: something is being opened), "path" (the file, NULL for the demo plant and
 * for none). Signal "failed" (const char *heading, GError *error): what could not be done; what was open stays so.
 * "parcel" (const char *path): a plant in one file (parcel/parcel.h) is to be opened, which takes questions. */
#define PLANCIA_TYPE_PLANT_KEEPER (plancia_plant_keeper_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaPlantKeeper, plancia_plant_keeper, PLANCIA, PLANT_KEEPER, GObject)

PlanciaPlantKeeper *plancia_plant_keeper_new (PlanciaSession *session);
gboolean            plancia_plant_keeper_get_busy (PlanciaPlantKeeper *self);
const char         *plancia_plant_keeper_get_path (PlanciaPlantKeeper *self); /* or NULL */
PlanciaDemoPlant   *plancia_plant_keeper_get_demo (PlanciaPlantKeeper *self); /* or NULL */
/* What plays the recording that is open, or NULL. */
PlanciaTapePlayer *plancia_plant_keeper_get_player (PlanciaPlantKeeper *self);

/* Opens what the settings say was open at the last end: the demo, a file, nothing. */
void plancia_plant_keeper_restore (PlanciaPlantKeeper *self);
void plancia_plant_keeper_open_demo (PlanciaPlantKeeper *self);
void plancia_plant_keeper_open_file (PlanciaPlantKeeper *self, const char *path);
/* A new, empty plant in a new file of the user's data folder. */
void plancia_plant_keeper_begin (PlanciaPlantKeeper *self, const char *name);
/* From now on the plant lives in this file. */
void plancia_plant_keeper_save_as (PlanciaPlantKeeper *self, const char *path);
/* The document changed in a way that the open plant does not know, such as a name. */
void plancia_plant_keeper_changed (PlanciaPlantKeeper *self);
/* Back to nothing. */
void plancia_plant_keeper_close (PlanciaPlantKeeper *self);
/* Calls back when nothing of the plant is on its way to a file any more; close: after it was closed. */
void plancia_plant_keeper_settle_async (PlanciaPlantKeeper *self,
                                        gboolean            close,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data);
/* Saves what is not saved, closes everything; calls back within a second and a half. */
void plancia_plant_keeper_shut_down_async (PlanciaPlantKeeper *self,
                                           GAsyncReadyCallback callback,
                                           gpointer            user_data);
void plancia_plant_keeper_shut_down_finish (PlanciaPlantKeeper *self, GAsyncResult *result);

G_END_DECLS
