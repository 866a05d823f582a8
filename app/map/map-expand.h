/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A map may say "extends": the id of another. Then it has only what differs:
 *  - a member of the top level replaces that of the base; null removes it;
 *  - "registers", "groups" and "write_blocks": an entry whose key the base has changes the members that it names (null removes
 *    one); another key is a new entry. It stands after the entry that its "after" names, without "after" behind the new entry
 *    before it, else at the end;
 *  - "value_tables" and "bit_tables": a table replaces that of the same name;
 *  - "remove": { "registers": ["key", ...], "groups": ..., "write_blocks": ..., "value_tables": ..., "bit_tables": ... }.
 * Keys that we do not know follow the first rule. */

/* root itself, with one reference more, if it extends nothing. origin names the file. folder (may be NULL): where a base that
 * is not shipped is looked for first, then the user's folder. PLANCIA_DOCUMENT_ERROR. (transfer full) */
JsonNode *
plancia_map_expand (JsonNode *root, const char *origin, const char *folder, GError **error);

/* A shipped document, a base that is no map of its own among them; NULL if there is none of that id. (transfer full) */
GBytes *plancia_map_shipped_bytes (const char *id);
/* user-data-dir/plancia/register-maps (transfer full) */
char *plancia_map_user_folder (void);

G_END_DECLS
