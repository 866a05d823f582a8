/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/console-search.h"

#include "base/signal-new.h"
#include "base/worker.h"

/* Lines a worker reads before it tells; the first time fewer, for the match that a person waits for. */
#define FIRST_BLOCK 4000
#define BLOCK       40000

struct _PlanciaConsoleSearch
{
  GObject parent_instance;

  PlanciaWorker        *worker;
  PlanciaConsoleBuffer *buffer;
  PlanciaConsoleFormat *format;
  GRegex               *regex;
  GArray               *matches; /* guint64, ascending */
  guint64               from;    /* lines [from, to) have been read */
  guint64               to;
  guint                 generation; /* what an older search still finds is nothing */
  gboolean              running;
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaConsoleSearch, plancia_console_search, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

/* A range of lines for the worker. */
typedef struct
{
  PlanciaConsoleStore  *store;
  PlanciaConsoleFormat *format;
  GRegex               *regex;
  guint64               from;
  guint64               to;
  guint                 generation;
} Job;

static void go_on (PlanciaConsoleSearch *self);

static void
job_free (gpointer data)
{
  Job *self = data;

  plancia_console_store_free (self->store);
  plancia_console_format_free (self->format);
  g_regex_unref (self->regex);
  g_free (self);
}

/* --- on the worker -------------------------------------------------------------------------------- */

static gboolean
matches (GRegex *regex, const PlanciaConsoleText *text)
{
  return g_regex_match_full (regex,
                             text->text->str + text->body,
                             (gssize) (text->body_end - text->body),
                             0,
                             0,
                             NULL,
                             NULL);
}

static void
search_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job    *job = data;
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_auto (PlanciaConsoleText) text = {0};

  plancia_console_text_init (&text);
  for (guint64 i = job->from; i < job->to && !g_cancellable_is_cancelled (cancellable); i++) {
    plancia_console_format_line (job->format, job->store, i, &text);
    if (matches (job->regex, &text))
      g_array_append_val (found, i);
  }
  g_task_return_pointer (task, found, (GDestroyNotify) g_array_unref);
}

/* --- on the main thread --------------------------------------------------------------------------- */

static void
take (PlanciaConsoleSearch *self, const Job *job, GArray *found)
{
  if (job->to == self->from) {
    g_array_prepend_vals (self->matches, found->data, found->len);
    self->from = job->from;
  } else {
    g_array_append_vals (self->matches, found->data, found->len);
    self->to = job->to;
  }
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlanciaConsoleSearch *self = PLANCIA_CONSOLE_SEARCH (source);
  const Job            *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GArray) found = g_task_propagate_pointer (G_TASK (result), NULL);

  if (found == NULL || job->generation != self->generation)
    return;
  self->running = FALSE;
  take (self, job, found);
  go_on (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
run (PlanciaConsoleSearch *self, guint64 from, guint64 to)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, found_cb, NULL);
  Job *job = g_new0 (Job, 1);

  job->store = plancia_console_store_snapshot (plancia_console_buffer_get_store (self->buffer));
  job->format = plancia_console_format_copy (self->format);
  job->regex = g_regex_ref (self->regex);
  job->from = from;
  job->to = to;
  job->generation = self->generation;
  g_task_set_task_data (task, job, job_free);
  self->running = TRUE;
  plancia_worker_run (self->worker, task, search_on_worker);
}

/* Lines that went away match no more. */
static gboolean
forget (PlanciaConsoleSearch *self, guint64 first)
{
  guint gone = plancia_console_search_rank (self, first);

  self->from = MAX (self->from, first);
  self->to = MAX (self->to, self->from);
  if (gone > 0)
    g_array_remove_range (self->matches, 0, gone);
  return gone > 0;
}

/* Back to the oldest line first, then what came since. */
static void
go_on (PlanciaConsoleSearch *self)
{
  const PlanciaConsoleStore *store;
  guint64                    first, end, block = self->from == self->to ? FIRST_BLOCK : BLOCK;

  if (self->running || self->regex == NULL || self->buffer == NULL)
    return;
  store = plancia_console_buffer_get_store (self->buffer);
  first = plancia_console_store_get_first (store);
  end = plancia_console_store_get_complete_end (store);
  forget (self, first);
  if (self->from > first)
    run (self, self->from - MIN (block, self->from - first), self->from);
  else if (self->to < end)
    run (self, self->to, MIN (self->to + BLOCK, end));
}

static void
buffer_changed_cb (PlanciaConsoleSearch *self)
{
  guint64 first = plancia_console_store_get_first (plancia_console_buffer_get_store (self->buffer));

  if (self->regex == NULL)
    return;
  if (!self->running && forget (self, first))
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  go_on (self);
}

/* The search begins at the newest line. */
static void
restart (PlanciaConsoleSearch *self)
{
  const PlanciaConsoleStore *store = self->buffer ? plancia_console_buffer_get_store (self->buffer)
                                                  : NULL;

  self->generation++;
  self->running = FALSE;
  g_array_set_size (self->matches, 0);
  self->to = store ? plancia_console_store_get_complete_end (store) : 0;
  self->from = self->to;
  go_on (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* --- GObject -------------------------------------------------------------------------------------- */

static void
plancia_console_search_dispose (GObject *object)
{
  PlanciaConsoleSearch *self = PLANCIA_CONSOLE_SEARCH (object);

  self->generation++;
  if (self->buffer != NULL)
    g_signal_handlers_disconnect_by_data (self->buffer, self);
  g_clear_object (&self->buffer);
  if (self->worker != NULL)
    plancia_worker_stop (self->worker);
  g_clear_object (&self->worker);
  G_OBJECT_CLASS (plancia_console_search_parent_class)->dispose (object);
}

static void
plancia_console_search_finalize (GObject *object)
{
  PlanciaConsoleSearch *self = PLANCIA_CONSOLE_SEARCH (object);

  g_clear_pointer (&self->format, plancia_console_format_free);
  g_clear_pointer (&self->regex, g_regex_unref);
  g_array_unref (self->matches);
  G_OBJECT_CLASS (plancia_console_search_parent_class)->finalize (object);
}

static void
plancia_console_search_class_init (PlanciaConsoleSearchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_console_search_dispose;
  object_class->finalize = plancia_console_search_finalize;

  signals[SIGNAL_CHANGED] = plancia_signal_new (PLANCIA_TYPE_CONSOLE_SEARCH, "changed", 0);
}

static void
plancia_console_search_init (PlanciaConsoleSearch *self)
{
  self->worker = plancia_worker_new ("plancia-find");
  self->matches = g_array_new (FALSE, FALSE, sizeof (guint64));
}

/**
 * plancia_console_search_new:
 *
 * Returns: (transfer full): a search for nothing
 */
PlanciaConsoleSearch *
plancia_console_search_new (void)
{
  return g_object_new (PLANCIA_TYPE_CONSOLE_SEARCH, NULL);
}

/**
 * plancia_console_search_set_buffer:
 * @buffer: (nullable): where to look
 */
void
plancia_console_search_set_buffer (PlanciaConsoleSearch *self, PlanciaConsoleBuffer *buffer)
{
  if (self->buffer == buffer)
    return;
  if (self->buffer != NULL)
    g_signal_handlers_disconnect_by_data (self->buffer, self);
  g_set_object (&self->buffer, buffer);
  if (buffer != NULL)
    g_signal_connect_swapped (buffer, "changed", G_CALLBACK (buffer_changed_cb), self);
  restart (self);
}

static gboolean
has_capital (const char *pattern)
{
  for (const char *p = pattern; *p != '\0'; p = g_utf8_next_char (p)) {
    /* \S and the like are no capitals. */
    if (*p == '\\' && p[1] != '\0')
      p++;
    else if (g_unichar_isupper (g_utf8_get_char (p)))
      return TRUE;
  }
  return FALSE;
}

static GRegex *
compile (const char *pattern, gboolean is_regex, GError **error)
{
  g_autofree char   *escaped = is_regex ? g_strdup (pattern) : g_regex_escape_string (pattern, -1);
  GRegexCompileFlags flags = G_REGEX_OPTIMIZE | (has_capital (pattern) ? 0 : G_REGEX_CASELESS);

  return g_regex_new (escaped, flags, 0, error);
}

/**
 * plancia_console_search_start:
 * @pattern: (nullable): what to look for
 * @format: how the lines are shown; a copy is made
 *
 * Returns: %FALSE and %G_REGEX_ERROR if @pattern is no expression
 */
gboolean
plancia_console_search_start (PlanciaConsoleSearch       *self,
                              const char                 *pattern,
                              gboolean                    is_regex,
                              const PlanciaConsoleFormat *format,
                              GError                    **error)
{
  gboolean wanted = pattern != NULL && pattern[0] != '\0';

  g_clear_pointer (&self->regex, g_regex_unref);
  g_clear_pointer (&self->format, plancia_console_format_free);
  if (wanted) {
    self->regex = compile (pattern, is_regex, error);
    self->format = plancia_console_format_copy (format);
    /* Neither time nor arrow are looked in. */
    self->format->time = PLANCIA_CONSOLE_TIME_NONE;
  }
  restart (self);
  return !wanted || self->regex != NULL;
}

/**
 * plancia_console_search_get_regex:
 *
 * Returns: (transfer none) (nullable): what is looked for
 */
GRegex *
plancia_console_search_get_regex (PlanciaConsoleSearch *self)
{
  return self->regex;
}

/**
 * plancia_console_search_is_busy:
 *
 * Returns: whether more matches may come from lines that are there already
 */
gboolean
plancia_console_search_is_busy (PlanciaConsoleSearch *self)
{
  return self->running;
}

/**
 * plancia_console_search_get_count:
 *
 * Returns: lines that match
 */
guint
plancia_console_search_get_count (PlanciaConsoleSearch *self)
{
  return self->matches->len;
}

/**
 * plancia_console_search_get:
 * @i: below the count
 *
 * Returns: number of a line; it may have gone away meanwhile
 */
guint64
plancia_console_search_get (PlanciaConsoleSearch *self, guint i)
{
  return g_array_index (self->matches, guint64, i);
}

/**
 * plancia_console_search_rank:
 * @line: any number
 *
 * Returns: matching lines with a smaller number
 */
guint
plancia_console_search_rank (PlanciaConsoleSearch *self, guint64 line)
{
  guint low = 0, high = self->matches->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (g_array_index (self->matches, guint64, middle) < line)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}
