/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/snapshots.h"

#include "fake-backend.h"
#include "map/map-catalog.h"
#include "register-fixture.h"
#include <glib/gstdio.h>

#define WATCHDOG 30

typedef struct
{
  PlanciaPlant     *plant;
  PlanciaOpenPlant *open;
  PlanciaDevice    *device;
  FakeBackend      *backend;
  PlanciaSnapshots *snapshots;
  PlanciaMap       *map;
  char             *folder;
  PlanciaSnapshot  *taken;
  GError           *error;
  gboolean          done;
  guint             n_taken;
} Fixture;

static gboolean
watchdog_cb (gpointer user_data)
{
  g_error ("Nothing happened for %d s", WATCHDOG);
  return G_SOURCE_REMOVE;
}

#define WAIT(condition)                                                   \
  G_STMT_START                                                            \
  {                                                                       \
    guint watchdog = g_timeout_add_seconds (WATCHDOG, watchdog_cb, NULL); \
    while (!(condition))                                                  \
      g_main_context_iteration (NULL, TRUE);                              \
    g_source_remove (watchdog);                                           \
  }                                                                       \
  G_STMT_END

static void
taken_signal (Fixture *self)
{
  self->n_taken++;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (PlanciaAddress) address = plancia_address_parse ("modbus-tcp://127.0.0.1:1/1", NULL);
  g_autoptr (PlanciaEntry) entry = plancia_entry_new ("dev", "inverter", "HYD", address);

  self->folder = g_dir_make_tmp ("model-snapshots-XXXXXX", NULL);
  self->plant = plancia_plant_new ("Rossi");
  plancia_plant_add (self->plant, NULL, entry);
  self->open = plancia_open_plant_new (self->plant, ":memory:");
  self->device = plancia_device_tree_find (plancia_open_plant_get_tree (self->open), "dev");
  self->backend = fake_backend_new (PLANCIA_BACKEND_LIVE | PLANCIA_BACKEND_REGISTERS);
  self->map = register_fixture_map ();
  plancia_device_set_backend (self->device, PLANCIA_BACKEND (self->backend));
  plancia_device_set_map (self->device, self->map);
  self->snapshots = plancia_snapshots_for (self->open);
  g_signal_connect_swapped (self->snapshots, "taken", G_CALLBACK (taken_signal), self);
}

static void
empty (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inner = g_build_filename (path, name, NULL);

    if (g_file_test (inner, G_FILE_TEST_IS_DIR))
      empty (inner);
    else
      g_unlink (inner);
  }
  g_rmdir (path);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_object (&self->taken);
  g_clear_error (&self->error);
  g_clear_object (&self->open);
  g_clear_object (&self->backend);
  g_clear_object (&self->plant);
  g_clear_pointer (&self->map, plancia_map_unref);
  empty (self->folder);
  g_free (self->folder);
}

static PlanciaReadings *
make_readings (gint64 time)
{
  g_autoptr (PlanciaMap) map = register_fixture_map ();
  PlanciaReadings *readings = plancia_readings_new ("dev", time);
  const guint16    word = 1;
  PlanciaReading  *refused = plancia_readings_add (readings, "limit", PLANCIA_QUALITY_REFUSED);

  refused->message = g_strdup ("exception 2");
  plancia_reading_set_words (plancia_readings_add (readings, "mode", PLANCIA_QUALITY_GOOD),
                             plancia_map_find_field (map, "mode"),
                             &word);
  return readings;
}

static void
taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *self = user_data;

  g_clear_object (&self->taken);
  g_clear_error (&self->error);
  self->taken = plancia_snapshots_take_finish (result, &self->error);
  self->done = TRUE;
}

static void
take (Fixture *self, PlanciaSnapshotReason reason, gint64 time)
{
  self->done = FALSE;
  plancia_snapshots_take_async (self->snapshots,
                                self->device,
                                reason,
                                "note",
                                NULL,
                                taken_cb,
                                self);
  if (fake_backend_get_reads (self->backend)->len > 0 && !self->done)
    fake_backend_answer_read (self->backend, make_readings (time), NULL);
  WAIT (self->done);
}

static guint
count (Fixture *self)
{
  return g_list_model_get_n_items (plancia_snapshots_get_list (self->snapshots, self->device));
}

static void
needs_a_connection (Fixture *self, gconstpointer data)
{
  take (self, PLANCIA_SNAPSHOT_REQUEST, 1000);
  g_assert_null (self->taken);
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED);
}

static void
reads_every_register_once (Fixture *self, gconstpointer data)
{
  const PlanciaSnapshotItem *item;
  g_auto (GStrv) keys = NULL;

  fake_backend_set_state (self->backend, PLANCIA_STATE_OPEN, NULL);
  take (self, PLANCIA_SNAPSHOT_NOW, 1000);
  g_assert_no_error (self->error);
  g_assert_cmpuint (fake_backend_get_reads (self->backend)->len, ==, 1);
  keys = g_strsplit (g_ptr_array_index (fake_backend_get_reads (self->backend), 0), " ", -1);
  g_assert_cmpuint (g_strv_length (keys), ==, REGISTER_FIXTURE_N_FIELDS);
  g_assert_cmpuint (plancia_snapshot_get_length (self->taken), ==, REGISTER_FIXTURE_N_FIELDS);
  g_assert_cmpuint (plancia_snapshot_count_read (self->taken), ==, 1);
  item = plancia_snapshot_find (self->taken, "limit");
  g_assert_null (item->words);
  g_assert_cmpstr (item->message, ==, "exception 2");
  /* To compare with only. */
  g_assert_cmpuint (count (self), ==, 0);
  g_assert_cmpuint (self->n_taken, ==, 0);
}

static void
keeps_them_with_the_plant (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "Rossi.json", NULL);
  g_autoptr (PlanciaOpenPlant) other = NULL;
  g_autoptr (PlanciaSnapshot) read = NULL;
  GListModel    *list;
  PlanciaDevice *device;

  fake_backend_set_state (self->backend, PLANCIA_STATE_OPEN, NULL);
  plancia_snapshots_set_plant_path (self->snapshots, path);
  take (self, PLANCIA_SNAPSHOT_REQUEST, 1000);
  take (self, PLANCIA_SNAPSHOT_REQUEST, 2000);
  g_assert_no_error (self->error);
  g_assert_cmpuint (count (self), ==, 2);
  g_assert_cmpuint (self->n_taken, ==, 2);
  plancia_snapshots_set_note (self->snapshots, self->taken, "the second");
  list = plancia_snapshots_get_list (self->snapshots, self->device);
  read = g_list_model_get_item (list, 1);
  g_assert_cmpint (plancia_snapshot_get_time (read), ==, 1000);
  plancia_snapshots_remove (self->snapshots, read);
  g_clear_object (&read);
  g_assert_cmpuint (count (self), ==, 1);

  /* One after the other on one worker: the last one is taken when the others are done. */
  take (self, PLANCIA_SNAPSHOT_REQUEST, 3000);
  other = plancia_open_plant_new (self->plant, ":memory:");
  plancia_snapshots_set_plant_path (plancia_snapshots_for (other), path);
  device = plancia_device_tree_find (plancia_open_plant_get_tree (other), "dev");
  list = plancia_snapshots_get_list (plancia_snapshots_for (other), device);
  WAIT (g_list_model_get_n_items (list) > 0);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 2);
  read = g_list_model_get_item (list, 1);
  g_assert_cmpint (plancia_snapshot_get_time (read), ==, 2000);
  g_assert_cmpstr (plancia_snapshot_get_note (read), ==, "the second");
}

static void
goes_to_disk_when_the_plant_does (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "Rossi.json", NULL);
  g_autofree char *folder = g_build_filename (self->folder, "Rossi.snapshots", NULL);

  fake_backend_set_state (self->backend, PLANCIA_STATE_OPEN, NULL);
  take (self, PLANCIA_SNAPSHOT_REQUEST, 1000);
  g_assert_cmpuint (count (self), ==, 1);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  plancia_snapshots_set_plant_path (self->snapshots, path);
  take (self, PLANCIA_SNAPSHOT_REQUEST, 2000);
  g_assert_true (g_file_test (folder, G_FILE_TEST_IS_DIR));
}

static void
says_when_it_cannot_be_kept (Fixture *self, gconstpointer data)
{
  g_autofree char *wrong = g_build_filename (self->folder, "file", NULL);
  g_autofree char *path = g_build_filename (wrong, "Rossi.json", NULL);

  g_assert_true (g_file_set_contents (wrong, "", 0, NULL));
  fake_backend_set_state (self->backend, PLANCIA_STATE_OPEN, NULL);
  plancia_snapshots_set_plant_path (self->snapshots, path);
  take (self, PLANCIA_SNAPSHOT_REQUEST, 1000);
  g_assert_null (self->taken);
  g_assert_nonnull (self->error);
  g_assert_cmpuint (count (self), ==, 0);
}

static void
takes_one_at_the_first_connect (Fixture *self, gconstpointer data)
{
  g_autoptr (PlanciaReadings) readings = make_readings (g_get_real_time () / 1000);
  g_autoptr (PlanciaSnapshot) snapshot = NULL;

  plancia_snapshots_set_automatic (self->snapshots, TRUE);
  g_assert_cmpuint (fake_backend_get_reads (self->backend)->len, ==, 0);
  fake_backend_set_state (self->backend, PLANCIA_STATE_OPEN, NULL);
  plancia_device_apply (self->device, readings);
  g_assert_cmpuint (fake_backend_get_reads (self->backend)->len, ==, 1);
  fake_backend_answer_read (self->backend,
                            NULL,
                            g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "silent"));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  /* It did not come: once more with the next readings. */
  plancia_device_apply (self->device, readings);
  g_assert_cmpuint (fake_backend_get_reads (self->backend)->len, ==, 2);
  fake_backend_answer_read (self->backend, make_readings (5000), NULL);
  WAIT (self->n_taken == 1);
  snapshot = g_list_model_get_item (plancia_snapshots_get_list (self->snapshots, self->device), 0);
  g_assert_cmpint (plancia_snapshot_get_reason (snapshot), ==, PLANCIA_SNAPSHOT_ARRIVAL);
  plancia_device_apply (self->device, readings);
  g_assert_cmpuint (fake_backend_get_reads (self->backend)->len, ==, 2);
}

/* Nobody waits for it: between two parts a person's write may go. */
static void
takes_the_first_one_in_parts (Fixture *self, gconstpointer data)
{
  g_autoptr (PlanciaReadings) first = make_readings (g_get_real_time () / 1000);
  g_autoptr (PlanciaMap) map = plancia_map_catalog_get ("zcs-3ph-hyd-g3", NULL);
  GPtrArray *reads = fake_backend_get_reads (self->backend);
  g_autoptr (PlanciaSnapshot) snapshot = NULL;
  guint n = 0;

  plancia_device_set_map (self->device, map);
  plancia_snapshots_set_automatic (self->snapshots, TRUE);
  fake_backend_set_state (self->backend, PLANCIA_STATE_OPEN, NULL);
  plancia_device_apply (self->device, first);
  while (self->n_taken == 0) {
    PlanciaReadings *part = plancia_readings_new ("dev", 1000 + n);
    g_auto (GStrv) keys = NULL;

    WAIT (reads->len == n + 1);
    keys = g_strsplit (g_ptr_array_index (reads, n++), " ", -1);
    g_assert_cmpuint (g_strv_length (keys), <=, 32);
    for (guint i = 0; keys[i] != NULL; i++) {
      const PlanciaField *field = plancia_map_find_field (map, keys[i]);
      g_autofree guint16 *words = g_new0 (guint16, field->count);

      plancia_reading_set_words (plancia_readings_add (part, keys[i], PLANCIA_QUALITY_GOOD),
                                 field,
                                 words);
    }
    fake_backend_answer_read (self->backend, part, NULL);
    WAIT (self->n_taken == 1 || reads->len == n + 1);
  }
  g_assert_cmpuint (n, >, 5);
  snapshot = g_list_model_get_item (plancia_snapshots_get_list (self->snapshots, self->device), 0);
  g_assert_cmpint (plancia_snapshot_get_time (snapshot), ==, 1000);
  g_assert_cmpuint (plancia_snapshot_get_length (snapshot), >, 200);
  g_assert_cmpuint (plancia_snapshot_count_read (snapshot),
                    ==,
                    plancia_snapshot_get_length (snapshot));
}

int
main (int argc, char **argv)
{
#define ADD(name, func) g_test_add ("/snapshots/" name, Fixture, NULL, set_up, func, tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("needs a connection", needs_a_connection);
  ADD ("reads every register once", reads_every_register_once);
  ADD ("keeps them with the plant", keeps_them_with_the_plant);
  ADD ("goes to disk when the plant does", goes_to_disk_when_the_plant_does);
  ADD ("says when it cannot be kept", says_when_it_cannot_be_kept);
  ADD ("takes one at the first connect", takes_one_at_the_first_connect);
  ADD ("takes the first one in parts", takes_the_first_one_in_parts);
  return g_test_run ();
}
