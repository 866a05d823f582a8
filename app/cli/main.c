/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/installation.h"
#include "cli/cli.h"
#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  const char *name;
  int (*run) (GStrv arguments);
  const char *usage;
  const char *summary;
} Verb;

static const Verb verbs[] = {
  {"discover",
   plancia_cli_discover,   "discover [--subnet CIDR]… [--host HOST]… [--hub] [--serial]",
   N_ ("look for devices on the network, list serial ports")                      },
   {"read",
   plancia_cli_read,       "read ADDRESS [--map ID|FILE] [--group G] [KEY…] [--watch S]",
   N_ ("read registers, or what a cloud knows")                                   },
    {"write",
   plancia_cli_write,      "write ADDRESS KEY=VALUE… | --raw REGISTER=WORD,… [--map ID|FILE] [--dry-run] [--yes]",
   N_ ("write settings and read them back")                                       },
     {"commission",
   plancia_cli_commission, "commission ADDRESS --auto [--report FILE] [--language en|it]",
   N_ ("run the checks of a commissioning that need nobody, make the report")     },
      {"report",
   plancia_cli_report,     "report PLANT [--month MONTH] [--language L] [-o FILE] | verify FILE",
   N_ ("monthly report of a plant; check a commissioning report against its data")},
       {"snapshot",
   plancia_cli_snapshot,   "snapshot ADDRESS [-o FILE] [--note TEXT]",
   N_ ("keep what all registers hold")                                            },
        {"restore",
   plancia_cli_restore,    "restore FILE ADDRESS [--include WHAT]… [--dry-run] [--yes]",
   N_ ("write the settings of a snapshot")                                        },
         {"compare",
   plancia_cli_compare,    "compare A B [--all] [--readings] [--csv]",
   N_ ("show what differs between two snapshots, or a snapshot and now")          },
          {"journal",
   plancia_cli_journal,    "journal [--device DEVICE] [--json] [--csv FILE] [--read-back NUMBER]",
   N_ ("list what was written, and what became of it")                            },
           {"history",
   plancia_cli_history,    "history list|gaps|fetch|export ADDRESS|PLANT… [--from TIME] [--to TIME]",
   N_ ("list and export what was recorded and fetched")                           },
            {"plant",
   plancia_cli_plant,      "plant export PLANT [-o FILE] | import FILE [--into PLANT] | show FILE",
   N_ ("a plant in one file, for the office")                                     },
             {"plants",
   plancia_cli_plants,     "plants [PLANT…] [--json]",
   N_ ("list plants with state, today, alarms, holes, and what is next")          },
              {"findings",
   plancia_cli_findings,   "findings PLANT… [--open] [--json]",
   N_ ("judge the history: strings, inverters, battery, clocks, counters, holes") },
               {"record",
   plancia_cli_record,     "record ADDRESS|PLANT -o FILE [--for TIME]",
   N_ ("keep what goes over every link in one file")                              },
                {"replay",
   plancia_cli_replay,     "replay show|export FILE [-o FILE]",
   N_ ("say what is in a recording, make a scenario of it")                       },
                 {"map",
   plancia_cli_map,        "map list | check FILE… | export MAP | import FILE | unlock MAP KEY…",
   N_ ("list the register maps, check files")                                     },
                  {"ports",
   plancia_cli_ports,      "ports [--name PORT=NAME]…",
   N_ ("list the serial ports")                                                   },
                   {"console",
   plancia_cli_talk,       "console ADDRESS [--send TEXT]… [--expect REGEX]… [--timeout S] [--hex] [--log FILE]",
   N_ ("talk to a serial port")                                                   },
                    {"simulate",
   plancia_cli_simulate,   "simulate [--scenario FILE] [--speed N] [--ports FILE]",
   N_ ("serve a simulated plant until interrupted")                               },
                     {"scan",
   plancia_cli_scan,       "scan ADDRESS FIRST-LAST [--function N] [--csv FILE]",
   N_ ("find out which registers a device has")                                   },
                      {"cloud",
   plancia_cli_cloud,      "cloud test|realtime|alarms ADDRESS… [--credentials-fd N]",
   N_ ("ask a cloud: does the account work, values of now, alarms")               },
};

static int
print_help (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (out, "%s\n\n", _ ("Usage: plancia-cli VERB …"));
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    g_string_append_printf (out,
                            "  plancia-cli %s\n      %s\n",
                            verbs[i].usage,
                            _ (verbs[i].summary));
  g_string_append_printf (out,
                          "\n%s\n",
                          _ ("plancia-cli VERB --help tells the options of a verb."));
  g_string_append_printf (out,
                          "%s\n",
                          _ ("Exit code: 0 done, 1 a device or an account failed, 2 wrong use."));
  plancia_cli_print (out->str);

  return PLANCIA_CLI_DONE;
}

static int
run (GStrv arguments)
{
  const char *name = arguments[0];

  if (name == NULL)
    return plancia_cli_wrong_use (_ ("Say what to do; plancia-cli --help lists the verbs."));
  if (g_str_equal (name, "--help") || g_str_equal (name, "-h") || g_str_equal (name, "help"))
    return print_help ();
  if (g_str_equal (name, "--version")) {
    plancia_cli_print ("plancia-cli " PLANCIA_VERSION "\n");
    return PLANCIA_CLI_DONE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verbs[i].name, name))
      return verbs[i].run (arguments);

  return plancia_cli_wrong_use (_ ("There is no verb \"%s\"; plancia-cli --help lists them."),
                                   name);
}

int
main (int argc, char **argv)
{
  (void) argc;
  plancia_installation_init_language ();
  /* Standard output is for results only. */
  g_log_writer_default_set_use_stderr (TRUE);

  return run (argv + 1);
}
