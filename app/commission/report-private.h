/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "commission/report.h"

G_BEGIN_DECLS

/* The text of a member, or NULL. (transfer none) */
const char *plancia_report_member (JsonObject *object, const char *name);
/* The visit of a report, or NULL. data: its member of that name. (transfer full) */
PlanciaVisit *plancia_report_parse_visit (JsonObject *data, GError **error);

/* --- report-annex.c: the pages after the first --- */
void plancia_report_add_annex (PlanciaPaper *paper, JsonObject *data, PlanciaVisit *visit);
void plancia_report_add_snapshot (PlanciaPaper *paper, JsonObject *data, PlanciaVisit *visit);
/* --- report-charts.c: curves, then the appendix --- */
void plancia_report_add_charts (PlanciaPaper *paper, JsonObject *data, PlanciaVisit *visit);

G_END_DECLS
