/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/table-import.h"

#include "base/signal-new.h"
#include "base/worker.h"
#include "history/csv-reader.h"
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Samples of a piece: a transaction, some megabytes. */
#define PIECE 20000
/* Columns of this program's own table of samples. */
#define OWN_DEVICE 1
#define OWN_KEY    4
#define OWN_VALUE  6

struct _PlanciaTableImport
{
  GObject parent_instance;

  PlanciaStore     *store;
  char             *device;
  GStrv             known;
  GTimeZone        *zone;
  PlanciaTablePlan *plan;
  PlanciaWorker    *worker;
  GTask            *task;

  /* The worker's. */
  char             *path;
  GInputStream     *stream;
  PlanciaCsvReader *reader;
  gint64            last;
  goffset           size;
  gboolean          begun; /* the table: what stands above it is no error */

  double      fraction;
  guint64     samples;
  guint64     n_errors;
  GPtrArray  *errors;
  PlanciaSpan span;
};

/* What the worker read. */
typedef struct
{
  GHashTable *samples; /* device → PlanciaSamples */
  GPtrArray  *sealed;  /* of them, still to be put */
  GPtrArray  *errors;
  guint64     n_errors;
  guint       n_samples;
  PlanciaSpan span;
  goffset     position;
  gboolean    last;
} Piece;

enum {
  SIGNAL_PROGRESS,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaTableImport, plancia_table_import, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void ask_piece (PlanciaTableImport *self);

static Piece *
piece_new (void)
{
  Piece *piece = g_new0 (Piece, 1);

  piece->samples =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) plancia_samples_unref);
  piece->sealed = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_samples_unref);
  piece->errors = g_ptr_array_new_with_free_func (g_free);
  piece->span = (PlanciaSpan){G_MAXINT64, G_MININT64};
  return piece;
}

static void
piece_free (Piece *piece)
{
  g_hash_table_unref (piece->samples);
  g_ptr_array_unref (piece->sealed);
  g_ptr_array_unref (piece->errors);
  g_free (piece);
}

/* --- on the worker ------------------------------------------------------------------------------- */

static void
add_error (PlanciaTableImport *self, Piece *piece, guint column, const char *text, const char *what)
{
  g_autofree char *line = NULL;
  g_autofree char *shown = NULL;

  piece->n_errors++;
  if (piece->errors->len >= PLANCIA_TABLE_IMPORT_MAX_ERRORS)
    return;
  line = g_strdup_printf ("%" G_GUINT64_FORMAT, plancia_csv_reader_get_line (self->reader));
  shown = g_utf8_strlen (text, -1) > 40 ? g_utf8_substring (text, 0, 40) : g_strdup (text);
  /* Translators: a cell of a table; then what it is not: "no number", "no time" */
  g_ptr_array_add (
    piece->errors,
    g_strdup_printf (_ ("line %s, column %u: \"%s\" is %s"), line, column + 1, shown, what));
}

static void
add_sample (Piece *piece, const char *device, const char *key, gint64 time, double value)
{
  PlanciaSamples *samples = g_hash_table_lookup (piece->samples, device);

  if (samples == NULL) {
    samples = plancia_samples_new (device, PLANCIA_TABLE_IMPORT_SOURCE, (PlanciaSpan){0, 0});
    g_hash_table_insert (piece->samples, g_strdup (device), samples);
  }
  plancia_samples_add (samples, key, time, value);
  piece->n_samples++;
  piece->span.start = MIN (piece->span.start, time);
  piece->span.end = MAX (piece->span.end, time + 1);
}

static const char *
cell_at (GPtrArray *cells, guint column)
{
  return column < cells->len ? g_ptr_array_index (cells, column) : "";
}

/* Before what a spreadsheet would take for a formula an apostrophe was written. */
static const char *
plain_text (const char *text)
{
  return text[0] == '\'' && text[1] != '\0' && strchr ("=+-@", text[1]) != NULL ? text + 1 : text;
}

static void
take_value (PlanciaTableImport *self,
            Piece              *piece,
            GPtrArray          *cells,
            guint               column,
            const char         *device,
            const char         *key,
            gint64              time)
{
  const char *text = cell_at (cells, column);
  double      value;

  if (!plancia_table_parse_number (text, self->plan->decimal, &value))
    add_error (self, piece, column, text, _ ("no number"));
  else if (!isnan (value))
    add_sample (piece,
                device,
                key,
                time,
                value * (self->plan->is_long ? 1 : plancia_table_plan_factor (self->plan, column)));
}

static void
take_own_line (PlanciaTableImport *self, Piece *piece, GPtrArray *cells, gint64 time)
{
  const char *device = plain_text (cell_at (cells, OWN_DEVICE));
  const char *key = plain_text (cell_at (cells, OWN_KEY));

  if (key[0] == '\0') {
    add_error (self, piece, OWN_KEY, key, _ ("no quantity"));
    return;
  }
  if (self->known == NULL || !g_strv_contains ((const char *const *) self->known, device))
    device = self->device;
  if (device == NULL) {
    add_error (self, piece, OWN_DEVICE, cell_at (cells, OWN_DEVICE), _ ("no device of this plant"));
    return;
  }
  take_value (self, piece, cells, OWN_VALUE, device, key, time);
}

static void
take_line (PlanciaTableImport *self, Piece *piece, GPtrArray *cells)
{
  const PlanciaTablePlan *plan = self->plan;
  const char             *text = cell_at (cells, plan->time_column);
  const char *clock = plan->clock_column != PLANCIA_TABLE_NONE ? cell_at (cells, plan->clock_column)
                                                               : NULL;
  gint64      time;

  if (!plancia_table_parse_time (plan, text, clock, self->zone, self->last, &time)) {
    if (self->begun)
      add_error (self, piece, plan->time_column, text, _ ("no time"));
    return;
  }
  self->begun = TRUE;
  self->last = time;
  if (plan->is_long) {
    take_own_line (self, piece, cells, time);
    return;
  }
  for (guint i = 0; i < plan->keys->len; i++)
    if (g_ptr_array_index (plan->keys, i) != NULL)
      take_value (self, piece, cells, i, self->device, g_ptr_array_index (plan->keys, i), time);
}

static gboolean
open_file (PlanciaTableImport *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autoptr (GFileInfo) info = NULL;

  if (self->stream == NULL)
    self->stream = G_INPUT_STREAM (g_file_read (file, cancellable, error));
  if (self->stream == NULL)
    return FALSE;
  info = g_file_query_info (file,
                            G_FILE_ATTRIBUTE_STANDARD_SIZE,
                            G_FILE_QUERY_INFO_NONE,
                            cancellable,
                            NULL);
  self->size = info != NULL ? g_file_info_get_size (info) : 0;
  self->reader = plancia_csv_reader_new (self->stream, self->plan->separator);
  return TRUE;
}

static void
seal (Piece *piece)
{
  GHashTableIter iter;
  gpointer       samples;

  g_hash_table_iter_init (&iter, piece->samples);
  while (g_hash_table_iter_next (&iter, NULL, &samples))
    g_ptr_array_add (piece->sealed, plancia_samples_ref (plancia_samples_seal (samples)));
}

static void
read_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  PlanciaTableImport *self = source;
  Piece              *piece = piece_new ();
  GError             *error = NULL;
  GPtrArray          *cells = NULL;

  if (self->reader == NULL && !open_file (self, cancellable, &error)) {
    piece_free (piece);
    g_task_return_error (task, error);
    return;
  }
  while (piece->n_samples < PIECE && piece->n_errors < PIECE &&
         (cells = plancia_csv_reader_next (self->reader, cancellable, &error)) != NULL)
    take_line (self, piece, cells);
  if (error != NULL) {
    piece_free (piece);
    g_task_return_error (task, error);
    return;
  }
  piece->last = cells == NULL;
  piece->position = plancia_csv_reader_get_position (self->reader);
  seal (piece);
  g_task_return_pointer (task, piece, (GDestroyNotify) piece_free);
}

/* --- on the main thread -------------------------------------------------------------------------- */

static void
end (PlanciaTableImport *self, GError *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  if (self->samples > 0)
    plancia_store_tell_table (self->store);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
tell (PlanciaTableImport *self, Piece *piece)
{
  self->samples += piece->n_samples;
  self->fraction = self->size > 0 ? CLAMP ((double) piece->position / (double) self->size, 0, 1)
                                  : 0;
  if (piece->n_samples > 0 && plancia_span_is_empty (self->span))
    self->span = piece->span;
  else if (piece->n_samples > 0)
    self->span = (PlanciaSpan){MIN (self->span.start, piece->span.start),
                               MAX (self->span.end, piece->span.end)};
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
}

static void put_next (PlanciaTableImport *self, Piece *piece);

typedef struct
{
  PlanciaTableImport *self;
  Piece              *piece;
} Put;

static void
put_cb (GObject *store, GAsyncResult *result, gpointer user_data)
{
  Put   *put = user_data;
  Piece *piece = put->piece;
  g_autoptr (PlanciaTableImport) self = put->self;
  GError *error = NULL;

  g_free (put);
  if (!plancia_store_put_finish (PLANCIA_STORE (store), result, &error)) {
    piece_free (piece);
    end (self, error);
    return;
  }
  put_next (self, piece);
}

static void
put_next (PlanciaTableImport *self, Piece *piece)
{
  g_autoptr (PlanciaSamples) samples = NULL;
  Put *put;

  if (piece->sealed->len == 0) {
    gboolean last = piece->last;

    tell (self, piece);
    piece_free (piece);
    if (last)
      end (self, NULL);
    else
      ask_piece (self);
    return;
  }
  samples = g_ptr_array_steal_index (piece->sealed, piece->sealed->len - 1);
  put = g_new0 (Put, 1);
  put->self = g_object_ref (self);
  put->piece = piece;
  plancia_store_put_async (self->store, samples, NULL, put_cb, put);
}

static void
take_errors (PlanciaTableImport *self, Piece *piece)
{
  self->n_errors += piece->n_errors;
  for (guint i = 0; i < piece->errors->len && self->errors->len < PLANCIA_TABLE_IMPORT_MAX_ERRORS;
       i++)
    g_ptr_array_add (self->errors, g_strdup (g_ptr_array_index (piece->errors, i)));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlanciaTableImport *self = PLANCIA_TABLE_IMPORT (source);
  GError             *error = NULL;
  Piece              *piece = g_task_propagate_pointer (G_TASK (result), &error);

  if (piece == NULL) {
    end (self, error);
    return;
  }
  take_errors (self, piece);
  put_next (self, piece);
}

static void
ask_piece (PlanciaTableImport *self)
{
  g_autoptr (GTask) task = g_task_new (self, g_task_get_cancellable (self->task), read_cb, NULL);

  plancia_worker_run (self->worker, task, read_on_worker);
}

PlanciaTableImport *
plancia_table_import_new (PlanciaStore           *store,
                          const char             *device,
                          const char *const      *known,
                          GTimeZone              *zone,
                          const PlanciaTablePlan *plan)
{
  PlanciaTableImport *self = g_object_new (PLANCIA_TYPE_TABLE_IMPORT, NULL);

  self->store = g_object_ref (store);
  self->device = g_strdup (device);
  self->known = g_strdupv ((GStrv) known);
  self->zone = g_time_zone_ref (zone);
  self->plan = plancia_table_plan_copy (plan);
  return self;
}

void
plancia_table_import_set_stream (PlanciaTableImport *self, GInputStream *stream)
{
  g_return_if_fail (self->path == NULL);
  g_set_object (&self->stream, stream);
}

void
plancia_table_import_run_async (PlanciaTableImport *self,
                                const char         *path,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  g_return_if_fail (self->path == NULL);
  self->task = g_task_new (self, cancellable, callback, user_data);
  self->path = g_strdup (path);
  ask_piece (self);
}

gboolean
plancia_table_import_run_finish (PlanciaTableImport *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

double
plancia_table_import_get_fraction (PlanciaTableImport *self)
{
  return self->fraction;
}

guint64
plancia_table_import_get_samples (PlanciaTableImport *self)
{
  return self->samples;
}

guint64
plancia_table_import_get_n_errors (PlanciaTableImport *self)
{
  return self->n_errors;
}

GPtrArray *
plancia_table_import_get_errors (PlanciaTableImport *self)
{
  return self->errors;
}

PlanciaSpan
plancia_table_import_get_span (PlanciaTableImport *self)
{
  return self->span;
}

static void
plancia_table_import_finalize (GObject *object)
{
  PlanciaTableImport *self = PLANCIA_TABLE_IMPORT (object);

  plancia_worker_stop (self->worker);
  g_clear_object (&self->worker);
  g_clear_pointer (&self->reader, plancia_csv_reader_free);
  g_clear_object (&self->stream);
  g_clear_object (&self->store);
  g_clear_pointer (&self->known, g_strfreev);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->plan, plancia_table_plan_free);
  g_ptr_array_unref (self->errors);
  g_free (self->device);
  g_free (self->path);

  G_OBJECT_CLASS (plancia_table_import_parent_class)->finalize (object);
}

static void
plancia_table_import_class_init (PlanciaTableImportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_table_import_finalize;
  signals[SIGNAL_PROGRESS] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "progress", 0);
}

static void
plancia_table_import_init (PlanciaTableImport *self)
{
  self->errors = g_ptr_array_new_with_free_func (g_free);
  self->worker = plancia_worker_new ("import");
  self->last = G_MININT64;
}
