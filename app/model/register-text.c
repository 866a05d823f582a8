/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/register-text.h"

#include "base/clock.h"
#include "base/csv.h"
#include "base/text.h"

static char *
words_of (PlanciaRegisterRow *row)
{
  const guint16 *words = plancia_register_row_get_words (row);

  return words != NULL ? plancia_words_format (words, plancia_register_row_get_field (row)->count)
                       : NULL;
}

/**
 * plancia_register_text_access:
 *
 * Returns: (transfer none): "R", "W" or "RW"; what Plancia never writes counts as "R".
 */
const char *
plancia_register_text_access (PlanciaRegisterRow *row)
{
  if (!plancia_register_row_is_writable (row))
    return "R";
  return plancia_register_row_get_field (row)->access & PLANCIA_ACCESS_READ ? "RW" : "W";
}

/**
 * plancia_register_text_row:
 *
 * Returns: (transfer full): the cells of one row with tabs between them
 */
char *
plancia_register_text_row (PlanciaRegisterRow *row, const char *device, GTimeZone *zone)
{
  const PlanciaField *field = plancia_register_row_get_field (row);
  gint64              time = plancia_register_row_get_time (row);
  g_autofree char    *words = words_of (row);
  g_autofree char    *when = time != 0 ? plancia_text_iso_time (time, zone) : g_strdup ("");

  return g_strdup_printf ("%s%s%s\t%s\t%s\t%s\t0x%04X\t%s",
                          device != NULL ? device : "",
                          device != NULL ? "\t" : "",
                          plancia_register_row_get_name (row),
                          plancia_register_row_get_text (row),
                          field->unit,
                          words != NULL ? words : "",
                          (guint) field->address,
                          when);
}

void
plancia_register_text_append_titles (GString *out, gboolean with_device, char separator)
{
  static const char *const titles[] = {"device",
                                       "name",
                                       "key",
                                       "value",
                                       "text",
                                       "unit",
                                       "raw",
                                       "register",
                                       "access",
                                       "time",
                                       "age_s",
                                       "quality"};
  guint                    first = with_device ? 0 : 1;

  plancia_csv_append_row (out, titles + first, G_N_ELEMENTS (titles) - first, separator);
}

/**
 * plancia_register_text_append:
 *
 * "value" is for programs, "text" as people see it: an enumeration has its number there and its word here.
 */
void
plancia_register_text_append (GString            *out,
                              PlanciaRegisterRow *row,
                              const char         *device,
                              char                separator)
{
  const PlanciaField *field = plancia_register_row_get_field (row);
  const PlanciaValue *value = plancia_register_row_get_value (row);
  gboolean            any = value->kind != PLANCIA_VALUE_NONE;
  gint64              time = plancia_register_row_get_time (row);
  g_autofree char    *plain = any ? plancia_field_format_plain (field, value) : NULL;
  g_autofree char    *words = words_of (row);
  g_autofree char    *address = g_strdup_printf ("0x%04X", (guint) field->address);
  g_autofree char    *when = time != 0 ? plancia_text_utc_time (time) : NULL;
  g_autofree char    *age = NULL;
  guint               first = device != NULL ? 0 : 1;

  if (time != 0)
    age = g_strdup_printf ("%" G_GINT64_FORMAT, (plancia_clock_now () - time) / 1000);

  const char *cells[] = {device,
                         plancia_register_row_get_name (row),
                         field->key,
                         plain,
                         any ? plancia_register_row_get_text (row) : NULL,
                         field->unit,
                         words,
                         address,
                         plancia_register_text_access (row),
                         when,
                         age,
                         plancia_quality_name (plancia_register_row_get_quality (row))};

  plancia_csv_append_row (out, cells + first, G_N_ELEMENTS (cells) - first, separator);
}

char *
plancia_register_text_table (GListModel *rows, char separator)
{
  GString *out = g_string_new (NULL);

  plancia_register_text_append_titles (out, FALSE, separator);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++) {
    g_autoptr (PlanciaRegisterRow) row = g_list_model_get_item (rows, i);

    plancia_register_text_append (out, row, NULL, separator);
  }
  return g_string_free (out, FALSE);
}
