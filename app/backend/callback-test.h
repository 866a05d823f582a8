/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A callback to ourselves, which is recognised by its mark. */

/* (transfer full) */
GBytes *plancia_callback_test_body (const char *mark);
/* NULL: it is none. (transfer full) */
char *plancia_callback_test_find_mark (GBytes *body);
/* Blocking, some seconds at most: on a thread that the listener does not need. FALSE if it was not taken. */
gboolean plancia_callback_test_post (const char   *url,
                                     const char   *mark,
                                     GCancellable *cancellable,
                                     GError      **error);

G_END_DECLS
