/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/open-plant.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* A plant in one file for the office: how much of the history goes along, of which devices, about how large it will be; then where.
 * With progress, and it can be stopped. Main thread. */
#define PLANCIA_TYPE_PARCEL_EXPORT_DIALOG (plancia_parcel_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaParcelExportDialog,
                      plancia_parcel_export_dialog,
                      PLANCIA,
                      PARCEL_EXPORT_DIALOG,
                      AdwWindow)

/* path: of the plant's file, to which nothing is on its way. */
GtkWindow *
plancia_parcel_export_dialog_new (GtkWindow *parent, PlanciaOpenPlant *plant, const char *path);
/* As the button does after a place was chosen. */
void plancia_parcel_export_dialog_save (PlanciaParcelExportDialog *self, GFile *file);

G_END_DECLS
