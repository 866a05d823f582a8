/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/span.h"
#include "findings/rules.h"

G_BEGIN_DECLS

/* One curve of a finding's evidence: a value a day. */
typedef struct
{
  const char *title; /* English, context "finding" */
  GArray     *times; /* gint64, ms UTC: noon of each day */
  GArray     *values;
} PlanciaFindingCurve;

/* What a rule found in the history of a plant, with its numbers and its evidence. Plain data, immutable. */
typedef struct
{
  const PlanciaFindingRule *rule;
  char                     *device; /* id in the plant; "" for the whole plant */
  char                     *source; /* of the samples */
  guint                     string; /* from 1; 0: it is not about a string */
  const char               *flow;   /* key of the power it is about, or NULL */
  gint64                    since;  /* begin of a day, ms UTC */
  gint64                    until;  /* 0: it is still so */
  gint64                    known;  /* end of the last day that shows it */
  guint                     days;   /* on which it was judged */
  double                    before; /* in the rule's unit */
  double                    after;
  double                    energy;     /* kWh since then; what it means says the rule */
  double                    energy_day; /* kWh a day */
  GPtrArray                *curves;     /* PlanciaFindingCurve, all in the rule's unit */
  PlanciaSpan               shown;      /* the stretch that shows it */
} PlanciaFinding;

void plancia_finding_free (PlanciaFinding *self);
/* The order in which they are listed: what is still so first, then by energy. */
int plancia_finding_compare (const PlanciaFinding *a, const PlanciaFinding *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaFinding, plancia_finding_free)

G_END_DECLS
