/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/field.h"

G_BEGIN_DECLS

typedef enum {
  PLANCIA_VALUE_NONE,   /* the device says: no data (invalid raw value, NAN) */
  PLANCIA_VALUE_NUMBER, /* number; integer holds the raw number before scale when it is one */
  PLANCIA_VALUE_TEXT,   /* ascii, bcd16, clock6, raw */
  PLANCIA_VALUE_BITS,   /* integer: the low 64 bits; all bits are in the words */
} PlanciaValueKind;

/* A value of a field. On the stack or inside a reading; clear with plancia_value_clear. */
typedef struct
{
  PlanciaValueKind kind;
  double           number; /* scaled; hhmm: minutes since midnight; mmdd: month * 100 + day */
  gint64           integer;
  char            *text;
} PlanciaValue;

void     plancia_value_clear (PlanciaValue *self);
void     plancia_value_copy (const PlanciaValue *self, PlanciaValue *out);
gboolean plancia_value_equal (const PlanciaValue *a, const PlanciaValue *b);

/* words: field->count of them, as on the wire. All types of the schema. Never fails for words of the
 * right count: what makes no sense (month 13) comes as text with the raw digits. */
void plancia_field_decode (const PlanciaField *field, const guint16 *words, PlanciaValue *out);
/* The opposite. present: the words now in the device for masked fields and bits, or NULL.
 * PLANCIA_DEVICE_ERROR_OUT_OF_RANGE names the field, the limit and the value. */
gboolean plancia_field_encode (const PlanciaField *field,
                               const PlanciaValue *value,
                               const guint16      *present,
                               guint16            *words,
                               GError            **error);
/* Range, step, enumeration. */
gboolean plancia_field_check (const PlanciaField *field, const PlanciaValue *value, GError **error);

/* For people, without the unit, in the locale; enumerations and set bits as (translated) words,
 * em dash for none. words may be NULL except for bits. (transfer full) */
char *
plancia_field_format (const PlanciaField *field, const PlanciaValue *value, const guint16 *words);
/* For files and JSON: C locale, enumerations as numbers. (transfer full) */
char *plancia_field_format_plain (const PlanciaField *field, const PlanciaValue *value);
/* What a person or a command line wrote: number (dot or comma), label of the table, HH:MM, MM-DD,
 * YYYY-MM-DD HH:MM:SS, text. PLANCIA_DEVICE_ERROR_OUT_OF_RANGE or PLANCIA_DOCUMENT_ERROR_INVALID. */
gboolean plancia_field_parse (const PlanciaField *field,
                              const char         *text,
                              PlanciaValue       *out,
                              GError            **error);
/* Numbers of the bits that are set. (transfer full) GArray of guint. */
GArray *plancia_field_list_bits (const PlanciaField *field, const guint16 *words);
/* "0001 003C": upper-case hex words. (transfer full) */
char *plancia_words_format (const guint16 *words, guint count);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlanciaValue, plancia_value_clear)

G_END_DECLS
