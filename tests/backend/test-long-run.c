/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../link/peer.h"
#include "backend-fixture.h"

#include "backend/backend-modbus.h"
#include "base/error.h"
#include "link/links.h"
#include "map/map-catalog.h"
#include <stdlib.h>

/* A night, compressed: devices on every route that fail at random, many times. No value is ever wrong, and in the end
 * every device is live. "--faults=N" makes it longer. */

#define EACH 12 /* devices a route */
/* ms between two polls of a device. 48 of them faster than that take all of a computer, and then nobody is on time. */
#define INTERVAL 200
/* Seconds in which the last one must be live again: a few times the longest pause between two attempts. */
#define PATIENCE 120

static guint n_faults = 1000;
static guint limit = 400; /* ms of a request: a busy machine needs some for a good answer, too */

static const PeerFraming framings[] = {PEER_MODBUS_TCP,
                                       PEER_RTU_OVER_TCP,
                                       PEER_SOLARMAN,
                                       PEER_RTU_PTY};

static const char *const framing_names[] = {"Modbus TCP", "RTU over TCP", "Solarman V5", "RTU"};

static gint64 began; /* us, monotonic */

static const PeerDeed deeds[] = {
  PEER_SILENT,         PEER_LATE,
  PEER_BAD_CRC,        PEER_WRONG_UNIT,
  PEER_WRONG_COUNT,    PEER_TWICE,
  PEER_TRAILING,       PEER_STALLED,
  PEER_CLOSES,         PEER_CLOSES_AFTER,
  PEER_GARBAGE,        PEER_EXCEPTION,
  PEER_EXCEPTION_90,   PEER_HEARTBEAT_BEFORE,
  PEER_HEARTBEAT_ONLY, PEER_OLD_SEQUENCE,
  PEER_NOBODY_BEHIND,  PEER_FLOOD,
  PEER_CUT_IN_TWO,     PEER_TEXT_BEFORE,
};

typedef struct
{
  BackendFixture fixture;
  PeerFraming    framing;
  Peer          *peer;
  PlanciaMap    *map;
  guint          seen; /* requests when the last deed was ordered */
  guint          checked;
  gboolean       waiting;
  GQueue         story; /* the last PlanciaExchange* */
} Player;

/* What was on the wire before something went wrong. */
#define STORY 40

static void
traffic_cb (PlanciaBackend *backend, GPtrArray *exchanges, guint64 lost, gpointer user_data)
{
  Player *self = user_data;

  for (guint i = 0; i < exchanges->len; i++)
    g_queue_push_tail (&self->story, plancia_exchange_ref (g_ptr_array_index (exchanges, i)));
  while (self->story.length > STORY)
    plancia_exchange_unref (g_queue_pop_head (&self->story));
}

static char *
hex (const guint8 *bytes, guint length)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (length, 24); i++)
    g_string_append_printf (text, "%02x", bytes[i]);
  if (length > 24)
    g_string_append_printf (text, "... (%u)", length);
  return g_string_free (text, FALSE);
}

static void
tell_story (Player *self)
{
  plancia_backend_flush_traffic (self->fixture.backend);
  for (GList *l = self->story.head; l != NULL; l = l->next) {
    const PlanciaExchange *exchange = l->data;
    g_autofree char       *sent = hex (plancia_exchange_get_sent (exchange), exchange->n_sent);
    g_autofree char *came = hex (plancia_exchange_get_received (exchange), exchange->n_received);

    g_printerr ("%" G_GINT64_FORMAT ".%06d +%6u us  %s -> %s  %s %s\n",
                exchange->time / G_USEC_PER_SEC % 1000,
                (int) (exchange->time % G_USEC_PER_SEC),
                exchange->duration,
                sent,
                came,
                plancia_exchange_verdict_name (exchange->verdict),
                exchange->error != NULL ? exchange->error->message : "");
  }
}

static PlanciaLink *
make_link (Player *self)
{
  guint16 port = peer_get_port (self->peer);

  switch (self->framing) {
  case PEER_RTU_OVER_TCP:
    return plancia_link_rtu_over_tcp_new ("127.0.0.1", port, limit);
  case PEER_SOLARMAN:
    return plancia_link_solarman_new ("127.0.0.1", port, PEER_SERIAL, limit);
  case PEER_RTU_PTY:
    return plancia_link_modbus_rtu_new (peer_get_path (self->peer), 115200, "8N1", limit);
  case PEER_MODBUS_TCP:
  default:
    return plancia_link_modbus_tcp_new ("127.0.0.1", port, limit);
  }
}

static void
check_word (Player *self, const PlanciaField *field, guint offset, guint16 word)
{
  guint expected = field->address + offset;

  if (word == expected)
    return;
  tell_story (self);
  g_error ("%s: %s at 0x%04X: expected 0x%04X, got 0x%04X, %.3f s after the start",
           framing_names[self->framing],
           field->key,
           expected,
           expected,
           word,
           (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC);
}

/* Registers of a peer hold their own address. */
static void
check_readings (PlanciaBackend *backend, PlanciaReadings *readings, gpointer user_data)
{
  Player *self = user_data;

  for (guint i = 0; i < plancia_readings_get_count (readings); i++) {
    const PlanciaReading *reading = plancia_readings_get (readings, i);
    const PlanciaField   *field = plancia_map_find_field (self->map, reading->key);

    if (reading->quality != PLANCIA_QUALITY_GOOD)
      continue;
    for (guint j = 0; j < reading->n_words; j++)
      check_word (self, field, j, reading->words[j]);
    self->checked++;
  }
}

static void
begin (Player *self, PeerFraming framing)
{
  static const PlanciaModbusRoute route = {.bus = TRUE};

  self->framing = framing;
  self->peer = peer_new (framing, NULL, 0, limit * 3 / 2);
  self->map = plancia_map_catalog_get ("zcs-3ph-hyd-g3", NULL);
  fixture_init (&self->fixture, plancia_backend_modbus_new (make_link (self), &route));
  g_signal_connect (self->fixture.backend, "readings", G_CALLBACK (check_readings), self);
  g_signal_connect (self->fixture.backend, "traffic", G_CALLBACK (traffic_cb), self);
  plancia_backend_set_recording (self->fixture.backend, TRUE);
  plancia_backend_add_device (self->fixture.backend, "d", 1, NULL, self->map);
  plancia_backend_set_polling (self->fixture.backend, TRUE, INTERVAL);
  plancia_backend_open_async (self->fixture.backend, NULL, NULL, NULL);
}

static void
end (Player *self)
{
  fixture_clear (&self->fixture);
  g_queue_clear_full (&self->story, (GDestroyNotify) plancia_exchange_unref);
  peer_free (self->peer);
  plancia_map_unref (self->map);
}

/* A pty cannot be closed by a device. An answer of the right shape that nobody asked for can only be told from the right
 * one where frames have a sequence number that is compared: by Solarman V5. On the other routes no device sends one but
 * after a time-out, and then the connection is a new one (PEER_LATE). */
static gboolean
can_do (PeerFraming framing, PeerDeed deed)
{
  if (framing == PEER_RTU_PTY && (deed == PEER_CLOSES || deed == PEER_CLOSES_AFTER))
    return FALSE;
  return deed != PEER_OLD_SEQUENCE || framing == PEER_SOLARMAN;
}

static PeerDeed
draw_deed (Player *self, GRand *random)
{
  PeerDeed deed;

  do
    deed = deeds[g_rand_int_range (random, 0, G_N_ELEMENTS (deeds))];
  while (!can_do (self->framing, deed));
  return deed;
}

/* TRUE if a fault was had since the last call; another one is ordered. */
static gboolean
go_on (Player *self, GRand *random)
{
  PeerDeed deed = draw_deed (self, random);
  gboolean had = self->waiting && peer_get_requests (self->peer) > self->seen;

  if (self->waiting && !had)
    return FALSE;
  self->seen = peer_get_requests (self->peer);
  self->waiting = TRUE;
  peer_set_deeds (self->peer, &deed, 1);
  return had;
}

static gboolean
is_live (Player *self)
{
  return fixture_state (&self->fixture) == PLANCIA_STATE_OPEN &&
         g_hash_table_size (self->fixture.failed) == 0 &&
         g_strcmp0 (fixture_value (&self->fixture, "d", "grid_frequency"), "good 0484") == 0 &&
         g_strcmp0 (fixture_value (&self->fixture, "d", "state"), "good 0404") == 0;
}

static void
tell_dead (Player *players, guint n)
{
  for (guint i = 0; i < n; i++) {
    const GError *error = plancia_backend_get_error (players[i].fixture.backend);

    if (is_live (&players[i]))
      continue;
    g_printerr ("%s, device %u: state %d, %s, %u failed, %s, %s\n",
                framing_names[players[i].framing],
                i,
                fixture_state (&players[i].fixture),
                error != NULL ? error->message : "no error",
                g_hash_table_size (players[i].fixture.failed),
                fixture_value (&players[i].fixture, "d", "grid_frequency"),
                fixture_value (&players[i].fixture, "d", "state"));
    tell_story (&players[i]);
  }
}

static void
wait_for_all (Player *players, guint n)
{
  gint64 patience = g_get_monotonic_time () + PATIENCE * G_USEC_PER_SEC;
  guint  live = 0;

  for (guint i = 0; i < n; i++) {
    peer_set_deeds (players[i].peer, NULL, 0);
    g_hash_table_remove_all (players[i].fixture.values);
  }
  while (live < n) {
    if (g_get_monotonic_time () > patience) {
      tell_dead (players, n);
      g_error ("%u of %u devices are live", live, n);
    }
    fixture_turn (20);
    live = 0;
    for (guint i = 0; i < n; i++)
      live += is_live (&players[i]) ? 1 : 0;
  }
}

static void
test_night (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20260612);
  Player players[EACH * G_N_ELEMENTS (framings)] = {0};
  guint  n = G_N_ELEMENTS (players), had = 0, values = 0;
  gint64 patience = g_get_monotonic_time () + (gint64) n_faults * G_USEC_PER_SEC;

  began = g_get_monotonic_time ();
  for (guint i = 0; i < n; i++)
    begin (&players[i], framings[i % G_N_ELEMENTS (framings)]);
  while (had < n_faults) {
    g_assert_cmpint (g_get_monotonic_time (), <, patience);
    fixture_turn (5);
    for (guint i = 0; i < n; i++)
      had += go_on (&players[i], random) ? 1 : 0;
  }
  wait_for_all (players, n);
  for (guint i = 0; i < n; i++) {
    values += players[i].checked;
    end (&players[i]);
  }
  g_test_message ("%u faults on %u devices, %u values, all right", had, n, values);
}

/* "--NAME=NUMBER" among the arguments, which it leaves. */
static void
take_option (int *argc, char **argv, const char *prefix, guint *number)
{
  for (int i = 1; i < *argc; i++) {
    if (!g_str_has_prefix (argv[i], prefix))
      continue;
    *number = (guint) strtoul (argv[i] + strlen (prefix), NULL, 10);
    for (int j = i; j < *argc; j++)
      argv[j] = argv[j + 1];
    (*argc)--;
    return;
  }
}

int
main (int argc, char **argv)
{
  take_option (&argc, argv, "--faults=", &n_faults);
  take_option (&argc, argv, "--limit=", &limit);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/long-run/night", test_night);
  return g_test_run ();
}
