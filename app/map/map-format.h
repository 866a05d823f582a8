/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Writing map files. Whatever a file says, keys that we do not know too, is written again; only the spelling of numbers and
 * the white space become ours, so that two versions can be compared line by line. */

/* A document as text: one blank a level, shortest numbers that read back the same, members in their order, a new line at the
 * end. Lists of plain values stand on one line. (transfer full) */
char *plancia_map_format_write (JsonNode *root);
/* Text of a map file to that form. PLANCIA_DOCUMENT_ERROR_SYNTAX. (transfer full) */
char *plancia_map_format_rewrite (GBytes *bytes, const char *origin, GError **error);
/* The whole map, without "extends": what plancia_map_new_from_bytes makes of the text. folder (may be NULL) is where a base
 * that is not shipped is looked for first. (transfer full) */
char *
plancia_map_format_expand (GBytes *bytes, const char *origin, const char *folder, GError **error);
/* "Battery power, average (W)" to "battery_power_average_w"; the fallback if nothing remains. (transfer full) */
char *plancia_map_format_key (const char *name, const char *fallback);
/* The same as an id: "hyd-g3-own". (transfer full) */
char *plancia_map_format_id (const char *name, const char *fallback);

G_END_DECLS
