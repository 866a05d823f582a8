/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include "ui/session-bin.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Alarms of the session's device and all below it, or of the whole plant, from every source in one list. Property
 * "session" (PlanciaSession), construct only. Main thread. */
#define PLANCIA_TYPE_ALARMS_PAGE (plancia_alarms_page_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaAlarmsPage,
                      plancia_alarms_page,
                      PLANCIA,
                      ALARMS_PAGE,
                      PlanciaSessionBin)

/* TRUE if this device or one below it can tell of alarms. */
gboolean plancia_alarms_page_is_for (PlanciaSession *session, PlanciaDevice *device);

G_END_DECLS
