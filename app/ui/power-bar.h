/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A number as part of another, as a bar: equal bars mean equal use. Mirrors in right-to-left languages. Main thread. */
#define PLANCIA_TYPE_POWER_BAR (plancia_power_bar_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaPowerBar, plancia_power_bar, PLANCIA, POWER_BAR, GtkWidget)

GtkWidget *plancia_power_bar_new (void);
/* part: 0 to 1; NAN: not known, only the empty track. */
void   plancia_power_bar_set_part (PlanciaPowerBar *self, double part);
double plancia_power_bar_get_part (PlanciaPowerBar *self);

G_END_DECLS
