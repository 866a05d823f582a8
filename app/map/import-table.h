/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/delimited.h"
#include "map/import-cell.h"
#include "map/map-draft.h"

G_BEGIN_DECLS

/* Register lists as tables: CSV and TSV, as they come out of the vendor's spreadsheet, of ioBroker, or of anybody's own. */

typedef enum {
  PLANCIA_COLUMN_IGNORE,
  PLANCIA_COLUMN_NAME,
  PLANCIA_COLUMN_ADDRESS,
  PLANCIA_COLUMN_COUNT,
  PLANCIA_COLUMN_TYPE,
  PLANCIA_COLUMN_SCALE,
  PLANCIA_COLUMN_DIVISOR, /* the raw value is divided by it ("gain") */
  PLANCIA_COLUMN_OFFSET,
  PLANCIA_COLUMN_UNIT,
  PLANCIA_COLUMN_ACCESS,
  PLANCIA_COLUMN_GROUP,
  PLANCIA_COLUMN_MINIMUM,
  PLANCIA_COLUMN_MAXIMUM,
  PLANCIA_COLUMN_FUNCTION,
  PLANCIA_COLUMN_NOTE,
  PLANCIA_COLUMN_FORMULA,
  PLANCIA_COLUMN_POLL,
  PLANCIA_N_COLUMNS,
} PlanciaColumn;

typedef enum {
  PLANCIA_TABLE_OTHER,
  PLANCIA_TABLE_VENDOR,   /* function name; register address; fields; type; accuracy; units */
  PLANCIA_TABLE_IOBROKER, /* _address name description unit type len factor offset ... */
} PlanciaTablePreset;

/* How the table is read; a person may change each of it. */
typedef struct
{
  PlanciaTablePreset  preset;
  guint               first_row; /* of the registers: behind the heads */
  PlanciaColumn       columns[PLANCIA_DELIMITED_MAXIMUM_COLUMNS];
  PlanciaAddressBase  base;
  PlanciaAddressStart start;
  gboolean            decimal_comma;
  gboolean            little_words; /* of types that do not say */
  guint8              function;     /* of rows that do not say: 3 or 4 */
} PlanciaTableLayout;

/* What the heads and the cells suggest. FALSE if no column of addresses was found: then a person has to choose. */
gboolean plancia_table_layout_guess (PlanciaTableLayout *self, PlanciaDelimited *table);
/* Columns as they stand in a known list, for a table whose heads do not tell. OTHER changes nothing. */
void plancia_table_layout_apply (PlanciaTableLayout *self, PlanciaTablePreset preset);
/* Heads in words for a chooser: "Address", ... Translated. */
const char *plancia_column_title (PlanciaColumn column);
/* Turns every row into registers of the draft. */
void plancia_import_table (PlanciaDelimited         *table,
                           const PlanciaTableLayout *layout,
                           PlanciaMapDraft          *draft);

G_END_DECLS
