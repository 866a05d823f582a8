/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-questions.h"

#include "history/export-text.h"
#include "history/export.h"
#include <glib/gstdio.h>
#include <locale.h>
#include <math.h>
#include <string.h>

/* 12 June 2026, 22:00 UTC */
#define BEGIN G_GINT64_CONSTANT (1781301600000)

typedef struct
{
  char         *folder;
  char         *path; /* of the file that is made */
  PlanciaStore *store;
  GTimeZone    *zone;
  GPtrArray    *columns;
} Fixture;

static void
add_column (Fixture    *self,
            const char *device,
            const char *source,
            const char *key,
            const char *title,
            const char *unit)
{
  g_autofree char *name = g_strconcat ("=", device, ";", NULL);

  g_ptr_array_add (self->columns,
                   plancia_export_column_new (device, name, source, key, title, unit));
}

static void
put (Fixture *self, PlanciaSamples *samples)
{
  g_autoptr (PlanciaSamples) sealed = plancia_samples_seal (samples);
  g_autoptr (GError) error = NULL;

  store_put (self->store, sealed, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  PlanciaSamples *samples;

  self->folder = g_dir_make_tmp ("plancia-export-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "out.file", NULL);
  self->store = plancia_store_new (":memory:");
  self->zone = g_time_zone_new_identifier ("Europe/Rome");
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_export_column_free);

  samples = plancia_samples_new ("roof", "portal", (PlanciaSpan){BEGIN, BEGIN});
  plancia_samples_add (samples, "power", BEGIN, 2660);
  plancia_samples_add (samples, "power", BEGIN + 300000, -12.5);
  plancia_samples_add (samples, "soc", BEGIN + 300000, 80);
  /* Some slices later. */
  plancia_samples_add (samples, "power", BEGIN + 20 * PLANCIA_DAY, 0.001);
  put (self, samples);
  samples = plancia_samples_new ("meter", "local", (PlanciaSpan){BEGIN, BEGIN});
  plancia_samples_add (samples, "power", BEGIN + 1, 0.3333);
  put (self, samples);

  add_column (self, "roof", "portal", "power", "=Power", "W");
  add_column (self, "roof", "portal", "soc", "State of charge", "%");
  add_column (self, "meter", "local", "power", "Power", "W");
  add_column (self, "meter", "local", "nothing", "Nothing", "");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;

  g_remove (self->path);
  /* Nothing else is left behind. */
  dir = g_dir_open (self->folder, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (dir), ==, NULL);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  plancia_store_close (self->store);
  g_object_unref (self->store);
  g_time_zone_unref (self->zone);
  g_ptr_array_unref (self->columns);
  g_free (self->folder);
  g_free (self->path);
}

static PlanciaExport *
make (Fixture *self, const PlanciaExportOptions *options)
{
  PlanciaSpan span = {BEGIN, BEGIN + 30 * PLANCIA_DAY};

  return plancia_export_new (self->store, self->columns, span, self->zone, options);
}

static gboolean
run (PlanciaExport *export, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plancia_export_run_async (export, path, cancellable, keep_result, &result);
  wait_for_result (&result, "export");
  return plancia_export_run_finish (export, result, error);
}

/* (transfer full) */
static char *
export_text (Fixture *self, const PlanciaExportOptions *options)
{
  g_autoptr (PlanciaExport) export = make (self, options);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  run (export, self->path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (plancia_export_get_fraction (export), ==, 1);
  g_file_get_contents (self->path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
is_wide (Fixture *self, gconstpointer data)
{
  PlanciaExportOptions options = {PLANCIA_EXPORT_CSV, TRUE, ';', ',', PLANCIA_EXPORT_TIME_LOCAL};
  g_autofree char     *text = export_text (self, &options);

  g_assert_cmpstr (text,
                   ==,
                   "\xef\xbb\xbf"
                   "time;\"'=roof; =Power (W)\";\"'=roof; State of charge (%)\";"
                   "\"'=meter; Power (W)\";\"'=meter; Nothing\"\r\n"
                   "2026-06-13 00:00:00;2660;;;\r\n"
                   "2026-06-13 00:00:00.001;;;0,3333;\r\n"
                   "2026-06-13 00:05:00;-12,5;80;;\r\n"
                   "2026-07-03 00:00:00;0,001;;;\r\n");
}

static void
is_long (Fixture *self, gconstpointer data)
{
  PlanciaExportOptions options = {PLANCIA_EXPORT_CSV, FALSE, ',', '.', PLANCIA_EXPORT_TIME_ISO};
  g_autofree char     *text = export_text (self, &options);

  g_assert_cmpstr (text,
                   ==,
                   "\xef\xbb\xbf"
                   "time,device,name,source,key,quantity,value,unit\r\n"
                   "2026-06-13T00:00:00+02:00,roof,\"'=roof;\",portal,power,\"'=Power\",2660,W\r\n"
                   "2026-06-13T00:00:00.001+02:00,meter,\"'=meter;\",local,power,Power,"
                   "0.3333,W\r\n"
                   "2026-06-13T00:05:00+02:00,roof,\"'=roof;\",portal,power,\"'=Power\",-12.5,W\r\n"
                   "2026-06-13T00:05:00+02:00,roof,\"'=roof;\",portal,soc,State of charge,80,%\r\n"
                   "2026-07-03T00:00:00+02:00,roof,\"'=roof;\",portal,power,\"'=Power\",0.001,W"
                   "\r\n");
}

static void
is_json (Fixture *self, gconstpointer data)
{
  PlanciaExportOptions options = {PLANCIA_EXPORT_JSON_LINES,
                                  TRUE,
                                  ';',
                                  ',',
                                  PLANCIA_EXPORT_TIME_UTC};
  g_autofree char     *wide = export_text (self, &options);
  g_autofree char     *narrow = NULL;

  g_assert_true (g_str_has_prefix (wide,
                                   "{\"time\":\"2026-06-12T22:00:00Z\",\"device\":\"roof\","
                                   "\"name\":\"=roof;\",\"source\":\"portal\","
                                   "\"values\":{\"power\":2660}}\n"));
  g_assert_nonnull (strstr (wide, "\"values\":{\"power\":-12.5,\"soc\":80}}\n"));
  options.wide = FALSE;
  options.time = PLANCIA_EXPORT_TIME_UNIX;
  narrow = export_text (self, &options);
  g_assert_true (
    g_str_has_prefix (narrow,
                      "{\"time\":1781301600,\"device\":\"roof\",\"name\":\"=roof;\","
                      "\"source\":\"portal\",\"key\":\"power\",\"unit\":\"W\",\"value\":2660}\n"));
  g_assert_nonnull (strstr (narrow, "{\"time\":1781301600.001,\"device\":\"meter\""));
}

/* Rows of the first page that LibreOffice finds in a workbook, or NULL without LibreOffice. */
static char *
read_workbook (Fixture *self)
{
  g_autofree char *program = g_find_program_in_path ("soffice");
  g_autofree char *profile =
    g_strconcat ("-env:UserInstallation=file://", self->folder, "/p", NULL);
  g_autofree char *outcome = g_build_filename (self->folder, "read", "out-=roof;.csv", NULL);
  g_autofree char *outdir = g_path_get_dirname (outcome);
  g_autofree char *clean = g_strdup_printf ("rm -r '%s/p' '%s'", self->folder, outdir);
  g_autofree char *said = NULL;
  g_autofree char *complaint = NULL;
  g_autoptr (GError) error = NULL;
  const char *command[] = {program,
                           profile,
                           "--headless",
                           "--convert-to",
                           "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,"
                           "false,false,false,1",
                           "--outdir",
                           outdir,
                           self->path,
                           NULL};
  char       *text = NULL;

  if (program == NULL)
    return NULL;
  g_spawn_sync (NULL,
                (char **) command,
                NULL,
                G_SPAWN_DEFAULT,
                NULL,
                NULL,
                &said,
                &complaint,
                NULL,
                &error);
  g_assert_no_error (error);
  if (!g_file_get_contents (outcome, &text, NULL, NULL))
    g_error ("LibreOffice made nothing: %s %s", said, complaint);
  g_assert_true (g_spawn_command_line_sync (clean, NULL, NULL, NULL, NULL));
  return text;
}

static void
is_a_workbook (Fixture *self, gconstpointer data)
{
  PlanciaExportOptions options = {.format = PLANCIA_EXPORT_XLSX, .wide = TRUE};
  g_autofree char     *bytes = export_text (self, &options);
  g_autofree char     *rows = NULL;

  g_assert_true (g_str_has_prefix (bytes, "PK"));
  rows = read_workbook (self);
  if (rows == NULL) {
    g_test_skip ("no LibreOffice");
    return;
  }
  /* Dates are dates, numbers are numbers, and what begins like a formula is none. */
  g_assert_cmpstr (rows,
                   ==,
                   "Europe/Rome;=Power (W);State of charge (%)\n"
                   "2026-06-13 00:00:00;2660;\n"
                   "2026-06-13 00:05:00;-12.5;80\n"
                   "2026-07-03 00:00:00;0.001;\n");
}

static void
stops (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < PLANCIA_N_EXPORT_TABLES; i++) {
    PlanciaExportOptions options = {i, TRUE, ',', '.', PLANCIA_EXPORT_TIME_LOCAL};
    g_autoptr (PlanciaExport) export = make (self, &options);
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    g_autoptr (GError) error = NULL;
    g_autofree char *kept = NULL;

    /* In its place, and where nothing was. */
    if (i > 0)
      g_file_set_contents (self->path, "as it was", -1, NULL);
    g_signal_connect_swapped (export, "progress", G_CALLBACK (g_cancellable_cancel), cancellable);
    g_assert_false (run (export, self->path, cancellable, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_cmpfloat (plancia_export_get_fraction (export), <, 1);
    g_file_get_contents (self->path, &kept, NULL, NULL);
    g_assert_cmpstr (kept, ==, i > 0 ? "as it was" : NULL);
  }
}

static void
says_what_is_wrong (Fixture *self, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (self->folder, "no", "such", "folder.csv", NULL);

  for (guint i = 0; i < PLANCIA_N_EXPORT_TABLES; i++) {
    PlanciaExportOptions options = {i, TRUE, ',', '.', PLANCIA_EXPORT_TIME_LOCAL};
    g_autoptr (PlanciaExport) export = make (self, &options);
    g_autoptr (GError) error = NULL;

    g_assert_false (run (export, nowhere, NULL, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  }
  g_ptr_array_set_size (self->columns, 0);
  {
    PlanciaExportOptions options = {.format = PLANCIA_EXPORT_CSV};
    g_autoptr (PlanciaExport) export = make (self, &options);
    g_autoptr (GError) error = NULL;

    g_assert_false (run (export, self->path, NULL, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  }
}

static void
lists_series (Fixture *self, gconstpointer data)
{
  const char *const devices[] = {"roof", "nobody", NULL};
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  const PlanciaSeriesName *name;

  plancia_store_list_series_async (self->store, devices, NULL, keep_result, &result);
  wait_for_result (&result, "series");
  list = plancia_store_list_series_finish (self->store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 2);
  name = g_ptr_array_index (list, 0);
  g_assert_cmpstr (name->device, ==, "roof");
  g_assert_cmpstr (name->source, ==, "portal");
  g_assert_cmpstr (name->key, ==, "power");
  g_assert_cmpint (name->days.start, ==, BEGIN);
  g_assert_cmpint (name->days.end, ==, BEGIN + 20 * PLANCIA_DAY + 1);
}

/* The hour that comes twice, and the one that does not come. */
static void
clock_changes (Fixture *self, gconstpointer data)
{
  /* 25 October 2026, 00:30 and 01:30 UTC */
  gint64             autumn = G_GINT64_CONSTANT (1792888200000);
  PlanciaExportClock clock;
  g_autoptr (GString) out = g_string_new (NULL);

  plancia_export_clock_init (&clock, self->zone, PLANCIA_EXPORT_TIME_ISO);
  for (guint i = 0; i < 2; i++) {
    plancia_export_clock_append (&clock, out, autumn + i * PLANCIA_HOUR);
    g_string_append_c (out, ' ');
  }
  g_assert_cmpstr (out->str, ==, "2026-10-25T02:30:00+02:00 2026-10-25T02:30:00+01:00 ");
  g_string_truncate (out, 0);
  /* 29 March 2026, 00:59:59.500 and 01:00 UTC; and before 1970 */
  plancia_export_clock_append (&clock, out, G_GINT64_CONSTANT (1774745999500));
  g_string_append_c (out, ' ');
  plancia_export_clock_append (&clock, out, G_GINT64_CONSTANT (1774746000000));
  g_string_append_c (out, ' ');
  plancia_export_clock_append (&clock, out, -1);
  g_assert_cmpstr (out->str,
                   ==,
                   "2026-03-29T01:59:59.500+01:00 2026-03-29T03:00:00+02:00 "
                   "1970-01-01T00:59:59.999+01:00");
}

static void
assert_number (double value, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);

  plancia_export_append_number (out, value, '.');
  g_assert_cmpstr (out->str, ==, expected);
}

static void
numbers (Fixture *self, gconstpointer data)
{
  assert_number (0, "0");
  assert_number (-0.0, "0");
  assert_number (-0.5, "-0.5");
  assert_number (1234567.891, "1234567.891");
  assert_number (100, "100");
  assert_number (0.01, "0.01");
  assert_number (1e-7, "1e-07");
  assert_number (999999999999.5, "999999999999.5");
  assert_number (1e20, "1e+20");
  assert_number (INFINITY, "inf");
  for (guint i = 0; i < 20000; i++) {
    double value = g_test_rand_double_range (-1e4, 1e4) * pow (10, g_test_rand_int_range (-6, 9));
    g_autoptr (GString) out = g_string_new (NULL);

    if (i % 2 == 0)
      value = rint (value * 1000) / 1000;
    plancia_export_append_number (out, value, '.');
    g_assert_cmpfloat (g_ascii_strtod (out->str, NULL), ==, value);
  }
}

static void
names (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < PLANCIA_N_EXPORT_FORMATS; i++) {
    PlanciaExportFormat format = PLANCIA_N_EXPORT_FORMATS;

    g_assert_true (plancia_export_format_parse (plancia_export_format_name (i), &format));
    g_assert_cmpuint (format, ==, i);
  }
  for (guint i = 0; i < PLANCIA_N_EXPORT_TIMES; i++) {
    PlanciaExportTime time = PLANCIA_N_EXPORT_TIMES;

    g_assert_true (plancia_export_time_parse (plancia_export_time_name (i), &time));
    g_assert_cmpuint (time, ==, i);
  }
  g_assert_false (plancia_export_format_parse ("xls", &(PlanciaExportFormat){0}));
  g_assert_false (plancia_export_time_parse ("", &(PlanciaExportTime){0}));
}

int
main (int argc, char *argv[])
{
#define ADD(name, func) g_test_add ("/export/" name, Fixture, NULL, set_up, func, tear_down)
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  ADD ("wide", is_wide);
  ADD ("long", is_long);
  ADD ("json", is_json);
  ADD ("workbook", is_a_workbook);
  ADD ("series", lists_series);
  ADD ("stops", stops);
  ADD ("what is wrong", says_what_is_wrong);
  ADD ("clock changes", clock_changes);
  ADD ("numbers", numbers);
  ADD ("names", names);
  return g_test_run ();
}
