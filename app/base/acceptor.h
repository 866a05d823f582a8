/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Takes the connections that come to a listening socket, for a server of libsoup: that of version 3.2 keeps the descriptor
 * of each connection that it accepted by itself until the program ends, so that some hundred clients later nobody gets in.
 * Give what comes to soup_server_accept_iostream. Used on one thread, in its thread-default context. */
typedef struct _PlanciaAcceptor PlanciaAcceptor;

/* stream: ready to be read; a TLS connection has shaken hands. */
typedef void (*PlanciaAcceptorFunc) (GIOStream      *stream,
                                     GSocketAddress *local,
                                     GSocketAddress *remote,
                                     gpointer        user_data);

PlanciaAcceptor *plancia_acceptor_new (GSocketAddress     *address,
                                       PlanciaAcceptorFunc func,
                                       gpointer            user_data,
                                       GError            **error);
/* Nobody gets in any more; func is not called again. */
void plancia_acceptor_free (PlanciaAcceptor *self);
/* Of connections to come; NULL, as at first: they are plain. */
void plancia_acceptor_set_certificate (PlanciaAcceptor *self, GTlsCertificate *certificate);
/* The socket of a connection that is still open, by the address of its remote end, which must be the one that func got: a
 * server may have no other way to it. (transfer full) (nullable) */
GSocket *plancia_acceptor_dup_socket (GSocketAddress *remote);
/* Where it listens. */
guint16 plancia_acceptor_get_port (PlanciaAcceptor *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaAcceptor, plancia_acceptor_free)

G_END_DECLS
