/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/console-buffer.h"
#include "model/console-format.h"

G_BEGIN_DECLS

/* Which lines of a buffer match, kept up to date while lines come and go. The lines are read on a worker, the newest first.
 * Signal "changed" (): matches came or went, or the search ended. Main thread. */
#define PLANCIA_TYPE_CONSOLE_SEARCH (plancia_console_search_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaConsoleSearch,
                      plancia_console_search,
                      PLANCIA,
                      CONSOLE_SEARCH,
                      GObject)

PlanciaConsoleSearch *plancia_console_search_new (void);
/* NULL: nothing to look in. */
void plancia_console_search_set_buffer (PlanciaConsoleSearch *self, PlanciaConsoleBuffer *buffer);
/* Looks for pattern in lines as format shows them, without time, arrow and line ending. pattern NULL or "": for nothing.
 * is_regex FALSE: the text itself. Case matters only if pattern has a capital letter. FALSE and G_REGEX_ERROR if the pattern
 * makes no sense; then there is nothing to look for. */
gboolean plancia_console_search_start (PlanciaConsoleSearch       *self,
                                       const char                 *pattern,
                                       gboolean                    is_regex,
                                       const PlanciaConsoleFormat *format,
                                       GError                    **error);
/* The expression, or NULL. (transfer none) */
GRegex  *plancia_console_search_get_regex (PlanciaConsoleSearch *self);
gboolean plancia_console_search_is_busy (PlanciaConsoleSearch *self);
/* Lines that match, so far. */
guint plancia_console_search_get_count (PlanciaConsoleSearch *self);
/* Number of the i-th line that matches, oldest first. */
guint64 plancia_console_search_get (PlanciaConsoleSearch *self, guint i);
/* How many matching lines are before this line. */
guint plancia_console_search_rank (PlanciaConsoleSearch *self, guint64 line);

G_END_DECLS
