/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "parcel/work.h"

G_BEGIN_DECLS

/* The work on a plant file as plain calls: they run the main context until it is done, and show on a terminal how far it is.
 * Interrupting the program (SIGINT, SIGTERM) stops it, and then nothing has changed. NULL after a sentence on standard error. */
typedef struct _PlanciaCliParcel PlanciaCliParcel;

PlanciaCliParcel *plancia_cli_parcel_new (void);
void              plancia_cli_parcel_free (PlanciaCliParcel *self);
/* All (transfer full). */
PlanciaParcel       *plancia_cli_parcel_open (PlanciaCliParcel *self, const char *path);
PlanciaParcelSaved  *plancia_cli_parcel_save (PlanciaCliParcel  *self,
                                              const char        *plant,
                                              const char        *target,
                                              PlanciaSpan        span,
                                              const char *const *devices);
PlanciaParcelResult *plancia_cli_parcel_merge (PlanciaCliParcel *self,
                                               PlanciaParcel    *parcel,
                                               const char       *plant,
                                               gboolean          look);
/* NULL without a sentence: there is none. */
char *plancia_cli_parcel_find (PlanciaCliParcel *self, PlanciaParcel *parcel);
/* A line each, on standard error. */
void plancia_cli_parcel_tell (GPtrArray *troubles);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaCliParcel, plancia_cli_parcel_free)

/* The verbs of "plant". */
int plancia_cli_plant_export (GStrv arguments);
int plancia_cli_plant_import (GStrv arguments);
int plancia_cli_plant_show (GStrv arguments);

G_END_DECLS
