/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Makes one call of the calling thread to the system fail: the n-th (from 1) of socket, connect, poll, select, send,
 * recv, read and write. Calls of other threads are not counted. close always does its work, but may say it did not. */
void link_faulty_arm (guint n);
/* TRUE if the call was reached, and failed. */
gboolean link_faulty_disarm (void);

G_END_DECLS
