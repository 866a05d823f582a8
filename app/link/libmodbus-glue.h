/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* libmodbus as a pipe for PDUs over a descriptor that somebody else opened and closes. Blocking: on a
 * worker. */
typedef struct _PlanciaModbusPipe PlanciaModbusPipe;

/* descriptor: a connected socket. libmodbus selects on it, so that it must be below 1024. */
PlanciaModbusPipe *plancia_modbus_pipe_new_tcp (int descriptor, GError **error);
/* descriptor: a serial line that is set up already. baud: to know how long a frame takes. */
PlanciaModbusPipe *plancia_modbus_pipe_new_rtu (int descriptor, guint baud, GError **error);
void               plancia_modbus_pipe_free (PlanciaModbusPipe *self);
/* Called with the bytes of each frame, as libmodbus got them; when it throws a frame away they are what
 * it had read of it. */
typedef void (*PlanciaModbusPipeTap) (gboolean      sent,
                                      const guint8 *data,
                                      gsize         length,
                                      gpointer      user_data);
void
plancia_modbus_pipe_set_tap (PlanciaModbusPipe *self, PlanciaModbusPipeTap tap, gpointer user_data);
/* surplus: whether the peer announced more than the answer. timeout: ms in all. (transfer full) */
GBytes *plancia_modbus_pipe_transact (PlanciaModbusPipe *self,
                                      guint8             unit,
                                      GBytes            *pdu,
                                      guint              timeout,
                                      gboolean          *surplus,
                                      GCancellable      *cancellable,
                                      GError           **error);
/* One more answer of a serial line, without a request. (transfer full) */
GBytes *plancia_modbus_pipe_receive (PlanciaModbusPipe *self,
                                     guint8             unit,
                                     guint              timeout,
                                     GCancellable      *cancellable,
                                     GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaModbusPipe, plancia_modbus_pipe_free)

G_END_DECLS
