/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/chart.h"

G_BEGIN_DECLS

/* Pointer and keys of a chart; only chart.c calls these. */
void plancia_chart_input_install (GtkWidgetClass *klass);
void plancia_chart_input_attach (PlanciaChart *chart);
/* In chart.c: what is seen now becomes what undo goes back to. */
void plancia_chart_remember (PlanciaChart *self);

G_END_DECLS
