/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "findings/judge-private.h"

G_BEGIN_DECLS

/* One of several beside the others: strings of an inverter, inverters of a plant. For the sources of the judges alone. */
typedef struct
{
  const double *own; /* kWh a day; borrowed */
  double       *others;
  double       *ratios; /* own to others: NAN on days that tell nothing */
  double       *losses; /* filled by plancia_beside_tell */
  GArray       *steps;  /* PlanciaStep: falls */
} PlanciaBeside;

/* energies: double arrays of one length, a member each. By the rule's numbers of steps and its "least_energy" of the others.
 * Under clouds the light comes from everywhere, and what looks east has no morning: ratios are of days on which all together have the
 * rule's "sunny" part of what good days around have.
 * (transfer full) GArray of PlanciaBeside, one a member; it borrows energies. */
GArray *plancia_beside_new (PlanciaJudge *self, GPtrArray *energies);
/* That a member comes back makes the others' part fall: that fall is none. */
gboolean plancia_beside_is_return (GArray *all, guint index, const PlanciaStep *step);
/* Adds a finding about a member unless it is told, or explained, already. what: values, losses and scale are filled in. */
void plancia_beside_tell (PlanciaJudge      *self,
                          PlanciaBeside     *beside,
                          PlanciaJudged     *what,
                          const PlanciaStep *step);

G_END_DECLS
