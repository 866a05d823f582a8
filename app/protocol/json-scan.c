/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/json-scan.h"

#include <string.h>

/* Deeper than any answer; a scan recurses. */
#define MAXIMUM_DEPTH 32
/* Digits of which any number is a gint64. */
#define MAXIMUM_DIGITS 18
/* Whole numbers and powers of ten that doubles hold exactly: the quotient of two such is rounded once, as by strtod (). */
#define MAXIMUM_EXACT G_GUINT64_CONSTANT (9007199254740992)

static const double powers[] = {1,
                                1e1,
                                1e2,
                                1e3,
                                1e4,
                                1e5,
                                1e6,
                                1e7,
                                1e8,
                                1e9,
                                1e10,
                                1e11,
                                1e12,
                                1e13,
                                1e14,
                                1e15,
                                1e16,
                                1e17,
                                1e18};

static inline gboolean
fail (const char **at)
{
  *at = NULL;
  return FALSE;
}

char
plancia_json_scan_peek (const char **at)
{
  const char *c = *at;

  if (c == NULL)
    return '\0';
  while (*c == ' ' || *c == '\n' || *c == '\r' || *c == '\t')
    c++;
  *at = c;
  return *c;
}

gboolean
plancia_json_scan_char (const char **at, char c)
{
  if (plancia_json_scan_peek (at) != c)
    return fail (at);
  (*at)++;
  return TRUE;
}

gboolean
plancia_json_scan_word (const char **at, const char *word)
{
  gsize length = strlen (word);

  plancia_json_scan_peek (at);
  if (*at == NULL || strncmp (*at, word, length) != 0)
    return fail (at);
  *at += length;
  return TRUE;
}

gboolean
plancia_json_scan_text (const char **at, const char **start, gsize *length)
{
  const char *c;

  if (!plancia_json_scan_char (at, '"'))
    return FALSE;
  *start = c = *at;
  while ((guchar) *c >= 0x20 && (guchar) *c < 0x7f && *c != '"' && *c != '\\')
    c++;
  if (*c != '"')
    return fail (at);
  *length = (gsize) (c - *start);
  *at = c + 1;
  return TRUE;
}

/* Reads digits behind those in whole; how many they were. Of more than fit whole is of no use. */
static guint
scan_digits (const char **at, guint64 *whole)
{
  const char *start = *at, *c = start;

  for (; *c >= '0' && *c <= '9'; c++)
    *whole = *whole * 10 + (guint64) (*c - '0');
  *at = c;
  return (guint) (c - start);
}

static gboolean
scan_exponent (const char **at)
{
  guint64 unused = 0;

  (*at)++;
  if (**at == '+' || **at == '-')
    (*at)++;
  return scan_digits (at, &unused) > 0 || fail (at);
}

/* One whose digits are few is the quotient of two exact numbers. */
static double
make_number (const char *start, guint64 whole, guint digits, guint decimals)
{
  double number;

  if (digits > MAXIMUM_DIGITS || (decimals > 0 && whole > MAXIMUM_EXACT))
    return g_ascii_strtod (start, NULL);
  number = (double) whole / powers[decimals];
  return *start == '-' ? -number : number;
}

gboolean
plancia_json_scan_number (const char **at, double *number)
{
  guint64     whole = 0;
  guint       digits, decimals = 0;
  const char *start;

  plancia_json_scan_peek (at);
  if (*at == NULL)
    return FALSE;
  start = *at;
  *at += *start == '-';
  digits = scan_digits (at, &whole);
  if (digits == 0 || digits > MAXIMUM_DIGITS || (digits > 1 && (*at)[-(int) digits] == '0'))
    return fail (at);
  if (**at == '.') {
    (*at)++;
    decimals = scan_digits (at, &whole);
    if (decimals == 0)
      return fail (at);
  }
  if (**at == 'e' || **at == 'E') {
    if (!scan_exponent (at))
      return FALSE;
    *number = g_ascii_strtod (start, NULL);
  } else {
    *number = make_number (start, whole, digits + decimals, decimals);
  }
  return TRUE;
}

gboolean
plancia_json_scan_next (const char **at, char end, gboolean *begun)
{
  char c = plancia_json_scan_peek (at);

  if (c == end && *at != NULL) {
    (*at)++;
    return FALSE;
  }
  if (*begun && !plancia_json_scan_char (at, ','))
    return FALSE;
  *begun = TRUE;
  return *at != NULL;
}

gboolean
plancia_json_scan_member (const char **at, gboolean *begun, const char **name, gsize *length)
{
  return plancia_json_scan_next (at, '}', begun) && plancia_json_scan_text (at, name, length) &&
         plancia_json_scan_char (at, ':');
}

static gboolean
scan_any (const char **at, guint depth)
{
  gboolean    begun = FALSE;
  const char *name;
  gsize       length;
  double      number;

  switch (plancia_json_scan_peek (at)) {
  case '"':
    return plancia_json_scan_text (at, &name, &length);
  case 't':
    return plancia_json_scan_word (at, "true");
  case 'f':
    return plancia_json_scan_word (at, "false");
  case 'n':
    return plancia_json_scan_word (at, "null");
  case '[':
    (*at)++;
    while (depth < MAXIMUM_DEPTH && plancia_json_scan_next (at, ']', &begun))
      scan_any (at, depth + 1);
    break;
  case '{':
    (*at)++;
    while (depth < MAXIMUM_DEPTH && plancia_json_scan_member (at, &begun, &name, &length))
      scan_any (at, depth + 1);
    break;
  default:
    return plancia_json_scan_number (at, &number);
  }
  return (depth < MAXIMUM_DEPTH || fail (at)) && *at != NULL;
}

gboolean
plancia_json_scan_value (const char **at)
{
  return scan_any (at, 0);
}
