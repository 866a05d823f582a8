/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli report PLANT: the monthly report of a plant as PDF. */

#include "cli/report-month.h"

#include "base/clock.h"
#include "cli/archive.h"
#include "cli/cli.h"
#include "cli/wait.h"
#include "plant/plant-file.h"
#include "report/month-paper.h"
#include <glib/gi18n.h>
#include <unistd.h>

static char *option_month;
static char *option_language;
static char *option_output;

/* clang-format off */
static const GOptionEntry entries[] = {
  {"month", 0, 0, G_OPTION_ARG_STRING, &option_month, N_ ("The month, as 2026-06; the last whole one if left out"), N_ ("MONTH")},
  {"language", 0, 0, G_OPTION_ARG_STRING, &option_language, N_ ("Language of the report: en or it; the program's if left out"), N_ ("LANGUAGE")},
  {"output", 'o', 0, G_OPTION_ARG_FILENAME, &option_output, N_ ("PDF file to write, or -; PLANT-MONTH.pdf if left out"), N_ ("FILE")},
  G_OPTION_ENTRY_NULL
};
/* clang-format on */

static void
progress_cb (double fraction, gpointer user_data)
{
  if (isatty (STDERR_FILENO))
    /* Translators: progress; the number is a percentage */
    g_printerr (_ ("\r%.0f %%"), fraction * 100);
}

static gboolean
find_month (PlanciaPlant *plant, PlanciaSpan *span)
{
  GTimeZone *zone = plancia_plant_get_zone (plant);

  if (option_month == NULL) {
    *span = plancia_month_span (zone, plancia_clock_now ());
    *span = plancia_month_span (zone, span->start - PLANCIA_DAY);
    return TRUE;
  }
  if (plancia_month_parse (option_month, zone, span))
    return TRUE;
  plancia_cli_complain (_ ("\"%s\" is no month: write it as 2026-06."), option_month);
  return FALSE;
}

static char *
dup_path (PlanciaPlant *plant, PlanciaSpan span)
{
  g_autoptr (GDateTime)
    utc = g_date_time_new_from_unix_utc ((span.start + 10 * PLANCIA_DAY) / PLANCIA_SECOND);
  g_autofree char *month = g_date_time_format (utc, "%Y-%m");
  char            *path;

  if (option_output != NULL)
    return g_strdup (option_output);
  path = g_strdup_printf ("%s-%s.pdf", plancia_plant_get_name (plant), month);
  return g_strdelimit (path, "/\\", '-');
}

static int
failed (const GError *error)
{
  plancia_cli_complain ("%s", error->message);
  return PLANCIA_CLI_FAILED;
}

static int
make_report (PlanciaCliArchive *archive, PlanciaPlant *plant, PlanciaSpan span)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaReportLanguage)
    language = plancia_report_language_new (option_language, &error);
  g_autoptr (PlanciaMonth) month = NULL;
  g_autoptr (PlanciaPaper) paper = NULL;
  g_autofree char *path = dup_path (plant, span);

  if (language == NULL)
    return plancia_cli_wrong_use ("%s", error->message);
  plancia_month_gather_async (archive->store,
                              plant,
                              span.start,
                              archive->cancellable,
                              progress_cb,
                              NULL,
                              plancia_cli_keep_result,
                              &result);
  month = plancia_month_gather_finish (plancia_cli_wait (&result), &error);
  if (isatty (STDERR_FILENO))
    g_printerr ("\n");
  if (month == NULL)
    return failed (error);
  paper = plancia_month_paper_new (month, language);
  return plancia_paper_write (paper, path, archive->cancellable, &error) ? PLANCIA_CLI_DONE
                                                                         : failed (error);
}

int
plancia_cli_report_month (GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  g_autoptr (PlanciaCliArchive) archive = NULL;
  g_autoptr (PlanciaPlant) plant = NULL;
  g_autoptr (GError) error = NULL;
  PlanciaSpan span;
  int         code = PLANCIA_CLI_DONE;

  if (
    !plancia_cli_parse (
      &rest,
      _ ("PLANT | verify FILE"),
        _ ("Writes the monthly report of a plant as PDF."),
          _ ("report verify FILE works out the SHA-256 of a commissioning report from its annex (JSON)."),
            entries,
            &code))
    return code;
  if (rest[1] == NULL || rest[2] != NULL)
    return plancia_cli_wrong_use (_ ("Say of which plant: one plant file."));
  plant = plancia_plant_file_load (rest[1], &error);
  if (plant == NULL)
    return plancia_cli_wrong_use ("%s", error->message);
  if (!find_month (plant, &span))
    return PLANCIA_CLI_USAGE;
  archive = plancia_cli_archive_open (rest + 1, NULL);
  return archive != NULL ? make_report (archive, plant, span) : PLANCIA_CLI_USAGE;
}
