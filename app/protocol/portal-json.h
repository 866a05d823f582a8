/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/cloud-format.h"
#include "base/samples.h"

G_BEGIN_DECLS

/* Requests and answers of the clouds (one JSON object a POST, member = command), in the names and places that a format
 * gives. Source: vendor specification 1.8 and field notes in the tests' samples. Any thread. */

#define PLANCIA_PORTAL_REALTIME       "realtimeData"
#define PLANCIA_PORTAL_HISTORIC       "historicData"
#define PLANCIA_PORTAL_ALARM          "deviceAlarm"
#define PLANCIA_PORTAL_HISTORIC_ALARM "deviceHistoricAlarm"

/* span may be NULL for commands without a range. (transfer full) UTF-8 JSON. */
char *plancia_portal_json_request (const PlanciaCloudFormat   *format,
                                   const PlanciaCloudFunction *functions,
                                   guint                       n_functions,
                                   const char                 *things,
                                   const PlanciaSpan          *span);

/* What came, parsed once: several commands and things may be in it. */
typedef struct _PlanciaPortalAnswer PlanciaPortalAnswer;

/* Checks in the order of the field notes: INVALID CLIENT, status, empty body, HTML, JSON. PLANCIA_CLOUD_ERROR. status is
 * the HTTP status. (transfer full) */
PlanciaPortalAnswer *plancia_portal_answer_new (GBytes *body, guint status, GError **error);
void                 plancia_portal_answer_free (PlanciaPortalAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaPortalAnswer, plancia_portal_answer_free)

/* What one thing answered now. values: key -> gdouble* (owned). last_update 0 if absent. */
typedef struct
{
  gint64      last_update;
  gint64      first_seen;
  GHashTable *values;
  guint       oddities; /* PlanciaOddities */
} PlanciaPortalRealtime;

void plancia_portal_realtime_free (PlanciaPortalRealtime *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaPortalRealtime, plancia_portal_realtime_free)

/* All check in the order of the field notes: command member, success, thing, object. Errors are PLANCIA_CLOUD_ERROR. */
PlanciaPortalRealtime *plancia_portal_json_realtime (const PlanciaCloudFormat *format,
                                                     PlanciaPortalAnswer      *answer,
                                                     const char               *thing,
                                                     GError                  **error);
/* device names the samples' device; covered is noted in them. */
PlanciaSamples *plancia_portal_json_historic (const PlanciaCloudFormat *format,
                                              PlanciaPortalAnswer      *answer,
                                              const char               *thing,
                                              const char               *device,
                                              PlanciaSpan               covered,
                                              GError                  **error);
/* GArray of int alarm numbers; *last_update as above. */
GArray *plancia_portal_json_alarms (const PlanciaCloudFormat *format,
                                    PlanciaPortalAnswer      *answer,
                                    const char               *thing,
                                    gint64                   *last_update,
                                    GError                  **error);
/* GArray of PlanciaCloudAlarm, by their begin. */
GArray *plancia_portal_json_past_alarms (const PlanciaCloudFormat *format,
                                         PlanciaPortalAnswer      *answer,
                                         const char               *thing,
                                         GError                  **error);

/* Forgiving: fraction, Z, +00:00, none (UTC), epoch seconds or milliseconds. FALSE if unreadable. */
gboolean plancia_portal_json_time (const char *text, gint64 *time);
/* The form that the portal writes, of length bytes: FALSE if it is another. *time is 0 for a year that means none. */
gboolean plancia_portal_plain_time (const char *text, gsize length, gint64 *time);
/* The same where a time that names no zone is of this one. */
gboolean plancia_portal_json_time_in (const char *text, GTimeZone *zone, gint64 *time);

G_END_DECLS
