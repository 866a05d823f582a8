/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/bytes.h"
#include "base/clock.h"
#include "base/error.h"
#include "link/link-base.h"
#include "link/links.h"
#include "link/stream.h"
#include "protocol/modbus-pdu.h"
#include "protocol/modbus-rtu.h"
#include "protocol/solarman-v5.h"
#include <string.h>

/* Solarman V5. The logger talks on its own as well: heartbeats and reports (to be acknowledged), late
 * answers (told by their sequence number and dropped), lines of text. So bytes that wait before a
 * request are read like all others and make nobody suspicious. */

/* Bytes that are no frame, in one exchange, before the peer is held for something else. */
#define NOISE_LIMIT 512
/* What a Modbus TCP server says to a V5 frame. */
#define MODBUS_TCP_REPLY 9
/* Register of the probe that learns the serial number before a first write. */
#define PROBE_ADDRESS 0x0445

#define PLANCIA_TYPE_LINK_SOLARMAN (plancia_link_solarman_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaLinkSolarman,
                      plancia_link_solarman,
                      PLANCIA,
                      LINK_SOLARMAN,
                      PlanciaLinkBase)

struct _PlanciaLinkSolarman
{
  PlanciaLinkBase parent_instance;

  char          *host;
  guint16        port;
  guint          timeout;
  guint32        given;  /* serial that the caller gave, or 0 */
  guint32        serial; /* that requests carry; 0 until learnt */
  guint8         sequence;
  PlanciaStream *stream;
  GByteArray    *received; /* not yet understood */
  guint          noise;
  GByteArray    *noise_bytes; /* that nobody was told of yet */
};

G_DEFINE_FINAL_TYPE (PlanciaLinkSolarman, plancia_link_solarman, PLANCIA_TYPE_LINK_BASE)

/* One request under way. */
typedef struct
{
  guint8        unit;
  guint8        sequence;
  gint64        deadline;
  GByteArray   *rtu; /* some firmware cuts one RTU frame in two V5 frames */
  GCancellable *cancellable;
} Exchange;

static void
exchange_clear (Exchange *self)
{
  g_clear_pointer (&self->rtu, g_byte_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Exchange, exchange_clear)

static gboolean
plancia_link_solarman_connect (PlanciaLinkBase *base, GCancellable *cancellable, GError **error)
{
  PlanciaLinkSolarman *self = PLANCIA_LINK_SOLARMAN (base);

  self->stream = plancia_stream_connect (self->host, self->port, self->timeout, cancellable, error);
  return self->stream != NULL;
}

static void
plancia_link_solarman_disconnect (PlanciaLinkBase *base)
{
  PlanciaLinkSolarman *self = PLANCIA_LINK_SOLARMAN (base);

  g_clear_pointer (&self->stream, plancia_stream_free);
  g_byte_array_set_size (self->received, 0);
}

static void
tell_stray (PlanciaLinkSolarman *self, gboolean sent, PlanciaExchangeVerdict verdict, GBytes *bytes)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  plancia_link_base_tap_stray (PLANCIA_LINK_BASE (self), sent, verdict, data, length);
}

static void
tell (PlanciaLinkSolarman *self, gboolean sent, GBytes *bytes)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  plancia_link_base_tap (sent, data, length, self);
}

static void
tell_noise (PlanciaLinkSolarman *self)
{
  plancia_link_base_tap_stray (PLANCIA_LINK_BASE (self),
                               FALSE,
                               PLANCIA_EXCHANGE_UNASKED,
                               self->noise_bytes->data,
                               self->noise_bytes->len);
  g_byte_array_set_size (self->noise_bytes, 0);
}

/* The logger expects an answer to what it says on its own; without one some close the connection. A
 * failure to send it will show at the next request. */
static void
acknowledge (PlanciaLinkSolarman *self, const PlanciaSolarmanFrame *frame)
{
  guint32 now = (guint32) (plancia_clock_now () / 1000);
  g_autoptr (GBytes) reply = plancia_solarman_v5_acknowledge (frame, now);
  g_autoptr (GError) error = NULL;

  tell_stray (self, TRUE, PLANCIA_EXCHANGE_UNASKED, reply);
  if (!plancia_stream_send (self->stream, reply, plancia_clock_monotonic () + 500, NULL, &error))
    g_debug ("cannot acknowledge control 0x%02x: %s", frame->control, error->message);
}

static gboolean
is_unsolicited (guint8 control)
{
  return control == PLANCIA_SOLARMAN_HANDSHAKE || control == PLANCIA_SOLARMAN_DATA ||
         control == PLANCIA_SOLARMAN_INFO || control == PLANCIA_SOLARMAN_HEARTBEAT ||
         control == PLANCIA_SOLARMAN_REPORT;
}

static void
drop_byte (PlanciaLinkSolarman *self)
{
  g_byte_array_append (self->noise_bytes, self->received->data, 1);
  g_byte_array_remove_index (self->received, 0);
  self->noise++;
}

/* Takes the next whole frame out of what was received, and its bytes (transfer full). Bytes that
 * cannot begin one are dropped: NULL when nothing whole is left. */
static GBytes *
take_frame (PlanciaLinkSolarman *self, PlanciaSolarmanFrame *frame)
{
  g_autoptr (GBytes) found = NULL;

  while (self->received->len > 0 && found == NULL) {
    gssize length = plancia_solarman_v5_scan (self->received->data, self->received->len, NULL);
    g_autoptr (GBytes) bytes = NULL;

    if (length == 0)
      break;
    if (length > 0)
      bytes = g_bytes_new (self->received->data, (gsize) length);
    if (bytes != NULL && plancia_solarman_v5_decode (bytes, frame, NULL)) {
      g_byte_array_remove_range (self->received, 0, (guint) length);
      found = g_steal_pointer (&bytes);
    } else {
      drop_byte (self);
    }
  }
  tell_noise (self);
  return g_steal_pointer (&found);
}

/* A frame that answers no question of ours. */
static void
take_stray (PlanciaLinkSolarman *self, const PlanciaSolarmanFrame *frame, GBytes *bytes)
{
  gboolean late = frame->control == PLANCIA_SOLARMAN_ANSWER;

  tell_stray (self, FALSE, late ? PLANCIA_EXCHANGE_LATE : PLANCIA_EXCHANGE_UNASKED, bytes);
  if (is_unsolicited (frame->control))
    acknowledge (self, frame);
  else
    g_debug ("dropping a frame, control 0x%02x, sequence %u", frame->control, frame->sequence);
}

static PlanciaLine
plancia_link_solarman_settle (PlanciaLinkBase *base)
{
  PlanciaLinkSolarman *self = PLANCIA_LINK_SOLARMAN (base);

  if (!plancia_stream_collect (self->stream, self->received))
    return PLANCIA_LINE_GONE;
  while (TRUE) {
    g_auto (PlanciaSolarmanFrame) frame = {0};
    g_autoptr (GBytes) bytes = take_frame (self, &frame);

    if (bytes == NULL)
      break;
    take_stray (self, &frame, bytes);
  }
  /* Half a frame may be the beginning of a late answer: it is dropped by its number when whole. */
  return PLANCIA_LINE_CLEAN;
}

static gboolean
learn_serial (PlanciaLinkSolarman *self, guint32 serial, GError **error)
{
  if (self->serial == 0 && serial != 0) {
    g_info ("logger at %s has serial number %u", self->host, serial);
    self->serial = serial;
  }
  if (self->serial == serial)
    return TRUE;
  g_set_error (error,
               PLANCIA_PROTOCOL_ERROR,
               PLANCIA_PROTOCOL_ERROR_LOGGER,
               "the logger's serial number is %u, expected %u",
               serial,
               self->serial);
  return FALSE;
}

/* NULL without an error: the rest of the RTU frame is still to come. */
static GBytes *
decode_rtu (Exchange *exchange, GError **error)
{
  gssize length = plancia_modbus_rtu_scan (exchange->rtu->data, exchange->rtu->len, TRUE, error);
  g_autoptr (GBytes) frame = NULL;
  g_autoptr (GBytes) pdu = NULL;
  guint8 unit = 0;

  if (length <= 0)
    return NULL;
  frame = g_bytes_new (exchange->rtu->data, exchange->rtu->len);
  if (!plancia_modbus_rtu_decode (frame, TRUE, &unit, &pdu, error))
    return NULL;
  if (unit == exchange->unit)
    return g_steal_pointer (&pdu);
  g_set_error (error,
               PLANCIA_PROTOCOL_ERROR,
               PLANCIA_PROTOCOL_ERROR_UNEXPECTED,
               "answer of unit %u instead of %u",
               unit,
               exchange->unit);
  return NULL;
}

/* The logger refuses a wrong serial number with the right one in the same frame. */
static gboolean
teach_from_refusal (PlanciaLinkSolarman *self, const PlanciaSolarmanFrame *frame)
{
  gsize         length;
  const guint8 *payload = g_bytes_get_data (frame->payload, &length);

  if (self->given != 0 || length != 16 || payload[14] != 6 || frame->serial == 0 ||
      frame->serial == self->serial)
    return FALSE;
  self->serial = frame->serial;
  return TRUE;
}

static GBytes *
take_answer (PlanciaLinkSolarman        *self,
             Exchange                   *exchange,
             const PlanciaSolarmanFrame *frame,
             GError                    **error)
{
  g_autoptr (GBytes) rtu = NULL;

  teach_from_refusal (self, frame);
  rtu = plancia_solarman_v5_get_rtu (frame, error);
  if (rtu == NULL || !learn_serial (self, frame->serial, error))
    return NULL;
  plancia_put_bytes (exchange->rtu, rtu);
  return decode_rtu (exchange, error);
}

/* A Modbus TCP server takes our request for one of its own and answers with an exception: transaction
 * and protocol are our first four bytes, half of the length is ours as well, and what follows is the
 * unit, a function and code 2 (captured in pysolarmanv5 issue 5). */
static gboolean
is_modbus_tcp (const GByteArray *received)
{
  const guint8 *bytes = received->data;

  return received->len == MODBUS_TCP_REPLY && bytes[0] == 0xa5 && bytes[3] == 0x10 &&
         bytes[4] == PLANCIA_SOLARMAN_REQUEST && bytes[5] == MODBUS_TCP_REPLY - 6 &&
         (bytes[7] & 0x80) != 0;
}

/* NULL without an error: nothing for us among the frames that are whole. */
static GBytes *
look_through (PlanciaLinkSolarman *self, Exchange *exchange, GError **error)
{
  while (TRUE) {
    g_auto (PlanciaSolarmanFrame) frame = {0};
    g_autoptr (GBytes) bytes = take_frame (self, &frame);
    g_autoptr (GError) local = NULL;
    GBytes *pdu;

    if (bytes == NULL)
      return NULL;
    if (frame.control != PLANCIA_SOLARMAN_ANSWER || frame.sequence != exchange->sequence) {
      take_stray (self, &frame, bytes);
      continue;
    }
    tell (self, FALSE, bytes);
    pdu = take_answer (self, exchange, &frame, &local);
    if (pdu != NULL)
      return pdu;
    if (local != NULL) {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  }
}

static GBytes *
wait_for_answer (PlanciaLinkSolarman *self, Exchange *exchange, GError **error)
{
  self->noise = 0;
  while (TRUE) {
    g_autoptr (GError) local = NULL;
    GBytes *pdu = look_through (self, exchange, &local);

    if (pdu != NULL)
      return pdu;
    if (local != NULL) {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
    if (is_modbus_tcp (self->received)) {
      g_set_error_literal (error,
                           PLANCIA_PROTOCOL_ERROR,
                           PLANCIA_PROTOCOL_ERROR_UNSUPPORTED,
                           "not Solarman V5: answers as Modbus TCP does");
      return NULL;
    }
    if (self->noise > NOISE_LIMIT) {
      g_set_error (error,
                   PLANCIA_PROTOCOL_ERROR,
                   PLANCIA_PROTOCOL_ERROR_MALFORMED,
                   "%u bytes came that are no Solarman V5 frame",
                   self->noise);
      return NULL;
    }
    if (!plancia_stream_receive (self->stream,
                                 self->received,
                                 exchange->deadline,
                                 exchange->cancellable,
                                 error))
      return NULL;
  }
}

static GBytes *
ask (PlanciaLinkSolarman *self, guint8 unit, GBytes *pdu, GCancellable *cancellable, GError **error)
{
  g_auto (Exchange) exchange = {.unit = unit, .cancellable = cancellable};
  g_autoptr (GBytes) rtu = plancia_modbus_rtu_encode (unit, pdu);
  g_autoptr (GBytes) request = NULL;

  exchange.sequence = self->sequence++;
  exchange.deadline = plancia_clock_monotonic () + self->timeout;
  exchange.rtu = g_byte_array_new ();
  request = plancia_solarman_v5_request (self->serial, exchange.sequence, rtu);
  tell (self, TRUE, request);
  if (!plancia_stream_send (self->stream, request, exchange.deadline, cancellable, error))
    return NULL;
  return wait_for_answer (self, &exchange, error);
}

/* A logger that does not know the serial number 0 refuses it, and thereby tells its own. Only reads
 * come here: the request is made a second time. */
static GBytes *
ask_and_learn (PlanciaLinkSolarman *self,
               guint8               unit,
               GBytes              *pdu,
               GCancellable        *cancellable,
               GError             **error)
{
  g_autoptr (GError) local = NULL;
  GBytes *answer = ask (self, unit, pdu, cancellable, &local);

  if (answer == NULL && self->serial != 0 &&
      g_error_matches (local, PLANCIA_PROTOCOL_ERROR, PLANCIA_PROTOCOL_ERROR_LOGGER)) {
    plancia_link_base_tap_next (PLANCIA_LINK_BASE (self), local);
    return ask (self, unit, pdu, cancellable, error);
  }
  if (answer == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return answer;
}

static GBytes *
plancia_link_solarman_exchange (PlanciaLinkBase *base,
                                guint8           unit,
                                GBytes          *pdu,
                                gboolean        *surplus,
                                GCancellable    *cancellable,
                                GError         **error)
{
  PlanciaLinkSolarman *self = PLANCIA_LINK_SOLARMAN (base);
  const guint8        *function = g_bytes_get_data (pdu, NULL);
  g_autoptr (GBytes) probe = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) local = NULL;

  if (self->serial != 0)
    return ask (self, unit, pdu, cancellable, error);
  if (function[0] <= PLANCIA_MODBUS_READ_INPUT)
    return ask_and_learn (self, unit, pdu, cancellable, error);

  /* A write must not be the request that the logger may refuse for its serial number. */
  probe = plancia_modbus_pdu_read (PLANCIA_MODBUS_READ_HOLDING, PROBE_ADDRESS, 1);
  answer = ask_and_learn (self, unit, probe, cancellable, &local);
  plancia_link_base_tap_next (base, local);
  if (self->serial != 0)
    return ask (self, unit, pdu, cancellable, error);
  if (local == NULL)
    g_set_error_literal (&local,
                         PLANCIA_PROTOCOL_ERROR,
                         PLANCIA_PROTOCOL_ERROR_LOGGER,
                         "the logger does not tell its serial number");
  g_propagate_prefixed_error (error, g_steal_pointer (&local), "before a write: ");
  return NULL;
}

static void
plancia_link_solarman_finalize (GObject *object)
{
  PlanciaLinkSolarman *self = PLANCIA_LINK_SOLARMAN (object);

  g_byte_array_unref (self->received);
  g_byte_array_unref (self->noise_bytes);
  g_free (self->host);
  G_OBJECT_CLASS (plancia_link_solarman_parent_class)->finalize (object);
}

static void
plancia_link_solarman_class_init (PlanciaLinkSolarmanClass *klass)
{
  PlanciaLinkBaseClass *base_class = PLANCIA_LINK_BASE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = plancia_link_solarman_finalize;
  base_class->connect = plancia_link_solarman_connect;
  base_class->disconnect = plancia_link_solarman_disconnect;
  base_class->settle = plancia_link_solarman_settle;
  base_class->exchange = plancia_link_solarman_exchange;
}

static void
plancia_link_solarman_init (PlanciaLinkSolarman *self)
{
  self->received = g_byte_array_new ();
  self->noise_bytes = g_byte_array_new ();
  self->sequence = (guint8) g_random_int_range (1, 255);
}

/**
 * plancia_link_solarman_new:
 * @host: name, IPv4 or IPv6 address
 * @serial: the logger's number, which is printed on the stick; 0 to learn it from its first answer
 * @timeout: milliseconds, for connecting and for a whole exchange
 *
 * A serial number that was given is held to: another stick at the same address is an error
 * (PLANCIA_PROTOCOL_ERROR_LOGGER) and not a new friend. Opens nothing. Returns: (transfer full)
 */
PlanciaLink *
plancia_link_solarman_new (const char *host, guint16 port, guint32 serial, guint timeout)
{
  PlanciaLinkSolarman *self = g_object_new (PLANCIA_TYPE_LINK_SOLARMAN, NULL);

  self->host = g_strdup (host);
  self->port = port;
  self->given = self->serial = serial;
  self->timeout = timeout;
  plancia_link_base_set_wire (PLANCIA_LINK_BASE (self),
                              PLANCIA_WIRE_SOLARMAN,
                              plancia_exchange_make_peer (host, port));
  return PLANCIA_LINK (self);
}

/**
 * plancia_link_solarman_get_serial:
 * @self: any link
 *
 * The serial number of the logger, given or learnt; 0 before, and for other links. Worker of the link.
 */
guint32
plancia_link_solarman_get_serial (PlanciaLink *self)
{
  return PLANCIA_IS_LINK_SOLARMAN (self) ? PLANCIA_LINK_SOLARMAN (self)->serial : 0;
}
