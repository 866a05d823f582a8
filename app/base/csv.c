/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"

#include <string.h>

/* −3,5 and +39 are values; −A1 is none. */
static gboolean
is_formula (const char *text)
{
  if (text[0] == '=' || text[0] == '@' || text[0] == '\t' || text[0] == '\r')
    return TRUE;
  if (text[0] != '+' && text[0] != '-')
    return FALSE;
  return strspn (text + 1, "0123456789.,eE+- ") != strlen (text + 1);
}

static gboolean
needs_quotes (const char *text, char separator)
{
  return strpbrk (text, "\"\r\n") != NULL || strchr (text, separator) != NULL;
}

void
plancia_csv_append_text (GString *out, const char *text, char separator)
{
  gboolean formula;

  if (text == NULL)
    return;
  formula = is_formula (text);
  if (!formula && !needs_quotes (text, separator)) {
    g_string_append (out, text);
    return;
  }
  g_string_append_c (out, '"');
  if (formula)
    g_string_append_c (out, '\'');
  for (const char *p = text; *p != '\0'; p++) {
    if (*p == '"')
      g_string_append_c (out, '"');
    g_string_append_c (out, *p);
  }
  g_string_append_c (out, '"');
}

void
plancia_csv_append_row (GString *out, const char *const *cells, gsize n_cells, char separator)
{
  for (gsize i = 0; i < n_cells; i++) {
    if (i > 0)
      g_string_append_c (out, separator);
    plancia_csv_append_text (out, cells[i], separator);
  }
  g_string_append (out, "\r\n");
}
