/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "commission/words.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Two groups of rows of the commissioning assistant, made anew each time. (transfer floating) */

/* What was seen in a step, with where it lies in what is permitted. zone: of the plant. */
GtkWidget *plancia_commission_evidence_new (PlanciaReportLanguage *language,
                                            PlanciaVisit          *visit,
                                            guint                  step,
                                            GTimeZone             *zone);
/* What it was judged by, each with its source; or that there is nothing to judge by. */
GtkWidget *
plancia_commission_expected_new (PlanciaReportLanguage *language, PlanciaVisit *visit, guint step);

G_END_DECLS
