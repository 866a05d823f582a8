/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/mailbox.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* What listens for callbacks: POST and JSON only, on one secret path, 64 KiB and ten seconds at most; whatever else comes is
 * turned away or cut. Made, used and freed on one worker. */
typedef struct _PlanciaCallbackServer PlanciaCallbackServer;

/* A body that came, for the mailbox. */
typedef struct
{
  gint64  time; /* ms UTC */
  GBytes *body;
  char   *peer; /* IP address, or NULL */
} PlanciaCallbackArrival;

void plancia_callback_arrival_free (PlanciaCallbackArrival *self);

/* How long a request may take until it is whole, ms. */
#define PLANCIA_CALLBACK_REQUEST_LIMIT 10000

/* address: IPv4 or IPv6; port 0: a free one. secret: last part of the path. arrivals: PlanciaCallbackArrival. */
PlanciaCallbackServer *plancia_callback_server_new (const char     *address,
                                                    guint16         port,
                                                    const char     *secret,
                                                    PlanciaMailbox *arrivals,
                                                    GError        **error);
void                   plancia_callback_server_free (PlanciaCallbackServer *self);
guint16                plancia_callback_server_get_port (PlanciaCallbackServer *self);
/* For tests: another limit than the above. */
void plancia_callback_server_set_limit (PlanciaCallbackServer *self, guint limit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaCallbackServer, plancia_callback_server_free)

G_END_DECLS
