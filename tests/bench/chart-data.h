/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/chart.h"
#include "chart/line-layer.h"

/* Charts of made-up curves for the benchmarks. */

#define CHART_DATA_MANY   10000000
#define CHART_DATA_WIDTH  1200
#define CHART_DATA_HEIGHT 500

typedef struct
{
  GtkWidget     *window;
  PlanciaChart  *chart;
  PlanciaSeries *series[4]; /* owned by the layers */
  guint          n_series;
} ChartData;

/* A window with a chart of a day, whose plot is 1200 pixels wide; waits until it is drawn. */
void chart_data_open (ChartData *self, guint n_series, guint length);
void chart_data_close (ChartData *self);
/* Number of N frames: each shows another stretch, from all of it to a hundredth. */
PlanciaSpan chart_data_span (guint number, guint n);
/* Of this process, bytes. */
gsize chart_data_memory (void);
/* ms that this thread has computed: others on the machine do not count. */
double chart_data_clock (void);
double chart_data_median (double *values, guint n);
