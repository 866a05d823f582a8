/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "link/links.h"
#include "peer.h"
#include "protocol/modbus-pdu.h"

/* The same misbehaviour on every route: what comes out is either an error or the right words, never
 * the answer to something else, and the next request is answered rightly. */

#define TIMEOUT 500
#define LATE    640

static const char *const route_names[] = {"modbus-tcp", "rtu-over-tcp", "solarman", "modbus-rtu"};

static PlanciaLink *
link_to (PeerFraming framing, Peer *peer)
{
  guint16 port = peer_get_port (peer);

  switch (framing) {
  case PEER_MODBUS_TCP:
    return plancia_link_modbus_tcp_new ("127.0.0.1", port, TIMEOUT);
  case PEER_RTU_OVER_TCP:
    return plancia_link_rtu_over_tcp_new ("localhost", port, TIMEOUT);
  case PEER_SOLARMAN:
    return plancia_link_solarman_new ("127.0.0.1", port, PEER_SERIAL, TIMEOUT);
  case PEER_RTU_PTY:
  default:
    return plancia_link_modbus_rtu_new (peer_get_path (peer), 115200, "8N1", TIMEOUT);
  }
}

static gboolean
read_at (PlanciaLink *link, guint16 address, GError **error)
{
  guint16 words[10] = {0};

  if (!plancia_link_read_words (link, PEER_UNIT, 3, address, 10, words, NULL, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_assert_cmphex (words[i], ==, address + i);
  return TRUE;
}

static void
expect_good (PlanciaLink *link, guint16 address)
{
  g_autoptr (GError) error = NULL;

  read_at (link, address, &error);
  g_assert_no_error (error);
}

/* What the first of two requests gives. */
typedef enum {
  RIGHT,
  TIMED_OUT,
  CLOSED,
  CHECKSUM_OR_TIMED_OUT,
  PROTOCOL,
  ANY_ERROR,
  MODBUS_2,
} Expected;

typedef struct
{
  const char *name;
  PeerDeed    deed;
  guint       routes; /* 1 << PeerFraming */
  Expected    expected;
} Case;

#define ALL_ROUTES 15u
#define TCP_ROUTES 7u
#define NOT_MBAP   14u
#define SOLARMAN   (1u << PEER_SOLARMAN)

static const Case cases[] = {
  {"good",             PEER_GOOD,             ALL_ROUTES, RIGHT    },
  {"silent",           PEER_SILENT,           ALL_ROUTES, TIMED_OUT},
  {"late",             PEER_LATE,             ALL_ROUTES, TIMED_OUT},
  {"bad-crc",          PEER_BAD_CRC,          NOT_MBAP,   PROTOCOL },
  {"wrong-unit",       PEER_WRONG_UNIT,       ALL_ROUTES, PROTOCOL },
  {"wrong-count",      PEER_WRONG_COUNT,      ALL_ROUTES, PROTOCOL },
  {"twice",            PEER_TWICE,            ALL_ROUTES, RIGHT    },
  {"trailing",         PEER_TRAILING,         ALL_ROUTES, RIGHT    },
  {"double-crc",       PEER_DOUBLE_CRC,       NOT_MBAP,   RIGHT    },
  {"bytewise",         PEER_BYTEWISE,         ALL_ROUTES, RIGHT    },
  {"stalled",          PEER_STALLED,          ALL_ROUTES, TIMED_OUT},
  {"closes",           PEER_CLOSES,           TCP_ROUTES, CLOSED   },
  {"closes-after",     PEER_CLOSES_AFTER,     TCP_ROUTES, RIGHT    },
  {"garbage",          PEER_GARBAGE,          ALL_ROUTES, ANY_ERROR},
  {"exception",        PEER_EXCEPTION,        ALL_ROUTES, MODBUS_2 },
  {"exception-90",     PEER_EXCEPTION_90,     ALL_ROUTES, MODBUS_2 },
  {"heartbeat-before", PEER_HEARTBEAT_BEFORE, SOLARMAN,   RIGHT    },
  {"heartbeat-after",  PEER_HEARTBEAT_AFTER,  SOLARMAN,   RIGHT    },
  {"heartbeat-only",   PEER_HEARTBEAT_ONLY,   SOLARMAN,   TIMED_OUT},
  {"text-before",      PEER_TEXT_BEFORE,      SOLARMAN,   RIGHT    },
  {"old-sequence",     PEER_OLD_SEQUENCE,     SOLARMAN,   RIGHT    },
  {"cut-in-two",       PEER_CUT_IN_TWO,       SOLARMAN,   RIGHT    },
  {"wrong-serial",     PEER_WRONG_SERIAL,     SOLARMAN,   PROTOCOL },
};

static void
check_expected (const Case *tested, gboolean came, const GError *error)
{
  switch (tested->expected) {
  case RIGHT:
    g_assert_no_error (error);
    g_assert_true (came);
    break;
  case TIMED_OUT:
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
    break;
  case CLOSED:
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
    break;
  case PROTOCOL:
    g_assert_nonnull (error);
    g_assert_cmpstr (g_quark_to_string (error->domain),
                     ==,
                     g_quark_to_string (PLANCIA_PROTOCOL_ERROR));
    break;
  case MODBUS_2:
    g_assert_error (error, PLANCIA_MODBUS_ERROR, 2);
    break;
  case CHECKSUM_OR_TIMED_OUT:
  case ANY_ERROR:
  default:
    g_assert_nonnull (error);
  }
}

typedef struct
{
  PeerFraming framing;
  const Case *tested;
  gboolean    warm; /* a good request first, so that the connection is not fresh */
} Run;

static void
test_deed (gconstpointer data)
{
  const Run *run = data;
  PeerDeed   deeds[] = {PEER_GOOD, run->tested->deed};
  gint64     begin;
  g_autoptr (GError) error = NULL;
  g_autoptr (Peer) peer = run->warm ? peer_new (run->framing, deeds, 2, LATE)
                                    : peer_new (run->framing, deeds + 1, 1, LATE);
  g_autoptr (PlanciaLink) link = link_to (run->framing, peer);
  gboolean came;

  if (run->warm)
    expect_good (link, 0x100);
  begin = g_get_monotonic_time ();
  came = read_at (link, 0x200, &error);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 20 * G_USEC_PER_SEC);
  if (run->warm && run->tested->expected == CLOSED) {
    /* A read that met a connection which closed under it is tried once more. */
    g_assert_no_error (error);
    g_assert_cmpuint (peer_get_connections (peer), ==, 2);
  } else {
    check_expected (run->tested, came, error);
  }
  /* Whatever it was: others of the same shape, at other addresses, right from here on. */
  for (guint16 address = 0x300; address < 0x340; address += 0x10)
    expect_good (link, address);
}

/* A late answer with the same shape as the next request, on a link that is asked again at once. */
static void
test_late_then_many (gconstpointer data)
{
  PeerFraming    framing = (PeerFraming) GPOINTER_TO_INT (data);
  const PeerDeed deeds[] = {PEER_GOOD, PEER_LATE, PEER_LATE, PEER_GOOD, PEER_LATE};
  g_autoptr (Peer) peer = peer_new (framing, deeds, G_N_ELEMENTS (deeds), LATE);
  g_autoptr (PlanciaLink) link = link_to (framing, peer);
  guint right = 0;

  for (guint16 i = 0; i < 12; i++) {
    g_autoptr (GError) error = NULL;

    /* read_at asserts that words are those of the address. */
    right += read_at (link, (guint16) (0x1000 + 0x40 * i), &error) ? 1 : 0;
  }
  g_assert_cmpuint (right, >=, 8);
}

/* A write leaves once, whatever becomes of it. */
static void
test_write_once (gconstpointer data)
{
  PeerFraming    framing = (PeerFraming) GPOINTER_TO_INT (data);
  const PeerDeed bad[] =
    {PEER_SILENT, PEER_LATE, PEER_CLOSES, PEER_WRONG_UNIT, PEER_GARBAGE, PEER_STALLED};
  const guint16 words[] = {0xcafe, 0xf00d};

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    const PeerDeed deeds[] = {PEER_GOOD, bad[i]};
    g_autoptr (GError) error = NULL;
    g_autoptr (Peer) peer = peer_new (framing, deeds, 2, LATE);
    g_autoptr (PlanciaLink) link = link_to (framing, peer);

    if (framing == PEER_RTU_PTY && bad[i] == PEER_CLOSES)
      continue;
    expect_good (link, 0x100);
    g_assert_false (plancia_link_write_words (link, PEER_UNIT, 16, 0x500, words, 2, NULL, &error));
    g_assert_nonnull (error);
    expect_good (link, 0x600);
    g_assert_cmpuint (peer_get_writes (peer), ==, 1);
  }
}

static void
test_write_and_read (gconstpointer data)
{
  PeerFraming   framing = (PeerFraming) GPOINTER_TO_INT (data);
  const guint16 words[] = {0xcafe, 0xf00d, 3};
  guint16       back[125] = {0}, many[123];
  g_autoptr (GError) error = NULL;
  g_autoptr (Peer) peer = peer_new (framing, NULL, 0, LATE);
  g_autoptr (PlanciaLink) link = link_to (framing, peer);

  g_assert_true (plancia_link_open (link, NULL, &error));
  g_assert_true (plancia_link_write_words (link, PEER_UNIT, 16, 0x500, words, 3, NULL, &error));
  g_assert_true (plancia_link_write_words (link, PEER_UNIT, 6, 0x503, words, 1, NULL, &error));
  g_assert_true (plancia_link_read_words (link, PEER_UNIT, 3, 0x500, 4, back, NULL, &error));
  g_assert_cmphex (back[0], ==, 0xcafe);
  g_assert_cmphex (back[2], ==, 3);
  g_assert_cmphex (back[3], ==, 0xcafe);
  for (guint i = 0; i < 123; i++)
    many[i] = (guint16) (i * 7);
  g_assert_true (plancia_link_write_words (link, PEER_UNIT, 16, 0x700, many, 123, NULL, &error));
  g_assert_true (plancia_link_read_words (link, PEER_UNIT, 4, 0x700, 125, back, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpmem (many, sizeof many, back, sizeof many);
  g_assert_cmphex (back[124], ==, 0x700 + 124);
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (30 * 1000);
  g_cancellable_cancel (data);
  return NULL;
}

static void
test_cancel (gconstpointer data)
{
  PeerFraming    framing = (PeerFraming) GPOINTER_TO_INT (data);
  const PeerDeed deeds[] = {PEER_GOOD, PEER_SILENT};
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (Peer) peer = peer_new (framing, deeds, 2, LATE);
  g_autoptr (PlanciaLink) link = NULL;
  guint16  word;
  gint64   begin;
  GThread *thread;

  link = framing == PEER_MODBUS_TCP
           ? plancia_link_modbus_tcp_new ("127.0.0.1", peer_get_port (peer), 20000)
         : framing == PEER_RTU_OVER_TCP
           ? plancia_link_rtu_over_tcp_new ("127.0.0.1", peer_get_port (peer), 20000)
         : framing == PEER_SOLARMAN
           ? plancia_link_solarman_new ("127.0.0.1", peer_get_port (peer), PEER_SERIAL, 20000)
           : plancia_link_modbus_rtu_new (peer_get_path (peer), 115200, "8N1", 20000);
  expect_good (link, 0x100);
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  begin = g_get_monotonic_time ();
  g_assert_false (plancia_link_read_words (link, PEER_UNIT, 3, 1, 1, &word, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 10 * G_USEC_PER_SEC);
  g_thread_join (thread);
  expect_good (link, 0x400);
}

/* HUB lines: what the peer closed stays closed until it is opened on purpose. */
static void
test_no_reconnect (void)
{
  const PeerDeed deeds[] = {PEER_CLOSES_AFTER, PEER_CLOSES};
  g_autoptr (GError) error = NULL;
  g_autoptr (Peer) peer = peer_new (PEER_MODBUS_TCP, deeds, 2, LATE);
  g_autoptr (PlanciaLink) link = link_to (PEER_MODBUS_TCP, peer);
  guint16 word;

  plancia_link_set_reconnect (link, FALSE);
  expect_good (link, 0x100);
  /* Whether it shows before or after sending depends on how fast the peer is. */
  g_assert_false (plancia_link_read_words (link, PEER_UNIT, 3, 1, 1, &word, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  g_assert_cmpuint (peer_get_connections (peer), ==, 1);
}

static void
test_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Peer) peer = peer_new (PEER_MODBUS_TCP, NULL, 0, LATE);
  g_autoptr (PlanciaLink) link = link_to (PEER_MODBUS_TCP, peer);

  g_clear_pointer (&peer, peer_free);
  g_assert_false (plancia_link_open (link, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

static void
test_heartbeat_acknowledged (void)
{
  const PeerDeed deeds[] = {PEER_HEARTBEAT_BEFORE, PEER_HEARTBEAT_AFTER};
  g_autoptr (Peer) peer = peer_new (PEER_SOLARMAN, deeds, 2, LATE);
  g_autoptr (PlanciaLink) link = link_to (PEER_SOLARMAN, peer);

  expect_good (link, 0x100);
  expect_good (link, 0x200);
  expect_good (link, 0x300);
  expect_good (link, 0x400);
  g_assert_cmpuint (peer_get_acknowledged (peer), ==, 2);
  g_assert_cmpuint (peer_get_connections (peer), ==, 1);
}

/* Serial 0: learnt from an answer or from a refusal, and never by a write. */
static void
test_learn_serial (void)
{
  const PeerDeed refuses[] = {PEER_WRONG_SERIAL};
  const guint16  word = 77;
  g_autoptr (GError) error = NULL;
  g_autoptr (Peer) peer = peer_new (PEER_SOLARMAN, refuses, 1, LATE);
  g_autoptr (PlanciaLink)
    reader = plancia_link_solarman_new ("127.0.0.1", peer_get_port (peer), 0, TIMEOUT);
  g_autoptr (PlanciaLink)
    writer = plancia_link_solarman_new ("127.0.0.1", peer_get_port (peer), 0, TIMEOUT);

  expect_good (reader, 0x100);
  g_assert_cmpuint (peer_get_requests (peer), ==, 2);

  peer_set_deeds (peer, refuses, 1);
  g_assert_true (plancia_link_write_words (writer, PEER_UNIT, 16, 9, &word, 1, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (peer_get_writes (peer), ==, 1);
}

static void
test_other_stick (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Peer) peer = peer_new (PEER_SOLARMAN, NULL, 0, LATE);
  g_autoptr (PlanciaLink)
    link = plancia_link_solarman_new ("127.0.0.1", peer_get_port (peer), 1234567890, TIMEOUT);

  g_assert_false (read_at (link, 0x100, &error));
  g_assert_error (error, PLANCIA_PROTOCOL_ERROR, PLANCIA_PROTOCOL_ERROR_LOGGER);
  g_assert_nonnull (strstr (error->message, "2712345678"));
}

static void
test_auto (gconstpointer data)
{
  static const char *const names[] = {"Modbus TCP", "RTU over TCP", "Solarman V5"};
  PeerFraming              framing = (PeerFraming) GPOINTER_TO_INT (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (Peer) peer = peer_new (framing, NULL, 0, LATE);
  g_autoptr (PlanciaLink) link = plancia_link_auto_new ("127.0.0.1", peer_get_port (peer), TIMEOUT);

  g_assert_null (plancia_link_auto_get_framing (link));
  g_assert_true (plancia_link_open (link, NULL, &error));
  g_assert_cmpstr (plancia_link_auto_get_framing (link), ==, names[framing]);
  expect_good (link, 0x100);
  g_assert_cmpuint (peer_get_writes (peer), ==, 0);
}

/* What an Ethernet stick adds to the answer of a write is no reason to call the write failed. */
static void
test_padded_writes (void)
{
  const PeerDeed deeds[] =
    {PEER_GOOD, PEER_PADDED, PEER_GOOD, PEER_ANNOUNCED, PEER_GOOD, PEER_TRAILING, PEER_GOOD};
  const guint16 words[] = {7, 8};
  g_autoptr (Peer) peer = peer_new (PEER_MODBUS_TCP, deeds, G_N_ELEMENTS (deeds), LATE);
  g_autoptr (PlanciaLink) link = link_to (PEER_MODBUS_TCP, peer);

  for (guint i = 0; i < 3; i++) {
    g_autoptr (GError) error = NULL;

    expect_good (link, 0x100);
    plancia_link_write_words (link, PEER_UNIT, 16, 0x500, words, 2, NULL, &error);
    g_assert_no_error (error);
  }
  expect_good (link, 0x200);
  g_assert_cmpuint (peer_get_writes (peer), ==, 3);
}

/* Nine bytes come back: known at once, and not after the time-out. */
static void
test_modbus_tcp_behind (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Peer) peer = peer_new (PEER_MODBUS_TCP, NULL, 0, LATE);
  g_autoptr (PlanciaLink)
    link = plancia_link_solarman_new ("127.0.0.1", peer_get_port (peer), PEER_SERIAL, 10000);
  gint64 begin = g_get_monotonic_time ();

  g_assert_false (read_at (link, 0x100, &error));
  g_assert_error (error, PLANCIA_PROTOCOL_ERROR, PLANCIA_PROTOCOL_ERROR_UNSUPPORTED);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 8 * G_USEC_PER_SEC);
}

/* The first probe meets a busy stick; the answer to the second tells that the first was the right one. */
static void
test_auto_by_exception (void)
{
  const PeerDeed deeds[] = {PEER_SILENT};
  g_autoptr (GError) error = NULL;
  g_autoptr (Peer) peer = peer_new (PEER_MODBUS_TCP, deeds, 1, LATE);
  g_autoptr (PlanciaLink) link = plancia_link_auto_new ("127.0.0.1", peer_get_port (peer), TIMEOUT);

  g_assert_true (plancia_link_open (link, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (plancia_link_auto_get_option (link), ==, "tcp");
  expect_good (link, 0x100);
  /* A probe each, and what it settled on. */
  g_assert_cmpuint (peer_get_connections (peer), ==, 3);
}

static void
test_auto_remembers (void)
{
  g_autoptr (Peer) rtu = peer_new (PEER_RTU_OVER_TCP, NULL, 0, LATE);
  g_autoptr (PlanciaLink) right = plancia_link_auto_new ("127.0.0.1", peer_get_port (rtu), TIMEOUT);
  g_autoptr (PlanciaLink) wrong = plancia_link_auto_new ("127.0.0.1", peer_get_port (rtu), TIMEOUT);

  plancia_link_auto_remember (right, "rtu");
  expect_good (right, 0x100);
  g_assert_cmpuint (peer_get_requests (rtu), ==, 1);
  g_assert_cmpuint (peer_get_connections (rtu), ==, 1);

  /* What is remembered may not be true any more. */
  plancia_link_auto_remember (wrong, "tcp");
  for (guint i = 0; i < 3; i++)
    g_assert_false (read_at (wrong, 0x100, NULL));
  g_assert_true (plancia_link_open (wrong, NULL, NULL));
  g_assert_cmpstr (plancia_link_auto_get_option (wrong), ==, "rtu");
  expect_good (wrong, 0x100);
}

static void
test_nobody_behind (void)
{
  const PeerDeed deeds[] = {PEER_NOBODY_BEHIND};
  g_autoptr (GError) error = NULL;
  g_autoptr (Peer) peer = peer_new (PEER_SOLARMAN, deeds, 1, LATE);
  g_autoptr (PlanciaLink) link = link_to (PEER_SOLARMAN, peer);

  g_assert_false (read_at (link, 0x100, &error));
  g_assert_error (error, PLANCIA_PROTOCOL_ERROR, PLANCIA_PROTOCOL_ERROR_LOGGER);
  g_assert_nonnull (strstr (error->message, "no device answered"));
  expect_good (link, 0x200);
}

/* Noise is looked through for a while, and then the connection is made anew. */
static void
test_noise_limit (void)
{
  const PeerDeed deeds[] = {PEER_GOOD, PEER_FLOOD};
  g_autoptr (GError) error = NULL;
  g_autoptr (Peer) peer = peer_new (PEER_SOLARMAN, deeds, 2, LATE);
  g_autoptr (PlanciaLink)
    link = plancia_link_solarman_new ("127.0.0.1", peer_get_port (peer), PEER_SERIAL, 5000);
  gint64 begin;

  expect_good (link, 0x100);
  begin = g_get_monotonic_time ();
  g_assert_false (read_at (link, 0x200, &error));
  g_assert_error (error, PLANCIA_PROTOCOL_ERROR, PLANCIA_PROTOCOL_ERROR_MALFORMED);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 4 * G_USEC_PER_SEC);
  expect_good (link, 0x300);
  g_assert_cmpuint (peer_get_connections (peer), ==, 2);
}

static void
add_for_routes (const char *name, guint routes, GTestDataFunc func)
{
  for (guint framing = 0; framing < 4; framing++) {
    g_autofree char *path = g_strdup_printf ("/link/%s/%s", route_names[framing], name);

    if ((routes & 1u << framing) != 0)
      g_test_add_data_func (path, GINT_TO_POINTER (framing), func);
  }
}

static void
add_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint framing = 0; framing < 4; framing++)
      for (guint warm = 0; warm < 2; warm++) {
        g_autofree char *path = g_strdup_printf ("/link/%s/%s/%s",
                                                 route_names[framing],
                                                 warm ? "warm" : "fresh",
                                                 cases[i].name);
        Run             *run = g_new0 (Run, 1);

        run->framing = framing;
        run->tested = &cases[i];
        run->warm = warm;
        if ((cases[i].routes & 1u << framing) != 0)
          g_test_add_data_func_full (path, run, test_deed, g_free);
        else
          g_free (run);
      }
}

/* What can be told of a peer that goes: in good order, and whether somebody asked. */
static void
test_ends (void)
{
  const PeerDeed closes[] = {PEER_GOOD, PEER_CLOSES};
  const PeerDeed closes_after[] = {PEER_CLOSES_AFTER};
  g_autoptr (Peer) asked = peer_new (PEER_MODBUS_TCP, closes, 2, 0);
  g_autoptr (Peer) idle = peer_new (PEER_MODBUS_TCP, closes_after, 1, 0);
  g_autoptr (PlanciaLink) one = link_to (PEER_MODBUS_TCP, asked);
  g_autoptr (PlanciaLink) two = link_to (PEER_MODBUS_TCP, idle);

  plancia_link_set_reconnect (one, FALSE);
  plancia_link_set_reconnect (two, FALSE);
  expect_good (one, 0x100);
  g_assert_cmpint (plancia_link_get_end (one), ==, PLANCIA_LINK_END_UNKNOWN);
  g_assert_false (read_at (one, 0x110, NULL));
  g_assert_cmpint (plancia_link_get_end (one), ==, PLANCIA_LINK_END_CLOSED);

  expect_good (two, 0x100);
  g_usleep (500 * 1000);
  g_assert_false (read_at (two, 0x110, NULL));
  g_assert_cmpint (plancia_link_get_end (two), ==, PLANCIA_LINK_END_CLOSED_IDLE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_cases ();
  add_for_routes ("late-then-many", ALL_ROUTES, test_late_then_many);
  add_for_routes ("write-once", ALL_ROUTES, test_write_once);
  add_for_routes ("write-and-read", ALL_ROUTES, test_write_and_read);
  add_for_routes ("cancel", ALL_ROUTES, test_cancel);
  add_for_routes ("auto", TCP_ROUTES, test_auto);
  g_test_add_func ("/link/no-reconnect", test_no_reconnect);
  g_test_add_func ("/link/refused", test_refused);
  g_test_add_func ("/link/solarman/heartbeat-acknowledged", test_heartbeat_acknowledged);
  g_test_add_func ("/link/solarman/learn-serial", test_learn_serial);
  g_test_add_func ("/link/solarman/other-stick", test_other_stick);
  g_test_add_func ("/link/solarman/nobody-behind", test_nobody_behind);
  g_test_add_func ("/link/solarman/noise-limit", test_noise_limit);
  g_test_add_func ("/link/solarman/modbus-tcp-behind", test_modbus_tcp_behind);
  g_test_add_func ("/link/modbus-tcp/padded-writes", test_padded_writes);
  g_test_add_func ("/link/auto/by-exception", test_auto_by_exception);
  g_test_add_func ("/link/auto/remembers", test_auto_remembers);
  g_test_add_func ("/link/modbus-tcp/ends", test_ends);
  return g_test_run ();
}
