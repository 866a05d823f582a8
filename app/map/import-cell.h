/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/field.h"

G_BEGIN_DECLS

/* What people write into the cells of register lists. Pure functions. */

typedef enum {
  PLANCIA_ADDRESS_DECIMAL,
  PLANCIA_ADDRESS_HEXADECIMAL,
} PlanciaAddressBase;

typedef enum {
  PLANCIA_ADDRESS_FROM_ZERO, /* as on the wire */
  PLANCIA_ADDRESS_FROM_ONE,
  PLANCIA_ADDRESS_MODICON, /* 40001 is holding register 0, 30001 input register 0 */
} PlanciaAddressStart;

typedef struct
{
  int    first;    /* on the wire */
  int    last;     /* first if the cell is no range */
  guint8 function; /* 0 unless the address says it (Modicon) */
} PlanciaCellAddress;

typedef enum {
  PLANCIA_CELL_TYPE_KNOWN,
  PLANCIA_CELL_TYPE_UNKNOWN,
  PLANCIA_CELL_TYPE_SWAPPED_BYTES, /* bytes swapped within a register of several: we have no such type */
} PlanciaCellVerdict;

typedef struct
{
  PlanciaFieldType type;
  gboolean         little_words;
  gboolean         states_order; /* the name says which word comes first */
} PlanciaCellType;

/* "0404", "0x0404", "404h", "1028", "40001", "0684 -- 0685". A mark ("0x", "h") wins over base. FALSE if it is none or not within
 * 0 to 65535. */
gboolean plancia_cell_parse_address (const char         *text,
                                     PlanciaAddressBase  base,
                                     PlanciaAddressStart start,
                                     PlanciaCellAddress *out);
/* Whether only a hexadecimal reading makes sense: a mark, a letter, or four digits with a zero before. */
gboolean plancia_cell_looks_hexadecimal (const char *text);
/* "0.01", "0,01", "1.000,5", "1/10", "10", "0.1kW": *rest is what follows the number ("kW"), "" if nothing. decimal_comma: a
 * lone comma is the decimal sign, else it splits groups of three. FALSE if there is no number or it is not finite. */
gboolean plancia_cell_parse_number (const char  *text,
                                    gboolean     decimal_comma,
                                    double      *out,
                                    const char **rest);
/* "U16", "UINT32", "int16be", "floatsw", "S16", "ASCII", ... */
PlanciaCellVerdict plancia_cell_parse_type (const char *text, PlanciaCellType *out);
/* "RW", "W", "true", "read/write": the file calls it writable. */
gboolean plancia_cell_is_writable (const char *text);
/* "holding", "3", "FC04", "input": 1 to 4; 0 if it says nothing. */
guint8 plancia_cell_parse_function (const char *text);
/* "Fault1 -- 18" to "Fault", 1, 18. FALSE if the name counts nothing. (out stem: transfer full) */
gboolean plancia_cell_parse_series (const char *text, char **stem, guint *first, guint *last);
/* Units as we write them: "℃" to "°C". (transfer full) */
char *plancia_cell_clean_unit (const char *text);

G_END_DECLS
