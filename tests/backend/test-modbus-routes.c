/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../link/peer.h"
#include "backend-fixture.h"
#include "fake-link.h"

#include "backend/backend-factory.h"
#include "backend/backend-modbus.h"
#include "base/clock.h"
#include "base/error.h"
#include "link/links.h"
#include "map/map-catalog.h"
#include <string.h>

/* States of a connection, and peers that misbehave, over real sockets and a pty. */

static PlanciaMap *
get_map (void)
{
  return plancia_map_catalog_get ("zcs-3ph-hyd-g3", NULL);
}

static PlanciaLink *
make_link (Peer *peer, PeerFraming framing, guint limit)
{
  switch (framing) {
  case PEER_MODBUS_TCP:
    return plancia_link_modbus_tcp_new ("127.0.0.1", peer_get_port (peer), limit);
  case PEER_RTU_OVER_TCP:
    return plancia_link_rtu_over_tcp_new ("127.0.0.1", peer_get_port (peer), limit);
  case PEER_SOLARMAN:
    return plancia_link_solarman_new ("127.0.0.1", peer_get_port (peer), PEER_SERIAL, limit);
  case PEER_RTU_PTY:
  default:
    return plancia_link_modbus_rtu_new (peer_get_path (peer), 115200, "8N1", limit);
  }
}

/* Registers of a peer hold their own address. */
static void
check_readings (PlanciaBackend *backend, PlanciaReadings *readings, PlanciaMap *map)
{
  for (guint i = 0; i < plancia_readings_get_count (readings); i++) {
    const PlanciaReading *reading = plancia_readings_get (readings, i);
    const PlanciaField   *field = plancia_map_find_field (map, reading->key);

    for (guint j = 0; reading->quality == PLANCIA_QUALITY_GOOD && j < reading->n_words; j++)
      g_assert_cmphex (reading->words[j], ==, field->address + j);
  }
}

static gboolean
has_values (BackendFixture *fixture)
{
  return g_strcmp0 (fixture_value (fixture, "d", "grid_frequency"), "good 0484") == 0 &&
         g_strcmp0 (fixture_value (fixture, "d", "state"), "good 0404") == 0;
}

/* Whatever the peer does with its answers, a value is right or not there, and in the end it comes. */
static void
check_deeds (PeerFraming framing, const PeerDeed *deeds, guint n_deeds)
{
  const PlanciaModbusRoute route = {.bus = TRUE};
  g_autoptr (Peer) peer = peer_new (framing, NULL, 0, 250);
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (PlanciaMap) map = get_map ();

  for (guint i = 0; i < n_deeds; i++) {
    gint64 start = plancia_clock_monotonic ();

    peer_set_deeds (peer, deeds + i, 1);
    if (fixture.backend == NULL) {
      fixture_init (&fixture, plancia_backend_modbus_new (make_link (peer, framing, 150), &route));
      g_signal_connect (fixture.backend, "readings", G_CALLBACK (check_readings), map);
      plancia_backend_add_device (fixture.backend, "d", 1, NULL, map);
      plancia_backend_set_polling (fixture.backend, TRUE, 50);
      g_assert_true (fixture_open (&fixture, NULL));
    }
    g_hash_table_remove_all (fixture.values);
    turn_until (has_values (&fixture));
    turn_until (fixture_state (&fixture) == PLANCIA_STATE_OPEN);
    g_test_message ("deed %d: %ld ms", deeds[i], (long) (plancia_clock_monotonic () - start));
  }
  g_assert_cmpuint (peer_get_writes (peer), ==, 0);
}

static void
test_tcp_peer (void)
{
  static const PeerDeed deeds[] = {PEER_SILENT,
                                   PEER_LATE,
                                   PEER_WRONG_UNIT,
                                   PEER_WRONG_COUNT,
                                   PEER_TWICE,
                                   PEER_TRAILING,
                                   PEER_STALLED,
                                   PEER_CLOSES,
                                   PEER_GARBAGE,
                                   PEER_CLOSES_AFTER,
                                   PEER_EXCEPTION_90};

  check_deeds (PEER_MODBUS_TCP, deeds, G_N_ELEMENTS (deeds));
}

static void
test_rtu_over_tcp_peer (void)
{
  static const PeerDeed deeds[] = {PEER_SILENT,
                                   PEER_LATE,
                                   PEER_BAD_CRC,
                                   PEER_WRONG_UNIT,
                                   PEER_WRONG_COUNT,
                                   PEER_TWICE,
                                   PEER_DOUBLE_CRC,
                                   PEER_BYTEWISE,
                                   PEER_STALLED,
                                   PEER_CLOSES,
                                   PEER_GARBAGE,
                                   PEER_EXCEPTION};

  check_deeds (PEER_RTU_OVER_TCP, deeds, G_N_ELEMENTS (deeds));
}

static void
test_solarman_peer (void)
{
  static const PeerDeed deeds[] = {PEER_SILENT,
                                   PEER_LATE,
                                   PEER_BAD_CRC,
                                   PEER_HEARTBEAT_BEFORE,
                                   PEER_TEXT_BEFORE,
                                   PEER_OLD_SEQUENCE,
                                   PEER_CUT_IN_TWO,
                                   PEER_CLOSES,
                                   PEER_GARBAGE,
                                   PEER_WRONG_SERIAL};

  check_deeds (PEER_SOLARMAN, deeds, G_N_ELEMENTS (deeds));
}

static void
test_pty_peer (void)
{
  static const PeerDeed deeds[] = {PEER_SILENT,
                                   PEER_LATE,
                                   PEER_BAD_CRC,
                                   PEER_WRONG_UNIT,
                                   PEER_GARBAGE};

  check_deeds (PEER_RTU_PTY, deeds, G_N_ELEMENTS (deeds));
}

/* --- states ---------------------------------------------------------------------------------- */

static void
test_nobody_there (void)
{
  const PlanciaModbusRoute route = {.bus = TRUE};
  g_autoptr (Peer) peer = peer_new (PEER_MODBUS_TCP, NULL, 0, 0);
  guint16 port = peer_get_port (peer);
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&peer, peer_free);
  fixture_init (
    &fixture,
    plancia_backend_modbus_new (plancia_link_modbus_tcp_new ("127.0.0.1", port, 500), &route));
  g_assert_false (fixture_open (&fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  turn_until (fixture_state (&fixture) == PLANCIA_STATE_CLOSED);
  g_assert_error (plancia_backend_get_error (fixture.backend),
                  G_IO_ERROR,
                  G_IO_ERROR_CONNECTION_REFUSED);
}

/* With polling it tries by itself, more and more seldom, until somebody is there. */
static void
test_reconnects (void)
{
  const PlanciaModbusRoute route = {.bus = TRUE};
  FakeLink                *link = fake_link_new ();
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (PlanciaMap) map = get_map ();
  g_autoptr (GError) error = NULL;

  fake_link_refuse_open (link, G_IO_ERROR_CONNECTION_REFUSED);
  fixture_init (&fixture, plancia_backend_modbus_new (PLANCIA_LINK (g_object_ref (link)), &route));
  plancia_backend_add_device (fixture.backend, "d", 1, NULL, map);
  plancia_backend_set_polling (fixture.backend, TRUE, 50);
  g_assert_false (fixture_open (&fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  turn_until (fixture_state (&fixture) == PLANCIA_STATE_FAILING);
  fixture_turn (1500);
  g_assert_cmpuint (fake_link_get_opened (link), ==, 2);
  fake_link_heal (link);
  turn_until (fixture_state (&fixture) == PLANCIA_STATE_OPEN);
  turn_until (fixture_value (&fixture, "d", "state") != NULL);
  g_assert_cmpstr (fixture.states->str, ==, "ofO");
  g_assert_cmpuint (fixture.n_failed, ==, 0);
  g_object_unref (link);
}

/* Silence of the only device is a failure of the connection; of one of two it is the device's. */
static void
test_silence_of_one_and_of_all (void)
{
  const PlanciaModbusRoute route = {.bus = TRUE};
  FakeLink                *link = fake_link_new ();
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (PlanciaMap) map = get_map ();

  fixture_init (&fixture, plancia_backend_modbus_new (PLANCIA_LINK (g_object_ref (link)), &route));
  plancia_backend_add_device (fixture.backend, "a", 1, NULL, map);
  plancia_backend_add_device (fixture.backend, "b", 2, NULL, map);
  plancia_backend_set_polling (fixture.backend, TRUE, 50);
  g_assert_true (fixture_open (&fixture, NULL));
  turn_until (fixture_value (&fixture, "a", "state") != NULL &&
              fixture_value (&fixture, "b", "state") != NULL);
  fake_link_set_silent_from (link, 2);
  turn_until (g_hash_table_contains (fixture.failed, "b"));
  g_assert_error ((GError *) g_hash_table_lookup (fixture.failed, "b"),
                  G_IO_ERROR,
                  G_IO_ERROR_TIMED_OUT);
  g_assert_cmpint (fixture_state (&fixture), ==, PLANCIA_STATE_OPEN);
  fake_link_set_silent_from (link, 1);
  turn_until (fixture_state (&fixture) == PLANCIA_STATE_FAILING);
  fake_link_heal (link);
  turn_until (fixture_state (&fixture) == PLANCIA_STATE_OPEN);
  turn_until (g_hash_table_size (fixture.failed) == 0);
  g_object_unref (link);
}

/* A logger that says "no match on the bus" is there; what is behind it is not. */
static void
test_device_behind_a_stick (void)
{
  const PlanciaModbusRoute route = {.bus = TRUE};
  FakeLink                *link = fake_link_new ();
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (PlanciaMap) map = get_map ();

  fixture_init (&fixture, plancia_backend_modbus_new (PLANCIA_LINK (g_object_ref (link)), &route));
  plancia_backend_add_device (fixture.backend, "d", 1, NULL, map);
  plancia_backend_set_polling (fixture.backend, TRUE, 50);
  fake_link_fail (link, 0, TRUE, PLANCIA_PROTOCOL_ERROR, PLANCIA_PROTOCOL_ERROR_LOGGER);
  g_assert_true (fixture_open (&fixture, NULL));
  turn_until (g_hash_table_contains (fixture.failed, "d"));
  g_assert_cmpint (fixture_state (&fixture), ==, PLANCIA_STATE_OPEN);
  fake_link_heal (link);
  turn_until (fixture_value (&fixture, "d", "state") != NULL);
  turn_until (g_hash_table_size (fixture.failed) == 0);
  g_object_unref (link);
}

/* Some registers never answer: the others come all the same. */
static void
test_any_block_may_fail (void)
{
  for (guint n = 0; n < 12; n += 3) {
    const PlanciaModbusRoute route = {.bus = TRUE};
    FakeLink                *link = fake_link_new ();
    g_auto (BackendFixture) fixture = {0};
    g_autoptr (PlanciaMap) map = get_map ();

    fixture_init (&fixture,
                  plancia_backend_modbus_new (PLANCIA_LINK (g_object_ref (link)), &route));
    plancia_backend_add_device (fixture.backend, "d", 1, NULL, map);
    plancia_backend_set_polling (fixture.backend, TRUE, 50);
    fake_link_fail (link, n, FALSE, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
    g_assert_true (fixture_open (&fixture, NULL));
    turn_until (g_strcmp0 (fixture_value (&fixture, "d", "state"), "good 0000") == 0 &&
                g_strcmp0 (fixture_value (&fixture, "d", "grid_frequency"), "good 0000") == 0);
    turn_until (fixture_state (&fixture) == PLANCIA_STATE_OPEN);
    g_object_unref (link);
  }
}

/* Closing ends what is under way at once, and it can be opened again. */
static void
test_close_does_not_wait (void)
{
  const PlanciaModbusRoute route = {.bus = TRUE};
  static const PeerDeed    deeds[] = {PEER_SILENT, PEER_SILENT, PEER_SILENT};
  g_autoptr (Peer) peer = peer_new (PEER_MODBUS_TCP, deeds, G_N_ELEMENTS (deeds), 0);
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (PlanciaMap) map = get_map ();
  gint64 start;

  fixture_init (&fixture,
                plancia_backend_modbus_new (make_link (peer, PEER_MODBUS_TCP, 15000), &route));
  plancia_backend_add_device (fixture.backend, "d", 1, NULL, map);
  plancia_backend_set_polling (fixture.backend, TRUE, 50);
  g_assert_true (fixture_open (&fixture, NULL));
  turn_until (peer_get_requests (peer) > 0);
  start = plancia_clock_monotonic ();
  g_assert_true (fixture_close (&fixture));
  g_assert_cmpint (plancia_clock_monotonic () - start, <, 1000);
  g_assert_cmpint (fixture_state (&fixture), ==, PLANCIA_STATE_CLOSED);

  peer_set_deeds (peer, NULL, 0);
  g_assert_true (fixture_open (&fixture, NULL));
  turn_until (fixture_value (&fixture, "d", "state") != NULL);
}

/* Dropping the backend in the middle of a request does not hang. */
static void
test_drop_does_not_wait (void)
{
  const PlanciaModbusRoute route = {.bus = TRUE};
  static const PeerDeed    deeds[] = {PEER_SILENT};
  g_autoptr (Peer) peer = peer_new (PEER_MODBUS_TCP, deeds, G_N_ELEMENTS (deeds), 0);
  g_autoptr (PlanciaMap) map = get_map ();
  gint64 start;

  {
    g_auto (BackendFixture) fixture = {0};

    fixture_init (&fixture,
                  plancia_backend_modbus_new (make_link (peer, PEER_MODBUS_TCP, 15000), &route));
    plancia_backend_add_device (fixture.backend, "d", 1, NULL, map);
    plancia_backend_set_polling (fixture.backend, TRUE, 50);
    g_assert_true (fixture_open (&fixture, NULL));
    turn_until (peer_get_requests (peer) > 0);
    start = plancia_clock_monotonic ();
  }
  g_assert_cmpint (plancia_clock_monotonic () - start, <, 1000);
}

/* --- factory --------------------------------------------------------------------------------- */

static void
test_factory (void)
{
  static const struct
  {
    const char         *text;
    PlanciaBackendFlags flags; /* 0: refused */
  } cases[] = {
    {"eth-stick://h/1",            PLANCIA_BACKEND_LIVE | PLANCIA_BACKEND_REGISTERS | PLANCIA_BACKEND_WRITE},
    {"eth-stick://h/1?framing=v5",
     PLANCIA_BACKEND_LIVE | PLANCIA_BACKEND_REGISTERS | PLANCIA_BACKEND_WRITE                              },
    {"wifi-stick://h/1",           PLANCIA_BACKEND_LIVE | PLANCIA_BACKEND_REGISTERS | PLANCIA_BACKEND_WRITE},
    {"hub://h/meters/1",           PLANCIA_BACKEND_LIVE | PLANCIA_BACKEND_REGISTERS | PLANCIA_BACKEND_WRITE},
    {"power-magic://h/1",          PLANCIA_BACKEND_LIVE | PLANCIA_BACKEND_REGISTERS | PLANCIA_BACKEND_WRITE},
    {"psc://h/1",                  PLANCIA_BACKEND_LIVE | PLANCIA_BACKEND_REGISTERS | PLANCIA_BACKEND_WRITE},
    {"modbus-tcp://h/1",           PLANCIA_BACKEND_LIVE | PLANCIA_BACKEND_REGISTERS | PLANCIA_BACKEND_WRITE},
    {"rs485:///dev/ttyUSB0/1",
     PLANCIA_BACKEND_LIVE | PLANCIA_BACKEND_REGISTERS | PLANCIA_BACKEND_WRITE                              },
    {"connext:///dev/ttyACM0",     PLANCIA_BACKEND_CONSOLE                                                 },
    {"portal://account/X1",
     PLANCIA_BACKEND_LIVE | PLANCIA_BACKEND_HISTORY | PLANCIA_BACKEND_ALARMS |
       PLANCIA_BACKEND_AHEAD                                                                               },
    {"hub://h",                    0                                                                       },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PlanciaAddress) address = plancia_address_parse (cases[i].text, NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (PlanciaBackend) backend = plancia_backend_factory_new (address, NULL, &error);

    g_test_message ("%s", cases[i].text);
    if (cases[i].flags == 0) {
      g_assert_error (error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_INVALID);
      g_assert_null (backend);
      continue;
    }
    g_assert_no_error (error);
    g_assert_cmpuint (plancia_backend_get_flags (backend), ==, cases[i].flags);
    g_assert_cmpint (plancia_backend_get_state (backend), ==, PLANCIA_STATE_CLOSED);
  }
}

/* The other cloud is reached as well; what it can do is its own tests' matter. */
static void
test_factory_system (void)
{
  g_autoptr (PlanciaAddress) address = plancia_address_parse ("system://account/X1", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaBackend) backend = plancia_backend_factory_new (address, NULL, &error);

  g_assert_no_error (error);
  g_assert_true ((plancia_backend_get_flags (backend) & PLANCIA_BACKEND_LIVE) != 0);
  g_assert_true ((plancia_backend_get_flags (backend) & PLANCIA_BACKEND_REGISTERS) == 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/modbus-routes/tcp", test_tcp_peer);
  g_test_add_func ("/modbus-routes/rtu-over-tcp", test_rtu_over_tcp_peer);
  g_test_add_func ("/modbus-routes/solarman", test_solarman_peer);
  g_test_add_func ("/modbus-routes/pty", test_pty_peer);
  g_test_add_func ("/modbus-routes/nobody", test_nobody_there);
  g_test_add_func ("/modbus-routes/reconnects", test_reconnects);
  g_test_add_func ("/modbus-routes/silence", test_silence_of_one_and_of_all);
  g_test_add_func ("/modbus-routes/behind-a-stick", test_device_behind_a_stick);
  g_test_add_func ("/modbus-routes/any-block", test_any_block_may_fail);
  g_test_add_func ("/modbus-routes/close", test_close_does_not_wait);
  g_test_add_func ("/modbus-routes/drop", test_drop_does_not_wait);
  g_test_add_func ("/modbus-routes/factory", test_factory);
  g_test_add_func ("/modbus-routes/factory-system", test_factory_system);
  return g_test_run ();
}
