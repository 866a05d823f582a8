/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-events.h"

#include "base/clock.h"
#include "model/alarm-log.h"
#include "model/journal-words.h"
#include "model/open-plant-journal.h"
#include "ui/history-day.h"

#include <glib/gi18n.h>

struct _PlanciaHistoryEvents
{
  PlanciaChart       *chart;
  PlanciaHistoryFeed *feed;
  GCancellable       *asking; /* the question for the journal */
  GPtrArray          *writes; /* PlanciaJournalEntry of the device, or NULL */
};

/* The question under way outlives the page. */
typedef struct
{
  PlanciaHistoryEvents *events;
  PlanciaOpenPlant     *plant;
  GCancellable         *cancellable;
} Question;

PlanciaHistoryEvents *
plancia_history_events_new (PlanciaChart *chart, PlanciaHistoryFeed *feed)
{
  PlanciaHistoryEvents *self = g_new0 (PlanciaHistoryEvents, 1);

  self->chart = chart;
  self->feed = feed;
  return self;
}

void
plancia_history_events_free (PlanciaHistoryEvents *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_pointer (&self->writes, g_ptr_array_unref);
  g_free (self);
}

static gboolean
is_of_device (PlanciaHistoryEvents *self, const char *id)
{
  PlanciaDevice *device = plancia_history_feed_get_device (self->feed);
  PlanciaDevice *source = plancia_history_feed_get_source (self->feed);

  return (device != NULL && g_str_equal (plancia_device_get_kind (device), "plant")) ||
         (device != NULL && g_str_equal (plancia_device_get_id (device), id)) ||
         (source != NULL && g_str_equal (plancia_device_get_id (source), id));
}

static void
add (GArray *marks, PlanciaSpan span, PlanciaChartMarkKind kind, char *words)
{
  PlanciaChartMark mark = {span, kind, words};

  g_array_append_val (marks, mark);
}

/* "Fault: Grid voltage too high, 12:08 to 12:21" */
static char *
alarm_words (PlanciaHistoryEvents *self, PlanciaAlarmItem *item)
{
  const PlanciaAlarmRecord *record = plancia_alarm_item_get_record (item);
  GTimeZone                *zone = plancia_history_feed_get_zone (self->feed);
  PlanciaSpan               day = plancia_history_feed_get_day (self->feed);
  g_autofree char          *what = plancia_alarm_item_dup_what (item);
  g_autofree char *since = plancia_history_day_clock (zone, day, MAX (record->since, day.start));
  g_autofree char *until = record->until != 0 ? plancia_history_day_clock (zone, day, record->until)
                                              : g_strdup (C_ ("alarm", "open"));

  /* Translators: severity and words of an alarm, and from when until when it was: "Fault: Fan 2, 12:08–12:21" */
  return g_strdup_printf (
    _ ("%s: %s, %s–%s"), plancia_severity_words (record->severity), what, since, until);
}

static void
add_alarms (PlanciaHistoryEvents *self, PlanciaOpenPlant *plant, GArray *marks)
{
  static const PlanciaChartMarkKind kinds[] = {
    [PLANCIA_SEVERITY_FAULT] = PLANCIA_CHART_MARK_FAULT,
    [PLANCIA_SEVERITY_WARNING] = PLANCIA_CHART_MARK_WARNING,
    [PLANCIA_SEVERITY_NOTE] = PLANCIA_CHART_MARK_NOTE};
  GListModel *log = G_LIST_MODEL (plancia_alarm_log_for (plant));
  PlanciaSpan day = plancia_history_feed_get_day (self->feed);

  for (guint i = 0; i < g_list_model_get_n_items (log); i++) {
    g_autoptr (PlanciaAlarmItem) item = g_list_model_get_item (log, i);
    const PlanciaAlarmRecord *record = plancia_alarm_item_get_record (item);
    gint64                    until = record->until != 0 ? record->until : plancia_clock_now ();
    PlanciaSpan               span = {record->since, MAX (until, record->since + 1)};

    if (is_of_device (self, record->device) &&
        !plancia_span_is_empty (plancia_span_intersect (span, day)))
      add (marks, span, kinds[record->severity], alarm_words (self, item));
  }
}

static void
add_writes (PlanciaHistoryEvents *self, GArray *marks)
{
  PlanciaSpan day = plancia_history_feed_get_day (self->feed);

  for (guint i = 0; self->writes != NULL && i < self->writes->len; i++) {
    const PlanciaJournalEntry *entry = g_ptr_array_index (self->writes, i);
    g_autofree char           *values = plancia_journal_values_text (entry, TRUE);
    g_autofree char           *clock =
      plancia_history_day_clock (plancia_history_feed_get_zone (self->feed), day, entry->time);

    if (plancia_span_contains (day, entry->time))
      add (marks,
           (PlanciaSpan){entry->time, entry->time + 1},
           PLANCIA_CHART_MARK_WRITE,
           g_strdup_printf ("%s %s: %s", clock, plancia_journal_kind_text (entry), values));
  }
}

static void
show (PlanciaHistoryEvents *self, PlanciaOpenPlant *plant)
{
  g_autoptr (GArray) marks = g_array_new (FALSE, TRUE, sizeof (PlanciaChartMark));

  g_array_set_clear_func (marks, (GDestroyNotify) plancia_chart_mark_clear);
  if (plant != NULL) {
    add_alarms (self, plant, marks);
    add_writes (self, marks);
  }
  plancia_chart_set_marks (self->chart, marks);
}

static void
listed_cb (GObject *journal, GAsyncResult *result, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr (GPtrArray)
    writes = plancia_journal_list_finish (PLANCIA_JOURNAL (journal), result, NULL);

  /* Cancelled: the page may be gone. */
  if (!g_cancellable_is_cancelled (question->cancellable) && writes != NULL) {
    g_clear_pointer (&question->events->writes, g_ptr_array_unref);
    question->events->writes = g_steal_pointer (&writes);
    show (question->events, question->plant);
  }
  g_object_unref (question->plant);
  g_object_unref (question->cancellable);
  g_free (question);
}

static void
ask_journal (PlanciaHistoryEvents *self, PlanciaOpenPlant *plant, PlanciaDevice *device)
{
  Question            *question = g_new0 (Question, 1);
  PlanciaJournalFilter filter = {.device = plancia_device_get_journal_name (device)};

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  question->events = self;
  question->plant = g_object_ref (plant);
  question->cancellable = g_object_ref (self->asking);
  plancia_journal_list_async (plancia_open_plant_get_journal (plant),
                              &filter,
                              self->asking,
                              listed_cb,
                              question);
}

void
plancia_history_events_update (PlanciaHistoryEvents *self, PlanciaOpenPlant *plant)
{
  PlanciaDevice *device = plancia_history_feed_get_device (self->feed);

  show (self, plant);
  if (plant != NULL && device != NULL)
    ask_journal (self, plant, device);
}
