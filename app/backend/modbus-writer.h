/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/modbus-poller.h"

G_BEGIN_DECLS

/* A person's write, on the worker: see backend.h for the steps. */

/* What is to be written, apart from the map's own objects: they live on the main thread as well, but
 * the device may have got another map. */
typedef struct
{
  char        *key;
  PlanciaValue value;
  PlanciaEdit *raw; /* of no map; or NULL */
} PlanciaModbusEdit;

/* edits: (element-type PlanciaEdit). (transfer full) (element-type PlanciaModbusEdit) */
GPtrArray *plancia_modbus_edits_copy (GPtrArray *edits);

/* Blocking. cancellable is looked at between two steps only. (transfer full) (element-type
 * PlanciaWriteOutcome), or NULL when the plan was refused. */
GPtrArray *plancia_modbus_write (PlanciaModbusPoller *poller,
                                 const char          *device,
                                 GPtrArray           *edits,
                                 PlanciaWriteLog     *log,
                                 PlanciaProgress     *progress,
                                 GCancellable        *cancellable,
                                 GError             **error);

G_END_DECLS
