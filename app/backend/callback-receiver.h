/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/cloud-writes.h"

G_BEGIN_DECLS

/* The callback service of the program: what listens (off until it is started), what came, and where the cloud is to be sent. A
 * GListModel of PlanciaCallbackBody, newest first. On its own worker; main thread from outside. */
#define PLANCIA_TYPE_CALLBACK_RECEIVER (plancia_callback_receiver_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaCallbackReceiver,
                      plancia_callback_receiver,
                      PLANCIA,
                      CALLBACK_RECEIVER,
                      GObject)

typedef enum {
  PLANCIA_RECEIVER_OFF,
  PLANCIA_RECEIVER_STARTING,
  PLANCIA_RECEIVER_LISTENING,
  PLANCIA_RECEIVER_FAILED,
} PlanciaReceiverState;

/* What a callback to ourselves came to; an error is NULL if it arrived. */
typedef struct
{
  GError  *loopback;
  gboolean has_public; /* there is a public address to try */
  GError  *public_;
} PlanciaReceiverTest;

void plancia_receiver_test_free (PlanciaReceiverTest *self);

/* In the user's folder of data. (transfer full) */
char *plancia_callback_receiver_default_path (void);
/* writes: which the callbacks answer. file: where every body is kept with its time; NULL: nowhere. */
PlanciaCallbackReceiver *
plancia_callback_receiver_new (PlanciaCloudWrites *writes, const char *file);
/* Ends the worker. */
void plancia_callback_receiver_close (PlanciaCallbackReceiver *self);

/* address: "127.0.0.1" for this computer alone; port 0: a free one. Restarts what runs. Makes the secret part of the path (128
 * bits from the kernel) the first time, and keeps it in the Secret Service. */
void
plancia_callback_receiver_start (PlanciaCallbackReceiver *self, const char *address, guint16 port);
void plancia_callback_receiver_stop (PlanciaCallbackReceiver *self);
/* Another secret; the old path answers nobody from then on. */
void plancia_callback_receiver_renew (PlanciaCallbackReceiver *self);
/* Nobody is to answer any more: it stops, and its secret is forgotten, also by the Secret Service. */
void plancia_callback_receiver_forget (PlanciaCallbackReceiver *self);
/* Where the user's proxy takes it up, such as "https://gate.example:8443/"; NULL or "": nowhere. */
void plancia_callback_receiver_set_public_url (PlanciaCallbackReceiver *self, const char *url);

PlanciaReceiverState plancia_callback_receiver_get_state (PlanciaCallbackReceiver *self);
/* Why it failed. (transfer none) */
const GError *plancia_callback_receiver_get_error (PlanciaCallbackReceiver *self);
guint16       plancia_callback_receiver_get_port (PlanciaCallbackReceiver *self);
/* FALSE: no Secret Service keeps the path, so that it is another one after the next start. */
gboolean plancia_callback_receiver_keeps_path (PlanciaCallbackReceiver *self);
/* With the secret path; NULL while there is none. (transfer full) */
char *plancia_callback_receiver_dup_public_url (PlanciaCallbackReceiver *self);
char *plancia_callback_receiver_dup_loopback_url (PlanciaCallbackReceiver *self);
/* ms UTC at which the last body came over the network; 0: never. */
gint64 plancia_callback_receiver_get_last_call (PlanciaCallbackReceiver *self);

/* A body that a person has from elsewhere. (transfer none) */
PlanciaCallbackBody *plancia_callback_receiver_take (PlanciaCallbackReceiver *self, GBytes *body);

/* Sends itself a callback over loopback and over the public address. G_IO_ERROR_NOT_CONNECTED while it does not listen.
 * (transfer full) */
void                 plancia_callback_receiver_test_async (PlanciaCallbackReceiver *self,
                                                           GCancellable            *cancellable,
                                                           GAsyncReadyCallback      callback,
                                                           gpointer                 user_data);
PlanciaReceiverTest *plancia_callback_receiver_test_finish (PlanciaCallbackReceiver *self,
                                                            GAsyncResult            *result,
                                                            GError                 **error);
/* Signal "changed" (): state, addresses, or what the last call was. */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaReceiverTest, plancia_receiver_test_free)

G_END_DECLS
