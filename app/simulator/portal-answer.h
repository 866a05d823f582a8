/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator/portal-thing.h"
#include "simulator/world.h"

G_BEGIN_DECLS

/* What the portal says to the body of a POST. things: (element-type PlanciaPortalThing). NULL if the body is no JSON
 * object. (transfer full) JSON. Simulator thread. */
char *plancia_portal_answer (PlanciaWorld *world, GPtrArray *things, gboolean quirks, GBytes *body);

G_END_DECLS
