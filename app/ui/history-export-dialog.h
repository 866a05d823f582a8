/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/open-plant.h"
#include "ui/history-picture.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Writes what the store has of a device to a file: which time, which form, where; with progress, and it can be stopped. Main thread. */
#define PLANCIA_TYPE_HISTORY_EXPORT_DIALOG (plancia_history_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaHistoryExportDialog,
                      plancia_history_export_dialog,
                      PLANCIA,
                      HISTORY_EXPORT_DIALOG,
                      AdwWindow)

/* device: whose history it is in the store. shown: what the page shows, the choice that is ready. (transfer none) */
GtkWindow *plancia_history_export_dialog_new (GtkWindow        *parent,
                                              PlanciaOpenPlant *plant,
                                              PlanciaDevice    *device,
                                              PlanciaSpan       shown,
                                              GTimeZone        *zone);
/* What the page shows, for the formats that are pictures; without it they are drawn from the store. */
void plancia_history_export_dialog_set_picture (PlanciaHistoryExportDialog *self,
                                                PlanciaHistoryPicture      *picture);
/* As the button does after a place was chosen. */
void plancia_history_export_dialog_save (PlanciaHistoryExportDialog *self, GFile *file);

G_END_DECLS
