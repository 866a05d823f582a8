/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/store-sqlite.h"
#include "history/store.h"

G_BEGIN_DECLS

/* How the parts of the store ask its file; for the sources of the store alone. */

/* One kind of question, on the worker; NULL and an error if it failed. It may be asked twice. */
typedef gpointer (*PlanciaStoreAsk) (PlanciaStoreSqlite *file,
                                     gpointer            question,
                                     GCancellable       *cancellable,
                                     GError            **error);

/* Queues it; takes question. The task returns the answer as a pointer. */
void plancia_store_run (PlanciaStore       *self,
                        PlanciaStoreAsk     func,
                        gpointer            question,
                        GDestroyNotify      free_question,
                        GDestroyNotify      free_answer,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data);
/* The answer of a question that is only done or not, and its end. */
gpointer plancia_store_done (gboolean good);
gboolean plancia_store_finish_done (PlanciaStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
