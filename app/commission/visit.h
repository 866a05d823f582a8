/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "commission/direction.h"
#include "commission/judge.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* The commissioning of one device, from the first step to the report: what was seen, what the rules said of it, what a
 * person decided. Main thread. Signal "changed" (): to be shown and saved. */
#define PLANCIA_TYPE_VISIT (plancia_visit_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaVisit, plancia_visit, PLANCIA, VISIT, GObject)

/* A time that a step was done before, and then again. */
typedef struct
{
  gint64           time;
  PlanciaCheck     result;
  PlanciaDirection direction; /* OPEN: not that step, or not told */
  char            *note;
} PlanciaVisitRun;

typedef struct
{
  PlanciaCheck proposed; /* by the rules */
  PlanciaCheck result;   /* the same, until a person says otherwise */
  char        *note;     /* "" if none */
  char        *person;   /* who decided, or NULL: nobody did */
  gint64       time;     /* of the evidence or the decision; 0: not done */
  GPtrArray   *evidence; /* PlanciaEvidence */
  GPtrArray   *findings; /* PlanciaRuleFinding */
  GPtrArray   *earlier;  /* PlanciaVisitRun, the oldest first */
  char        *trouble;  /* why nothing could be read the last time, English; or NULL */
} PlanciaVisitStep;

/* Texts about the place, by name. */
#define PLANCIA_VISIT_CUSTOMER  "customer"
#define PLANCIA_VISIT_PLACE     "place"
#define PLANCIA_VISIT_DELIVERY  "delivery_point"
#define PLANCIA_VISIT_INSTALLER "installer"
#define PLANCIA_VISIT_GRID_CODE "grid_code" /* expected: id, "" if none */
#define PLANCIA_VISIT_NAME      "name"      /* of the device */
#define PLANCIA_VISIT_PLANT     "plant"
#define PLANCIA_VISIT_ROUTE     "route"
#define PLANCIA_VISIT_MAP       "map"
#define PLANCIA_VISIT_MAP_NAME  "map_name"
#define PLANCIA_VISIT_ZONE      "zone"
#define PLANCIA_VISIT_SNAPSHOT  "snapshot_time" /* ms of the one that was taken */

PlanciaVisit *plancia_visit_new (PlanciaRules *rules, const char *device, gint64 began);
PlanciaRules *plancia_visit_get_rules (PlanciaVisit *self);
const char   *plancia_visit_get_device (PlanciaVisit *self); /* id in its plant */
gint64        plancia_visit_get_began (PlanciaVisit *self);
gboolean      plancia_visit_get_simulated (PlanciaVisit *self);
void          plancia_visit_set_simulated (PlanciaVisit *self, gboolean simulated);
const char   *plancia_visit_get_text (PlanciaVisit *self, const char *name); /* "" if none */
void          plancia_visit_set_text (PlanciaVisit *self, const char *name, const char *text);

guint              plancia_visit_get_n_steps (PlanciaVisit *self);
const PlanciaStep *plancia_visit_get_rule (PlanciaVisit *self, guint step);
int                plancia_visit_find_step (PlanciaVisit *self, const char *id); /* -1: none */
/* (transfer none), until the step changes. */
const PlanciaVisitStep *plancia_visit_get_step (PlanciaVisit *self, guint step);
/* A result, and the note that it needs. */
gboolean plancia_visit_is_done (PlanciaVisit *self, guint step);
/* The result needs a note and has none: it is not the one that was proposed, or the step is left out. */
gboolean plancia_visit_wants_note (PlanciaVisit *self, guint step);
guint    plancia_visit_count_done (PlanciaVisit *self);
guint    plancia_visit_count (PlanciaVisit *self, PlanciaCheck result);
/* The first that is not done, after this one and then from the beginning; n_steps if all are. */
guint plancia_visit_get_next (PlanciaVisit *self, guint step);

/* What was seen, and what the rules say of it: the result is theirs until a person decides. Takes over both lists. What was
 * there before becomes an earlier run. */
void plancia_visit_take (PlanciaVisit *self,
                         guint         step,
                         PlanciaCheck  proposed,
                         GPtrArray    *evidence,
                         GPtrArray    *findings,
                         gint64        time);
/* The last reading failed; what was there stays. */
void plancia_visit_fail (PlanciaVisit *self, guint step, const char *trouble);
void plancia_visit_decide (PlanciaVisit *self,
                           guint         step,
                           PlanciaCheck  result,
                           const char   *person,
                           gint64        time);
void plancia_visit_set_note (PlanciaVisit *self, guint step, const char *note);
/* The step about the sensors. */
void
plancia_visit_set_direction (PlanciaVisit *self, const PlanciaDirectionResult *result, gint64 time);
const PlanciaDirectionResult *plancia_visit_get_direction (PlanciaVisit *self);

/* --- visit-file.c: JSON (format "plancia-commissioning", version 1) --- */

JsonNode *plancia_visit_to_json (PlanciaVisit *self); /* (transfer full) */
GBytes   *plancia_visit_format (PlanciaVisit *self);  /* (transfer full) pretty */
/* PLANCIA_DOCUMENT_ERROR names origin. Steps that the rules do not know are left out. (transfer full) */
PlanciaVisit *
plancia_visit_parse (PlanciaRules *rules, GBytes *bytes, const char *origin, GError **error);

G_END_DECLS
