/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/exchange.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* Carries one Modbus PDU out and one back. Blocking: on a worker. Every call has a limit and honours
 * its cancellable promptly. After any time-out or malformed answer the link closes its connection and
 * opens a new one before the next request, so that a late answer is never taken for the next one. */
#define PLANCIA_TYPE_LINK (plancia_link_get_type ())
G_DECLARE_INTERFACE (PlanciaLink, plancia_link, PLANCIA, LINK, GObject)

/* Gets each exchange, on the worker of the link. Takes it. */
typedef void (*PlanciaLinkObserver) (PlanciaExchange *exchange, gpointer user_data);

struct _PlanciaLinkInterface
{
  GTypeInterface parent;

  gboolean (*open) (PlanciaLink *self, GCancellable *cancellable, GError **error);
  GBytes *(*transact) (PlanciaLink  *self,
                       guint8        unit,
                       GBytes       *pdu,
                       GCancellable *cancellable,
                       GError      **error);
  void (*close) (PlanciaLink *self);
  void (*set_observer) (PlanciaLink *self, PlanciaLinkObserver observer, gpointer user_data);
};

gboolean plancia_link_open (PlanciaLink *self, GCancellable *cancellable, GError **error);
/* pdu: a request of protocol/modbus-pdu.h. The answer is well framed and of the right unit; whether
 * it answers the request is for plancia_modbus_pdu_check_* to say. Opens the connection if needed.
 * G_IO_ERROR_TIMED_OUT, G_IO_ERROR_CONNECTION_CLOSED, PLANCIA_PROTOCOL_ERROR. (transfer full) */
GBytes *plancia_link_transact (PlanciaLink  *self,
                               guint8        unit,
                               GBytes       *pdu,
                               GCancellable *cancellable,
                               GError      **error);
void    plancia_link_close (PlanciaLink *self);
/* observer NULL: nobody listens any more. A link without a wire (a transcript) has nothing to tell. */
void
plancia_link_set_observer (PlanciaLink *self, PlanciaLinkObserver observer, gpointer user_data);

/* Reads and writes on top of transact, with the answer checked. words: count of them. */
gboolean plancia_link_read_words (PlanciaLink  *self,
                                  guint8        unit,
                                  guint8        function,
                                  guint16       address,
                                  guint16       count,
                                  guint16      *words,
                                  GCancellable *cancellable,
                                  GError      **error);
/* function 16, or 6 for one word. Sends once. */
gboolean plancia_link_write_words (PlanciaLink   *self,
                                   guint8         unit,
                                   guint8         function,
                                   guint16        address,
                                   const guint16 *words,
                                   guint16        count,
                                   GCancellable  *cancellable,
                                   GError       **error);

G_END_DECLS
