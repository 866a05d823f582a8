/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli history WHAT: what the history on this computer has. */

#include "cli/cli.h"

#include "cli/history-export.h"
#include "cli/history-fetch.h"
#include <glib/gi18n.h>

typedef struct
{
  const char *name;
  int (*run) (GStrv arguments);
} Verb;

static const Verb verbs[] = {
  {"export", plancia_cli_history_export},
  {"fetch",  plancia_cli_history_fetch },
  {"gaps",   plancia_cli_history_gaps  },
  {"list",   plancia_cli_history_list  },
};

int
plancia_cli_history (GStrv arguments)
{
  for (guint i = 0; arguments[1] != NULL && i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verbs[i].name, arguments[1]))
      return verbs[i].run (arguments + 1);
  return plancia_cli_wrong_use (
    _ ("Say what to do with the history: fetch, gaps, list or export."));
}
