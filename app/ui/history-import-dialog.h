/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/table-plan.h"
#include "model/open-plant.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* A CSV table into the history of a device: what each column is, with its first lines; with progress, and it can be stopped. Main
 * thread. */
#define PLANCIA_TYPE_HISTORY_IMPORT_DIALOG (plancia_history_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaHistoryImportDialog,
                      plancia_history_import_dialog,
                      PLANCIA,
                      HISTORY_IMPORT_DIALOG,
                      AdwWindow)

/* Reads the beginning of the file on a worker. zone: of times without one. */
GtkWindow *plancia_history_import_dialog_new (GtkWindow        *parent,
                                              PlanciaOpenPlant *plant,
                                              PlanciaDevice    *device,
                                              GTimeZone        *zone,
                                              GFile            *file);
/* Asks for a file, then shows the dialog. */
void plancia_history_import_dialog_choose (GtkWindow        *parent,
                                           PlanciaOpenPlant *plant,
                                           PlanciaDevice    *device,
                                           GTimeZone        *zone);
/* What was found, as it stands now; NULL while the file is being looked at. (transfer none) */
PlanciaTablePlan *plancia_history_import_dialog_get_plan (PlanciaHistoryImportDialog *self);
/* As the button does. */
void plancia_history_import_dialog_run (PlanciaHistoryImportDialog *self);

G_END_DECLS
