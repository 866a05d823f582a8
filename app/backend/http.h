/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/certificate.h"

G_BEGIN_DECLS

/* POST requests with limits. The server's certificate has to be one that an authority vouches for, or, where a person has
 * trusted one, exactly that. Made, used and freed on one worker; blocking. */
typedef struct _PlanciaHttp PlanciaHttp;

/* What an answer says beside its body. */
typedef struct
{
  guint  status;
  gint64 retry_after; /* ms for which it asks to wait; -1: it does not */
} PlanciaHttpReply;

/* connect_limit: s to be connected, with the handshake. pin: fingerprint of the one trusted certificate, or NULL. */
PlanciaHttp *plancia_http_new (guint connect_limit, const char *pin);
void         plancia_http_free (PlanciaHttp *self);
/* The next request goes over a connection of its own: nothing can send it twice. */
void plancia_http_begin_anew (PlanciaHttp *self);
/* headers: names and values in turn, NULL at the end. limit: ms for everything. The answer whatever its
 * status. G_IO_ERROR, G_RESOLVER_ERROR; PLANCIA_CLOUD_ERROR_CERTIFICATE, _CERTIFICATE_CHANGED, and _TOO_LARGE for an answer
 * that is too long. (transfer full) */
GBytes *plancia_http_post_json (PlanciaHttp       *self,
                                const char        *url,
                                const char *const *headers,
                                const char        *body,
                                guint              limit,
                                PlanciaHttpReply  *reply,
                                GCancellable      *cancellable,
                                GError           **error);
/* Of the server that was refused last, or NULL. (transfer none) */
const PlanciaCertificate *plancia_http_get_refused (PlanciaHttp *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaHttp, plancia_http_free)

G_END_DECLS
