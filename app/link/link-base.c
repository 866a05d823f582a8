/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/link-base.h"

#include "base/clock.h"
#include "link/link-shared.h"
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

  PlanciaLinkEnd end; /* of the connection before this one */

  PlanciaLinkObserver observer; /* NULL: nobody listens */
  gpointer            observer_data;
  PlanciaWire         wire;
  char               *peer;      /* a GRefString */
  GByteArray         *wire_sent; /* of the exchange under way, while somebody listens */
  GByteArray         *wire_received;
  gint64              wire_time;  /* us UTC */
  gint64              wire_start; /* us, monotonic */
  guint8              wire_unit;
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
drop_connection (PlanciaLinkBase *self, gboolean idle)
{
  PlanciaLinkBasePrivate *priv = get_private (self);
  PlanciaLinkBaseClass   *klass = PLANCIA_LINK_BASE_GET_CLASS (self);

  if (priv->connected) {
    priv->end = klass->find_end != NULL ? klass->find_end (self) : PLANCIA_LINK_END_UNKNOWN;
    if (idle && priv->end == PLANCIA_LINK_END_CLOSED)
      priv->end = PLANCIA_LINK_END_CLOSED_IDLE;
  }
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
      drop_connection (self, TRUE);
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

/* --- telling what was on the wire ------------------------------------------------------------- */

static void
begin_exchange (PlanciaLinkBasePrivate *priv, guint8 unit)
{
  g_byte_array_set_size (priv->wire_sent, 0);
  g_byte_array_set_size (priv->wire_received, 0);
  priv->wire_unit = unit;
}

static void
tell_exchange (PlanciaLinkBasePrivate *priv, PlanciaExchangeVerdict verdict, const GError *error)
{
  PlanciaExchangeParts parts = {
    .time = priv->wire_time,
    .unit = priv->wire_unit,
    .wire = priv->wire,
    .verdict = verdict,
    .peer = priv->peer,
    .error = error,
    .sent = priv->wire_sent->data,
    .n_sent = priv->wire_sent->len,
    .received = priv->wire_received->data,
    .n_received = priv->wire_received->len,
  };

  /* What did not leave was not on the wire. */
  if (parts.n_sent == 0)
    return;
  parts.duration = (guint32) MIN (g_get_monotonic_time () - priv->wire_start, G_MAXUINT32);
  priv->observer (plancia_exchange_new (&parts), priv->observer_data);
}

static void
end_exchange (PlanciaLinkBasePrivate *priv, GBytes *pdu, GBytes *answer, const GError *error)
{
  tell_exchange (priv,
                 plancia_exchange_judge (priv->wire,
                                         priv->wire_unit,
                                         pdu,
                                         answer,
                                         priv->wire_received->data,
                                         priv->wire_received->len,
                                         error),
                 error);
  begin_exchange (priv, priv->wire_unit);
}

static GBytes *
observed_exchange (PlanciaLinkBase *self,
                   guint8           unit,
                   GBytes          *pdu,
                   gboolean        *surplus,
                   GCancellable    *cancellable,
                   GError         **error)
{
  PlanciaLinkBasePrivate *priv = get_private (self);
  g_autoptr (GError) local = NULL;
  GBytes *answer;

  begin_exchange (priv, unit);
  answer =
    PLANCIA_LINK_BASE_GET_CLASS (self)->exchange (self, unit, pdu, surplus, cancellable, &local);
  end_exchange (priv, pdu, answer, local);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return answer;
}

/* --- exchanges ------------------------------------------------------------------------------- */

static GBytes *
exchange_once (PlanciaLinkBase *self,
               guint8           unit,
               GBytes          *pdu,
               GCancellable    *cancellable,
               GError         **error)
{
  gboolean surplus = FALSE;
  GBytes  *answer;

  if (get_private (self)->observer != NULL)
    answer = observed_exchange (self, unit, pdu, &surplus, cancellable, error);
  else
    answer =
      PLANCIA_LINK_BASE_GET_CLASS (self)->exchange (self, unit, pdu, &surplus, cancellable, error);
  if (answer == NULL || surplus)
    drop_connection (self, FALSE);
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
plancia_link_base_set_observer (PlanciaLink *link, PlanciaLinkObserver observer, gpointer user_data)
{
  PlanciaLinkBasePrivate *priv = get_private (PLANCIA_LINK_BASE (link));

  priv->observer = observer;
  priv->observer_data = user_data;
}

static void
plancia_link_base_link_init (PlanciaLinkInterface *iface)
{
  iface->open = plancia_link_base_open;
  iface->transact = plancia_link_base_transact;
  iface->close = plancia_link_base_close;
  iface->set_observer = plancia_link_base_set_observer;
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
plancia_link_base_finalize (GObject *object)
{
  PlanciaLinkBasePrivate *priv = get_private (PLANCIA_LINK_BASE (object));

  g_byte_array_unref (priv->wire_sent);
  g_byte_array_unref (priv->wire_received);
  g_ref_string_release (priv->peer);
  G_OBJECT_CLASS (plancia_link_base_parent_class)->finalize (object);
}

static void
plancia_link_base_class_init (PlanciaLinkBaseClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plancia_link_base_dispose;
  G_OBJECT_CLASS (klass)->finalize = plancia_link_base_finalize;
  klass->reset = plancia_link_base_reset;
}

static void
plancia_link_base_init (PlanciaLinkBase *self)
{
  PlanciaLinkBasePrivate *priv = get_private (self);

  priv->reconnect = TRUE;
  priv->peer = g_ref_string_new ("");
  priv->wire_sent = g_byte_array_new ();
  priv->wire_received = g_byte_array_new ();
}

/**
 * plancia_link_base_set_wire:
 * @wire: how frames look
 * @peer: (transfer full): a GRefString, see PlanciaExchange
 *
 * For subclasses, when they are made.
 */
void
plancia_link_base_set_wire (PlanciaLinkBase *self, PlanciaWire wire, char *peer)
{
  PlanciaLinkBasePrivate *priv = get_private (self);

  priv->wire = wire;
  g_ref_string_release (priv->peer);
  priv->peer = peer;
}

/**
 * plancia_link_base_tap:
 * @sent: which way
 * @base: a PlanciaLinkBase
 *
 * For subclasses, from exchange. Worker of the link.
 */
void
plancia_link_base_tap (gboolean sent, const guint8 *data, gsize length, gpointer base)
{
  PlanciaLinkBasePrivate *priv = get_private (base);

  if (priv->observer == NULL)
    return;
  if (sent && priv->wire_sent->len == 0) {
    priv->wire_time = plancia_clock_now_us ();
    priv->wire_start = g_get_monotonic_time ();
  }
  g_byte_array_append (sent ? priv->wire_sent : priv->wire_received, data, (guint) length);
}

/**
 * plancia_link_base_tap_next:
 * @error: (nullable): how the first one ended
 *
 * For subclasses that ask a second time within one exchange. Worker of the link.
 */
void
plancia_link_base_tap_next (PlanciaLinkBase *self, const GError *error)
{
  PlanciaLinkBasePrivate *priv = get_private (self);

  if (priv->observer == NULL)
    return;
  if (error != NULL)
    end_exchange (priv, NULL, NULL, error);
  else
    tell_exchange (priv, PLANCIA_EXCHANGE_AS_ASKED, NULL);
  begin_exchange (priv, priv->wire_unit);
}

/**
 * plancia_link_base_tap_stray:
 * @sent: which way
 * @verdict: UNASKED or LATE
 *
 * For subclasses. Worker of the link.
 */
void
plancia_link_base_tap_stray (PlanciaLinkBase       *self,
                             gboolean               sent,
                             PlanciaExchangeVerdict verdict,
                             const guint8          *data,
                             gsize                  length)
{
  PlanciaLinkBasePrivate *priv = get_private (self);
  PlanciaExchangeParts    parts = {.unit = -1, .wire = priv->wire, .verdict = verdict};

  if (priv->observer == NULL || length == 0)
    return;
  parts.time = plancia_clock_now_us ();
  parts.peer = priv->peer;
  parts.sent = data;
  parts.n_sent = sent ? length : 0;
  parts.received = data;
  parts.n_received = sent ? 0 : length;
  priv->observer (plancia_exchange_new (&parts), priv->observer_data);
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
  self = plancia_link_shared_get_inner (self);
  if (PLANCIA_IS_LINK_BASE (self))
    get_private (PLANCIA_LINK_BASE (self))->reconnect = reconnect;
}

/**
 * plancia_link_get_reconnect:
 * @self: any link
 *
 * See plancia_link_set_reconnect.
 */
gboolean
plancia_link_get_reconnect (PlanciaLink *self)
{
  self = plancia_link_shared_get_inner (self);
  return !PLANCIA_IS_LINK_BASE (self) || get_private (PLANCIA_LINK_BASE (self))->reconnect;
}

/**
 * plancia_link_get_end:
 * @self: any link
 *
 * See the header.
 */
PlanciaLinkEnd
plancia_link_get_end (PlanciaLink *self)
{
  self = plancia_link_shared_get_inner (self);
  return PLANCIA_IS_LINK_BASE (self) ? get_private (PLANCIA_LINK_BASE (self))->end
                                     : PLANCIA_LINK_END_UNKNOWN;
}
