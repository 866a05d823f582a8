/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"

G_BEGIN_DECLS

/* Tells the desktop of alarms that begin, if the setting "notify-alarms" says so. A click opens the Alarms page
 * (action "app.show-alarms"). Main thread. */
#define PLANCIA_TYPE_ALARM_NOTIFIER (plancia_alarm_notifier_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaAlarmNotifier,
                      plancia_alarm_notifier,
                      PLANCIA,
                      ALARM_NOTIFIER,
                      GObject)

PlanciaAlarmNotifier *plancia_alarm_notifier_new (PlanciaSession *session);

G_END_DECLS
