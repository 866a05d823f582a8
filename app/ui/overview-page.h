/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include "ui/session-bin.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* The overview page. Property "session" (PlanciaSession), construct only: it follows the session's device. */
#define PLANCIA_TYPE_OVERVIEW_PAGE (plancia_overview_page_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaOverviewPage,
                      plancia_overview_page,
                      PLANCIA,
                      OVERVIEW_PAGE,
                      PlanciaSessionBin)

/* TRUE if the page explains why the device's serial port does not open, instead of showing the device. */
gboolean plancia_overview_page_is_about_port (PlanciaDevice *device);

G_END_DECLS
