/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli simulate: serves a simulated plant until it is interrupted. */

#include "cli/cli.h"

#include "base/error.h"
#include "simulator/serve-forever.h"
#include <glib/gi18n.h>
#include <stdio.h>

/* The scenario's own speed. */
#define NO_SPEED (-1.0)

static char  *option_scenario;
static char  *option_ports;
static char **option_faults;
static double option_speed = NO_SPEED;

static const GOptionEntry entries[] = {
  {"scenario",
   0,             0,
   G_OPTION_ARG_FILENAME,                 &option_scenario,
   N_ ("What to simulate; without it the demo plant"),                                         N_ ("FILE")        },
   {"speed",    0, 0, G_OPTION_ARG_DOUBLE, &option_speed,    N_ ("Simulated seconds a second"), "N"                },
    {"ports",
   0,             0,
   G_OPTION_ARG_FILENAME,                 &option_ports,
   N_ ("Write the addresses as JSON once everything listens"),                                 N_ ("FILE")        },
     {"fault",
   0,             0,
   G_OPTION_ARG_STRING_ARRAY,             &option_faults,
   N_ ("A fault from the start, such as \"HYD 6000 ZSS=slow\"; may be repeated"),              N_ ("DEVICE=FAULT")},
      G_OPTION_ENTRY_NULL
};

/**
 * plancia_cli_simulate:
 * @arguments: "simulate" and what follows
 *
 * Runs until SIGINT or SIGTERM.
 *
 * Returns: the exit code
 */
int
plancia_cli_simulate (GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  g_autoptr (GError) error = NULL;
  PlanciaServeOptions options = {0};
  int                 code = PLANCIA_CLI_DONE;

  if (!plancia_cli_parse (
        &rest,
        NULL,
        _ ("Serves a simulated plant on this computer until it is interrupted."),
           _ ("Prints the addresses of what it serves, one a line."), entries, &code))
    return code;
  if (rest[1] != NULL)
    return plancia_cli_wrong_use (_ ("\"simulate\" takes options only, not \"%s\"."), rest[1]);
  if (option_speed != NO_SPEED && !(option_speed > 0))
    return plancia_cli_wrong_use (_ ("--speed needs a number above 0."));

  options.scenario = option_scenario;
  options.speed = option_speed;
  options.ports = option_ports;
  options.faults = (const char *const *) option_faults;
  if (plancia_serve_forever (&options, &error))
    return PLANCIA_CLI_DONE;

  plancia_cli_complain ("%s", error->message);
  return error->domain == PLANCIA_DOCUMENT_ERROR ? PLANCIA_CLI_USAGE : PLANCIA_CLI_FAILED;
}
