/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/discovery.h"
#include "plant/plant.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Looks for devices while it is open, and lets a person choose which to add. Signal "accepted" () before it closes: call
 * apply then. Results are appended and never move. */
#define PLANCIA_TYPE_DISCOVER_DIALOG (plancia_discover_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaDiscoverDialog,
                      plancia_discover_dialog,
                      PLANCIA,
                      DISCOVER_DIALOG,
                      AdwWindow)

/* Begins to search the computer's own networks at once. plant: that is open, or NULL: what it has is not offered again, and
 * no second connection is made to those in use (GPtrArray of PlanciaAddress*, or NULL; see model/in-use.h). */
GtkWindow *plancia_discover_dialog_new (GtkWindow *parent, PlanciaPlant *plant, GPtrArray *in_use);
/* Where to look instead of the computer's own networks (GPtrArray of PlanciaSubnet*); begins at once. */
GtkWindow *plancia_discover_dialog_new_for (GtkWindow    *parent,
                                            PlanciaPlant *plant,
                                            GPtrArray    *in_use,
                                            GPtrArray    *subnets);
/* Adds what is checked to the plant. (transfer none) (nullable): the first of it. */
PlanciaEntry     *plancia_discover_dialog_apply (PlanciaDiscoverDialog *self, PlanciaPlant *plant);
PlanciaDiscovery *plancia_discover_dialog_get_discovery (PlanciaDiscoverDialog *self);

G_END_DECLS
