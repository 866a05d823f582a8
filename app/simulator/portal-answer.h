/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator/portal-thing.h"
#include "simulator/system-writes.h"
#include "simulator/world.h"

G_BEGIN_DECLS

/* One account, as its answers see it. Borrowed pointers. */
typedef struct
{
  PlanciaWorld                *world;
  const PlanciaScenarioDevice *device; /* the account in the scenario */
  GPtrArray                   *things; /* PlanciaPortalThing */
  PlanciaSystemWrites         *writes; /* NULL: this cloud does not write */
  guint32                      dice;
} PlanciaPortalAccountState;

/* What the cloud says to the body of a POST. NULL if the body is no JSON object. (transfer full) JSON. Simulator
 * thread. */
char *plancia_portal_answer (PlanciaPortalAccountState *account, GBytes *body);
/* By its serial number; NULL if it is not the customer's. */
PlanciaPortalThing *plancia_portal_find_thing (GPtrArray *things, const char *key);

G_END_DECLS
