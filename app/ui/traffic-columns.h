/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/traffic-row.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The columns of the list of frames: time, direction, device, function, summary, ms, bytes. Main thread. */
void plancia_traffic_columns_add (GtkColumnView *view, GTimeZone *zone);
/* narrow: without device, ms and bytes. scale: height of the text against the usual one. */
void plancia_traffic_columns_arrange (GtkColumnView *view, gboolean narrow, double scale);

G_END_DECLS
