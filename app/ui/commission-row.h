/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "commission/words.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A step in the list of the commissioning assistant: state, number and name, what it came to, when. */
#define PLANCIA_TYPE_COMMISSION_ROW (plancia_commission_row_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaCommissionRow,
                      plancia_commission_row,
                      PLANCIA,
                      COMMISSION_ROW,
                      GtkListBoxRow)

GtkWidget *plancia_commission_row_new (guint step);
guint      plancia_commission_row_get_step (PlanciaCommissionRow *self);
/* now: it is the one in hand. zone: of the plant. */
void plancia_commission_row_update (PlanciaCommissionRow  *self,
                                    PlanciaReportLanguage *language,
                                    PlanciaVisit          *visit,
                                    GTimeZone             *zone,
                                    gboolean               now);

G_END_DECLS
