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
/* About the past of a device from one source, with what the asker needs besides. */
typedef struct
{
  char         *device;
  char         *source;
  PlanciaSpan   span;
  char        **keys;    /* or NULL */
  guint         buckets; /* 0: all samples */
  gint64        whole;   /* up to so many come as they are */
  GTimeZone    *zone;    /* or NULL */
  GArray       *spans;   /* PlanciaSpan, or NULL */
  PlanciaCover *cover;   /* or NULL */
} PlanciaStoreQuestion;

/* Copies. (transfer full) */
PlanciaStoreQuestion *
plancia_store_question_new (const char *device, const char *source, PlanciaSpan span);
/* plancia_store_run() with it; takes question. */
void plancia_store_question_run (PlanciaStore         *self,
                                 PlanciaStoreAsk       func,
                                 PlanciaStoreQuestion *question,
                                 GDestroyNotify        free_answer,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
/* The answer of a question that is only done or not, and its end. */
gpointer plancia_store_done (gboolean good);
gboolean plancia_store_finish_done (PlanciaStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
