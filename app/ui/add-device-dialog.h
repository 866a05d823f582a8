/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plant/plant.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Asks for a device: by the form for each route, or by the text of its address; both show the same. Signal "accepted" ()
 * before it closes: call apply then. */
#define PLANCIA_TYPE_ADD_DEVICE_DIALOG (plancia_add_device_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaAddDeviceDialog,
                      plancia_add_device_dialog,
                      PLANCIA,
                      ADD_DEVICE_DIALOG,
                      AdwWindow)

GtkWindow *plancia_add_device_dialog_new (GtkWindow *parent);
/* Adds what was accepted to the plant. (transfer none) */
PlanciaEntry *plancia_add_device_dialog_apply (PlanciaAddDeviceDialog *self, PlanciaPlant *plant);
/* As if it had been typed. */
void     plancia_add_device_dialog_set_address (PlanciaAddDeviceDialog *self, const char *text);
gboolean plancia_add_device_dialog_is_valid (PlanciaAddDeviceDialog *self);

G_END_DECLS
