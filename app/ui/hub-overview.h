/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Overview of a HUB: its three lines. Main thread. */
#define PLANCIA_TYPE_HUB_OVERVIEW (plancia_hub_overview_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaHubOverview, plancia_hub_overview, PLANCIA, HUB_OVERVIEW, AdwBin)

/* device: of kind "hub", or one of its lines: then only that is shown. */
GtkWidget *plancia_hub_overview_new (PlanciaSession *session, PlanciaDevice *device);

G_END_DECLS
