/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/alarm-notes.h"

#include "base/clock.h"
#include "base/text.h"
#include "model/device-clock.h"
#include <glib/gi18n.h>

/* The note of this key that is open, or NULL. The list holds it. */
static const PlanciaAlarmRecord *
find_open (PlanciaAlarmLog *log, PlanciaDevice *device, const char *key)
{
  GListModel *rows = G_LIST_MODEL (log);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++) {
    g_autoptr (PlanciaAlarmItem) item = g_list_model_get_item (rows, i);
    const PlanciaAlarmRecord *record = plancia_alarm_item_get_record (item);

    /* Open ones come first. */
    if (record->until != 0)
      return NULL;
    if (g_str_equal (record->source, PLANCIA_ALARM_PLANCIA) && g_str_equal (record->key, key) &&
        g_str_equal (record->device, plancia_device_get_id (device)))
      return record;
  }
  return NULL;
}

static void
set_text (char **place, const char *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

static void
begin (PlanciaAlarmLog *log,
       PlanciaDevice   *device,
       const char      *key,
       const char      *label,
       guint16          word)
{
  PlanciaAlarmRecord *record = plancia_alarm_record_new ();

  set_text (&record->device, plancia_device_get_id (device));
  set_text (&record->name, plancia_device_get_name (device));
  set_text (&record->source, PLANCIA_ALARM_PLANCIA);
  set_text (&record->key, key);
  set_text (&record->label, label);
  record->word = word;
  record->severity = PLANCIA_SEVERITY_NOTE;
  record->since = plancia_clock_now ();
  plancia_alarm_log_add (log, record);
}

static void
note (PlanciaAlarmLog *log,
      PlanciaDevice   *device,
      const char      *key,
      gboolean         on,
      const char      *label,
      guint16          word)
{
  const PlanciaAlarmRecord *open = find_open (log, device, key);
  PlanciaAlarmRecord       *ended;

  if (open == NULL && on)
    begin (log, device, key, label, word);
  if (open == NULL || on)
    return;
  ended = plancia_alarm_record_copy (open);
  ended->until = MAX (plancia_clock_now (), ended->since + 1);
  plancia_alarm_log_add (log, ended);
}

static void
look_at_clock (PlanciaAlarmLog *log, PlanciaDevice *device, GTimeZone *zone)
{
  gint64 off, limit = PLANCIA_NOTE_CLOCK_OFF;

  if (!plancia_device_clock_get_off (device, zone, &off))
    return;
  if (find_open (log, device, PLANCIA_NOTE_CLOCK) != NULL)
    limit /= 2;
  note (log,
        device,
        PLANCIA_NOTE_CLOCK,
        ABS (off) > limit,
        off < 0 ? PLANCIA_NOTE_BEHIND : PLANCIA_NOTE_AHEAD,
        (guint16) MIN (ABS (off) / PLANCIA_SECOND, G_MAXUINT16));
}

/**
 * plancia_alarm_notes_look:
 * @log: the plant's alarms
 * @device: one that has news
 * @zone: of the plant: devices keep local time
 */
void
plancia_alarm_notes_look (PlanciaAlarmLog *log, PlanciaDevice *device, GTimeZone *zone)
{
  PlanciaMark mark = plancia_device_get_mark (device);
  GListModel *children = plancia_device_get_children (device);

  /* A line of the tree above others tells what they tell. */
  if (!plancia_alarm_log_is_ready (log) ||
      (children != NULL && g_list_model_get_n_items (children) > 0))
    return;
  look_at_clock (log, device, zone);
  note (log, device, PLANCIA_NOTE_LINE, mark == PLANCIA_MARK_TAKEN_OVER, "", 0);
  /* Closed by a person is not silent; connecting may be either. */
  if (mark == PLANCIA_MARK_FAILING && plancia_device_get_time (device) > 0)
    note (log, device, PLANCIA_NOTE_SILENT, TRUE, "", 0);
  else if (mark == PLANCIA_MARK_LIVE || mark == PLANCIA_MARK_CLOSED)
    note (log, device, PLANCIA_NOTE_SILENT, FALSE, "", 0);
}

char *
plancia_alarm_notes_dup_words (const PlanciaAlarmRecord *record)
{
  g_autofree char *length = plancia_text_age (record->word * PLANCIA_SECOND);

  if (g_str_equal (record->key, PLANCIA_NOTE_LINE))
    return g_strdup (_ ("Line held by another client"));
  if (g_str_equal (record->key, PLANCIA_NOTE_SILENT))
    return g_strdup (_ ("No answer any more"));
  if (g_str_equal (record->label, PLANCIA_NOTE_BEHIND))
    /* TRANSLATORS: %s is a length of time: "74 s", "3 min" */
    return g_strdup_printf (_ ("Clock %s behind"), length);

  /* TRANSLATORS: %s is a length of time */
  return g_strdup_printf (_ ("Clock %s ahead"), length);
}
