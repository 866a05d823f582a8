/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"
#include "backend/cloud-writes.h"
#include "base/worker.h"

G_BEGIN_DECLS

/* Writes through the API of Azzurro System, request by request: recorded, sent once, answered by a callback or not, read back
 * where that is possible. Main thread, but for the post. */

/* Sends a body once and says whether the cloud took the write on; blocking, on the worker. The errors are those of
 * plancia_system_json_accepted, or of the way. */
typedef gboolean (*PlanciaSystemPost) (gpointer      data,
                                       const char   *body,
                                       GCancellable *cancellable,
                                       GError      **error);

typedef struct
{
  PlanciaWorker      *worker;
  PlanciaSystemPost   post;
  gpointer            post_data;
  GDestroyNotify      post_destroy; /* of post_data, when all has ended; or NULL */
  PlanciaCloudWrites *writes;
  const char         *account;
  const char         *command; /* of the profile, or NULL */
  const char         *thing;   /* serial number */
  const char         *device;  /* id in the plant */
  PlanciaMap         *map;
  PlanciaWriteLog    *log;
} PlanciaSystemWriterPlace;

/* As plancia_backend_write_async. G_IO_ERROR_NOT_SUPPORTED if no callback could come; the plan's errors. */
void       plancia_system_writer_run_async (const PlanciaSystemWriterPlace *place,
                                            gpointer                        source,
                                            GPtrArray                      *edits,
                                            GCancellable                   *cancellable,
                                            PlanciaWriteProgress            progress,
                                            gpointer                        progress_data,
                                            GAsyncReadyCallback             callback,
                                            gpointer                        user_data);
GPtrArray *plancia_system_writer_run_finish (GAsyncResult *result, GError **error);

G_END_DECLS
