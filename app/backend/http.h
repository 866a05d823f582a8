/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* POST requests with limits. The server's certificate has to be right. Made, used and freed on one
 * worker; blocking. */
typedef struct _PlanciaHttp PlanciaHttp;

PlanciaHttp *plancia_http_new (void);
void         plancia_http_free (PlanciaHttp *self);
/* headers: names and values in turn, NULL at the end. limit: ms for everything. The answer whatever its
 * status, which is in *status. G_IO_ERROR, G_RESOLVER_ERROR, G_TLS_ERROR; PLANCIA_CLOUD_ERROR_BAD_ANSWER
 * for one that is too long. (transfer full) */
GBytes *plancia_http_post_json (PlanciaHttp       *self,
                                const char        *url,
                                const char *const *headers,
                                const char        *body,
                                guint              limit,
                                guint             *status,
                                GCancellable      *cancellable,
                                GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaHttp, plancia_http_free)

G_END_DECLS
