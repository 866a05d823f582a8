/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/map.h"
#include <glib-object.h>

G_BEGIN_DECLS

/* One register without a meaning: its word, and what it would be as each type. Main thread. Property "serial" (guint) counts
 * changes and is the only one that notifies. */
#define PLANCIA_TYPE_RAW_ROW (plancia_raw_row_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaRawRow, plancia_raw_row, PLANCIA, RAW_ROW, GObject)

/* Which byte of a number of two registers comes first on the wire; A is the most significant. */
typedef enum {
  PLANCIA_WORDS_ABCD,
  PLANCIA_WORDS_CDAB,
  PLANCIA_WORDS_BADC,
  PLANCIA_WORDS_DCBA,
  PLANCIA_N_WORD_ORDERS,
} PlanciaWordOrder;

typedef enum {
  PLANCIA_RAW_ADDRESS,
  PLANCIA_RAW_DECIMAL, /* the address, decimal */
  PLANCIA_RAW_HEX,
  PLANCIA_RAW_U16,
  PLANCIA_RAW_I16,
  PLANCIA_RAW_U32,
  PLANCIA_RAW_I32,
  PLANCIA_RAW_F32,
  PLANCIA_RAW_BITS,
  PLANCIA_RAW_TEXT,
  PLANCIA_RAW_NAME, /* in the map */
  PLANCIA_N_RAW_FORMS,
} PlanciaRawForm;

PlanciaRawRow *plancia_raw_row_new (guint16 address, gboolean bit, const char *name);
guint16        plancia_raw_row_get_address (PlanciaRawRow *self);
gboolean       plancia_raw_row_is_bit (PlanciaRawRow *self); /* a coil: only 0 or 1 */
/* next: the word of the following register, or -1. time: ms UTC. Notifies if anything moved. */
void plancia_raw_row_set (PlanciaRawRow *self, guint16 word, int next, gint64 time);
/* -1 before the first reading. */
int    plancia_raw_row_get_word (PlanciaRawRow *self);
gint64 plancia_raw_row_get_changed (PlanciaRawRow *self); /* when the word last moved, 0 never */
/* The word to compare with is the present one from now on, or (FALSE) there is none any more. */
void plancia_raw_row_keep (PlanciaRawRow *self, gboolean keep);
int  plancia_raw_row_get_kept (PlanciaRawRow *self); /* -1: none */
/* For people; an em dash where there is none. (transfer full) */
char *plancia_raw_row_format (PlanciaRawRow *self, PlanciaRawForm form, PlanciaWordOrder order);
/* For files: C locale, "" where there is none. (transfer full) */
char *
plancia_raw_row_format_plain (PlanciaRawRow *self, PlanciaRawForm form, PlanciaWordOrder order);
/* "ABCD", ... */
const char *plancia_word_order_name (PlanciaWordOrder order);

G_END_DECLS
