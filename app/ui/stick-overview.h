/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Overview of a logger stick: the devices behind it, where it answers, how the connection fares. Main thread. */
#define PLANCIA_TYPE_STICK_OVERVIEW (plancia_stick_overview_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaStickOverview, plancia_stick_overview, PLANCIA, STICK_OVERVIEW, AdwBin)

/* device: of kind "stick". */
GtkWidget *plancia_stick_overview_new (PlanciaSession *session, PlanciaDevice *device);

G_END_DECLS
