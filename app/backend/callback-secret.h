/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A path that nobody guesses: 128 random bits as hexadecimal digits. (transfer full), or NULL and a G_IO_ERROR. Any thread. */
char *plancia_callback_secret_new (GError **error);

G_END_DECLS
