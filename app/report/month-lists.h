/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/month.h"
#include "report/paper.h"

G_BEGIN_DECLS

/* Of a monthly report: the alarms and the holes in the history. */
void plancia_month_lists_add (PlanciaMonth *month, PlanciaPaper *paper);
/* "Azzurro Portal; the same as Roof". (transfer full) */
char *plancia_month_dup_source (PlanciaReportLanguage *language, const PlanciaPlantPart *part);

G_END_DECLS
