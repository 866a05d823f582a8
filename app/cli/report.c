/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli report verify FILE */

#include "cli/cli.h"

#include "cli/report-verify.h"
#include <glib/gi18n.h>

static const GOptionEntry entries[] = {G_OPTION_ENTRY_NULL};

/**
 * plancia_cli_report:
 * @arguments: "report" and what follows
 *
 * Returns: the exit code
 */
int
plancia_cli_report (GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  int code = PLANCIA_CLI_DONE;

  if (!plancia_cli_parse (
        &rest,
        _ ("verify FILE"),
           _ ("Works out the SHA-256 of a commissioning report from its annex (JSON)."),
              NULL,
              entries,
              &code))
    return code;
  if (g_strcmp0 (rest[1], "verify") == 0 && rest[2] != NULL && rest[3] == NULL)
    return plancia_cli_report_verify (rest[2]);
  return plancia_cli_wrong_use (_ ("Say what to check, as in \"report verify FILE.json\"."));
}
