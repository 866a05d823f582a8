/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli history import ADDRESS FILE: a table into the history on this computer. */

#include "cli/history-import.h"

#include "cli/archive.h"
#include "cli/cli.h"
#include "cli/wait.h"
#include "history/table-import.h"
#include "model/series-words.h"
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

/* Of a table: enough to see what it is. */
#define HEAD (256 * 1024)

static char    *option_plant;
static char   **option_columns;
static char    *option_time;
static char    *option_zone;
static char    *option_decimal;
static gboolean option_dry_run;

/* clang-format off */
static const GOptionEntry entries[] = {
  {"column", 0, 0, G_OPTION_ARG_STRING_ARRAY, &option_columns, N_ ("What a column is: 3=powerGenerating, or 3= to leave it out; may be given several times"), N_ ("NUMBER=KEY")},
  {"time", 0, 0, G_OPTION_ARG_STRING, &option_time, N_ ("How dates are written: ymd, dmy, mdy or unix; found out if left out"), N_ ("STYLE")},
  {"zone", 0, 0, G_OPTION_ARG_STRING, &option_zone, N_ ("Time zone of times without one, instead of the plant's"), N_ ("ZONE")},
  {"decimal", 0, 0, G_OPTION_ARG_STRING, &option_decimal, N_ ("Decimal sign: . or ,; found out if left out"), N_ ("CHARACTER")},
  {"plant", 0, 0, G_OPTION_ARG_FILENAME, &option_plant, N_ ("Plant file; ADDRESS may then be the name or id of a device"), N_ ("FILE")},
  {"dry-run", 0, 0, G_OPTION_ARG_NONE, &option_dry_run, N_ ("Only say what each column would become"), NULL},
  G_OPTION_ENTRY_NULL
};
/* clang-format on */

static const char *
guess_cb (const char *title, gpointer user_data)
{
  return plancia_series_words_find_key (title, user_data);
}

/* Opened once, since a pipe has its beginning only once. */
static GBufferedInputStream *
open_table (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, error);
  g_autoptr (GBufferedInputStream) buffered = NULL;
  gssize now;

  if (stream == NULL)
    return NULL;
  buffered =
    G_BUFFERED_INPUT_STREAM (g_buffered_input_stream_new_sized (G_INPUT_STREAM (stream), HEAD));
  do {
    gsize room = HEAD - g_buffered_input_stream_get_available (buffered);

    now = room > 0 ? g_buffered_input_stream_fill (buffered, (gssize) room, cancellable, error) : 0;
  } while (now > 0);
  return now < 0 ? NULL : g_steal_pointer (&buffered);
}

/* stream: (out): the whole table. */
static PlanciaTablePlan *
make_plan (const char *path, PlanciaMap *map, GInputStream **stream, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  GBufferedInputStream *buffered = open_table (path, cancellable, &error);
  PlanciaTablePlan     *plan = NULL;

  if (buffered != NULL) {
    gsize       length;
    const char *data = g_buffered_input_stream_peek_buffer (buffered, &length);
    g_autoptr (GInputStream) head = g_memory_input_stream_new_from_data (data, length, NULL);

    *stream = G_INPUT_STREAM (buffered);
    plan = plancia_table_plan_new (head, guess_cb, map, cancellable, &error);
  }
  if (plan == NULL)
    plancia_cli_complain ("%s: %s", path, error->message);
  return plan;
}

static gboolean
choose_column (PlanciaTablePlan *plan, const char *text)
{
  char   *end;
  guint64 number = g_ascii_strtoull (text, &end, 10);

  if (number < 1 || number > plan->keys->len || *end != '=' || number - 1 == plan->time_column) {
    plancia_cli_complain (_ ("--column: \"%s\" is no column of this table."), text);
    return FALSE;
  }
  plancia_table_plan_set_key (plan, (guint) number - 1, end[1] != '\0' ? end + 1 : NULL);
  return TRUE;
}

static gboolean
take_options (PlanciaTablePlan *plan, PlanciaCliArchive *archive)
{
  static const char *const styles[] = {"ymd", "dmy", "mdy", "unix"};
  gboolean                 is_known = option_time == NULL;

  for (guint i = 0; option_columns != NULL && option_columns[i] != NULL; i++)
    if (!choose_column (plan, option_columns[i]))
      return FALSE;
  if (option_decimal != NULL)
    plan->decimal = option_decimal[0];
  for (guint i = 0; !is_known && i < G_N_ELEMENTS (styles); i++)
    if (g_str_equal (styles[i], option_time)) {
      plan->time = i;
      is_known = TRUE;
    }
  if (!is_known || (plan->decimal != '.' && plan->decimal != ',')) {
    plancia_cli_complain (_ ("There is no such style of times or numbers; see --help."));
    return FALSE;
  }
  if (option_zone != NULL) {
    GTimeZone *zone = g_time_zone_new_identifier (option_zone);

    if (zone == NULL) {
      plancia_cli_complain (_ ("There is no time zone \"%s\"."), option_zone);
      return FALSE;
    }
    g_time_zone_unref (archive->zone);
    archive->zone = zone;
  }
  return TRUE;
}

static void
print_plan (const PlanciaTablePlan *plan)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < plan->titles->len; i++) {
    const char *key = g_ptr_array_index (plan->keys, i);
    const char *what = i == plan->time_column || i == plan->clock_column ? _ ("time")
  : key != NULL                                                          ? key
                                                                         : "\xe2\x80\x94";

    g_string_append_printf (out,
                            "%u\t%s\t%s\n",
                            i + 1,
                            (const char *) g_ptr_array_index (plan->titles, i),
                            plan->is_long && i != plan->time_column ? "*" : what);
  }
  plancia_cli_print (out->str);
}

static void
progress_cb (PlanciaTableImport *import, gpointer data)
{
  if (isatty (STDERR_FILENO))
    /* Translators: progress; the number is a percentage */
    g_printerr (_ ("\r%.0f %%"), plancia_table_import_get_fraction (import) * 100);
}

/* Ids of a plant's devices; NULL if one device was named, which then has every line. */
static GStrv
list_known (PlanciaCliArchive *archive)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  if (archive->devices->len == 1)
    return NULL;
  for (guint i = 0; i < archive->devices->len; i++)
    g_strv_builder_add (ids, ((PlanciaCliDevice *) g_ptr_array_index (archive->devices, i))->id);
  return g_strv_builder_end (ids);
}

static int
run_import (PlanciaCliArchive      *archive,
            const char             *path,
            GInputStream           *stream,
            const PlanciaTablePlan *plan)
{
  g_auto (GStrv) known = list_known (archive);
  PlanciaCliDevice *device = g_ptr_array_index (archive->devices, 0);
  g_autoptr (PlanciaTableImport)
    import = plancia_table_import_new (archive->store,
                                       known == NULL ? device->id : NULL,
                                       (const char *const *) known,
                                       archive->zone,
                                       plan);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *samples = NULL;
  g_autofree char *n_errors = NULL;

  g_signal_connect (import, "progress", G_CALLBACK (progress_cb), NULL);
  plancia_table_import_set_stream (import, stream);
  plancia_table_import_run_async (import,
                                  path,
                                  archive->cancellable,
                                  plancia_cli_keep_result,
                                  &result);
  plancia_table_import_run_finish (import, plancia_cli_wait (&result), &error);
  if (isatty (STDERR_FILENO))
    g_printerr ("\n");
  for (guint i = 0; i < MIN (plancia_table_import_get_errors (import)->len, 20); i++)
    g_printerr ("%s: %s\n",
                path,
                (const char *) g_ptr_array_index (plancia_table_import_get_errors (import), i));
  samples = g_strdup_printf ("%" G_GUINT64_FORMAT, plancia_table_import_get_samples (import));
  n_errors = g_strdup_printf ("%" G_GUINT64_FORMAT, plancia_table_import_get_n_errors (import));
  {
    /* Translators: both are numbers */
    g_autofree char *text =
      g_strdup_printf (_ ("%s values imported, %s cells could not be read\n"), samples, n_errors);

    plancia_cli_print (text);
  }
  if (error != NULL)
    plancia_cli_complain ("%s", error->message);
  return error != NULL || plancia_table_import_get_samples (import) == 0 ? PLANCIA_CLI_FAILED
                                                                         : PLANCIA_CLI_DONE;
}

int
plancia_cli_history_import (GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  g_autoptr (PlanciaCliArchive) archive = NULL;
  g_autoptr (PlanciaTablePlan) plan = NULL;
  g_autoptr (GInputStream) stream = NULL;
  char *names[2] = {NULL, NULL};
  int   code = PLANCIA_CLI_DONE;

  if (!plancia_cli_parse (&rest,
                          _ ("ADDRESS|PLANT FILE"),
                             _ ("Puts a CSV table into the history on this computer, as a source "
                                "of its own."),
                                NULL,
                                entries,
                                &code))
    return code;
  if (rest[1] == NULL || rest[2] == NULL || rest[3] != NULL)
    return plancia_cli_wrong_use (_ ("Say of which device, and which file."));
  names[0] = rest[1];
  archive = plancia_cli_archive_open (names, option_plant);
  if (archive == NULL)
    return PLANCIA_CLI_USAGE;
  if (archive->devices->len == 0)
    return plancia_cli_wrong_use (_ ("There is no device in this plant."));
  plan = make_plan (rest[2],
                    ((PlanciaCliDevice *) g_ptr_array_index (archive->devices, 0))->map,
                    &stream,
                    archive->cancellable);
  if (plan == NULL)
    return PLANCIA_CLI_FAILED;
  if (!take_options (plan, archive))
    return PLANCIA_CLI_USAGE;
  if (archive->devices->len > 1 && !plan->is_long)
    return plancia_cli_wrong_use (
      _ ("This table does not say of which device its lines are: name one device."));
  if (!option_dry_run)
    return run_import (archive, rest[2], stream, plan);
  print_plan (plan);
  return PLANCIA_CLI_DONE;
}
