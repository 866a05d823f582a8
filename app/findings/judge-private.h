/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "findings/judge.h"
#include "findings/steps.h"

G_BEGIN_DECLS

/* A plant before one rule; for the sources of the judges alone. */
typedef struct
{
  const PlanciaFindingRule *rule;
  PlanciaSky               *sky;
  guint                     length; /* days */
  GPtrArray                *tracks; /* PlanciaDays: all */
  GPtrArray                *plant;  /* those that together are the plant: of one source */
  GPtrArray                *findings;
} PlanciaJudge;

/* What is said of one thing: a series of days and what it is beside. */
typedef struct
{
  const char   *device;
  const char   *source;
  guint         string;
  const char   *flow;
  const double *values; /* a day each, NAN for what is not known */
  const double *losses; /* kWh, a day each, NAN for what is not known */
  double        scale;  /* from values to the rule's unit */
  const char   *title;  /* of the curve; English, context "finding" */
} PlanciaJudged;

double plancia_judge_number (const PlanciaJudge *self, const char *name);
/* Out of the rule's "days", "least", "reach", "loss" and "noise". */
PlanciaStepOptions plancia_judge_options (const PlanciaJudge *self);
/* As many as days, all NAN. (transfer full) */
double *plancia_judge_new_values (const PlanciaJudge *self);
/* What another rule found before in the same time: of the same device and string; a cause that explains at least the half. */
gboolean plancia_judge_is_told (const PlanciaJudge  *self,
                                const PlanciaJudged *what,
                                const PlanciaStep   *step);
gboolean plancia_judge_is_explained (const PlanciaJudge *self,
                                     const char         *device,
                                     const PlanciaStep  *step,
                                     double              energy);
/* The energy of a step, spread over the days of which nothing is known. */
double plancia_judge_energy (const double *losses, const PlanciaStep *step, guint *days);
/* Adds a finding with its evidence. */
void plancia_judge_add (PlanciaJudge *self, const PlanciaJudged *what, const PlanciaStep *step);
/* kWh; NAN if not all of it is known. */
double plancia_day_string (const PlanciaDay *day, guint string);

void plancia_judge_strings (PlanciaJudge *self);
void plancia_judge_shading (PlanciaJudge *self);
void plancia_judge_inverters (PlanciaJudge *self);
void plancia_judge_plant (PlanciaJudge *self);
void plancia_judge_battery (PlanciaJudge *self);
void plancia_judge_clock_reset (PlanciaJudge *self);
void plancia_judge_clock_sun (PlanciaJudge *self);
void plancia_judge_gaps_day (PlanciaJudge *self);
void plancia_judge_gaps_night (PlanciaJudge *self);
void plancia_judge_counters (PlanciaJudge *self);

G_END_DECLS
