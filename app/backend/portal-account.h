/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/news.h"
#include "backend/traffic.h"
#include "base/mailbox.h"

G_BEGIN_DECLS

/* The worker side of an account of the Azzurro Portal: its credentials, its devices ("things"), what is
 * asked and when. Blocking: on the worker, but for new and free. */
typedef struct _PlanciaPortalAccount PlanciaPortalAccount;

/* url: NULL for the vendor's. stop ends everything for good. */
PlanciaPortalAccount *plancia_portal_account_new (const char     *account,
                                                  const char     *url,
                                                  GMainContext   *context,
                                                  PlanciaMailbox *news,
                                                  PlanciaTraffic *traffic,
                                                  GCancellable   *stop);
/* After the worker has stopped. */
void plancia_portal_account_free (PlanciaPortalAccount *self);

void plancia_portal_account_add (PlanciaPortalAccount *self, const char *device, const char *thing);
void plancia_portal_account_remove (PlanciaPortalAccount *self, const char *device);
void plancia_portal_account_set_polling (PlanciaPortalAccount *self, gboolean polling);
/* Asks for the values of every device; the epoch comes back with the states that follow. */
gboolean plancia_portal_account_open (PlanciaPortalAccount *self,
                                      guint                 epoch,
                                      GCancellable         *closing,
                                      GCancellable         *cancellable,
                                      GError              **error);
void     plancia_portal_account_close (PlanciaPortalAccount *self, guint epoch);
/* (transfer full) */
PlanciaReadings *plancia_portal_account_read (PlanciaPortalAccount *self,
                                              const char           *device,
                                              const char *const    *keys,
                                              GCancellable         *cancellable,
                                              GError              **error);
/* (transfer full) */
PlanciaSamples *plancia_portal_account_fetch (PlanciaPortalAccount *self,
                                              const char           *device,
                                              PlanciaSpan           span,
                                              GCancellable         *cancellable,
                                              GError              **error);

/* The longest span of one fetch, ms: the vendor's specification 1.8. */
#define PLANCIA_PORTAL_WINDOW PLANCIA_DAY

G_END_DECLS
