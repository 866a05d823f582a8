/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "simulator/portal-thing.h"
#include "simulator/world.h"

G_BEGIN_DECLS

/* Writes through the simulated System account. Nothing of this is public: the shape of request, answer and callback is
 * assumed, by analogy with the reading commands. A write is accepted at once; a while later it reaches the
 * device, and what came of it is posted to the customer's callback service. Simulator thread. */
typedef struct _PlanciaSystemWrites PlanciaSystemWrites;

#define PLANCIA_SYSTEM_WRITE          "write"
#define PLANCIA_SYSTEM_WRITE_CALLBACK "writeCallback"

/* account: borrowed, as is the world. */
PlanciaSystemWrites *
plancia_system_writes_new (PlanciaWorld *world, const PlanciaScenarioDevice *account);
/* Writes that wait are forgotten. */
void plancia_system_writes_free (PlanciaSystemWrites *self);
/* thing: NULL if it is not the customer's. Appends the answer. */
void plancia_system_writes_answer (PlanciaSystemWrites *self,
                                   PlanciaPortalThing  *thing,
                                   JsonObject          *params,
                                   GString             *text);
/* Every request that came, refused ones too, oldest first, as a JSON array. (transfer full) */
char *plancia_system_writes_to_json (PlanciaSystemWrites *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaSystemWrites, plancia_system_writes_free)

G_END_DECLS
