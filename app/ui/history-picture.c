/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-picture.h"

#include "base/clock.h"
#include "base/signal-new.h"
#include "base/worker.h"
#include "chart/line-layer.h"
#include "chart/state-layer.h"
#include "history/export-stream.h"
#include "history/reduce.h"
#include "report/bars.h"
#include "report/picture-export.h"
#include "report/picture.h"
#include <glib/gi18n.h>

/* Of a curve: finer than a printer shows. */
#define COLUMNS 1600
/* Of the bars, points. */
#define WIDTH  842
#define HEIGHT 480
/* Above and below. */
#define PADDING 10

struct _PlanciaHistoryPicture
{
  GObject parent_instance;

  char              *title;
  char              *subtitle;
  PlanciaCurves     *curves; /* or NULL */
  PlanciaStrips     *strips; /* of the curves */
  PlanciaBars       *bars;   /* or NULL */
  GArray            *sums;   /* PlanciaEnergySum of the bars, or NULL */
  PlanciaShownTable *table;  /* the same as a table, or NULL */
  PlanciaEnergyView *view;   /* which has the table of the bars, or NULL */
  GTimeZone         *zone;
  PlanciaEnergyFeed *feed; /* of the bars, or NULL */
  PlanciaWorker     *worker;
};

typedef struct
{
  PlanciaExportOptions options;
  char                *path;
} Job;

enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlanciaHistoryPicture, plancia_history_picture, G_TYPE_OBJECT)

/* --- what is shown ------------------------------------------------------------------------------- */

static void
add_point (GArray *times, GArray *values, gint64 time, double value)
{
  g_array_append_val (times, time);
  g_array_append_val (values, value);
}

/* First, smallest, largest and last, spread over their column. */
static void
add_column (GArray *times, GArray *values, const PlanciaColumn *column, double start, double width)
{
  const float four[] = {column->first, column->minimum, column->maximum, column->last};
  guint       n = column->count == 1 ? 1 : G_N_ELEMENTS (four);

  for (guint i = 0; i < n; i++)
    add_point (times, values, (gint64) (start + width * (i + 1) / (n + 1)), four[i]);
}

static void
copy_columns (PlanciaSeries *series, PlanciaSpan span, GArray *times, GArray *values)
{
  g_autofree PlanciaColumn *columns = g_new0 (PlanciaColumn, COLUMNS);
  double                    width = (double) (span.end - span.start) / COLUMNS;

  plancia_reduce_columns (series, span, COLUMNS, columns);
  for (guint i = 0; i < COLUMNS; i++)
    if (columns[i].count > 0)
      add_column (times, values, &columns[i], (double) span.start + i * width, width);
}

/* A copy of what is seen, which a worker may have: the series goes on growing. */
static PlanciaSeries *
copy_series (PlanciaSeries *series, const char *title, PlanciaSpan span)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  gsize          begin = plancia_series_lower_bound (series, span.start);
  gsize          end = plancia_series_lower_bound (series, span.end);
  PlanciaSeries *copy =
    plancia_series_new (plancia_series_get_key (series), title, plancia_series_get_unit (series));

  if (end - begin > 4 * COLUMNS)
    copy_columns (series, span, times, values);
  for (gsize i = begin; i < end && end - begin <= 4 * COLUMNS; i++)
    add_point (times,
               values,
               plancia_series_get_times (series)[i],
               plancia_series_get_values (series)[i]);
  plancia_series_merge (copy,
                        (const gint64 *) (gpointer) times->data,
                        (const double *) (gpointer) values->data,
                        times->len);
  plancia_series_set_gap (
    copy,
    MAX (plancia_series_get_gap (series), 2 * (span.end - span.start) / COLUMNS));
  return copy;
}

static PlanciaCurveForm
find_form (PlanciaLayer *layer)
{
  if (plancia_layer_get_reading (layer) != PLANCIA_LAYER_READING_NEAREST)
    return PLANCIA_CURVE_STEPS;
  if (!PLANCIA_IS_LINE_LAYER (layer))
    return PLANCIA_CURVE_PLAIN;
  switch (plancia_line_layer_get_form (PLANCIA_LINE_LAYER (layer))) {
  case PLANCIA_LINE_AREA:
  case PLANCIA_LINE_SIGNED:
    return PLANCIA_CURVE_AREA;
  case PLANCIA_LINE_DASH:
    return PLANCIA_CURVE_DASH;
  case PLANCIA_LINE_PLAIN:
  default:
    return PLANCIA_CURVE_PLAIN;
  }
}

/* With the words of the map, in the colours of the chart. */
static void
copy_states (PlanciaStrips *strips, PlanciaLayer *layer, const char *title, PlanciaSpan span)
{
  PlanciaStateLayer *states = PLANCIA_STATE_LAYER (layer);
  g_autoptr (GArray) runs = plancia_state_layer_find_runs (states, span, COLUMNS);

  if (runs->len == 0)
    return;
  plancia_strips_add (strips, title);
  for (guint i = 0; i < runs->len; i++) {
    const PlanciaStateRun *run = &g_array_index (runs, PlanciaStateRun, i);
    g_autofree char       *words = plancia_layer_format (layer, run->value);

    plancia_strips_add_run (strips,
                            run->span,
                            plancia_state_layer_get_color (states, run->value),
                            words);
  }
}

/* name: before each title, or NULL */
static void
add_layer (PlanciaHistoryPicture *self, PlanciaLayer *layer, const char *name, PlanciaSpan span)
{
  PlanciaSeries   *series = plancia_layer_get_series (layer);
  const char      *plain = plancia_series_get_title (series);
  g_autofree char *title = name != NULL ? g_strdup_printf ("%s · %s", name, plain)
                                        : g_strdup (plain);
  g_autoptr (PlanciaSeries) copy = NULL;

  if (plancia_layer_get_hidden (layer))
    return;
  if (PLANCIA_IS_STATE_LAYER (layer)) {
    copy_states (self->strips, layer, title, span);
    return;
  }
  copy = copy_series (series, title, span);
  plancia_curves_add (self->curves, copy, plancia_layer_get_color (layer), find_form (layer));
}

static void
add_layers (PlanciaHistoryPicture *self, PlanciaChart *chart, const char *name)
{
  for (guint i = 0; i < plancia_chart_get_n_layers (chart); i++)
    add_layer (self,
               plancia_chart_get_layer (chart, i),
               name,
               plancia_chart_get_visible_span (chart));
}

PlanciaHistoryPicture *
plancia_history_picture_new_of_chart (PlanciaChart *chart, const char *title, GTimeZone *zone)
{
  PlanciaHistoryPicture *self = g_object_new (PLANCIA_TYPE_HISTORY_PICTURE, NULL);
  PlanciaSpan            span = plancia_chart_get_visible_span (chart);
  g_autofree char       *words = plancia_picture_export_dup_span (span, zone);

  self->title = g_strdup (title);
  self->zone = g_time_zone_ref (zone);
  self->curves = plancia_curves_new (title, words, span, zone);
  self->strips = plancia_strips_new ();
  plancia_curves_set_strips (self->curves, self->strips);
  add_layers (self, chart, NULL);
  return self;
}

void
plancia_history_picture_add_chart (PlanciaHistoryPicture *self,
                                   PlanciaChart          *chart,
                                   const char            *name)
{
  plancia_curves_begin_group (self->curves);
  add_layers (self, chart, name);
}

/* "12" for a day, "Jun" for a month. */
static char *
dup_label (const PlanciaEnergySum *sum, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (sum->span.start / PLANCIA_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  gint64 length = sum->span.end - sum->span.start;

  if (length > 40 * PLANCIA_DAY)
    return g_date_time_format (local, "%Y");
  return g_date_time_format (local, length > 2 * PLANCIA_DAY ? "%b" : "%-d");
}

static void
add_bars (PlanciaHistoryPicture *self, GArray *sums, GArray *other)
{
  for (guint i = 0; i < sums->len; i++) {
    const PlanciaEnergySum *sum = &g_array_index (sums, PlanciaEnergySum, i);
    g_autofree char        *label = dup_label (sum, self->zone);

    plancia_bars_add (self->bars,
                      label,
                      sum,
                      other != NULL && i < other->len ? &g_array_index (other, PlanciaEnergySum, i)
                                                      : NULL,
                      plancia_clock_now ());
  }
  if (other != NULL && other->len > 0)
    plancia_bars_set_other (self->bars, _ ("Production in the other stretch"));
}

/* As the feed has them now. */
static void
take_bars (PlanciaHistoryPicture *self)
{
  GArray *sums = plancia_energy_feed_get_bars (self->feed);
  g_autoptr (PlanciaReportLanguage) language = plancia_report_language_new (NULL, NULL);

  if (language == NULL)
    language = plancia_report_language_new ("en", NULL);
  g_clear_pointer (&self->bars, plancia_bars_free);
  self->bars = plancia_bars_new (language, self->title, self->subtitle);
  g_array_set_size (self->sums, 0);
  if (sums == NULL)
    return;
  g_array_append_vals (self->sums, sums->data, sums->len);
  add_bars (self, sums, plancia_energy_feed_get_other (self->feed));
}

static void
feed_changed_cb (PlanciaHistoryPicture *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

PlanciaHistoryPicture *
plancia_history_picture_new_of_bars (PlanciaEnergyFeed *feed,
                                     const char        *title,
                                     const char        *subtitle,
                                     GTimeZone         *zone)
{
  PlanciaHistoryPicture *self = g_object_new (PLANCIA_TYPE_HISTORY_PICTURE, NULL);

  self->title = g_strdup (title);
  self->subtitle = g_strdup (subtitle);
  self->feed = g_object_ref (feed);
  self->zone = g_time_zone_ref (zone);
  self->sums = g_array_new (FALSE, FALSE, sizeof (PlanciaEnergySum));
  g_signal_connect_object (feed, "changed", G_CALLBACK (feed_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

gboolean
plancia_history_picture_is_ready (PlanciaHistoryPicture *self)
{
  return self->feed == NULL || (!plancia_energy_feed_get_loading (self->feed) &&
                                plancia_energy_feed_get_bars (self->feed) != NULL);
}

/* --- saving -------------------------------------------------------------------------------------- */

static void
job_free (Job *job)
{
  g_free (job->path);
  g_free (job);
}

static void
draw_bars (cairo_t *cr, double width, double height, gpointer data)
{
  cairo_translate (cr, 0, PADDING);
  plancia_bars_draw (data, cr, width, height - 2 * PADDING);
}

void
plancia_history_picture_set_table (PlanciaHistoryPicture *self, PlanciaShownTable *table)
{
  g_clear_pointer (&self->table, plancia_shown_table_unref);
  self->table = plancia_shown_table_ref (table);
}

void
plancia_history_picture_set_view (PlanciaHistoryPicture *self, PlanciaEnergyView *view)
{
  g_set_object (&self->view, view);
}

gboolean
plancia_history_picture_has_table (PlanciaHistoryPicture *self)
{
  return self->table != NULL || self->view != NULL;
}

gboolean
plancia_history_picture_has_bars (PlanciaHistoryPicture *self)
{
  return self->feed != NULL;
}

static gboolean
save_bars (PlanciaHistoryPicture *self, const Job *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  if (plancia_bars_get_n (self->bars) == 0) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is nothing to draw");
    return FALSE;
  }
  bytes = plancia_picture_render (job->options.format,
                                  WIDTH,
                                  HEIGHT,
                                  self->title,
                                  draw_bars,
                                  self->bars,
                                  error);
  return bytes != NULL && plancia_export_stream_save (job->path, bytes, cancellable, error);
}

static void
save_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  PlanciaHistoryPicture *self = source;
  const Job             *job = data;
  GError                *error = NULL;
  gboolean               good;

  if (!plancia_picture_export_is_picture (job->options.format))
    good = plancia_shown_table_save (self->table,
                                     &job->options,
                                     job->path,
                                     self->zone,
                                     cancellable,
                                     &error);
  else if (self->curves != NULL)
    good = plancia_picture_export_save (self->curves,
                                        job->options.format,
                                        self->title,
                                        job->path,
                                        cancellable,
                                        &error);
  else
    good = save_bars (self, job, cancellable, &error);
  if (good)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
plancia_history_picture_save_async (PlanciaHistoryPicture      *self,
                                    const PlanciaExportOptions *options,
                                    const char                 *path,
                                    GCancellable               *cancellable,
                                    GAsyncReadyCallback         callback,
                                    gpointer                    user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  if (self->feed != NULL)
    take_bars (self);
  if (self->view != NULL) {
    g_clear_pointer (&self->table, plancia_shown_table_unref);
    self->table = plancia_energy_view_dup_table (self->view, self->title);
  }
  job->options = *options;
  job->path = g_strdup (path);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  if (self->worker == NULL)
    self->worker = plancia_worker_new ("picture");
  plancia_worker_run (self->worker, task, save_on_worker);
}

gboolean
plancia_history_picture_save_finish (PlanciaHistoryPicture *self,
                                     GAsyncResult          *result,
                                     GError               **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
plancia_history_picture_finalize (GObject *object)
{
  PlanciaHistoryPicture *self = PLANCIA_HISTORY_PICTURE (object);

  if (self->worker != NULL)
    plancia_worker_stop (self->worker);
  g_clear_object (&self->worker);
  g_clear_pointer (&self->curves, plancia_curves_free);
  g_clear_pointer (&self->bars, plancia_bars_free);
  g_clear_pointer (&self->sums, g_array_unref);
  g_clear_pointer (&self->table, plancia_shown_table_unref);
  g_clear_object (&self->view);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_object (&self->feed);
  g_free (self->title);
  g_free (self->subtitle);

  G_OBJECT_CLASS (plancia_history_picture_parent_class)->finalize (object);
}

static void
plancia_history_picture_class_init (PlanciaHistoryPictureClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_history_picture_finalize;
  signals[SIGNAL_CHANGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "changed", 0);
}

static void
plancia_history_picture_init (PlanciaHistoryPicture *self)
{
}
