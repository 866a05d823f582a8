/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/report-verify.h"

#include "cli/cli.h"
#include "commission/report.h"
#include "plant/plant-file.h"
#include <glib/gi18n.h>

static gboolean
is_paper (const char *file)
{
  return g_str_has_suffix (file, ".pdf") || g_str_has_suffix (file, ".PDF");
}

int
plancia_cli_report_verify (const char *file)
{
  g_autofree char *path = is_paper (file) ? plancia_commission_report_dup_path (file, ".json")
                                          : g_strdup (file);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = plancia_plant_file_read (path, &error);
  g_autofree char *stored = NULL;
  g_autofree char *computed = NULL;
  g_autofree char *text = NULL;

  if (bytes == NULL ||
      !plancia_commission_report_verify (bytes, path, &stored, &computed, &error)) {
    plancia_cli_complain ("%s", error->message);
    return PLANCIA_CLI_FAILED;
  }
  if (!g_str_equal (stored, computed)) {
    plancia_cli_complain (_ ("%s: the data were changed: the report says %s, the data give %s."),
                             path,
                             stored,
                             computed);
    return PLANCIA_CLI_FAILED;
  }
  text = g_strdup_printf ("SHA-256 %s\n%s\n",
                          computed,
                          _ ("The data are those of the report. Compare this number with the one "
                             "at the foot of each page."));
  plancia_cli_print (text);
  return PLANCIA_CLI_DONE;
}
