/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/worker.h"
#include "plant/plant.h"

G_BEGIN_DECLS

/* Saves the plant as it is now, on the worker; the callback gets a GTask of source with a boolean. Main thread. */
void plancia_plant_saver_run (PlanciaWorker      *worker,
                              gpointer            source,
                              const char         *path,
                              PlanciaPlant       *plant,
                              GAsyncReadyCallback callback);
/* A file of the program's in the user's data folder. (transfer full) */
char *plancia_plant_saver_dup_data_path (const char *name);
/* There, for a plant, with a name that no file has. (transfer full) */
char *plancia_plant_saver_dup_new_path (void);

G_END_DECLS
