/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/console-view.h"

G_BEGIN_DECLS

/* What is selected in a PlanciaConsoleView, by its own pointer: drag, double click a word, triple click a line, shift click
 * on. Lines are numbers, so that a selection holds while others come and go. Belongs to its view. */
typedef struct _PlanciaConsoleSelect PlanciaConsoleSelect;

PlanciaConsoleSelect *plancia_console_select_new (PlanciaConsoleView *view);
void                  plancia_console_select_free (PlanciaConsoleSelect *self);
void                  plancia_console_select_clear (PlanciaConsoleSelect *self);
/* From here on, or up to here. */
void
plancia_console_select_set (PlanciaConsoleSelect *self, guint64 line, guint byte, gboolean extend);
gboolean plancia_console_select_is_empty (PlanciaConsoleSelect *self);
/* Bytes of this line that are selected; start == end: none. end may be G_MAXUINT: to its end. */
void plancia_console_select_get_range (PlanciaConsoleSelect *self,
                                       guint64               line,
                                       guint                *start,
                                       guint                *end);
/* To the clipboard. */
void plancia_console_select_copy (PlanciaConsoleSelect *self);
void plancia_console_select_copy_all (PlanciaConsoleSelect *self);

G_END_DECLS
