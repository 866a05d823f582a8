/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/month.h"

#include "base/clock.h"
#include "model/energy-feed.h"
#include <math.h>
#include <stdio.h>

#define MAX_ALARMS 20000
/* Shorter holes are those between two questions. */
#define SHORTEST_HOLE (10 * PLANCIA_MINUTE)

/* What goes on. */
typedef struct
{
  PlanciaStore        *store;
  PlanciaMonth        *month;
  PlanciaPlant        *plant;
  GStrv                ids;
  GPtrArray           *parts; /* PlanciaPlantPart: all that may count */
  guint                asked; /* of parts */
  PlanciaMonthProgress progress;
  gpointer             progress_data;
} Gather;

void
plancia_month_free (PlanciaMonth *self)
{
  g_free (self->plant);
  g_free (self->zone_name);
  g_time_zone_unref (self->zone);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->days, g_array_unref);
  g_clear_pointer (&self->other, g_array_unref);
  g_clear_pointer (&self->alarms, g_ptr_array_unref);
  g_free (self);
}

static void
gather_free (Gather *self)
{
  g_clear_object (&self->store);
  g_clear_object (&self->plant);
  g_clear_pointer (&self->month, plancia_month_free);
  g_clear_pointer (&self->ids, g_strfreev);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_free (self);
}

/* --- time ---------------------------------------------------------------------------------------- */

PlanciaSpan
plancia_month_span (GTimeZone *zone, gint64 time)
{
  g_autoptr (GArray)
    months = plancia_energy_periods (zone, (PlanciaSpan){time, time + 1}, PLANCIA_PERIOD_MONTH);

  return g_array_index (months, PlanciaSpan, 0);
}

static PlanciaSpan
month_of (GTimeZone *zone, int year, int month)
{
  g_autoptr (GDateTime) middle = g_date_time_new (zone, year, month, 15, 12, 0, 0);

  return plancia_month_span (zone, g_date_time_to_unix (middle) * PLANCIA_SECOND);
}

gboolean
plancia_month_parse (const char *text, GTimeZone *zone, PlanciaSpan *span)
{
  int  year, month;
  char rest;

  if (sscanf (text, "%4d-%2d%c", &year, &month, &rest) != 2 || year < 1990 || year > 2200 ||
      month < 1 || month > 12)
    return FALSE;
  *span = month_of (zone, year, month);
  return TRUE;
}

static PlanciaSpan
year_before (GTimeZone *zone, PlanciaSpan month)
{
  g_autoptr (GDateTime)
    utc = g_date_time_new_from_unix_utc ((month.start + 10 * PLANCIA_DAY) / PLANCIA_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  return month_of (zone, g_date_time_get_year (local) - 1, g_date_time_get_month (local));
}

guint
plancia_month_count_begun (const PlanciaMonth *self)
{
  guint n = 0;

  while (n < self->days->len &&
         g_array_index (self->days, PlanciaEnergySum, n).span.start <= self->now)
    n++;
  return n;
}

void
plancia_month_total (GArray *days, guint n, PlanciaEnergySum *total)
{
  g_autoptr (GArray) some = g_array_new (FALSE, FALSE, sizeof (PlanciaEnergySum));

  g_array_append_vals (some, days->data, MIN (n, days->len));
  plancia_energy_total (some, total);
}

/* --- questions ----------------------------------------------------------------------------------- */

static void
tell (Gather *self)
{
  guint all = self->parts->len * 2 + 2;

  if (self->progress != NULL)
    self->progress (MIN (1, (double) (1 + self->asked) / all), self->progress_data);
}

static int
compare_since (gconstpointer a, gconstpointer b)
{
  const PlanciaAlarmRecord *one = *(PlanciaAlarmRecord *const *) a;
  const PlanciaAlarmRecord *two = *(PlanciaAlarmRecord *const *) b;

  return (one->since > two->since) - (one->since < two->since);
}

static void
alarms_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Gather *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray)
    alarms = plancia_store_list_alarms_finish (PLANCIA_STORE (source), result, &error);

  if (alarms == NULL) {
    g_task_return_error (task, error);
    return;
  }
  for (guint i = 0; i < alarms->len; i++) {
    const PlanciaAlarmRecord *record = g_ptr_array_index (alarms, i);
    gint64                    until = record->until > 0 ? record->until : G_MAXINT64;

    if (record->since < self->month->span.end && until > self->month->span.start)
      g_ptr_array_add (self->month->alarms, plancia_alarm_record_copy (record));
  }
  g_ptr_array_sort (self->month->alarms, compare_since);
  g_task_return_pointer (task, g_steal_pointer (&self->month), (GDestroyNotify) plancia_month_free);
}

static void
ask_alarms (GTask *task)
{
  Gather *self = g_task_get_task_data (task);

  plancia_store_list_alarms_async (self->store,
                                   (const char *const *) self->ids,
                                   MAX_ALARMS,
                                   g_task_get_cancellable (task),
                                   alarms_cb,
                                   task);
}

static void ask_holes (GTask *task, guint index);

static void
take_holes (PlanciaPlantPart *part, GPtrArray *cover)
{
  gboolean written = FALSE;

  for (guint i = 0; i < cover->len; i++)
    written = written ||
              ((PlanciaCover *) g_ptr_array_index (cover, i))->kind != PLANCIA_COVER_MISSING;
  if (!written)
    return;
  part->holes = plancia_cover_list_new ();
  for (guint i = 0; i < cover->len; i++) {
    const PlanciaCover *one = g_ptr_array_index (cover, i);

    if ((one->kind == PLANCIA_COVER_MISSING || one->kind == PLANCIA_COVER_FAILED) &&
        one->span.end - one->span.start >= SHORTEST_HOLE)
      g_ptr_array_add (part->holes,
                       plancia_cover_new (one->span, one->kind, one->when, one->reason));
  }
}

static void
holes_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask  *task = user_data;
  Gather *self = g_task_get_task_data (task);
  GError *error = NULL;
  guint   index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (task), "index"));
  g_autoptr (GPtrArray)
    cover = plancia_store_coverage_finish (PLANCIA_STORE (source), result, &error);

  if (cover == NULL) {
    g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }
  take_holes (g_ptr_array_index (self->month->parts, index), cover);
  ask_holes (task, index + 1);
}

static void
ask_holes (GTask *task, guint index)
{
  Gather           *self = g_task_get_task_data (task);
  PlanciaPlantPart *part;
  PlanciaSpan       span = self->month->span;

  if (index == self->month->parts->len) {
    ask_alarms (task);
    return;
  }
  part = g_ptr_array_index (self->month->parts, index);
  span.end = MIN (span.end, self->month->now);
  g_object_set_data (G_OBJECT (task), "index", GUINT_TO_POINTER (index));
  plancia_store_coverage_async (self->store,
                                part->device,
                                part->source,
                                span,
                                g_task_get_cancellable (task),
                                holes_cb,
                                task);
}

static void
add_all (GTask *task)
{
  Gather       *self = g_task_get_task_data (task);
  PlanciaMonth *month = self->month;

  g_ptr_array_unref (month->parts);
  month->parts = plancia_plant_parts_choose (g_steal_pointer (&self->parts), NULL, month->now);
  if (month->parts->len == 0) {
    g_task_return_new_error (task,
                             G_IO_ERROR,
                             G_IO_ERROR_NOT_FOUND,
                             "The history has no energies of this month");
    g_object_unref (task);
    return;
  }
  for (guint i = 0; i < month->parts->len; i++) {
    PlanciaPlantPart *part = g_ptr_array_index (month->parts, i);

    plancia_plant_parts_add_up (month->days, part->days);
    plancia_plant_parts_add_up (month->other, part->before);
  }
  ask_holes (task, 0);
}

static void ask_energies (GTask *task);

static void
energies_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask            *task = user_data;
  Gather           *self = g_task_get_task_data (task);
  PlanciaPlantPart *part = g_ptr_array_index (self->parts, self->asked / 2);
  GError           *error = NULL;
  GArray           *sums = plancia_store_energies_finish (PLANCIA_STORE (source), result, &error);

  if (sums == NULL) {
    g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }
  if (self->asked % 2 == 0)
    part->days = sums;
  else
    part->before = sums;
  self->asked++;
  tell (self);
  ask_energies (task);
}

static void
ask_energies (GTask *task)
{
  Gather           *self = g_task_get_task_data (task);
  PlanciaPlantPart *part;
  PlanciaSpan       span = self->asked % 2 == 0 ? self->month->span : self->month->before;
  g_autoptr (GArray) days = NULL;

  if (self->asked == self->parts->len * 2) {
    add_all (task);
    return;
  }
  part = g_ptr_array_index (self->parts, self->asked / 2);
  days = plancia_energy_periods (self->month->zone, span, PLANCIA_PERIOD_DAY);
  plancia_store_energies_async (self->store,
                                part->device,
                                part->source,
                                self->month->zone,
                                days,
                                g_task_get_cancellable (task),
                                energies_cb,
                                task);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask  *task = user_data;
  Gather *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray)
    list = plancia_store_list_series_finish (PLANCIA_STORE (source), result, &error);

  if (list == NULL) {
    g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }
  self->parts = plancia_plant_parts_find (self->plant, list);
  tell (self);
  ask_energies (task);
}

static PlanciaMonth *
month_new (PlanciaPlant *plant, gint64 time)
{
  PlanciaMonth *self = g_new0 (PlanciaMonth, 1);

  self->plant = g_strdup (plancia_plant_get_name (plant));
  self->zone_name = g_strdup (plancia_plant_get_zone_name (plant));
  self->zone = g_time_zone_ref (plancia_plant_get_zone (plant));
  self->simulated = plancia_plant_get_simulated (plant);
  self->span = plancia_month_span (self->zone, time);
  self->before = year_before (self->zone, self->span);
  self->now = plancia_clock_now ();
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_plant_part_free);
  self->days = g_array_new (FALSE, TRUE, sizeof (PlanciaEnergySum));
  self->other = g_array_new (FALSE, TRUE, sizeof (PlanciaEnergySum));
  self->alarms = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_alarm_record_free);
  return self;
}

void
plancia_month_gather_async (PlanciaStore        *store,
                            PlanciaPlant        *plant,
                            gint64               month,
                            GCancellable        *cancellable,
                            PlanciaMonthProgress progress,
                            gpointer             progress_data,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask  *task = g_task_new (NULL, cancellable, callback, user_data);
  Gather *self = g_new0 (Gather, 1);

  g_task_set_task_data (task, self, (GDestroyNotify) gather_free);
  self->store = g_object_ref (store);
  self->plant = g_object_ref (plant);
  self->month = month_new (plant, month);
  self->progress = progress;
  self->progress_data = progress_data;
  self->ids = plancia_plant_parts_ids (plant);
  plancia_store_list_series_async (self->store,
                                   (const char *const *) self->ids,
                                   cancellable,
                                   listed_cb,
                                   task);
}

PlanciaMonth *
plancia_month_gather_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
