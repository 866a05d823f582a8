/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/console-search.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The output of a console: draws only the lines that are on the screen, whatever their number. Follows the newest line until a
 * person scrolls up; then the property "new-lines" (guint, notifies) counts what came since. Lines can be selected with the
 * pointer and copied. */
#define PLANCIA_TYPE_CONSOLE_VIEW (plancia_console_view_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaConsoleView, plancia_console_view, PLANCIA, CONSOLE_VIEW, GtkWidget)

/* NULL shows nothing. */
void plancia_console_view_set_lines (PlanciaConsoleView *self, PlanciaConsoleBuffer *lines);
PlanciaConsoleBuffer *plancia_console_view_get_lines (PlanciaConsoleView *self);
/* Mode, time, charset, ansi and decode of it. */
void plancia_console_view_set_format (PlanciaConsoleView *self, const PlanciaConsoleFormat *format);
/* Of the plant; the times of day are its own. */
void plancia_console_view_set_zone (PlanciaConsoleView *self, GTimeZone *zone);
/* How lines are shown. (transfer none) */
const PlanciaConsoleFormat *plancia_console_view_get_format (PlanciaConsoleView *self);
/* Marks what is found; filter: shows only lines in which something is. search may be NULL. */
void plancia_console_view_set_search (PlanciaConsoleView   *self,
                                      PlanciaConsoleSearch *search,
                                      gboolean              filter);
/* The search looks for something else now. */
void     plancia_console_view_search_moved (PlanciaConsoleView *self);
guint    plancia_console_view_get_new_lines (PlanciaConsoleView *self);
gboolean plancia_console_view_get_following (PlanciaConsoleView *self);
/* To the newest line, and follow again. */
void plancia_console_view_scroll_to_end (PlanciaConsoleView *self);
/* Scrolls until the line is seen and marks what was found in it; stops following. */
void plancia_console_view_go_to (PlanciaConsoleView *self, guint64 line);
/* All that is held, as it is shown. Takes time when it is much. (transfer full) */
char *plancia_console_view_dup_text (PlanciaConsoleView *self);

/* Selection, from one byte of a line's text to another. Copying puts it on the clipboard, a moment later if it is much. */
void plancia_console_view_select_all (PlanciaConsoleView *self);
void
plancia_console_view_select (PlanciaConsoleView *self, guint64 line, guint byte, gboolean extend);
gboolean plancia_console_view_has_selection (PlanciaConsoleView *self);
void     plancia_console_view_copy (PlanciaConsoleView *self);
void     plancia_console_view_copy_all (PlanciaConsoleView *self);
/* The line and byte at a place of the widget; the nearest if there is none. FALSE if there are no lines. */
gboolean
plancia_console_view_hit (PlanciaConsoleView *self, double x, double y, guint64 *line, guint *byte);
/* Text of a visible line, or NULL. (transfer none) */
const char *plancia_console_view_peek_line (PlanciaConsoleView *self, guint64 line);
void        plancia_console_view_scroll_by (PlanciaConsoleView *self, double pixels);

G_END_DECLS
