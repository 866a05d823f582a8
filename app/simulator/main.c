/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-simulator: serves a simulated plant on this computer until it is interrupted. */
#include <glib/gi18n.h>
#include <stdio.h>

#include "base/error.h"
#include "base/installation.h"
#include "simulator/serve-forever.h"

/* As in plancia-cli. */
enum {
  EXIT_DONE = 0,
  EXIT_FAILED = 1,
  EXIT_WRONG_USE = 2,
};

static char    *scenario;
static double   speed = -1;
static char    *ports;
static char   **faults;
static char    *address;
static gboolean standard_ports;
static gboolean version;

static const GOptionEntry entries[] = {
  {"scenario",
   's',                 0,
   G_OPTION_ARG_FILENAME,                       &scenario,
   N_ ("What to simulate; without it the demo plant"),                                              N_ ("FILE")        },
   {"speed",          0, 0, G_OPTION_ARG_DOUBLE, &speed,          N_ ("Simulated seconds a second"), "N"                },
    {"ports",
   0,                   0,
   G_OPTION_ARG_FILENAME,                       &ports,
   N_ ("Write the addresses as JSON once everything listens"),                                      N_ ("FILE")        },
     {"fault",
   'f',                 0,
   G_OPTION_ARG_STRING_ARRAY,                   &faults,
   N_ ("A fault from the start, such as \"HYD 6000 ZSS=slow\"; may be repeated"),                   N_ ("DEVICE=FAULT")},
      {"address",
   0,                   0,
   G_OPTION_ARG_STRING,                         &address,
   N_ ("Listen on this address instead of 127.0.0.1"),                                              "IPV4"             },
       {"standard-ports",
   0,                   0,
   G_OPTION_ARG_NONE,                           &standard_ports,
   N_ ("Use the ports of the real devices; a WIFI stick also answers discovery"),                   NULL               },
        {"version",        0, 0, G_OPTION_ARG_NONE,   &version,        N_ ("Print the version and end"),  NULL               },
         G_OPTION_ENTRY_NULL
};

static int
complain (const char *sentence, int code)
{
  fprintf (stderr, "plancia-simulator: %s\n", sentence);
  return code;
}

static int
serve (void)
{
  g_autoptr (GError) error = NULL;
  PlanciaServeOptions options =
    {scenario, speed, ports, (const char *const *) faults, address, standard_ports};

  if (plancia_serve_forever (&options, &error))
    return EXIT_DONE;
  return complain (error->message,
                   error->domain == PLANCIA_DOCUMENT_ERROR ? EXIT_WRONG_USE : EXIT_FAILED);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  plancia_installation_init_language ();
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (
    context,
    N_ ("Serves a simulated plant on this computer and on pseudo terminals, prints the addresses,\n"
        "one a line, and runs until interrupted."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    return complain (error->message, EXIT_WRONG_USE);
  if (version) {
    printf ("plancia-simulator " PLANCIA_VERSION "\n");
    return EXIT_DONE;
  }
  if (argc > 1)
    return complain (_ ("There are only options; see --help."), EXIT_WRONG_USE);
  if (speed < 0 && speed != -1)
    return complain (_ ("--speed cannot be negative."), EXIT_WRONG_USE);
  return serve ();
}
