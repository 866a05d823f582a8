/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The members of a register in a map file, as a person reads and types them. A member of "write" is "write.danger". What cannot be
 * understood is kept as it was typed, so that the loader's own check complains of it. */

/* "" if it is not there. (transfer full) */
char *plancia_map_member_get_text (JsonObject *entry, const char *member);
/* Blanks at the ends go; nothing removes the member. Numbers with a point or a comma, addresses as 0x0404 or 1028. */
void     plancia_map_member_set_text (JsonObject *entry, const char *member, const char *text);
gboolean plancia_map_member_get_boolean (JsonObject *entry, const char *member);
/* FALSE removes it. */
void plancia_map_member_set_boolean (JsonObject *entry, const char *member, gboolean value);
/* An integer or "0x...", -1 if it is neither. */
gint64 plancia_map_member_get_integer (JsonObject *entry, const char *member);
/* Nothing of it is shared with entry. (transfer full) */
JsonObject *plancia_map_member_copy (JsonObject *entry);

G_END_DECLS
