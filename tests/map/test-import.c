/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The other formats, what comes out of them, and unlocking. */

#include "base/document.h"
#include "base/error.h"
#include "import-fixture.h"
#include "map/map-catalog.h"
#include "map/map-lock.h"
#include "map/yaml-tree.h"
#include <gio/gio.h>
#include <glib/gstdio.h>

#include "tests/base/own-dirs.h"

static const char new_dialect[] =
  "info:\n  manufacturer: Maker\n  model: G9\n\n"
  "default:\n  update_interval: 5\n  code: 0x03\n\n"
  "parameters:\n"
  "  - group: PV\n"
  "    update_interval: 300\n"
  "    items:\n"
  "      - name: \"Voltage\"\n        rule: 1\n        scale: 0.1\n        uom: \"V\"\n        registers: [0x0584]\n"
  "      - name: \"Total\"\n        rule: 3\n        scale: 0.1\n        state_class: total_increasing\n"
  "        registers: [0x0687, 0x0686]\n        validation:\n          min: 0.1\n"
  "      - name: Low first\n        rule: 4\n        registers: [0x0690, 0x0691]\n"
  "      - name: Signed by width\n        rule: 4\n        registers: [0x0692]\n"
  "      - name: Offset\n        rule: 1\n        offset: 1000\n        scale: 0.1\n        registers: [0x0693]\n"
  "  - group: Settings\n"
  "    code: 4\n"
  "    items:\n"
  "      - name: Mode\n        platform: select\n        rule: 1\n        registers: [0x1110]\n"
  "        lookup:\n          - key: 0\n            value: \"Self\"\n          - key: [1, 2]\n            value: on\n"
  "          - key: default\n            value: Other\n"
  "      - name: Limit\n        code: 3\n        platform: number\n        rule: 1\n        registers: [0x1111]\n"
  "        configurable:\n          min: 0\n          max: 100\n          step: 5\n"
  "      - name: Start\n        code:\n          read: 3\n          write: 0x06\n        platform: time\n        rule: 9\n"
  "        dec: 0x100\n        registers: [0x1112]\n"
  "      - name: Decimal time\n        rule: 9\n        registers: [0x1113]\n"
  "      - name: Bits\n        rule: 1\n        registers: [0x1114]\n        lookup:\n          - bit: 3\n            value: Three\n"
  "      - name: Part\n        rule: 1\n        mask: 0xFF00\n        registers: [0x1115]\n"
  "      - name: Text\n        rule: 5\n        registers: [\n            0x0445,\n            0x0446,\n          ]\n"
  "      - name: Button\n        platform: button\n        rule: 0\n        registers: [0x1116]\n"
  "      - name: Loss\n        rule: 1\n        sensors:\n          - registers: [0x0584]\n"
  "      - name: Apart\n        rule: 3\n        registers: [0x1120, 0x1130]\n"
  "      - name: Magnitude\n        rule: 2\n        magnitude:\n        registers: [0x1131]\n"
  "      - name: Three\n        rule: 1\n        registers: [0x1132, 0x1133, 0x1134]\n"
  "      - name: Odd\n        rule: 77\n        registers: [0x1135]\n"
  "      - name: Again\n        rule: 1\n        code: 3\n        registers: [0x0584]\n"
  "      - just a text\n";

static const char old_dialect[] =
  "requests:\n  - start: 0x0000\n    end: 0x0027\n    mb_functioncode: 0x04\n\n"
  "parameters:\n - group: solar\n   items:\n"
  "    - name: \"PV1 Power\"\n      class: \"power\"\n      uom: \"W\"\n      scale: 10\n      rule: 1\n      registers: [0x000A]\n"
  "    - name: 'Total'\n      rule: 3\n      isstr: true\n      registers: [0x0016,0x0015]\n"
  "    - name: \"Beyond\"\n      rule: 1\n      registers: [0x0100]\n";

static const PlanciaField *
field_at (const PlanciaImport *result, guint address)
{
  const PlanciaField *field = find_at (result, address);

  g_assert_nonnull (field);
  return field;
}

static void
check_numbers (const PlanciaImport *result)
{
  g_assert_cmpfloat (field_at (result, 0x0584)->scale, ==, 0.1);
  g_assert_cmpint (field_at (result, 0x0584)->poll, ==, PLANCIA_POLL_SLOW);
  g_assert_cmpint (field_at (result, 0x0686)->type, ==, PLANCIA_FIELD_U32);
  g_assert_false (field_at (result, 0x0686)->little_words);
  g_assert_true (field_at (result, 0x0686)->monotonic);
  g_assert_cmpint (field_at (result, 0x0690)->type, ==, PLANCIA_FIELD_I32);
  g_assert_true (field_at (result, 0x0690)->little_words);
  g_assert_cmpint (field_at (result, 0x0692)->type, ==, PLANCIA_FIELD_I16);
  g_assert_cmpfloat_with_epsilon (field_at (result, 0x0693)->offset, -100, 1e-9);
}

static void
check_settings (const PlanciaImport *result)
{
  const PlanciaField *limit = field_at (result, 0x1111);

  g_assert_cmpuint (field_at (result, 0x1110)->read_function, ==, 4);
  g_assert_cmpint (field_at (result, 0x1110)->poll, ==, PLANCIA_POLL_FAST);
  g_assert_cmpstr (plancia_field_find_label (field_at (result, 0x1110), 2), ==, "on");
  g_assert_cmpuint (limit->read_function, ==, 3);
  g_assert_true (limit->has_maximum && limit->maximum == 100 && limit->step == 5);
  g_assert_true (limit->locked);
  g_assert_cmpint (field_at (result, 0x1112)->type, ==, PLANCIA_FIELD_HHMM);
  g_assert_cmpint (field_at (result, 0x1114)->type, ==, PLANCIA_FIELD_BITS);
  g_assert_cmpuint (field_at (result, 0x1114)->bits->len, ==, 1);
  g_assert_cmpuint (field_at (result, 0x1115)->mask, ==, 0xFF00);
  g_assert_cmpuint (field_at (result, 0x0445)->count, ==, 2);
}

static guint
line_of (const char *text, const char *what)
{
  const char *at = strstr (text, what);
  guint       line = 1;

  g_assert_nonnull (at);
  for (const char *p = text; p < at; p++)
    line += *p == '\n';
  return line;
}

static void
test_new_dialect (void)
{
  static const struct
  {
    const char         *what;
    PlanciaImportReason reason;
  } wrong[] = {
    {"name: Button",       PLANCIA_IMPORT_NO_VALUE          },
    {"name: Loss",         PLANCIA_IMPORT_DERIVED           },
    {"name: Apart",        PLANCIA_IMPORT_NOT_CONTIGUOUS    },
    {"name: Magnitude",    PLANCIA_IMPORT_SIGN_AND_MAGNITUDE},
    {"name: Three",        PLANCIA_IMPORT_COUNT_MISMATCH    },
    {"name: Odd",          PLANCIA_IMPORT_UNKNOWN_RULE      },
    {"name: Again",        PLANCIA_IMPORT_OVERLAPS          },
    {"just a text",        PLANCIA_IMPORT_NOT_AN_ITEM       },
    {"name: Mode",         PLANCIA_IMPORT_LABELS_DROPPED    },
    {"name: Decimal time", PLANCIA_IMPORT_TIME_AS_NUMBER    },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaImport) result = import_text (new_dialect, "maker.yaml", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (plancia_map_get_name (result->map), ==, "Maker G9");
  g_assert_cmpuint (result->report->n_taken, ==, 12);
  g_assert_cmpuint (result->report->n_skipped, ==, 8);
  g_assert_cmpuint (result->n_writable, ==, 3);
  check_numbers (result);
  check_settings (result);
  assert_read_only (result);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    find_item (result, line_of (new_dialect, wrong[i].what), wrong[i].reason);
  find_item (result, 0, PLANCIA_IMPORT_FILTER_DROPPED);
}

static void
test_old_dialect (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaImport) result = import_text (old_dialect, "old.yml", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (result->report->n_taken, ==, 3);
  g_assert_cmpuint (field_at (result, 0x000A)->read_function, ==, 4);
  g_assert_cmpfloat (field_at (result, 0x000A)->scale, ==, 10);
  g_assert_cmpuint (field_at (result, 0x0015)->count, ==, 2);
  g_assert_cmpuint (field_at (result, 0x0100)->read_function, ==, 3);
}

static void
test_variants (void)
{
  static const char text[] =
    "parameters:\n  - group: a\n    items:\n"
    "      - name: V\n        rule: 1\n        scale: [0.01, 0.1]\n        registers: [0x020E]\n"
    "      - name: W\n        rule: 1\n        registers: [[], [0x0250]]\n";
  PlanciaImportOptions second = {.variant = 2};
  PlanciaImportOptions third = {.variant = 3};
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaImport) one = import_text (text, "a.yaml", NULL, &error);
  g_autoptr (PlanciaImport) two = import_text (text, "a.yaml", &second, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (one->n_variants, ==, 2);
  g_assert_cmpfloat (field_at (one, 0x020E)->scale, ==, 0.01);
  find_item (one, 8, PLANCIA_IMPORT_NOT_ON_VARIANT);
  find_item (one, 0, PLANCIA_IMPORT_CHOSE_VARIANT);
  g_assert_cmpfloat (field_at (two, 0x020E)->scale, ==, 0.1);
  g_assert_nonnull (find_at (two, 0x0250));
  g_assert_null (import_text (text, "a.yaml", &third, &error));
  g_assert_error (error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_INVALID);
}

/* Small files that would become big, and what is no such file. */
static void
test_hostile_yaml (void)
{
  g_autofree char *deep = g_strnfill (40, '[');
  g_autofree char *deep_map = g_strconcat ("parameters: ", deep, NULL);
  g_autofree char *big = g_strnfill (PLANCIA_DOCUMENT_MAXIMUM_BYTES + 1, ' ');
  g_autoptr (GString) many = g_string_new ("parameters: [");
  const char *cases[][2] = {
    {"a: &x [1]\nb: *x\n", "anchors"         },
    {"a: !!str b\n",       "anchors and tags"},
    {"a: *x\n",            "aliases"         },
    {"a: 1\n---\nb: 2\n",  "second document" },
    {"a: [1\n",            "line 2"          },
    {"a:\n\t- b\n",        "line 2"          },
    {"",                   "empty"           },
    {"parameters: 5\n",    "parameters"      },
    {NULL,                 "16 levels"       },
    {NULL,                 "4 MiB"           },
    {NULL,                 "20000"           },
  };

  for (guint i = 0; i <= PLANCIA_YAML_MAXIMUM_ITEMS; i++)
    g_string_append (many, "1,");
  g_string_append_c (many, ']');
  cases[8][0] = deep_map;
  cases[9][0] = big;
  cases[10][0] = many->str;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (import_text (cases[i][0], "a.yaml", NULL, &error));
    g_assert_cmpint (error->domain, ==, PLANCIA_DOCUMENT_ERROR);
    if (strstr (error->message, cases[i][1]) == NULL)
      g_error ("%s: %s", cases[i][1], error->message);
  }
}

static void
test_modbusscope (void)
{
  static const char text[] =
    "{\"version\":6,\"adapters\":[{\"settings\":{\"devices\":[{\"id\":2,\"slaveid\":7,\"int32littleendian\":false}]}}],"
    "\"scope\":[{\"text\":\"A\",\"expression\":\"${40001@2}\"},"
    "{\"text\":\"B\",\"expression\":\"${40003@2: s32b} / 10\"},"
    "{\"text\":\"C\",\"expression\":\" ${i70@2:f32b}*0.5\"},"
    "{\"text\":\"D\",\"expression\":\"${40009@2} + ${40010@2}\"},"
    "{\"text\":\"E\",\"expression\":\"${40011}\"},{\"text\":\"F\"},{\"text\":\"G\",\"expression\":\"${c5@2}\"},7]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaImport) result = import_text (text, "demo.mbs", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (result->report->n_taken, ==, 4);
  g_assert_cmpuint (result->report->n_skipped, ==, 4);
  g_assert_cmpuint (plancia_map_get_unit (result->map), ==, 7);
  g_assert_cmpint (field_at (result, 2)->type, ==, PLANCIA_FIELD_I32);
  g_assert_false (field_at (result, 2)->little_words);
  g_assert_cmpfloat (field_at (result, 2)->scale, ==, 0.1);
  g_assert_cmpuint (field_at (result, 70)->read_function, ==, 4);
  g_assert_cmpuint (field_at (result, 5)->read_function, ==, 1);
  find_item (result, 0, PLANCIA_IMPORT_EXPRESSION);
  find_item (result, 0, PLANCIA_IMPORT_OTHER_DEVICE);
  find_item (result, 0, PLANCIA_IMPORT_NOT_AN_ITEM);

  g_assert_null (import_text ("<modbusscope datalevel=\"2\"/>", "old.mbs", NULL, &error));
  g_assert_cmpint (error->domain, ==, PLANCIA_DOCUMENT_ERROR);
}

static void
test_modbuscontrol (void)
{
  static const char text[] =
    "<modbuscontrol>\n<Modbus><SlaveID>3</SlaveID><Value32BitEndian>little</Value32BitEndian></Modbus>\n"
    "<tab>\n<name>General</name>\n"
    "<var><reg>40001</reg><text>A</text><type>uint32</type><rw>r</rw></var>\n"
    "<var><reg>*</reg><text>B &amp; b</text><type>int16</type><decimals>2</decimals><rw>rw</rw></var>\n"
    "<var><reg>x</reg><text>C</text><type>uint16</type><rw>r</rw></var>\n"
    "<var><reg>40009</reg><text>D</text><type>odd</type><rw>r</rw></var>\n"
    "<var></var>\n</tab>\n</modbuscontrol>\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaImport) result = import_text (text, "example.mbc", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (result->report->n_taken, ==, 2);
  g_assert_cmpuint (plancia_map_get_unit (result->map), ==, 3);
  g_assert_true (field_at (result, 0)->little_words);
  g_assert_cmpstr (field_at (result, 2)->name, ==, "B & b");
  g_assert_cmpfloat (field_at (result, 2)->scale, ==, 0.01);
  g_assert_true (field_at (result, 2)->locked);
  find_item (result, 7, PLANCIA_IMPORT_BAD_ADDRESS);
  find_item (result, 8, PLANCIA_IMPORT_UNKNOWN_TYPE);

  g_assert_null (import_text ("<other/>", "example.mbc", NULL, &error));
  g_assert_nonnull (strstr (error->message, "modbuscontrol"));
  g_clear_error (&error);
  g_assert_null (import_text ("<modbuscontrol><tab>", "example.mbc", NULL, &error));
  g_assert_error (error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_SYNTAX);
}

/* A shared map of ours comes in whole, unknown keys and all, and locked. */
static void
test_native (void)
{
  g_autoptr (PlanciaMap) source = plancia_map_catalog_get ("zcs-1ph-hyd-hp-g3", NULL);
  g_autofree char *text = plancia_map_to_json (source);
  g_autoptr (GString) longer = g_string_new (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaImport) result = NULL;
  g_autofree char *unlocked = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (PlanciaMap) map = NULL;

  g_string_replace (longer, "{", "{\"of mine\":[1,{\"x\":null}],", 1);
  result = import_text (longer->str, "shared.json", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result->report->n_taken, ==, 219);
  g_assert_nonnull (strstr (result->json, "\"of mine\""));
  assert_read_only (result);
  g_assert_cmpuint (result->n_writable, >, 80);

  unlocked = plancia_map_unlock (result->map, "storage_mode", &error);
  g_assert_no_error (error);
  bytes = g_bytes_new (unlocked, strlen (unlocked));
  map = plancia_map_new_from_bytes (bytes, "shared.json", &error);
  g_assert_no_error (error);
  g_assert_true (plancia_field_is_writable (plancia_map_find_field (map, "storage_mode")));
  g_assert_false (plancia_field_is_writable (plancia_map_find_field (map, "passive_grid_power")));
}

static void
test_unlock (void)
{
  static const char text[] =
    "name;address;type;rw;min;max\nA;0x1110;u16;RW;0;7\nB;0x0801;u16;RW;;\nC;0x1111;u16;R;;\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaImport) result = import_text (text, "a.csv", NULL, &error);
  g_autofree char *once = plancia_map_unlock (result->map, "a", &error);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (PlanciaMap) map = NULL;
  const PlanciaField *field;

  g_assert_no_error (error);
  bytes = g_bytes_new (once, strlen (once));
  map = plancia_map_new_from_bytes (bytes, "a.json", &error);
  g_assert_no_error (error);
  field = plancia_map_find_field (map, "a");
  g_assert_true (plancia_field_is_writable (field) && !field->locked);
  g_assert_cmpuint (field->write_function, ==, 16);
  g_assert_cmpfloat (field->maximum, ==, 7);
  g_assert_cmpint (field->danger, ==, PLANCIA_DANGER_CAUTION);

  for (guint i = 0; i < 3; i++) {
    static const char *const refused[] = {"b", "c", "nothing"};
    g_autoptr (GError) wrong = NULL;

    g_assert_null (plancia_map_unlock (result->map, refused[i], &wrong));
    g_assert_error (wrong, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_READ_ONLY);
  }
}

/* Saved among the person's own maps, found by the catalogue, not over another. */
static void
test_save (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaImport)
    result = import_text ("name,address,type\na,5,u16\n", "a.csv", NULL, &error);
  g_autofree char *id = plancia_import_save (result, "My Own (copy)", "guessed", FALSE, &error);
  g_autoptr (PlanciaMap) map = NULL;
  g_auto (GStrv) ids = plancia_map_catalog_list ();

  g_assert_no_error (error);
  g_assert_cmpstr (id, ==, "my-own-copy");
  g_assert_true (g_strv_contains ((const char *const *) ids, id));
  map = plancia_map_catalog_get (id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (plancia_map_get_name (map), ==, "My Own (copy)");
  g_assert_null (plancia_import_save (result, "My own copy", NULL, FALSE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_null (plancia_import_save (result, "zcs 3ph hyd g3", NULL, FALSE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/import/new-dialect", test_new_dialect);
  g_test_add_func ("/import/old-dialect", test_old_dialect);
  g_test_add_func ("/import/variants", test_variants);
  g_test_add_func ("/import/hostile-yaml", test_hostile_yaml);
  g_test_add_func ("/import/modbusscope", test_modbusscope);
  g_test_add_func ("/import/modbuscontrol", test_modbuscontrol);
  g_test_add_func ("/import/native", test_native);
  g_test_add_func ("/import/unlock", test_unlock);
  g_test_add_func ("/import/save", test_save);

  return g_test_run ();
}
