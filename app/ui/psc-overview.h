/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Overview of a PSC 100: what is inside the panel, the power of its inverters, their roster. Main thread. */
#define PLANCIA_TYPE_PSC_OVERVIEW (plancia_psc_overview_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaPscOverview, plancia_psc_overview, PLANCIA, PSC_OVERVIEW, AdwBin)

/* device: of kind "psc". */
GtkWidget *plancia_psc_overview_new (PlanciaSession *session, PlanciaDevice *device);

G_END_DECLS
