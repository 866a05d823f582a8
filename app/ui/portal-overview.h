/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Overview of a cloud account: are the credentials accepted, what came when, its things. Main thread. */
#define PLANCIA_TYPE_PORTAL_OVERVIEW (plancia_portal_overview_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaPortalOverview,
                      plancia_portal_overview,
                      PLANCIA,
                      PORTAL_OVERVIEW,
                      AdwBin)

/* device: of kind "portal". */
GtkWidget *plancia_portal_overview_new (PlanciaSession *session, PlanciaDevice *device);

G_END_DECLS
