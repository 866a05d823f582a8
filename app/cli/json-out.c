/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/json-out.h"

#include <math.h>
#include <string.h>

#define ENOUGH_DIGITS 17
/* Whole numbers up to here are written with all their digits, not as 4e+01. */
#define PLAIN_LIMIT 1e15

static void
separate (GString *out)
{
  char last = out->len > 0 ? out->str[out->len - 1] : '\0';

  if (last != '\0' && strchr ("{[:\n", last) == NULL)
    g_string_append (out, ",");
}

static void
append_quoted (GString *out, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  g_string_append_c (out, '"');
  for (const char *at = valid; *at != '\0'; at++) {
    if (*at == '"' || *at == '\\')
      g_string_append_printf (out, "\\%c", *at);
    else if ((guchar) *at < 0x20 || *at == 0x7f)
      g_string_append_printf (out, "\\u%04x", (guchar) *at);
    else
      g_string_append_c (out, *at);
  }
  g_string_append_c (out, '"');
}

/**
 * plancia_json_out_open:
 * @bracket: '{' or '['
 */
void
plancia_json_out_open (GString *out, char bracket)
{
  separate (out);
  g_string_append_c (out, bracket);
}

/**
 * plancia_json_out_close:
 * @bracket: '}' or ']'
 */
void
plancia_json_out_close (GString *out, char bracket)
{
  g_string_append_c (out, bracket);
}

/**
 * plancia_json_out_key:
 */
void
plancia_json_out_key (GString *out, const char *key)
{
  separate (out);
  append_quoted (out, key);
  g_string_append_c (out, ':');
}

/**
 * plancia_json_out_text:
 * @text: (nullable): %NULL gives null
 */
void
plancia_json_out_text (GString *out, const char *text)
{
  separate (out);
  if (text != NULL)
    append_quoted (out, text);
  else
    g_string_append (out, "null");
}

/**
 * plancia_json_out_integer:
 */
void
plancia_json_out_integer (GString *out, gint64 number)
{
  separate (out);
  g_string_append_printf (out, "%" G_GINT64_FORMAT, number);
}

/**
 * plancia_json_out_number:
 *
 * The fewest digits that give the same number again; null for what JSON has no word for.
 */
void
plancia_json_out_number (GString *out, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  separate (out);
  if (!isfinite (number)) {
    g_string_append (out, "null");
    return;
  }
  if (number == trunc (number) && fabs (number) < PLAIN_LIMIT) {
    g_string_append_printf (out, "%" G_GINT64_FORMAT, (gint64) number);
    return;
  }
  for (int digits = 1; digits <= ENOUGH_DIGITS; digits++) {
    g_autofree char *format = g_strdup_printf ("%%.%dg", digits);

    g_ascii_formatd (text, sizeof text, format, number);
    if (g_ascii_strtod (text, NULL) == number)
      break;
  }
  g_string_append (out, text);
}

/**
 * plancia_json_out_raw:
 * @json: a whole JSON value
 */
void
plancia_json_out_raw (GString *out, const char *json)
{
  separate (out);
  g_string_append (out, json);
}

/**
 * plancia_json_out_member:
 */
void
plancia_json_out_member (GString *out, const char *key, const char *text)
{
  plancia_json_out_key (out, key);
  plancia_json_out_text (out, text);
}

/**
 * plancia_json_out_words:
 * @words: (nullable): %NULL gives the empty list
 */
void
plancia_json_out_words (GString *out, const char *key, const guint16 *words, guint count)
{
  plancia_json_out_key (out, key);
  plancia_json_out_open (out, '[');
  for (guint i = 0; words != NULL && i < count; i++)
    plancia_json_out_integer (out, words[i]);
  plancia_json_out_close (out, ']');
}
