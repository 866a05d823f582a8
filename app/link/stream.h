/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A TCP stream with limits: what the framings of our own stand on. Blocking: on a worker. Deadlines
 * are times of plancia_clock_monotonic. */
typedef struct _PlanciaStream PlanciaStream;

PlanciaStream *plancia_stream_connect (const char   *host,
                                       guint16       port,
                                       guint         timeout,
                                       GCancellable *cancellable,
                                       GError      **error);
void           plancia_stream_free (PlanciaStream *self);
int            plancia_stream_get_fd (PlanciaStream *self);
/* All of the data. */
gboolean plancia_stream_send (PlanciaStream *self,
                              GBytes        *data,
                              gint64         deadline,
                              GCancellable  *cancellable,
                              GError       **error);
/* At least one more byte. G_IO_ERROR_CONNECTION_CLOSED, G_IO_ERROR_TIMED_OUT. */
gboolean plancia_stream_receive (PlanciaStream *self,
                                 GByteArray    *buffer,
                                 gint64         deadline,
                                 GCancellable  *cancellable,
                                 GError       **error);
/* Of a connection that was found to be gone: with a reset, or in good order. Neither when it is not gone. */
gboolean plancia_stream_was_reset (PlanciaStream *self);
gboolean plancia_stream_was_closed (PlanciaStream *self);
/* Connected, and nothing waits: the usual case before a request, found out cheaply. */
gboolean plancia_stream_is_quiet (PlanciaStream *self);
/* What waits now, without waiting; FALSE if the peer has gone. */
gboolean plancia_stream_collect (PlanciaStream *self, GByteArray *buffer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaStream, plancia_stream_free)

G_END_DECLS
