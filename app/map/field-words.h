/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/field.h"

G_BEGIN_DECLS

/* Between the words on the wire and one raw number: word order, byte order, mask and shift, sign.
 * Private to app/map. */

/* Highest number of words that one raw number can have. */
#define PLANCIA_NUMBER_WORDS 4

/* The number's bits, right-aligned; of a signed type not extended. */
guint64 plancia_field_get_bits (const PlanciaField *field, const guint16 *words);
/* present: the words that the bits outside of the mask are taken from, or NULL for zeros. */
void plancia_field_put_bits (const PlanciaField *field,
                             guint64             bits,
                             const guint16      *present,
                             guint16            *words);
/* Number of bits of the raw number. */
guint    plancia_field_width (const PlanciaField *field);
gboolean plancia_field_is_signed (const PlanciaField *field);
gboolean plancia_field_is_float (const PlanciaField *field);
/* Of the types that are numbers with a scale. */
gboolean plancia_field_is_number (const PlanciaField *field);
/* Whether the map lists these bits as "no data". */
gboolean plancia_field_is_invalid (const PlanciaField *field, guint64 bits);
/* The raw number with its sign, from its bits. */
gint64 plancia_field_extend (const PlanciaField *field, guint64 bits);

/* raw * scale + offset, so that decimal scales give the nearest double of the decimal number. */
double plancia_field_scale_up (const PlanciaField *field, double raw);
double plancia_field_scale_down (const PlanciaField *field, double value);
/* Scaled value of a raw integer (of u64: its bits). */
double plancia_field_scale_integer (const PlanciaField *field, gint64 raw);

/* Word with its bytes in the order of people: high byte first. */
guint16 plancia_field_word (const PlanciaField *field, guint16 word);

G_END_DECLS
