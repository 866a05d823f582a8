/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/open-plant.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* The monthly report of a plant: which month, in which language, where; with progress, and it can be stopped. Main thread. */
#define PLANCIA_TYPE_REPORT_DIALOG (plancia_report_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaReportDialog, plancia_report_dialog, PLANCIA, REPORT_DIALOG, AdwWindow)

GtkWindow *plancia_report_dialog_new (GtkWindow *parent, PlanciaOpenPlant *plant);
/* As the button does after a place was chosen. */
void plancia_report_dialog_save (PlanciaReportDialog *self, GFile *file);

G_END_DECLS
