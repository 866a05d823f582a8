/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/language.h"

#include "base/span.h"
#include "base/text.h"
#include "report/catalog.h"
#include <glib/gi18n.h>
#include <libintl.h>
#include <math.h>
#include <string.h>

#define MINUS_SIGN  "\xe2\x88\x92" /* U+2212 */
#define GROUP_SPACE "\xe2\x80\xaf" /* U+202F narrow no-break space */
#define EM_DASH     "\xe2\x80\x94" /* U+2014 */
#define NO_BREAK    "\xc2\xa0"

struct _PlanciaReportLanguage
{
  gatomicrefcount references;
  const char     *code;
  const char     *decimal;
  PlanciaCatalog *catalog; /* NULL for English */
};

/* What there is. */
static const struct
{
  const char *code;
  const char *decimal;
} known[] = {
  {"en", "."},
  {"it", ","},
};

static const char *const months[] = {
  NC_ ("month", "January"),
  NC_ ("month", "February"),
  NC_ ("month", "March"),
  NC_ ("month", "April"),
  NC_ ("month", "May"),
  NC_ ("month", "June"),
  NC_ ("month", "July"),
  NC_ ("month", "August"),
  NC_ ("month", "September"),
  NC_ ("month", "October"),
  NC_ ("month", "November"),
  NC_ ("month", "December"),
};

static guint
find_known (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].code, code))
      return i;
  return G_N_ELEMENTS (known);
}

/* The first of the person's languages that there is. */
static guint
find_own (void)
{
  const char *const *names = g_get_language_names_with_category ("LC_MESSAGES");

  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *code = g_strndup (names[i], 2);
    guint            found = find_known (code);

    if (found < G_N_ELEMENTS (known))
      return found;
  }
  return 0;
}

/**
 * plancia_report_language_new:
 * @code: (nullable): "en" or "it"
 * @error: return location
 *
 * Call plancia_installation_init_language() before. Blocking.
 *
 * Returns: (transfer full): the language, or NULL
 */
PlanciaReportLanguage *
plancia_report_language_new (const char *code, GError **error)
{
  guint            index = code != NULL ? find_known (code) : find_own ();
  const char      *folder = bindtextdomain (GETTEXT_PACKAGE, NULL);
  g_autofree char *path = NULL;
  PlanciaCatalog  *catalog = NULL;

  if (index == G_N_ELEMENTS (known)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no language \"%s\"", code);
    return NULL;
  }
  path = g_build_filename (folder != NULL ? folder : PLANCIA_LOCALE_DIR,
                           known[index].code,
                           "LC_MESSAGES",
                           GETTEXT_PACKAGE ".mo",
                           NULL);
  /* The texts are English by themselves. */
  if (index > 0 && (catalog = plancia_catalog_load (path, error)) == NULL)
    return NULL;

  PlanciaReportLanguage *self = g_new0 (PlanciaReportLanguage, 1);
  g_atomic_ref_count_init (&self->references);
  self->code = known[index].code;
  self->decimal = known[index].decimal;
  self->catalog = catalog;
  return self;
}

PlanciaReportLanguage *
plancia_report_language_ref (PlanciaReportLanguage *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
plancia_report_language_unref (PlanciaReportLanguage *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_clear_pointer (&self->catalog, plancia_catalog_free);
  g_free (self);
}

const char *
plancia_report_language_code (PlanciaReportLanguage *self)
{
  return self->code;
}

const char *
plancia_report_say (PlanciaReportLanguage *self, const char *text)
{
  return plancia_report_say_in (self, NULL, text);
}

const char *
plancia_report_say_in (PlanciaReportLanguage *self, const char *context, const char *text)
{
  const char *found = self->catalog != NULL && text[0] != '\0'
                        ? plancia_catalog_find (self->catalog, context, text)
                        : NULL;

  return found != NULL && found[0] != '\0' ? found : text;
}

static void
append_grouped (GString *out, const char *digits, gsize length)
{
  for (gsize i = 0; i < length; i++) {
    if (i > 0 && length >= 5 && (length - i) % 3 == 0)
      g_string_append (out, GROUP_SPACE);
    g_string_append_c (out, digits[i]);
  }
}

char *
plancia_report_number (PlanciaReportLanguage *self, double value, guint decimals)
{
  g_autofree char *plain = NULL;
  const char      *digits;
  gsize            whole;
  GString         *out;

  if (!isfinite (value))
    return g_strdup (EM_DASH);
  plain = plancia_text_c_number (value, decimals);
  digits = plain[0] == '-' ? plain + 1 : plain;
  whole = strspn (digits, "0123456789");
  out = g_string_new (plain[0] == '-' ? MINUS_SIGN : NULL);
  append_grouped (out, digits, whole);
  if (digits[whole] == '.') {
    g_string_append (out, self->decimal);
    g_string_append (out, digits + whole + 1);
  }
  return g_string_free (out, FALSE);
}

char *
plancia_report_quantity (PlanciaReportLanguage *self,
                         double                 value,
                         guint                  decimals,
                         const char            *unit)
{
  g_autofree char *number = plancia_report_number (self, value, decimals);

  if (!isfinite (value) || unit == NULL || unit[0] == '\0')
    return g_steal_pointer (&number);
  return g_strconcat (number, NO_BREAK, unit, NULL);
}

static GDateTime *
make_date (gint64 time, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / PLANCIA_SECOND);

  return g_date_time_to_timezone (utc, zone);
}

static const char *
month_name (PlanciaReportLanguage *self, GDateTime *date)
{
  return plancia_report_say_in (self, "month", months[g_date_time_get_month (date) - 1]);
}

char *
plancia_report_date (PlanciaReportLanguage *self, gint64 time, GTimeZone *zone)
{
  g_autoptr (GDateTime) date = make_date (time, zone);

  return g_strdup_printf ("%d" NO_BREAK "%s %d",
                          g_date_time_get_day_of_month (date),
                          month_name (self, date),
                          g_date_time_get_year (date));
}

char *
plancia_report_month (PlanciaReportLanguage *self, gint64 time, GTimeZone *zone)
{
  g_autoptr (GDateTime) date = make_date (time, zone);

  return g_strdup_printf ("%s %d", month_name (self, date), g_date_time_get_year (date));
}

char *
plancia_report_day (PlanciaReportLanguage *self, gint64 time, GTimeZone *zone)
{
  g_autoptr (GDateTime) date = make_date (time, zone);

  return g_strdup_printf ("%d" NO_BREAK "%s",
                          g_date_time_get_day_of_month (date),
                          month_name (self, date));
}

char *
plancia_report_time (PlanciaReportLanguage *self, gint64 time, GTimeZone *zone)
{
  g_autoptr (GDateTime) date = make_date (time, zone);
  g_autofree char *day = plancia_report_day (self, time, zone);

  return g_strdup_printf ("%s, %02d:%02d",
                          day,
                          g_date_time_get_hour (date),
                          g_date_time_get_minute (date));
}
