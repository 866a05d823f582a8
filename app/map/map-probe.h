/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/json-check.h"

G_BEGIN_DECLS

/* What the loader would say about a document that is being made: all of it, in the program's language, not the first thing
 * alone. root: a whole map, without "extends". Any thread. (transfer full) PlanciaJsonComplaint; empty if it would load. */
GPtrArray *plancia_map_probe (JsonNode *root);

G_END_DECLS
