/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* The log of the program: what it did and what went wrong, the newest first; filter, search, copy, and the way to the
 * diagnostics. Main thread. */
#define PLANCIA_TYPE_LOG_WINDOW (plancia_log_window_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaLogWindow, plancia_log_window, PLANCIA, LOG_WINDOW, AdwWindow)

/* One a program: shown again if it is there. session: whose plant the diagnostics describe. */
void plancia_log_window_show (GtkWindow *parent, PlanciaSession *session);
/* (transfer floating) */
GtkWindow *plancia_log_window_new (PlanciaSession *session);
/* The lines that are shown, oldest first, as text. (transfer full) */
char *plancia_log_window_dup_text (PlanciaLogWindow *self);

G_END_DECLS
