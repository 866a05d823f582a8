/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/callback-body.h"
#include "backend/cloud-write.h"

G_BEGIN_DECLS

/* All writes through clouds of this run of the program, newest first: a GListModel of PlanciaCloudWrite. Knows where callbacks
 * go, whom they answer, and who can read a register back on another way. Main thread. */
#define PLANCIA_TYPE_CLOUD_WRITES (plancia_cloud_writes_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaCloudWrites, plancia_cloud_writes, PLANCIA, CLOUD_WRITES, GObject)

/* The program's. (transfer none) */
PlanciaCloudWrites *plancia_cloud_writes_get_default (void);
PlanciaCloudWrites *plancia_cloud_writes_new (void);
void                plancia_cloud_writes_add (PlanciaCloudWrites *self, PlanciaCloudWrite *write);
/* Those of an account that has gone, as far as they have ended; the others go when there are too many. */
void plancia_cloud_writes_forget (PlanciaCloudWrites *self, const char *account);
/* NULL if there is none of that id. (transfer none) */
PlanciaCloudWrite *plancia_cloud_writes_find (PlanciaCloudWrites *self, const char *id);

/* Where the cloud is to post what came of a write; NULL: nowhere, and nothing is written. */
void        plancia_cloud_writes_set_callback_url (PlanciaCloudWrites *self, const char *url);
const char *plancia_cloud_writes_get_callback_url (PlanciaCloudWrites *self);
/* ms until a write without an answer is unknown; 120 s at first. */
void  plancia_cloud_writes_set_patience (PlanciaCloudWrites *self, guint patience);
guint plancia_cloud_writes_get_patience (PlanciaCloudWrites *self);

/* What a callback body is, and whom it answers: by its id, or, if it has none, the oldest write to that thing that waits. An
 * id that is not known is never acted upon. Sets the body's fate. */
void plancia_cloud_writes_take (PlanciaCloudWrites *self, PlanciaCallbackBody *body);

/* Reads the registers of a write on another way than the cloud; ends in plancia_cloud_writes_reader_return. */
typedef void (*PlanciaCloudReader) (PlanciaCloudWrite *write, GTask *task, gpointer user_data);
void plancia_cloud_writes_set_reader (PlanciaCloudWrites *self,
                                      PlanciaCloudReader  reader,
                                      gpointer            user_data,
                                      GDestroyNotify      destroy);
/* Takes the task. words: (transfer full) GArray of guint16, as many as the write has; or NULL and an error. */
void plancia_cloud_writes_reader_return (GTask *task, GArray *words, GError *error);
/* G_IO_ERROR_NOT_SUPPORTED if nobody can. (transfer full) GArray of guint16 */
void plancia_cloud_writes_read_async (PlanciaCloudWrites *self,
                                      PlanciaCloudWrite  *write,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
GArray *
plancia_cloud_writes_read_finish (PlanciaCloudWrites *self, GAsyncResult *result, GError **error);
/* What a write that was answered, or will not be, has come to: reads it back if anybody can, and moves it on: done, failed, or
 * unknown as before. Never sends anything. */
void plancia_cloud_writes_settle_async (PlanciaCloudWrites *self,
                                        PlanciaCloudWrite  *write,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data);
/* Whether it has ended, and not as unknown. */
gboolean plancia_cloud_writes_settle_finish (PlanciaCloudWrites *self, GAsyncResult *result);

G_END_DECLS
