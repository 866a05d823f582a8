/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which column holds what: by the heads, else by what the cells look like. */

#include "map/import-table.h"

#include <glib/gi18n.h>
#include <string.h>

#define HEAD_ROWS    25 /* rows in which the heads are looked for */
#define SAMPLED_ROWS 400

static const struct
{
  const char   *word; /* lower case */
  PlanciaColumn column;
} heads[] = {
  {"fields",           PLANCIA_COLUMN_NAME    },
  {"field",            PLANCIA_COLUMN_NAME    },
  {"field name",       PLANCIA_COLUMN_NAME    },
  {"name",             PLANCIA_COLUMN_NAME    },
  {"register name",    PLANCIA_COLUMN_NAME    },
  {"parameter",        PLANCIA_COLUMN_NAME    },
  {"signal",           PLANCIA_COLUMN_NAME    },
  {"signal name",      PLANCIA_COLUMN_NAME    },
  {"variable",         PLANCIA_COLUMN_NAME    },
  {"label",            PLANCIA_COLUMN_NAME    },
  {"nome",             PLANCIA_COLUMN_NAME    },
  {"bezeichnung",      PLANCIA_COLUMN_NAME    },
  {"_address",         PLANCIA_COLUMN_ADDRESS },
  {"address",          PLANCIA_COLUMN_ADDRESS },
  {"addr",             PLANCIA_COLUMN_ADDRESS },
  {"register address", PLANCIA_COLUMN_ADDRESS },
  {"modbus address",   PLANCIA_COLUMN_ADDRESS },
  {"register",         PLANCIA_COLUMN_ADDRESS },
  {"registers",        PLANCIA_COLUMN_ADDRESS },
  {"reg",              PLANCIA_COLUMN_ADDRESS },
  {"register number",  PLANCIA_COLUMN_ADDRESS },
  {"address (hex)",    PLANCIA_COLUMN_ADDRESS },
  {"address (dec)",    PLANCIA_COLUMN_ADDRESS },
  {"indirizzo",        PLANCIA_COLUMN_ADDRESS },
  {"registro",         PLANCIA_COLUMN_ADDRESS },
  {"adresse",          PLANCIA_COLUMN_ADDRESS },
  {"len",              PLANCIA_COLUMN_COUNT   },
  {"length",           PLANCIA_COLUMN_COUNT   },
  {"count",            PLANCIA_COLUMN_COUNT   },
  {"size",             PLANCIA_COLUMN_COUNT   },
  {"quantity",         PLANCIA_COLUMN_COUNT   },
  {"words",            PLANCIA_COLUMN_COUNT   },
  {"lunghezza",        PLANCIA_COLUMN_COUNT   },
  {"type",             PLANCIA_COLUMN_TYPE    },
  {"data type",        PLANCIA_COLUMN_TYPE    },
  {"datatype",         PLANCIA_COLUMN_TYPE    },
  {"format",           PLANCIA_COLUMN_TYPE    },
  {"tipo",             PLANCIA_COLUMN_TYPE    },
  {"datentyp",         PLANCIA_COLUMN_TYPE    },
  {"accuracy",         PLANCIA_COLUMN_SCALE   },
  {"factor",           PLANCIA_COLUMN_SCALE   },
  {"scale",            PLANCIA_COLUMN_SCALE   },
  {"scaling",          PLANCIA_COLUMN_SCALE   },
  {"multiplier",       PLANCIA_COLUMN_SCALE   },
  {"resolution",       PLANCIA_COLUMN_SCALE   },
  {"precision",        PLANCIA_COLUMN_SCALE   },
  {"fattore",          PLANCIA_COLUMN_SCALE   },
  {"scala",            PLANCIA_COLUMN_SCALE   },
  {"faktor",           PLANCIA_COLUMN_SCALE   },
  {"gain",             PLANCIA_COLUMN_DIVISOR },
  {"divisor",          PLANCIA_COLUMN_DIVISOR },
  {"divide by",        PLANCIA_COLUMN_DIVISOR },
  {"offset",           PLANCIA_COLUMN_OFFSET  },
  {"unit",             PLANCIA_COLUMN_UNIT    },
  {"units",            PLANCIA_COLUMN_UNIT    },
  {"uom",              PLANCIA_COLUMN_UNIT    },
  {"unit\303\240",     PLANCIA_COLUMN_UNIT    },
  {"unita",            PLANCIA_COLUMN_UNIT    },
  {"einheit",          PLANCIA_COLUMN_UNIT    },
  {"access",           PLANCIA_COLUMN_ACCESS  },
  {"r/w",              PLANCIA_COLUMN_ACCESS  },
  {"rw",               PLANCIA_COLUMN_ACCESS  },
  {"read/write",       PLANCIA_COLUMN_ACCESS  },
  {"wp",               PLANCIA_COLUMN_ACCESS  },
  {"accesso",          PLANCIA_COLUMN_ACCESS  },
  {"function name",    PLANCIA_COLUMN_GROUP   },
  {"group",            PLANCIA_COLUMN_GROUP   },
  {"category",         PLANCIA_COLUMN_GROUP   },
  {"section",          PLANCIA_COLUMN_GROUP   },
  {"gruppo",           PLANCIA_COLUMN_GROUP   },
  {"gruppe",           PLANCIA_COLUMN_GROUP   },
  {"min",              PLANCIA_COLUMN_MINIMUM },
  {"minimum",          PLANCIA_COLUMN_MINIMUM },
  {"minimo",           PLANCIA_COLUMN_MINIMUM },
  {"max",              PLANCIA_COLUMN_MAXIMUM },
  {"maximum",          PLANCIA_COLUMN_MAXIMUM },
  {"massimo",          PLANCIA_COLUMN_MAXIMUM },
  {"function",         PLANCIA_COLUMN_FUNCTION},
  {"function code",    PLANCIA_COLUMN_FUNCTION},
  {"fc",               PLANCIA_COLUMN_FUNCTION},
  {"description",      PLANCIA_COLUMN_NOTE    },
  {"note",             PLANCIA_COLUMN_NOTE    },
  {"notes",            PLANCIA_COLUMN_NOTE    },
  {"remark",           PLANCIA_COLUMN_NOTE    },
  {"remarks",          PLANCIA_COLUMN_NOTE    },
  {"comment",          PLANCIA_COLUMN_NOTE    },
  {"descrizione",      PLANCIA_COLUMN_NOTE    },
  {"formula",          PLANCIA_COLUMN_FORMULA },
  {"poll",             PLANCIA_COLUMN_POLL    },
};

static PlanciaColumn
column_of_head (const char *cell)
{
  g_autofree char *lower = g_utf8_strdown (cell, -1);

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    if (g_str_equal (heads[i].word, lower))
      return heads[i].column;

  return PLANCIA_COLUMN_IGNORE;
}

/* Each meaning once: the first column of that head has it. */
static guint
read_heads (PlanciaTableLayout *self, PlanciaDelimited *table, guint row)
{
  gboolean seen[PLANCIA_N_COLUMNS] = {FALSE};
  guint    n_known = 0;

  memset (self->columns, 0, sizeof self->columns);
  for (guint i = 0; i < plancia_delimited_get_n_columns (table); i++) {
    PlanciaColumn column = column_of_head (plancia_delimited_get_cell (table, row, i));

    if (column == PLANCIA_COLUMN_IGNORE || seen[column])
      continue;
    seen[column] = TRUE;
    self->columns[i] = column;
    n_known++;
  }

  return seen[PLANCIA_COLUMN_ADDRESS] ? n_known : 0;
}

static int
find_column (const PlanciaTableLayout *self, PlanciaColumn column)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->columns); i++)
    if (self->columns[i] == column)
      return (int) i;

  return -1;
}

static gboolean
find_heads (PlanciaTableLayout *self, PlanciaDelimited *table)
{
  guint rows = MIN (plancia_delimited_get_n_rows (table), HEAD_ROWS);

  for (guint row = 0; row < rows; row++) {
    if (read_heads (self, table, row) < 2)
      continue;
    self->first_row = row + 1;
    if (find_column (self, PLANCIA_COLUMN_NAME) < 0 && find_column (self, PLANCIA_COLUMN_NOTE) >= 0)
      self->columns[find_column (self, PLANCIA_COLUMN_NOTE)] = PLANCIA_COLUMN_NAME;
    return TRUE;
  }

  memset (self->columns, 0, sizeof self->columns);
  return FALSE;
}

/* How many of the sampled cells of a column are addresses, types, or words. */
typedef struct
{
  guint addresses;
  guint types;
  guint words;
} Likeness;

static Likeness
look_at_column (PlanciaDelimited *table, guint column)
{
  Likeness likeness = {0};
  guint    rows = MIN (plancia_delimited_get_n_rows (table), SAMPLED_ROWS);

  for (guint row = 0; row < rows; row++) {
    const char        *cell = plancia_delimited_get_cell (table, row, column);
    PlanciaCellAddress address;
    PlanciaCellType    type;

    if (cell[0] == '\0')
      continue;
    if (plancia_cell_parse_address (cell,
                                    PLANCIA_ADDRESS_HEXADECIMAL,
                                    PLANCIA_ADDRESS_FROM_ZERO,
                                    &address) &&
        strlen (cell) >= 2)
      likeness.addresses++;
    else if (plancia_cell_parse_type (cell, &type) == PLANCIA_CELL_TYPE_KNOWN)
      likeness.types++;
    else if (g_unichar_isalpha (g_utf8_get_char (cell)) && strlen (cell) > 3)
      likeness.words++;
  }

  return likeness;
}

/* Without heads: the column with most addresses, most types, most words. */
static gboolean
guess_columns (PlanciaTableLayout *self, PlanciaDelimited *table)
{
  guint best[3] = {0};
  int   found[3] = {-1, -1, -1};

  for (guint i = 0; i < plancia_delimited_get_n_columns (table); i++) {
    Likeness likeness = look_at_column (table, i);
    guint    counts[] = {likeness.addresses, likeness.types, likeness.words};

    for (guint j = 0; j < G_N_ELEMENTS (counts); j++)
      if (counts[j] > best[j]) {
        best[j] = counts[j];
        found[j] = (int) i;
      }
  }
  if (found[2] >= 0)
    self->columns[found[2]] = PLANCIA_COLUMN_NAME;
  if (found[1] >= 0)
    self->columns[found[1]] = PLANCIA_COLUMN_TYPE;
  if (found[0] >= 0)
    self->columns[found[0]] = PLANCIA_COLUMN_ADDRESS;

  return found[0] >= 0;
}

/* Modicon if every address is 30001 to 49999, or of six digits; hexadecimal if one address can only be that. */
static void
guess_addresses (PlanciaTableLayout *self, PlanciaDelimited *table, guint column)
{
  guint n_cells = 0;
  guint n_modicon = 0;

  for (guint row = self->first_row; row < plancia_delimited_get_n_rows (table); row++) {
    const char        *cell = plancia_delimited_get_cell (table, row, column);
    PlanciaCellAddress address;

    if (cell[0] == '\0' || !g_ascii_isxdigit (cell[0]))
      continue;
    n_cells++;
    if (plancia_cell_looks_hexadecimal (cell))
      self->base = PLANCIA_ADDRESS_HEXADECIMAL;
    if (plancia_cell_parse_address (cell,
                                    PLANCIA_ADDRESS_DECIMAL,
                                    PLANCIA_ADDRESS_MODICON,
                                    &address))
      n_modicon++;
  }
  if (n_cells == 0 || n_modicon < n_cells)
    return;

  self->base = PLANCIA_ADDRESS_DECIMAL;
  self->start = PLANCIA_ADDRESS_MODICON;
}

/* A comma in a number that has no point. */
static gboolean
guess_decimal_comma (const PlanciaTableLayout *self, PlanciaDelimited *table)
{
  for (guint column = 0; column < plancia_delimited_get_n_columns (table); column++) {
    if (self->columns[column] != PLANCIA_COLUMN_SCALE &&
        self->columns[column] != PLANCIA_COLUMN_OFFSET &&
        self->columns[column] != PLANCIA_COLUMN_DIVISOR)
      continue;
    for (guint row = self->first_row; row < plancia_delimited_get_n_rows (table); row++) {
      const char *cell = plancia_delimited_get_cell (table, row, column);

      if (strchr (cell, ',') != NULL && strchr (cell, '.') == NULL)
        return TRUE;
    }
  }

  return FALSE;
}

static gboolean
has_head (PlanciaDelimited *table, const PlanciaTableLayout *self, const char *word)
{
  for (guint i = 0; self->first_row > 0 && i < plancia_delimited_get_n_columns (table); i++)
    if (g_ascii_strcasecmp (plancia_delimited_get_cell (table, self->first_row - 1, i), word) == 0)
      return TRUE;

  return FALSE;
}

/**
 * plancia_table_layout_guess:
 * @table: a table
 *
 * Returns: whether a column of addresses was found
 */
gboolean
plancia_table_layout_guess (PlanciaTableLayout *self, PlanciaDelimited *table)
{
  gboolean found;

  memset (self, 0, sizeof *self);
  self->function = 3;
  found = find_heads (self, table) || guess_columns (self, table);
  if (!found)
    return FALSE;

  if (has_head (table, self, "_address"))
    self->preset = PLANCIA_TABLE_IOBROKER;
  else if (has_head (table, self, "register address") && has_head (table, self, "fields"))
    self->preset = PLANCIA_TABLE_VENDOR;
  guess_addresses (self, table, find_column (self, PLANCIA_COLUMN_ADDRESS));
  if (self->preset == PLANCIA_TABLE_VENDOR)
    self->base = PLANCIA_ADDRESS_HEXADECIMAL;
  self->decimal_comma = guess_decimal_comma (self, table);

  return TRUE;
}

/**
 * plancia_table_layout_apply:
 * @self: a layout that was guessed
 * @preset: the list that the table is known to be
 *
 * Where the registers begin stays as it was.
 */
void
plancia_table_layout_apply (PlanciaTableLayout *self, PlanciaTablePreset preset)
{
  static const PlanciaColumn vendor[] = {PLANCIA_COLUMN_GROUP,
                                         PLANCIA_COLUMN_ADDRESS,
                                         PLANCIA_COLUMN_NAME,
                                         PLANCIA_COLUMN_TYPE,
                                         PLANCIA_COLUMN_SCALE,
                                         PLANCIA_COLUMN_UNIT};
  static const PlanciaColumn iobroker[] = {PLANCIA_COLUMN_ADDRESS,
                                           PLANCIA_COLUMN_NAME,
                                           PLANCIA_COLUMN_NOTE,
                                           PLANCIA_COLUMN_UNIT,
                                           PLANCIA_COLUMN_TYPE,
                                           PLANCIA_COLUMN_COUNT,
                                           PLANCIA_COLUMN_SCALE,
                                           PLANCIA_COLUMN_OFFSET,
                                           PLANCIA_COLUMN_FORMULA,
                                           PLANCIA_COLUMN_IGNORE, /* role */
                                           PLANCIA_COLUMN_IGNORE, /* room */
                                           PLANCIA_COLUMN_POLL,
                                           PLANCIA_COLUMN_ACCESS};
  gboolean                   of_vendor = preset == PLANCIA_TABLE_VENDOR;

  if (preset == PLANCIA_TABLE_OTHER)
    return;
  self->preset = preset;
  self->start = PLANCIA_ADDRESS_FROM_ZERO;
  self->base = of_vendor ? PLANCIA_ADDRESS_HEXADECIMAL : PLANCIA_ADDRESS_DECIMAL;
  memset (self->columns, 0, sizeof self->columns);
  memcpy (self->columns,
          of_vendor ? vendor : iobroker,
          of_vendor ? sizeof vendor : sizeof iobroker);
}

/**
 * plancia_column_title:
 *
 * Returns: (transfer none): what the column holds, in the program's language
 */
const char *
plancia_column_title (PlanciaColumn column)
{
  static const char *const titles[] = {
    [PLANCIA_COLUMN_IGNORE] = N_ ("Not used"),
      [PLANCIA_COLUMN_NAME] = N_ ("Name"),
        [PLANCIA_COLUMN_ADDRESS] = N_ ("Address"),
          [PLANCIA_COLUMN_COUNT] = N_ ("Number of registers"),
            [PLANCIA_COLUMN_TYPE] = N_ ("Type"),
              [PLANCIA_COLUMN_SCALE] = N_ ("Scale"),
                [PLANCIA_COLUMN_DIVISOR] = N_ ("Divisor"),
                  [PLANCIA_COLUMN_OFFSET] = N_ ("Offset"),
                    [PLANCIA_COLUMN_UNIT] = N_ ("Unit"),
                      [PLANCIA_COLUMN_ACCESS] = N_ ("Read or write"),
                        [PLANCIA_COLUMN_GROUP] = N_ ("Group"),
                          [PLANCIA_COLUMN_MINIMUM] = N_ ("Minimum"),
                            [PLANCIA_COLUMN_MAXIMUM] = N_ ("Maximum"),
                              [PLANCIA_COLUMN_FUNCTION] = N_ ("Function code"),
                                [PLANCIA_COLUMN_NOTE] = N_ ("Note"),
                                  [PLANCIA_COLUMN_FORMULA] = N_ ("Formula"),
                                                                 [PLANCIA_COLUMN_POLL] =
                                                                   N_ ("Read regularly"),
                                                                 };

  g_return_val_if_fail (column < G_N_ELEMENTS (titles), "");

  return _ (titles[column]);
}
