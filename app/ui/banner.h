/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include "ui/session-bin.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* One sentence under the header about what is looked at, the worst first: a problem, a caution, a note, that the plant
 * is simulated. One button at most. Construct-only property "session". */
#define PLANCIA_TYPE_BANNER (plancia_banner_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaBanner, plancia_banner, PLANCIA, BANNER, PlanciaSessionBin)

/* Only the bold part is shown. */
void plancia_banner_set_narrow (PlanciaBanner *self, gboolean narrow);
/* Name of the page that is seen: one that explains a problem itself hides the banner for it. */
void plancia_banner_set_page (PlanciaBanner *self, const char *page);

G_END_DECLS
