/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/demo-plant.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* What the devices of the demo plant do wrong: a drop-down each, which acts at once. Not modal, so that one can watch. */
#define PLANCIA_TYPE_FAULTS_DIALOG (plancia_faults_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaFaultsDialog, plancia_faults_dialog, PLANCIA, FAULTS_DIALOG, AdwWindow)

GtkWindow *plancia_faults_dialog_new (GtkWindow *parent, PlanciaDemoPlant *demo);
/* Goes to the row of a device; FALSE if it can do nothing wrong. */
gboolean plancia_faults_dialog_show_device (PlanciaFaultsDialog *self, const char *device);

G_END_DECLS
