/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/alarm-record.h"

G_BEGIN_DECLS

/* What to look at first: a sentence of our own in the program's language, from the words that the map or the family's list has
 * for the alarm's number; NULL where there is nothing honest to say. Main thread. */
const char *plancia_alarm_advice (const PlanciaAlarmRecord *record);

G_END_DECLS
