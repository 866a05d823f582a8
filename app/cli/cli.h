/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The verbs of plancia-cli. arguments: what follows the program's name, the verb first; each verb
 * parses its own options. All return the exit code of the program. */

enum {
  PLANCIA_CLI_DONE = 0,
  PLANCIA_CLI_FAILED = 1, /* a device, an account or a file failed */
  PLANCIA_CLI_USAGE = 2,  /* wrong use; nothing was done */
};

int plancia_cli_cloud (GStrv arguments);
int plancia_cli_commission (GStrv arguments);
int plancia_cli_compare (GStrv arguments);
int plancia_cli_discover (GStrv arguments);
int plancia_cli_findings (GStrv arguments);
int plancia_cli_history (GStrv arguments);
int plancia_cli_map (GStrv arguments);
int plancia_cli_journal (GStrv arguments);
int plancia_cli_plant (GStrv arguments);
int plancia_cli_plants (GStrv arguments);
int plancia_cli_ports (GStrv arguments);
int plancia_cli_read (GStrv arguments);
int plancia_cli_record (GStrv arguments);
int plancia_cli_replay (GStrv arguments);
int plancia_cli_report (GStrv arguments);
int plancia_cli_restore (GStrv arguments);
int plancia_cli_scan (GStrv arguments);
int plancia_cli_simulate (GStrv arguments);
int plancia_cli_snapshot (GStrv arguments);
int plancia_cli_talk (GStrv arguments);
int plancia_cli_write (GStrv arguments);

/* Takes the options out of arguments. FALSE: stop with *code (wrong use; --help exits by itself). parameters: "ADDRESS
 * [KEY…]", shown after the verb; notes: more lines of help, or NULL. */
gboolean plancia_cli_parse (GStrv              *arguments,
                            const char         *parameters,
                            const char         *summary,
                            const char         *notes,
                            const GOptionEntry *entries,
                            int                *code);

/* One sentence on standard error. */
void plancia_cli_complain (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* The same, and returns PLANCIA_CLI_USAGE. */
int plancia_cli_wrong_use (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* Text on standard output at once, whole, as UTF-8 whatever the locale. */
void plancia_cli_print (const char *text);

G_END_DECLS
