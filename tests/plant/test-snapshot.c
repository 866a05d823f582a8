/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plant/snapshot-folder.h"

#include "base/error.h"
#include <glib/gstdio.h>
#include <string.h>

#define DAY  (G_GINT64_CONSTANT (86400) * 1000)
#define TIME G_GINT64_CONSTANT (1781265930250) /* 2026-06-12T12:05:30.250Z */

static const char map_json[] =
  "{\"format\":\"register-map\",\"version\":1,\"id\":\"snap\",\"name\":\"Snap\",\"device_kind\":\"inverter\","
  "\"defaults\":{\"unit_id\":1,\"read_function\":3,\"write_function\":16,\"word_order\":\"big\",\"byte_order\":\"big\"},"
  "\"limits\":{\"max_read\":60,\"max_write\":60},\"groups\":[{\"key\":\"identity\",\"name\":\"Identity\"}],"
  "\"registers\":["
  "{\"key\":\"serial_number\",\"name\":\"Serial number\",\"group\":\"identity\",\"address\":\"0x0445\",\"count\":2,"
  "\"type\":\"ascii\",\"poll\":\"once\"},"
  "{\"key\":\"firmware_master\",\"name\":\"Firmware\",\"group\":\"identity\",\"address\":\"0x0453\",\"count\":2,"
  "\"type\":\"ascii\",\"poll\":\"once\"},"
  "{\"key\":\"limit\",\"name\":\"Limit\",\"group\":\"identity\",\"address\":\"0x1024\",\"count\":1,\"type\":\"u16\","
  "\"scale\":0.1,\"unit\":\"kW\",\"access\":\"rw\",\"write\":{}}],\"sources\":[{\"ref\":\"invented for the tests\"}]}";

static PlanciaMap *
make_map (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (map_json, sizeof map_json - 1);
  PlanciaMap *map = plancia_map_new_from_bytes (bytes, "snap", &error);

  g_assert_no_error (error);
  return map;
}

static PlanciaSnapshot *
make (const char *device, PlanciaSnapshotReason reason, gint64 time)
{
  static const guint16 serial[] = {0x4142, 0x3132}, limit[] = {60};
  g_autoptr (PlanciaMap) map = make_map ();
  PlanciaSnapshot *self =
    plancia_snapshot_new (reason, time, device, "HYD", "eth-stick://h/1", map);

  plancia_snapshot_add (self, plancia_map_find_field (map, "serial_number"), serial, NULL);
  plancia_snapshot_add (self, plancia_map_find_field (map, "firmware_master"), NULL, "exception 2");
  plancia_snapshot_add (self, plancia_map_find_field (map, "limit"), limit, NULL);
  return self;
}

static PlanciaSnapshot *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return plancia_snapshot_parse (bytes, "here.json", error);
}

static void
goes_to_a_file_and_back (void)
{
  g_autoptr (PlanciaSnapshot) self = make ("dev", PLANCIA_SNAPSHOT_ARRIVAL, TIME);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaSnapshot) read = NULL;
  const PlanciaSnapshotItem *item;

  plancia_snapshot_set_note (self, "before the \"new\" battery\n");
  plancia_snapshot_set_simulated (self, TRUE);
  bytes = plancia_snapshot_format (self);
  read = plancia_snapshot_parse (bytes, "here.json", &error);
  g_assert_no_error (error);
  g_assert_cmpint (plancia_snapshot_get_time (read), ==, TIME);
  g_assert_cmpint (plancia_snapshot_get_reason (read), ==, PLANCIA_SNAPSHOT_ARRIVAL);
  g_assert_cmpstr (plancia_snapshot_get_note (read), ==, "before the \"new\" battery\n");
  g_assert_true (plancia_snapshot_get_simulated (read));
  g_assert_cmpstr (plancia_snapshot_get_device (read), ==, "dev");
  g_assert_cmpstr (plancia_snapshot_get_route (read), ==, "eth-stick://h/1");
  g_assert_cmpstr (plancia_snapshot_get_map (read), ==, "snap");
  g_assert_cmpstr (plancia_snapshot_get_serial (read), ==, "AB12");
  g_assert_cmpstr (plancia_snapshot_get_firmware (read), ==, "");
  g_assert_cmpuint (plancia_snapshot_get_length (read), ==, 3);
  g_assert_cmpuint (plancia_snapshot_count_read (read), ==, 2);
  item = plancia_snapshot_find (read, "limit");
  g_assert_cmpuint (item->address, ==, 0x1024);
  g_assert_cmpuint (item->count, ==, 1);
  g_assert_cmpuint (item->words[0], ==, 60);
  g_assert_cmpstr (item->text, ==, "6.0");
  item = plancia_snapshot_find (read, "firmware_master");
  g_assert_null (item->words);
  g_assert_cmpstr (item->message, ==, "exception 2");
  again = plancia_snapshot_format (read);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL),
                   g_bytes_get_size (bytes),
                   g_bytes_get_data (again, NULL),
                   g_bytes_get_size (again));
}

static void
keeps_what_it_does_not_know (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaSnapshot) self =
    parse ("{\"format\":\"plancia-snapshot\",\"version\":1,\"time\":\"2026-06-12T12:05:30Z\","
           "\"weather\":{\"rain\":true},\"registers\":[{\"key\":\"a\",\"address\":\"0x1\","
           "\"words\":\"00ff 1234\"}]}",
           &error);
  g_autoptr (GBytes) bytes = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (plancia_snapshot_find (self, "a")->words[0], ==, 0xff);
  bytes = plancia_snapshot_format (self);
  g_assert_nonnull (strstr (g_bytes_get_data (bytes, NULL), "\"rain\""));
}

static void
refuses (const char *text, int code, const char *say)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (parse (text, &error));
  g_assert_error (error, PLANCIA_DOCUMENT_ERROR, code);
  g_assert_nonnull (strstr (error->message, say));
}

#define HEAD \
  "{\"format\":\"plancia-snapshot\",\"version\":1,\"time\":\"2026-06-12T12:05:30Z\",\"registers\":"

static void
refuses_what_is_wrong (void)
{
  refuses ("[]", PLANCIA_DOCUMENT_ERROR_SYNTAX, "here.json");
  refuses ("", PLANCIA_DOCUMENT_ERROR_SYNTAX, "here.json");
  refuses ("{\"format\":\"plancia-plant\",\"version\":1}",
           PLANCIA_DOCUMENT_ERROR_INVALID,
           "format");
  refuses ("{\"format\":\"plancia-snapshot\",\"version\":2}",
           PLANCIA_DOCUMENT_ERROR_VERSION,
           "version");
  refuses ("{\"format\":\"plancia-snapshot\",\"version\":1,\"time\":\"soon\"}",
           PLANCIA_DOCUMENT_ERROR_INVALID,
           "time");
  refuses (HEAD "7}", PLANCIA_DOCUMENT_ERROR_MISSING, "registers");
  refuses (HEAD "[7]}", PLANCIA_DOCUMENT_ERROR_INVALID, "registers[0]");
  refuses (HEAD "[{\"address\":\"0x1\"}]}", PLANCIA_DOCUMENT_ERROR_MISSING, "registers[0]");
  refuses (HEAD "[{\"key\":\"a\",\"address\":\"0x1\"},{\"key\":\"b\",\"address\":\"0x12345\"}]}",
           PLANCIA_DOCUMENT_ERROR_INVALID,
           "registers[1]");
  refuses (HEAD "[{\"key\":\"a\",\"address\":\"0x1\",\"words\":\"12 34\"}]}",
           PLANCIA_DOCUMENT_ERROR_INVALID,
           "registers[0]");
  refuses (HEAD "[{\"key\":\"a\",\"address\":\"0x1\",\"words\":\"\"}]}",
           PLANCIA_DOCUMENT_ERROR_INVALID,
           "registers[0]");
}

static void
save (const char *folder, const char *device, PlanciaSnapshotReason reason, gint64 time)
{
  g_autoptr (PlanciaSnapshot) snapshot = make (device, reason, time);
  g_autoptr (GError) error = NULL;

  plancia_snapshot_folder_save (folder, snapshot, &error);
  g_assert_no_error (error);
}

static char *
make_folder (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *base = g_dir_make_tmp ("snapshots-XXXXXX", &error);
  g_autofree char *plant = g_build_filename (base, "Rossi.json", NULL);

  g_assert_no_error (error);
  return plancia_snapshot_folder_dup_path (plant);
}

static void
remove_folder (const char *folder)
{
  g_autofree char *base = g_path_get_dirname (folder);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_assert_cmpint (g_unlink (path), ==, 0);
  }
  g_rmdir (folder);
  g_assert_cmpint (g_rmdir (base), ==, 0);
}

static void
lists_those_of_a_device (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *wrong = g_build_filename (folder, "dev.20270101T000000.000Z.json", NULL);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GPtrArray) none = plancia_snapshot_folder_list (folder, "dev");

  g_assert_true (g_str_has_suffix (folder, "/Rossi.snapshots"));
  g_assert_cmpuint (none->len, ==, 0);
  save (folder, "dev", PLANCIA_SNAPSHOT_REQUEST, TIME);
  save (folder, "dev", PLANCIA_SNAPSHOT_REQUEST, TIME + DAY);
  save (folder, "dev2", PLANCIA_SNAPSHOT_REQUEST, TIME + 2 * DAY);
  /* Ids are free text: two may have one safe name. */
  save (folder, "d/v", PLANCIA_SNAPSHOT_REQUEST, TIME);
  save (folder, "d_v", PLANCIA_SNAPSHOT_REQUEST, TIME + 1);
  g_assert_true (g_file_set_contents (wrong, "{", 1, NULL));
  list = plancia_snapshot_folder_list (folder, "dev");
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpint (plancia_snapshot_get_time (g_ptr_array_index (list, 0)), ==, TIME + DAY);
  g_assert_cmpint (plancia_snapshot_get_time (g_ptr_array_index (list, 1)), ==, TIME);
  g_assert_true (plancia_snapshot_folder_remove (folder, g_ptr_array_index (list, 0), NULL));
  g_clear_pointer (&list, g_ptr_array_unref);
  list = plancia_snapshot_folder_list (folder, "dev");
  g_assert_cmpuint (list->len, ==, 1);
  g_clear_pointer (&list, g_ptr_array_unref);
  list = plancia_snapshot_folder_list (folder, "d/v");
  g_assert_cmpuint (list->len, ==, 1);
  remove_folder (folder);
}

static void
prunes_only_automatic_ones (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (PlanciaSnapshot) noted = make ("dev", PLANCIA_SNAPSHOT_ARRIVAL, TIME - DAY);

  plancia_snapshot_set_note (noted, "keep me");
  g_assert_true (plancia_snapshot_folder_save (folder, noted, NULL));
  save (folder, "dev", PLANCIA_SNAPSHOT_REQUEST, TIME - 2 * DAY);
  for (int i = 0; i < 5; i++)
    save (folder, "dev", PLANCIA_SNAPSHOT_ARRIVAL, TIME + i * DAY);
  plancia_snapshot_folder_prune (folder, "dev", 3);
  list = plancia_snapshot_folder_list (folder, "dev");
  g_assert_cmpuint (list->len, ==, 5);
  g_assert_cmpint (plancia_snapshot_get_time (g_ptr_array_index (list, 2)), ==, TIME + 2 * DAY);
  g_assert_cmpint (plancia_snapshot_get_time (g_ptr_array_index (list, 3)), ==, TIME - DAY);
  remove_folder (folder);
}

static void
goes_along_to_another_file (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *other = make_folder ();
  g_autoptr (GPtrArray) list = NULL;

  save (folder, "dev", PLANCIA_SNAPSHOT_REQUEST, TIME);
  save (other, "dev", PLANCIA_SNAPSHOT_REQUEST, TIME);
  save (folder, "dev", PLANCIA_SNAPSHOT_REQUEST, TIME + DAY);
  plancia_snapshot_folder_copy (folder, other);
  list = plancia_snapshot_folder_list (other, "dev");
  g_assert_cmpuint (list->len, ==, 2);
  remove_folder (folder);
  remove_folder (other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/snapshot/goes to a file and back", goes_to_a_file_and_back);
  g_test_add_func ("/snapshot/keeps what it does not know", keeps_what_it_does_not_know);
  g_test_add_func ("/snapshot/refuses what is wrong", refuses_what_is_wrong);
  g_test_add_func ("/snapshot/lists those of a device", lists_those_of_a_device);
  g_test_add_func ("/snapshot/prunes only automatic ones", prunes_only_automatic_ones);
  g_test_add_func ("/snapshot/goes along to another file", goes_along_to_another_file);
  return g_test_run ();
}
