/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Files of plants as a person sees them. Main thread. */

/* what: opened at the next start; path: put first among the recent files, or NULL. */
void plancia_plant_place_remember (const char *what, const char *path);
/* The archive was damaged; path: its file's new name; rows: how many were saved. (transfer full) */
GError *plancia_plant_place_set_aside (const char *path, gint64 rows);

G_END_DECLS
