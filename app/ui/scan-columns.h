/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The columns of a list of PlanciaScanSpan: from, to, registers, answer. Main thread. */
void plancia_scan_columns_add (GtkColumnView *view);

G_END_DECLS
