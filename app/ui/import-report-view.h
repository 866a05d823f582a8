/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "map/import-report.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* What an import took, doubted and left out, as two groups of rows. Shows nothing for an empty list. */
#define PLANCIA_TYPE_IMPORT_REPORT_VIEW (plancia_import_report_view_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaImportReportView,
                      plancia_import_report_view,
                      PLANCIA,
                      IMPORT_REPORT_VIEW,
                      GtkBox)

/* The report is read at once and not kept. */
void plancia_import_report_view_set_report (PlanciaImportReportView   *self,
                                            const PlanciaImportReport *report);

G_END_DECLS
