/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli history list | export: what the store has, as a table or a file. */

#include "cli/history-export.h"

#include "base/clock.h"
#include "cli/archive.h"
#include "cli/cli.h"
#include "cli/span.h"
#include "cli/table.h"
#include "cli/wait.h"
#include "history/export.h"
#include "model/series-words.h"
#include "report/picture-export.h"
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

static char    *option_plant;
static char    *option_from;
static char    *option_to;
static char    *option_format;
static char    *option_output;
static char    *option_source;
static char   **option_keys;
static char    *option_separator;
static char    *option_decimal;
static char    *option_time;
static char    *option_zone;
static gboolean option_wide;

/* clang-format off */
static const GOptionEntry export_entries[] = {
  {"from", 0, 0, G_OPTION_ARG_STRING, &option_from, N_ ("Begin: 2026-06-12 or \"2026-06-12 14:05\"; the first sample if left out"), N_ ("TIME")},
  {"to", 0, 0, G_OPTION_ARG_STRING, &option_to, N_ ("End; a day is included; the last sample if left out"), N_ ("TIME")},
  {"format", 0, 0, G_OPTION_ARG_STRING, &option_format, N_ ("csv, jsonl, xlsx, or a picture: png, svg, pdf; by the name of FILE if left out"), N_ ("FORMAT")},
  {"wide", 0, 0, G_OPTION_ARG_NONE, &option_wide, N_ ("A column for each quantity instead of a line for each sample"), NULL},
  {"output", 'o', 0, G_OPTION_ARG_FILENAME, &option_output, N_ ("File to write; standard output if left out"), N_ ("FILE")},
  {"key", 0, 0, G_OPTION_ARG_STRING_ARRAY, &option_keys, N_ ("Only this quantity; may be given several times"), N_ ("KEY")},
  {"source", 0, 0, G_OPTION_ARG_STRING, &option_source, N_ ("Only from this source: portal, system, local, import"), N_ ("SOURCE")},
  {"separator", 0, 0, G_OPTION_ARG_STRING, &option_separator, N_ ("Between the columns of CSV: one character, or tab"), N_ ("CHARACTER")},
  {"decimal", 0, 0, G_OPTION_ARG_STRING, &option_decimal, N_ ("Decimal sign of CSV: . or ,"), N_ ("CHARACTER")},
  {"time", 0, 0, G_OPTION_ARG_STRING, &option_time, N_ ("How times are written: local, iso, utc or unix"), N_ ("STYLE")},
  {"zone", 0, 0, G_OPTION_ARG_STRING, &option_zone, N_ ("Time zone instead of the plant's"), N_ ("ZONE")},
  {"plant", 0, 0, G_OPTION_ARG_FILENAME, &option_plant, N_ ("Plant file; ADDRESS may then be the name or id of a device"), N_ ("FILE")},
  G_OPTION_ENTRY_NULL
};

static const GOptionEntry list_entries[] = {
  {"plant", 0, 0, G_OPTION_ARG_FILENAME, &option_plant, N_ ("Plant file; ADDRESS may then be the name or id of a device"), N_ ("FILE")},
  G_OPTION_ENTRY_NULL
};
/* clang-format on */

/* --- options ------------------------------------------------------------------------------------ */

static gboolean
parse_character (const char *text, const char *allowed, const char *option, char *character)
{
  if (text == NULL)
    return TRUE;
  if (g_str_equal (text, "tab"))
    text = "\t";
  if (strlen (text) == 1 && strchr (allowed, text[0]) != NULL) {
    *character = text[0];
    return TRUE;
  }
  plancia_cli_complain (_ ("%s: \"%s\" cannot be used."), option, text);
  return FALSE;
}

/* The name of a file says what is in it. */
static const char *
find_format (void)
{
  const char *point = option_output != NULL ? strrchr (option_output, '.') : NULL;

  if (option_format != NULL)
    return option_format;
  return point != NULL ? point + 1 : "csv";
}

static gboolean
parse_options (PlanciaExportOptions *options)
{
  const char *format = find_format ();

  *options = plancia_export_options_for_locale ();
  options->wide = option_wide;
  if (!plancia_export_format_parse (format, &options->format)) {
    plancia_cli_complain (_ ("There is no format \"%s\": csv, jsonl, xlsx, png, svg or pdf."),
                             format);
    return FALSE;
  }
  plancia_picture_export_prepare (options);
  if (option_time != NULL && !plancia_export_time_parse (option_time, &options->time)) {
    plancia_cli_complain (_ ("There is no style of time \"%s\": local, iso, utc or unix."),
                             option_time);
    return FALSE;
  }
  if (!parse_character (option_separator, ",;|\t", "--separator", &options->separator) ||
      !parse_character (option_decimal, ".,", "--decimal", &options->decimal))
    return FALSE;
  if (options->separator != options->decimal)
    return TRUE;
  plancia_cli_complain (_ ("Separator and decimal sign cannot be the same."));
  return FALSE;
}

static gboolean
take_zone (PlanciaCliArchive *archive)
{
  GTimeZone *zone;

  if (option_zone == NULL)
    return TRUE;
  zone = g_time_zone_new_identifier (option_zone);
  if (zone == NULL) {
    plancia_cli_complain (_ ("There is no time zone \"%s\"."), option_zone);
    return FALSE;
  }
  g_time_zone_unref (archive->zone);
  archive->zone = zone;
  return TRUE;
}

/* --- what is exported ---------------------------------------------------------------------------- */

static gboolean
is_wanted (const PlanciaSeriesName *series)
{
  if (option_source != NULL && !g_str_equal (option_source, series->source))
    return FALSE;
  return option_keys == NULL || g_strv_contains ((const char *const *) option_keys, series->key);
}

/* days: (inout): what there is of all. */
static GPtrArray *
make_columns (PlanciaCliArchive *archive, GPtrArray *list, PlanciaSpan *days)
{
  GPtrArray *columns = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_export_column_free);

  *days = (PlanciaSpan){G_MAXINT64, G_MININT64};
  for (guint i = 0; i < list->len; i++) {
    const PlanciaSeriesName *series = g_ptr_array_index (list, i);
    PlanciaCliDevice        *device = plancia_cli_archive_find (archive, series->device);

    if (!is_wanted (series))
      continue;
    days->start = MIN (days->start, series->days.start);
    days->end = MAX (days->end, series->days.end);
    g_ptr_array_add (columns, plancia_series_words_column (series, device->name, device->map));
  }
  return columns;
}

static void
progress_cb (PlanciaExport *export, gpointer data)
{
  g_autofree char *lines = g_strdup_printf ("%" G_GUINT64_FORMAT,
                                            plancia_export_get_lines (export));

  if (isatty (STDERR_FILENO))
    /* Translators: progress; the first number is a percentage */
    g_printerr (_ ("\r%.0f %%, %s lines"), plancia_export_get_fraction (export) * 100, lines);
}

static int
run_export (PlanciaCliArchive          *archive,
            GPtrArray                  *columns,
            PlanciaSpan                 span,
            const PlanciaExportOptions *options)
{
  g_autoptr (PlanciaExport) export =
    plancia_export_new (archive->store, columns, span, archive->zone, options);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_signal_connect (export, "progress", G_CALLBACK (progress_cb), NULL);
  plancia_export_run_async (export,
                            option_output != NULL ? option_output : "-",
                            archive->cancellable,
                            plancia_cli_keep_result,
                            &result);
  plancia_cli_wait (&result);
  if (isatty (STDERR_FILENO))
    g_printerr ("\n");
  if (plancia_export_run_finish (export, result, &error))
    return PLANCIA_CLI_DONE;
  plancia_cli_complain ("%s", error->message);
  return PLANCIA_CLI_FAILED;
}

static int
export_all (PlanciaCliArchive *archive, const PlanciaExportOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = plancia_cli_archive_list (archive, &error);
  g_autoptr (GPtrArray) columns = NULL;
  PlanciaSpan days, span;

  if (list == NULL) {
    plancia_cli_complain ("%s", error->message);
    return PLANCIA_CLI_FAILED;
  }
  columns = make_columns (archive, list, &days);
  if (columns->len == 0) {
    plancia_cli_complain (_ ("The history on this computer has nothing of it."));
    return PLANCIA_CLI_FAILED;
  }
  if (!plancia_cli_span_parse (option_from, option_to, days, archive->zone, &span))
    return PLANCIA_CLI_USAGE;
  return run_export (archive, columns, span, options);
}

int
plancia_cli_history_export (GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  g_autoptr (PlanciaCliArchive) archive = NULL;
  PlanciaExportOptions options;
  int                  code = PLANCIA_CLI_DONE;

  if (!plancia_cli_parse (&rest,
                          _ ("ADDRESS|PLANT…"),
                             _ ("Writes what the history on this computer has to a file."),
                                NULL,
                                export_entries,
                                &code))
    return code;
  if (rest[1] == NULL)
    return plancia_cli_wrong_use (_ ("Say of what: an address or a plant file."));
  if (!parse_options (&options))
    return PLANCIA_CLI_USAGE;
  archive = plancia_cli_archive_open (rest + 1, option_plant);
  if (archive == NULL || !take_zone (archive))
    return PLANCIA_CLI_USAGE;
  return export_all (archive, &options);
}

/* --- list ---------------------------------------------------------------------------------------- */

static char *
dup_date (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time / PLANCIA_SECOND);

  return g_date_time_format (date, "%Y-%m-%d");
}

static void
print_list (PlanciaCliArchive *archive, GPtrArray *list)
{
  const char *titles[] = {
    _ ("Device"),
       _ ("Source"), _ ("Key"), _ ("Quantity"), _ ("Unit"), _ ("First day"), _ ("Last day"), NULL};
  g_autoptr (PlanciaTable) table = plancia_table_new (titles);
  g_autofree char *text = NULL;

  for (guint i = 0; i < list->len; i++) {
    const PlanciaSeriesName *series = g_ptr_array_index (list, i);
    PlanciaCliDevice        *device = plancia_cli_archive_find (archive, series->device);
    g_autofree char         *first = dup_date (series->days.start);
    g_autofree char         *last = dup_date (series->days.end - 1);

    plancia_table_add (table,
                       device->name,
                       series->source,
                       series->key,
                       plancia_series_words_title (series->key, device->map),
                       plancia_series_words_unit (series->key, device->map),
                       first,
                       last);
  }
  text = plancia_table_to_string (table);
  plancia_cli_print (text);
}

int
plancia_cli_history_list (GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  g_autoptr (PlanciaCliArchive) archive = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GError) error = NULL;
  int code = PLANCIA_CLI_DONE;

  if (!plancia_cli_parse (
        &rest,
        _ ("ADDRESS|PLANT…"),
           _ ("Lists what the history on this computer has."), NULL, list_entries, &code))
    return code;
  if (rest[1] == NULL)
    return plancia_cli_wrong_use (_ ("Say of what: an address or a plant file."));
  archive = plancia_cli_archive_open (rest + 1, option_plant);
  if (archive == NULL)
    return PLANCIA_CLI_USAGE;
  list = plancia_cli_archive_list (archive, &error);
  if (list == NULL) {
    plancia_cli_complain ("%s", error->message);
    return PLANCIA_CLI_FAILED;
  }
  print_list (archive, list);
  return PLANCIA_CLI_DONE;
}
