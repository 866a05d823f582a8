/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "commission/evidence.h"
#include "commission/rules.h"

G_BEGIN_DECLS

/* What a rule says about what was seen, with the numbers. Stands alone: a file of it needs no rules. */
typedef struct
{
  char        *rule;  /* id */
  char        *title; /* English, context "commissioning" */
  char        *key;   /* of the evidence; "" if it is about all of them */
  PlanciaCheck check;
  double       measured; /* NAN if it is not about a number */
  double       minimum;  /* NAN: none */
  double       maximum;
  char        *unit;
  guint        decimals;
  char        *source;
  char        *certainty;
} PlanciaRuleFinding;

PlanciaRuleFinding *plancia_rule_finding_copy (const PlanciaRuleFinding *self);
void                plancia_rule_finding_free (PlanciaRuleFinding *self);
JsonNode           *plancia_rule_finding_to_json (const PlanciaRuleFinding *self);
PlanciaRuleFinding *plancia_rule_finding_from_json (JsonObject *object);

/* What is judged: a device as its map knows it, and what a person expects. */
typedef struct
{
  PlanciaMap *map;
  const char *grid_code; /* expected, or NULL */
} PlanciaJudged;

/* Pure. findings: (transfer full) GPtrArray of PlanciaRuleFinding, one a rule and evidence. Returns the worst of them; OPEN
 * if no rule that decides had anything to judge. */
PlanciaCheck plancia_judge_step (PlanciaRules        *rules,
                                 const PlanciaStep   *step,
                                 const PlanciaJudged *judged,
                                 GPtrArray           *evidence,
                                 GPtrArray          **findings);
/* The worst finding about one evidence; OPEN if there is none. */
PlanciaCheck plancia_judge_of_key (GPtrArray *findings, const char *key);
/* The rule's own limits apply to this device, whatever was seen. */
gboolean plancia_judge_applies (const PlanciaRule *rule, const PlanciaJudged *judged);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaRuleFinding, plancia_rule_finding_free)

G_END_DECLS
