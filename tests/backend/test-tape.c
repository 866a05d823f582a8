/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend-fixture.h"

#include "backend/backend-factory.h"
#include "backend/backend-replay.h"
#include "backend/said.h"
#include "backend/tape-player.h"
#include "backend/tape-writer.h"
#include "base/clock.h"
#include "base/error.h"
#include "map/map-catalog.h"
#include "plant/plant-file.h"
#include "plant/tape-names.h"
#include "simulator/simulator.h"
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* A visit to the demo plant: what was read live is what the recording says of the same moment. */

static PlanciaSimulator *simulator;
static char             *folder;

static char *
path_of (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

/* --- recording ------------------------------------------------------------------------------- */

typedef struct
{
  BackendFixture     fixture;
  PlanciaTapeWriter *writer;
  char              *connection;
  GPtrArray         *readings; /* PlanciaReadings, as they came */
  PlanciaPlant      *plant;
  PlanciaEntry      *entry;
} Visit;

static void
traffic_cb (PlanciaBackend *backend, GPtrArray *exchanges, guint64 lost, Visit *visit)
{
  plancia_tape_writer_add (visit->writer, visit->connection, exchanges, lost);
}

static void
readings_cb (PlanciaBackend *backend, PlanciaReadings *readings, Visit *visit)
{
  g_ptr_array_add (visit->readings, plancia_readings_ref (readings));
}

static const PlanciaSimulatorDevice *
find_device (const char *name)
{
  GPtrArray *devices = plancia_simulator_get_devices (simulator);

  for (guint i = 0; i < devices->len; i++)
    if (g_str_equal (((PlanciaSimulatorDevice *) g_ptr_array_index (devices, i))->name, name))
      return g_ptr_array_index (devices, i);
  g_error ("the demo plant has no %s", name);
}

static void
add_documents (Visit *visit, PlanciaMap *map)
{
  g_autoptr (GBytes) plant = plancia_plant_file_format (visit->plant);
  g_autofree char *name = g_strconcat (PLANCIA_TAPE_MAPS, plancia_map_get_id (map), ".json", NULL);
  char            *text = plancia_map_to_json (map);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  plancia_tape_writer_add_file (visit->writer, PLANCIA_TAPE_PLANT, plant);
  plancia_tape_writer_add_file (visit->writer, name, bytes);
}

static void
visit_begin (Visit *self, const char *name, const char *path, guint64 limit)
{
  const PlanciaSimulatorDevice *device = find_device (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaAddress) address = plancia_address_parse (device->address, &error);
  g_autoptr (PlanciaMap) map = plancia_map_catalog_get (device->map, &error);

  g_assert_no_error (error);
  self->plant = plancia_plant_new ("House");
  self->entry = plancia_entry_new ("the-one", device->kind, name, address);
  plancia_entry_set_map (self->entry, device->map);
  plancia_plant_add (self->plant, NULL, self->entry);
  self->connection = plancia_address_dup_connection (address);
  self->readings = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_readings_unref);
  self->writer = plancia_tape_writer_new (path, limit, plancia_clock_now_us ());
  add_documents (self, map);
  fixture_init (&self->fixture, plancia_backend_factory_new (address, NULL, &error));
  g_assert_no_error (error);
  plancia_backend_add_device (self->fixture.backend,
                              "the-one",
                              plancia_address_get_unit (address),
                              NULL,
                              map);
  g_signal_connect (self->fixture.backend, "traffic", G_CALLBACK (traffic_cb), self);
  g_signal_connect (self->fixture.backend, "readings", G_CALLBACK (readings_cb), self);
  plancia_backend_set_recording (self->fixture.backend, TRUE);
}

static void
visit_end (Visit *self)
{
  plancia_backend_flush_traffic (self->fixture.backend);
  plancia_tape_writer_stop (self->writer, plancia_clock_now_us ());
  g_signal_handlers_disconnect_by_data (self->fixture.backend, self);
  fixture_clear (&self->fixture);
}

static void
visit_clear (Visit *self)
{
  g_ptr_array_unref (self->readings);
  g_object_unref (self->writer);
  g_object_unref (self->entry);
  g_object_unref (self->plant);
  g_free (self->connection);
}

/* --- replaying ------------------------------------------------------------------------------- */

static PlanciaTapePlayer *
open_player (const char *path)
{
  g_autoptr (GError) error = NULL;
  PlanciaTapePlayer *player = plancia_tape_player_load (path, &error);

  g_assert_no_error (error);
  plancia_tape_player_begin (player);
  return player;
}

static PlanciaBackend *
make_replay (PlanciaTapePlayer *player, const char *id)
{
  PlanciaEntry *entry = plancia_plant_find (plancia_tape_player_get_plant (player), id);
  g_autoptr (PlanciaMap) map = plancia_map_catalog_get (plancia_entry_get_map (entry), NULL);
  PlanciaAddress *address = plancia_entry_get_address (entry);
  PlanciaBackend *backend = plancia_tape_player_make_backend (player, address);

  g_assert_nonnull (map);
  plancia_backend_add_device (backend, id, plancia_address_get_unit (address), NULL, map);
  return backend;
}

static guint
count_sockets (void)
{
  g_autoptr (GDir) fds = g_dir_open ("/proc/self/fd", 0, NULL);
  const char *name;
  guint       n = 0;

  while ((name = g_dir_read_name (fds)) != NULL) {
    g_autofree char *path = g_build_filename ("/proc/self/fd", name, NULL);
    g_autofree char *target = g_file_read_link (path, NULL);

    n += target != NULL && g_str_has_prefix (target, "socket:");
  }
  return n;
}

static void
assert_same (const PlanciaReading *live, const PlanciaReading *again)
{
  g_assert_nonnull (again);
  g_assert_cmpint (live->quality, ==, again->quality);
  g_assert_cmpmem (live->words,
                   live->n_words * sizeof (guint16),
                   again->words,
                   again->n_words * sizeof (guint16));
  g_assert_cmpint (again->time, <=, live->time);
}

/* Each reading as it came, asked for at its own time. */
static guint
compare_all (Visit *visit, PlanciaTapePlayer *player, BackendFixture *replay)
{
  guint compared = 0;

  for (guint i = 0; i < visit->readings->len; i++) {
    PlanciaReadings *readings = g_ptr_array_index (visit->readings, i);

    for (guint j = 0; j < plancia_readings_get_count (readings); j++) {
      const PlanciaReading *live = plancia_readings_get (readings, j);
      const char *const     keys[] = {live->key, NULL};
      g_autoptr (PlanciaReadings) again = NULL;
      g_autoptr (GError) error = NULL;

      if (live->quality != PLANCIA_QUALITY_GOOD && live->quality != PLANCIA_QUALITY_MISSING)
        continue;
      plancia_tape_player_seek (player, live->time);
      again = fixture_read (replay, "the-one", keys, &error);
      g_assert_no_error (error);
      assert_same (live, plancia_readings_find (again, live->key));
      compared++;
    }
  }
  return compared;
}

static void
test_equal (const char *name)
{
  g_autofree char *path = path_of ("equal" PLANCIA_TAPE_SUFFIX);
  Visit            visit = {0};
  g_auto (BackendFixture) replay = {0};
  g_autoptr (PlanciaTapePlayer) player = NULL;
  g_autoptr (GError) error = NULL;
  guint sockets;

  g_remove (path);
  visit_begin (&visit, name, path, 0);
  plancia_backend_set_polling (visit.fixture.backend, TRUE, 100);
  g_assert_true (fixture_open (&visit.fixture, &error));
  g_assert_no_error (error);
  turn_until (visit.readings->len >= 12);
  visit_end (&visit);

  sockets = count_sockets ();
  player = open_player (path);
  fixture_init (&replay, make_replay (player, "the-one"));
  g_assert_true (fixture_open (&replay, &error));
  g_assert_cmpuint (compare_all (&visit, player, &replay), >, 50);
  g_assert_cmpuint (count_sockets (), <=, sockets);
  visit_clear (&visit);
}

static void
test_inverter (void)
{
  test_equal ("5.0KTL-V3");
}

static void
test_stick (void)
{
  test_equal ("HYD 6000 ZSS");
}

/* --- by hand --------------------------------------------------------------------------------- */

static PlanciaMap *
get_map (void)
{
  g_autoptr (GError) error = NULL;
  PlanciaMap *map = plancia_map_catalog_get ("zcs-3ph-hyd-g3", &error);

  g_assert_no_error (error);
  return map;
}

static void
test_refused (void)
{
  g_autofree char *path = path_of ("refused" PLANCIA_TAPE_SUFFIX);
  Visit            visit = {0};
  g_auto (BackendFixture) replay = {0};
  g_autoptr (PlanciaTapePlayer) player = NULL;
  g_autoptr (PlanciaMap) map = get_map ();
  g_autoptr (GPtrArray) outcomes = NULL;
  g_autoptr (GArray) words = NULL;
  g_autoptr (GError) error = NULL;

  visit_begin (&visit, "HYD 10000 ZSS", path, 0);
  g_assert_true (fixture_open (&visit.fixture, &error));
  words = fixture_read_raw (&visit.fixture, 1, 3, 0x0404, 4, &error);
  g_assert_no_error (error);
  visit_end (&visit);
  visit_clear (&visit);

  player = open_player (path);
  plancia_tape_player_seek (player, plancia_tape_player_get_end (player));
  fixture_init (&replay, make_replay (player, "the-one"));
  g_assert_cmpint (plancia_backend_get_flags (replay.backend) & PLANCIA_BACKEND_WRITE, ==, 0);
  g_assert_true (fixture_open (&replay, &error));
  outcomes = fixture_write (&replay, "the-one", map, "storage_mode=0", NULL, &error);
  g_assert_null (outcomes);
  g_assert_error (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_RECORDING);
  g_clear_error (&error);
  g_assert_false (fixture_send (&replay, "x", &error));
  g_assert_error (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_RECORDING);
  g_clear_error (&error);
  g_clear_pointer (&words, g_array_unref);
  words = fixture_read_raw (&replay, 1, 3, 0x0405, 2, &error);
  g_assert_no_error (error);
  g_clear_pointer (&words, g_array_unref);
  words = fixture_read_raw (&replay, 1, 3, 0x0405, 9, &error);
  g_assert_error (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_NOT_IN_RECORDING);
}

static void
failed_cb (PlanciaTapeWriter *writer, const GError *error, GError **out)
{
  *out = g_error_copy (error);
}

/* It ends in good order where it is full, and can be opened. */
static void
test_limit (void)
{
  g_autofree char *path = path_of ("limit" PLANCIA_TAPE_SUFFIX);
  Visit            visit = {0};
  g_autoptr (PlanciaTapePlayer) player = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf info;
  guint    damaged;

  visit_begin (&visit, "Power Magic", path, 60000);
  g_signal_connect (visit.writer, "failed", G_CALLBACK (failed_cb), &error);
  plancia_backend_set_polling (visit.fixture.backend, TRUE, 10);
  g_assert_true (fixture_open (&visit.fixture, NULL));
  turn_until (error != NULL);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE);
  visit_end (&visit);
  visit_clear (&visit);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_size, <=, 60000);
  player = open_player (path);
  g_assert_true (plancia_tape_player_get_whole (player, &damaged));
  g_assert_cmpuint (damaged, ==, 0);
}

/* What is in the file while it is written is what is left when the program dies. */
static void
test_cut (void)
{
  g_autofree char *path = path_of ("cut" PLANCIA_TAPE_SUFFIX);
  g_autofree char *copy = path_of ("copy" PLANCIA_TAPE_SUFFIX);
  g_autofree char *text = NULL;
  Visit            visit = {0};
  g_autoptr (PlanciaTapePlayer) player = NULL;
  gsize length;
  guint damaged;

  visit_begin (&visit, "Power Magic", path, 0);
  plancia_backend_set_polling (visit.fixture.backend, TRUE, 20);
  g_assert_true (fixture_open (&visit.fixture, NULL));
  turn_until (plancia_tape_writer_get_bytes (visit.writer) > 30000);
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_true (g_file_set_contents (copy, text, (gssize) length - 7, NULL));
  visit_end (&visit);
  visit_clear (&visit);
  player = open_player (copy);
  g_assert_false (plancia_tape_player_get_whole (player, &damaged));
  g_assert_cmpuint (damaged, ==, 0);
  g_assert_cmpuint (plancia_tape_player_get_tape (player)->entries->len, >, 3);
}

static void
test_no_folder (void)
{
  g_autoptr (PlanciaTapeWriter) writer = plancia_tape_writer_new ("/proc/none/x", 0, 1);
  g_autoptr (GError) error = NULL;

  g_signal_connect (writer, "failed", G_CALLBACK (failed_cb), &error);
  turn_until (error != NULL);
  g_assert_cmpint (error->domain, ==, G_IO_ERROR);
}

static void
test_not_one (void)
{
  static const char *const texts[] = {"",
                                      "{}",
                                      "plancia-recording 1\nstart 5\n",
                                      "plancia-recording 1\nstart 5\nfile plant.json e30=\n"};

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *path = path_of ("not-one" PLANCIA_TAPE_SUFFIX);
    g_autoptr (GError) error = NULL;

    g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
    g_assert_null (plancia_tape_player_load (path, &error));
    g_assert_cmpint (error->domain, ==, PLANCIA_DOCUMENT_ERROR);
  }
}

/* The clock of the program is the slider's while it is open. */
static void
test_clock (void)
{
  g_autofree char   *path = path_of ("equal" PLANCIA_TAPE_SUFFIX);
  PlanciaTapePlayer *player = open_player (path);
  gint64             start = plancia_tape_player_get_start (player);

  g_assert_cmpint (plancia_clock_now (), ==, start);
  plancia_tape_player_seek (player, start + 200);
  g_assert_cmpint (plancia_clock_now (), ==, start + 200);
  plancia_tape_player_seek (player, 0);
  g_assert_cmpint (plancia_tape_player_get_time (player), ==, start);
  plancia_tape_player_set_speed (player, 60);
  plancia_tape_player_set_playing (player, TRUE);
  turn_until (!plancia_tape_player_get_playing (player));
  g_assert_cmpint (plancia_tape_player_get_time (player), ==, plancia_tape_player_get_end (player));
  plancia_tape_player_end (player);
  g_assert_cmpint (ABS (plancia_clock_now () - g_get_real_time () / 1000), <, 10000);
  g_object_unref (player);
}

static void
test_said (void)
{
  g_autoptr (PlanciaReadings) readings = plancia_readings_new ("d", 1000);
  g_autoptr (PlanciaReadings) again = NULL;
  g_autoptr (GBytes) said = NULL;
  PlanciaReading *reading = plancia_readings_add (readings, "power x", PLANCIA_QUALITY_GOOD);

  plancia_reading_set_number (reading, 0.1 + 0.2);
  reading->time = 900;
  reading = plancia_readings_add (readings, "deviceAlarm", PLANCIA_QUALITY_OLD);
  reading->value.kind = PLANCIA_VALUE_TEXT;
  reading->value.text = g_strdup ("2,4 \n perché");
  plancia_readings_add (readings, "none", PLANCIA_QUALITY_MISSING);
  said = plancia_said_format (readings);
  again = plancia_said_parse (said, "d", 5000);
  g_assert_cmpuint (plancia_readings_get_count (again), ==, 3);
  g_assert_cmpfloat (plancia_readings_find (again, "power x")->value.number, ==, 0.1 + 0.2);
  g_assert_cmpint (plancia_readings_find (again, "power x")->time, ==, 900);
  g_assert_cmpstr (plancia_readings_find (again, "deviceAlarm")->value.text, ==, "2,4 \n perché");
  g_assert_cmpint (plancia_readings_find (again, "deviceAlarm")->quality, ==, PLANCIA_QUALITY_OLD);
  g_assert_cmpint (plancia_readings_find (again, "none")->quality, ==, PLANCIA_QUALITY_MISSING);
}

int
main (int argc, char **argv)
{
  g_autoptr (PlanciaScenario) scenario = plancia_scenario_new_demo ();
  g_autoptr (GError) error = NULL;
  g_autofree char *command = NULL;
  int              result;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("plancia-tape-XXXXXX", NULL);
  simulator = plancia_simulator_new (scenario);
  plancia_simulator_start (simulator, &error);
  g_assert_no_error (error);
  g_test_add_func ("/tape/inverter", test_inverter);
  g_test_add_func ("/tape/stick", test_stick);
  g_test_add_func ("/tape/refused", test_refused);
  g_test_add_func ("/tape/limit", test_limit);
  g_test_add_func ("/tape/cut", test_cut);
  g_test_add_func ("/tape/no-folder", test_no_folder);
  g_test_add_func ("/tape/not-one", test_not_one);
  g_test_add_func ("/tape/clock", test_clock);
  g_test_add_func ("/tape/said", test_said);
  result = g_test_run ();
  plancia_simulator_stop (simulator);
  g_object_unref (simulator);
  command = g_strdup_printf ("rm -r %s", folder);
  g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL);
  g_free (folder);
  return result;
}
