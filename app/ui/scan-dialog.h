/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Finds out which registers a device has: a range is read block by block; what was found is listed and can be saved.
 * Nothing is written. The window behind stays usable. Main thread. Signal "chosen" (guint function, guint first, guint last):
 * a person wants to see these registers. */
#define PLANCIA_TYPE_SCAN_DIALOG (plancia_scan_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaScanDialog, plancia_scan_dialog, PLANCIA, SCAN_DIALOG, AdwWindow)

/* (transfer none): to be presented. device: with an open connection. */
GtkWindow *plancia_scan_dialog_new (GtkWindow *parent, PlanciaDevice *device);
/* As the button: from the numbers in the form. */
void plancia_scan_dialog_start (PlanciaScanDialog *self);

G_END_DECLS
