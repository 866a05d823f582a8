/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/portal-json.h"
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Parts of a cloud's answer, for the codec's own files. All take whatever node comes, NULL included: json-glib's own
 * getters complain about types that they did not expect. Any thread. */
JsonObject *plancia_portal_as_object (JsonNode *node);
JsonArray  *plancia_portal_as_array (JsonNode *node);
const char *plancia_portal_as_text (JsonNode *node);
gboolean    plancia_portal_is_absent (JsonNode *node);
gboolean    plancia_portal_text_to_number (const char *text, double *number);
/* Numbers, and numbers written as text. */
gboolean plancia_portal_as_number (JsonNode *node, double *number);
/* zone: of a time that names none. */
gboolean  plancia_portal_as_time (JsonNode *node, GTimeZone *zone, gint64 *time);
JsonNode *plancia_portal_get_member (JsonObject *object, const char *name);
void      plancia_portal_set_bad_answer (GError **error, const char *what);
/* The node of the thing. (transfer none): of the answer. */
JsonNode *plancia_portal_find_in_answer (const PlanciaCloudFormat *format,
                                         PlanciaCloudFunction      function,
                                         PlanciaPortalAnswer      *answer,
                                         const char               *thing,
                                         GError                  **error);

G_END_DECLS
