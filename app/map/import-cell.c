/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/import-cell.h"

#include <math.h>
#include <string.h>

typedef struct
{
  const char      *word; /* lower case, without separators */
  PlanciaFieldType type;
} TypeWord;

static const TypeWord type_words[] = {
  {"u16",           PLANCIA_FIELD_U16   },
  {"uint16",        PLANCIA_FIELD_U16   },
  {"uint",          PLANCIA_FIELD_U16   },
  {"16b",           PLANCIA_FIELD_U16   },
  {"word",          PLANCIA_FIELD_U16   },
  {"ushort",        PLANCIA_FIELD_U16   },
  {"unsigned",      PLANCIA_FIELD_U16   },
  {"unsigned16",    PLANCIA_FIELD_U16   },
  {"unsignedint",   PLANCIA_FIELD_U16   },
  {"unsignedint16", PLANCIA_FIELD_U16   },
  {"unsignedshort", PLANCIA_FIELD_U16   },
  {"uint16t",       PLANCIA_FIELD_U16   },
  {"enum",          PLANCIA_FIELD_U16   },
  {"enum16",        PLANCIA_FIELD_U16   },
  {"i16",           PLANCIA_FIELD_I16   },
  {"s16",           PLANCIA_FIELD_I16   },
  {"s16b",          PLANCIA_FIELD_I16   },
  {"int16",         PLANCIA_FIELD_I16   },
  {"sint16",        PLANCIA_FIELD_I16   },
  {"int16t",        PLANCIA_FIELD_I16   },
  {"int",           PLANCIA_FIELD_I16   },
  {"short",         PLANCIA_FIELD_I16   },
  {"signed",        PLANCIA_FIELD_I16   },
  {"signed16",      PLANCIA_FIELD_I16   },
  {"signedint",     PLANCIA_FIELD_I16   },
  {"signedint16",   PLANCIA_FIELD_I16   },
  {"signedshort",   PLANCIA_FIELD_I16   },
  {"u32",           PLANCIA_FIELD_U32   },
  {"32b",           PLANCIA_FIELD_U32   },
  {"uint32",        PLANCIA_FIELD_U32   },
  {"uint32t",       PLANCIA_FIELD_U32   },
  {"dword",         PLANCIA_FIELD_U32   },
  {"udint",         PLANCIA_FIELD_U32   },
  {"ulong",         PLANCIA_FIELD_U32   },
  {"unsigned32",    PLANCIA_FIELD_U32   },
  {"unsignedint32", PLANCIA_FIELD_U32   },
  {"unsignedlong",  PLANCIA_FIELD_U32   },
  {"i32",           PLANCIA_FIELD_I32   },
  {"s32",           PLANCIA_FIELD_I32   },
  {"s32b",          PLANCIA_FIELD_I32   },
  {"int32",         PLANCIA_FIELD_I32   },
  {"sint32",        PLANCIA_FIELD_I32   },
  {"int32t",        PLANCIA_FIELD_I32   },
  {"dint",          PLANCIA_FIELD_I32   },
  {"long",          PLANCIA_FIELD_I32   },
  {"signed32",      PLANCIA_FIELD_I32   },
  {"signedint32",   PLANCIA_FIELD_I32   },
  {"signedlong",    PLANCIA_FIELD_I32   },
  {"u64",           PLANCIA_FIELD_U64   },
  {"uint64",        PLANCIA_FIELD_U64   },
  {"ulint",         PLANCIA_FIELD_U64   },
  {"qword",         PLANCIA_FIELD_U64   },
  {"unsigned64",    PLANCIA_FIELD_U64   },
  {"i64",           PLANCIA_FIELD_I64   },
  {"s64",           PLANCIA_FIELD_I64   },
  {"int64",         PLANCIA_FIELD_I64   },
  {"lint",          PLANCIA_FIELD_I64   },
  {"signed64",      PLANCIA_FIELD_I64   },
  {"f32",           PLANCIA_FIELD_F32   },
  {"f32b",          PLANCIA_FIELD_F32   },
  {"float",         PLANCIA_FIELD_F32   },
  {"float32",       PLANCIA_FIELD_F32   },
  {"real",          PLANCIA_FIELD_F32   },
  {"real32",        PLANCIA_FIELD_F32   },
  {"single",        PLANCIA_FIELD_F32   },
  {"ieee754",       PLANCIA_FIELD_F32   },
  {"f64",           PLANCIA_FIELD_F64   },
  {"double",        PLANCIA_FIELD_F64   },
  {"float64",       PLANCIA_FIELD_F64   },
  {"lreal",         PLANCIA_FIELD_F64   },
  {"ascii",         PLANCIA_FIELD_ASCII },
  {"string",        PLANCIA_FIELD_ASCII },
  {"str",           PLANCIA_FIELD_ASCII },
  {"text",          PLANCIA_FIELD_ASCII },
  {"char",          PLANCIA_FIELD_ASCII },
  {"bcd",           PLANCIA_FIELD_BCD16 },
  {"bcd16",         PLANCIA_FIELD_BCD16 },
  {"bits",          PLANCIA_FIELD_BITS  },
  {"bitfield",      PLANCIA_FIELD_BITS  },
  {"bitfield16",    PLANCIA_FIELD_BITS  },
  {"bitfield32",    PLANCIA_FIELD_BITS  },
  {"bitmap",        PLANCIA_FIELD_BITS  },
  {"bitmask",       PLANCIA_FIELD_BITS  },
  {"bool",          PLANCIA_FIELD_U16   },
  {"boolean",       PLANCIA_FIELD_U16   },
  {"bit",           PLANCIA_FIELD_U16   },
  {"hhmm",          PLANCIA_FIELD_HHMM  },
  {"mmdd",          PLANCIA_FIELD_MMDD  },
  {"clock6",        PLANCIA_FIELD_CLOCK6},
  {"raw",           PLANCIA_FIELD_RAW   },
  {"rawhex",        PLANCIA_FIELD_RAW   },
  {"hex",           PLANCIA_FIELD_RAW   },
  {"bytes",         PLANCIA_FIELD_RAW   },
};

static const struct
{
  const char *suffix;
  gboolean    little_words;
  gboolean    swapped_bytes;
} orders[] = {
  {"be",   FALSE, FALSE},
  {"abcd", FALSE, FALSE},
  {"sw",   TRUE,  FALSE},
  {"cdab", TRUE,  FALSE},
  {"le",   TRUE,  TRUE },
  {"dcba", TRUE,  TRUE },
  {"sb",   FALSE, TRUE },
  {"badc", FALSE, TRUE },
};

static const struct
{
  const char *theirs;
  const char *ours;
} units[] = {
  {"\342\204\203",             "\302\260C"},
  {"\302\272C",                "\302\260C"},
  {"degC",                     "\302\260C"},
  {"deg C",                    "\302\260C"},
  {"\347\247\222",             "s"        },
  {"\345\210\206\351\222\237", "min"      },
  {"\345\260\217\346\227\266", "h"        },
  {"\346\254\241",             ""         },
  {"KW",                       "kW"       },
  {"Kw",                       "kW"       },
  {"KWh",                      "kWh"      },
  {"KWH",                      "kWh"      },
  {"kwh",                      "kWh"      },
  {"kW\302\267h",              "kWh"      },
  {"Wh.",                      "Wh"       },
  {"VAR",                      "var"      },
  {"Var",                      "var"      },
  {"kVAR",                     "kvar"     },
  {"kVar",                     "kvar"     },
  {"hz",                       "Hz"       },
  {"HZ",                       "Hz"       },
  {"Volt",                     "V"        },
  {"Amp",                      "A"        },
  {"-",                        ""         },
  {"--",                       ""         },
  {"/",                        ""         },
  {"none",                     ""         },
  {"N/A",                      ""         },
};

/* The dashes and words between the ends of a range; the longer before what it begins with. */
static const char *const range_marks[] =
  {"--", "\342\200\224", "\342\200\223", "\342\200\246", "...", "..", "~", "to ", "-", ":"};

static const char *
skip_blanks (const char *text)
{
  while (*text == ' ' || *text == '\t')
    text++;

  return text;
}

static const char *
skip_range_mark (const char *text)
{
  text = skip_blanks (text);
  for (guint i = 0; i < G_N_ELEMENTS (range_marks); i++)
    if (g_str_has_prefix (text, range_marks[i]))
      return skip_blanks (text + strlen (range_marks[i]));

  return NULL;
}

/* Digits from text; *end behind them and their mark. FALSE if there is no number. */
static gboolean
parse_digits (const char        *text,
              PlanciaAddressBase base,
              guint64           *out,
              gsize             *n_digits,
              const char       **end)
{
  gboolean         marked = g_ascii_strncasecmp (text, "0x", 2) == 0 || text[0] == '$';
  const char      *digits = text + (text[0] == '$' ? 1 : marked ? 2 : 0);
  gsize            length = strspn (digits, "0123456789abcdefABCDEF");
  gboolean         suffix = length > 0 && (digits[length] == 'h' || digits[length] == 'H');
  gboolean         hexadecimal;
  g_autofree char *own = NULL;

  if (!marked && !suffix && base == PLANCIA_ADDRESS_DECIMAL)
    length = strspn (digits, "0123456789");
  if (length == 0 || length > 8)
    return FALSE;

  own = g_strndup (digits, length);
  hexadecimal = marked || suffix || base == PLANCIA_ADDRESS_HEXADECIMAL;
  *out = g_ascii_strtoull (own, NULL, hexadecimal ? 16 : 10);
  *n_digits = length;
  *end = digits + length + (suffix ? 1 : 0);
  return TRUE;
}

/* 40001 and 400001: the first of five or six digits names the kind. */
static gboolean
from_modicon (guint64 number, gsize n_digits, int *address, guint8 *function)
{
  static const guint8 functions[] = {1, 2, 0, 4, 3};
  guint64             unit = n_digits == 6 ? 100000 : 10000;
  guint64             kind = number / unit;
  guint64             rest = number % unit;

  if ((n_digits != 5 && n_digits != 6) || kind >= G_N_ELEMENTS (functions) || functions[kind] == 0)
    return FALSE;
  if (rest == 0 || rest > 65536)
    return FALSE;

  *address = (int) rest - 1;
  *function = functions[kind];
  return TRUE;
}

static gboolean
parse_one (const char         *text,
           PlanciaAddressBase  base,
           PlanciaAddressStart start,
           int                *address,
           guint8             *function,
           const char        **end)
{
  guint64 number = 0;
  gsize   n_digits = 0;

  *function = 0;
  if (!parse_digits (text,
                     start == PLANCIA_ADDRESS_MODICON ? PLANCIA_ADDRESS_DECIMAL : base,
                     &number,
                     &n_digits,
                     end))
    return FALSE;
  if (start == PLANCIA_ADDRESS_MODICON)
    return from_modicon (number, n_digits, address, function);
  if (start == PLANCIA_ADDRESS_FROM_ONE && number-- == 0)
    return FALSE;

  *address = (int) MIN (number, G_MAXINT);
  return number <= G_MAXUINT16;
}

/**
 * plancia_cell_parse_address:
 *
 * Returns: whether the cell is an address or a range of them
 */
gboolean
plancia_cell_parse_address (const char         *text,
                            PlanciaAddressBase  base,
                            PlanciaAddressStart start,
                            PlanciaCellAddress *out)
{
  const char *at = skip_blanks (text);
  guint8      function = 0;

  if (!parse_one (at, base, start, &out->first, &out->function, &at))
    return FALSE;

  out->last = out->first;
  if (*skip_blanks (at) == '\0')
    return TRUE;

  at = skip_range_mark (at);
  if (at == NULL || !parse_one (at, base, start, &out->last, &function, &at) ||
      *skip_blanks (at) != '\0')
    return FALSE;

  return out->last >= out->first && function == out->function;
}

gboolean
plancia_cell_looks_hexadecimal (const char *text)
{
  const char *at = skip_blanks (text);
  gsize       length = strspn (at, "0123456789abcdefABCDEF");
  gsize       decimal = strspn (at, "0123456789");

  if (g_ascii_strncasecmp (at, "0x", 2) == 0 || at[0] == '$')
    return TRUE;
  if (length > 0 && (at[length] == 'h' || at[length] == 'H'))
    return TRUE;

  return length == 4 && (decimal < 4 || at[0] == '0');
}

/* The text with the locale's signs taken out; *end counts bytes of the original. */
static gsize
plain_number (const char *text, gboolean decimal_comma, char *plain, gsize room)
{
  gsize       length = strspn (text, "+-0123456789.,eE");
  const char *point = NULL;
  gsize       used = 0;

  /* An exponent needs its digits: "1e" is a one with an e behind it. */
  for (gsize i = 0; i < length; i++)
    if ((text[i] == 'e' || text[i] == 'E') && strspn (text + i + 1, "+-0123456789") == 0)
      length = i;
  for (gsize i = 0; i < length; i++)
    if (text[i] == '.' || text[i] == ',')
      point = text + i;
  if (point != NULL && *point == ',' && !decimal_comma && memchr (text, '.', length) == NULL)
    point = NULL;

  for (gsize i = 0; i < length && used + 1 < room; i++)
    if (text[i] != '.' && text[i] != ',')
      plain[used++] = text[i];
    else if (text + i == point)
      plain[used++] = '.';
  plain[used] = '\0';
  return length;
}

/**
 * plancia_cell_parse_number:
 *
 * Returns: whether the cell begins with a number
 */
gboolean
plancia_cell_parse_number (const char *text, gboolean decimal_comma, double *out, const char **rest)
{
  const char *at = skip_blanks (text);
  char        plain[64];
  char       *end = NULL;

  /* The real minus sign. */
  gboolean negative = g_str_has_prefix (at, "\342\210\222");
  gsize    length = 0;

  at += negative ? 3 : 0;
  length = plain_number (at, decimal_comma, plain, sizeof plain);
  *out = g_ascii_strtod (plain, &end);
  if (end == plain || *end != '\0')
    return FALSE;

  *out = negative ? -*out : *out;
  *rest = skip_blanks (at + length);
  if (**rest == '/' && g_ascii_isdigit (*skip_blanks (*rest + 1))) {
    double divisor = g_ascii_strtod (skip_blanks (*rest + 1), &end);

    *out = divisor != 0 ? *out / divisor : NAN;
    *rest = skip_blanks (end);
  }

  return isfinite (*out);
}

static gboolean
find_type (const char *word, PlanciaFieldType *out)
{
  for (guint i = 0; i < G_N_ELEMENTS (type_words); i++)
    if (g_str_equal (type_words[i].word, word)) {
      *out = type_words[i].type;
      return TRUE;
    }

  return FALSE;
}

/* Lower case without blanks, underscores, hyphens and brackets. */
static void
squeeze (const char *text, char *out, gsize room)
{
  gsize used = 0;

  for (const char *at = text; *at != '\0' && used + 1 < room; at++)
    if (strchr (" _-()[]\"'.", *at) == NULL)
      out[used++] = g_ascii_tolower (*at);
  out[used] = '\0';
}

/**
 * plancia_cell_parse_type:
 *
 * Returns: whether the name of the type is known
 */
PlanciaCellVerdict
plancia_cell_parse_type (const char *text, PlanciaCellType *out)
{
  char word[32];

  squeeze (text, word, sizeof word);
  *out = (PlanciaCellType){PLANCIA_FIELD_U16, FALSE, FALSE};
  if (find_type (word, &out->type))
    return PLANCIA_CELL_TYPE_KNOWN;

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++) {
    gsize length = strlen (word) - MIN (strlen (word), strlen (orders[i].suffix));

    if (!g_str_has_suffix (word, orders[i].suffix))
      continue;
    word[length] = '\0';
    if (!find_type (word, &out->type))
      return PLANCIA_CELL_TYPE_UNKNOWN;
    out->little_words = orders[i].little_words;
    out->states_order = TRUE;
    return orders[i].swapped_bytes ? PLANCIA_CELL_TYPE_SWAPPED_BYTES : PLANCIA_CELL_TYPE_KNOWN;
  }

  return PLANCIA_CELL_TYPE_UNKNOWN;
}

gboolean
plancia_cell_is_writable (const char *text)
{
  static const char *const words[] = {"w",
                                      "wo",
                                      "wr",
                                      "rw",
                                      "r/w",
                                      "rw/r",
                                      "w/r",
                                      "r,w",
                                      "write",
                                      "writeonly",
                                      "readwrite",
                                      "read/write",
                                      "true",
                                      "yes",
                                      "1",
                                      "x"};
  char                     word[24];

  squeeze (text, word, sizeof word);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (word, words[i]))
      return TRUE;

  return FALSE;
}

guint8
plancia_cell_parse_function (const char *text)
{
  static const struct
  {
    const char *word;
    guint8      function;
  } words[] = {
    {"1",               1},
    {"01",              1},
    {"0x01",            1},
    {"fc1",             1},
    {"fc01",            1},
    {"coil",            1},
    {"coils",           1},
    {"2",               2},
    {"02",              2},
    {"0x02",            2},
    {"fc2",             2},
    {"fc02",            2},
    {"discrete",        2},
    {"discreteinput",   2},
    {"3",               3},
    {"03",              3},
    {"0x03",            3},
    {"fc3",             3},
    {"fc03",            3},
    {"holding",         3},
    {"holdingregister", 3},
    {"4",               4},
    {"04",              4},
    {"0x04",            4},
    {"fc4",             4},
    {"fc04",            4},
    {"input",           4},
    {"inputregister",   4},
  };
  char word[24];

  squeeze (text, word, sizeof word);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (word, words[i].word))
      return words[i].function;

  return 0;
}

/**
 * plancia_cell_parse_series:
 * @stem: (out) (transfer full): the name without its number
 *
 * Returns: whether the name counts from one number to a higher one
 */
gboolean
plancia_cell_parse_series (const char *text, char **stem, guint *first, guint *last)
{
  for (const char *at = text; *at != '\0'; at++) {
    gsize       digits = strspn (at, "0123456789");
    const char *after = digits > 0 ? skip_range_mark (at + digits) : NULL;
    gsize       more = after ? strspn (after, "0123456789") : 0;

    if (digits > 0 && more > 0 && after[more] == '\0' && digits <= 4 && more <= 4) {
      *first = (guint) g_ascii_strtoull (at, NULL, 10);
      *last = (guint) g_ascii_strtoull (after, NULL, 10);
      *stem = g_strstrip (g_strndup (text, at - text));
      if (*last > *first)
        return TRUE;
      g_clear_pointer (stem, g_free);
      return FALSE;
    }
    at += digits > 0 ? digits - 1 : 0;
  }

  return FALSE;
}

char *
plancia_cell_clean_unit (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (text, units[i].theirs))
      return g_strdup (units[i].ours);

  return g_strdup (text);
}
