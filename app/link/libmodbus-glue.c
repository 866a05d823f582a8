/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/libmodbus-glue.h"

#include "base/error.h"
#include "protocol/modbus-pdu.h"
#include "protocol/modbus-rtu.h"
#include <errno.h>
#include <modbus.h>
#include <signal.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>

/* transaction(2) protocol(2) length(2) unit(1) */
#define MBAP_LENGTH 7
#define CRC_LENGTH  2

struct _PlanciaModbusPipe
{
  modbus_t *context;
  int       descriptor;
  guint     baud;        /* 0: TCP */
  guint16   transaction; /* of the request under way */

  PlanciaModbusPipeTap tap; /* or NULL */
  gpointer             tap_data;
};

/* The only place where libmodbus's numbers become ours. Exceptions of a device do not come this way:
 * a raw confirmation hands them over as answers. */
static const struct
{
  int number;
  GQuark (*domain) (void);
  int         code;
  const char *words;
} failures[] = {
  {EMBBADCRC,    plancia_protocol_error_quark, PLANCIA_PROTOCOL_ERROR_CHECKSUM,   "bad CRC"                       },
  {EMBBADDATA,   plancia_protocol_error_quark, PLANCIA_PROTOCOL_ERROR_MALFORMED,  "malformed answer"              },
  {EMBBADEXC,
   plancia_protocol_error_quark,               PLANCIA_PROTOCOL_ERROR_MALFORMED,
   "malformed exception"                                                                                          },
  {EMBUNKEXC,    plancia_protocol_error_quark, PLANCIA_PROTOCOL_ERROR_MALFORMED,  "unknown exception"             },
  {EMBMDATA,     plancia_protocol_error_quark, PLANCIA_PROTOCOL_ERROR_MALFORMED,  "too much data"                 },
  {EMBBADSLAVE,
   plancia_protocol_error_quark,               PLANCIA_PROTOCOL_ERROR_UNEXPECTED,
   "answer of another unit"                                                                                       },
  {ETIMEDOUT,    g_io_error_quark,             G_IO_ERROR_TIMED_OUT,              "no whole answer in time"       },
  {ECONNRESET,   g_io_error_quark,             G_IO_ERROR_CONNECTION_CLOSED,      "the peer closed the connection"},
  {ECONNABORTED, g_io_error_quark,             G_IO_ERROR_CONNECTION_CLOSED,      "the connection was aborted"    },
  {EPIPE,        g_io_error_quark,             G_IO_ERROR_CONNECTION_CLOSED,      "the peer closed the connection"},
  {EIO,          g_io_error_quark,             G_IO_ERROR_CONNECTION_CLOSED,      "the line is gone"              },
  {EBADF,        g_io_error_quark,             G_IO_ERROR_CLOSED,                 "the connection is closed"      },
};

static void
set_failure (GError **error, int number, GCancellable *cancellable)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++)
    if (failures[i].number == number) {
      g_set_error_literal (error, failures[i].domain (), failures[i].code, failures[i].words);
      return;
    }
  g_set_error (error,
               G_IO_ERROR,
               g_io_error_from_errno (number),
               "libmodbus failed: %s",
               g_strerror (number));
}

static void
set_protocol_error (GError             **error,
                    PlanciaProtocolError code,
                    const char          *what,
                    guint                expected,
                    guint                got)
{
  g_set_error (error, PLANCIA_PROTOCOL_ERROR, code, "%s: expected %u, got %u", what, expected, got);
}

static PlanciaModbusPipe *
pipe_new (modbus_t *context, int descriptor, guint baud, GError **error)
{
  static gsize       ignored = 0;
  PlanciaModbusPipe *self;

  if (g_once_init_enter (&ignored)) {
    /* libmodbus writes to a serial line, and to what we give it as one, without MSG_NOSIGNAL. */
    signal (SIGPIPE, SIG_IGN);
    g_once_init_leave (&ignored, 1);
  }
  if (context == NULL) {
    set_failure (error, errno, NULL);
    return NULL;
  }
  self = g_new0 (PlanciaModbusPipe, 1);
  self->context = context;
  self->descriptor = descriptor;
  self->baud = baud;
  /* Its own recovery sleeps and sends again for ever. */
  modbus_set_error_recovery (context, MODBUS_ERROR_RECOVERY_NONE);
  /* The whole answer must then fit into the response time-out: a peer that drips bytes would
   * otherwise hold the worker for minutes. */
  modbus_set_byte_timeout (context, 0, 0);
  modbus_set_socket (context, descriptor);
  return self;
}

static gboolean
check_descriptor (int descriptor, GError **error)
{
  if (descriptor < FD_SETSIZE)
    return TRUE;
  g_set_error (error,
               G_IO_ERROR,
               G_IO_ERROR_TOO_MANY_OPEN_FILES,
               "descriptor %d is too high for select, the limit is %d",
               descriptor,
               FD_SETSIZE);
  return FALSE;
}

/**
 * plancia_modbus_pipe_new_tcp:
 * @descriptor: a connected socket, which stays the caller's
 *
 * Returns: (transfer full)
 */
PlanciaModbusPipe *
plancia_modbus_pipe_new_tcp (int descriptor, GError **error)
{
  if (!check_descriptor (descriptor, error))
    return NULL;
  /* The address is never used: the connection exists. */
  return pipe_new (modbus_new_tcp ("127.0.0.1", 502), descriptor, 0, error);
}

/**
 * plancia_modbus_pipe_new_rtu:
 * @descriptor: an open serial line, which stays the caller's
 * @baud: its speed, to tell how long a frame takes
 *
 * Returns: (transfer full)
 */
PlanciaModbusPipe *
plancia_modbus_pipe_new_rtu (int descriptor, guint baud, GError **error)
{
  if (!check_descriptor (descriptor, error))
    return NULL;
  /* libmodbus opens a device only in modbus_connect, which is never called. */
  return pipe_new (modbus_new_rtu ("/dev/null", 9600, 'N', 8, 1),
                   descriptor,
                   MAX (baud, 50),
                   error);
}

/**
 * plancia_modbus_pipe_free:
 *
 * Leaves the descriptor open.
 */
void
plancia_modbus_pipe_free (PlanciaModbusPipe *self)
{
  if (self == NULL)
    return;
  modbus_free (self->context);
  g_free (self);
}

/**
 * plancia_modbus_pipe_set_tap:
 * @user_data: for @tap; must live as long as the pipe
 *
 * See the header. Worker of the pipe.
 */
void
plancia_modbus_pipe_set_tap (PlanciaModbusPipe *self, PlanciaModbusPipeTap tap, gpointer user_data)
{
  self->tap = tap;
  self->tap_data = user_data;
}

static void
tell (PlanciaModbusPipe *self, gboolean sent, const guint8 *data, gsize length)
{
  if (self->tap != NULL && length > 0)
    self->tap (sent, data, length, self->tap_data);
}

/* modbus_send_raw_request always says transaction 0, which would let the second of two equal answers
 * pass for the answer to the next request. So the request leaves with a number of its own, and
 * libmodbus only waits for the answer. */
static gboolean
send_tcp (PlanciaModbusPipe *self,
          guint8             unit,
          GBytes            *pdu,
          GCancellable      *cancellable,
          GError           **error)
{
  guint8      data[MBAP_LENGTH + PLANCIA_MODBUS_MAX_PDU];
  gsize       length;
  const void *bytes = g_bytes_get_data (pdu, &length);

  self->transaction++;
  data[0] = (guint8) (self->transaction >> 8);
  data[1] = (guint8) self->transaction;
  data[2] = data[3] = 0;
  data[4] = (guint8) ((length + 1) >> 8);
  data[5] = (guint8) (length + 1);
  data[6] = unit;
  memcpy (data + MBAP_LENGTH, bytes, length);
  length += MBAP_LENGTH;
  tell (self, TRUE, data, length);
  /* At most 260 bytes into an empty buffer: all or nothing. */
  if (send (self->descriptor, data, length, MSG_NOSIGNAL) == (gssize) length)
    return TRUE;
  set_failure (error, errno, cancellable);
  return FALSE;
}

/* libmodbus puts the CRC on its own copy. */
static void
tell_rtu_request (PlanciaModbusPipe *self, guint8 unit, GBytes *pdu)
{
  g_autoptr (GBytes) frame = plancia_modbus_rtu_encode (unit, pdu);
  gsize         length;
  const guint8 *data = g_bytes_get_data (frame, &length);

  tell (self, TRUE, data, length);
}

static gboolean
send_rtu (PlanciaModbusPipe *self,
          guint8             unit,
          GBytes            *pdu,
          GCancellable      *cancellable,
          GError           **error)
{
  guint8        request[1 + PLANCIA_MODBUS_MAX_PDU];
  gsize         length;
  const guint8 *bytes = g_bytes_get_data (pdu, &length);

  request[0] = unit;
  memcpy (request + 1, bytes, length);
  if (modbus_set_slave (self->context, unit) != 0) {
    set_protocol_error (error,
                        PLANCIA_PROTOCOL_ERROR_UNSUPPORTED,
                        "highest unit on a line",
                        247,
                        unit);
    return FALSE;
  }
  tell_rtu_request (self, unit, pdu);
  if (modbus_send_raw_request (self->context, request, (int) length + 1) >= 0)
    return TRUE;
  set_failure (error, errno, cancellable);
  return FALSE;
}

static GBytes *
take_tcp_answer (PlanciaModbusPipe *self,
                 const guint8      *answer,
                 guint              length,
                 guint8             unit,
                 gboolean          *surplus,
                 GError           **error)
{
  guint announced, transaction;

  if (length <= MBAP_LENGTH) {
    set_protocol_error (error, PLANCIA_PROTOCOL_ERROR_TRUNCATED, "bytes", MBAP_LENGTH + 2, length);
    return NULL;
  }
  announced = (guint) (answer[4] << 8 | answer[5]) + 6;
  transaction = (guint) (answer[0] << 8 | answer[1]);
  if (transaction != self->transaction) {
    set_protocol_error (error,
                        PLANCIA_PROTOCOL_ERROR_UNEXPECTED,
                        "transaction",
                        self->transaction,
                        transaction);
    return NULL;
  }
  if (answer[2] != 0 || answer[3] != 0 || announced < length) {
    g_set_error (error,
                 PLANCIA_PROTOCOL_ERROR,
                 PLANCIA_PROTOCOL_ERROR_MALFORMED,
                 "Modbus TCP header: protocol %02x%02x, %u bytes announced, %u came",
                 answer[2],
                 answer[3],
                 announced,
                 length);
    return NULL;
  }
  if (answer[6] != unit) {
    set_protocol_error (error, PLANCIA_PROTOCOL_ERROR_UNEXPECTED, "unit", unit, answer[6]);
    return NULL;
  }
  /* Ethernet sticks announce, and send, a CRC and zeros after the answer to a write. */
  *surplus = announced > length;
  return g_bytes_new (answer + MBAP_LENGTH, length - MBAP_LENGTH);
}

static GBytes *
take_rtu_answer (const guint8 *answer, guint length, GError **error)
{
  if (length == 0) {
    g_set_error_literal (error,
                         PLANCIA_PROTOCOL_ERROR,
                         PLANCIA_PROTOCOL_ERROR_UNEXPECTED,
                         "answer of another unit");
    return NULL;
  }
  return g_bytes_new (answer + 1, length - 1 - CRC_LENGTH);
}

/* libmodbus reads a whole frame before it looks at CRC and unit, and tells no length when it does not
 * like them: what it read says how long it is. */
static void
tell_rejected (PlanciaModbusPipe *self, const guint8 *answer, gsize room)
{
  gssize length = self->baud > 0 ? plancia_modbus_rtu_scan (answer, room, TRUE, NULL) : 0;

  if (length > 0 && answer[0] != 0)
    tell (self, FALSE, answer, (gsize) length);
}

static GBytes *
receive_answer (PlanciaModbusPipe *self,
                guint8             unit,
                guint              timeout,
                gboolean          *surplus,
                GCancellable      *cancellable,
                GError           **error)
{
  guint8 answer[MODBUS_TCP_MAX_ADU_LENGTH + 4] = {0};
  int    length;

  modbus_set_response_timeout (self->context, timeout / 1000, timeout % 1000 * 1000);
  length = modbus_receive_confirmation (self->context, answer);
  if (length < 0) {
    int number = errno;

    if (number == EMBBADCRC)
      tell_rejected (self, answer, sizeof answer);
    set_failure (error, number, cancellable);
    return NULL;
  }
  if (length > 0)
    tell (self, FALSE, answer, (gsize) length);
  else
    tell_rejected (self, answer, sizeof answer);
  return self->baud == 0 ? take_tcp_answer (self, answer, (guint) length, unit, surplus, error)
                         : take_rtu_answer (answer, (guint) length, error);
}

/* Waits for the first byte on a serial line, which knows no shutdown. */
static gboolean
wait_readable (int descriptor, guint timeout, GCancellable *cancellable, GError **error)
{
  GPollFD polled[2] = {
    {.fd = descriptor, .events = G_IO_IN}
  };
  gboolean can_cancel = g_cancellable_make_pollfd (cancellable, &polled[1]);
  int      ready = g_poll (polled, can_cancel ? 2 : 1, (int) timeout);

  if (can_cancel)
    g_cancellable_release_fd (cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (ready > 0 && polled[0].revents != 0)
    return TRUE;
  set_failure (error, ETIMEDOUT, NULL);
  return FALSE;
}

static void
shut_down (GCancellable *cancellable, gpointer user_data)
{
  shutdown (GPOINTER_TO_INT (user_data), SHUT_RDWR);
}

static GBytes *
transact_tcp (PlanciaModbusPipe *self,
              guint8             unit,
              GBytes            *pdu,
              guint              timeout,
              gboolean          *surplus,
              GCancellable      *cancellable,
              GError           **error)
{
  gulong  handler = 0;
  GBytes *answer = NULL;

  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable,
                                     G_CALLBACK (shut_down),
                                     GINT_TO_POINTER (self->descriptor),
                                     NULL);
  if (send_tcp (self, unit, pdu, cancellable, error))
    answer = receive_answer (self, unit, timeout, surplus, cancellable, error);
  g_cancellable_disconnect (cancellable, handler);
  return answer;
}

static GBytes *
receive_rtu (PlanciaModbusPipe *self,
             guint8             unit,
             guint              timeout,
             gboolean          *surplus,
             GCancellable      *cancellable,
             GError           **error)
{
  /* The longest frame has 256 characters of 11 bits; twice that for adapters that pause. */
  guint frame_time = 2 * 256 * 11 * 1000 / self->baud + 200;

  if (!wait_readable (self->descriptor, timeout, cancellable, error))
    return NULL;
  return receive_answer (self,
                         unit,
                         MIN (frame_time, MAX (timeout, 200)),
                         surplus,
                         cancellable,
                         error);
}

/**
 * plancia_modbus_pipe_receive:
 * @unit: that was asked last
 * @timeout: milliseconds
 *
 * For a line on which an earlier answer may still come before the awaited one. As
 * plancia_modbus_pipe_transact, which it follows. Returns: (transfer full)
 */
GBytes *
plancia_modbus_pipe_receive (PlanciaModbusPipe *self,
                             guint8             unit,
                             guint              timeout,
                             GCancellable      *cancellable,
                             GError           **error)
{
  gboolean surplus = FALSE;

  return receive_rtu (self, unit, MAX (timeout, 1), &surplus, cancellable, error);
}

/**
 * plancia_modbus_pipe_transact:
 * @timeout: milliseconds from sending to the end of the answer
 * @surplus: (inout): set to TRUE if the peer announced more bytes than the answer has
 *
 * Sends a PDU, waits for one. Checked are frame, length, CRC and unit; not whether it answers the
 * request. After an error the descriptor must not be used for another request. Blocking: on a worker;
 * cancelling shuts a socket down. Returns: (transfer full)
 */
GBytes *
plancia_modbus_pipe_transact (PlanciaModbusPipe *self,
                              guint8             unit,
                              GBytes            *pdu,
                              guint              timeout,
                              gboolean          *surplus,
                              GCancellable      *cancellable,
                              GError           **error)
{
  gsize length = g_bytes_get_size (pdu);

  timeout = MAX (timeout, 1);
  if (length == 0 || length > PLANCIA_MODBUS_MAX_PDU) {
    set_protocol_error (error,
                        PLANCIA_PROTOCOL_ERROR_MALFORMED,
                        "longest request",
                        PLANCIA_MODBUS_MAX_PDU,
                        (guint) length);
    return NULL;
  }
  if (self->baud == 0)
    return transact_tcp (self, unit, pdu, timeout, surplus, cancellable, error);
  return send_rtu (self, unit, pdu, cancellable, error)
           ? receive_rtu (self, unit, timeout, surplus, cancellable, error)
           : NULL;
}
