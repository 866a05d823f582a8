/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "peer.h"

#include "base/bytes.h"
#include "protocol/modbus-pdu.h"
#include "protocol/modbus-rtu.h"
#include "protocol/modbus-tcp.h"
#include "protocol/solarman-v5.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

struct _Peer
{
  PeerFraming framing;
  guint       late;
  int         listener;
  int         master, slave;
  int         wake[2]; /* closed on one end to end all threads */
  guint16     port;
  char        path[64];
  GThread    *thread;
  GPtrArray  *threads; /* one a connection; the main thread's after the join of the listener */
  GMutex      mutex;
  GArray     *deeds;
  guint       done, connections, requests, writes, acknowledged;
  guint       one_in, most; /* of late answers */
  GArray     *delays;       /* guint, ms: of the next requests */
  GRand      *random;
  guint16     words[65536];
};

typedef struct
{
  Peer       *peer;
  int         descriptor;
  GByteArray *received;
  /* Of the request under way. */
  guint8   unit;
  guint16  transaction;
  guint8   sequence;
  guint32  serial;
  gboolean gone;
} Connection;

static gboolean
wait_readable (Peer *self, int descriptor, int timeout)
{
  struct pollfd polled[2] = {
    {.fd = descriptor,    .events = POLLIN},
    {.fd = self->wake[0], .events = POLLIN},
  };

  if (poll (polled, 2, timeout) <= 0)
    return FALSE;
  return polled[1].revents == 0 && polled[0].revents != 0;
}

/* FALSE when the peer is being freed. */
static gboolean
pause_for (Peer *self, guint milliseconds)
{
  struct pollfd polled = {.fd = self->wake[0], .events = POLLIN};

  return poll (&polled, 1, (int) milliseconds) == 0;
}

static void
send_bytes (Connection *connection, const guint8 *data, gsize length)
{
  while (length > 0) {
    ssize_t now = write (connection->descriptor, data, length);

    if (now <= 0) {
      connection->gone = TRUE;
      return;
    }
    data += now;
    length -= (gsize) now;
  }
}

static void
send_gbytes (Connection *connection, GBytes *bytes)
{
  send_bytes (connection, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static guint
next_jitter (Peer *self)
{
  guint jitter = 0;

  g_mutex_lock (&self->mutex);
  if (self->one_in > 0 && g_rand_int_range (self->random, 0, (gint32) self->one_in) == 0)
    jitter = (guint) g_rand_int_range (self->random, 0, (gint32) self->most);
  g_mutex_unlock (&self->mutex);
  return jitter;
}

static guint
next_delay (Peer *self)
{
  guint delay = 0;

  g_mutex_lock (&self->mutex);
  if (self->delays->len > 0) {
    delay = g_array_index (self->delays, guint, 0);
    g_array_remove_index (self->delays, 0);
  }
  g_mutex_unlock (&self->mutex);
  return delay;
}

static PeerDeed
next_deed (Peer *self)
{
  PeerDeed deed = PEER_GOOD;

  g_mutex_lock (&self->mutex);
  if (self->done < self->deeds->len)
    deed = g_array_index (self->deeds, PeerDeed, self->done);
  self->done++;
  self->requests++;
  g_mutex_unlock (&self->mutex);
  return deed;
}

/* Answers as a well-behaved device does. */
static GBytes *
answer_request (Peer *self, GBytes *pdu)
{
  PlanciaModbusRequest request;
  GBytes              *answer = NULL;

  if (!plancia_modbus_pdu_decode_request (pdu, &request, NULL))
    return plancia_modbus_pdu_exception (((guint8 *) g_bytes_get_data (pdu, NULL))[0], 1);
  g_mutex_lock (&self->mutex);
  if (request.values != NULL) {
    self->writes++;
    for (guint i = 0; i < request.count; i++)
      self->words[(guint16) (request.address + i)] = (guint16) (request.values[2 * i] << 8 |
                                                                request.values[2 * i + 1]);
    answer = plancia_modbus_pdu_write_answer (&request);
  } else {
    g_autofree guint16 *words = g_new (guint16, request.count);
    for (guint i = 0; i < request.count; i++)
      words[i] = self->words[(guint16) (request.address + i)];
    answer = plancia_modbus_pdu_read_answer (request.function, words, request.count);
  }
  g_mutex_unlock (&self->mutex);
  return answer;
}

static GBytes *
wrap_rtu (Connection *connection, guint8 unit, GBytes *pdu, PeerDeed deed)
{
  g_autoptr (GBytes) frame = plancia_modbus_rtu_encode (unit, pdu);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  plancia_put_bytes (bytes, frame);
  if (deed == PEER_BAD_CRC)
    bytes->data[bytes->len - 1] ^= 0x5a;
  if (deed == PEER_DOUBLE_CRC)
    plancia_put_be16 (bytes, 0);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static GBytes *
wrap (Connection *connection, guint8 unit, GBytes *pdu, PeerDeed deed)
{
  g_autoptr (GBytes) rtu = NULL;

  if (connection->peer->framing == PEER_MODBUS_TCP) {
    PlanciaModbusTcpFrame frame = {.transaction = connection->transaction,
                                   .unit = unit,
                                   .pdu = pdu};
    return plancia_modbus_tcp_encode (&frame);
  }
  rtu = wrap_rtu (connection, unit, pdu, deed);
  if (connection->peer->framing != PEER_SOLARMAN)
    return g_steal_pointer (&rtu);
  return plancia_solarman_v5_answer (
    PEER_SERIAL,
    (guint8) (connection->sequence + (deed == PEER_OLD_SEQUENCE ? 0x80 : 0)),
    7,
    0,
    0,
    0,
    rtu);
}

static void
send_heartbeat (Connection *connection)
{
  static const guint8 zero = 0;
  g_auto (PlanciaSolarmanFrame) beat = {.control = PLANCIA_SOLARMAN_HEARTBEAT,
                                        .sequence = (guint8) (connection->sequence - 1),
                                        .counter = 0x60,
                                        .serial = PEER_SERIAL};
  g_autoptr (GBytes) bytes = NULL;

  beat.payload = g_bytes_new_static (&zero, 1);
  bytes = plancia_solarman_v5_encode (&beat);
  send_gbytes (connection, bytes);
}

static void
send_cut_in_two (Connection *connection, GBytes *pdu)
{
  g_autoptr (GBytes) rtu = plancia_modbus_rtu_encode (connection->unit, pdu);
  gsize half = g_bytes_get_size (rtu) / 2;
  g_autoptr (GBytes) first = g_bytes_new_from_bytes (rtu, 0, half);
  g_autoptr (GBytes) second = g_bytes_new_from_bytes (rtu, half, g_bytes_get_size (rtu) - half);
  g_autoptr (GBytes)
    one = plancia_solarman_v5_answer (PEER_SERIAL, connection->sequence, 1, 0, 0, 0, first);
  g_autoptr (GBytes)
    two = plancia_solarman_v5_answer (PEER_SERIAL, connection->sequence, 2, 0, 0, 0, second);

  send_gbytes (connection, one);
  send_gbytes (connection, two);
}

static void
send_logger_error (Connection *connection, guint8 number)
{
  const guint8 code[] = {number, 0};
  g_autoptr (GBytes) payload = g_bytes_new (code, sizeof code);
  g_autoptr (GBytes)
    frame = plancia_solarman_v5_answer (PEER_SERIAL, connection->sequence, 1, 0, 0, 0, payload);

  send_gbytes (connection, frame);
}

static void
send_bytewise (Connection *connection, GBytes *frame)
{
  const guint8 *data = g_bytes_get_data (frame, NULL);

  for (gsize i = 0; i < g_bytes_get_size (frame) && !connection->gone; i++) {
    send_bytes (connection, data + i, 1);
    if (!pause_for (connection->peer, 2))
      return;
  }
}

static GBytes *
wrong_count_answer (GBytes *pdu)
{
  PlanciaModbusRequest request;
  const guint16        words[] = {0xdead, 0xbeef};

  g_assert_true (plancia_modbus_pdu_decode_request (pdu, &request, NULL));
  return plancia_modbus_pdu_read_answer (request.function, words, request.count == 2 ? 1 : 2);
}

static void
before_answer (Connection *connection, PeerDeed deed, GBytes *answer)
{
  static const char   text[] = "AT+YZCMPVER=LSW3_15_270A_1.53\r\n\r\n";
  static const guint8 garbage[64] = {0xff, 0x00, 0x13, 0x37};
  g_autoptr (GBytes) old = NULL;

  if (deed == PEER_HEARTBEAT_BEFORE || deed == PEER_HEARTBEAT_ONLY)
    send_heartbeat (connection);
  if (deed == PEER_TEXT_BEFORE)
    send_bytes (connection, (const guint8 *) text, strlen (text));
  if (deed == PEER_GARBAGE)
    send_bytes (connection, garbage, sizeof garbage);
  if (deed == PEER_OLD_SEQUENCE) {
    static const guint16 wrong[] = {0xbad, 0xbad};
    g_autoptr (GBytes) pdu = plancia_modbus_pdu_read_answer (3, wrong, 2);
    old = wrap (connection, connection->unit, pdu, deed);
    send_gbytes (connection, old);
  }
}

static GBytes *
make_answer (Connection *connection, GBytes *pdu, PeerDeed deed)
{
  guint8 function = ((guint8 *) g_bytes_get_data (pdu, NULL))[0];

  if (deed == PEER_EXCEPTION)
    return plancia_modbus_pdu_exception (function, 2);
  if (deed == PEER_EXCEPTION_90)
    return plancia_modbus_pdu_exception (0x10, 2);
  if (deed == PEER_WRONG_COUNT)
    return wrong_count_answer (pdu);
  return answer_request (connection->peer, pdu);
}

/* What belongs together leaves in one piece, so that it is all there when the answer is. */
static void
send_answer (Connection *connection, PeerDeed deed, GBytes *frame)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  plancia_put_bytes (bytes, frame);
  if (deed == PEER_TWICE)
    plancia_put_bytes (bytes, frame);
  if (deed == PEER_TRAILING)
    plancia_put_be16 (bytes, 0x0102);
  if (deed == PEER_STALLED)
    g_byte_array_set_size (bytes, bytes->len / 2);
  if (deed == PEER_BYTEWISE)
    send_bytewise (connection, frame);
  else
    send_bytes (connection, bytes->data, bytes->len);
  if (deed == PEER_HEARTBEAT_AFTER)
    send_heartbeat (connection);
}

/* Start bytes among them, so that each may be the beginning of a frame. */
static void
send_flood (Connection *connection)
{
  guint8 noise[4096];

  for (guint i = 0; i < sizeof noise; i++)
    noise[i] = (guint8) (i % 7 == 0 ? 0xa5 : i * 31);
  send_bytes (connection, noise, sizeof noise);
}

/* Captured from Ethernet sticks: the header announces six bytes more than the answer to a write has. */
static void
send_padded (Connection *connection, GBytes *frame, gboolean with_padding)
{
  static const guint8 rest[] = {0xc4, 0x0b, 0, 0, 0, 0};
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  plancia_put_bytes (bytes, frame);
  bytes->data[5] = (guint8) (bytes->data[5] + sizeof rest);
  if (with_padding)
    g_byte_array_append (bytes, rest, sizeof rest);
  send_bytes (connection, bytes->data, bytes->len);
}

static void
serve_request (Connection *connection, GBytes *pdu)
{
  PeerDeed deed = next_deed (connection->peer);
  guint    jitter = next_jitter (connection->peer);
  guint    delay = next_delay (connection->peer);
  g_autoptr (GBytes) answer = make_answer (connection, pdu, deed);
  g_autoptr (GBytes) frame = NULL;
  guint8 unit = (guint8) (deed == PEER_WRONG_UNIT ? connection->unit + 1 : connection->unit);

  if (delay > 0 && !pause_for (connection->peer, delay))
    return;
  if (connection->unit == 0 || connection->unit > 2 || deed == PEER_SILENT)
    return;
  if (deed == PEER_CLOSES) {
    connection->gone = TRUE;
    return;
  }
  if (deed == PEER_WRONG_SERIAL || deed == PEER_NOBODY_BEHIND) {
    send_logger_error (connection, deed == PEER_WRONG_SERIAL ? 6 : 5);
    return;
  }
  if (deed == PEER_FLOOD) {
    send_flood (connection);
    return;
  }
  if (jitter > 0)
    g_usleep (jitter);
  if (deed == PEER_CUT_IN_TWO) {
    send_cut_in_two (connection, answer);
    return;
  }
  if (deed == PEER_LATE && !pause_for (connection->peer, connection->peer->late))
    return;
  before_answer (connection, deed, answer);
  if (deed == PEER_HEARTBEAT_ONLY || deed == PEER_GARBAGE)
    return;
  frame = wrap (connection, unit, answer, deed == PEER_OLD_SEQUENCE ? PEER_GOOD : deed);
  if (deed == PEER_PADDED || deed == PEER_ANNOUNCED)
    send_padded (connection, frame, deed == PEER_PADDED);
  else
    send_answer (connection, deed, frame);
  if (deed == PEER_CLOSES_AFTER)
    connection->gone = TRUE;
}

/* Unwraps the next request of a frame; NULL if it was something else. */
static GBytes *
unwrap_solarman (Connection *connection, GBytes *bytes)
{
  g_auto (PlanciaSolarmanFrame) frame = {0};
  g_autoptr (GBytes) rtu = NULL;
  GBytes *pdu = NULL;

  if (!plancia_solarman_v5_decode (bytes, &frame, NULL))
    return NULL;
  if (frame.control == PLANCIA_SOLARMAN_HEARTBEAT - 0x30) {
    g_mutex_lock (&connection->peer->mutex);
    connection->peer->acknowledged++;
    g_mutex_unlock (&connection->peer->mutex);
  }
  if (frame.control != PLANCIA_SOLARMAN_REQUEST)
    return NULL;
  connection->sequence = frame.sequence;
  connection->serial = frame.serial;
  rtu = g_bytes_new_from_bytes (frame.payload, 15, g_bytes_get_size (frame.payload) - 15);
  plancia_modbus_rtu_decode (rtu, FALSE, &connection->unit, &pdu, NULL);
  return pdu;
}

static GBytes *
unwrap (Connection *connection, GBytes *bytes)
{
  g_auto (PlanciaModbusTcpFrame) frame = {0};
  GBytes *pdu = NULL;

  switch (connection->peer->framing) {
  case PEER_MODBUS_TCP:
    if (!plancia_modbus_tcp_decode (bytes, &frame, NULL))
      return NULL;
    connection->transaction = frame.transaction;
    connection->unit = frame.unit;
    return g_steal_pointer (&frame.pdu);
  case PEER_SOLARMAN:
    return unwrap_solarman (connection, bytes);
  case PEER_RTU_OVER_TCP:
  case PEER_RTU_PTY:
  default:
    plancia_modbus_rtu_decode (bytes, FALSE, &connection->unit, &pdu, NULL);
    return pdu;
  }
}

/* As an Ethernet stick that takes everything for Modbus TCP: its exception to what looks like a function. */
static gboolean
answer_foreign (Connection *connection)
{
  const guint8 *in = connection->received->data;
  gssize        length = plancia_solarman_v5_scan (in, connection->received->len, NULL);

  if (connection->peer->framing != PEER_MODBUS_TCP || length <= 0)
    return FALSE;
  const guint8 out[] = {in[0], in[1], in[2], in[3], in[4], 3, in[6], in[7] | 0x80, 2};
  send_bytes (connection, out, sizeof out);
  g_byte_array_remove_range (connection->received, 0, (guint) length);
  return TRUE;
}

static gssize
scan (Connection *connection)
{
  const guint8 *data = connection->received->data;
  gsize         length = connection->received->len;

  if (connection->peer->framing == PEER_MODBUS_TCP)
    return plancia_modbus_tcp_scan (data, length, NULL);
  if (connection->peer->framing == PEER_SOLARMAN)
    return plancia_solarman_v5_scan (data, length, NULL);
  return plancia_modbus_rtu_scan (data, length, FALSE, NULL);
}

static void
understand (Connection *connection)
{
  while (connection->received->len > 0 && !connection->gone) {
    gssize length = answer_foreign (connection) ? 0 : scan (connection);
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (GBytes) pdu = NULL;

    if (length == 0)
      return;
    if (length < 0) { /* not its framing: silent, as real sticks are */
      g_byte_array_set_size (connection->received, 0);
      return;
    }
    bytes = g_bytes_new (connection->received->data, (gsize) length);
    g_byte_array_remove_range (connection->received, 0, (guint) length);
    pdu = unwrap (connection, bytes);
    if (pdu != NULL)
      serve_request (connection, pdu);
  }
}

static void
serve (Connection *connection)
{
  guint8 bytes[600];

  while (!connection->gone && wait_readable (connection->peer, connection->descriptor, -1)) {
    ssize_t now = read (connection->descriptor, bytes, sizeof bytes);

    if (now <= 0)
      break;
    g_byte_array_append (connection->received, bytes, (guint) now);
    understand (connection);
  }
}

static gpointer
connection_thread (gpointer data)
{
  Connection *connection = data;

  serve (connection);
  close (connection->descriptor);
  g_byte_array_unref (connection->received);
  g_free (connection);
  return NULL;
}

static gpointer
listener_thread (gpointer data)
{
  Peer *self = data;

  while (wait_readable (self, self->listener, -1)) {
    Connection *connection = g_new0 (Connection, 1);

    connection->peer = self;
    connection->received = g_byte_array_new ();
    connection->descriptor = accept (self->listener, NULL, NULL);
    g_mutex_lock (&self->mutex);
    self->connections++;
    g_mutex_unlock (&self->mutex);
    g_ptr_array_add (self->threads, g_thread_new ("peer", connection_thread, connection));
  }
  return NULL;
}

static gpointer
pty_thread (gpointer data)
{
  Peer      *self = data;
  Connection connection = {.peer = self, .descriptor = self->master};

  connection.received = g_byte_array_new ();
  serve (&connection);
  g_byte_array_unref (connection.received);
  return NULL;
}

static void
listen_on_loopback (Peer *self)
{
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK)};
  socklen_t          length = sizeof address;

  self->listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (self->listener, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (self->listener, 8), ==, 0);
  g_assert_cmpint (getsockname (self->listener, (struct sockaddr *) &address, &length), ==, 0);
  self->port = ntohs (address.sin_port);
}

static void
make_pty (Peer *self)
{
  struct termios raw;

  g_assert_cmpint (openpty (&self->master, &self->slave, self->path, NULL, NULL), ==, 0);
  tcgetattr (self->slave, &raw);
  cfmakeraw (&raw);
  tcsetattr (self->slave, TCSANOW, &raw);
}

Peer *
peer_new (PeerFraming framing, const PeerDeed *deeds, guint n_deeds, guint late)
{
  Peer *self = g_new0 (Peer, 1);

  signal (SIGPIPE, SIG_IGN);
  self->framing = framing;
  self->late = late;
  self->listener = self->master = self->slave = -1;
  self->threads = g_ptr_array_new ();
  self->random = g_rand_new_with_seed (20260612);
  self->deeds = g_array_new (FALSE, FALSE, sizeof (PeerDeed));
  self->delays = g_array_new (FALSE, FALSE, sizeof (guint));
  if (n_deeds > 0)
    g_array_append_vals (self->deeds, deeds, n_deeds);
  g_mutex_init (&self->mutex);
  for (guint i = 0; i < G_N_ELEMENTS (self->words); i++)
    self->words[i] = (guint16) i;
  g_assert_cmpint (pipe (self->wake), ==, 0);
  if (framing == PEER_RTU_PTY)
    make_pty (self);
  else
    listen_on_loopback (self);
  self->thread =
    g_thread_new ("peer", framing == PEER_RTU_PTY ? pty_thread : listener_thread, self);
  return self;
}

void
peer_free (Peer *self)
{
  if (self == NULL)
    return;
  close (self->wake[1]);
  g_thread_join (self->thread);
  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (g_ptr_array_index (self->threads, i));
  close (self->wake[0]);
  if (self->listener >= 0)
    close (self->listener);
  if (self->master >= 0) {
    close (self->master);
    close (self->slave);
  }
  g_ptr_array_unref (self->threads);
  g_array_unref (self->deeds);
  g_array_unref (self->delays);
  g_rand_free (self->random);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

guint16
peer_get_port (Peer *self)
{
  return self->port;
}

const char *
peer_get_path (Peer *self)
{
  return self->path;
}

static guint
get_locked (Peer *self, const guint *number)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return *number;
}

guint
peer_get_connections (Peer *self)
{
  return get_locked (self, &self->connections);
}

guint
peer_get_requests (Peer *self)
{
  return get_locked (self, &self->requests);
}

guint
peer_get_writes (Peer *self)
{
  return get_locked (self, &self->writes);
}

guint
peer_get_acknowledged (Peer *self)
{
  return get_locked (self, &self->acknowledged);
}

guint16
peer_get_word (Peer *self, guint16 address)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->words[address];
}

void
peer_set_word (Peer *self, guint16 address, guint16 word)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->words[address] = word;
}

void
peer_set_deeds (Peer *self, const PeerDeed *deeds, guint n_deeds)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_array_set_size (self->deeds, 0);
  if (n_deeds > 0)
    g_array_append_vals (self->deeds, deeds, n_deeds);
  self->done = 0;
}

void
peer_set_delays (Peer *self, const guint *delays, guint n_delays)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_array_set_size (self->delays, 0);
  g_array_append_vals (self->delays, delays, n_delays);
}

void
peer_set_jitter (Peer *self, guint one_in, guint most)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->one_in = one_in;
  self->most = most;
}
