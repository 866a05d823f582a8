/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows of a table as registers of a map. */

#include "map/import-table.h"

#include "map/map-private.h"
#include <string.h>

#define MAXIMUM_SERIES 64 /* registers of one row */

typedef struct
{
  PlanciaDelimited         *table;
  const PlanciaTableLayout *layout;
  PlanciaMapDraft          *draft;
  int                       places[PLANCIA_N_COLUMNS]; /* column of each meaning, -1 if none */
  const char               *group; /* of the rows until another is named; borrowed from the table */
  int                       covered_until; /* last address of the row before */
  gboolean unstated_order; /* a number of several registers did not say which word comes first */
} Reader;

/* One row while it is read. */
typedef struct
{
  guint              line;
  const char        *name;
  const char        *type_text;
  PlanciaCellAddress address;
  PlanciaCellType    type;
  gboolean           type_assumed;
  guint              count; /* of the cell, 0 if it does not say */
} Entry;

static const char *
get_cell (const Reader *self, guint row, PlanciaColumn column)
{
  return self->places[column] < 0
           ? ""
           : plancia_delimited_get_cell (self->table, row, self->places[column]);
}

static void
skip (Reader *self, const Entry *entry, PlanciaImportReason reason, const char *detail)
{
  guint count = entry->address.first < 0 ? 0 : entry->address.last - entry->address.first + 1;

  plancia_map_draft_skip (self->draft,
                          reason,
                          entry->line,
                          entry->name,
                          entry->address.first,
                          count,
                          detail);
}

static gboolean
row_is_empty (Reader *self, guint row, int except)
{
  for (guint i = 0; i < plancia_delimited_get_n_columns (self->table); i++)
    if ((int) i != except && plancia_delimited_get_cell (self->table, row, i)[0] != '\0')
      return FALSE;

  return TRUE;
}

/* A row with nothing but a text in its first cell is the title of what follows. */
static gboolean
take_title (Reader *self, guint row)
{
  if (row_is_empty (self, row, -1))
    return TRUE;
  if (get_cell (self, row, PLANCIA_COLUMN_ADDRESS)[0] != '\0' || !row_is_empty (self, row, 0))
    return FALSE;

  self->group = plancia_delimited_get_cell (self->table, row, 0);
  return TRUE;
}

static gboolean
is_reserved (const char *name)
{
  g_autofree char *lower = g_utf8_strdown (name, -1);

  return strstr (lower, "rsvd") != NULL || strstr (lower, "reserved") != NULL;
}

/* What is not stated: one register is a number, two are one of 32 bits, more are shown as they are. */
static void
assume_type (Entry *entry)
{
  guint span = entry->count ? entry->count
                            : (guint) (entry->address.last - entry->address.first + 1);

  entry->type.type = span == 1   ? PLANCIA_FIELD_U16
                     : span == 2 ? PLANCIA_FIELD_U32
                                 : PLANCIA_FIELD_RAW;
  entry->type_assumed = TRUE;
}

static gboolean
read_type (Reader *self, Entry *entry)
{
  if (entry->type_text[0] == '\0') {
    assume_type (entry);
    return TRUE;
  }
  switch (plancia_cell_parse_type (entry->type_text, &entry->type)) {
  case PLANCIA_CELL_TYPE_KNOWN:
    return TRUE;
  case PLANCIA_CELL_TYPE_SWAPPED_BYTES:
    skip (self, entry, PLANCIA_IMPORT_BYTE_ORDER, entry->type_text);
    return FALSE;
  default:
    skip (self, entry, PLANCIA_IMPORT_UNKNOWN_TYPE, entry->type_text);
    return FALSE;
  }
}

static gboolean
read_count (Reader *self, guint row, Entry *entry)
{
  const char *text = get_cell (self, row, PLANCIA_COLUMN_COUNT);
  const char *rest = "";
  double      number = 0;

  entry->count = 0;
  if (text[0] == '\0')
    return TRUE;
  if (!plancia_cell_parse_number (text, FALSE, &number, &rest) || number < 0 || number > 65535) {
    skip (self, entry, PLANCIA_IMPORT_BAD_NUMBER, text);
    return FALSE;
  }
  entry->count = (guint) number;
  return TRUE;
}

/* FALSE: the row gives no register, and why is said unless it is nothing. */
static gboolean
read_entry (Reader *self, guint row, Entry *entry)
{
  const char *address = get_cell (self, row, PLANCIA_COLUMN_ADDRESS);

  *entry = (Entry){
    .line = plancia_delimited_get_line (self->table, row),
    .address = {-1, -1, 0}
  };
  entry->name = get_cell (self, row, PLANCIA_COLUMN_NAME);
  entry->type_text = get_cell (self, row, PLANCIA_COLUMN_TYPE);
  if (address[0] == '\0') {
    skip (self, entry, PLANCIA_IMPORT_NO_ADDRESS, NULL);
    return FALSE;
  }
  if (!plancia_cell_parse_address (address,
                                   self->layout->base,
                                   self->layout->start,
                                   &entry->address)) {
    entry->address.first = -1;
    skip (self, entry, PLANCIA_IMPORT_BAD_ADDRESS, address);
    return FALSE;
  }
  if (entry->name[0] == '\0' && entry->type_text[0] == '\0') {
    /* The next addresses of a long register, each with its own row. */
    if (entry->address.last > self->covered_until)
      skip (self, entry, PLANCIA_IMPORT_NO_NAME, NULL);
    return FALSE;
  }
  if (is_reserved (entry->name)) {
    skip (self, entry, PLANCIA_IMPORT_NO_NAME, NULL);
    return FALSE;
  }

  return read_count (self, row, entry) && read_type (self, entry);
}

/* The number of a cell into *out. FALSE if there is a text that is none; a text behind the number is a doubt. */
static gboolean
take_number (Reader          *self,
             guint            row,
             PlanciaColumn    column,
             PlanciaDraftRow *out_row,
             double          *out,
             gboolean        *given)
{
  const char *text = get_cell (self, row, column);
  const char *rest = "";

  *given = FALSE;
  if (text[0] == '\0' || g_str_equal (text, "-") || g_str_equal (text, "/"))
    return TRUE;
  if (!plancia_cell_parse_number (text, self->layout->decimal_comma, out, &rest))
    return FALSE;
  if (rest[0] != '\0' && column == PLANCIA_COLUMN_SCALE)
    plancia_map_draft_doubt (self->draft, out_row, PLANCIA_IMPORT_SCALE_ASSUMED, text);
  *given = TRUE;
  return TRUE;
}

static gboolean
take_numbers (Reader *self, guint row, PlanciaDraftRow *out)
{
  double   divisor = 1;
  gboolean given;

  if (!take_number (self, row, PLANCIA_COLUMN_SCALE, out, &out->scale, &given) ||
      !take_number (self, row, PLANCIA_COLUMN_OFFSET, out, &out->offset, &given) ||
      !take_number (self, row, PLANCIA_COLUMN_DIVISOR, out, &divisor, &given))
    return FALSE;
  if (given && divisor != 0)
    out->scale /= divisor;
  if (out->scale == 0)
    return FALSE;
  /* Limits are a help, not a reason to lose a register. */
  if (!take_number (self, row, PLANCIA_COLUMN_MINIMUM, out, &out->minimum, &out->has_minimum) ||
      !take_number (self, row, PLANCIA_COLUMN_MAXIMUM, out, &out->maximum, &out->has_maximum))
    out->has_minimum = out->has_maximum = FALSE;

  return TRUE;
}

static void
take_words (Reader *self, guint row, PlanciaDraftRow *out)
{
  const char *formula = get_cell (self, row, PLANCIA_COLUMN_FORMULA);
  const char *poll = get_cell (self, row, PLANCIA_COLUMN_POLL);
  guint8 function = plancia_cell_parse_function (get_cell (self, row, PLANCIA_COLUMN_FUNCTION));

  out->unit = plancia_cell_clean_unit (get_cell (self, row, PLANCIA_COLUMN_UNIT));
  out->note = g_strdup (get_cell (self, row, PLANCIA_COLUMN_NOTE));
  out->wants_write = plancia_cell_is_writable (get_cell (self, row, PLANCIA_COLUMN_ACCESS));
  if (function != 0)
    out->function = function;
  if (g_ascii_strcasecmp (poll, "false") == 0 || g_str_equal (poll, "0"))
    out->poll = PLANCIA_POLL_MANUAL;
  if (formula[0] != '\0')
    plancia_map_draft_doubt (self->draft, out, PLANCIA_IMPORT_FORMULA_DROPPED, formula);
}

/* A register of the draft at the address, named like this. FALSE: a number of the row is none. */
static gboolean
add_register (Reader      *self,
              guint        row,
              const Entry *entry,
              const char  *name,
              int          address,
              guint        count)
{
  PlanciaDraftRow *out = plancia_map_draft_add (self->draft);
  gboolean         is_number = entry->type.type <= PLANCIA_FIELD_F64;

  if (out == NULL)
    return FALSE;

  out->line = entry->line;
  out->name = g_strdup (name);
  out->group = g_strdup (self->group);
  out->address = address;
  out->count = count;
  out->type = entry->type.type;
  out->function = entry->address.function ? entry->address.function : self->layout->function;
  out->little_words = entry->type.states_order ? entry->type.little_words
                                               : self->layout->little_words;
  out->little_words = out->little_words && is_number && count > 1;
  out->hexadecimal = out->type == PLANCIA_FIELD_RAW;
  if (!take_numbers (self, row, out)) {
    plancia_map_draft_drop (self->draft);
    return FALSE;
  }
  self->unstated_order = self->unstated_order ||
                         (is_number && count > 1 && !entry->type.states_order);
  take_words (self, row, out);
  if (entry->type_assumed)
    plancia_map_draft_doubt (self->draft,
                             out,
                             PLANCIA_IMPORT_TYPE_ASSUMED,
                             plancia_field_type_name (out->type));

  return TRUE;
}

/* Width of one register of the row. */
static guint
entry_width (const Entry *entry)
{
  guint width = plancia_field_type_count (entry->type.type);
  guint span = entry->address.last - entry->address.first + 1;

  if (width != 0)
    return width;

  return entry->count > 0 ? entry->count : span;
}

/* "Voltage_PV1 -- 16" at "0584 -- 05B1": sixteen registers, three addresses apart. step is 0 if it does not work out. */
static guint
series_step (const Entry *entry, guint n, guint width)
{
  guint span = entry->address.last - entry->address.first + 1;

  if (n * width == span)
    return width;
  if (n < 2 || (span - width) % (n - 1) != 0 || (span - width) / (n - 1) < width)
    return 0;

  return (span - width) / (n - 1);
}

static void
add_series (Reader      *self,
            guint        row,
            const Entry *entry,
            const char  *stem,
            guint        first,
            guint        n,
            guint        step,
            guint        width)
{
  g_autofree char *amount = g_strdup_printf ("%u", n);

  for (guint i = 0; i < n; i++) {
    g_autofree char *name = g_strdup_printf ("%s%u", stem, first + i);

    if (!add_register (self, row, entry, name, entry->address.first + i * step, width)) {
      skip (self, entry, PLANCIA_IMPORT_BAD_NUMBER, get_cell (self, row, PLANCIA_COLUMN_SCALE));
      return;
    }
    if (i == 0)
      plancia_map_draft_doubt (
        self->draft,
        plancia_map_draft_get_row (self->draft, plancia_map_draft_get_n_rows (self->draft) - 1),
        PLANCIA_IMPORT_RANGE_SPLIT,
        amount);
  }
}

/* More addresses than one register of the type takes. */
static void
add_range (Reader *self, guint row, const Entry *entry, guint width)
{
  guint            span = entry->address.last - entry->address.first + 1;
  g_autofree char *stem = NULL;
  guint            first = 1;
  guint            last = 0;
  guint            n;
  guint            step;

  if (plancia_cell_parse_series (entry->name, &stem, &first, &last)) {
    n = last - first + 1;
    step = n <= MAXIMUM_SERIES ? series_step (entry, n, width) : 0;
  } else {
    stem = g_strconcat (entry->name, " ", NULL);
    n = span / width;
    step = span % width == 0 && n <= MAXIMUM_SERIES ? width : 0;
  }

  if (step == 0)
    skip (self, entry, PLANCIA_IMPORT_BAD_RANGE, get_cell (self, row, PLANCIA_COLUMN_ADDRESS));
  else
    add_series (self, row, entry, stem, first, n, step, width);
}

static void
add_single (Reader *self, guint row, const Entry *entry, guint width)
{
  g_autofree char *stem = NULL;
  guint            first;
  guint            last;
  const char      *name = entry->name;

  /* The characters of a text are counted too: "Serial_Number0 -- 7". */
  if (entry->type.type == PLANCIA_FIELD_ASCII &&
      plancia_cell_parse_series (name, &stem, &first, &last) && last - first + 1 == width)
    name = stem;
  if (!add_register (self, row, entry, name, entry->address.first, width))
    skip (self, entry, PLANCIA_IMPORT_BAD_NUMBER, get_cell (self, row, PLANCIA_COLUMN_SCALE));
}

static void
add_entry (Reader *self, guint row, const Entry *entry)
{
  guint width = entry_width (entry);
  guint span = entry->address.last - entry->address.first + 1;

  self->covered_until = MAX (entry->address.last, entry->address.first + (int) width - 1);
  if (entry->count > 0 && plancia_field_type_count (entry->type.type) != 0 && entry->count != width)
    skip (self, entry, PLANCIA_IMPORT_COUNT_MISMATCH, entry->type_text);
  else if (span > 1 && span < width)
    skip (self, entry, PLANCIA_IMPORT_COUNT_MISMATCH, entry->type_text);
  else if (span > width)
    add_range (self, row, entry, width);
  else
    add_single (self, row, entry, width);
}

static void
read_row (Reader *self, guint row)
{
  const char *group = get_cell (self, row, PLANCIA_COLUMN_GROUP);
  Entry       entry;

  if (take_title (self, row))
    return;
  /* Merged cells of a spreadsheet leave the rows below empty. */
  if (group[0] != '\0')
    self->group = group;
  if (read_entry (self, row, &entry))
    add_entry (self, row, &entry);
}

static void
find_places (Reader *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->places); i++)
    self->places[i] = -1;
  for (guint i = plancia_delimited_get_n_columns (self->table); i > 0; i--)
    self->places[self->layout->columns[i - 1]] = (int) i - 1;
  self->places[PLANCIA_COLUMN_IGNORE] = -1;
}

static void
remark_assumptions (Reader *self)
{
  if (self->layout->start == PLANCIA_ADDRESS_MODICON)
    plancia_map_draft_remark (self->draft, PLANCIA_IMPORT_ASSUMED_MODICON, NULL);
  else
    plancia_map_draft_remark (self->draft,
                              self->layout->base == PLANCIA_ADDRESS_HEXADECIMAL
                                ? PLANCIA_IMPORT_ASSUMED_HEXADECIMAL
                                : PLANCIA_IMPORT_ASSUMED_DECIMAL,
                              NULL);
  if (plancia_delimited_is_code_page (self->table))
    plancia_map_draft_remark (self->draft, PLANCIA_IMPORT_ASSUMED_CODE_PAGE, NULL);
  if (self->unstated_order && !self->layout->little_words)
    plancia_map_draft_remark (self->draft, PLANCIA_IMPORT_ASSUMED_HIGH_FIRST, NULL);
}

/**
 * plancia_import_table:
 * @table: the cells
 * @layout: what they mean
 * @draft: takes the registers, and what became of the other rows
 *
 * Any thread.
 */
void
plancia_import_table (PlanciaDelimited         *table,
                      const PlanciaTableLayout *layout,
                      PlanciaMapDraft          *draft)
{
  Reader reader = {.table = table, .layout = layout, .draft = draft, .covered_until = -1};

  find_places (&reader);
  for (guint row = layout->first_row; row < plancia_delimited_get_n_rows (table); row++)
    read_row (&reader, row);
  remark_assumptions (&reader);
}
