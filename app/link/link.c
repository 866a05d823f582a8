/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/link.h"

#include "base/error.h"
#include "protocol/modbus-pdu.h"

G_DEFINE_INTERFACE (PlanciaLink, plancia_link, G_TYPE_OBJECT)

static void
plancia_link_default_init (PlanciaLinkInterface *iface)
{
}

/* A connection that gave an answer to something else is not to be asked again. An exception of the
 * device is an answer like any other. */
static void
close_if_malformed (PlanciaLink *self, const GError *error)
{
  if (error->domain == PLANCIA_PROTOCOL_ERROR)
    plancia_link_close (self);
}

/**
 * plancia_link_open:
 *
 * Connects, if there is no connection that can be trusted. Blocking, with the link's time limit: on
 * the worker that owns the link.
 */
gboolean
plancia_link_open (PlanciaLink *self, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (PLANCIA_IS_LINK (self), FALSE);
  return PLANCIA_LINK_GET_IFACE (self)->open (self, cancellable, error);
}

/**
 * plancia_link_transact:
 * @unit: Modbus unit
 * @pdu: a request of protocol/modbus-pdu.h
 *
 * Sends a request and waits for its answer. Blocking, with the link's time limit: on the worker that
 * owns the link. Returns: (transfer full): the PDU of a well-framed answer of the same unit, which may
 * be an exception. G_IO_ERROR for the connection, PLANCIA_PROTOCOL_ERROR for what came.
 */
GBytes *
plancia_link_transact (PlanciaLink  *self,
                       guint8        unit,
                       GBytes       *pdu,
                       GCancellable *cancellable,
                       GError      **error)
{
  g_return_val_if_fail (PLANCIA_IS_LINK (self), NULL);
  return PLANCIA_LINK_GET_IFACE (self)->transact (self, unit, pdu, cancellable, error);
}

/**
 * plancia_link_close:
 *
 * Closes the connection; the next request opens a new one. Worker of the link.
 */
void
plancia_link_close (PlanciaLink *self)
{
  g_return_if_fail (PLANCIA_IS_LINK (self));
  PLANCIA_LINK_GET_IFACE (self)->close (self);
}

/**
 * plancia_link_set_observer:
 * @observer: (nullable): called for each exchange when it has ended, and for what comes unasked
 * @user_data: for @observer; must live as long as it is set
 *
 * Worker of the link, or before its first use.
 */
void
plancia_link_set_observer (PlanciaLink *self, PlanciaLinkObserver observer, gpointer user_data)
{
  g_return_if_fail (PLANCIA_IS_LINK (self));
  if (PLANCIA_LINK_GET_IFACE (self)->set_observer != NULL)
    PLANCIA_LINK_GET_IFACE (self)->set_observer (self, observer, user_data);
}

/**
 * plancia_link_read_words:
 * @function: 3 or 4
 * @count: 1 to 125
 * @words: (out caller-allocates): room for @count
 *
 * Reads registers and checks that the answer fits the request. Worker of the link. An exception of
 * the device is a PLANCIA_MODBUS_ERROR.
 */
gboolean
plancia_link_read_words (PlanciaLink  *self,
                         guint8        unit,
                         guint8        function,
                         guint16       address,
                         guint16       count,
                         guint16      *words,
                         GCancellable *cancellable,
                         GError      **error)
{
  g_autoptr (GBytes) request = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (count >= 1 && count <= PLANCIA_MODBUS_MAX_READ, FALSE);
  request = plancia_modbus_pdu_read (function, address, count);
  answer = plancia_link_transact (self, unit, request, cancellable, error);
  if (answer == NULL)
    return FALSE;
  if (plancia_modbus_pdu_check_read (request, answer, words, &local))
    return TRUE;
  close_if_malformed (self, local);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * plancia_link_write_words:
 * @function: 16, or 6 for one word
 * @words: what to write
 * @count: 1 to 123
 *
 * Writes registers. The request leaves at most once; on an error other than PLANCIA_MODBUS_ERROR it
 * is not known whether the device took it, and only reading back can tell. Worker of the link.
 */
gboolean
plancia_link_write_words (PlanciaLink   *self,
                          guint8         unit,
                          guint8         function,
                          guint16        address,
                          const guint16 *words,
                          guint16        count,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_autoptr (GBytes) request = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (count >= 1 && count <= PLANCIA_MODBUS_MAX_WRITE, FALSE);
  g_return_val_if_fail (function != PLANCIA_MODBUS_WRITE_SINGLE || count == 1, FALSE);
  request = function == PLANCIA_MODBUS_WRITE_SINGLE
              ? plancia_modbus_pdu_write_single (address, words[0])
              : plancia_modbus_pdu_write_multiple (address, words, count);
  answer = plancia_link_transact (self, unit, request, cancellable, error);
  if (answer == NULL)
    return FALSE;
  if (plancia_modbus_pdu_check_write (request, answer, &local))
    return TRUE;
  close_if_malformed (self, local);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
