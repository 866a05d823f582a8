/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/sample-carry.h"

#include "base/error.h"
#include "history/archive-private.h"
#include "history/chunk.h"
#include "history/cover-table.h"
#include "history/day-part.h"
#include <math.h>

/* Of a part, decoded: some hundred keys, each second of a month, are fewer. */
#define MAX_SAMPLES (G_GINT64_CONSTANT (1) << 28)

/* --- out ------------------------------------------------------------------------------------- */

static void
take_text (GPtrArray *list, PlanciaStatement *row)
{
  char *text = plancia_statement_dup_text (row, 0);

  if (text != NULL)
    g_ptr_array_add (list, text);
}

GPtrArray *
plancia_sample_carry_sources (PlanciaStoreSqlite *file, const char *device, GError **error)
{
  PlanciaDatabase *database = plancia_store_sqlite_get_database (file);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (PlanciaStatement)
    select = plancia_database_prepare (database,
                                       "SELECT source FROM series WHERE device = ?1 UNION"
                                       " SELECT source FROM coverage WHERE device = ?1 ORDER BY 1",
                                       error);
  int result;

  if (select == NULL)
    return NULL;
  plancia_statement_bind_text (select, 1, device);
  while ((result = sqlite3_step (select)) == SQLITE_ROW)
    take_text (list, select);
  if (!plancia_database_check (database, result, "list the sources", error))
    return NULL;
  return g_steal_pointer (&list);
}

static PlanciaStatement *
select_series (PlanciaDatabase *database, const char *device, const char *source, GError **error)
{
  PlanciaStatement *select = plancia_database_prepare (
    database,
    "SELECT id, key FROM series WHERE device = ? AND source = ? ORDER BY key",
    error);

  if (select == NULL)
    return NULL;
  plancia_statement_bind_text (select, 1, device);
  plancia_statement_bind_text (select, 2, source);
  return select;
}

static void
widen (PlanciaSpan *extent, PlanciaSpan span)
{
  if (plancia_span_is_empty (span))
    return;
  if (plancia_span_is_empty (*extent)) {
    *extent = span;
    return;
  }
  extent->start = MIN (extent->start, span.start);
  extent->end = MAX (extent->end, span.end);
}

static gboolean
widen_by_cover (PlanciaDatabase *database,
                const char      *device,
                const char      *source,
                PlanciaSpan      span,
                PlanciaSpan     *extent,
                GError         **error)
{
  g_autoptr (GPtrArray) covers = plancia_cover_table_list (database, device, source, span, error);

  for (guint i = 0; covers != NULL && i < covers->len; i++)
    widen (extent,
           plancia_span_intersect (((PlanciaCover *) g_ptr_array_index (covers, i))->span, span));
  return covers != NULL;
}

gboolean
plancia_sample_carry_extent (PlanciaStoreSqlite *file,
                             const char         *device,
                             const char         *source,
                             PlanciaSpan         span,
                             PlanciaSpan        *extent,
                             GError            **error)
{
  PlanciaDatabase *database = plancia_store_sqlite_get_database (file);
  PlanciaArchive  *archive = plancia_store_sqlite_get_archive (file);
  g_autoptr (PlanciaStatement) select = select_series (database, device, source, error);
  int result;

  *extent = (PlanciaSpan){0, 0};
  if (select == NULL)
    return FALSE;
  while ((result = sqlite3_step (select)) == SQLITE_ROW) {
    gint64   series = sqlite3_column_int64 (select, 0), first = 0, last = 0;
    gboolean found = FALSE;

    if (!plancia_archive_find_days (archive, series, &first, &last, &found, error))
      return FALSE;
    if (found)
      widen (extent,
             plancia_span_intersect ((PlanciaSpan){first * PLANCIA_DAY, (last + 1) * PLANCIA_DAY},
                                     span));
  }
  return plancia_database_check (database, result, "read the series", error) &&
         widen_by_cover (database, device, source, span, extent, error);
}

/* A record a day. */
static void
add_days (GByteArray *part, const char *owner, const char *key, const PlanciaRun *run)
{
  const gint64 *times = (const gint64 *) run->times->data;
  const double *values = (const double *) run->values->data;

  for (guint from = 0, end; from < run->times->len; from = end) {
    gint64 day = plancia_archive_day (times[from]);

    end = from + 1;
    while (end < run->times->len && plancia_archive_day (times[end]) == day &&
           end - from < PLANCIA_CHUNK_MAX)
      end++;
    plancia_day_part_add_samples (part, owner, key, times + from, values + from, end - from);
  }
}

static gboolean
add_series (PlanciaStoreSqlite *file,
            GByteArray         *part,
            const char         *owner,
            PlanciaStatement   *series,
            PlanciaSpan         span,
            gint64             *samples,
            GCancellable       *cancellable,
            GError            **error)
{
  g_auto (PlanciaRun) run = {0};

  plancia_run_init (&run);
  if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !plancia_archive_read (plancia_store_sqlite_get_archive (file),
                             sqlite3_column_int64 (series, 0),
                             span,
                             run.times,
                             run.values,
                             cancellable,
                             error))
    return FALSE;
  add_days (part, owner, (const char *) sqlite3_column_text (series, 1), &run);
  *samples += run.times->len;
  return TRUE;
}

static gboolean
add_covers (PlanciaDatabase *database,
            GByteArray      *part,
            const char      *owner,
            const char      *device,
            const char      *source,
            PlanciaSpan      span,
            GError         **error)
{
  g_autoptr (GPtrArray) covers = plancia_cover_table_list (database, device, source, span, error);

  for (guint i = 0; covers != NULL && i < covers->len; i++) {
    PlanciaCover cover = *(PlanciaCover *) g_ptr_array_index (covers, i);

    cover.span = plancia_span_intersect (cover.span, span);
    if (!plancia_span_is_empty (cover.span))
      plancia_day_part_add_cover (part, owner, &cover);
  }
  return covers != NULL;
}

GBytes *
plancia_sample_carry_out (PlanciaStoreSqlite *file,
                          const char         *device,
                          const char         *source,
                          PlanciaSpan         span,
                          const char         *owner,
                          gint64             *samples,
                          GCancellable       *cancellable,
                          GError            **error)
{
  PlanciaDatabase *database = plancia_store_sqlite_get_database (file);
  g_autoptr (GByteArray) part = plancia_day_part_begin ();
  g_autoptr (PlanciaStatement) select = select_series (database, device, source, error);
  int result;

  if (select == NULL || !add_covers (database, part, owner, device, source, span, error))
    return NULL;
  while ((result = sqlite3_step (select)) == SQLITE_ROW)
    if (!add_series (file, part, owner, select, span, samples, cancellable, error))
      return NULL;
  if (!plancia_database_check (database, result, "read the series", error))
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&part));
}

/* What a record has besides its chunk, with a key of usual length; what a sample that is not sealed yet will take. */
#define RECORD_SIZE 40
#define SAMPLE_SIZE 3

gboolean
plancia_sample_carry_measure (PlanciaStoreSqlite *file,
                              const char         *device,
                              PlanciaSpan         span,
                              gint64             *size,
                              GError            **error)
{
  PlanciaDatabase *database = plancia_store_sqlite_get_database (file);
  g_autoptr (PlanciaStatement) select = plancia_database_prepare (
    database,
    "SELECT coalesce (sum ((SELECT coalesce (sum (length (data) + ?5), 0) FROM chunk WHERE"
    " chunk.id >= (series.id << ?7) + ?2 AND chunk.id <= (series.id << ?7) + ?3) + ?6 * (SELECT"
    " count(*) FROM sample WHERE series = series.id AND ts >= ?4 AND ts < ?8)), 0) FROM series"
    " WHERE device = ?1",
    error);
  gint64 last = CLAMP (plancia_archive_day (span.end - 1), 0, PLANCIA_ARCHIVE_N_DAYS - 1);
  int    result;

  if (select == NULL)
    return FALSE;
  plancia_statement_bind_text (select, 1, device);
  sqlite3_bind_int64 (select, 2, CLAMP (plancia_archive_day (span.start), 0, last));
  sqlite3_bind_int64 (select, 3, last);
  sqlite3_bind_int64 (select, 4, span.start);
  sqlite3_bind_int64 (select, 5, RECORD_SIZE);
  sqlite3_bind_int64 (select, 6, SAMPLE_SIZE);
  sqlite3_bind_int64 (select, 7, PLANCIA_ARCHIVE_DAY_BITS);
  sqlite3_bind_int64 (select, 8, span.end);
  result = sqlite3_step (select);
  if (result == SQLITE_ROW)
    *size += sqlite3_column_int64 (select, 0);
  return plancia_database_check (database, result, "measure the history", error);
}

/* --- in -------------------------------------------------------------------------------------- */

/* What a part holds, by key. */
typedef struct
{
  PlanciaSpan span;
  GHashTable *runs;   /* key to PlanciaRun* */
  GPtrArray  *covers; /* PlanciaCover* */
  gint64      count;
  guint       strange; /* samples that cannot be */
} Content;

static void
run_free (PlanciaRun *run)
{
  plancia_run_clear (run);
  g_free (run);
}

static PlanciaRun *
ensure_run (Content *self, const char *key)
{
  PlanciaRun *run = g_hash_table_lookup (self->runs, key);

  if (run == NULL) {
    run = g_new0 (PlanciaRun, 1);
    plancia_run_init (run);
    g_hash_table_insert (self->runs, g_strdup (key), run);
  }
  return run;
}

/* Moments of the span, numbers that are some. */
static void
drop_strange (Content *self, GArray *times, GArray *values)
{
  guint kept = 0;

  for (guint i = 0; i < times->len; i++) {
    gint64 time = g_array_index (times, gint64, i);
    double value = g_array_index (values, double, i);

    if (!plancia_span_contains (self->span, time) || !isfinite (value)) {
      self->strange++;
      continue;
    }
    g_array_index (times, gint64, kept) = time;
    g_array_index (values, double, kept) = value;
    kept++;
  }
  g_array_set_size (times, kept);
  g_array_set_size (values, kept);
}

static gboolean
take_samples (const char *key, GArray *times, GArray *values, gpointer data)
{
  Content *self = data;

  self->count += times->len;
  if (self->count > MAX_SAMPLES)
    return FALSE;
  drop_strange (self, times, values);
  plancia_run_merge (ensure_run (self, key),
                     (const gint64 *) times->data,
                     (const double *) values->data,
                     times->len);
  return TRUE;
}

static gboolean
take_cover (const PlanciaCover *cover, gpointer data)
{
  Content    *self = data;
  PlanciaSpan span = plancia_span_intersect (cover->span, self->span);

  if (!plancia_span_is_empty (span))
    g_ptr_array_add (self->covers,
                     plancia_cover_new (span, cover->kind, cover->when, cover->reason));
  return TRUE;
}

/* Of what came, what is not there or smaller there. */
static void
keep_news (PlanciaRun *come, const PlanciaRun *there)
{
  const gint64 *times = (const gint64 *) there->times->data;
  const double *values = (const double *) there->values->data;
  guint         kept = 0, at = 0;

  for (guint i = 0; i < come->times->len; i++) {
    gint64 time = g_array_index (come->times, gint64, i);
    double value = g_array_index (come->values, double, i);

    while (at < there->times->len && times[at] < time)
      at++;
    if (at < there->times->len && times[at] == time && values[at] >= value)
      continue;
    g_array_index (come->times, gint64, kept) = time;
    g_array_index (come->values, double, kept) = value;
    kept++;
  }
  g_array_set_size (come->times, kept);
  g_array_set_size (come->values, kept);
}

/* Where and how a part goes in. */
typedef struct
{
  PlanciaStoreSqlite *file;
  const char         *device;
  const char         *source;
  gboolean            dry;
  gint64             *added;
  GCancellable       *cancellable;
} Place;

/* 0: it is not there; −1 and an error. */
static gint64
find_series (const Place *place, const char *key, GError **error)
{
  PlanciaDatabase *database = plancia_store_sqlite_get_database (place->file);
  g_autoptr (PlanciaStatement) select =
    plancia_database_prepare (database,
                              "SELECT id FROM series WHERE device = ? AND source = ? AND key = ?",
                              error);
  int result;

  if (select == NULL)
    return -1;
  plancia_statement_bind_text (select, 1, place->device);
  plancia_statement_bind_text (select, 2, place->source);
  plancia_statement_bind_text (select, 3, key);
  result = sqlite3_step (select);
  if (!plancia_database_check (database, result, "find a series", error))
    return -1;
  return result == SQLITE_ROW ? sqlite3_column_int64 (select, 0) : 0;
}

static gint64
add_series_name (const Place *place, const char *key, GError **error)
{
  PlanciaDatabase *database = plancia_store_sqlite_get_database (place->file);
  g_autoptr (PlanciaStatement)
    insert = plancia_database_prepare (database,
                                       "INSERT INTO series (device, source, key) VALUES (?, ?, ?)",
                                       error);

  if (insert == NULL)
    return -1;
  plancia_statement_bind_text (insert, 1, place->device);
  plancia_statement_bind_text (insert, 2, place->source);
  plancia_statement_bind_text (insert, 3, key);
  if (!plancia_database_run (database, insert, "name a series", error))
    return -1;
  return sqlite3_last_insert_rowid (database->handle);
}

static gboolean
merge_run (const Place *place, const char *key, PlanciaRun *come, GError **error)
{
  PlanciaArchive *archive = plancia_store_sqlite_get_archive (place->file);
  gint64          series = find_series (place, key, error);
  g_auto (PlanciaRun) there = {0};
  PlanciaSampleColumn column = {NULL, come->times, come->values};
  PlanciaSpan         span;

  if (series < 0 || come->times->len == 0)
    return series >= 0;
  plancia_run_init (&there);
  span.start = g_array_index (come->times, gint64, 0);
  span.end = g_array_index (come->times, gint64, come->times->len - 1) + 1;
  if (series > 0 && !plancia_archive_read (archive,
                                           series,
                                           span,
                                           there.times,
                                           there.values,
                                           place->cancellable,
                                           error))
    return FALSE;
  keep_news (come, &there);
  *place->added += come->times->len;
  if (place->dry || come->times->len == 0)
    return TRUE;
  if (series == 0)
    series = add_series_name (place, key, error);
  return series > 0 && plancia_archive_put (archive, series, &column, place->cancellable, error);
}

static int
compare_failures (gconstpointer a, gconstpointer b)
{
  const PlanciaCover *x = *(const PlanciaCover *const *) a;
  const PlanciaCover *y = *(const PlanciaCover *const *) b;

  if (x->when != y->when)
    return x->when < y->when ? -1 : 1;
  return g_strcmp0 (x->reason, y->reason);
}

/* Of two failures the later one is told, wherever each came from: so those here that are later are told again behind. */
static gboolean
merge_covers (const Place *place, PlanciaSpan span, GPtrArray *come, GError **error)
{
  PlanciaDatabase *database = plancia_store_sqlite_get_database (place->file);
  g_autoptr (GPtrArray)
    there = plancia_cover_table_list (database, place->device, place->source, span, error);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();

  if (there == NULL)
    return FALSE;
  g_ptr_array_extend (order, come, NULL, NULL);
  for (guint i = 0; i < there->len; i++)
    if (((PlanciaCover *) g_ptr_array_index (there, i))->kind == PLANCIA_COVER_FAILED)
      g_ptr_array_add (order, g_ptr_array_index (there, i));
  g_ptr_array_sort (order, compare_failures);
  for (guint i = 0; i < order->len; i++)
    if (!plancia_cover_table_mark (database,
                                   place->device,
                                   place->source,
                                   g_ptr_array_index (order, i),
                                   error))
      return FALSE;
  return TRUE;
}

static gboolean
merge (const Place *place, Content *content, GError **error)
{
  GHashTableIter iter;
  gpointer       key, run;

  g_hash_table_iter_init (&iter, content->runs);
  while (g_hash_table_iter_next (&iter, &key, &run))
    if (!merge_run (place, key, run, error))
      return FALSE;
  return place->dry || content->covers->len == 0 ||
         merge_covers (place, content->span, content->covers, error);
}

gboolean
plancia_sample_carry_in (PlanciaStoreSqlite *file,
                         const char         *device,
                         const char         *source,
                         PlanciaSpan         span,
                         const char         *owner,
                         GBytes             *part,
                         gboolean            dry,
                         gint64             *added,
                         guint              *lost,
                         GCancellable       *cancellable,
                         GError            **error)
{
  static const PlanciaDayVisitor visitor = {take_samples, take_cover};
  const Place                    place = {file, device, source, dry, added, cancellable};
  g_autoptr (GHashTable)
    runs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) run_free);
  g_autoptr (GPtrArray) covers = plancia_cover_list_new ();
  Content content = {span, runs, covers, 0, 0};
  GError *failure = NULL;

  if (!plancia_day_part_read (part, owner, &visitor, &content, lost, &failure)) {
    /* Whatever it is, it is the part and not the archive. */
    g_set_error (error,
                 PLANCIA_DOCUMENT_ERROR,
                 PLANCIA_DOCUMENT_ERROR_INVALID,
                 "%s",
                 failure != NULL ? failure->message : "more samples than a month can hold");
    g_clear_error (&failure);
    return FALSE;
  }
  *lost += content.strange > 0;
  return merge (&place, &content, error);
}
