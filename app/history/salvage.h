/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/database.h"

G_BEGIN_DECLS

/* Copies what can still be read of a damaged store, which was set aside, into a new one with the same tables: whole days, rows,
 * coverage and alarms; what lies on a damaged page is left out. path: of the damaged one, which is not changed. rows: (out): how
 * many were saved. Blocking; on the store's worker. */
gboolean
plancia_salvage (PlanciaDatabase *database, const char *path, gint64 *rows, GError **error);

G_END_DECLS
