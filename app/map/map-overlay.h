/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The way back from plancia_map_expand: what a whole map says otherwise than another. Any thread. */

/* whole and base: maps without "extends". A document that extends base_id and gives whole when it is expanded, but for the
 * place of an entry that stood first. (transfer full) */
JsonNode *plancia_map_overlay_make (JsonNode *whole, JsonNode *base, const char *base_id);
/* Whether two documents say the same: 1 and 1.0 do, the order of members does not matter. NULL says nothing. */
gboolean plancia_map_overlay_equal (JsonNode *a, JsonNode *b);

G_END_DECLS
