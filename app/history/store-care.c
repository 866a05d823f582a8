/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/store-private.h"

#include "history/database.h"

/* Sealed days that are looked at between two words of progress. */
#define CHUNKS_A_STEP 256
/* A file of which so much is free is written anew. */
#define FREE_PART 8

/* Parts of the whole, for the bar. */
#define SEALED  0.1
#define CHECKED 0.4
#define READ    0.7
#define THINNED 0.9

typedef struct
{
  PlanciaRetention     retention;
  PlanciaStoreProgress func;
  gpointer             data;
  GMainContext        *context;
} Question;

/* A word on its way to where it was asked from. */
typedef struct
{
  PlanciaStoreProgress func;
  gpointer             data;
  double               part;
} Word;

static void
question_free (Question *question)
{
  g_main_context_unref (question->context);
  g_free (question);
}

static gboolean
say_word (gpointer user_data)
{
  Word *word = user_data;

  word->func (word->part, word->data);
  return G_SOURCE_REMOVE;
}

/* The task's end comes to the same context behind it. */
static void
say (const Question *question, double part)
{
  g_autoptr (GSource) source = NULL;
  Word *word;

  if (question->func == NULL)
    return;
  word = g_new (Word, 1);
  *word = (Word){question->func, question->data, part};
  source = g_idle_source_new ();
  g_source_set_callback (source, say_word, word, g_free);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_attach (source, question->context);
}

static gboolean
seal_all (PlanciaStoreSqlite *file, GCancellable *cancellable, GError **error)
{
  gboolean more = TRUE;

  while (more)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !plancia_store_sqlite_seal (file, &more, error))
      return FALSE;
  return TRUE;
}

static gboolean
check_chunks (PlanciaStoreSqlite *file,
              const Question     *question,
              GCancellable       *cancellable,
              GError            **error)
{
  PlanciaArchive  *archive = plancia_store_sqlite_get_archive (file);
  PlanciaDatabase *database = plancia_store_sqlite_get_database (file);
  gint64           id = 0, all = 0, done = 0;

  if (!plancia_database_read_number (database, "SELECT count(*) FROM chunk", &all, error))
    return FALSE;
  do {
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !plancia_archive_check (archive, id, CHUNKS_A_STEP, &id, error))
      return FALSE;
    done += CHUNKS_A_STEP;
    say (question, CHECKED + (READ - CHECKED) * MIN (1, (double) done / (double) MAX (all, 1)));
  } while (id != 0);
  return TRUE;
}

static gboolean
thin_all (PlanciaStoreSqlite *file,
          const Question     *question,
          GCancellable       *cancellable,
          gint64             *removed,
          GError            **error)
{
  gint64 series = 0;

  do {
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !plancia_store_sqlite_thin (file,
                                    &question->retention,
                                    &series,
                                    cancellable,
                                    removed,
                                    error))
      return FALSE;
  } while (series != 0);
  say (question, THINNED);
  return TRUE;
}

/* What was deleted leaves room that only a new writing of the file gives back. Without room for that the file stays as it is. */
static void
compact (PlanciaDatabase *database, GCancellable *cancellable)
{
  gint64 pages = 0, unused = 0;
  g_autoptr (GError) error = NULL;

  plancia_database_set_cancellable (database, cancellable);
  if (plancia_database_read_number (database, "PRAGMA page_count", &pages, &error) &&
      plancia_database_read_number (database, "PRAGMA freelist_count", &unused, &error) &&
      unused * FREE_PART > pages)
    plancia_database_execute (database, "VACUUM", "write the file anew", &error);
  if (error == NULL)
    plancia_database_execute (database, "PRAGMA wal_checkpoint(TRUNCATE)", "empty the log", &error);
  plancia_database_set_cancellable (database, NULL);
  if (error != NULL)
    g_info ("The history is not made smaller: %s", error->message);
}

static gint64
file_size (PlanciaDatabase *database)
{
  gint64 pages = 0, size = 0;

  plancia_database_read_number (database, "PRAGMA page_count", &pages, NULL);
  plancia_database_read_number (database, "PRAGMA page_size", &size, NULL);
  return pages * size;
}

static gpointer
ask_clean_up (PlanciaStoreSqlite *file, gpointer data, GCancellable *cancellable, GError **error)
{
  const Question  *question = data;
  PlanciaDatabase *database = plancia_store_sqlite_get_database (file);
  PlanciaCleanUp   result = {0};

  result.size_before = file_size (database);
  if (!seal_all (file, cancellable, error))
    return NULL;
  say (question, SEALED);
  if (!plancia_database_check_integrity (database, cancellable, error))
    return NULL;
  say (question, CHECKED);
  if (!check_chunks (file, question, cancellable, error) ||
      !thin_all (file, question, cancellable, &result.removed, error) ||
      !seal_all (file, cancellable, error))
    return NULL;
  compact (database, cancellable);
  say (question, 1);
  result.size_after = file_size (database);
  return g_memdup2 (&result, sizeof result);
}

/**
 * plancia_store_clean_up_async:
 * @self: a store
 * @retention: how long it is kept
 * @cancellable: (nullable): stops; what is done stays done
 * @progress: (nullable) (scope async): called with 0..1 where this is called from
 * @progress_data: for @progress
 * @callback: when it is done
 * @user_data: for @callback
 *
 * Looks whether the file is whole, page by page and day by day, seals, thins, and gives free room back. A file that is not is
 * set aside like any damaged one, and the new one with what could be saved is gone through instead.
 */
void
plancia_store_clean_up_async (PlanciaStore           *self,
                              const PlanciaRetention *retention,
                              GCancellable           *cancellable,
                              PlanciaStoreProgress    progress,
                              gpointer                progress_data,
                              GAsyncReadyCallback     callback,
                              gpointer                user_data)
{
  Question *question = g_new0 (Question, 1);

  question->retention = *retention;
  question->func = progress;
  question->data = progress_data;
  question->context = g_main_context_ref_thread_default ();
  plancia_store_run (self,
                     ask_clean_up,
                     question,
                     (GDestroyNotify) question_free,
                     g_free,
                     cancellable,
                     callback,
                     user_data);
}

/**
 * plancia_store_clean_up_finish:
 * @self: a store
 * @result: from the callback
 * @done: (out) (optional): what it came to
 * @error: as of plancia_store_put_finish()
 *
 * Returns: %FALSE if it was not gone through to the end
 */
gboolean
plancia_store_clean_up_finish (PlanciaStore   *self,
                               GAsyncResult   *result,
                               PlanciaCleanUp *done,
                               GError        **error)
{
  g_autofree PlanciaCleanUp *answer = g_task_propagate_pointer (G_TASK (result), error);

  if (answer != NULL && done != NULL)
    *done = *answer;
  return answer != NULL;
}
