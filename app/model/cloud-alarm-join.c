/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/cloud-alarm-join.h"

#include "base/span.h"

/* Two answers that follow each other have packets as far apart as this. */
#define GAP (20 * PLANCIA_MINUTE)

/* Where it ends for sure; an alarm that is on ends nowhere. */
static gint64
end_of (const PlanciaAlarmRecord *record)
{
  return record->until != 0 ? record->until : G_MAXINT64 - GAP;
}

static gint64
last_of (const PlanciaCloudAlarm *alarm)
{
  return alarm->until != 0 ? alarm->until : alarm->seen;
}

static gboolean
is_same (const PlanciaAlarmRecord *known,
         const PlanciaCloudAlarm  *alarm,
         const PlanciaAlarmRecord *words)
{
  gint64 last = last_of (alarm);

  if (known->gone || known->id != alarm->id || !g_str_equal (known->device, words->device) ||
      !g_str_equal (known->source, words->source))
    return FALSE;
  /* In time together. */
  if (known->since <= last && alarm->since <= end_of (known))
    return TRUE;
  /* The first packet of the piece goes on with it. */
  if (alarm->from_before && known->since <= alarm->since && alarm->since <= end_of (known) + GAP)
    return TRUE;
  /* It goes on with the last packet of the piece. */
  return known->from_before && alarm->until == 0 && known->since > last &&
         known->since <= last + GAP;
}

/* An answer about last month does not say that an alarm still is. */
static gint64
resolve_end (const PlanciaCloudAlarm *alarm, gint64 now)
{
  if (alarm->until != 0)
    return alarm->until;
  return alarm->seen < now - PLANCIA_HOUR ? alarm->seen : 0;
}

static gint64
later_end (gint64 a, gint64 b)
{
  return a == 0 || b == 0 ? 0 : MAX (a, b);
}

/* Takes known into whole. An end that the cloud has seen counts for what seemed to be on. */
static void
merge (PlanciaAlarmRecord *whole, const PlanciaAlarmRecord *known, const PlanciaCloudAlarm *alarm)
{
  gboolean ended = known->until == 0 && alarm->until != 0 && alarm->until >= known->since;

  if (known->since < whole->since || (known->since == whole->since && !known->from_before)) {
    whole->since = known->since;
    whole->from_before = known->from_before;
    whole->power = known->power;
    whole->temperature = known->temperature;
  }
  if (!ended)
    whole->until = later_end (whole->until, known->until);
}

GPtrArray *
plancia_cloud_alarm_join (GPtrArray                *known,
                          const PlanciaCloudAlarm  *alarm,
                          const PlanciaAlarmRecord *words,
                          gint64                    now)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_alarm_record_free);
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  g_autoptr (PlanciaAlarmRecord) whole = plancia_alarm_record_copy (words);
  gboolean news = TRUE;

  whole->id = alarm->id;
  whole->since = alarm->since;
  whole->from_before = alarm->from_before;
  whole->until = resolve_end (alarm, now);
  for (guint i = 0; i < known->len; i++)
    if (is_same (g_ptr_array_index (known, i), alarm, words))
      g_ptr_array_add (parts, g_ptr_array_index (known, i));
  for (guint i = 0; i < parts->len; i++)
    merge (whole, g_ptr_array_index (parts, i), alarm);
  for (guint i = 0; i < parts->len; i++) {
    PlanciaAlarmRecord *part = g_ptr_array_index (parts, i);

    if (part->since == whole->since) {
      news = part->until != whole->until;
      continue;
    }
    part = plancia_alarm_record_copy (part);
    part->gone = TRUE;
    g_ptr_array_add (records, part);
  }
  if (news)
    g_ptr_array_add (records, g_steal_pointer (&whole));
  return records;
}

static void
drop (GPtrArray *known, const PlanciaAlarmRecord *record)
{
  for (guint i = 0; i < known->len; i++) {
    const PlanciaAlarmRecord *one = g_ptr_array_index (known, i);

    if (one->since == record->since && one->id == record->id &&
        g_str_equal (one->device, record->device) && g_str_equal (one->source, record->source)) {
      g_ptr_array_remove_index (known, i);
      return;
    }
  }
}

void
plancia_cloud_alarm_keep (GPtrArray *known, GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++) {
    const PlanciaAlarmRecord *record = g_ptr_array_index (records, i);

    drop (known, record);
    if (!record->gone)
      g_ptr_array_add (known, plancia_alarm_record_copy (record));
  }
}
