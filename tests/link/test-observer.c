/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/bytes.h"
#include "base/error.h"
#include "link/links.h"
#include "peer.h"
#include "protocol/modbus-pdu.h"

/* What an observer of a link is told: on every route the bytes that were on the wire, how it ended, and
 * nothing when nobody listens. */

#define TIMEOUT 250
#define PATIENT 3000 /* for an answer that comes, on a machine that has no time */
#define LATE    320

static PlanciaLink *
link_to (PeerFraming framing, Peer *peer, guint timeout)
{
  guint16 port = peer_get_port (peer);

  switch (framing) {
  case PEER_MODBUS_TCP:
    return plancia_link_modbus_tcp_new ("127.0.0.1", port, timeout);
  case PEER_RTU_OVER_TCP:
    return plancia_link_rtu_over_tcp_new ("127.0.0.1", port, timeout);
  case PEER_SOLARMAN:
    return plancia_link_solarman_new ("127.0.0.1", port, PEER_SERIAL, timeout);
  case PEER_RTU_PTY:
  default:
    return plancia_link_modbus_rtu_new (peer_get_path (peer), 115200, "8N1", timeout);
  }
}

static void
keep (PlanciaExchange *exchange, gpointer user_data)
{
  g_ptr_array_add (user_data, exchange);
}

static GPtrArray *
kept_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_exchange_unref);
}

static void
read_two (PlanciaLink *link)
{
  guint16 words[2];

  plancia_link_read_words (link, PEER_UNIT, 3, 0x0404, 2, words, NULL, NULL);
}

/* Of those that belong to a request. */
static const PlanciaExchange *
find_asked (GPtrArray *kept, guint n)
{
  for (guint i = 0; i < kept->len; i++) {
    const PlanciaExchange *exchange = g_ptr_array_index (kept, i);

    if (exchange->unit >= 0 && n-- == 0)
      return exchange;
  }
  g_assert_not_reached ();
}

static void
assert_pdu (const PlanciaExchange *exchange, gboolean answer, const char *hex)
{
  g_autoptr (GBytes) pdu = plancia_exchange_dup_pdu (exchange, answer);
  g_autofree char *text = NULL;

  g_assert_nonnull (pdu);
  text = plancia_hex_encode (g_bytes_get_data (pdu, NULL), g_bytes_get_size (pdu), "");
  g_assert_cmpstr (text, ==, hex);
}

static void
test_good (gconstpointer data)
{
  static const gsize lengths[][2] = {
    {12, 13},
    {8,  9 },
    {36, 36},
    {8,  9 },
  };
  PeerFraming framing = GPOINTER_TO_UINT (data);
  g_autoptr (Peer) peer = peer_new (framing, NULL, 0, 0);
  g_autoptr (PlanciaLink) link = link_to (framing, peer, PATIENT);
  g_autoptr (GPtrArray) kept = kept_new ();
  const PlanciaExchange *exchange;

  plancia_link_set_observer (link, keep, kept);
  read_two (link);
  g_assert_cmpuint (kept->len, ==, 1);
  exchange = find_asked (kept, 0);
  g_assert_cmpuint (exchange->n_sent, ==, lengths[framing][0]);
  g_assert_cmpuint (exchange->n_received, ==, lengths[framing][1]);
  g_assert_cmpuint (exchange->verdict, ==, PLANCIA_EXCHANGE_AS_ASKED);
  g_assert_cmpint (exchange->unit, ==, PEER_UNIT);
  g_assert_cmpuint (exchange->duration, <, PATIENT * 1000);
  assert_pdu (exchange, FALSE, "0304040002");
  assert_pdu (exchange, TRUE, "030404040405");

  plancia_link_set_observer (link, NULL, NULL);
  read_two (link);
  g_assert_cmpuint (kept->len, ==, 1);
}

typedef struct
{
  const char            *name;
  PeerFraming            framing;
  PeerDeed               deed;
  PlanciaExchangeVerdict verdict;
  int                    n_received; /* -1: any */
} Case;

static const Case cases[] = {
  {"tcp-silent",         PEER_MODBUS_TCP,   PEER_SILENT,      PLANCIA_EXCHANGE_NO_ANSWER,  0 },
  {"tcp-wrong-unit",     PEER_MODBUS_TCP,   PEER_WRONG_UNIT,  PLANCIA_EXCHANGE_OTHER_UNIT, 13},
  {"tcp-exception",      PEER_MODBUS_TCP,   PEER_EXCEPTION,   PLANCIA_EXCHANGE_EXCEPTION,  9 },
  {"tcp-closes",         PEER_MODBUS_TCP,   PEER_CLOSES,      PLANCIA_EXCHANGE_LOST,       0 },
  {"tcp-wrong-count",    PEER_MODBUS_TCP,   PEER_WRONG_COUNT, PLANCIA_EXCHANGE_MALFORMED,  -1},
  {"rtu-bad-crc",        PEER_RTU_PTY,      PEER_BAD_CRC,     PLANCIA_EXCHANGE_CRC_WRONG,  9 },
  {"rtu-silent",         PEER_RTU_PTY,      PEER_SILENT,      PLANCIA_EXCHANGE_NO_ANSWER,  0 },
  {"rtu-wrong-unit",     PEER_RTU_PTY,      PEER_WRONG_UNIT,  PLANCIA_EXCHANGE_OTHER_UNIT, 9 },
  {"rtu-exception",      PEER_RTU_PTY,      PEER_EXCEPTION,   PLANCIA_EXCHANGE_EXCEPTION,  5 },
  {"over-tcp-bad-crc",   PEER_RTU_OVER_TCP, PEER_BAD_CRC,     PLANCIA_EXCHANGE_CRC_WRONG,  9 },
  {"over-tcp-stalled",   PEER_RTU_OVER_TCP, PEER_STALLED,     PLANCIA_EXCHANGE_NO_ANSWER,  -1},
  {"over-tcp-wrong",     PEER_RTU_OVER_TCP, PEER_WRONG_UNIT,  PLANCIA_EXCHANGE_OTHER_UNIT, 9 },
  {"over-tcp-trailing",  PEER_RTU_OVER_TCP, PEER_TRAILING,    PLANCIA_EXCHANGE_AS_ASKED,   11},
  {"solarman-silent",    PEER_SOLARMAN,     PEER_SILENT,      PLANCIA_EXCHANGE_NO_ANSWER,  0 },
  {"solarman-exception", PEER_SOLARMAN,     PEER_EXCEPTION,   PLANCIA_EXCHANGE_EXCEPTION,  32},
  {"solarman-unit",      PEER_SOLARMAN,     PEER_WRONG_UNIT,  PLANCIA_EXCHANGE_OTHER_UNIT, 36},
};

static void
test_bad (gconstpointer data)
{
  const Case *tested = data;
  g_autoptr (Peer) peer = peer_new (tested->framing, &tested->deed, 1, LATE);
  gboolean silent = tested->verdict == PLANCIA_EXCHANGE_NO_ANSWER;
  g_autoptr (PlanciaLink) link = link_to (tested->framing, peer, silent ? TIMEOUT : PATIENT);
  g_autoptr (GPtrArray) kept = kept_new ();
  const PlanciaExchange *exchange;

  plancia_link_set_observer (link, keep, kept);
  read_two (link);
  exchange = find_asked (kept, 0);
  g_assert_cmpstr (plancia_exchange_verdict_name (exchange->verdict),
                   ==,
                   plancia_exchange_verdict_name (tested->verdict));
  if (tested->n_received >= 0)
    g_assert_cmpuint (exchange->n_received, ==, tested->n_received);
  if (silent)
    g_assert_cmpuint (exchange->duration, >=, (TIMEOUT - 20) * 1000);
}

/* Answers that come too late: each is told as such, on a line that stays open. FALSE: nothing came late, since this
 * program itself was held up for longer than that. */
static gboolean
try_late (void)
{
  const PeerDeed deed = PEER_LATE;
  g_autoptr (Peer) peer = peer_new (PEER_RTU_PTY, &deed, 1, LATE);
  g_autoptr (PlanciaLink) link = link_to (PEER_RTU_PTY, peer, TIMEOUT);
  g_autoptr (GPtrArray) kept = kept_new ();
  guint late = 0;

  plancia_link_set_observer (link, keep, kept);
  read_two (link);
  if (find_asked (kept, 0)->verdict == PLANCIA_EXCHANGE_AS_ASKED)
    return FALSE;
  g_assert_cmpuint (find_asked (kept, 0)->verdict, ==, PLANCIA_EXCHANGE_NO_ANSWER);
  read_two (link);
  g_assert_cmpuint (find_asked (kept, 1)->verdict, ==, PLANCIA_EXCHANGE_AS_ASKED);
  for (guint i = 0; i < kept->len; i++)
    late += ((PlanciaExchange *) g_ptr_array_index (kept, i))->verdict == PLANCIA_EXCHANGE_LATE;
  g_assert_cmpuint (late, >=, 1);
  return TRUE;
}

static void
test_late (void)
{
  for (guint i = 0; i < 20; i++)
    if (try_late ())
      return;
  g_assert_not_reached ();
}

/* The logger's own words are apart from the exchange, and so is what they are answered with. */
static void
test_heartbeat (void)
{
  const PeerDeed deed = PEER_HEARTBEAT_BEFORE;
  g_autoptr (Peer) peer = peer_new (PEER_SOLARMAN, &deed, 1, LATE);
  g_autoptr (PlanciaLink) link = link_to (PEER_SOLARMAN, peer, TIMEOUT);
  g_autoptr (GPtrArray) kept = kept_new ();
  const PlanciaExchange *heard, *acknowledged;

  plancia_link_set_observer (link, keep, kept);
  read_two (link);
  g_assert_cmpuint (kept->len, ==, 3);
  heard = g_ptr_array_index (kept, 0);
  acknowledged = g_ptr_array_index (kept, 1);
  g_assert_cmpuint (heard->verdict, ==, PLANCIA_EXCHANGE_UNASKED);
  g_assert_cmpuint (heard->n_sent, ==, 0);
  g_assert_cmphex (plancia_exchange_get_received (heard)[4], ==, 0x47);
  g_assert_cmpuint (acknowledged->n_received, ==, 0);
  g_assert_cmphex (plancia_exchange_get_sent (acknowledged)[4], ==, 0x17);
  g_assert_cmpuint (find_asked (kept, 0)->verdict, ==, PLANCIA_EXCHANGE_AS_ASKED);
  g_assert_cmpuint (find_asked (kept, 0)->n_received, ==, 36);
}

/* Noise of the logger: the bytes are not lost. */
static void
test_text (void)
{
  const PeerDeed deed = PEER_TEXT_BEFORE;
  g_autoptr (Peer) peer = peer_new (PEER_SOLARMAN, &deed, 1, LATE);
  g_autoptr (PlanciaLink) link = link_to (PEER_SOLARMAN, peer, TIMEOUT);
  g_autoptr (GPtrArray) kept = kept_new ();
  const PlanciaExchange *text;

  plancia_link_set_observer (link, keep, kept);
  read_two (link);
  text = g_ptr_array_index (kept, 0);
  g_assert_cmpint (text->unit, ==, -1);
  g_assert_cmpmem (plancia_exchange_get_received (text), 3, "AT+", 3);
}

/* The request that teaches the serial number, and the one after it. */
static void
test_serial (void)
{
  const PeerDeed deed = PEER_WRONG_SERIAL;
  g_autoptr (Peer) peer = peer_new (PEER_SOLARMAN, &deed, 1, LATE);
  g_autoptr (PlanciaLink)
    link = plancia_link_solarman_new ("127.0.0.1", peer_get_port (peer), 0, TIMEOUT);
  g_autoptr (GPtrArray) kept = kept_new ();

  plancia_link_set_observer (link, keep, kept);
  read_two (link);
  g_assert_cmpuint (kept->len, ==, 2);
  g_assert_cmpuint (find_asked (kept, 0)->verdict, ==, PLANCIA_EXCHANGE_REFUSED);
  g_assert_cmpuint (find_asked (kept, 0)->n_received, ==, 29);
  g_assert_cmpuint (find_asked (kept, 1)->verdict, ==, PLANCIA_EXCHANGE_AS_ASKED);
}

/* A link that looks for its framing tells of each try. */
static void
test_auto (void)
{
  g_autoptr (Peer) peer = peer_new (PEER_SOLARMAN, NULL, 0, 0);
  g_autoptr (PlanciaLink) link = plancia_link_auto_new ("127.0.0.1", peer_get_port (peer), TIMEOUT);
  g_autoptr (GPtrArray) kept = kept_new ();
  const PlanciaExchange *last;

  plancia_link_set_observer (link, keep, kept);
  read_two (link);
  g_assert_cmpuint (kept->len, >=, 3);
  g_assert_cmpuint (find_asked (kept, 0)->wire, ==, PLANCIA_WIRE_MODBUS_TCP);
  g_assert_true (plancia_exchange_is_error (find_asked (kept, 0)->verdict));
  last = g_ptr_array_index (kept, kept->len - 1);
  g_assert_cmpuint (last->wire, ==, PLANCIA_WIRE_SOLARMAN);
  assert_pdu (last, FALSE, "0304040002");
}

static void
test_peers (void)
{
  static const char *const texts[] = {"192.168.1.60:55400", "[fe80::1]:502", "stick.local:8899"};
  static const char *const hosts[] = {"192.168.1.60", "fe80::1", "stick.local"};
  static const guint16     ports[] = {55400, 502, 8899};

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    char            *made = plancia_exchange_make_peer (hosts[i], ports[i]);
    g_autofree char *host = NULL;
    guint16          port = 0;

    g_assert_cmpstr (made, ==, texts[i]);
    g_assert_true (plancia_exchange_split_peer (made, &host, &port));
    g_assert_cmpstr (host, ==, hosts[i]);
    g_assert_cmpuint (port, ==, ports[i]);
    g_ref_string_release (made);
  }
  g_assert_false (plancia_exchange_split_peer ("/dev/ttyUSB0", NULL, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = PEER_MODBUS_TCP; i <= PEER_RTU_PTY; i++) {
    static const char *const names[] = {"modbus-tcp", "rtu-over-tcp", "solarman", "modbus-rtu"};
    g_autofree char         *path = g_strconcat ("/observer/good/", names[i], NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_good);
  }
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/observer/", cases[i].name, NULL);

    g_test_add_data_func (path, &cases[i], test_bad);
  }
  g_test_add_func ("/observer/late", test_late);
  g_test_add_func ("/observer/heartbeat", test_heartbeat);
  g_test_add_func ("/observer/text", test_text);
  g_test_add_func ("/observer/serial", test_serial);
  g_test_add_func ("/observer/auto", test_auto);
  g_test_add_func ("/observer/peers", test_peers);
  return g_test_run ();
}
