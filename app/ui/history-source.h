/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/open-plant.h"
#include "model/plant-past.h"

G_BEGIN_DECLS

/* Who has a device's past, as the store keeps it: a cloud, what was read here, what was imported. Several sources of one
 * quantity stay apart. Plain data. Main thread. */
typedef struct
{
  PlanciaDevice *device; /* under whose id the store keeps it */
  char          *name;   /* "portal", "system", "local", "import"; "plant" */
  PlanciaPlant  *plant;  /* of "plant": all of its devices together, or NULL */
  /* Of the plant at work; NULL of others. Copies share them. */
  PlanciaOpenPlant *open;
  GHashTable       *twins;  /* see plancia_plant_parts_choose */
  GPtrArray        *clouds; /* PlanciaDevice: its things that can be asked */
} PlanciaHistorySource;

/* The name of a whole plant's source. */
#define PLANCIA_HISTORY_OF_PLANT "plant"

PlanciaHistorySource *plancia_history_source_new (PlanciaDevice *device, const char *name);
/* What all devices of a plant say together. open: the plant if it is the one at work, so that its clouds can be asked, or NULL.
 * device: whose name it has. */
PlanciaHistorySource *plancia_history_source_new_of_plant (PlanciaDevice    *device,
                                                           PlanciaPlant     *plant,
                                                           PlanciaOpenPlant *open);
PlanciaHistorySource *plancia_history_source_copy (const PlanciaHistorySource *self);
/* Serial numbers become known after a plant was opened: which devices are the same is found out anew. */
void plancia_history_source_refresh (const PlanciaHistorySource *self);
/* For the store's energies; borrows from it. */
PlanciaEnergyWhose plancia_history_source_whose (const PlanciaHistorySource *self);
void               plancia_history_source_free (PlanciaHistorySource *self);
gboolean
plancia_history_source_equal (const PlanciaHistorySource *a, const PlanciaHistorySource *b);
/* Whether it was read here, so that it grows by itself and cannot be fetched. */
gboolean plancia_history_source_is_local (const PlanciaHistorySource *self);
/* Whom to ask for what is missing, or NULL. (transfer none) */
PlanciaBackend *plancia_history_source_get_backend (const PlanciaHistorySource *self);
/* "Azzurro Portal", "Read here". (transfer none) */
const char *plancia_history_source_title (const PlanciaHistorySource *self);
/* Of a cloud's thing: "portal" or "system". (transfer none) */
const char *plancia_history_source_cloud_name (PlanciaDevice *device);
/* As plancia_quantity_compute wants it: all sources but a device itself use the portal's names. */
const char *plancia_history_source_kind (const PlanciaHistorySource *self);

/* Whether a plant has any device with a past. */
gboolean plancia_history_source_is_of_plant (PlanciaOpenPlant *plant, PlanciaDevice *device);
/* Whether what the device says is recorded here. */
gboolean plancia_history_source_is_recorded (PlanciaDevice *device);
/* The device's own sources, the best first: its cloud, what is read here, then what else series (GPtrArray of PlanciaSeriesName,
 * or NULL) names. (transfer full) GPtrArray of PlanciaHistorySource*, which frees them. */
GPtrArray *
plancia_history_sources_find (PlanciaOpenPlant *plant, PlanciaDevice *device, GPtrArray *series);
/* The ids under which the store may have something of the device; NULL-terminated. (transfer full) */
char **plancia_history_sources_ids (PlanciaOpenPlant *plant, PlanciaDevice *device);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaHistorySource, plancia_history_source_free)

G_END_DECLS
