/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "findings/finding.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* A finding with its numbers, its evidence as a chart, and what to look at. */
#define PLANCIA_TYPE_FINDING_DETAIL (plancia_finding_detail_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaFindingDetail, plancia_finding_detail, PLANCIA, FINDING_DETAIL, AdwBin)

/* Nothing of it is kept. device: its name. */
void plancia_finding_detail_set (PlanciaFindingDetail *self,
                                 const PlanciaFinding *finding,
                                 const char           *device,
                                 GTimeZone            *zone);
void plancia_finding_detail_set_narrow (PlanciaFindingDetail *self, gboolean narrow);

G_END_DECLS
