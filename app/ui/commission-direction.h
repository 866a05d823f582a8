/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "commission/direction-test.h"
#include "commission/words.h"
#include "model/session.h"
#include "ui/demo-plant.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* The guided test of the sensors: three stations, a drawing, what is measured as it comes, the cause and what to do. Main thread. Signal
 * "changed" (): which phase comes next may be another. */
#define PLANCIA_TYPE_COMMISSION_DIRECTION (plancia_commission_direction_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaCommissionDirection,
                      plancia_commission_direction,
                      PLANCIA,
                      COMMISSION_DIRECTION,
                      AdwBin)

/* demo: whose loads are simulated, or NULL. Stops what ran for another visit. */
void plancia_commission_direction_show (PlanciaCommissionDirection *self,
                                        PlanciaReportLanguage      *language,
                                        PlanciaSession             *session,
                                        PlanciaDevice              *device,
                                        PlanciaVisit               *visit,
                                        PlanciaDemoPlant           *demo);
/* Nothing is asked any more. */
void plancia_commission_direction_stop (PlanciaCommissionDirection *self);
/* The phase that is not told yet, after the one in hand; -1: none, or the one in hand is not done. */
int plancia_commission_direction_get_next (PlanciaCommissionDirection *self);
PlanciaDirectionTest      *
plancia_commission_direction_get_test (PlanciaCommissionDirection *self); /* or NULL */
void plancia_commission_direction_begin (PlanciaCommissionDirection *self, guint phase);

G_END_DECLS
