/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/alarm-item.h"

#include "base/csv.h"
#include "base/text.h"
#include "map/map.h"
#include "model/alarm-notes.h"
#include <glib/gi18n.h>
#include <string.h>

#define EM_DASH "\xe2\x80\x94"
#define EN_DASH "\xe2\x80\x93"

char *
plancia_alarm_item_dup_what (PlanciaAlarmItem *self)
{
  const PlanciaAlarmRecord *record = plancia_alarm_item_get_record (self);

  if (g_str_equal (record->source, PLANCIA_ALARM_PLANCIA))
    return plancia_alarm_notes_dup_words (record);
  if (record->label[0] != '\0')
    return g_strdup (plancia_map_bit_label (record->label));
  if (record->id > 0)
    /* TRANSLATORS: the vendor's number of an alarm for which nobody has words */
    return g_strdup_printf (_("ID %02d"), record->id);
  return g_strdup_printf (_("Unknown alarm, bit %u"), (guint) record->bit % 16);
}

const char *
plancia_severity_words (PlanciaSeverity severity)
{
  if (severity == PLANCIA_SEVERITY_NOTE)
    /* TRANSLATORS: how bad something is: only worth knowing */
    return C_ ("severity", "Note");
  return severity == PLANCIA_SEVERITY_FAULT ? _("Fault") : _("Warning");
}

static const char *
source_words (const char *source)
{
  if (g_str_equal (source, PLANCIA_ALARM_LOCAL))
    /* TRANSLATORS: who told of an alarm: the device itself */
    return C_ ("alarm source", "local");
  if (g_str_equal (source, PLANCIA_ALARM_PORTAL))
    return C_ ("alarm source", "portal");
  if (g_str_equal (source, PLANCIA_ALARM_PLANCIA))
    return "Plancia";
  return source;
}

char *
plancia_alarm_item_dup_source (PlanciaAlarmItem *self)
{
  const char *first = source_words (plancia_alarm_item_get_record (self)->source);
  const char *second = plancia_alarm_item_get_second_source (self);

  if (second == NULL)
    return g_strdup (first);
  return g_strdup_printf ("%s, %s", first, source_words (second));
}

char *
plancia_alarm_item_dup_code (PlanciaAlarmItem *self)
{
  int id = plancia_alarm_item_get_record (self)->id;

  return id > 0 ? g_strdup_printf ("%d", id) : g_strdup (EM_DASH);
}

char *
plancia_alarm_item_dup_raw (PlanciaAlarmItem *self)
{
  const PlanciaAlarmRecord *record = plancia_alarm_item_get_record (self);

  if (record->bit < 0)
    return g_strdup (EN_DASH);
  return g_strdup_printf ("%04X.%d", record->address, record->bit % 16);
}

static GDateTime *
local_time (gint64 time, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);

  return g_date_time_to_timezone (utc, zone);
}

static gboolean
same_day (GDateTime *a, GDateTime *b)
{
  return g_date_time_get_year (a) == g_date_time_get_year (b) &&
         g_date_time_get_day_of_year (a) == g_date_time_get_day_of_year (b);
}

static char *
day_and_time (GDateTime *time, GDateTime *today)
{
  g_autofree char *clock = g_date_time_format (time, "%H:%M");
  g_autofree char *date = NULL;
  g_autoptr (GDateTime) yesterday = g_date_time_add_days (today, -1);

  if (same_day (time, today))
    /* TRANSLATORS: %s is a time of day */
    return g_strdup_printf (_("today %s"), clock);
  if (same_day (time, yesterday))
    return g_strdup_printf (_("yesterday %s"), clock);
  /* TRANSLATORS: a day without the year, as of strftime: "9 June" */
  date = g_date_time_format (time, _("%-d %B"));
  return g_strdup_printf ("%s %s", date, clock);
}

char *
plancia_alarm_item_dup_since (PlanciaAlarmItem *self, gint64 now, GTimeZone *zone)
{
  g_autoptr (GDateTime) since = local_time (plancia_alarm_item_get_record (self)->since, zone);
  g_autoptr (GDateTime) today = local_time (now, zone);

  return day_and_time (since, today);
}

char *
plancia_alarm_item_dup_until (PlanciaAlarmItem *self, GTimeZone *zone)
{
  const PlanciaAlarmRecord *record = plancia_alarm_item_get_record (self);
  g_autoptr (GDateTime) since = local_time (record->since, zone);
  g_autoptr (GDateTime) until = NULL;

  if (record->until == 0)
    return g_strdup (C_ ("alarm", "open"));
  until = local_time (record->until, zone);
  if (same_day (since, until))
    return g_date_time_format (until, "%H:%M");
  /* TRANSLATORS: when an alarm ended, on another day than it began, as of strftime: "9 Jun 06:12" */
  return g_date_time_format (until, _("%-d %b %H:%M"));
}

char *
plancia_alarm_item_dup_duration (PlanciaAlarmItem *self, gint64 now)
{
  const PlanciaAlarmRecord *record = plancia_alarm_item_get_record (self);
  gint64                    end = record->until != 0 ? record->until : now;

  return plancia_text_age (MAX (0, end - record->since));
}

/* --- for spreadsheets -------------------------------------------------------------------------- */

static void
append_item (GString *out, PlanciaAlarmItem *item, GTimeZone *zone)
{
  const PlanciaAlarmRecord *record = plancia_alarm_item_get_record (item);
  g_autofree char          *what = plancia_alarm_item_dup_what (item);
  g_autofree char          *since = plancia_text_iso_time (record->since, zone);
  g_autofree char          *until = record->until != 0 ? plancia_text_iso_time (record->until, zone)
                                                       : g_strdup ("");
  g_autofree char          *source = plancia_alarm_item_dup_source (item);
  g_autofree char *id = record->id > 0 ? g_strdup_printf ("%d", record->id) : g_strdup ("");
  g_autofree char *address = record->bit >= 0 ? g_strdup_printf ("0x%04X", record->address)
                                              : g_strdup ("");
  g_autofree char *bit = record->bit >= 0 ? g_strdup_printf ("%d", record->bit % 16)
                                          : g_strdup ("");
  g_autofree char *word = record->bit >= 0 ? g_strdup_printf ("0x%04X", record->word)
                                           : g_strdup ("");
  const char      *cells[] = {since,
                              until,
                              plancia_severity_words (record->severity),
                              what,
                              plancia_alarm_item_get_device_name (item),
                              source,
                              id,
                              address,
                              bit,
                              word};

  plancia_csv_append_row (out, cells, G_N_ELEMENTS (cells), ',');
}

/**
 * plancia_alarm_items_to_csv:
 * @items: (element-type PlanciaAlarmItem): what is shown
 * @zone: of the plant
 *
 * Returns: (transfer full): UTF-8, commas, times of the plant
 */
char *
plancia_alarm_items_to_csv (GListModel *items, GTimeZone *zone)
{
  GString *out =
    g_string_new ("since,until,severity,what,device,source,code,register,bit,word\r\n");

  for (guint i = 0; i < g_list_model_get_n_items (items); i++) {
    g_autoptr (PlanciaAlarmItem) item = g_list_model_get_item (items, i);

    append_item (out, item, zone);
  }
  return g_string_free (out, FALSE);
}
