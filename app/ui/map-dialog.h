/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/open-plant.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Which register map a device is read by: one of the catalogue, or what the device itself tells. */
#define PLANCIA_TYPE_MAP_DIALOG (plancia_map_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaMapDialog, plancia_map_dialog, PLANCIA, MAP_DIALOG, AdwWindow)

/* TRUE for a device that is read by a map. */
gboolean plancia_map_dialog_is_for (PlanciaDevice *device);
/* Shown. (transfer none) */
GtkWidget *
plancia_map_dialog_show (GtkWindow *parent, PlanciaOpenPlant *plant, PlanciaDevice *device);

G_END_DECLS
