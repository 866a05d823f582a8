/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/exchange.h"

#include "base/error.h"
#include "protocol/modbus-rtu.h"
#include "protocol/modbus-tcp.h"
#include "protocol/solarman-v5.h"
#include <gio/gio.h>
#include <string.h>

/* Where the RTU frame begins in a V5 frame. */
#define V5_REQUEST_HEAD 26
#define V5_ANSWER_HEAD  25
/* Sum and end. */
#define V5_TAIL     2
#define MBAP_LENGTH 7

/**
 * plancia_exchange_new:
 *
 * Any thread. (transfer full)
 */
PlanciaExchange *
plancia_exchange_new (const PlanciaExchangeParts *parts)
{
  PlanciaExchange *self =
    g_atomic_rc_box_alloc (sizeof (PlanciaExchange) + parts->n_sent + parts->n_received);

  self->time = parts->time;
  self->duration = parts->duration;
  self->n_sent = (guint32) parts->n_sent;
  self->n_received = (guint32) parts->n_received;
  self->unit = (gint16) parts->unit;
  self->wire = parts->wire;
  self->verdict = parts->verdict;
  self->peer = g_ref_string_acquire ((char *) parts->peer);
  self->error = parts->error != NULL ? g_error_copy (parts->error) : NULL;
  if (parts->n_sent > 0)
    memcpy (self->data, parts->sent, parts->n_sent);
  if (parts->n_received > 0)
    memcpy (self->data + parts->n_sent, parts->received, parts->n_received);
  return self;
}

/**
 * plancia_exchange_ref:
 *
 * Any thread. (transfer full)
 */
PlanciaExchange *
plancia_exchange_ref (PlanciaExchange *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  PlanciaExchange *self = data;

  g_ref_string_release ((char *) self->peer);
  if (self->error != NULL)
    g_error_free ((GError *) self->error);
}

/**
 * plancia_exchange_unref:
 *
 * Any thread.
 */
void
plancia_exchange_unref (PlanciaExchange *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, clear);
}

/**
 * plancia_exchange_get_sent:
 *
 * n_sent bytes, the exchange's.
 */
const guint8 *
plancia_exchange_get_sent (const PlanciaExchange *self)
{
  return self->data;
}

/**
 * plancia_exchange_get_received:
 *
 * n_received bytes, the exchange's.
 */
const guint8 *
plancia_exchange_get_received (const PlanciaExchange *self)
{
  return self->data + self->n_sent;
}

static GBytes *
pdu_of_rtu (const guint8 *data, gsize length, gboolean answer)
{
  g_autoptr (GBytes) frame = g_bytes_new (data, length);
  GBytes *pdu = NULL;
  guint8  unit;

  return plancia_modbus_rtu_decode (frame, answer, &unit, &pdu, NULL) ? pdu : NULL;
}

/* Sticks may send more than they announce: what was announced counts. */
static GBytes *
pdu_of_mbap (const guint8 *data, gsize length)
{
  gssize whole = plancia_modbus_tcp_scan (data, length, NULL);
  g_autoptr (GBytes) frame = g_bytes_new (data, whole > 0 ? (gsize) whole : length);
  PlanciaModbusTcpFrame out = {0};

  return plancia_modbus_tcp_decode (frame, &out, NULL) ? out.pdu : NULL;
}

/**
 * plancia_exchange_dup_pdu:
 * @answer: which side
 *
 * See the header. Any thread.
 */
GBytes *
plancia_exchange_dup_pdu (const PlanciaExchange *self, gboolean answer)
{
  const guint8 *data = answer ? plancia_exchange_get_received (self) : self->data;
  gsize         length = answer ? self->n_received : self->n_sent;
  gsize         head = answer ? V5_ANSWER_HEAD : V5_REQUEST_HEAD;

  if (length == 0)
    return NULL;
  switch (self->wire) {
  case PLANCIA_WIRE_MODBUS_TCP:
    return pdu_of_mbap (data, length);
  case PLANCIA_WIRE_RTU:
  case PLANCIA_WIRE_RTU_OVER_TCP:
    return pdu_of_rtu (data, length, answer);
  case PLANCIA_WIRE_SOLARMAN:
    return length > head + V5_TAIL ? pdu_of_rtu (data + head, length - head - V5_TAIL, answer)
                                   : NULL;
  case PLANCIA_WIRE_CONSOLE:
  case PLANCIA_WIRE_HTTP:
  default:
    return NULL;
  }
}

/**
 * plancia_exchange_split_peer:
 *
 * See the header. Any thread.
 */
gboolean
plancia_exchange_split_peer (const char *peer, char **host, guint16 *port)
{
  const char *colon = strrchr (peer, ':');
  gboolean    bracketed = peer[0] == '[' && colon != NULL && colon > peer && colon[-1] == ']';
  guint64     number = 0;

  if (peer[0] == '/' || colon == NULL ||
      !g_ascii_string_to_unsigned (colon + 1, 10, 0, G_MAXUINT16, &number, NULL))
    return FALSE;
  *port = (guint16) number;
  *host = bracketed ? g_strndup (peer + 1, (gsize) (colon - peer) - 2)
                    : g_strndup (peer, (gsize) (colon - peer));
  return TRUE;
}

/**
 * plancia_exchange_make_peer:
 *
 * See the header. Any thread.
 */
char *
plancia_exchange_make_peer (const char *host, guint16 port)
{
  g_autofree char *text =
    g_strdup_printf (strchr (host, ':') != NULL ? "[%s]:%u" : "%s:%u", host, port);

  return g_ref_string_new (text);
}

/* --- what became of it ----------------------------------------------------------------------- */

/* Function and length, or the echo of a write. */
static gboolean
fits (GBytes *request, GBytes *answer)
{
  gsize         n_asked, n_said;
  const guint8 *asked = g_bytes_get_data (request, &n_asked);
  const guint8 *said = g_bytes_get_data (answer, &n_said);

  if (n_asked < 5 || n_said < 2 || asked[0] != said[0])
    return FALSE;
  if (asked[0] == 3 || asked[0] == 4)
    return said[1] == 2 * (asked[3] << 8 | asked[4]) && n_said >= 2u + said[1];
  if (asked[0] == 1 || asked[0] == 2)
    return said[1] == ((asked[3] << 8 | asked[4]) + 7) / 8;
  return n_said >= 5 && memcmp (asked, said, 5) == 0;
}

static int
find_unit (PlanciaWire wire, const guint8 *received, gsize n_received)
{
  gsize at = wire == PLANCIA_WIRE_MODBUS_TCP ? MBAP_LENGTH - 1
             : wire == PLANCIA_WIRE_SOLARMAN ? V5_ANSWER_HEAD
                                             : 0;

  return n_received > at ? received[at] : -1;
}

static PlanciaExchangeVerdict
judge_protocol (PlanciaWire wire, guint8 unit, const guint8 *received, gsize n_received, int code)
{
  switch (code) {
  case PLANCIA_PROTOCOL_ERROR_CHECKSUM:
    return PLANCIA_EXCHANGE_CRC_WRONG;
  case PLANCIA_PROTOCOL_ERROR_LOGGER:
    return PLANCIA_EXCHANGE_REFUSED;
  case PLANCIA_PROTOCOL_ERROR_UNEXPECTED:
    return find_unit (wire, received, n_received) == unit ? PLANCIA_EXCHANGE_LATE
                                                          : PLANCIA_EXCHANGE_OTHER_UNIT;
  default:
    return PLANCIA_EXCHANGE_MALFORMED;
  }
}

/**
 * plancia_exchange_judge:
 *
 * See the header. Any thread.
 */
PlanciaExchangeVerdict
plancia_exchange_judge (PlanciaWire   wire,
                        guint8        unit,
                        GBytes       *request,
                        GBytes       *answer,
                        const guint8 *received,
                        gsize         n_received,
                        const GError *error)
{
  if (error == NULL) {
    const guint8 *said = g_bytes_get_data (answer, NULL);

    if (said != NULL && said[0] >= 0x80)
      return PLANCIA_EXCHANGE_EXCEPTION;
    return fits (request, answer) ? PLANCIA_EXCHANGE_AS_ASKED : PLANCIA_EXCHANGE_MALFORMED;
  }
  if (error->domain == PLANCIA_MODBUS_ERROR)
    return PLANCIA_EXCHANGE_EXCEPTION;
  if (error->domain == PLANCIA_PROTOCOL_ERROR)
    return judge_protocol (wire, unit, received, n_received, error->code);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return PLANCIA_EXCHANGE_NO_ANSWER;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return PLANCIA_EXCHANGE_CANCELLED;
  return PLANCIA_EXCHANGE_LOST;
}

/**
 * plancia_exchange_is_error:
 *
 * Any thread.
 */
gboolean
plancia_exchange_is_error (PlanciaExchangeVerdict verdict)
{
  return verdict >= PLANCIA_EXCHANGE_EXCEPTION;
}

/**
 * plancia_exchange_verdict_name:
 *
 * Never translated. Any thread.
 */
const char *
plancia_exchange_verdict_name (PlanciaExchangeVerdict verdict)
{
  static const char *const names[] = {
    "as-asked",
    "unasked",
    "cancelled",
    "exception",
    "refused",
    "no-answer",
    "lost",
    "crc-wrong",
    "late",
    "other-unit",
    "malformed",
  };

  return names[verdict];
}

/**
 * plancia_wire_name:
 *
 * Never translated. Any thread.
 */
const char *
plancia_wire_name (PlanciaWire wire)
{
  static const char *const names[] = {
    "modbus-tcp",
    "rtu",
    "rtu-over-tcp",
    "solarman-v5",
    "console",
    "http",
  };

  return names[wire];
}
