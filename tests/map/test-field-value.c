/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/error.h"
#include "map/field-value.h"
#include <math.h>
#include <string.h>

static const PlanciaLabel labels[] = {
  {0, 0, (char *) "Off"    },
  {1, 0, (char *) "On"     },
  {3, 0, (char *) "Passive"},
};

static PlanciaField
make_field (PlanciaFieldType type, guint count)
{
  return (PlanciaField){
    .key = "probe",
    .name = "Probe",
    .group = "g",
    .read_function = 3,
    .write_function = 16,
    .count = count,
    .type = type,
    .scale = 1,
    .unit = "W",
    .display = "",
    .access = PLANCIA_ACCESS_READ | PLANCIA_ACCESS_WRITE,
  };
}

static guint
type_count (PlanciaFieldType type)
{
  switch (type) {
  case PLANCIA_FIELD_U32:
  case PLANCIA_FIELD_I32:
  case PLANCIA_FIELD_F32:
    return 2;
  case PLANCIA_FIELD_U64:
  case PLANCIA_FIELD_I64:
  case PLANCIA_FIELD_F64:
    return 4;
  case PLANCIA_FIELD_CLOCK6:
    return 6;
  case PLANCIA_FIELD_ASCII:
  case PLANCIA_FIELD_RAW:
    return 3;
  case PLANCIA_FIELD_BITS:
    return 2;
  default:
    return 1;
  }
}

typedef struct
{
  PlanciaFieldType type;
  double           scale;
  double           offset;
  guint16          words[8];
  const char      *plain; /* what format_plain says; "" for none */
} Case;

static const Case cases[] = {
  {PLANCIA_FIELD_U16,    1,    0,   {0},                              "0"                            },
  {PLANCIA_FIELD_U16,    1,    0,   {0xFFFF},                         "65535"                        },
  {PLANCIA_FIELD_U16,    0.1,  0,   {2301},                           "230.1"                        },
  {PLANCIA_FIELD_U16,    0.01, 0,   {4999},                           "49.99"                        },
  {PLANCIA_FIELD_U16,    10,   0,   {342},                            "3420"                         },
  {PLANCIA_FIELD_U16,    1,    -40, {15},                             "-25"                          },
  {PLANCIA_FIELD_U16,    0.5,  -40, {15},                             "-32.5"                        },
  {PLANCIA_FIELD_I16,    1,    0,   {0x8000},                         "-32768"                       },
  {PLANCIA_FIELD_I16,    1,    0,   {0xFFFF},                         "-1"                           },
  {PLANCIA_FIELD_I16,    -0.1, 0,   {5},                              "-0.5"                         },
  {PLANCIA_FIELD_I16,    -0.1, 0,   {0},                              "0.0"                          },
  {PLANCIA_FIELD_U32,    1,    0,   {0x0001, 0x0002},                 "65538"                        },
  {PLANCIA_FIELD_U32,    0.1,  0,   {0xFFFF, 0xFFFF},                 "429496729.5"                  },
  {PLANCIA_FIELD_I32,    1,    0,   {0xFFFF, 0xFFFE},                 "-2"                           },
  {PLANCIA_FIELD_I32,    1,    0,   {0x8000, 0x0000},                 "-2147483648"                  },
  {PLANCIA_FIELD_U64,    1,    0,   {0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF}, "18446744073709551615"         },
  {PLANCIA_FIELD_U64,    1,    0,   {0x8000, 0, 0, 0},                "9223372036854775808"          },
  {PLANCIA_FIELD_I64,    1,    0,   {0x8000, 0, 0, 0},                "-9223372036854775808"         },
  {PLANCIA_FIELD_I64,    1,    0,   {0x7FFF, 0xFFFF, 0xFFFF, 0xFFFF}, "9223372036854775807"          },
  {PLANCIA_FIELD_F32,    1,    0,   {0x4048, 0xF5C3},                 "3.140"                        },
  {PLANCIA_FIELD_F32,    0.1,  0,   {0x450F, 0xD000},                 "230.1"                        },
  {PLANCIA_FIELD_F32,    1,    0,   {0x8000, 0x0000},                 "0.000"                        },
  {PLANCIA_FIELD_F32,    1,    0,   {0x7FC0, 0x0000},                 ""                             },
  {PLANCIA_FIELD_F32,    1,    0,   {0xFF80, 0x0000},                 ""                             },
  {PLANCIA_FIELD_F64,    1,    0,   {0xC009, 0x21FB, 0x5444, 0x2D18}, "-3.142"                       },
  {PLANCIA_FIELD_F64,    1,    0,   {0x7FF8, 0, 0, 1},                ""                             },
  {PLANCIA_FIELD_ASCII,  1,    0,   {0x5A50, 0x3145, 0x5300},         "ZP1ES"                        },
  {PLANCIA_FIELD_ASCII,  1,    0,   {0x4100, 0, 0},                   "A"                            },
  {PLANCIA_FIELD_ASCII,  1,    0,   {0, 0, 0},                        ""                             },
  {PLANCIA_FIELD_ASCII,  1,    0,   {0xFFFF, 0xFFFF, 0xFFFF},         ""                             },
  {PLANCIA_FIELD_BCD16,  1,    0,   {0x0138},                         "0138"                         },
  {PLANCIA_FIELD_BITS,   1,    0,   {0x0001, 0x8000},                 "2147483649"                   },
  {PLANCIA_FIELD_HHMM,   1,    0,   {0x173B},                         "23:59"                        },
  {PLANCIA_FIELD_HHMM,   1,    0,   {0x1800},                         "24:00"                        },
  {PLANCIA_FIELD_HHMM,   1,    0,   {0x1801},                         "1801"                         },
  {PLANCIA_FIELD_HHMM,   1,    0,   {0x003C},                         "003C"                         },
  {PLANCIA_FIELD_MMDD,   1,    0,   {0x021D},                         "02-29"                        },
  {PLANCIA_FIELD_MMDD,   1,    0,   {0x021E},                         "021E"                         },
  {PLANCIA_FIELD_MMDD,   1,    0,   {0x0D01},                         "0D01"                         },
  {PLANCIA_FIELD_MMDD,   1,    0,   {0x0000},                         "0000"                         },
  {PLANCIA_FIELD_CLOCK6, 1,    0,   {26, 6, 12, 14, 5, 37},           "2026-06-12 14:05:37"          },
  {PLANCIA_FIELD_CLOCK6, 1,    0,   {0, 2, 29, 0, 0, 0},              "2000-02-29 00:00:00"          },
  {PLANCIA_FIELD_CLOCK6, 1,    0,   {25, 2, 29, 0, 0, 0},             "0019 0002 001D 0000 0000 0000"},
  {PLANCIA_FIELD_CLOCK6, 1,    0,   {0, 0, 0, 0, 0, 0},               "0000 0000 0000 0000 0000 0000"},
  {PLANCIA_FIELD_RAW,    1,    0,   {0x0001, 0x003C, 0xABCD},         "0001 003C ABCD"               },
};

static void
test_plain (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const Case  *c = &cases[i];
    PlanciaField field = make_field (c->type, type_count (c->type));
    g_auto (PlanciaValue) value = {0};
    g_autofree char *plain = NULL;

    field.scale = c->scale;
    field.offset = c->offset;
    plancia_field_decode (&field, c->words, &value);
    plain = plancia_field_format_plain (&field, &value);
    g_test_message ("%s %s", plancia_field_type_name (c->type), plain);
    g_assert_cmpstr (plain, ==, c->plain);
    g_assert_false (value.kind == PLANCIA_VALUE_NUMBER && value.number == 0 &&
                    signbit (value.number));
  }
}

/* What is written in a file is read back to the same words. */
static void
test_parse_plain (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const Case  *c = &cases[i];
    PlanciaField field = make_field (c->type, type_count (c->type));
    g_auto (PlanciaValue) value = {0};
    g_autoptr (GError) error = NULL;
    guint16  words[8] = {0};
    gboolean is_float = c->type == PLANCIA_FIELD_F32 || c->type == PLANCIA_FIELD_F64;

    field.scale = c->scale;
    field.offset = c->offset;
    if (c->plain[0] == '\0' || is_float || c->type == PLANCIA_FIELD_HHMM ||
        c->type == PLANCIA_FIELD_MMDD)
      continue;

    plancia_field_parse (&field, c->plain, &value, &error);
    g_assert_no_error (error);
    plancia_field_encode (&field, &value, NULL, words, &error);
    g_assert_no_error (error);
    g_assert_cmpmem (words, 2 * field.count, c->words, 2 * field.count);
  }
}

static void
test_exact_scale (void)
{
  PlanciaField field = make_field (PLANCIA_FIELD_U16, 1);

  field.scale = 0.1;
  for (guint raw = 0; raw <= G_MAXUINT16; raw++) {
    g_auto (PlanciaValue) value = {0};
    guint16 word = raw;

    plancia_field_decode (&field, &word, &value);
    g_assert_true (value.number == raw / 10.0);
  }
}

/* Random words, both word orders, both byte orders, with masks and scales. */
static void
test_round_trip (void)
{
  static const double scales[] = {1, 0.1, 0.01, 0.001, 10, 100, -1, 0.5, 0.25, 3, 0.3};
  static const double offsets[] = {0, -40, 0.5};
  g_autoptr (GRand) random = g_rand_new_with_seed (20260612);
  guint nones = 0;

  for (guint i = 0; i < 200000; i++) {
    PlanciaFieldType type = g_rand_int_range (random, 0, PLANCIA_FIELD_RAW + 1);
    PlanciaField     field = make_field (type, type_count (type));
    g_auto (PlanciaValue) value = {0};
    g_autoptr (GError) error = NULL;
    guint16  words[8];
    guint16  back[8] = {0};
    gboolean is_float = type == PLANCIA_FIELD_F32 || type == PLANCIA_FIELD_F64;

    field.little_words = g_rand_boolean (random);
    field.little_bytes = g_rand_boolean (random);
    if (type < PLANCIA_FIELD_U64 || type == PLANCIA_FIELD_F32) {
      field.scale = scales[g_rand_int_range (random, 0, G_N_ELEMENTS (scales))];
      if (!is_float)
        field.offset = offsets[g_rand_int_range (random, 0, G_N_ELEMENTS (offsets))];
    }
    if (type <= PLANCIA_FIELD_I16 && g_rand_boolean (random)) {
      field.shift = g_rand_int_range (random, 0, 12);
      field.mask = ((1 << g_rand_int_range (random, 1, 17 - field.shift)) - 1) << field.shift;
    }
    for (guint j = 0; j < 8; j++)
      words[j] = type == PLANCIA_FIELD_ASCII ? (guint) g_rand_int_range (random, 0x21, 0x7F) * 0x101
                                             : g_rand_int (random);

    plancia_field_decode (&field, words, &value);
    if (value.kind == PLANCIA_VALUE_NONE) {
      g_assert_true (is_float);
      nones++;
      continue;
    }
    if (is_float && value.number == 0)
      continue;
    plancia_field_encode (&field, &value, words, back, &error);
    g_assert_no_error (error);
    g_assert_cmpmem (back, 2 * field.count, words, 2 * field.count);
  }
  g_assert_cmpuint (nones, <, 1000);
}

static void
test_word_order (void)
{
  PlanciaField  field = make_field (PLANCIA_FIELD_U32, 2);
  const guint16 words[] = {0x0102, 0x0304};
  g_auto (PlanciaValue) value = {0};

  plancia_field_decode (&field, words, &value);
  g_assert_cmphex (value.integer, ==, 0x01020304);
  field.little_words = TRUE;
  plancia_field_decode (&field, words, &value);
  g_assert_cmphex (value.integer, ==, 0x03040102);
  field.little_bytes = TRUE;
  plancia_field_decode (&field, words, &value);
  g_assert_cmphex (value.integer, ==, 0x04030201);
}

static void
test_mask (void)
{
  PlanciaField  field = make_field (PLANCIA_FIELD_U16, 1);
  const guint16 present = 0xABCD;
  guint16       word = 0;
  g_auto (PlanciaValue) value = {0};
  g_autoptr (GError) error = NULL;

  field.mask = 0x0F00;
  field.shift = 8;
  plancia_field_decode (&field, &present, &value);
  g_assert_cmpfloat (value.number, ==, 0xB);

  value.number = 3;
  g_assert_true (plancia_field_encode (&field, &value, &present, &word, &error));
  g_assert_cmphex (word, ==, 0xA3CD);
  g_assert_true (plancia_field_encode (&field, &value, NULL, &word, &error));
  g_assert_cmphex (word, ==, 0x0300);
  value.number = 16;
  g_assert_false (plancia_field_encode (&field, &value, &present, &word, &error));
  g_assert_error (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_OUT_OF_RANGE);

  field.type = PLANCIA_FIELD_I16;
  plancia_field_decode (&field, &present, &value);
  g_assert_cmpfloat (value.number, ==, -5);
}

static void
test_invalid (void)
{
  PlanciaField  field = make_field (PLANCIA_FIELD_I16, 1);
  const guint64 marker = 0xFFFF;
  guint16       word = 0xFFFF;
  g_auto (PlanciaValue) value = {0};
  g_autoptr (GError) error = NULL;

  field.invalid = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_array_append_val (field.invalid, marker);
  plancia_field_decode (&field, &word, &value);
  g_assert_cmpint (value.kind, ==, PLANCIA_VALUE_NONE);
  word = 0;
  g_assert_true (plancia_field_encode (&field, &value, NULL, &word, &error));
  g_assert_cmphex (word, ==, 0xFFFF);

  /* Nobody can mean "no value" by writing a number. */
  value = (PlanciaValue){.kind = PLANCIA_VALUE_NUMBER, .number = -1, .integer = -1};
  g_assert_false (plancia_field_encode (&field, &value, NULL, &word, &error));
  g_assert_error (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_OUT_OF_RANGE);

  g_clear_pointer (&field.invalid, g_array_unref);
}

static void
test_bits (void)
{
  PlanciaField field = make_field (PLANCIA_FIELD_BITS, 18);
  guint16      words[18] = {0};
  guint16      back[18] = {0};
  PlanciaValue value;
  g_autoptr (GArray) bits = NULL;
  g_autoptr (GError) error = NULL;

  words[0] = 0x0001;
  words[3] = 0x8000;
  words[17] = 0x0004;
  plancia_field_decode (&field, words, &value);
  g_assert_cmpint (value.kind, ==, PLANCIA_VALUE_BITS);
  g_assert_cmphex ((guint64) value.integer, ==, 0x8000000000000001);

  bits = plancia_field_list_bits (&field, words);
  g_assert_cmpuint (bits->len, ==, 3);
  g_assert_cmpuint (g_array_index (bits, guint, 0), ==, 0);
  g_assert_cmpuint (g_array_index (bits, guint, 1), ==, 63);
  g_assert_cmpuint (g_array_index (bits, guint, 2), ==, 17 * 16 + 2);

  g_assert_true (plancia_field_encode (&field, &value, words, back, &error));
  g_assert_cmpmem (back, sizeof back, words, sizeof words);
}

static GPtrArray *
make_labels (void)
{
  GPtrArray *table = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    g_ptr_array_add (table, (gpointer) &labels[i]);

  return table;
}

static void
test_format (void)
{
  PlanciaField field = make_field (PLANCIA_FIELD_U16, 1);
  g_autoptr (GPtrArray) table = make_labels ();
  const struct
  {
    PlanciaFieldType type;
    GPtrArray       *values;
    GPtrArray       *bits;
    const char      *display;
    double           scale;
    guint16          word;
    const char      *text;
  } formats[] = {
    {PLANCIA_FIELD_U16,  table, NULL,  "",    1,    3,      "Passive"       },
    {PLANCIA_FIELD_U16,  table, NULL,  "",    1,    2,      "2"             },
    {PLANCIA_FIELD_U16,  NULL,  NULL,  "hex", 1,    0x1F,   "0x001F"        },
    {PLANCIA_FIELD_I16,  NULL,  NULL,  "hex", 1,    0xFFFF, "0xFFFF"        },
    {PLANCIA_FIELD_U16,  NULL,  NULL,  "",    0.01, 1234,   "12.34"         },
    {PLANCIA_FIELD_BITS, NULL,  table, "",    1,    0,      "none"          },
    {PLANCIA_FIELD_BITS, NULL,  table, "",    1,    7,      "Off, On, bit 2"},
    {PLANCIA_FIELD_HHMM, NULL,  NULL,  "",    1,    0x0705, "07:05"         },
  };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_auto (PlanciaValue) value = {0};
    g_autofree char *text = NULL;

    field.type = formats[i].type;
    field.values = formats[i].values;
    field.bits = formats[i].bits;
    field.display = formats[i].display;
    field.scale = formats[i].scale;
    plancia_field_decode (&field, &formats[i].word, &value);
    text = plancia_field_format (&field, &value, NULL);
    g_assert_cmpstr (text, ==, formats[i].text);
  }
}

static void
test_format_none (void)
{
  PlanciaField     field = make_field (PLANCIA_FIELD_U16, 1);
  PlanciaValue     value = {0};
  g_autofree char *text = plancia_field_format (&field, &value, NULL);

  g_assert_cmpstr (text, ==, "—");
}

static void
test_parse (void)
{
  g_autoptr (GPtrArray) table = make_labels ();
  const struct
  {
    PlanciaFieldType type;
    gboolean         table;
    double           scale;
    const char      *text;
    double           number; /* NAN: refused */
  } parses[] = {
    {PLANCIA_FIELD_U16,  FALSE, 0.1, "12.5",    12.5  },
    {PLANCIA_FIELD_U16,  FALSE, 0.1, " 12,5 ",  12.5  },
    {PLANCIA_FIELD_U16,  FALSE, 0.1, "1,2.5",   NAN   },
    {PLANCIA_FIELD_U16,  FALSE, 0.1, "1,234,5", NAN   },
    {PLANCIA_FIELD_I16,  FALSE, 10,  "-300",    -300  },
    {PLANCIA_FIELD_I16,  FALSE, 10,  "−300",  -300  },
    {PLANCIA_FIELD_I16,  FALSE, 1,   "0xFFFF",  -1    },
    {PLANCIA_FIELD_U16,  FALSE, 1,   "0x10000", NAN   },
    {PLANCIA_FIELD_U16,  FALSE, 1,   "0x1G",    NAN   },
    {PLANCIA_FIELD_U16,  FALSE, 1,   "",        NAN   },
    {PLANCIA_FIELD_U16,  FALSE, 1,   "5 W",     NAN   },
    {PLANCIA_FIELD_U16,  FALSE, 1,   "inf",     NAN   },
    {PLANCIA_FIELD_U16,  FALSE, 1,   "nan",     NAN   },
    {PLANCIA_FIELD_F32,  FALSE, 1,   "1e3",     1000  },
    {PLANCIA_FIELD_F32,  FALSE, 1,   "0x10",    NAN   },
    {PLANCIA_FIELD_U16,  TRUE,  1,   "passive", 3     },
    {PLANCIA_FIELD_U16,  TRUE,  1,   "3",       3     },
    {PLANCIA_FIELD_U16,  TRUE,  1,   "passiv",  NAN   },
    {PLANCIA_FIELD_U16,  TRUE,  1,   "\3773",   NAN   },
    {PLANCIA_FIELD_HHMM, FALSE, 1,   "7:05",    425   },
    {PLANCIA_FIELD_HHMM, FALSE, 1,   "07:60",   NAN   },
    {PLANCIA_FIELD_HHMM, FALSE, 1,   "7",       NAN   },
    {PLANCIA_FIELD_HHMM, FALSE, 1,   "-1:05",   NAN   },
    {PLANCIA_FIELD_MMDD, FALSE, 1,   "12-31",   1231  },
    {PLANCIA_FIELD_MMDD, FALSE, 1,   "12/31",   NAN   },
    {PLANCIA_FIELD_BITS, FALSE, 1,   "0x8001",  0x8001},
    {PLANCIA_FIELD_BITS, FALSE, 1,   "on",      NAN   },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parses); i++) {
    PlanciaField field = make_field (parses[i].type, type_count (parses[i].type));
    g_auto (PlanciaValue) value = {0};
    g_autoptr (GError) error = NULL;
    gboolean good;

    field.scale = parses[i].scale;
    field.values = parses[i].table ? table : NULL;
    good = plancia_field_parse (&field, parses[i].text, &value, &error);
    g_test_message ("parse %u: %s", i, good ? "taken" : error->message);
    g_assert_cmpint (good, ==, !isnan (parses[i].number));
    if (good)
      g_assert_cmpfloat (value.number, ==, parses[i].number);
    else
      g_assert_error (error, PLANCIA_DOCUMENT_ERROR, PLANCIA_DOCUMENT_ERROR_INVALID);
  }
}

static void
test_check (void)
{
  g_autoptr (GPtrArray) table = make_labels ();
  const struct
  {
    PlanciaFieldType type;
    double           scale;
    double           minimum; /* NAN: none */
    double           maximum;
    double           step;
    gboolean         table;
    double           number;
    gboolean         good;
  } checks[] = {
    {PLANCIA_FIELD_U16,  1,   NAN, NAN, 0, FALSE, 65535,                  TRUE },
    {PLANCIA_FIELD_U16,  1,   NAN, NAN, 0, FALSE, 65536,                  FALSE},
    {PLANCIA_FIELD_U16,  1,   NAN, NAN, 0, FALSE, -1,                     FALSE},
    {PLANCIA_FIELD_U16,  1,   NAN, NAN, 0, FALSE, 1.5,                    FALSE},
    {PLANCIA_FIELD_U16,  1,   NAN, NAN, 0, FALSE, NAN,                    FALSE},
    {PLANCIA_FIELD_I16,  1,   NAN, NAN, 0, FALSE, -32768,                 TRUE },
    {PLANCIA_FIELD_I16,  1,   NAN, NAN, 0, FALSE, -32769,                 FALSE},
    {PLANCIA_FIELD_U16,  0.1, 6,   32,  1, FALSE, 16,                     TRUE },
    {PLANCIA_FIELD_U16,  0.1, 6,   32,  1, FALSE, 16.5,                   FALSE},
    {PLANCIA_FIELD_U16,  0.1, 6,   32,  1, FALSE, 5,                      FALSE},
    {PLANCIA_FIELD_U16,  0.1, 6,   32,  1, FALSE, 33,                     FALSE},
    {PLANCIA_FIELD_U16,  0.1, 6,   32,  1, FALSE, 32,                     TRUE },
    {PLANCIA_FIELD_U16,  0.1, NAN, NAN, 0, FALSE, 0.3,                    TRUE },
    {PLANCIA_FIELD_U16,  0.1, NAN, NAN, 0, FALSE, 0.35,                   FALSE},
    {PLANCIA_FIELD_U16,  0.1, NAN, 10,  0, FALSE, 10.1,                   FALSE},
    {PLANCIA_FIELD_U16,  1,   NAN, NAN, 0, TRUE,  3,                      TRUE },
    {PLANCIA_FIELD_U16,  1,   NAN, NAN, 0, TRUE,  2,                      FALSE},
    {PLANCIA_FIELD_I32,  1,   NAN, NAN, 0, FALSE, -2147483648.0,          TRUE },
    {PLANCIA_FIELD_I32,  1,   NAN, NAN, 0, FALSE, 2147483648.0,           FALSE},
    {PLANCIA_FIELD_U64,  1,   NAN, NAN, 0, FALSE, 18446744073709551616.0, FALSE},
    {PLANCIA_FIELD_I64,  1,   NAN, NAN, 0, FALSE, -9223372036854775808.0, TRUE },
    {PLANCIA_FIELD_F32,  1,   NAN, NAN, 0, FALSE, 1e39,                   FALSE},
    {PLANCIA_FIELD_F32,  1,   NAN, NAN, 0, FALSE, 0.123,                  TRUE },
    {PLANCIA_FIELD_HHMM, 1,   NAN, NAN, 0, FALSE, 1440,                   TRUE },
    {PLANCIA_FIELD_HHMM, 1,   NAN, NAN, 0, FALSE, 1441,                   FALSE},
    {PLANCIA_FIELD_MMDD, 1,   NAN, NAN, 0, FALSE, 230,                    FALSE},
    {PLANCIA_FIELD_MMDD, 1,   NAN, NAN, 0, FALSE, 229,                    TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (checks); i++) {
    PlanciaField field = make_field (checks[i].type, type_count (checks[i].type));
    PlanciaValue value = {.kind = PLANCIA_VALUE_NUMBER, .number = checks[i].number};
    g_autoptr (GError) error = NULL;
    gboolean good;

    field.scale = checks[i].scale;
    field.has_minimum = !isnan (checks[i].minimum);
    field.minimum = checks[i].minimum;
    field.has_maximum = !isnan (checks[i].maximum);
    field.maximum = checks[i].maximum;
    field.step = checks[i].step;
    field.values = checks[i].table ? table : NULL;
    good = plancia_field_check (&field, &value, &error);
    g_test_message ("%g: %s", checks[i].number, good ? "allowed" : error->message);
    g_assert_cmpint (good, ==, checks[i].good);
    if (!good) {
      g_assert_error (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_OUT_OF_RANGE);
      g_assert_true (g_str_has_prefix (error->message, "probe: "));
    }
  }
}

static void
test_check_text (void)
{
  const struct
  {
    PlanciaFieldType type;
    const char      *text;
    gboolean         good;
  } checks[] = {
    {PLANCIA_FIELD_ASCII,  "ABCDEF",              TRUE },
    {PLANCIA_FIELD_ASCII,  "ABCDEFG",             FALSE},
    {PLANCIA_FIELD_ASCII,  "è",                  FALSE},
    {PLANCIA_FIELD_BCD16,  "0138",                TRUE },
    {PLANCIA_FIELD_BCD16,  "01A8",                FALSE},
    {PLANCIA_FIELD_BCD16,  "138",                 FALSE},
    {PLANCIA_FIELD_CLOCK6, "2026-06-12 14:05:37", TRUE },
    {PLANCIA_FIELD_CLOCK6, "2026-06-31 14:05:37", FALSE},
    {PLANCIA_FIELD_CLOCK6, "1999-06-30 14:05:37", FALSE},
    {PLANCIA_FIELD_CLOCK6, "2026-06-12",          FALSE},
    {PLANCIA_FIELD_RAW,    "0001 003C ABCD",      TRUE },
    {PLANCIA_FIELD_RAW,    "0001 003C",           FALSE},
    {PLANCIA_FIELD_HHMM,   "1801",                FALSE},
    {PLANCIA_FIELD_U16,    "5",                   FALSE},
  };

  for (guint i = 0; i < G_N_ELEMENTS (checks); i++) {
    PlanciaField field = make_field (checks[i].type, type_count (checks[i].type));
    PlanciaValue value = {.kind = PLANCIA_VALUE_TEXT, .text = (char *) checks[i].text};
    g_autoptr (GError) error = NULL;
    gboolean good = plancia_field_check (&field, &value, &error);

    g_test_message ("%s: %s", checks[i].text, good ? "allowed" : error->message);
    g_assert_cmpint (good, ==, checks[i].good);
  }
}

static void
test_decimals (void)
{
  const struct
  {
    PlanciaFieldType type;
    double           scale;
    double           step;
    guint            decimals;
    double           resolution;
  } fields[] = {
    {PLANCIA_FIELD_U16, 1,     0,   0, 1    },
    {PLANCIA_FIELD_U16, 10,    0,   0, 10   },
    {PLANCIA_FIELD_U16, 0.1,   0,   1, 0.1  },
    {PLANCIA_FIELD_U16, 0.01,  0,   2, 0.01 },
    {PLANCIA_FIELD_U16, 0.001, 0,   3, 0.001},
    {PLANCIA_FIELD_U16, 0.25,  0,   2, 0.25 },
    {PLANCIA_FIELD_U16, 0.1,   0.5, 1, 0.5  },
    {PLANCIA_FIELD_U16, 0.1,   1,   1, 1    },
    {PLANCIA_FIELD_F32, 1,     0,   3, 0.001},
    {PLANCIA_FIELD_F32, 0.1,   0,   1, 0.1  },
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    PlanciaField field = make_field (fields[i].type, type_count (fields[i].type));

    field.scale = fields[i].scale;
    field.step = fields[i].step;
    g_assert_cmpuint (plancia_field_decimals (&field), ==, fields[i].decimals);
    g_assert_cmpfloat_with_epsilon (plancia_field_resolution (&field), fields[i].resolution, 1e-12);
  }
}

static void
test_equal (void)
{
  const PlanciaValue a = {.kind = PLANCIA_VALUE_NUMBER, .number = 1, .integer = 10};
  const PlanciaValue b = {.kind = PLANCIA_VALUE_NUMBER, .number = 1};
  const PlanciaValue big = {.kind = PLANCIA_VALUE_NUMBER, .number = 0x1p63, .integer = 1};
  const PlanciaValue bigger = {.kind = PLANCIA_VALUE_NUMBER, .number = 0x1p63, .integer = 2};
  const PlanciaValue text = {.kind = PLANCIA_VALUE_TEXT, .text = (char *) "1"};
  const PlanciaValue other = {.kind = PLANCIA_VALUE_TEXT, .text = (char *) "2"};
  PlanciaValue       copy;

  plancia_value_copy (&text, &copy);
  g_assert_true (plancia_value_equal (&a, &b));
  g_assert_false (plancia_value_equal (&big, &bigger));
  g_assert_false (plancia_value_equal (&a, &text));
  g_assert_false (plancia_value_equal (&text, &other));
  g_assert_true (plancia_value_equal (&text, &copy));
  plancia_value_clear (&copy);
  g_assert_cmpint (copy.kind, ==, PLANCIA_VALUE_NONE);
  g_assert_null (copy.text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/field-value/plain", test_plain);
  g_test_add_func ("/field-value/parse-plain", test_parse_plain);
  g_test_add_func ("/field-value/exact-scale", test_exact_scale);
  g_test_add_func ("/field-value/round-trip", test_round_trip);
  g_test_add_func ("/field-value/word-order", test_word_order);
  g_test_add_func ("/field-value/mask", test_mask);
  g_test_add_func ("/field-value/invalid", test_invalid);
  g_test_add_func ("/field-value/bits", test_bits);
  g_test_add_func ("/field-value/format", test_format);
  g_test_add_func ("/field-value/format-none", test_format_none);
  g_test_add_func ("/field-value/parse", test_parse);
  g_test_add_func ("/field-value/check", test_check);
  g_test_add_func ("/field-value/check-text", test_check_text);
  g_test_add_func ("/field-value/decimals", test_decimals);
  g_test_add_func ("/field-value/equal", test_equal);

  return g_test_run ();
}
