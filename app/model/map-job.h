/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/worker.h"
#include "map/map.h"

G_BEGIN_DECLS

/* Loading a register map for a device on a worker. The task's data, for its callback. */
typedef struct
{
  char *device;
  char *map;      /* id; NULL: none, it is to be detected */
  char *evidence; /* of a detection, or NULL */
} PlanciaMapJob;

/* The callback gets a GTask of source with the PlanciaMap (transfer full; NULL if map is), and the job as its data. */
void plancia_map_job_run (PlanciaWorker      *worker,
                          gpointer            source,
                          const char         *device,
                          const char         *map,
                          const char         *evidence,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data);

G_END_DECLS
