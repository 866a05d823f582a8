/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/error.h"
#include "map/map-catalog.h"
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

/* A small map that is right; tests replace one piece of it. */
#define GOOD                                                                                       \
  "{\"format\":\"register-map\",\"version\":1,\"id\":\"tiny\",\"name\":\"Tiny\","                  \
  "\"device_kind\":\"other\",\"phases\":3,\"mine\":{\"kept\":true},"                               \
  "\"defaults\":{\"unit_id\":1,\"read_function\":3,\"write_function\":16,"                         \
  "\"word_order\":\"big\",\"byte_order\":\"big\"},"                                                \
  "\"limits\":{\"max_read\":60,\"max_write\":8,\"alignment\":64,\"max_gap\":8,"                    \
  "\"never_read\":[[\"0x0030\",\"0x0033\"]]},"                                                     \
  "\"transports\":[{\"kind\":\"tcp\"}],"                                                           \
  "\"detect\":[{\"read\":{\"address\":\"0x0010\",\"count\":4},\"prefixes\":[\"TT\"]}],"            \
  "\"groups\":[{\"key\":\"g\",\"name\":\"Group\"}],"                                               \
  "\"registers\":["                                                                                \
  "{\"key\":\"power\",\"name\":\"Power\",\"group\":\"g\",\"address\":\"0x0001\",\"count\":1,"      \
  "\"type\":\"i16\",\"scale\":10,\"unit\":\"W\",\"poll\":\"fast\",\"invalid\":[\"0x8000\"]},"      \
  "{\"key\":\"mode\",\"name\":\"Mode\",\"group\":\"g\",\"address\":2,\"count\":1,"                 \
  "\"type\":\"u16\",\"access\":\"rw\",\"values\":\"modes\",\"write\":{\"danger\":\"caution\"}},"   \
  "{\"key\":\"low\",\"name\":\"Low\",\"group\":\"g\",\"address\":8,\"count\":1,"                   \
  "\"type\":\"u16\",\"access\":\"rw\",\"min\":1,\"max\":90,\"write\":{\"block\":\"b\"}},"          \
  "{\"key\":\"high\",\"name\":\"High\",\"group\":\"g\",\"address\":9,\"count\":1,"                 \
  "\"type\":\"u16\",\"access\":\"rw\",\"write\":{\"block\":\"b\"}},"                               \
  "{\"key\":\"faults\",\"name\":\"Faults\",\"group\":\"g\",\"address\":16,\"count\":2,"            \
  "\"type\":\"bits\",\"bits\":\"faults\"}],"                                                       \
  "\"write_blocks\":[{\"key\":\"b\",\"name\":\"Both\",\"address\":\"0x0008\",\"function\":16,"     \
  "\"layout\":[{\"register\":\"low\"},{\"register\":\"high\"},{\"constant\":1}],"                  \
  "\"requires\":{\"register\":\"mode\",\"value\":1},\"checks\":[\"low <= high\"]}],"               \
  "\"value_tables\":{\"modes\":[{\"value\":0,\"label\":\"Off\"},{\"value\":1,\"label\":\"On\"}]}," \
  "\"bit_tables\":{\"faults\":[{\"bit\":31,\"id\":32,\"label\":\"Last\"}]},"                       \
  "\"sources\":[{\"ref\":\"test\"}]}"

static PlanciaMap *
load (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return plancia_map_new_from_bytes (bytes, "tiny.json", error);
}

static char *
replace (const char *from, const char *to)
{
  g_autoptr (GString) text = g_string_new (GOOD);

  g_assert_cmpuint (g_string_replace (text, from, to, 1), ==, 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_good (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaMap) map = load (GOOD, &error);
  const PlanciaField      *field;
  const PlanciaWriteBlock *block;
  g_autofree char         *json = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (plancia_map_get_id (map), ==, "tiny");
  g_assert_cmpstr (plancia_map_get_name (map), ==, "Tiny");
  g_assert_cmpstr (plancia_map_get_device_kind (map), ==, "other");
  g_assert_null (plancia_map_get_generation (map));
  g_assert_false (plancia_map_is_invented (map));
  g_assert_cmpuint (plancia_map_get_phases (map), ==, 3);
  g_assert_cmpuint (plancia_map_get_unit (map), ==, 1);
  g_assert_cmpuint (plancia_map_get_limits (map)->alignment, ==, 64);
  g_assert_cmphex (g_array_index (plancia_map_get_limits (map)->never_read, guint32, 0),
                   ==,
                   0x00300033);
  g_assert_cmpuint (plancia_map_get_detect (map)->function, ==, 3);
  g_assert_cmphex (plancia_map_get_detect (map)->address, ==, 0x10);
  g_assert_cmpuint (plancia_map_get_n_groups (map), ==, 1);

  field = plancia_map_find_field (map, "power");
  g_assert_true (field == plancia_map_get_field (map, 0));
  g_assert_cmpint (field->type, ==, PLANCIA_FIELD_I16);
  g_assert_cmpint (field->poll, ==, PLANCIA_POLL_FAST);
  g_assert_cmpfloat (field->scale, ==, 10);
  g_assert_cmpstr (field->unit, ==, "W");
  g_assert_cmphex (g_array_index (field->invalid, guint64, 0), ==, 0x8000);
  g_assert_false (plancia_field_is_writable (field));

  field = plancia_map_find_field (map, "mode");
  g_assert_true (plancia_field_is_writable (field));
  g_assert_cmpint (field->danger, ==, PLANCIA_DANGER_CAUTION);
  g_assert_cmpstr (plancia_field_find_label (field, 1), ==, "On");
  g_assert_null (plancia_field_find_label (field, 2));

  block = plancia_map_find_block (map, "b");
  g_assert_cmpuint (block->count, ==, 3);
  g_assert_true (block->requires_field == field);
  g_assert_null (plancia_map_find_block (map, "c"));

  json = plancia_map_to_json (map);
  g_assert_cmpstr (json, ==, GOOD);
}

typedef struct
{
  const char *from;
  const char *to;
  int         code;
  const char *message; /* what follows "tiny.json: " begins like this */
} Bad;

static const Bad bad_maps[] = {
  {"\"register-map\"",                                                   "\"map\"",              PLANCIA_DOCUMENT_ERROR_VERSION, "format: expected"                       },
  {"\"version\":1",                                                      "\"version\":2",        PLANCIA_DOCUMENT_ERROR_VERSION, "version: expected 1, got 2"             },
  {"\"version\":1,",                                                     "",                     PLANCIA_DOCUMENT_ERROR_MISSING, "version: is missing"                    },
  {"\"id\":\"tiny\"",                                                    "\"id\":\"Tiny\"",      PLANCIA_DOCUMENT_ERROR_INVALID, "id: expected"                           },
  {"\"id\":\"tiny\"",                                                    "\"id\":\"../x\"",      PLANCIA_DOCUMENT_ERROR_INVALID, "id: expected"                           },
  {"\"id\":\"tiny\",",                                                   "",                     PLANCIA_DOCUMENT_ERROR_MISSING, "id: is missing"                         },
  {"\"name\":\"Tiny\"",
   "\"name\":7",                                                                                 PLANCIA_DOCUMENT_ERROR_INVALID,
   "name: expected a text, got 7"                                                                                                                                         },
  {"\"name\":\"Tiny\"",                                                  "\"name\":\"\"",        PLANCIA_DOCUMENT_ERROR_INVALID, "name: is empty"                         },
  {"\"other\"",                                                          "\"toaster\"",          PLANCIA_DOCUMENT_ERROR_INVALID, "device_kind: expected one of"           },
  {"\"phases\":3",                                                       "\"phases\":2",         PLANCIA_DOCUMENT_ERROR_INVALID, "phases: "                               },
  {"\"read_function\":3",
   "\"read_function\":16",                                                                       PLANCIA_DOCUMENT_ERROR_INVALID,
   "defaults.read_function: "                                                                                                                                             },
  {"\"write_function\":16",
   "\"write_function\":3",                                                                       PLANCIA_DOCUMENT_ERROR_INVALID,
   "defaults.write_function: "                                                                                                                                            },
  {"\"word_order\":\"big\"",
   "\"word_order\":\"middle\"",                                                                  PLANCIA_DOCUMENT_ERROR_INVALID,
   "defaults.word_order: "                                                                                                                                                },
  {"\"unit_id\":1",                                                      "\"unit_id\":256",      PLANCIA_DOCUMENT_ERROR_INVALID, "defaults.unit_id: "                     },
  {"\"max_read\":60",                                                    "\"max_read\":126",     PLANCIA_DOCUMENT_ERROR_INVALID, "limits.max_read: "                      },
  {"\"max_read\":60",                                                    "\"max_read\":1.5",     PLANCIA_DOCUMENT_ERROR_INVALID, "limits.max_read: "                      },
  {"\"max_read\":60",
   "\"max_read\":1",                                                                             PLANCIA_DOCUMENT_ERROR_INVALID,
   "registers[4].count: 2 registers are longer"                                                                                                                           },
  {"[\"0x0030\",\"0x0033\"]",                                            "[48]",                 PLANCIA_DOCUMENT_ERROR_INVALID, "limits.never_read[0]: "                 },
  {"[\"0x0030\",\"0x0033\"]",                                            "[52,51]",              PLANCIA_DOCUMENT_ERROR_INVALID, "limits.never_read[0]: "                 },
  {"{\"kind\":\"tcp\"}",
   "{\"kind\":\"pigeon\"}",                                                                      PLANCIA_DOCUMENT_ERROR_INVALID,
   "transports[0].kind: "                                                                                                                                                 },
  {"\"read\":{\"address\":\"0x0010\",\"count\":4},",
   "",                                                                                           PLANCIA_DOCUMENT_ERROR_MISSING,
   "detect[0].read: "                                                                                                                                                     },
  {"\"prefixes\":[\"TT\"]",
   "\"prefixes\":[3]",                                                                           PLANCIA_DOCUMENT_ERROR_INVALID,
   "detect[0].prefixes[0]: "                                                                                                                                              },
  {"{\"key\":\"g\",\"name\":\"Group\"}",
   "{\"key\":\"G\",\"name\":\"Group\"}",                                                         PLANCIA_DOCUMENT_ERROR_INVALID,
   "groups[0].key: "                                                                                                                                                      },
  {"{\"key\":\"g\",\"name\":\"Group\"}",
   "{\"key\":\"g\",\"name\":\"A\"},{\"key\":\"g\",\"name\":\"B\"}",                              PLANCIA_DOCUMENT_ERROR_INVALID,
   "groups[1].key: "                                                                                                                                                      },
  {"{\"key\":\"g\",\"name\":\"Group\"}",
   "{\"key\":\"h\",\"name\":\"Group\"}",                                                         PLANCIA_DOCUMENT_ERROR_INVALID,
   "registers[0].group: there is no group \"g\""                                                                                                                          },
  {"\"key\":\"power\"",                                                  "\"key\":\"Power\"",    PLANCIA_DOCUMENT_ERROR_INVALID, "registers[0].key: "                     },
  {"\"key\":\"power\"",
   "\"key\":\"mode\"",                                                                           PLANCIA_DOCUMENT_ERROR_INVALID,
   "registers[1].key: \"mode\" is used twice"                                                                                                                             },
  {"\"key\":\"power\",",                                                 "",                     PLANCIA_DOCUMENT_ERROR_MISSING, "registers[0].key: is missing"           },
  {"\"0x0001\"",                                                         "\"1\"",                PLANCIA_DOCUMENT_ERROR_INVALID, "registers[0].address: "                 },
  {"\"0x0001\"",                                                         "\"0x00001\"",          PLANCIA_DOCUMENT_ERROR_INVALID, "registers[0].address: "                 },
  {"\"0x0001\"",                                                         "65536",                PLANCIA_DOCUMENT_ERROR_INVALID, "registers[0].address: "                 },
  {"\"0x0001\"",                                                         "-1",                   PLANCIA_DOCUMENT_ERROR_INVALID, "registers[0].address: "                 },
  {"\"0x0001\"",
   "2",                                                                                          PLANCIA_DOCUMENT_ERROR_INVALID,
   "registers[1].address: \"mode\" overlaps \"power\" at 0x0002"                                                                                                          },
  {"\"address\":16,\"count\":2",
   "\"address\":63,\"count\":2",                                                                 PLANCIA_DOCUMENT_ERROR_INVALID,
   "registers[4].address: 0x003F crosses a block edge"                                                                                                                    },
  {"\"address\":16,\"count\":2",
   "\"address\":65535,\"count\":2",                                                              PLANCIA_DOCUMENT_ERROR_INVALID,
   "registers[4].address: the register ends after 0xFFFF"                                                                                                                 },
  {"\"address\":16,\"count\":2",
   "\"address\":16,\"count\":0",                                                                 PLANCIA_DOCUMENT_ERROR_INVALID,
   "registers[4].count: "                                                                                                                                                 },
  {"\"address\":16,\"count\":2",
   "\"address\":16,\"count\":61",                                                                PLANCIA_DOCUMENT_ERROR_INVALID,
   "registers[4].count: "                                                                                                                                                 },
  {"\"address\":16,\"count\":2",
   "\"address\":16,\"count\":1",                                                                 PLANCIA_DOCUMENT_ERROR_INVALID,
   "registers[4].bits: bit 31"                                                                                                                                            },
  {"\"type\":\"i16\"",                                                   "\"type\":\"i17\"",     PLANCIA_DOCUMENT_ERROR_INVALID, "registers[0].type: "                    },
  {"\"type\":\"i16\"",
   "\"type\":\"u32\"",                                                                           PLANCIA_DOCUMENT_ERROR_INVALID,
   "registers[0].count: type u32 takes 2 registers, got 1"                                                                                                                },
  {"\"scale\":10",
   "\"scale\":0",                                                                                PLANCIA_DOCUMENT_ERROR_INVALID,
   "registers[0].scale: must not be 0"                                                                                                                                    },
  {"\"scale\":10",                                                       "\"scale\":\"10\"",     PLANCIA_DOCUMENT_ERROR_INVALID, "registers[0].scale: "                   },
  {"\"scale\":10",                                                       "\"step\":-1",          PLANCIA_DOCUMENT_ERROR_INVALID, "registers[0].step: "                    },
  {"\"scale\":10",                                                       "\"shift\":16",         PLANCIA_DOCUMENT_ERROR_INVALID, "registers[0].shift: "                   },
  {"\"scale\":10",                                                       "\"min\":-400000",      PLANCIA_DOCUMENT_ERROR_INVALID, "registers[0].min: "                     },
  {"\"scale\":10",                                                       "\"max\":400000",       PLANCIA_DOCUMENT_ERROR_INVALID, "registers[0].max: "                     },
  {"\"scale\":10",                                                       "\"optional\":1",       PLANCIA_DOCUMENT_ERROR_INVALID, "registers[0].optional: "                },
  {"\"scale\":10",                                                       "\"reset\":\"hourly\"", PLANCIA_DOCUMENT_ERROR_INVALID, "registers[0].reset: "                   },
  {"\"scale\":10",
   "\"function\":\"file\"",                                                                      PLANCIA_DOCUMENT_ERROR_INVALID,
   "registers[0].function: "                                                                                                                                              },
  {"\"scale\":10",
   "\"word_order\":\"x\"",                                                                       PLANCIA_DOCUMENT_ERROR_INVALID,
   "registers[0].word_order: "                                                                                                                                            },
  {"\"type\":\"bits\"",
   "\"mask\":\"0x00FF\",\"type\":\"bits\"",                                                      PLANCIA_DOCUMENT_ERROR_INVALID,
   "registers[4].mask: "                                                                                                                                                  },
  {"\"poll\":\"fast\"",
   "\"poll\":\"often\"",                                                                         PLANCIA_DOCUMENT_ERROR_INVALID,
   "registers[0].poll: "                                                                                                                                                  },
  {"[\"0x8000\"]",                                                       "[\"none\"]",           PLANCIA_DOCUMENT_ERROR_INVALID, "registers[0].invalid[0]: "              },
  {"\"values\":\"modes\"",
   "\"values\":\"moods\"",                                                                       PLANCIA_DOCUMENT_ERROR_INVALID,
   "registers[1].values: there is no table \"moods\""                                                                                                                     },
  {"\"bits\":\"faults\"",
   "\"bits\":\"modes\"",                                                                         PLANCIA_DOCUMENT_ERROR_INVALID,
   "registers[4].bits: there is no table"                                                                                                                                 },
  {",\"write\":{\"danger\":\"caution\"}",
   "",                                                                                           PLANCIA_DOCUMENT_ERROR_MISSING,
   "registers[1].write: is missing"                                                                                                                                       },
  {"\"danger\":\"caution\"",
   "\"danger\":\"fun\"",                                                                         PLANCIA_DOCUMENT_ERROR_INVALID,
   "registers[1].write.danger: "                                                                                                                                          },
  {"\"danger\":\"caution\"",
   "\"function\":4",                                                                             PLANCIA_DOCUMENT_ERROR_INVALID,
   "registers[1].write.function: "                                                                                                                                        },
  {"\"danger\":\"caution\"",
   "\"wear\":\"paper\"",                                                                         PLANCIA_DOCUMENT_ERROR_INVALID,
   "registers[1].write.wear: "                                                                                                                                            },
  {"\"danger\":\"caution\"",
   "\"block\":\"b\"",                                                                            PLANCIA_DOCUMENT_ERROR_INVALID,
   "registers[1].write.block: the register is not in"                                                                                                                     },
  {"\"danger\":\"caution\"",
   "\"block\":\"z\"",                                                                            PLANCIA_DOCUMENT_ERROR_INVALID,
   "registers[1].write.block: there is no write block"                                                                                                                    },
  {"\"access\":\"rw\",\"values\"",
   "\"access\":\"x\",\"values\"",                                                                PLANCIA_DOCUMENT_ERROR_INVALID,
   "registers[1].access: "                                                                                                                                                },
  {"\"min\":1,\"max\":90",
   "\"min\":90,\"max\":90",                                                                      PLANCIA_DOCUMENT_ERROR_INVALID,
   "registers[2].min: 90 is not below max 90"                                                                                                                             },
  {"\"access\":\"rw\",\"min\":1,\"max\":90,\"write\":{\"block\":\"b\"}",
   "\"access\":\"r\"",                                                                           PLANCIA_DOCUMENT_ERROR_INVALID,
   "write_blocks[0].layout[0].register: \"low\" is read-only"                                                                                                             },
  {"{\"register\":\"low\"},{\"register\":\"high\"}",
   "{\"register\":\"high\"},{\"register\":\"low\"}",                                             PLANCIA_DOCUMENT_ERROR_INVALID,
   "write_blocks[0].layout[0].register: \"high\" is at 0x0009"                                                                                                            },
  {"{\"register\":\"low\"}",
   "{\"register\":\"lo\"}",                                                                      PLANCIA_DOCUMENT_ERROR_INVALID,
   "write_blocks[0].layout[0].register: there is no register"                                                                                                             },
  {"{\"constant\":1}",
   "{\"constant\":65536}",                                                                       PLANCIA_DOCUMENT_ERROR_INVALID,
   "write_blocks[0].layout[2].constant: "                                                                                                                                 },
  {"{\"constant\":1}",
   "{}",                                                                                         PLANCIA_DOCUMENT_ERROR_INVALID,
   "write_blocks[0].layout[2]: expected one of"                                                                                                                           },
  {"{\"constant\":1}",
   "{\"constant\":1,\"reserved\":true}",                                                         PLANCIA_DOCUMENT_ERROR_INVALID,
   "write_blocks[0].layout[2]: expected one of"                                                                                                                           },
  {"\"max_write\":8",
   "\"max_write\":2",                                                                            PLANCIA_DOCUMENT_ERROR_INVALID,
   "write_blocks[0].layout: 3 registers are longer"                                                                                                                       },
  {"\"function\":16,",
   "\"function\":6,",                                                                            PLANCIA_DOCUMENT_ERROR_INVALID,
   "write_blocks[0].function: "                                                                                                                                           },
  {"\"register\":\"mode\"",
   "\"register\":\"mood\"",                                                                      PLANCIA_DOCUMENT_ERROR_INVALID,
   "write_blocks[0].requires.register: "                                                                                                                                  },
  {"\"low <= high\"",
   "\"low <= power\"",                                                                           PLANCIA_DOCUMENT_ERROR_INVALID,
   "write_blocks[0].checks[0]: "                                                                                                                                          },
  {"\"low <= high\"",                                                    "\"low\"",              PLANCIA_DOCUMENT_ERROR_INVALID, "write_blocks[0].checks[0]: "            },
  {"{\"value\":1,",
   "{\"value\":0,",                                                                              PLANCIA_DOCUMENT_ERROR_INVALID,
   "value_tables.modes[1].value: 0 is in the table twice"                                                                                                                 },
  {"{\"value\":1,",                                                      "{",                    PLANCIA_DOCUMENT_ERROR_MISSING, "value_tables.modes[1].value: is missing"},
  {",\"label\":\"On\"",
   "",                                                                                           PLANCIA_DOCUMENT_ERROR_MISSING,
   "value_tables.modes[1].label: is missing"                                                                                                                              },
  {"\"bit\":31",                                                         "\"bit\":-1",           PLANCIA_DOCUMENT_ERROR_INVALID, "bit_tables.faults[0].bit: "             },
  {"[{\"ref\":\"test\"}]",                                               "[]",                   PLANCIA_DOCUMENT_ERROR_INVALID, "sources: expected at least one"         },
  {"{\"ref\":\"test\"}",                                                 "{}",                   PLANCIA_DOCUMENT_ERROR_MISSING, "sources[0].ref: is missing"             },
  {"{\"ref\":\"test\"}",                                                 "{\"ref\":\"test\"",    PLANCIA_DOCUMENT_ERROR_SYNTAX,  "line 1, column "                        },
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_maps); i++) {
    const Bad       *bad = &bad_maps[i];
    g_autofree char *text = replace (bad->from, bad->to);
    g_autofree char *expected = g_strconcat ("tiny.json: ", bad->message, NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (PlanciaMap) map = load (text, &error);

    g_test_message ("%s -> %s: %s", bad->from, bad->to, error ? error->message : "accepted");
    g_assert_null (map);
    g_assert_error (error, PLANCIA_DOCUMENT_ERROR, bad->code);
    g_assert_true (g_str_has_prefix (error->message, expected));
  }
}

static void
test_hostile (void)
{
  const char *const texts[] = {"", "[]", "null", "{", "\"", "{\"a\":", "\xff\xfe", "{}", "[[["};
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (GString) long_text = g_string_new ("{\"a\":\"");
  g_autoptr (GError) deep_error = NULL;
  g_autoptr (GError) long_error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (PlanciaMap) map = load (texts[i], &error);

    g_assert_null (map);
    g_assert_nonnull (error);
    g_assert_true (g_str_has_prefix (error->message, "tiny.json: "));
  }

  for (guint i = 0; i < 500000; i++)
    g_string_append_c (deep, '[');
  g_assert_null (load (deep->str, &deep_error));
  g_assert_error (deep_error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_SYNTAX);

  for (guint i = 0; i < 500000; i++)
    g_string_append (long_text, "123456789");
  g_string_append (long_text, "\"}");
  g_assert_null (load (long_text->str, &long_error));
  g_assert_error (long_error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_INVALID);
}

/* Cutting a good map anywhere is an error with a place, never a crash and never a map. */
static void
test_cut (void)
{
  for (gsize length = 0; length < strlen (GOOD); length += 7) {
    g_autofree char *text = g_strndup (GOOD, length);
    g_autoptr (GError) error = NULL;
    g_autoptr (PlanciaMap) map = load (text, &error);

    g_assert_null (map);
    g_assert_error (error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_SYNTAX);
  }
}

static void
test_syntax_line (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (load ("{\n \"format\": \"register-map\",\n \"version\" 1\n}", &error));
  g_assert_error (error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_SYNTAX);
  g_assert_nonnull (strstr (error->message, "tiny.json: line 3, column "));
}

static void
test_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("plancia-map-XXXXXX", &error);
  g_autofree char *good = g_build_filename (folder, "tiny.json", NULL);
  g_autofree char *other = g_build_filename (folder, "other.json", NULL);
  g_autoptr (PlanciaMap) map = NULL;

  g_assert_true (g_file_set_contents (good, GOOD, -1, &error));
  g_assert_true (g_file_set_contents (other, GOOD, -1, &error));

  map = plancia_map_catalog_get (good, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (plancia_map_get_id (map), ==, "tiny");

  g_assert_null (plancia_map_new_from_file (other, &error));
  g_assert_error (error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, other));
  g_clear_error (&error);

  g_assert_null (plancia_map_new_from_file ("/nonexistent/x.json", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (plancia_map_new_from_file ("/dev/zero", &error));
  g_assert_error (error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_INVALID);

  g_assert_cmpint (g_remove (good), ==, 0);
  g_assert_cmpint (g_remove (other), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/map/good", test_good);
  g_test_add_func ("/map/bad", test_bad);
  g_test_add_func ("/map/hostile", test_hostile);
  g_test_add_func ("/map/cut", test_cut);
  g_test_add_func ("/map/syntax-line", test_syntax_line);
  g_test_add_func ("/map/file", test_file);

  return g_test_run ();
}
