/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/open-plant.h"

G_BEGIN_DECLS

/* Who has a device's past, as the store keeps it: a cloud, what was read here, what was imported. Several sources of one
 * quantity stay apart. Plain data. Main thread. */
typedef struct
{
  PlanciaDevice *device; /* under whose id the store keeps it */
  char          *name;   /* "portal", "system", "local", "import" */
} PlanciaHistorySource;

PlanciaHistorySource *plancia_history_source_new (PlanciaDevice *device, const char *name);
void                  plancia_history_source_free (PlanciaHistorySource *self);
gboolean
plancia_history_source_equal (const PlanciaHistorySource *a, const PlanciaHistorySource *b);
/* Whether it was read here, so that it grows by itself and cannot be fetched. */
gboolean plancia_history_source_is_local (const PlanciaHistorySource *self);
/* Whom to ask for what is missing, or NULL. (transfer none) */
PlanciaBackend *plancia_history_source_get_backend (const PlanciaHistorySource *self);
/* "Azzurro Portal", "Read here". (transfer none) */
const char *plancia_history_source_title (const PlanciaHistorySource *self);
/* As plancia_quantity_compute wants it: all sources but a device itself use the portal's names. */
const char *plancia_history_source_kind (const PlanciaHistorySource *self);

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
