/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/value-out.h"

#include "base/text.h"
#include "cli/json-out.h"
#include <math.h>

#define EM_DASH "\342\200\224"
/* More words than this say nothing to a person and make lines that wrap. */
#define SHOWN_WORDS 8
/* From here on a double does not tell neighbouring integers apart: 2^53. */
#define EXACT_LIMIT 9007199254740992.0

static gboolean
is_pair (const PlanciaField *field)
{
  return field != NULL && (field->type == PLANCIA_FIELD_HHMM || field->type == PLANCIA_FIELD_MMDD);
}

static void
out_number (GString *out, const PlanciaField *field, const PlanciaValue *value)
{
  g_autofree char *plain = NULL;

  if (field == NULL || (!is_pair (field) && fabs (value->number) < EXACT_LIMIT)) {
    plancia_json_out_number (out, value->number);
    return;
  }

  plain = plancia_field_format_plain (field, value);
  if (is_pair (field))
    plancia_json_out_text (out, plain);
  else
    plancia_json_out_raw (out, plain);
}

/**
 * plancia_value_out_json:
 * @field: (nullable): the register's field
 *
 * Enumerations and bits are numbers, times of day "HH:MM".
 */
void
plancia_value_out_json (GString *out, const PlanciaField *field, const PlanciaValue *value)
{
  g_autofree char *bits = NULL;

  switch (value->kind) {
  case PLANCIA_VALUE_NUMBER:
    out_number (out, field, value);
    break;
  case PLANCIA_VALUE_BITS:
    bits = g_strdup_printf ("%" G_GUINT64_FORMAT, (guint64) value->integer);
    plancia_json_out_raw (out, bits);
    break;
  case PLANCIA_VALUE_TEXT:
    plancia_json_out_text (out, value->text);
    break;
  case PLANCIA_VALUE_NONE:
  default:
    plancia_json_out_text (out, NULL);
    break;
  }
}

/**
 * plancia_value_out_json_words:
 * @words: (nullable): as on the wire
 */
void
plancia_value_out_json_words (GString *out, const PlanciaField *field, const guint16 *words)
{
  g_auto (PlanciaValue) value = {0};

  if (words != NULL)
    plancia_field_decode (field, words, &value);
  plancia_value_out_json (out, field, &value);
}

/**
 * plancia_value_out_text:
 * @field: (nullable): the register's field
 * @words: (nullable): its words
 *
 * Returns: (transfer full): the value in the locale, without unit
 */
char *
plancia_value_out_text (const PlanciaField *field, const PlanciaValue *value, const guint16 *words)
{
  if (field != NULL)
    return plancia_field_format (field, value, words);
  if (value->kind == PLANCIA_VALUE_NUMBER)
    return plancia_text_number (value->number, value->number == trunc (value->number) ? 0 : 2);
  if (value->kind == PLANCIA_VALUE_TEXT)
    return g_strdup (value->text);

  return g_strdup (EM_DASH);
}

/**
 * plancia_value_out_text_words:
 * @words: (nullable): as on the wire
 *
 * Returns: (transfer full): as plancia_value_out_text()
 */
char *
plancia_value_out_text_words (const PlanciaField *field, const guint16 *words)
{
  g_auto (PlanciaValue) value = {0};

  if (words != NULL)
    plancia_field_decode (field, words, &value);

  return plancia_value_out_text (field, &value, words);
}

/**
 * plancia_value_out_raw:
 * @words: (nullable): as on the wire
 *
 * Returns: (transfer full): "0001 003C"
 */
char *
plancia_value_out_raw (const guint16 *words, guint count)
{
  g_autofree char *shown = NULL;

  if (words == NULL)
    return g_strdup (EM_DASH);

  shown = plancia_words_format (words, MIN (count, SHOWN_WORDS));

  return count > SHOWN_WORDS ? g_strconcat (shown, " \342\200\246", NULL)
                             : g_steal_pointer (&shown);
}
