/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/csv-reader.h"
#include "history/table-plan.h"

#include <math.h>
#include <string.h>

static PlanciaCsvReader *
reader_of (const char *text, gssize length, char separator)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, length, NULL);

  return plancia_csv_reader_new (stream, separator);
}

/* All cells, joined: "a|b/c|d". */
static void
assert_cells (const char *text, const char *expected)
{
  g_autoptr (PlanciaCsvReader) reader = reader_of (text, -1, 0);
  g_autoptr (GString) found = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  GPtrArray *cells;

  while ((cells = plancia_csv_reader_next (reader, NULL, &error)) != NULL) {
    if (found->len > 0)
      g_string_append_c (found, '/');
    for (guint i = 0; i < cells->len; i++)
      g_string_append_printf (found,
                              "%s%s",
                              i > 0 ? "|" : "",
                              (const char *) g_ptr_array_index (cells, i));
  }
  g_assert_no_error (error);
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_cells (void)
{
  assert_cells ("", "");
  assert_cells ("a,b", "a|b");
  assert_cells ("a,b\nc,d\n", "a|b/c|d");
  assert_cells ("a,b\r\nc,d\r\n", "a|b/c|d");
  assert_cells ("a,b\rc,d\r", "a|b/c|d");
  assert_cells ("\n\na,b\n\n\nc,d\n\n", "a|b/c|d");
  assert_cells ("\xef\xbb\xbfx;1,5\ny;2,5\n", "x|1,5/y|2,5");
  assert_cells ("a\tb,c\tb,d\n", "a|b,c|b,d");
  assert_cells ("\"a,b\",\"c \"\"d\"\"\",\"two\nlines\"\n", "a,b|c \"d\"|two\nlines");
  assert_cells ("a,,\n", "a||");
  assert_cells ("\"never closed,b\nc", "never closed,b\nc");
  /* What is not UTF-8 is what Windows wrote. */
  assert_cells ("perch\xe9,citt\xe0\n", "perché|città");
}

static void
test_lines (void)
{
  g_autoptr (PlanciaCsvReader) reader = reader_of ("a,b\n\n\"x\ny\",c\nd,e\n", -1, ',');
  const guint64 lines[] = {1, 3, 5};

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_assert_nonnull (plancia_csv_reader_next (reader, NULL, NULL));
    g_assert_cmpuint (plancia_csv_reader_get_line (reader), ==, lines[i]);
  }
  g_assert_null (plancia_csv_reader_next (reader, NULL, NULL));
}

/* What is no table ends with an error, not with all memory. */
static void
test_endless_line (void)
{
  gsize            length = 3 * 1024 * 1024;
  g_autofree char *text = g_malloc (length);
  g_autoptr (PlanciaCsvReader) reader = NULL;
  g_autoptr (GError) error = NULL;

  memset (text, 'x', length);
  reader = reader_of (text, (gssize) length, ',');
  g_assert_null (plancia_csv_reader_next (reader, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

/* Bytes of every kind: each line comes once, whatever is in it. */
static void
test_random (void)
{
  for (guint round = 0; round < 200; round++) {
    guint8  bytes[300];
    guint64 last = 0;
    g_autoptr (PlanciaCsvReader) reader = NULL;

    for (guint i = 0; i < sizeof bytes; i++)
      bytes[i] = (guint8) "\",;\n\r\ta1.\0\xff-:"[g_test_rand_int_range (0, 14)];
    reader = reader_of ((const char *) bytes, sizeof bytes, 0);
    while (plancia_csv_reader_next (reader, NULL, NULL) != NULL) {
      g_assert_cmpuint (plancia_csv_reader_get_line (reader), >, last);
      last = plancia_csv_reader_get_line (reader);
    }
    g_assert_cmpint (plancia_csv_reader_get_position (reader), ==, sizeof bytes);
  }
}

static void
assert_number (const char *text, char decimal, double expected)
{
  double value;

  g_assert_true (plancia_table_parse_number (text, decimal, &value));
  if (isnan (expected))
    g_assert_true (isnan (value));
  else
    g_assert_cmpfloat (value, ==, expected);
}

static void
test_numbers (void)
{
  static const char *const bad[] = {"abc", "1 2x", "0x10", "inf", "1.5.5x", "12:30", "1e999"};
  double                   value;

  assert_number ("1.5", '.', 1.5);
  assert_number ("1,234.5", '.', 1234.5);
  assert_number ("1.234,5", ',', 1234.5);
  assert_number ("\xe2\x88\x92"
                 "3,5",
                 ',',
                 -3.5);
  assert_number ("12\xe2\x80\xaf"
                 "345,25",
                 ',',
                 12345.25);
  assert_number ("1'000", '.', 1000);
  assert_number ("-7e3", '.', -7000);
  assert_number ("", '.', NAN);
  assert_number ("-", '.', NAN);
  assert_number ("\xe2\x80\x94", '.', NAN);
  assert_number ("n/a", '.', NAN);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (plancia_table_parse_number (bad[i], '.', &value));
}

static void
assert_time (PlanciaTableTime style, const char *text, const char *clock, const char *expected)
{
  const PlanciaTablePlan plan = {.time = style};
  g_autoptr (GTimeZone) rome = g_time_zone_new_identifier ("Europe/Rome");
  g_autoptr (GDateTime) wanted = expected != NULL ? g_date_time_new_from_iso8601 (expected, NULL)
                                                  : NULL;
  gint64   time = 0;
  gboolean good = plancia_table_parse_time (&plan, text, clock, rome, G_MININT64, &time);

  g_assert_cmpint (good, ==, expected != NULL);
  if (expected != NULL)
    g_assert_cmpint (time, ==, g_date_time_to_unix (wanted) * PLANCIA_SECOND);
}

static void
test_times (void)
{
  assert_time (PLANCIA_TABLE_YMD, "2026-06-12 14:05:37", NULL, "2026-06-12T12:05:37Z");
  assert_time (PLANCIA_TABLE_YMD, "2026-06-12T14:05", NULL, "2026-06-12T12:05:00Z");
  assert_time (PLANCIA_TABLE_YMD, "2026-06-12T12:05:00Z", NULL, "2026-06-12T12:05:00Z");
  assert_time (PLANCIA_TABLE_YMD, "2026-06-12T12:05:00.250+05:30", NULL, "2026-06-12T06:35:00Z");
  assert_time (PLANCIA_TABLE_YMD, "2026/1/2", NULL, "2026-01-01T23:00:00Z");
  assert_time (PLANCIA_TABLE_DMY, "12/06/2026 14:05", NULL, "2026-06-12T12:05:00Z");
  assert_time (PLANCIA_TABLE_DMY, "12.06.26", "14:05:01", "2026-06-12T12:05:01Z");
  assert_time (PLANCIA_TABLE_MDY, "06/12/2026 2:05 PM", NULL, "2026-06-12T12:05:00Z");
  assert_time (PLANCIA_TABLE_MDY, "06/12/2026 12:05 am", NULL, "2026-06-11T22:05:00Z");
  assert_time (PLANCIA_TABLE_UNIX, "1781265937", NULL, "2026-06-12T12:05:37Z");
  assert_time (PLANCIA_TABLE_UNIX, "1781265937000", NULL, "2026-06-12T12:05:37Z");
  assert_time (PLANCIA_TABLE_YMD, "2026-13-12", NULL, NULL);
  assert_time (PLANCIA_TABLE_YMD, "2026-02-30", NULL, NULL);
  assert_time (PLANCIA_TABLE_YMD, "2026-06-12 25:00", NULL, NULL);
  assert_time (PLANCIA_TABLE_YMD, "2026-06-12 14:05 tomorrow", NULL, NULL);
  assert_time (PLANCIA_TABLE_DMY, "", NULL, NULL);
  assert_time (PLANCIA_TABLE_UNIX, "12", NULL, NULL);
}

static const char *
guess_cb (const char *title, gpointer user_data)
{
  return g_str_equal (title, "Potenza") ? "powerGenerating" : NULL;
}

static void
test_plan (void)
{
  static const char text[] =
    "Impianto;Rossi\nData;Ora;Potenza [kW];Nota\n13/06/2026;00:00;1,5;x\n13/06/2026;00:05;2;y\n";
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, -1, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaTablePlan) plan = plancia_table_plan_new (stream, guess_cb, NULL, NULL, &error);
  g_autoptr (PlanciaTablePlan) copy = NULL;

  g_assert_no_error (error);
  copy = plancia_table_plan_copy (plan);
  g_assert_cmpint (copy->separator, ==, ';');
  g_assert_cmpint (copy->decimal, ==, ',');
  g_assert_cmpint (copy->time, ==, PLANCIA_TABLE_DMY);
  g_assert_cmpuint (copy->time_column, ==, 0);
  g_assert_cmpuint (copy->clock_column, ==, 1);
  g_assert_false (copy->is_long);
  g_assert_cmpstr (g_ptr_array_index (copy->titles, 2), ==, "Potenza");
  g_assert_cmpstr (g_ptr_array_index (copy->units, 2), ==, "kW");
  g_assert_cmpstr (g_ptr_array_index (copy->keys, 2), ==, "powerGenerating");
  g_assert_null (g_ptr_array_index (copy->keys, 3));
  g_assert_cmpfloat (plancia_table_plan_factor (copy, 2), ==, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/table/cells", test_cells);
  g_test_add_func ("/history/table/lines", test_lines);
  g_test_add_func ("/history/table/endless-line", test_endless_line);
  g_test_add_func ("/history/table/random", test_random);
  g_test_add_func ("/history/table/numbers", test_numbers);
  g_test_add_func ("/history/table/times", test_times);
  g_test_add_func ("/history/table/plan", test_plan);

  return g_test_run ();
}
