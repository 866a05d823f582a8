/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"
#include "backend/certificate.h"
#include "plant/cloud-profile.h"

G_BEGIN_DECLS

/* The engine of both clouds: asks what a profile describes, one request at a time, with a pause between two, and again
 * after a while when that may help. Made anywhere; then one worker's until it is freed, but where "any thread" stands.
 * Blocking. */
typedef struct _PlanciaCloudClient PlanciaCloudClient;

/* What goes into the headers; those that the profile does not have are NULL. Never written anywhere. */
typedef struct
{
  char *client;
  char *key;
  char *token;
} PlanciaCloudCredentials;

void plancia_cloud_credentials_clear (PlanciaCloudCredentials *self);
/* "client", "key", "token": where it is kept in the struct. */
char **plancia_cloud_credentials_get (PlanciaCloudCredentials *self, const char *name);

/* Of an answer: what the caller makes of it, or NULL and an error. */
typedef gpointer (*PlanciaCloudDecode) (const PlanciaCloudFormat *format,
                                        GBytes                   *body,
                                        guint                     status,
                                        gpointer                  data,
                                        GError                  **error);

/* Tries after the first one fails: as many as the profile has; none for what must not be sent twice. */
#define PLANCIA_CLOUD_PATIENT (-1)
#define PLANCIA_CLOUD_ONCE    0

/* source: "portal" or "system". url: instead of the profile's, or NULL. traffic: may be NULL. */
PlanciaCloudClient *plancia_cloud_client_new (const char     *account,
                                              const char     *source,
                                              const char     *url,
                                              PlanciaTraffic *traffic);
void                plancia_cloud_client_free (PlanciaCloudClient *self);
/* Called on the worker with each exchange, without secrets. (transfer none) */
typedef void (*PlanciaCloudObserver) (PlanciaExchange *exchange, gpointer data);
void plancia_cloud_client_set_observer (PlanciaCloudClient  *self,
                                        PlanciaCloudObserver observer,
                                        gpointer             data);
/* Takes the account's profile, certificate and secrets as they are kept now. */
gboolean
plancia_cloud_client_open (PlanciaCloudClient *self, GCancellable *cancellable, GError **error);
/* The same with what is given instead: nothing is looked up. pin may be NULL. */
gboolean plancia_cloud_client_open_with (PlanciaCloudClient            *self,
                                         PlanciaCloudProfile           *profile,
                                         const PlanciaCloudCredentials *credentials,
                                         const char                    *pin,
                                         GError                       **error);
/* Forgets the secrets and closes the connection. */
void     plancia_cloud_client_close (PlanciaCloudClient *self);
gboolean plancia_cloud_client_is_open (PlanciaCloudClient *self);
/* The one that counts since it was opened; before, the shipped one. (transfer none) */
const PlanciaCloudProfile *plancia_cloud_client_get_profile (PlanciaCloudClient *self);
/* ms; any thread. */
gint64 plancia_cloud_client_get_window (PlanciaCloudClient *self);

/* Sends a body to the address of a function. closing ends it too; may be NULL. What a secret occurs in is not in the error.
 * PLANCIA_CLOUD_ERROR, G_IO_ERROR, G_RESOLVER_ERROR, and what decode says. */
gpointer plancia_cloud_client_ask (PlanciaCloudClient  *self,
                                   PlanciaCloudFunction function,
                                   const char          *body,
                                   PlanciaCloudDecode   decode,
                                   gpointer             data,
                                   int                  tries,
                                   GCancellable        *closing,
                                   GCancellable        *cancellable,
                                   GError             **error);
/* Dots for the secrets in the message of an error that a caller found in an answer. */
void plancia_cloud_client_hide_secrets (PlanciaCloudClient *self, GError *error);
/* ms until it may be asked again, as it said with its last answer; 0: it did not. */
gint64 plancia_cloud_client_get_wait (PlanciaCloudClient *self);
void   plancia_cloud_client_get_quality (PlanciaCloudClient *self, PlanciaLinkQuality *out);
/* Of the server that was refused last, or NULL. (transfer none) */
const PlanciaCertificate *plancia_cloud_client_get_refused (PlanciaCloudClient *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaCloudClient, plancia_cloud_client_free)

G_END_DECLS
