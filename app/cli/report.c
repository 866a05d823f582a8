/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli report PLANT | verify FILE */

#include "cli/cli.h"

#include "cli/report-month.h"
#include "cli/report-verify.h"
#include <glib/gi18n.h>

/**
 * plancia_cli_report:
 * @arguments: "report" and what follows
 *
 * Returns: the exit code
 */
int
plancia_cli_report (GStrv arguments)
{
  if (g_strcmp0 (arguments[1], "verify") != 0)
    return plancia_cli_report_month (arguments);
  if (arguments[2] == NULL || arguments[3] != NULL)
    return plancia_cli_wrong_use (_ ("Say what to check, as in \"report verify FILE.json\"."));
  return plancia_cli_report_verify (arguments[2]);
}
