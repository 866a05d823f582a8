/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "commission/visit.h"
#include "model/open-plant.h"

G_BEGIN_DECLS

/* Evidence of one step, by itself: registers, the connection, a snapshot, alarms. Nothing is written. Main thread. */

/* Whether this device can be commissioned: it has registers. */
gboolean plancia_gather_is_possible (PlanciaDevice *device);
/* Reads what the step wants, has it judged and gives it to the visit. G_IO_ERROR_NOT_CONNECTED if the device is not there;
 * an error is noted in the visit too. */
void     plancia_gather_async (PlanciaOpenPlant   *plant,
                               PlanciaDevice      *device,
                               PlanciaVisit       *visit,
                               guint               step,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data);
gboolean plancia_gather_finish (GAsyncResult *result, GError **error);

G_END_DECLS
