/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/store.h"
#include "plant/plant.h"

G_BEGIN_DECLS

/* Of what the store has of a plant, what counts for the whole of it: an inverter that is both read here and told of by a cloud
 * counts once. Pure; main thread. */

/* A device and source. */
typedef struct
{
  char      *device; /* id */
  char      *name;
  char      *kind;
  char      *source;
  GArray    *days;   /* PlanciaEnergySum of each stretch that is asked about */
  GArray    *before; /* the same of other stretches, or NULL */
  double     known;  /* 0..1, of what has begun */
  char      *twin;   /* name of what says the same and is not counted, or NULL */
  GPtrArray *holes;  /* PlanciaCover, MISSING or FAILED; NULL: nobody writes down what there is */
} PlanciaPlantPart;

void plancia_plant_part_free (PlanciaPlantPart *self);
/* The ids of all entries; NULL-terminated. (transfer full) */
char **plancia_plant_parts_ids (PlanciaPlant *plant);
/* What of names (GPtrArray of PlanciaSeriesName) has counters of a device of the plant. (transfer full) GPtrArray of
 * PlanciaPlantPart, without energies. */
GPtrArray *plancia_plant_parts_find (PlanciaPlant *plant, GPtrArray *names);
/* parts: (transfer full), with their energies. twins: ids of devices to that of the cloud's thing that is the same, or NULL; of
 * others it is told from what they say. (transfer full) GPtrArray of PlanciaPlantPart. */
GPtrArray *plancia_plant_parts_choose (GPtrArray *parts, GHashTable *twins, gint64 now);
/* Adds one's energies to those of all, of as many stretches. */
void plancia_plant_parts_add_up (GArray *sums, GArray *days);

G_END_DECLS
