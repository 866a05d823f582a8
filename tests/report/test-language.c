/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/span.h"
#include "report/catalog.h"
#include "report/language.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

static PlanciaReportLanguage *
open_language (const char *code)
{
  g_autoptr (GError) error = NULL;
  PlanciaReportLanguage *language = plancia_report_language_new (code, &error);

  g_assert_no_error (error);
  g_assert_nonnull (language);
  return language;
}

/* The process speaks English (LC_ALL=C.UTF-8); the document does not. */
static void
test_words (void)
{
  g_autoptr (PlanciaReportLanguage) italian = open_language ("it");
  g_autoptr (PlanciaReportLanguage) english = open_language ("en");

  g_assert_cmpstr (plancia_report_say (english, "Cancel"), ==, "Cancel");
  g_assert_cmpstr (plancia_report_say (italian, "Cancel"), ==, "Annulla");
  g_assert_cmpstr (_ ("Cancel"), ==, "Cancel");
  g_assert_cmpstr (plancia_report_say (italian, "nobody says this"), ==, "nobody says this");
  g_assert_cmpstr (plancia_report_say (italian, ""), ==, "");
}

static void
test_no_such (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (plancia_report_language_new ("tlh", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
assert_number (PlanciaReportLanguage *language, double value, guint decimals, const char *expected)
{
  g_autofree char *text = plancia_report_number (language, value, decimals);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_numbers (void)
{
  g_autoptr (PlanciaReportLanguage) italian = open_language ("it");
  g_autoptr (PlanciaReportLanguage) english = open_language ("en");
  g_autofree char *energy = plancia_report_quantity (italian, 41.94, 1, "kWh");
  g_autofree char *none = plancia_report_quantity (italian, NAN, 1, "kWh");

  assert_number (english, 1234.56, 1, "1234.6");
  assert_number (italian, 1234.56, 1, "1234,6");
  assert_number (italian,
                 12345.6,
                 1,
                 "12\xe2\x80\xaf"
                 "345,6");
  assert_number (english,
                 -2,
                 0,
                 "\xe2\x88\x92"
                 "2");
  assert_number (english, -0.01, 1, "0.0");
  assert_number (english, NAN, 1, "\xe2\x80\x94");
  assert_number (english, INFINITY, 1, "\xe2\x80\x94");
  g_assert_cmpstr (energy, ==, "41,9\xc2\xa0kWh");
  g_assert_cmpstr (none, ==, "\xe2\x80\x94");
}

static void
test_dates (void)
{
  g_autoptr (PlanciaReportLanguage) english = open_language ("en");
  g_autoptr (GTimeZone) rome = g_time_zone_new_identifier ("Europe/Rome");
  /* 30 June, 23:30 in UTC is July in Rome. */
  gint64           time = G_GINT64_CONSTANT (1782862200) * PLANCIA_SECOND;
  g_autofree char *date = plancia_report_date (english, time, rome);
  g_autofree char *month = plancia_report_month (english, time, rome);
  g_autofree char *moment = plancia_report_time (english, time, rome);

  g_assert_cmpstr (date, ==, "1\xc2\xa0July 2026");
  g_assert_cmpstr (month, ==, "July 2026");
  g_assert_cmpstr (moment, ==, "1\xc2\xa0July, 01:30");
}

static void
assert_damaged (const char *data, gsize length)
{
  g_autofree char *folder = g_dir_make_tmp ("catalog-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "x.mo", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaCatalog) catalog = NULL;

  g_assert_true (g_file_set_contents (path, data, (gssize) length, NULL));
  catalog = plancia_catalog_load (path, &error);
  if (catalog != NULL) {
    g_assert_null (plancia_catalog_find (catalog, NULL, "Cancel"));
    g_assert_null (plancia_catalog_find (catalog, "map", "Cancel"));
  } else {
    g_assert_nonnull (error);
  }
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Cut short, with tables outside of the file, with texts outside of it. */
static void
test_damaged (void)
{
  guint32 words[] = {0x950412de, 0, 1, 28, 36, 0, 0, 6, 9000, 6, 9000};
  guint32 far_tables[] = {0x950412de, 0, G_MAXUINT32, G_MAXUINT32, 28, 0, 0};

  for (gsize length = 1; length <= sizeof words; length += 3)
    assert_damaged ((const char *) words, length);
  assert_damaged ((const char *) words, sizeof words);
  assert_damaged ((const char *) far_tables, sizeof far_tables);
  assert_damaged ("nothing of the kind", 19);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_build_filename (g_getenv ("PLANCIA_TEST_BUILD_DIR"), "po", NULL);

  g_test_init (&argc, &argv, NULL);
  bindtextdomain (GETTEXT_PACKAGE, folder);
  g_test_add_func ("/report/language/words", test_words);
  g_test_add_func ("/report/language/no-such", test_no_such);
  g_test_add_func ("/report/language/numbers", test_numbers);
  g_test_add_func ("/report/language/dates", test_dates);
  g_test_add_func ("/report/language/damaged", test_damaged);

  return g_test_run ();
}
