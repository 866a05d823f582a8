/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "commission/direction-test.h"
#include "model/session.h"
#include "ui/demo-plant.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* The commissioning assistant: a window of its own, not modal, as it lasts an hour. Twelve steps at the side, the one in hand beside
 * them; everything is kept with the plant as it goes. Main thread. */
#define PLANCIA_TYPE_COMMISSION_WINDOW (plancia_commission_window_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaCommissionWindow,
                      plancia_commission_window,
                      PLANCIA,
                      COMMISSION_WINDOW,
                      AdwWindow)

/* device: to be commissioned; the whole plant, or a group: one after the other what hangs below it. demo: whose sensors and loads are
 * simulated, or NULL. One that is open for it already comes to the front. */
void plancia_commission_window_open (GtkWindow        *parent,
                                     PlanciaSession   *session,
                                     PlanciaDevice    *device,
                                     PlanciaDemoPlant *demo);
/* For tests. */
PlanciaVisit *plancia_commission_window_get_visit (PlanciaCommissionWindow *self); /* or NULL */
PlanciaDirectionTest      *
plancia_commission_window_get_test (PlanciaCommissionWindow *self); /* or NULL */
void plancia_commission_window_begin_phase (PlanciaCommissionWindow *self, guint phase);
void plancia_commission_window_show_step (PlanciaCommissionWindow *self, guint step);

G_END_DECLS
