/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "41 seconds left", "3 min 05 s left", "1 h 20 min left". (transfer full) */
char *plancia_time_left_text (gint64 milliseconds);

G_END_DECLS
