/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plant/plant.h"

G_BEGIN_DECLS

/* What plant.c, entry.c and plant-file.c share. */

struct _PlanciaEntry
{
  GObject parent_instance;

  char           *id;
  char           *kind;
  char           *name;
  PlanciaAddress *address;
  char           *map;
  char           *map_evidence;
  char           *url;
  GListStore     *children;
  PlanciaEntry   *parent; /* weak */
};

/* Of a file; NULL: one that follows from what the plant holds, so that the same file always has the same. */
void plancia_plant_set_id (PlanciaPlant *self, const char *id);

G_END_DECLS
