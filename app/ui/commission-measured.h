/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "commission/direction-test.h"
#include "commission/words.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The table of the direction test: each sensor before, with the load, and the change, while it goes on and after; import is positive, as
 * a load is what comes on. */
#define PLANCIA_TYPE_COMMISSION_MEASURED (plancia_commission_measured_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaCommissionMeasured,
                      plancia_commission_measured,
                      PLANCIA,
                      COMMISSION_MEASURED,
                      GtkWidget)

void plancia_commission_measured_show (PlanciaCommissionMeasured    *self,
                                       PlanciaReportLanguage        *language,
                                       PlanciaDirectionTest         *test,
                                       const PlanciaDirectionResult *result);

G_END_DECLS
