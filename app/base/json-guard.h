/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* json-glib parses by recursion: some hundred thousand "[" overflow the stack. Every JSON text that we did
 * not write goes through here before it is parsed: valid UTF-8, no NUL, nothing outside strings that is
 * not JSON, no escape that is not, at most 64 levels deep. PLANCIA_DOCUMENT_ERROR_SYNTAX names the line. Any thread. */
gboolean plancia_json_guard (const char *text, gsize length, GError **error);
/* What json-glib says of a text without a file, "<data>:4:15: …", as "line 4, column 15: …". (transfer full) */
char *plancia_json_place (const char *message);

G_END_DECLS
