/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/alarm-log.h"

G_BEGIN_DECLS

/* What the program itself notes about devices, as rows among their alarms: a clock that is off, a line that another client
 * holds, a device that has stopped answering. Main thread. */
#define PLANCIA_NOTE_CLOCK  "clock"  /* "word" of the record: seconds, at most 65535 */
#define PLANCIA_NOTE_LINE   "line"   /* another client holds it */
#define PLANCIA_NOTE_SILENT "silent" /* it answered before */
#define PLANCIA_NOTE_BEHIND "behind" /* label of a clock */
#define PLANCIA_NOTE_AHEAD  "ahead"

/* From this much on, and until it is less than half of it. */
#define PLANCIA_NOTE_CLOCK_OFF (60 * PLANCIA_SECOND)

/* Looks at the device now. Nothing is noted before the log knows what was noted before. */
void plancia_alarm_notes_look (PlanciaAlarmLog *log, PlanciaDevice *device, GTimeZone *zone);
/* "Clock 74 s behind"; of a record of the program's own. (transfer full) */
char *plancia_alarm_notes_dup_words (const PlanciaAlarmRecord *record);

G_END_DECLS
