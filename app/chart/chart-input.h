/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/chart.h"

G_BEGIN_DECLS

/* Pointer and keys of a chart; only chart.c calls these. */
void plancia_chart_input_install (GtkWidgetClass *klass);
void plancia_chart_input_attach (PlanciaChart *chart);
/* What letting go of the chart with a velocity (px a ms, positive to the right) does: it glides on, unless people do not want
 * things to move. */
void plancia_chart_glide (PlanciaChart *chart, double velocity);

G_END_DECLS
