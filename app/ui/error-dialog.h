/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Shows an error over a window: heading says what could not be done (translated), the body why and what to do, then the
 * technical words with file, place and cause, which can be copied. Returns at once. */
GtkWidget *plancia_error_dialog_show (GtkWindow *parent, const char *heading, const GError *error);

G_END_DECLS
