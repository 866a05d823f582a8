/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "report/month.h"
#include "report/paper.h"

G_BEGIN_DECLS

/* The monthly report of a plant as a document: energies beside those of the year before, the days as bars and as a table, best and worst
 * day, alarms, holes in the history. month: borrowed until it is written. Any thread. (transfer full) */
PlanciaPaper *plancia_month_paper_new (PlanciaMonth *month, PlanciaReportLanguage *language);
/* The name of the month as a title says it: "June 2026". (transfer full) */
char *plancia_month_dup_name (PlanciaMonth *month, PlanciaReportLanguage *language);

G_END_DECLS
