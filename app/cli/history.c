/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli history WHAT: what the history on this computer has. */

#include "cli/cli.h"

#include "cli/history-export.h"
#include "cli/history-fetch.h"
#include "cli/history-import.h"
#include <glib/gi18n.h>

typedef struct
{
  const char *name;
  int (*run) (GStrv arguments);
  char        full[16]; /* as the help of the verb says it */
  const char *usage;
  const char *summary;
} Verb;

static Verb verbs[] = {
  {"list",
   plancia_cli_history_list,   "history list",
   "ADDRESS|PLANT…",                                              N_ ("Lists what the history on this computer has.")                                               },
   {"gaps",
   plancia_cli_history_gaps,   "history gaps",
   "ADDRESS|PLANT… [--from TIME] [--to TIME]",                    N_ ("Lists what the history on this computer lacks.")                                             },
    {"fetch",
   plancia_cli_history_fetch,  "history fetch",
   "ADDRESS… --from TIME [--to TIME]",                            N_ ("Fetches from a cloud what the history on this computer lacks; may be stopped at any moment.")},
     {"export",
   plancia_cli_history_export, "history export",
   "ADDRESS|PLANT… [--from TIME] [--to TIME] [--wide] [-o FILE]", N_ ("Writes what the history on this computer has to a file.")                                    },
      {"import",
   plancia_cli_history_import, "history import",
   "ADDRESS|PLANT FILE [--column NUMBER=KEY]… [--dry-run]",       N_ ("Puts a CSV table into the history on this computer, as a source of its own.")                },
};

static int
print_help (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (out, "%s\n\n", _ ("Usage: plancia-cli history VERB …"));
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    g_string_append_printf (out,
                            "  plancia-cli %s %s\n      %s\n",
                            verbs[i].full,
                            verbs[i].usage,
                            _ (verbs[i].summary));
  g_string_append_printf (out,
                          "\n%s\n",
                          _ ("plancia-cli history VERB --help tells the options of a verb."));
  plancia_cli_print (out->str);
  return PLANCIA_CLI_DONE;
}

/**
 * plancia_cli_history:
 * @arguments: "history", a verb and what follows
 *
 * Returns: the exit code
 */
int
plancia_cli_history (GStrv arguments)
{
  const char *name = arguments[1];

  if (name != NULL && (g_str_equal (name, "--help") || g_str_equal (name, "-h")))
    return print_help ();
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verbs[i].name, name)) {
      arguments[1] = verbs[i].full;
      return verbs[i].run (arguments + 1);
    }
  return plancia_cli_wrong_use (
    _ ("Say what to do with the history: fetch, gaps, import, list or export."));
}
