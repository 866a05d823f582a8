/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/callback-body.h"

G_BEGIN_DECLS

/* The file in which every callback body is kept: a line each, only ever appended to. Blocking: on a worker. */
gboolean plancia_callback_file_append (const char *path, PlanciaCallbackBody *body, GError **error);
/* The newest, at most so many, oldest first; none if there is no file. (transfer full) GPtrArray of PlanciaCallbackBody */
GPtrArray *plancia_callback_file_load (const char *path, guint maximum);

G_END_DECLS
