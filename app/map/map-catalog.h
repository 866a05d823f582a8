/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/map.h"

G_BEGIN_DECLS

/* The maps that come with the program (a GResource) and the user's own (*.json in
 * user-data-dir/plancia/register-maps, which win over a shipped one of the same id). Loading is
 * blocking file and CPU work of some milliseconds a map: on a worker. Loaded maps are kept. */

/* Ids, sorted. (transfer full) NULL-terminated. */
char **plancia_map_catalog_list (void);
/* By id, or by file path if it holds a slash or ends in .json. PLANCIA_DEVICE_ERROR_UNKNOWN_MAP. */
PlanciaMap *plancia_map_catalog_get (const char *id, GError **error);
/* After a person's own map was written: it is read anew next time. NULL: all are. */
void plancia_map_catalog_forget (const char *id);
/* Maps (element-type PlanciaMap) that come with what is open and win over all others of their ids; NULL: no more. */
void plancia_map_catalog_lend (GPtrArray *maps);
/* Writes a person's own map into their folder; a file of that id, or a shipped map, is not hidden unless replace is set:
 * G_IO_ERROR_EXISTS. Blocking: on a worker, or in a command line program. */
gboolean
plancia_map_catalog_save (const char *id, const char *text, gboolean replace, GError **error);
/* The map whose detection rule matches an identity text read at (function, address), or NULL.
 * (transfer full) id. */
char *plancia_map_catalog_detect (guint8 function, guint16 address, const char *identity);

G_END_DECLS
