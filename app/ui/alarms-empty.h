/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/alarm-log.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Says on a status page that no alarm is shown, and of how many devices that is known. open_only: whether past ones would not be
 * shown either. TRUE if there were alarms in the
 * past. */
gboolean plancia_alarms_empty_show (AdwStatusPage   *page,
                                    PlanciaAlarmLog *log,
                                    PlanciaDevice   *device,
                                    GTimeZone       *zone,
                                    gboolean         open_only);

G_END_DECLS
