/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"

static void
assert_cell (const char *text, char separator, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);

  plancia_csv_append_text (out, text, separator);
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_plain (void)
{
  assert_cell ("Roof", ',', "Roof");
  assert_cell ("", ',', "");
  assert_cell (NULL, ',', "");
  assert_cell ("3,5", ';', "3,5");
  assert_cell ("à l\xe2\x80\x99ombra", ',', "à l\xe2\x80\x99ombra");
}

static void
test_quotes (void)
{
  assert_cell ("3,5", ',', "\"3,5\"");
  assert_cell ("a;b", ';', "\"a;b\"");
  assert_cell ("a \"b\"", ',', "\"a \"\"b\"\"\"");
  assert_cell ("two\nlines", ',', "\"two\nlines\"");
  assert_cell ("a\tb", '\t', "\"a\tb\"");
}

static void
test_formulas (void)
{
  assert_cell ("=1+1", ',', "\"'=1+1\"");
  assert_cell ("@SUM(A1)", ',', "\"'@SUM(A1)\"");
  assert_cell ("-A1", ',', "\"'-A1\"");
  assert_cell ("+cmd|x", ',', "\"'+cmd|x\"");
  assert_cell ("-3.5", ',', "-3.5");
  assert_cell ("-3,5", ';', "-3,5");
  assert_cell ("+1e+09", ',', "+1e+09");
}

static void
test_row (void)
{
  const char *cells[] = {"", "a,b", NULL, "d"};
  g_autoptr (GString) out = g_string_new (NULL);

  plancia_csv_append_row (out, cells, G_N_ELEMENTS (cells), ',');
  g_assert_cmpstr (out->str, ==, ",\"a,b\",,d\r\n");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/plain", test_plain);
  g_test_add_func ("/csv/quotes", test_quotes);
  g_test_add_func ("/csv/formulas", test_formulas);
  g_test_add_func ("/csv/row", test_row);
  return g_test_run ();
}
