/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/cloud-past.h"
#include "backend/news.h"
#include "base/mailbox.h"

G_BEGIN_DECLS

/* The worker side of an account of a cloud: its devices ("things"), what is asked of them and when. Blocking: on the
 * worker, but for new and free. */
typedef struct _PlanciaCloudAccount PlanciaCloudAccount;

/* Of its timer, among what the worker does. */
#define PLANCIA_CLOUD_ACCOUNT_PRIORITY (G_PRIORITY_DEFAULT + 50)

/* Takes the client. name: of the account. stop ends everything for good. */
PlanciaCloudAccount *plancia_cloud_account_new (PlanciaCloudClient *client,
                                                const char         *name,
                                                GMainContext       *context,
                                                PlanciaMailbox     *news,
                                                GCancellable       *stop);
/* After the worker has stopped. */
void plancia_cloud_account_free (PlanciaCloudAccount *self);

void plancia_cloud_account_add (PlanciaCloudAccount *self, const char *device, const char *thing);
void plancia_cloud_account_remove (PlanciaCloudAccount *self, const char *device);
void plancia_cloud_account_set_polling (PlanciaCloudAccount *self, gboolean polling);
/* Where the plant stands; latitude and longitude may be NAN. */
void plancia_cloud_account_set_place (PlanciaCloudAccount *self,
                                      GTimeZone           *zone,
                                      double               latitude,
                                      double               longitude);
/* Asks for the values of every device; the epoch comes back with the states that follow. */
gboolean plancia_cloud_account_open (PlanciaCloudAccount *self,
                                     guint                epoch,
                                     GCancellable        *closing,
                                     GCancellable        *cancellable,
                                     GError             **error);
void     plancia_cloud_account_close (PlanciaCloudAccount *self, guint epoch);
/* (transfer full) */
PlanciaReadings *plancia_cloud_account_read (PlanciaCloudAccount *self,
                                             const char          *device,
                                             const char *const   *keys,
                                             GCancellable        *cancellable,
                                             GError             **error);
/* At most the profile's window. (transfer full) */
PlanciaCloudPast *plancia_cloud_account_fetch (PlanciaCloudAccount *self,
                                               const char          *device,
                                               PlanciaSpan          span,
                                               gboolean             at_once,
                                               GCancellable        *cancellable,
                                               GError             **error);
/* Any thread: news of a device. Takes alarms, which may be NULL. */
void
plancia_cloud_account_tell_alarms (PlanciaCloudAccount *self, const char *device, GArray *alarms);
/* The client, for more than that. (transfer none) */
/* What the plant kept of a device's counters; a person's answer to whether it was replaced. */
void plancia_cloud_account_set_counters (PlanciaCloudAccount *self,
                                         const char          *device,
                                         const char          *counters);
void
plancia_cloud_account_answer (PlanciaCloudAccount *self, const char *device, gboolean replaced);
PlanciaCloudClient *plancia_cloud_account_get_client (PlanciaCloudAccount *self);
/* Serial number of a device, or NULL. (transfer none) */
const char *plancia_cloud_account_get_thing (PlanciaCloudAccount *self, const char *device);

G_END_DECLS
