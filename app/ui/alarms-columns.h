/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The columns of the list of alarms. Main thread. */
void plancia_alarms_columns_add (GtkColumnView *view, GTimeZone *zone);
/* narrow: icon, what and since only. scale: of the text. */
void plancia_alarms_columns_arrange (GtkColumnView *view, gboolean narrow, double scale);

G_END_DECLS
