/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/chart.h"
#include "ui/shown-table.h"

G_BEGIN_DECLS

/* What charts (GPtrArray of PlanciaChart, of one time) show now, as a table: a row each so many minutes, a column for each visible
 * curve with values. names: of their devices; zone: whose clock the first column uses. Main thread. (transfer full) */
PlanciaShownTable *
plancia_curve_table_new (GPtrArray *charts, const char *const *names, GTimeZone *zone);

G_END_DECLS
