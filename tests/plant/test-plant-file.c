/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plant/plant-file.h"

#include "base/error.h"
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static const char whole[] =
  "{\n"
  "  \"format\": \"plancia-plant\",\n"
  "  \"version\": 1,\n"
  "  \"name\": \"House\",\n"
  "  \"colour\": {\"roof\": \"red\"},\n"
  "  \"place\": {\"zone\": \"Europe/Rome\", \"latitude\": 43.46, \"longitude\": 11.88, \"street\": 7},\n"
  "  \"entries\": [\n"
  "    {\"id\": \"hub\", \"kind\": \"hub\", \"name\": \"HUB\", \"address\": \"hub://h:/\", \"note\": [1, null]},\n"
  "    {\"id\": \"cloud\", \"kind\": \"portal\", \"name\": \"Portal\", \"address\": \"portal://home\",\n"
  "     \"url\": \"https://example.invalid/\", \"children\": [\n"
  "       {\"kind\": \"thing\", \"name\": \"HYD\", \"address\": \"portal://home/0012\", \"map\": \"m\", \"later\": true}]}\n"
  "  ]\n"
  "}\n";

static GBytes *
from_text (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

/* The whole file with one text put in place of another. */
static char *
with (const char *old, const char *new)
{
  GString *text = g_string_new (whole);

  g_string_replace (text, "hub://h:/", "hub://h", 0);
  if (old != NULL)
    g_assert_cmpint (g_string_replace (text, old, new, 1), ==, 1);
  return g_string_free (text, FALSE);
}

static PlanciaPlant *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = from_text (text);

  return plancia_plant_file_parse (bytes, "here.json", error);
}

static PlanciaPlant *
parse_whole (void)
{
  g_autofree char *text = with (NULL, NULL);
  PlanciaPlant    *plant = parse (text, NULL);

  g_assert_nonnull (plant);
  return plant;
}

static void
test_parse (void)
{
  g_autoptr (PlanciaPlant) plant = parse_whole ();
  PlanciaEntry *cloud = plancia_plant_find (plant, "cloud");
  g_autoptr (PlanciaEntry) thing = g_list_model_get_item (plancia_entry_get_children (cloud), 0);

  g_assert_cmpstr (plancia_plant_get_name (plant), ==, "House");
  g_assert_cmpstr (plancia_plant_get_zone_name (plant), ==, "Europe/Rome");
  g_assert_cmpfloat (plancia_plant_get_latitude (plant), ==, 43.46);
  g_assert_cmpfloat (plancia_plant_get_longitude (plant), ==, 11.88);
  g_assert_cmpint (g_list_model_get_n_items (plancia_plant_get_entries (plant)), ==, 2);
  g_assert_cmpstr (plancia_entry_get_url (cloud), ==, "https://example.invalid/");
  g_assert_cmpstr (plancia_entry_get_name (thing), ==, "HYD");
  g_assert_cmpstr (plancia_entry_get_map (thing), ==, "m");
  g_assert_cmpstr (plancia_address_get_thing (plancia_entry_get_address (thing)), ==, "0012");
  g_assert_cmpint (strlen (plancia_entry_get_id (thing)), >, 10);
  g_assert_true (plancia_entry_get_parent (thing) == cloud);
}

/* A guess stays a guess until somebody confirms it, then nothing of it is left in the file. */
static void
test_map_evidence (void)
{
  g_autofree char *text = with ("\"map\": \"m\"",
                                "\"map\": \"m\", \"map_evidence\": \"ZP1ES110 at 0x0445\"");
  g_autoptr (PlanciaPlant) plant = parse (text, NULL);
  g_autoptr (GBytes) guessed = NULL;
  g_autoptr (GBytes) confirmed = NULL;
  PlanciaEntry *cloud;
  g_autoptr (PlanciaEntry) thing = NULL;

  g_assert_nonnull (plant);
  cloud = plancia_plant_find (plant, "cloud");
  thing = g_list_model_get_item (plancia_entry_get_children (cloud), 0);
  g_assert_cmpstr (plancia_entry_get_map_evidence (thing), ==, "ZP1ES110 at 0x0445");
  guessed = plancia_plant_file_format (plant);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (guessed, NULL),
                                  (gssize) g_bytes_get_size (guessed),
                                  "ZP1ES110 at 0x0445"));
  plancia_entry_set_map_evidence (thing, NULL);
  confirmed = plancia_plant_file_format (plant);
  g_assert_null (g_strstr_len (g_bytes_get_data (confirmed, NULL),
                               (gssize) g_bytes_get_size (confirmed),
                               "evidence"));
}

static JsonObject *
format_to_object (PlanciaPlant *plant, JsonNode **root)
{
  g_autoptr (GBytes) bytes = plancia_plant_file_format (plant);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (GError) error = NULL;

  g_assert_true (g_str_has_suffix (text, "}\n"));
  *root = json_from_string (text, &error);
  g_assert_no_error (error);
  return json_node_get_object (*root);
}

static void
test_unknown_keys (void)
{
  g_autoptr (PlanciaPlant) plant = parse_whole ();
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object, *entry, *thing;
  JsonArray  *entries;

  plancia_plant_set_name (plant, "Villa");
  plancia_plant_set_place (plant, "Europe/London", NAN, NAN);
  object = format_to_object (plant, &root);
  entries = json_object_get_array_member (object, "entries");
  entry = json_array_get_object_element (entries, 0);
  thing = json_array_get_object_element (
    json_object_get_array_member (json_array_get_object_element (entries, 1), "children"),
    0);

  g_assert_cmpstr (json_object_get_string_member (object, "name"), ==, "Villa");
  g_assert_cmpstr (
    json_object_get_string_member (json_object_get_object_member (object, "colour"), "roof"),
    ==,
    "red");
  g_assert_cmpint (
    json_object_get_int_member (json_object_get_object_member (object, "place"), "street"),
    ==,
    7);
  g_assert_cmpstr (
    json_object_get_string_member (json_object_get_object_member (object, "place"), "zone"),
    ==,
    "Europe/London");
  g_assert_false (
    json_object_has_member (json_object_get_object_member (object, "place"), "latitude"));
  g_assert_cmpint (json_array_get_length (json_object_get_array_member (entry, "note")), ==, 2);
  g_assert_true (json_object_get_boolean_member (thing, "later"));
}

static void
test_round_trip (void)
{
  g_autoptr (PlanciaPlant) plant = parse_whole ();
  g_autoptr (GBytes) first = plancia_plant_file_format (plant);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaPlant) again = plancia_plant_file_parse (first, "again", &error);
  g_autoptr (GBytes) second = NULL;

  g_assert_no_error (error);
  second = plancia_plant_file_format (again);
  g_assert_true (g_bytes_equal (first, second));
}

/* Entries that are removed, with what their file held, are gone; new ones are there. */
static void
test_changes (void)
{
  g_autoptr (PlanciaPlant) plant = parse_whole ();
  g_autoptr (PlanciaAddress) address = plancia_address_parse ("psc://h/3", NULL);
  g_autoptr (PlanciaEntry) entry = plancia_entry_new ("new", "psc", "PSC", address);
  g_autoptr (JsonNode) root = NULL;
  JsonArray *entries;

  plancia_plant_remove (plant, plancia_plant_find (plant, "hub"));
  plancia_plant_add (plant, NULL, entry);
  plancia_entry_set_url (plancia_plant_find (plant, "cloud"), NULL);
  entries = json_object_get_array_member (format_to_object (plant, &root), "entries");
  g_assert_cmpint (json_array_get_length (entries), ==, 2);
  g_assert_false (json_object_has_member (json_array_get_object_element (entries, 0), "url"));
  g_assert_cmpstr (
    json_object_get_string_member (json_array_get_object_element (entries, 1), "address"),
    ==,
    "psc://h/3");
}

static void
test_new_plant (void)
{
  g_autoptr (PlanciaPlant) plant = plancia_plant_new ("New");
  g_autoptr (GBytes) bytes = plancia_plant_file_format (plant);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaPlant) again = plancia_plant_file_parse (bytes, "new", &error);

  g_assert_no_error (error);
  g_assert_true (isnan (plancia_plant_get_latitude (again)));
}

typedef struct
{
  const char *name;
  const char *old;
  const char *new;
  int         code;
  const char *where;
} BadCase;

static const BadCase bad_cases[] = {
  {"cut",
   "  \"entries\": [",                        "  \"entries\": {",
   PLANCIA_DOCUMENT_ERROR_SYNTAX,                                                                           "here.json: line 7, column "                },
  {"comment",
   "  \"name\"",                              "  // no\n  \"name\"",
   PLANCIA_DOCUMENT_ERROR_SYNTAX,                                                                           "here.json: line 4:"                        },
  {"format-missing",
   "\"format\": \"plancia-plant\",",          "",
   PLANCIA_DOCUMENT_ERROR_MISSING,                                                                          "here.json: format:"                        },
  {"format-other",
   "plancia-plant",                           "plancia-scenario",
   PLANCIA_DOCUMENT_ERROR_INVALID,                                                                          "here.json: format:"                        },
  {"version-new",
   "\"version\": 1",                          "\"version\": 2",
   PLANCIA_DOCUMENT_ERROR_VERSION,                                                                          "here.json: version:"                       },
  {"version-zero",
   "\"version\": 1",                          "\"version\": 0",
   PLANCIA_DOCUMENT_ERROR_INVALID,                                                                          "here.json: version:"                       },
  {"version-text",
   "\"version\": 1",                          "\"version\": \"1\"",
   PLANCIA_DOCUMENT_ERROR_INVALID,                                                                          "here.json: version:"                       },
  {"name-missing",    "\"name\": \"House\",", "",                           PLANCIA_DOCUMENT_ERROR_MISSING, "here.json: name:"                          },
  {"name-empty",      "\"House\"",            "\"\"",                       PLANCIA_DOCUMENT_ERROR_INVALID, "here.json: name:"                          },
  {"name-number",     "\"House\"",            "5",                          PLANCIA_DOCUMENT_ERROR_INVALID, "here.json: name:"                          },
  {"place-list",
   "{\"zone\"",                               "[], \"x\": {\"zone\"",
   PLANCIA_DOCUMENT_ERROR_INVALID,                                                                          "here.json: place:"                         },
  {"zone-unknown",
   "Europe/Rome",                             "Europe/Roma",
   PLANCIA_DOCUMENT_ERROR_INVALID,                                                                          "here.json: place.zone:"                    },
  {"latitude-far",    "43.46",                "91",                         PLANCIA_DOCUMENT_ERROR_INVALID, "here.json: place.latitude:"                },
  {"longitude-text",
   "11.88",                                   "\"east\"",
   PLANCIA_DOCUMENT_ERROR_INVALID,                                                                          "here.json: place.longitude:"               },
  {"entry-number",
   "\"entries\": [",                          "\"entries\": [7,",
   PLANCIA_DOCUMENT_ERROR_INVALID,                                                                          "here.json: entries[0]:"                    },
  {"kind-unknown",
   "\"kind\": \"hub\"",                       "\"kind\": \"hubb\"",
   PLANCIA_DOCUMENT_ERROR_INVALID,                                                                          "here.json: entries[0].kind:"               },
  {"kind-missing",
   "\"kind\": \"thing\",",                    "",
   PLANCIA_DOCUMENT_ERROR_MISSING,                                                                          "here.json: entries[1].children[0].kind:"   },
  {"address-bad",
   "portal://home/0012",                      "portl://home/0012",
   PLANCIA_DOCUMENT_ERROR_INVALID,                                                                          "here.json: entries[1].children[0].address:"},
  {"address-null",
   "\"portal://home/0012\"",                  "null",
   PLANCIA_DOCUMENT_ERROR_MISSING,                                                                          "here.json: entries[1].children[0].address:"},
  {"id-twice",
   "\"id\": \"cloud\"",                       "\"id\": \"hub\"",
   PLANCIA_DOCUMENT_ERROR_INVALID,                                                                          "here.json: entries[1].id:"                 },
  {"map-number",
   "\"map\": \"m\"",                          "\"map\": 3",
   PLANCIA_DOCUMENT_ERROR_INVALID,                                                                          "here.json: entries[1].children[0].map:"    },
  {"children-object",
   "\"children\": [",                         "\"children\": {}, \"x\": [",
   PLANCIA_DOCUMENT_ERROR_INVALID,                                                                          "here.json: entries[1].children:"           },
};

static void
test_bad (gconstpointer data)
{
  const BadCase   *c = data;
  g_autofree char *text = with (c->old, c->new);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaPlant) plant = parse (text, &error);

  g_assert_null (plant);
  g_assert_error (error, PLANCIA_DOCUMENT_ERROR, c->code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, c->where));
}

static void
test_not_a_plant (void)
{
  static const char *const texts[] = {"", " ", "null", "[]", "7", "\"x\"", "{", "\xff\xfe", "{}{}"};

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (PlanciaPlant) plant = parse (texts[i], &error);

    g_assert_null (plant);
    g_assert_error (error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_SYNTAX);
    g_assert_true (g_str_has_prefix (error->message, "here.json: "));
  }
}

static void
test_mutated (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (guint i = 0; i < 20000; i++) {
    g_autofree char *text = with (NULL, NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (PlanciaPlant) plant = NULL;

    for (guint n = 0; n < 2; n++)
      text[g_rand_int_range (rand, 0, (gint32) strlen (text))] =
        " \"{}[],:0-9nte\\"[g_rand_int_range (rand, 0, 15)];
    plant = parse (text, &error);
    g_assert_true ((plant == NULL) == (error != NULL));
  }
}

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("plancia-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "plant.json", NULL);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

    g_remove (path);
  }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
assert_holds (const char *path, const char *text)
{
  g_autofree char *got = NULL;

  g_assert_true (g_file_get_contents (path, &got, NULL, NULL));
  g_assert_cmpstr (got, ==, text);
}

static void
test_save_and_load (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PlanciaPlant) plant = parse_whole ();
  g_autoptr (GBytes) bytes = plancia_plant_file_format (plant);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaPlant) loaded = NULL;
  g_autoptr (GBytes) again = NULL;

  g_assert_true (plancia_plant_file_save (fixture->path, bytes, &error));
  g_assert_true (plancia_plant_file_save (fixture->path, bytes, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_files (fixture->folder), ==, 1);
  loaded = plancia_plant_file_load (fixture->path, &error);
  g_assert_no_error (error);
  again = plancia_plant_file_format (loaded);
  g_assert_cmpint (g_bytes_get_size (again), ==, g_bytes_get_size (bytes) + 0);
}

static void
test_keeps_mode_and_link (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = from_text ("new");
  g_autofree char *link_path = g_build_filename (fixture->folder, "link.json", NULL);
  GStatBuf         status;

  g_assert_true (g_file_set_contents (fixture->path, "old", -1, NULL));
  g_assert_cmpint (g_chmod (fixture->path, 0640), ==, 0);
  g_assert_cmpint (symlink (fixture->path, link_path), ==, 0);
  g_assert_true (plancia_plant_file_save (link_path, bytes, NULL));
  assert_holds (fixture->path, "new");
  g_assert_true (g_file_test (link_path, G_FILE_TEST_IS_SYMLINK));
  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 0777, ==, 0640);
}

/* The disk takes a part and then no more. */
static void
test_fails_midway (Fixture *fixture, gconstpointer data)
{
  const struct rlimit small = {1000, RLIM_INFINITY};
  struct rlimit       before;
  g_autofree char    *much = g_strnfill (5000, 'x');
  g_autoptr (GBytes) bytes = from_text (much);
  g_autoptr (GError) error = NULL;
  gboolean saved;

  g_assert_true (g_file_set_contents (fixture->path, "old", -1, NULL));
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  saved = plancia_plant_file_save (fixture->path, bytes, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_false (saved);
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, fixture->path));
  assert_holds (fixture->path, "old");
  g_assert_cmpint (count_files (fixture->folder), ==, 1);
}

static void
test_read_only_folder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = from_text ("new");
  g_autoptr (GError) error = NULL;

  if (geteuid () == 0) {
    g_test_skip ("root may write everywhere");
    return;
  }
  g_assert_true (g_file_set_contents (fixture->path, "old", -1, NULL));
  g_assert_cmpint (g_chmod (fixture->folder, 0500), ==, 0);
  g_assert_false (plancia_plant_file_save (fixture->path, bytes, &error));
  g_assert_cmpint (g_chmod (fixture->folder, 0700), ==, 0);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  assert_holds (fixture->path, "old");
}

static void
test_bad_targets (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = from_text ("new");
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) folder = NULL;
  g_autofree char *inside = g_build_filename (fixture->folder, "no", "plant.json", NULL);
  g_autofree char *as_folder = g_build_filename (fixture->folder, "folder", NULL);

  g_assert_false (plancia_plant_file_save (inside, bytes, &missing));
  g_assert_error (missing, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpint (g_mkdir (as_folder, 0700), ==, 0);
  g_assert_false (plancia_plant_file_save (as_folder, bytes, &folder));
  g_assert_nonnull (folder);
  g_assert_cmpint (count_files (fixture->folder), ==, 1);
}

static void
test_bad_sources (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = g_strnfill (4 * 1024 * 1024 + 1, ' ');
  g_autoptr (PlanciaPlant) plant = NULL;
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) folder = NULL;
  g_autoptr (GError) zero = NULL;
  g_autoptr (GError) size = NULL;

  plant = plancia_plant_file_load (fixture->path, &missing);
  g_assert_error (missing, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  plant = plancia_plant_file_load (fixture->folder, &folder);
  g_assert_error (folder, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  plant = plancia_plant_file_load ("/dev/zero", &zero);
  g_assert_error (zero, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE);
  g_assert_true (g_file_set_contents (fixture->path, large, -1, NULL));
  plant = plancia_plant_file_load (fixture->path, &size);
  g_assert_error (size, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_INVALID);
  g_assert_nonnull (strstr (size->message, "4 MiB"));
  g_assert_null (plant);
}

#define ADD(name, func) \
  g_test_add ("/plant/plant-file/" name, Fixture, NULL, set_up, func, tear_down)

/* What was found out about a device is kept with it, beside what a later version may keep there, and goes with its map. */
static void
test_learnt (void)
{
  g_autofree char *text = with (
    "\"map\": \"m\"",
    "\"map\": \"m\", \"learnt\": {\"framing\": \"rtu\", \"longest_read\": 30, \"no_gaps\": true, "
    "\"missing\": [\"a\", \"b\"], \"adapter\": \"0403:6001:A1\", \"since\": 7}");
  g_autoptr (PlanciaPlant) plant = parse (text, NULL);
  g_autoptr (GBytes) once = NULL;
  g_autoptr (PlanciaPlant) again = NULL;
  g_autofree char     *formatted = NULL;
  PlanciaEntry        *thing;
  const PlanciaLearnt *learnt;

  g_assert_nonnull (plant);
  once = plancia_plant_file_format (plant);
  formatted = g_strndup (g_bytes_get_data (once, NULL), g_bytes_get_size (once));
  g_assert_nonnull (strstr (formatted, "\"since\" : 7"));
  again = plancia_plant_file_parse (once, "again", NULL);
  thing = g_list_model_get_item (plancia_entry_get_children (plancia_plant_find (again, "cloud")),
                                 0);
  g_object_unref (thing);
  learnt = plancia_entry_get_learnt (thing);
  g_assert_cmpstr (learnt->framing, ==, "rtu");
  g_assert_cmpuint (learnt->longest_read, ==, 30);
  g_assert_true (learnt->no_gaps);
  g_assert_cmpstr (learnt->missing[1], ==, "b");
  g_assert_cmpstr (learnt->adapter, ==, "0403:6001:A1");
  plancia_entry_set_map (thing, "other");
  g_assert_null (plancia_entry_get_learnt (thing));
}

/* A hint that makes no sense is learnt anew. */
static void
test_learnt_wrong (void)
{
  static const char *const wrong[] = {
    "7",
    "{\"framing\": 3, \"longest_read\": \"x\", \"missing\": {}}",
    "{\"framing\": \"x\", \"longest_read\": 4000, \"missing\": [3]}"};

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autofree char *member = g_strdup_printf ("\"map\": \"m\", \"learnt\": %s", wrong[i]);
    g_autofree char *text = with ("\"map\": \"m\"", member);
    g_autoptr (GError) error = NULL;
    g_autoptr (PlanciaPlant) plant = parse (text, &error);

    g_assert_no_error (error);
    g_assert_nonnull (plant);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plant/plant-file/parse", test_parse);
  g_test_add_func ("/plant/plant-file/unknown-keys", test_unknown_keys);
  g_test_add_func ("/plant/plant-file/learnt", test_learnt);
  g_test_add_func ("/plant/plant-file/learnt-wrong", test_learnt_wrong);
  g_test_add_func ("/plant/plant-file/map-evidence", test_map_evidence);
  g_test_add_func ("/plant/plant-file/round-trip", test_round_trip);
  g_test_add_func ("/plant/plant-file/changes", test_changes);
  g_test_add_func ("/plant/plant-file/new-plant", test_new_plant);
  for (guint i = 0; i < G_N_ELEMENTS (bad_cases); i++) {
    g_autofree char *path = g_strdup_printf ("/plant/plant-file/bad/%s", bad_cases[i].name);

    g_test_add_data_func (path, &bad_cases[i], test_bad);
  }
  g_test_add_func ("/plant/plant-file/not-a-plant", test_not_a_plant);
  g_test_add_func ("/plant/plant-file/mutated", test_mutated);
  ADD ("save-and-load", test_save_and_load);
  ADD ("keeps-mode-and-link", test_keeps_mode_and_link);
  ADD ("fails-midway", test_fails_midway);
  ADD ("read-only-folder", test_read_only_folder);
  ADD ("bad-targets", test_bad_targets);
  ADD ("bad-sources", test_bad_sources);
  return g_test_run ();
}
