/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plant/address.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* The vendor's steps to make a HUB reachable, in its own portal: Plancia sets nothing there. Opens the portal in the
 * browser and copies the documented password of its pages. */
#define PLANCIA_TYPE_HUB_SETUP_DIALOG (plancia_hub_setup_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaHubSetupDialog,
                      plancia_hub_setup_dialog,
                      PLANCIA,
                      HUB_SETUP_DIALOG,
                      AdwWindow)

/* address: of the HUB or of something on it. simulated: there is no portal to be opened. */
GtkWindow *
plancia_hub_setup_dialog_new (GtkWindow *parent, PlanciaAddress *address, gboolean simulated);

G_END_DECLS
