/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/open-plant.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Overview of one device that has registers or comes from a cloud: cards for what it has. Clicking a node of the power
 * flow activates "win.show-page" with "history". */
#define PLANCIA_TYPE_DEVICE_OVERVIEW (plancia_device_overview_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaDeviceOverview,
                      plancia_device_overview,
                      PLANCIA,
                      DEVICE_OVERVIEW,
                      AdwBin)

GtkWidget *plancia_device_overview_new (void);
/* Both may be NULL: then it lets go of what it showed. */
void plancia_device_overview_set_device (PlanciaDeviceOverview *self,
                                         PlanciaOpenPlant      *plant,
                                         PlanciaDevice         *device);

/* What is shown of the history of a device of a cloud. */
void plancia_device_overview_set_history (PlanciaDeviceOverview *self, GtkWidget *history);

G_END_DECLS
