/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/samples.h"
#include "history/alarm-record.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* History on disk: one writer, knows what it covers (have or confirmed empty; never inferred from the
 * samples). SQLite on its own worker; nothing above this header knows it. Main thread. */
#define PLANCIA_TYPE_STORE (plancia_store_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaStore, plancia_store, PLANCIA, STORE, GObject)

/* path: the file, or ":memory:". Opened by the worker at the first question; a damaged file is set aside
 * with its date in the name and a new one is begun. */
PlanciaStore *plancia_store_new (const char *path);

/* One transaction: samples and the covered span. Idempotent. */
void     plancia_store_put_async (PlanciaStore       *self,
                                  PlanciaSamples     *samples,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer            user_data);
gboolean plancia_store_put_finish (PlanciaStore *self, GAsyncResult *result, GError **error);
/* keys NULL: all keys of the device in the span. */
void plancia_store_query_async (PlanciaStore       *self,
                                const char         *device,
                                const char         *source,
                                const char *const  *keys,
                                PlanciaSpan         span,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data);
PlanciaSamples *
plancia_store_query_finish (PlanciaStore *self, GAsyncResult *result, GError **error);
/* (transfer full) GArray of PlanciaSpan, sorted, joined, cut to span. */
void    plancia_store_covered_async (PlanciaStore       *self,
                                     const char         *device,
                                     const char         *source,
                                     PlanciaSpan         span,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
GArray *plancia_store_covered_finish (PlanciaStore *self, GAsyncResult *result, GError **error);
/* Alarms: PlanciaAlarmRecord*, copied; one that is there already gets its end and its words. */
void     plancia_store_put_alarms_async (PlanciaStore       *self,
                                         GPtrArray          *records,
                                         GAsyncReadyCallback callback,
                                         gpointer            user_data);
gboolean plancia_store_put_alarms_finish (PlanciaStore *self, GAsyncResult *result, GError **error);
/* Of these devices, open ones and then the newest first, at most limit of each. (transfer full) GPtrArray of
 * PlanciaAlarmRecord*. */
void plancia_store_list_alarms_async (PlanciaStore       *self,
                                      const char *const  *devices,
                                      guint               limit,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
GPtrArray *
plancia_store_list_alarms_finish (PlanciaStore *self, GAsyncResult *result, GError **error);
/* Finishes what is queued, then closes the file; at most a second. */
void plancia_store_close (PlanciaStore *self);

G_END_DECLS
