/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator/bus.h"

G_BEGIN_DECLS

/* What one endpoint (a stick, a HUB line, a panel) has, for all of its connections: the service of their wires. */
typedef struct
{
  PlanciaWorld                *world;   /* borrowed */
  const PlanciaScenarioDevice *device;  /* borrowed */
  const char                  *host;    /* borrowed: IPv4 address to listen on */
  PlanciaBus                  *bus;     /* owned; NULL for a console */
  gint64                       free_at; /* monotonic ms: a line takes no request before */
  gint64                       since;   /* monotonic ms: when it was switched on */
  guint8                       counter; /* of the frames that a WIFI stick has sent */
} PlanciaStation;

G_END_DECLS
