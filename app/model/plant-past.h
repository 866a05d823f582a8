/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/plant-parts.h"

G_BEGIN_DECLS

/* Whose energies: of one device and source of the store, or of a whole plant. All borrowed. */
typedef struct
{
  const char   *device;
  const char   *source;
  PlanciaPlant *plant; /* in place of the two, or NULL */
  GHashTable   *twins; /* of it: see plancia_plant_parts_choose, or NULL */
} PlanciaEnergyWhose;

/* The energies of a whole plant in each of spans (GArray of PlanciaSpan, sorted), on the plant's clock, out of the store. Main
 * thread. */
void plancia_plant_past_async (PlanciaStore       *store,
                               PlanciaPlant       *plant,
                               GHashTable         *twins,
                               GArray             *spans,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data);
/* (transfer full) GArray of PlanciaEnergySum, one a span. parts: (out) (optional) (transfer full): GPtrArray of PlanciaPlantPart:
 * what counted. */
GArray *plancia_plant_past_finish (GAsyncResult *result, GPtrArray **parts, GError **error);
/* The same for whomsoever. zone: of a device's plant. Its finish is one for both. */
void    plancia_energies_of_async (PlanciaStore             *store,
                                   const PlanciaEnergyWhose *whose,
                                   GTimeZone                *zone,
                                   GArray                   *spans,
                                   GCancellable             *cancellable,
                                   GAsyncReadyCallback       callback,
                                   gpointer                  user_data);
GArray *plancia_energies_of_finish (GAsyncResult *result, GError **error);

G_END_DECLS
