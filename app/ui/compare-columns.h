/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The columns of two compared snapshots. Main thread. */
void plancia_compare_columns_add (GtkColumnView *view);
/* narrow: name, A and B only. scale: of the text. */
void plancia_compare_columns_arrange (GtkColumnView *view, gboolean narrow, double scale);

G_END_DECLS
