/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/console-buffer.h"
#include "ui/console-format.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The output of a console. Follows the newest line until a person scrolls up; then the property "new-lines" (guint,
 * notifies) counts what came since. */
#define PLANCIA_TYPE_CONSOLE_VIEW (plancia_console_view_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaConsoleView, plancia_console_view, PLANCIA, CONSOLE_VIEW, GtkTextView)

GtkWidget *plancia_console_view_new (void);
/* NULL shows nothing. */
void plancia_console_view_set_lines (PlanciaConsoleView *self, PlanciaConsoleBuffer *lines);
void plancia_console_view_set_mode (PlanciaConsoleView *self, PlanciaConsoleMode mode);
void plancia_console_view_set_time (PlanciaConsoleView *self, PlanciaConsoleTime time);
/* Of the plant; the times of day are its own. */
void     plancia_console_view_set_zone (PlanciaConsoleView *self, GTimeZone *zone);
guint    plancia_console_view_get_new_lines (PlanciaConsoleView *self);
gboolean plancia_console_view_get_following (PlanciaConsoleView *self);
/* To the newest line, and follow again. */
void plancia_console_view_scroll_to_end (PlanciaConsoleView *self);
void plancia_console_view_stop_following (PlanciaConsoleView *self);
/* All that is shown. (transfer full) */
char *plancia_console_view_dup_text (PlanciaConsoleView *self);

G_END_DECLS
