/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "simulator/faults.h"
#include "simulator/portal-thing.h"

G_BEGIN_DECLS

/* What one thing has to say to one command, and what a fault makes of it. Simulator thread. */
typedef struct
{
  PlanciaPortalThing *thing;
  PlanciaFault        fault; /* of the thing, or of its account */
  gint64              since; /* ms UTC of the plant: when that began */
  gboolean    quirks; /* the oddities that the real one has shown, all of them, now and then */
  gint64      now;
  GHashTable *wanted; /* names of fields; NULL: all */
  PlanciaSpan range;  /* both ends included */
  guint32    *dice;   /* order of members */
} PlanciaPortalQuestion;

/* Each appends an object; {} if there is nothing. */
void plancia_portal_columns_realtime (const PlanciaPortalQuestion *question, GString *text);
void plancia_portal_columns_historic (const PlanciaPortalQuestion *question, GString *text);
void plancia_portal_columns_alarm (const PlanciaPortalQuestion *question, GString *text);
void plancia_portal_columns_historic_alarm (const PlanciaPortalQuestion *question, GString *text);

G_END_DECLS
