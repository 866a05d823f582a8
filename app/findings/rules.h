/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the archive is judged by: data of data/findings, loaded once, immutable, any thread. Each rule names its judge, gives it its
 * numbers, and says where they come from. */
typedef struct _PlanciaFindingRules PlanciaFindingRules;

/* The worst first. */
typedef enum {
  PLANCIA_FINDING_FAULT,   /* energy is lost */
  PLANCIA_FINDING_WARNING, /* energy may be lost, or figures are wrong */
  PLANCIA_FINDING_NOTE,
  PLANCIA_N_FINDING_SEVERITIES
} PlanciaFindingSeverity;

/* What the kWh of a finding are. */
typedef enum {
  PLANCIA_FINDING_LOST,      /* not produced, or not stored */
  PLANCIA_FINDING_UNSEEN,    /* nobody knows what was produced */
  PLANCIA_FINDING_MISPLACED, /* booked to the wrong hour */
  PLANCIA_FINDING_MISCOUNTED /* counted too much or too little */
} PlanciaFindingMeaning;

typedef struct
{
  char  *name;
  double value;
} PlanciaFindingNumber;

typedef struct
{
  char                  *id;
  char                  *judge; /* "strings", "inverters", ... */
  PlanciaFindingSeverity severity;
  PlanciaFindingMeaning  meaning;
  char                  *title; /* English, context "finding", as are the following */
  char                 **look_at;
  char                  *unit;    /* of the evidence: "%", "min" */
  GArray                *numbers; /* PlanciaFindingNumber */
  char                  *source;  /* or "Plancia's own rule" */
} PlanciaFindingRule;

/* The shipped ones. (transfer none) */
PlanciaFindingRules *plancia_finding_rules_get (void);
/* From documents of these names, in order: of two rules that find the same the first counts. PLANCIA_DOCUMENT_ERROR with file and
 * key path. */
PlanciaFindingRules      *
plancia_finding_rules_new (const char *const *names, GBytes *const *documents, GError **error);
void plancia_finding_rules_free (PlanciaFindingRules *self);
guint                     plancia_finding_rules_get_length (PlanciaFindingRules *self);
const PlanciaFindingRule *plancia_finding_rules_get_rule (PlanciaFindingRules *self, guint index);
const PlanciaFindingRule *
plancia_finding_rules_find (PlanciaFindingRules *self, const char *id); /* or NULL */
/* One of the numbers that its judge needs: it is there. */
double      plancia_finding_rule_number (const PlanciaFindingRule *rule, const char *name);
const char *plancia_finding_severity_name (PlanciaFindingSeverity severity); /* for files */
const char *plancia_finding_meaning_name (PlanciaFindingMeaning meaning);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaFindingRules, plancia_finding_rules_free)

G_END_DECLS
