/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include "ui/session-bin.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* The traffic page. Property "session" (PlanciaSession), construct only: it follows the session's device, and shows what
 * went over the wires of its connections; the whole plant shows all. */
#define PLANCIA_TYPE_TRAFFIC_PAGE (plancia_traffic_page_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaTrafficPage,
                      plancia_traffic_page,
                      PLANCIA,
                      TRAFFIC_PAGE,
                      PlanciaSessionBin)

G_END_DECLS
