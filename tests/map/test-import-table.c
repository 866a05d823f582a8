/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/error.h"
#include "import-fixture.h"
#include "map/map-catalog.h"
#include <math.h>

#include "tests/base/own-dirs.h"

static char *
fixture_path (const char *name)
{
  return g_build_filename (g_getenv ("PLANCIA_TEST_SOURCE_DIR"), "fixtures", "maps", name, NULL);
}

/* Rows with something wrong or doubtful, by line of the file; see make-vendor-table.py. */
static const struct
{
  guint                line;
  PlanciaImportVerdict verdict;
  PlanciaImportReason  reason;
  const char          *name;
} wrong_rows[] = {
  {6,   PLANCIA_IMPORT_SKIPPED, PLANCIA_IMPORT_BAD_ADDRESS,      "Wrong digits"         },
  {11,  PLANCIA_IMPORT_SKIPPED, PLANCIA_IMPORT_BAD_ADDRESS,      "Beyond the end"       },
  {22,  PLANCIA_IMPORT_SKIPPED, PLANCIA_IMPORT_UNKNOWN_TYPE,     "Odd type"             },
  {35,  PLANCIA_IMPORT_SKIPPED, PLANCIA_IMPORT_BAD_NUMBER,       "Odd scale"            },
  {49,  PLANCIA_IMPORT_SKIPPED, PLANCIA_IMPORT_NO_ADDRESS,       "No address"           },
  {62,  PLANCIA_IMPORT_SKIPPED, PLANCIA_IMPORT_OVERLAPS,         "State again"          },
  {77,  PLANCIA_IMPORT_SKIPPED, PLANCIA_IMPORT_BAD_RANGE,        "Three for two"        },
  {92,  PLANCIA_IMPORT_SKIPPED, PLANCIA_IMPORT_NO_NAME,          ""                     },
  {106, PLANCIA_IMPORT_SKIPPED, PLANCIA_IMPORT_BYTE_ORDER,       "Little bytes"         },
  {122, PLANCIA_IMPORT_SKIPPED, PLANCIA_IMPORT_NO_NAME,          "Rsvd9"                },
  {135, PLANCIA_IMPORT_CHANGED, PLANCIA_IMPORT_SCALE_ASSUMED,    "Scale with unit"      },
  {152, PLANCIA_IMPORT_CHANGED, PLANCIA_IMPORT_TYPE_ASSUMED,     "Type not said"        },
  {167, PLANCIA_IMPORT_CHANGED, PLANCIA_IMPORT_TYPE_ASSUMED,     "Energy, type not said"},
  {182, PLANCIA_IMPORT_CHANGED, PLANCIA_IMPORT_RANGE_SPLIT,      "Fan1"                 },
  {197, PLANCIA_IMPORT_SKIPPED, PLANCIA_IMPORT_BAD_RANGE,        "Tilt1 -- 7"           },
  {228, PLANCIA_IMPORT_CHANGED, PLANCIA_IMPORT_NAMED_BY_ADDRESS, "0x0740"               },
  {243, PLANCIA_IMPORT_SKIPPED, PLANCIA_IMPORT_TOO_LONG,         "Too long a text"      },
};

static void
check_report (const PlanciaImport *result)
{
  guint n_skipped = 0;

  for (guint i = 0; i < G_N_ELEMENTS (wrong_rows); i++) {
    const PlanciaImportItem *item = find_item (result, wrong_rows[i].line, wrong_rows[i].reason);

    g_assert_cmpint (item->verdict, ==, wrong_rows[i].verdict);
    g_assert_cmpstr (item->name, ==, wrong_rows[i].name);
    n_skipped += item->verdict == PLANCIA_IMPORT_SKIPPED;
  }
  g_assert_cmpuint (result->report->n_skipped, ==, n_skipped);
  find_item (result, 0, PLANCIA_IMPORT_ASSUMED_HEXADECIMAL);
  find_item (result, 0, PLANCIA_IMPORT_ASSUMED_HIGH_FIRST);
}

/* Each number that came through the table is as in the map that the table was made of. */
static void
compare_with_source (const PlanciaImport *result)
{
  g_autoptr (PlanciaMap) source = plancia_map_catalog_get ("zcs-3ph-hyd-g3", NULL);
  guint n_same = 0;

  for (guint i = 0; i < plancia_map_get_n_fields (source); i++) {
    const PlanciaField *field = plancia_map_get_field (source, i);
    const PlanciaField *got = find_at (result, field->address);

    if (got == NULL || (field->type > PLANCIA_FIELD_I32 && field->type != PLANCIA_FIELD_ASCII))
      continue;
    g_test_message ("%s", field->key);
    g_assert_cmpint (got->type, ==, field->type);
    g_assert_cmpuint (got->count, ==, field->count);
    g_assert_cmpfloat_with_epsilon (got->scale, field->scale, fabs (field->scale) * 1e-12);
    g_assert_cmpstr (got->unit, ==, field->unit);
    g_assert_cmpstr (got->name, ==, field->name);
    n_same++;
  }
  g_assert_cmpuint (n_same, >, 220);
}

static void
test_vendor (void)
{
  g_autofree char *path = fixture_path ("vendor-table.csv");
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaImport) result = plancia_import_file (path, NULL, &error);
  const PlanciaField *fan;

  g_assert_no_error (error);
  g_assert_cmpint (result->format, ==, PLANCIA_IMPORT_TABLE);
  check_report (result);
  compare_with_source (result);
  assert_read_only (result);
  g_assert_cmpuint (result->report->n_taken, ==, plancia_map_get_n_fields (result->map));
  g_assert_cmpstr (plancia_map_get_id (result->map), ==, "vendor-table");
  g_assert_cmpstr (plancia_map_get_confidence (result->map), ==, "guessed");

  fan = find_at (result, 0x071F);
  g_assert_cmpstr (fan->name, ==, "Fan16");
  g_assert_cmpfloat (find_at (result, 0x070B)->scale, ==, 0.1);
  g_assert_cmpuint (find_at (result, 0x0000)->count, ==, 4);
  g_assert_null (find_at (result, 0x0001));
}

/* The same bytes as an old Windows program writes them. */
static void
test_code_page (void)
{
  g_autofree char *path = fixture_path ("vendor-table.csv");
  g_autofree char *text = NULL;
  g_autofree char *old = NULL;
  gsize            length = 0;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaImport) result = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  old = g_convert_with_fallback (text, -1, "WINDOWS-1252", "UTF-8", "?", NULL, &length, NULL);
  bytes = g_bytes_new (old, length);
  result = plancia_import_bytes (bytes, "list.csv", NULL, &error);
  g_assert_no_error (error);
  check_report (result);
  find_item (result, 0, PLANCIA_IMPORT_ASSUMED_CODE_PAGE);
  g_assert_cmpstr (find_at (result, 0x0418)->unit, ==, "\302\260C");
}

static void
test_iobroker (void)
{
  static const char text[] =
    "_address\tname\tdescription\tunit\ttype\tlen\tfactor\toffset\tformula\trole\troom\tpoll\twp\tcw\tisScale\n"
    "1156\tFrequency\tGrid frequency\tHz\tuint16be\t1\t0,01\t0\t\tvalue\t\ttrue\tfalse\tfalse\tfalse\n"
    "1668\tEnergyToday\tPV\tkWh\tuint32be\t2\t0.01\t0\t\tvalue\t\ttrue\tfalse\tfalse\tfalse\n"
    "1670\tSwapped\t\tkWh\tuint32sw\t2\t1\t0\t\tvalue\t\ttrue\tfalse\tfalse\tfalse\n"
    "4368\tMode\t\t\tuint16be\t1\t1\t0\tx & 7\tlevel\t\tfalse\ttrue\tfalse\tfalse\n"
    "1672\tFloat\t\t\tfloatbe\t1\t1\t0\t\tvalue\t\ttrue\tfalse\tfalse\tfalse\n"
    "2048\tLimit\t\tV\tuint16be\t1\t0,1\t0\t\tlevel\t\ttrue\ttrue\tfalse\tfalse\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaImport) result = import_text (text, "hyd.tsv", NULL, &error);
  const PlanciaField *mode;

  g_assert_no_error (error);
  g_assert_cmpuint (result->report->n_taken, ==, 5);
  g_assert_cmpfloat (find_at (result, 1156)->scale, ==, 0.01);
  g_assert_cmpstr (find_at (result, 1156)->note, ==, "Grid frequency");
  g_assert_false (find_at (result, 1668)->little_words);
  g_assert_true (find_at (result, 1670)->little_words);
  mode = find_at (result, 4368);
  g_assert_cmpint (mode->poll, ==, PLANCIA_POLL_MANUAL);
  g_assert_true (mode->locked);
  assert_read_only (result);
  g_assert_cmpuint (result->n_writable, ==, 2);
  find_item (result, 5, PLANCIA_IMPORT_FORMULA_DROPPED);
  find_item (result, 6, PLANCIA_IMPORT_COUNT_MISMATCH);
  find_item (result, 7, PLANCIA_IMPORT_GRID_CODE);
}

/* What the heads say is what the preset says: a table without heads is read the same. */
static void
test_presets (void)
{
  static const struct
  {
    PlanciaTablePreset preset;
    const char        *heads;
    const char        *row;
  } cases[] = {
    {PLANCIA_TABLE_VENDOR,
     "Function name;register address;fields;type;accuracy;units\n",                                  "Grid;0484;Frequency;U16;0.01;Hz\n"                                        },
    {PLANCIA_TABLE_IOBROKER,
     "_address;name;description;unit;type;len;factor;offset;formula;role;room;poll;wp;cw;isScale\n", "1156;Frequency;Grid;Hz;uint16be;1;0.01;0;;value;;true;false;false;false\n"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strconcat (cases[i].heads, cases[i].row, NULL);
    g_autoptr (GBytes) with = g_bytes_new (text, strlen (text));
    g_autoptr (GBytes) without = g_bytes_new_static (cases[i].row, strlen (cases[i].row));
    g_autoptr (PlanciaDelimited)
      headed = plancia_delimited_new (with, "a", PLANCIA_ENCODING_GUESS, ';', NULL);
    g_autoptr (PlanciaDelimited)
      bare = plancia_delimited_new (without, "b", PLANCIA_ENCODING_GUESS, ';', NULL);
    PlanciaTableLayout known, chosen;

    g_assert_true (plancia_table_layout_guess (&known, headed));
    g_assert_cmpint (known.preset, ==, cases[i].preset);
    plancia_table_layout_guess (&chosen, bare);
    g_assert_cmpint (chosen.preset, ==, PLANCIA_TABLE_OTHER);
    plancia_table_layout_apply (&chosen, PLANCIA_TABLE_OTHER);
    g_assert_cmpint (chosen.preset, ==, PLANCIA_TABLE_OTHER);
    plancia_table_layout_apply (&chosen, cases[i].preset);
    g_assert_cmpint (chosen.preset, ==, known.preset);
    g_assert_cmpint (chosen.base, ==, known.base);
    for (guint column = 0; column < plancia_delimited_get_n_columns (bare); column++)
      g_assert_cmpint (chosen.columns[column], ==, known.columns[column]);
  }
}

/* Ways to write an address; the expectation is (address, function) of the first register. */
static void
test_addresses (void)
{
  static const struct
  {
    const char *text;
    int         address;
    guint8      function;
    guint       count;
  } cases[] = {
    {"name,address,type\na,40001,u16\nb,40002,u16\n",               0,      3, 2},
    {"name,address,type\na,30010,u16\n",                            9,      4, 1},
    {"name;address;type\na;400101;u16\n",                           100,    3, 1},
    {"name,address,type\na,0x0404,u16\nb,0x0405,u16\n",             0x0404, 3, 2},
    {"name,address,type\na,0404h,u16\n",                            0x0404, 3, 1},
    {"name,address,type\na,1028,u16\nb,1029,u16\n",                 1028,   3, 2},
    {"name,address,type\na,0684 -- 0685,u32\n",                     0x0684, 3, 1},
    {"name,address,type\na,0684-0685,float\n",                      0x0684, 3, 1},
    {"name|address|type|fc\na|10|u16|4\n",                          10,     4, 1},
    {"\"A, b\",0x10,U16\n\"C\",0x11,I16\n\"D \"\"q\"\"\",18,U16\n", 0x10,   3, 3},
    {"\357\273\277name;address;type\r\na;5;u16\r\n",                5,      3, 1},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (PlanciaImport) result = import_text (cases[i].text, "a.csv", NULL, &error);
    const PlanciaField *field;

    g_test_message ("%s", cases[i].text);
    g_assert_no_error (error);
    g_assert_nonnull (result->map);
    g_assert_cmpuint (result->report->n_taken, ==, cases[i].count);
    field = plancia_map_get_field (result->map, 0);
    g_assert_cmpint (field->address, ==, cases[i].address);
    g_assert_cmpuint (field->read_function, ==, cases[i].function);
  }
}

/* What a person chooses wins over the guess: columns, base, where counting begins, the order of words. */
static void
test_layout (void)
{
  static const char text[] = "10;x;Energy;u32;3\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  PlanciaTableLayout layout = {
    .base = PLANCIA_ADDRESS_DECIMAL,
    .start = PLANCIA_ADDRESS_FROM_ONE,
    .little_words = TRUE,
    .function = 4,
    .columns = {PLANCIA_COLUMN_ADDRESS,
                PLANCIA_COLUMN_IGNORE, PLANCIA_COLUMN_NAME,
                PLANCIA_COLUMN_TYPE, PLANCIA_COLUMN_DIVISOR}
  };
  PlanciaImportOptions options = {.layout = &layout, .name = "Chosen"};
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaImport) result = plancia_import_bytes (bytes, "a.csv", &options, &error);
  const PlanciaField *field;

  g_assert_no_error (error);
  field = plancia_map_get_field (result->map, 0);
  g_assert_cmpint (field->address, ==, 9);
  g_assert_cmpuint (field->read_function, ==, 4);
  g_assert_true (field->little_words);
  g_assert_cmpfloat (field->scale, ==, 1 / 3.0);
  g_assert_cmpstr (plancia_map_get_name (result->map), ==, "Chosen");
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    const char *say;
  } cases[] = {
    {"",                            "empty"              },
    {"a,\"b\nc,d\n",                "line 1: a quote"    },
    {"just some words\nand more\n", "column of addresses"},
  };
  g_autoptr (GBytes) binary = g_bytes_new_static ("PK\003\004\000\000", 6);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) wrong = NULL;

    g_assert_null (import_text (cases[i].text, "a.csv", NULL, &wrong));
    g_assert_cmpint (wrong->domain, ==, PLANCIA_DOCUMENT_ERROR);
    if (strstr (wrong->message, cases[i].say) == NULL)
      g_error ("%s", wrong->message);
  }
  g_assert_null (plancia_import_bytes (binary, "a.csv", NULL, &error));
  g_assert_nonnull (strstr (error->message, "not a text file"));
}

static void
test_nothing_left (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaImport)
    result = import_text ("name,address,type\na,99999,u16\nb,,u16\n", "a.csv", NULL, &error);

  g_assert_no_error (error);
  g_assert_null (result->json);
  g_assert_null (result->map);
  g_assert_cmpuint (result->report->n_skipped, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/import-table/vendor", test_vendor);
  g_test_add_func ("/import-table/code-page", test_code_page);
  g_test_add_func ("/import-table/iobroker", test_iobroker);
  g_test_add_func ("/import-table/presets", test_presets);
  g_test_add_func ("/import-table/addresses", test_addresses);
  g_test_add_func ("/import-table/layout", test_layout);
  g_test_add_func ("/import-table/refused", test_refused);
  g_test_add_func ("/import-table/nothing-left", test_nothing_left);

  return g_test_run ();
}
