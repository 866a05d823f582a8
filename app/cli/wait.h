/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Asynchronous functions as plain calls. */

/* A GAsyncReadyCallback: user_data is a GAsyncResult ** that gets a reference. */
void plancia_cli_keep_result (GObject *source, GAsyncResult *result, gpointer user_data);
/* Runs the main context until it has one. What is asked has to have a limit of its own. (transfer none) */
GAsyncResult *plancia_cli_wait (GAsyncResult **result);

G_END_DECLS
