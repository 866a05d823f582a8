/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "findings/finding.h"
#include "history/store.h"
#include "plant/plant.h"

G_BEGIN_DECLS

/* Whose history is judged. Plain data. */
typedef struct
{
  const char *const *devices;  /* ids in the store; NULL-terminated */
  GTimeZone         *zone;     /* of the plant */
  double             latitude; /* NAN: nobody said */
  double             longitude;
  const char *
    folder; /* where what days came to is kept, so that only new days are read the next time; NULL: nowhere */
} PlanciaFindingsQuestion;

/* Reads what the store has of the devices, some months at a time, and judges it on a worker; memory is bounded by the days. Only days that
 * are over count. Main thread. */
void plancia_findings_gather_async (PlanciaStore                  *store,
                                    const PlanciaFindingsQuestion *question,
                                    GCancellable                  *cancellable,
                                    GAsyncReadyCallback            callback,
                                    gpointer                       user_data);
/* (transfer full) GPtrArray of PlanciaFinding, in the order in which they are shown; NULL with an error. days: gets the number of days of
 * which anything is known; or NULL. */
GPtrArray *plancia_findings_gather_finish (PlanciaStore *store,
                                           GAsyncResult *result,
                                           guint        *days,
                                           GError      **error);
/* The same for all devices of a plant. */
void plancia_findings_gather_plant_async (PlanciaStore       *store,
                                          PlanciaPlant       *plant,
                                          GCancellable       *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer            user_data);
/* The usual folder for what days came to. (transfer full) */
char *plancia_findings_dup_folder (void);

G_END_DECLS
