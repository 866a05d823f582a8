/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator/load-shape.h"
#include "simulator/site.h"

G_BEGIN_DECLS

/* One local day of a site, worked out minute by minute. Between two minutes powers are straight
 * lines, and energies their exact integrals. */

#define PLANCIA_SITE_STEP PLANCIA_MINUTE

/* Whole watts, so that sums are exact. */
typedef struct
{
  gint32 flow[PLANCIA_N_FLOWS];
} PlanciaFlows;

/* Energy in watt-milliseconds: whole numbers again. */
typedef struct
{
  gint64 flow[PLANCIA_N_FLOWS];
} PlanciaEnergies;

/* What one midnight hands to the next day. */
typedef struct
{
  gint64          start; /* of the day that begins */
  PlanciaEnergies total;
  PlanciaFlows    flows;  /* at midnight */
  double          stored; /* Wh in the battery */
} PlanciaMidnight;

typedef struct
{
  PlanciaMidnight  begin;
  PlanciaMidnight  end;
  PlanciaSkyDay    sky;
  guint            n_steps;
  PlanciaFlows    *flows;    /* n_steps + 1 */
  PlanciaEnergies *energies; /* since midnight, n_steps + 1 */
  float           *stored;   /* Wh, n_steps + 1 */
} PlanciaSiteDay;

/* members: NULL, or PlanciaSiteDay* of the same day whose exchange is added up. */
PlanciaSiteDay *plancia_site_day_new (const PlanciaSiteConfig *config,
                                      const PlanciaLoadShape  *load,
                                      const PlanciaMidnight   *begin,
                                      gint64                   end,
                                      GPtrArray               *members);
void            plancia_site_day_free (PlanciaSiteDay *self);
/* Flows at a moment, rounded to the watt, and energies since midnight. */
void   plancia_site_day_look (const PlanciaSiteDay *self,
                              gint64                time,
                              PlanciaFlows         *flows,
                              PlanciaEnergies      *energies);
double plancia_site_day_stored (const PlanciaSiteDay *self, gint64 time);
/* The state in which a new site begins its first day. */
void plancia_midnight_init (PlanciaMidnight *self, const PlanciaSiteConfig *config, gint64 start);
/* kW/m² on the panels. */
double plancia_site_light (const PlanciaSiteConfig *config, const PlanciaSkyDay *sky, gint64 time);

G_END_DECLS
