/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/cloud-client.h"
#include "backend/system-writer.h"

G_BEGIN_DECLS

/* How the writes of an account leave: by its client, on its worker, once. */
typedef struct
{
  PlanciaCloudClient *client;  /* borrowed: lives as long as the worker runs */
  PlanciaWorker      *worker;  /* borrowed */
  GCancellable       *closing; /* borrowed; NULL: the account is not open */
  const char         *account;
  const char         *thing; /* serial number; NULL: it has none */
  const char         *device;
  PlanciaMap         *map; /* or NULL */
} PlanciaCloudWay;

/* As plancia_backend_write_async. G_IO_ERROR_NOT_CONNECTED if it is not open, G_IO_ERROR_NOT_FOUND without a serial number. */
void plancia_cloud_way_write_async (const PlanciaCloudWay *way,
                                    gpointer               source,
                                    GPtrArray             *edits,
                                    PlanciaWriteLog       *log,
                                    GCancellable          *cancellable,
                                    PlanciaWriteProgress   progress,
                                    gpointer               progress_data,
                                    GAsyncReadyCallback    callback,
                                    gpointer               user_data);

G_END_DECLS
