/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/plant-keeper.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Opens a plant in one file: says what is in it and what will happen before anything is changed, takes it when a person says so,
 * and says what was left out. The plant that is open is closed meanwhile; then the one that was taken is opened. Main thread. */
#define PLANCIA_TYPE_PARCEL_OPEN_DIALOG (plancia_parcel_open_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaParcelOpenDialog,
                      plancia_parcel_open_dialog,
                      PLANCIA,
                      PARCEL_OPEN_DIALOG,
                      AdwWindow)

/* Begins to read at once. */
GtkWindow *
plancia_parcel_open_dialog_new (GtkWindow *parent, PlanciaPlantKeeper *keeper, const char *path);

G_END_DECLS
