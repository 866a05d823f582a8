/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/link-base.h"

#include "link/links.h"
#include "protocol/modbus-pdu.h"

/* The rules that keep a late answer from being taken for the next one, in one place:
 *
 *  - after a time-out, a malformed answer or a surplus byte the connection is dropped, and a new one
 *    is made before the next request;
 *  - what waits before a request is taken away and makes the connection suspect as well;
 *  - a request makes at most one new connection, and only a read that met a connection which the
 *    peer had closed while it was idle is sent again. A write is never sent twice. */

typedef struct
{
  gboolean connected;
  gboolean reconnect;
} PlanciaLinkBasePrivate;

static void plancia_link_base_link_init (PlanciaLinkInterface *iface);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (PlanciaLinkBase,
                                  plancia_link_base,
                                  G_TYPE_OBJECT,
                                  G_ADD_PRIVATE (PlanciaLinkBase)
                                    G_IMPLEMENT_INTERFACE (PLANCIA_TYPE_LINK,
                                                           plancia_link_base_link_init))

static PlanciaLinkBasePrivate *
get_private (PlanciaLinkBase *self)
{
  return plancia_link_base_get_instance_private (self);
}

static gboolean
ensure_connected (PlanciaLinkBase *self, GCancellable *cancellable, GError **error)
{
  PlanciaLinkBasePrivate *priv = get_private (self);

  if (!priv->connected)
    priv->connected = PLANCIA_LINK_BASE_GET_CLASS (self)->connect (self, cancellable, error);
  return priv->connected;
}

static void
drop_connection (PlanciaLinkBase *self)
{
  PlanciaLinkBasePrivate *priv = get_private (self);

  if (priv->connected)
    PLANCIA_LINK_BASE_GET_CLASS (self)->reset (self);
  priv->connected = FALSE;
}

/* Sees to it that the connection is one on which only the answer to the next request can come. */
static gboolean
prepare (PlanciaLinkBase *self, gboolean *fresh, GCancellable *cancellable, GError **error)
{
  PlanciaLinkBasePrivate *priv = get_private (self);

  *fresh = !priv->connected;
  if (priv->connected) {
    PlanciaLine line = PLANCIA_LINK_BASE_GET_CLASS (self)->settle (self);

    if (line != PLANCIA_LINE_CLEAN) {
      drop_connection (self);
      *fresh = TRUE;
    }
    if (line == PLANCIA_LINE_GONE && !priv->reconnect) {
      g_set_error_literal (error,
                           G_IO_ERROR,
                           G_IO_ERROR_CONNECTION_CLOSED,
                           "the peer closed the connection while it was idle");
      return FALSE;
    }
  }
  return ensure_connected (self, cancellable, error);
}

static GBytes *
exchange_once (PlanciaLinkBase *self,
               guint8           unit,
               GBytes          *pdu,
               GCancellable    *cancellable,
               GError         **error)
{
  gboolean surplus = FALSE;
  GBytes  *answer;

  answer =
    PLANCIA_LINK_BASE_GET_CLASS (self)->exchange (self, unit, pdu, &surplus, cancellable, error);
  if (answer == NULL || surplus)
    drop_connection (self);
  return answer;
}

static gboolean
is_read (GBytes *pdu)
{
  gsize         length;
  const guint8 *bytes = g_bytes_get_data (pdu, &length);

  return length > 0 && bytes[0] >= PLANCIA_MODBUS_READ_COILS &&
         bytes[0] <= PLANCIA_MODBUS_READ_INPUT;
}

static GBytes *
plancia_link_base_transact (PlanciaLink  *link,
                            guint8        unit,
                            GBytes       *pdu,
                            GCancellable *cancellable,
                            GError      **error)
{
  PlanciaLinkBase        *self = PLANCIA_LINK_BASE (link);
  PlanciaLinkBasePrivate *priv = get_private (self);
  g_autoptr (GError) local = NULL;
  gboolean fresh = FALSE;
  GBytes  *answer;

  if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !prepare (self, &fresh, cancellable, error))
    return NULL;
  answer = exchange_once (self, unit, pdu, cancellable, &local);
  if (answer != NULL)
    return answer;

  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED) && !fresh &&
      priv->reconnect && is_read (pdu)) {
    g_debug ("closed while idle, reading once more on a new connection");
    if (!ensure_connected (self, cancellable, error))
      return NULL;
    return exchange_once (self, unit, pdu, cancellable, error);
  }
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static gboolean
plancia_link_base_open (PlanciaLink *link, GCancellable *cancellable, GError **error)
{
  return ensure_connected (PLANCIA_LINK_BASE (link), cancellable, error);
}

static void
plancia_link_base_close (PlanciaLink *link)
{
  PlanciaLinkBase *self = PLANCIA_LINK_BASE (link);

  PLANCIA_LINK_BASE_GET_CLASS (self)->disconnect (self);
  get_private (self)->connected = FALSE;
}

static void
plancia_link_base_link_init (PlanciaLinkInterface *iface)
{
  iface->open = plancia_link_base_open;
  iface->transact = plancia_link_base_transact;
  iface->close = plancia_link_base_close;
}

static void
plancia_link_base_reset (PlanciaLinkBase *self)
{
  PLANCIA_LINK_BASE_GET_CLASS (self)->disconnect (self);
}

static void
plancia_link_base_dispose (GObject *object)
{
  plancia_link_base_close (PLANCIA_LINK (object));
  G_OBJECT_CLASS (plancia_link_base_parent_class)->dispose (object);
}

static void
plancia_link_base_class_init (PlanciaLinkBaseClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plancia_link_base_dispose;
  klass->reset = plancia_link_base_reset;
}

static void
plancia_link_base_init (PlanciaLinkBase *self)
{
  get_private (self)->reconnect = TRUE;
}

/**
 * plancia_link_set_reconnect:
 * @self: any link; those without a connection ignore it
 * @reconnect: TRUE at first
 *
 * Whether a connection that the peer closed is made again for the next request. A HUB line gives
 * itself to the newest client and closes the older one, so that two clients that reconnect would
 * throw each other out for ever: there the answer is G_IO_ERROR_CONNECTION_CLOSED once, and
 * plancia_link_open is for a person to ask for. Worker of the link, or before its first use.
 */
void
plancia_link_set_reconnect (PlanciaLink *self, gboolean reconnect)
{
  if (PLANCIA_IS_LINK_BASE (self))
    get_private (PLANCIA_LINK_BASE (self))->reconnect = reconnect;
}
