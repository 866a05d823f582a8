/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"
#include "base/samples.h"
#include "map/map.h"
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One thing that was seen: a register with its words, or a figure that the program counted itself. Plain data. */
typedef struct
{
  char  *key;  /* of the register; of what the program counted: "link_requests", "clock_off", ... */
  char  *name; /* English; context "map", or "commissioning" if address is -1 */
  char  *unit; /* "" if none */
  char  *text; /* what it says when it is no number, English or as it was read; or NULL */
  double number; /* NAN if it is none */
  guint  decimals;
  int    address; /* of the first register, -1: of none */
  guint  n_words;
  guint16 *words;    /* as on the wire, or NULL */
  gint64   time;     /* ms UTC */
  char    *message;  /* why there is no value, English; or NULL */
  gboolean numbered; /* text is a label of the number: shown instead of it */
} PlanciaEvidence;

PlanciaEvidence *plancia_evidence_new_number (const char *key,
                                              const char *name,
                                              double      number,
                                              guint       decimals,
                                              const char *unit,
                                              gint64      time);
PlanciaEvidence *
plancia_evidence_new_reading (const PlanciaField *field, const PlanciaReading *reading);
PlanciaEvidence *plancia_evidence_copy (const PlanciaEvidence *self);
void             plancia_evidence_free (PlanciaEvidence *self);
gboolean         plancia_evidence_has_value (const PlanciaEvidence *self);
/* "0001 003C", or NULL. (transfer full) */
char *plancia_evidence_dup_words (const PlanciaEvidence *self);

/* Lists: GPtrArray of PlanciaEvidence. (transfer full) */
GPtrArray *plancia_evidence_list_new (void);
/* By key, or NULL. */
const PlanciaEvidence *plancia_evidence_find (GPtrArray *list, const char *key);
/* The registers of a map whose keys match one of the patterns ("pv*_power", "grid_voltage_l?"), in the order of the
 * patterns, each once. (transfer full) */
GStrv plancia_evidence_list_keys (PlanciaMap *map, const char *const *patterns);
/* What was read of these registers; none is left out: what did not come has a message. */
void plancia_evidence_add_readings (GPtrArray         *list,
                                    PlanciaMap        *map,
                                    const char *const *keys,
                                    PlanciaReadings   *readings);
/* How the connection fares, as link_requests, link_errors, link_error_share, link_latency, link_worst. */
void plancia_evidence_add_quality (GPtrArray *list, const PlanciaLinkQuality *quality, gint64 time);
/* How far the clock that was read is off ("clock_off", s), if it was read. zone: devices keep local time. */
void plancia_evidence_add_clock (GPtrArray *list, GTimeZone *zone);

/* ms */
#define PLANCIA_EVIDENCE_MEAN (10 * PLANCIA_MINUTE)
/* "mean_KEY" of a voltage: the mean of what was recorded in the ten minutes before time, if half of them at least are there.
 * samples: of grid_voltage, grid_voltage_l1, ... */
void plancia_evidence_add_means (GPtrArray *list, PlanciaSamples *samples, gint64 time);

/* For files. */
JsonNode        *plancia_evidence_to_json (const PlanciaEvidence *self);
PlanciaEvidence *plancia_evidence_from_json (JsonObject *object);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaEvidence, plancia_evidence_free)

G_END_DECLS
