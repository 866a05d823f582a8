/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/chart.h"

G_BEGIN_DECLS

/* Several charts one under another on one time axis: what is seen, the crosshair, the cursors, the box that is drawn and the
 * zooms to go back to are those of all. The first one leads: it alone has an extent of its own and emits "visible-changed"
 * whichever is moved. Main thread. */
typedef struct _PlanciaChartLink PlanciaChartLink;

/* lead: outlives the link. */
PlanciaChartLink *plancia_chart_link_new (PlanciaChart *lead);
void              plancia_chart_link_free (PlanciaChartLink *self);
void              plancia_chart_link_add (PlanciaChartLink *self, PlanciaChart *chart);
void              plancia_chart_link_remove (PlanciaChartLink *self, PlanciaChart *chart);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaChartLink, plancia_chart_link_free)

G_END_DECLS
