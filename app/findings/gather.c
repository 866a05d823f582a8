/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "findings/gather.h"

#include "base/clock.h"
#include "base/worker.h"
#include "findings/days-file.h"
#include "findings/judge.h"

#include <math.h>
#include <string.h>

/* Read with a block on both sides: a counter begins anew at midnight. */
#define MARGIN (2 * PLANCIA_HOUR)
/* Readings at another pace come thinned to a quarter of an hour, which says the same of a day. */
#define WHOLE   800000
#define QUARTER (15 * PLANCIA_MINUTE)

/* One on its way. What is of the days is the worker's while it works on it, and the main thread's in between. */
typedef struct
{
  PlanciaStore  *store;
  PlanciaWorker *worker;
  char         **devices;
  GTimeZone     *zone;
  double         latitude;
  double         longitude;
  char          *folder;
  PlanciaSpan    span;  /* of days that are over */
  GPtrArray     *names; /* PlanciaSeriesName: one a track */
  PlanciaSky    *sky;
  GPtrArray     *tracks; /* PlanciaDays */
  guint          at;     /* the track that is read */
  GArray        *blocks; /* its PlanciaDaysBlock */
  GPtrArray     *cover;  /* its PlanciaCover */
  guint          block;
  guint          days; /* of which anything is known */
} Gather;

static void
gather_free (Gather *self)
{
  if (self->worker != NULL)
    plancia_worker_stop (self->worker);
  g_clear_object (&self->worker);
  g_object_unref (self->store);
  g_strfreev (self->devices);
  g_time_zone_unref (self->zone);
  g_free (self->folder);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->sky, plancia_sky_unref);
  g_clear_pointer (&self->tracks, g_ptr_array_unref);
  g_clear_pointer (&self->blocks, g_array_unref);
  g_clear_pointer (&self->cover, g_ptr_array_unref);
  g_free (self);
}

/* Runs func on the worker and calls back with task as user data. */
static void
run (GTask              *task,
     PlanciaWorkerFunc   func,
     gpointer            data,
     GDestroyNotify      free,
     GAsyncReadyCallback callback)
{
  Gather *self = g_task_get_task_data (task);
  g_autoptr (GTask)
    step = g_task_new (self->store, g_task_get_cancellable (task), callback, g_object_ref (task));

  g_object_set_data_full (G_OBJECT (step), "piece", data, free);
  g_task_set_task_data (step, self, NULL);
  plancia_worker_run (self->worker, step, func);
}

/* TRUE if the step went well; else the whole ends with its error. */
static gboolean
step_went_well (GAsyncResult *result, GTask *task)
{
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    return TRUE;
  g_task_return_error (task, error);
  return FALSE;
}

static void begin_track (GTask *task);
static void read_block (GTask *task);

/* --- judging ------------------------------------------------------------------------------------- */

static gboolean
is_known (Gather *self, guint day)
{
  for (guint i = 0; i < self->tracks->len; i++)
    if (plancia_days_get_day (g_ptr_array_index (self->tracks, i), day)->light_known > 0)
      return TRUE;
  return FALSE;
}

static void
judge_on_worker (GTask *step, gpointer source, gpointer data, GCancellable *cancellable)
{
  Gather *self = data;

  for (guint i = 0; i < plancia_sky_get_length (self->sky); i++)
    self->days += is_known (self, i);
  g_task_return_pointer (
    step,
    plancia_findings_judge (plancia_finding_rules_get (), self->sky, self->tracks),
    (GDestroyNotify) g_ptr_array_unref);
}

static void
judged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError    *error = NULL;
  GPtrArray *findings = g_task_propagate_pointer (G_TASK (result), &error);

  if (findings != NULL)
    g_task_return_pointer (task, findings, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/* --- one track ----------------------------------------------------------------------------------- */

static PlanciaDays *
get_track (Gather *self)
{
  return g_ptr_array_index (self->tracks, self->at);
}

static char *
dup_path (Gather *self)
{
  PlanciaDays     *days = get_track (self);
  g_autofree char *name = g_strconcat (plancia_days_get_device (days),
                                       "-",
                                       plancia_days_get_source (days),
                                       ".days",
                                       NULL);

  return g_build_filename (self->folder, g_strdelimit (name, G_DIR_SEPARATOR_S, '_'), NULL);
}

static gboolean
is_answered (const PlanciaCover *cover)
{
  return cover->kind == PLANCIA_COVER_HAVE || cover->kind == PLANCIA_COVER_EMPTY;
}

/* Changes when more was asked for, or when the plant moved. */
static guint
stamp_of (Gather *self, const PlanciaDaysBlock *block)
{
  PlanciaSpan span = {plancia_sky_get_day (self->sky, block->begin)->span.start,
                      plancia_sky_get_day (self->sky, block->end - 1)->span.end};
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%.2f %.2f", self->latitude, self->longitude);
  for (guint i = 0; i < self->cover->len; i++) {
    const PlanciaCover *cover = g_ptr_array_index (self->cover, i);
    PlanciaSpan         both = plancia_span_intersect (cover->span, span);

    if (is_answered (cover) && !plancia_span_is_empty (both))
      g_string_append_printf (text,
                              " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                              both.start,
                              both.end,
                              cover->when);
  }
  return g_str_hash (text->str);
}

static void
mark_asked (Gather *self)
{
  PlanciaDays *days = get_track (self);
  guint        at = 0;

  for (guint i = 0; i < plancia_sky_get_length (self->sky); i++) {
    PlanciaSpan span = plancia_sky_get_day (self->sky, i)->span;
    gint64      answered = 0;

    while (at < self->cover->len &&
           ((const PlanciaCover *) g_ptr_array_index (self->cover, at))->span.end <= span.start)
      at++;
    for (guint j = at; j < self->cover->len; j++) {
      const PlanciaCover *cover = g_ptr_array_index (self->cover, j);
      PlanciaSpan         both = plancia_span_intersect (cover->span, span);

      if (cover->span.start >= span.end)
        break;
      answered += is_answered (cover) ? both.end - both.start : 0;
    }
    plancia_days_set_asked (days, i, answered >= span.end - span.start);
  }
}

static void
end_on_worker (GTask *step, gpointer source, gpointer data, GCancellable *cancellable)
{
  Gather *self = data;

  if (self->folder != NULL) {
    g_autofree char *path = dup_path (self);

    plancia_days_file_save (path, get_track (self), self->blocks);
  }
  mark_asked (self);
  g_task_return_boolean (step, TRUE);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Gather *self = g_task_get_task_data (task);

  if (!step_went_well (result, task))
    return;
  self->at++;
  begin_track (task);
}

static void
read_on_worker (GTask *step, gpointer source, gpointer data, GCancellable *cancellable)
{
  Gather           *self = data;
  PlanciaSamples   *samples = g_object_get_data (G_OBJECT (step), "piece");
  PlanciaDaysBlock *block = &g_array_index (self->blocks, PlanciaDaysBlock, self->block);

  plancia_days_read (get_track (self), samples, block->begin, block->end);
  block->read = TRUE;
  g_task_return_boolean (step, TRUE);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  if (step_went_well (result, task))
    read_block (task);
}

static void
queried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError         *error = NULL;
  PlanciaSamples *samples = plancia_store_query_finish (PLANCIA_STORE (source), result, &error);

  if (samples == NULL)
    g_task_return_error (task, error);
  else
    run (task, read_on_worker, samples, (GDestroyNotify) plancia_samples_unref, read_cb);
}

/* The next one that is not read, until none is left. */
static void
read_block (GTask *task)
{
  Gather           *self = g_task_get_task_data (task);
  PlanciaDaysBlock *block = NULL;
  PlanciaSpan       span;

  for (self->block = 0; self->block < self->blocks->len; self->block++) {
    block = &g_array_index (self->blocks, PlanciaDaysBlock, self->block);
    if (!block->read)
      break;
  }
  if (self->block == self->blocks->len) {
    run (task, end_on_worker, NULL, NULL, ended_cb);
    return;
  }
  span = (PlanciaSpan){plancia_sky_get_day (self->sky, block->begin)->span.start - MARGIN,
                       plancia_sky_get_day (self->sky, block->end - 1)->span.end + MARGIN};
  plancia_store_query_thinned_async (self->store,
                                     plancia_days_get_device (get_track (self)),
                                     plancia_days_get_source (get_track (self)),
                                     plancia_days_keys (),
                                     span,
                                     (guint) ((span.end - span.start) / QUARTER),
                                     WHOLE,
                                     g_task_get_cancellable (task),
                                     queried_cb,
                                     g_object_ref (task));
}

/* Outside of what the store has there is nothing to be read. */
static void
skip_empty (Gather *self)
{
  PlanciaSpan days = ((const PlanciaSeriesName *) g_ptr_array_index (self->names, self->at))->days;

  for (guint i = 0; i < self->blocks->len; i++) {
    PlanciaDaysBlock *block = &g_array_index (self->blocks, PlanciaDaysBlock, i);

    if (plancia_sky_get_day (self->sky, block->begin)->span.start >= days.end ||
        plancia_sky_get_day (self->sky, block->end - 1)->span.end <= days.start)
      block->read = TRUE;
  }
}

static void
load_on_worker (GTask *step, gpointer source, gpointer data, GCancellable *cancellable)
{
  Gather *self = data;

  g_clear_pointer (&self->blocks, g_array_unref);
  self->blocks = plancia_days_blocks (self->sky);
  for (guint i = 0; i < self->blocks->len; i++) {
    PlanciaDaysBlock *block = &g_array_index (self->blocks, PlanciaDaysBlock, i);

    block->stamp = stamp_of (self, block);
  }
  skip_empty (self);
  if (self->folder != NULL) {
    g_autofree char *path = dup_path (self);

    plancia_days_file_load (path, get_track (self), self->blocks);
  }
  g_task_return_boolean (step, TRUE);
}

static void
covered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Gather *self = g_task_get_task_data (task);
  GError *error = NULL;

  g_clear_pointer (&self->cover, g_ptr_array_unref);
  self->cover = plancia_store_coverage_finish (PLANCIA_STORE (source), result, &error);
  if (self->cover == NULL)
    g_task_return_error (task, error);
  else
    run (task, load_on_worker, NULL, NULL, read_cb);
}

static void
begin_track (GTask *task)
{
  Gather *self = g_task_get_task_data (task);

  if (self->at == self->tracks->len) {
    run (task, judge_on_worker, NULL, NULL, judged_cb);
    return;
  }
  plancia_store_coverage_async (self->store,
                                plancia_days_get_device (get_track (self)),
                                plancia_days_get_source (get_track (self)),
                                self->span,
                                g_task_get_cancellable (task),
                                covered_cb,
                                g_object_ref (task));
}

/* --- what there is ------------------------------------------------------------------------------- */

static void
prepare_on_worker (GTask *step, gpointer source, gpointer data, GCancellable *cancellable)
{
  Gather *self = data;

  self->sky = plancia_sky_new (self->zone, self->latitude, self->longitude, self->span);
  self->tracks = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_days_free);
  for (guint i = 0; i < self->names->len; i++) {
    const PlanciaSeriesName *name = g_ptr_array_index (self->names, i);

    g_ptr_array_add (self->tracks, plancia_days_new (name->device, name->source, self->sky));
  }
  g_task_return_boolean (step, TRUE);
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  if (step_went_well (result, task))
    begin_track (task);
}

/* One a device and source, with the days of all of its series that are looked at. */
static void
add_name (GPtrArray *names, PlanciaSeriesName *series)
{
  for (guint i = 0; i < names->len; i++) {
    PlanciaSeriesName *name = g_ptr_array_index (names, i);

    if (!g_str_equal (name->device, series->device) || !g_str_equal (name->source, series->source))
      continue;
    name->days.start = MIN (name->days.start, series->days.start);
    name->days.end = MAX (name->days.end, series->days.end);
    plancia_series_name_free (series);
    return;
  }
  g_ptr_array_add (names, series);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Gather *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray)
    list = plancia_store_list_series_finish (PLANCIA_STORE (source), result, &error);

  if (list == NULL) {
    g_task_return_error (task, error);
    return;
  }
  self->names = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_series_name_free);
  self->span = (PlanciaSpan){G_MAXINT64, plancia_span_day (self->zone, plancia_clock_now ()).start};
  while (list->len > 0) {
    PlanciaSeriesName *series = g_ptr_array_steal_index (list, 0);

    if (series->days.start >= self->span.end ||
        !g_strv_contains (plancia_days_keys (), series->key)) {
      plancia_series_name_free (series);
      continue;
    }
    self->span.start = MIN (self->span.start, series->days.start);
    add_name (self->names, series);
  }
  if (self->names->len > 0)
    run (task, prepare_on_worker, NULL, NULL, prepared_cb);
  else
    g_task_return_pointer (task,
                           g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_finding_free),
                           (GDestroyNotify) g_ptr_array_unref);
}

/**
 * plancia_findings_gather_async:
 * @store: where the history is
 * @question: whose
 * @cancellable: (nullable): gives up
 * @callback: when it is judged
 * @user_data: for @callback
 */
void
plancia_findings_gather_async (PlanciaStore                  *store,
                               const PlanciaFindingsQuestion *question,
                               GCancellable                  *cancellable,
                               GAsyncReadyCallback            callback,
                               gpointer                       user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  Gather *self = g_new0 (Gather, 1);

  self->store = g_object_ref (store);
  self->worker = plancia_worker_new ("findings");
  self->devices = g_strdupv ((char **) question->devices);
  self->zone = g_time_zone_ref (question->zone);
  self->latitude = question->latitude;
  self->longitude = question->longitude;
  self->folder = g_strdup (question->folder);
  g_task_set_task_data (task, self, (GDestroyNotify) gather_free);
  plancia_store_list_series_async (store,
                                   (const char *const *) self->devices,
                                   cancellable,
                                   listed_cb,
                                   g_object_ref (task));
}

/**
 * plancia_findings_gather_finish:
 * @store: the store
 * @result: from the callback
 * @days: (out) (optional): days of which anything is known
 * @error: as of the store's questions
 *
 * Returns: (transfer full) (nullable) (element-type PlanciaFinding): what was found
 */
GPtrArray *
plancia_findings_gather_finish (PlanciaStore *store,
                                GAsyncResult *result,
                                guint        *days,
                                GError      **error)
{
  if (days != NULL)
    *days = ((Gather *) g_task_get_task_data (G_TASK (result)))->days;
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
add_devices (GListModel *entries, GStrvBuilder *devices)
{
  for (guint i = 0; i < g_list_model_get_n_items (entries); i++) {
    g_autoptr (PlanciaEntry) entry = g_list_model_get_item (entries, i);

    g_strv_builder_add (devices, plancia_entry_get_id (entry));
    add_devices (plancia_entry_get_children (entry), devices);
  }
}

char *
plancia_findings_dup_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "plancia", "findings", NULL);
}

void
plancia_findings_gather_plant_async (PlanciaStore       *store,
                                     PlanciaPlant       *plant,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) devices = NULL;
  g_autofree char        *folder = plancia_findings_dup_folder ();
  PlanciaFindingsQuestion question;

  add_devices (plancia_plant_get_entries (plant), builder);
  devices = g_strv_builder_end (builder);
  question = (PlanciaFindingsQuestion){(const char *const *) devices,
                                       plancia_plant_get_zone (plant),
                                       plancia_plant_get_latitude (plant),
                                       plancia_plant_get_longitude (plant),
                                       folder};
  plancia_findings_gather_async (store, &question, cancellable, callback, user_data);
}
