/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a device measures now, for devices with nothing to flow between: one large figure, a table of the phases, and
 * the other values that its map reads often. */
#define PLANCIA_TYPE_FIGURES (plancia_figures_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaFigures, plancia_figures, PLANCIA, FIGURES, GtkBox)

/* Builds for the map of the device (NULL: empty), then shows its values. */
void plancia_figures_set_device (PlanciaFigures *self, PlanciaDevice *device);
/* The values moved. */
void plancia_figures_update (PlanciaFigures *self);

G_END_DECLS
