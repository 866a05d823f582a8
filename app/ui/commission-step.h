/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "commission/words.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* An ordinary step of the commissioning assistant: why, what was seen, what is expected, the verdict. Main thread.
 * Signals: "read-again" (), "set" (): the person wants to change what was found. */
#define PLANCIA_TYPE_COMMISSION_STEP (plancia_commission_step_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaCommissionStep,
                      plancia_commission_step,
                      PLANCIA,
                      COMMISSION_STEP,
                      AdwBin)

/* Follows the visit from now on. zone: of the plant. */
void plancia_commission_step_show (PlanciaCommissionStep *self,
                                   PlanciaReportLanguage *language,
                                   PlanciaVisit          *visit,
                                   guint                  step,
                                   GTimeZone             *zone);
/* While it is being read. */
void plancia_commission_step_set_busy (PlanciaCommissionStep *self, gboolean busy);
/* Another widget shows what was seen. */
void plancia_commission_step_set_verdict_only (PlanciaCommissionStep *self, gboolean verdict_only);
/* The button with which what was found can be changed; NULL: there is none. */
void plancia_commission_step_set_setting (PlanciaCommissionStep *self, const char *label);

G_END_DECLS
