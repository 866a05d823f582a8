/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/device.h"

G_BEGIN_DECLS

/* Is an inverter of a model that the vendor lists for the PSC 100 (250, 330 and 350KTL-HV Z0)? A device does not say
 * its model: its identity register names the family, as the register map does. Main thread. */
typedef enum {
  PLANCIA_PSC_COMPATIBLE,
  PLANCIA_PSC_UNKNOWN,
  PLANCIA_PSC_NOT_COMPATIBLE,
} PlanciaPscCheck;

PlanciaPscCheck plancia_psc_check (PlanciaDevice *inverter);
const char     *plancia_psc_check_name (PlanciaPscCheck check);   /* "Compatible", translated */
const char     *plancia_psc_check_reason (PlanciaPscCheck check); /* a sentence, translated */
const char     *plancia_psc_check_icon (PlanciaPscCheck check);
const char     *plancia_psc_check_style (PlanciaPscCheck check); /* CSS class of the ink */

G_END_DECLS
