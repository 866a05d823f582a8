/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/alarm-record.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* One row of the list of alarms. Main thread. Property "serial" (guint) counts changes and is the only one that
 * notifies. */
#define PLANCIA_TYPE_ALARM_ITEM (plancia_alarm_item_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaAlarmItem, plancia_alarm_item, PLANCIA, ALARM_ITEM, GObject)

/* record: (transfer full) */
PlanciaAlarmItem         *plancia_alarm_item_new (PlanciaAlarmRecord *record);
const PlanciaAlarmRecord *plancia_alarm_item_get_record (PlanciaAlarmItem *self);
gboolean                  plancia_alarm_item_is_open (PlanciaAlarmItem *self);
/* The device's name now, or as it was. */
const char *plancia_alarm_item_get_device_name (PlanciaAlarmItem *self);
/* Another source that says the same, such as PLANCIA_ALARM_PORTAL; or NULL. */
const char *plancia_alarm_item_get_second_source (PlanciaAlarmItem *self);

/* For the list only. */
void plancia_alarm_item_set_device_name (PlanciaAlarmItem *self, const char *name);
void plancia_alarm_item_set_second_source (PlanciaAlarmItem *self, const char *source);
void
plancia_alarm_item_set_words (PlanciaAlarmItem *self, const char *label, PlanciaSeverity severity);
void plancia_alarm_item_end (PlanciaAlarmItem *self, gint64 until);
void plancia_alarm_item_reopen (PlanciaAlarmItem *self);

/* --- words, in the user's language; all char* are (transfer full) --- */

/* "Grid voltage too high", "ID 77", "Bit 3 of Alarm word" */
char       *plancia_alarm_item_dup_what (PlanciaAlarmItem *self);
const char *plancia_severity_words (PlanciaSeverity severity);
/* "local", "local, portal" */
char *plancia_alarm_item_dup_source (PlanciaAlarmItem *self);
/* The vendor's number, or an em dash. */
char *plancia_alarm_item_dup_code (PlanciaAlarmItem *self);
/* "0432.1": word and bit; an en dash from a cloud. */
char *plancia_alarm_item_dup_raw (PlanciaAlarmItem *self);
/* "today 13:41", "yesterday 12:08", "9 June 06:12" */
char *plancia_alarm_item_dup_since (PlanciaAlarmItem *self, gint64 now, GTimeZone *zone);
/* "open"; "12:21" on the day on which it began, else with the date */
char *plancia_alarm_item_dup_until (PlanciaAlarmItem *self, GTimeZone *zone);
/* How long: "3 min". */
char *plancia_alarm_item_dup_duration (PlanciaAlarmItem *self, gint64 now);

/* --- asking --- */

/* What to show; zero and NULL: all. */
typedef struct
{
  gboolean    open_only;
  int         severity; /* -1: any */
  const char *source;
  const char *text;    /* in words, code, device; whatever its case */
  gint64      since;   /* open, or ended after this */
  GHashTable *devices; /* ids */
} PlanciaAlarmQuery;

gboolean plancia_alarm_item_matches (PlanciaAlarmItem *self, const PlanciaAlarmQuery *query);
/* -1, 0, 1: open ones first, then the newest. */
int plancia_alarm_item_compare (PlanciaAlarmItem *a, PlanciaAlarmItem *b);
/* Of PlanciaAlarmItem; for a spreadsheet, with a line of titles. */
char *plancia_alarm_items_to_csv (GListModel *items, GTimeZone *zone);

G_END_DECLS
