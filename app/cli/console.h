/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/terminal.h"

G_BEGIN_DECLS

/* A serial port opened for a script: what comes is printed and logged, and can be waited for. Main thread; runs the main
 * context while it waits. */
typedef struct _PlanciaCliConsole PlanciaCliConsole;

typedef enum {
  PLANCIA_CLI_HEARD, /* what was waited for is so */
  PLANCIA_CLI_NOT_IN_TIME,
  PLANCIA_CLI_GONE, /* the port went away */
  PLANCIA_CLI_INTERRUPTED,
} PlanciaCliOutcome;

/* What to open: an address, a path, or the name or identity of a port. NULL after a sentence. */
PlanciaCliConsole *plancia_cli_console_new (const char *text);
void               plancia_cli_console_free (PlanciaCliConsole *self);
void               plancia_cli_console_set_hex (PlanciaCliConsole *self, gboolean hex);
/* One line a Modbus frame instead of bytes. */
void plancia_cli_console_set_modbus (PlanciaCliConsole *self);
/* FALSE after a sentence. */
gboolean plancia_cli_console_set_log (PlanciaCliConsole *self, const char *path);
void     plancia_cli_console_set_reconnect (PlanciaCliConsole *self, gboolean reconnect);
gboolean plancia_cli_console_open (PlanciaCliConsole *self, GError **error);
/* Sends, and forgets what was heard before. */
gboolean plancia_cli_console_send (PlanciaCliConsole *self, GBytes *bytes, GError **error);
/* Until regex matches what was heard since the last send. */
PlanciaCliOutcome
plancia_cli_console_expect (PlanciaCliConsole *self, GRegex *regex, double timeout);
/* Until nothing has come for so long; limit: s, or 0. */
PlanciaCliOutcome
plancia_cli_console_wait_quiet (PlanciaCliConsole *self, double quiet, double limit);
/* For so many s. */
PlanciaCliOutcome plancia_cli_console_wait (PlanciaCliConsole *self, double seconds);
/* Sends the lines of standard input, with this ending, for so many s (0: for ever), or until interrupted. */
PlanciaCliOutcome
plancia_cli_console_listen (PlanciaCliConsole *self, const char *ending, double seconds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaCliConsole, plancia_cli_console_free)

G_END_DECLS
