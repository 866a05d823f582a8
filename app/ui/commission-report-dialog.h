/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "commission/visit.h"
#include "model/open-plant.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Who and where, in which language; then the report is saved or printed. Main thread. Signal "saved" (const char *path). */
#define PLANCIA_TYPE_COMMISSION_REPORT_DIALOG (plancia_commission_report_dialog_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaCommissionReportDialog,
                      plancia_commission_report_dialog,
                      PLANCIA,
                      COMMISSION_REPORT_DIALOG,
                      AdwWindow)

GtkWindow *plancia_commission_report_dialog_new (GtkWindow        *parent,
                                                 PlanciaOpenPlant *plant,
                                                 PlanciaDevice    *device,
                                                 PlanciaVisit     *visit);
/* What the button does once a place is chosen. */
void plancia_commission_report_dialog_save (PlanciaCommissionReportDialog *self, const char *path);

G_END_DECLS
