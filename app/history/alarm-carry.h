/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/store-sqlite.h"

G_BEGIN_DECLS

/* Alarms on their way from one computer to another: as JSON (format "plancia-alarms", version 1). Blocking; on the worker that has
 * the file. For carry.c. */

/* Of these devices. (transfer full) GPtrArray of GBytes*: some thousand a document; alarms: how many. */
GPtrArray *plancia_alarm_carry_out (PlanciaStoreSqlite *file,
                                    const char *const  *devices,
                                    guint              *alarms,
                                    GError            **error);
gboolean
plancia_alarm_carry_check (GBytes *document, const char *origin, guint *alarms, GError **error);
/* Within the caller's transaction. One that is there gets its end, if that was told. devices: ids there to ids here, or NULL. added:
 * how many were new, or got their end, gets added. dry: only counted. */
gboolean plancia_alarm_carry_in (PlanciaStoreSqlite *file,
                                 GBytes             *document,
                                 GHashTable         *devices,
                                 gboolean            dry,
                                 guint              *added,
                                 GError            **error);

G_END_DECLS
