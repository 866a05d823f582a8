/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How long the last requests took, a bar each, the newest at the right; one that failed is full height and darker. */
#define PLANCIA_TYPE_LATENCY_BARS (plancia_latency_bars_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaLatencyBars, plancia_latency_bars, PLANCIA, LATENCY_BARS, GtkWidget)

#define PLANCIA_LATENCY_BARS_MAX 60

GtkWidget *plancia_latency_bars_new (void);
/* Oldest first, ms, -1 failed; at most 60. A copy is made. */
void plancia_latency_bars_set (PlanciaLatencyBars *self, const gint16 *latencies, guint length);

G_END_DECLS
