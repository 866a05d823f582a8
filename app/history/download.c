/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/download.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/signal-new.h"
#include "history/pieces.h"

/* So many pieces in a row that fail are no accident. */
#define MAX_FAILURES 3
/* Answers that wait for the store: no more, so that years need no memory. */
#define MAX_PUTS 32
/* So many go into the store at once: its pages are written once for all of them. */
#define BATCH 16
/* ms: one that stays alone goes without the others. */
#define BATCH_WAIT 100

struct _PlanciaDownload
{
  GObject parent_instance;

  PlanciaStore        *store;
  char                *device;
  char                *source;
  PlanciaSpan          span;
  PlanciaBackend      *backend; /* or NULL */
  PlanciaDownloadState state;
  gint64               window;  /* longest piece; shorter after a refusal; 0: the backend's */
  GArray              *pieces;  /* PlanciaSpan not begun, the next one last; NULL: not known */
  GArray              *later;   /* that failed */
  gboolean             second;  /* failed ones are being asked for again */
  PlanciaSpan          rest;    /* that an answer before may have left out */
  GPtrArray           *asking;  /* Question, those under way */
  gboolean             fluent;  /* the last answer was a good one */
  gboolean             looking; /* the store is asked what it has */
  GPtrArray           *batch;   /* PlanciaSamples to be put, the newest last */
  guint                waiting; /* source that puts them */
  guint                puts;    /* pieces that are not on disk, with those of the batch */
  guint                failures;
  GError              *error;
  GArray              *covered;
  guint                done;
  guint                all;
  guint64              points;
  guint                oddities; /* of what came */
  gint64               since;    /* monotonic, of the last resume */
  guint                done_before;
  guint64              points_before;
};

enum {
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlanciaDownload, plancia_download, G_TYPE_OBJECT)

/* To the backend. */
typedef struct
{
  PlanciaDownload *download;
  PlanciaSpan      span;
  GCancellable    *cancellable;
} Question;

/* Pieces on their way into the store. */
typedef struct
{
  PlanciaDownload *download;
  GPtrArray       *pieces;
} Put;

static void
question_free (Question *question)
{
  g_object_unref (question->cancellable);
  g_object_unref (question->download);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
emit_changed (PlanciaDownload *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
is_active (PlanciaDownload *self)
{
  return self->state == PLANCIA_DOWNLOAD_WAITING || self->state == PLANCIA_DOWNLOAD_RUNNING;
}

static void
keep_error (PlanciaDownload *self, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
}

/* Their pieces come back. */
static void
give_up (PlanciaDownload *self)
{
  for (guint i = 0; i < self->asking->len; i++)
    g_cancellable_cancel (((Question *) g_ptr_array_index (self->asking, i))->cancellable);
}

static void
fail (PlanciaDownload *self, GError *error)
{
  keep_error (self, error);
  self->state = PLANCIA_DOWNLOAD_FAILED;
  give_up (self);
  emit_changed (self);
}

/* Nothing is left, or only what failed: that is tried once more. */
static void
check_end (PlanciaDownload *self)
{
  if (!is_active (self) || self->pieces == NULL || self->pieces->len > 0 || self->asking->len > 0 ||
      self->puts > 0)
    return;
  if (self->later->len > 0 && !self->second) {
    self->second = TRUE;
    g_array_append_vals (self->pieces, self->later->data, self->later->len);
    g_array_set_size (self->later, 0);
    plancia_span_array_normalise (self->pieces);
    return;
  }
  self->state = self->later->len > 0 ? PLANCIA_DOWNLOAD_FAILED : PLANCIA_DOWNLOAD_DONE;
  if (self->state == PLANCIA_DOWNLOAD_DONE)
    g_clear_error (&self->error);
}

/* --- into the store ------------------------------------------------------------------------------ */

static void
note_covered (PlanciaDownload *self, GPtrArray *pieces)
{
  for (guint i = 0; i < pieces->len; i++) {
    PlanciaSpan covered = plancia_samples_get_covered (g_ptr_array_index (pieces, i));

    covered = plancia_span_intersect (covered, self->span);
    if (!plancia_span_is_empty (covered))
      g_array_append_val (self->covered, covered);
  }
  plancia_span_array_normalise (self->covered);
}

static void
put_done (GObject *store, GAsyncResult *result, gpointer user_data)
{
  g_autofree Put *put = user_data;
  g_autoptr (PlanciaDownload) self = put->download;
  g_autoptr (GPtrArray) pieces = put->pieces;
  GError *error = NULL;

  self->puts -= pieces->len;
  if (!plancia_store_put_finish (PLANCIA_STORE (store), result, &error)) {
    fail (self, error);
    return;
  }
  self->done += pieces->len;
  note_covered (self, pieces);
  check_end (self);
  emit_changed (self);
}

static GPtrArray *
new_batch (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_samples_unref);
}

static void
put_batch (PlanciaDownload *self)
{
  Put *put;

  g_clear_handle_id (&self->waiting, g_source_remove);
  if (self->batch->len == 0)
    return;
  put = g_new0 (Put, 1);
  put->download = g_object_ref (self);
  put->pieces = g_steal_pointer (&self->batch);
  self->batch = new_batch ();
  plancia_store_put_all_async (self->store, put->pieces, NULL, put_done, put);
}

static gboolean
waited_cb (gpointer user_data)
{
  PlanciaDownload *self = user_data;

  self->waiting = 0;
  put_batch (self);
  return G_SOURCE_REMOVE;
}

static void
begin_put (PlanciaDownload *self, PlanciaSamples *samples)
{
  PlanciaSamples *piece =
    plancia_pieces_for_store (samples, self->device, self->source, plancia_clock_now ());

  self->puts++;
  self->points += plancia_samples_count (piece);
  /* The newest comes first. */
  g_ptr_array_insert (self->batch, 0, piece);
  if (self->batch->len >= BATCH || !is_active (self) || self->pieces == NULL ||
      self->pieces->len == 0)
    put_batch (self);
  else if (self->waiting == 0)
    self->waiting = g_timeout_add_full (G_PRIORITY_DEFAULT,
                                        BATCH_WAIT,
                                        waited_cb,
                                        g_object_ref (self),
                                        g_object_unref);
}

/* --- from the source ----------------------------------------------------------------------------- */

static void
mark_failed (PlanciaDownload *self, PlanciaSpan asked, const GError *error)
{
  const PlanciaCover cover = {asked, PLANCIA_COVER_FAILED, plancia_clock_now (), error->message};

  plancia_store_mark_async (self->store, self->device, self->source, &cover, NULL, NULL, NULL);
}

/* Those that are longer than the window will be cut. */
static guint
count_pieces (PlanciaDownload *self)
{
  guint count = 0;

  for (guint i = 0; i < self->pieces->len; i++) {
    PlanciaSpan piece = g_array_index (self->pieces, PlanciaSpan, i);

    count += (guint) ((piece.end - piece.start + self->window - 1) / self->window);
  }
  return count;
}

static gboolean
try_shorter (PlanciaDownload *self, PlanciaSpan asked, const GError *error)
{
  if (!plancia_pieces_may_halve (error) || !plancia_pieces_halve (self->pieces, asked))
    return FALSE;
  if (g_error_matches (error, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_RANGE_TOO_LONG)) {
    self->window = (asked.end - asked.start + 1) / 2;
    self->all = self->done + self->puts + self->asking->len + count_pieces (self);
  } else {
    self->all++;
  }
  return TRUE;
}

static gboolean
is_hopeless (PlanciaDownload *self, const GError *error)
{
  static const int codes[] = {PLANCIA_CLOUD_ERROR_NOT_AUTHORISED,
                              PLANCIA_CLOUD_ERROR_NO_CREDENTIALS,
                              PLANCIA_CLOUD_ERROR_NO_ADDRESS,
                              PLANCIA_CLOUD_ERROR_NO_SUCH_THING,
                              PLANCIA_CLOUD_ERROR_CERTIFICATE,
                              PLANCIA_CLOUD_ERROR_CERTIFICATE_CHANGED};

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, PLANCIA_CLOUD_ERROR, codes[i]))
      return TRUE;
  return self->failures >= MAX_FAILURES;
}

/* Takes error. A backend that closed says the same as one that was given up by ourselves, and is not asked again and again. */
static void
piece_failed (PlanciaDownload *self, Question *question, GError *error)
{
  self->fluent = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_array_append_val (self->pieces, question->span);
    if (!g_cancellable_is_cancelled (question->cancellable)) {
      fail (self, error);
      return;
    }
    g_error_free (error);
    emit_changed (self);
    return;
  }
  if (try_shorter (self, question->span, error)) {
    g_error_free (error);
    emit_changed (self);
    return;
  }
  self->failures++;
  mark_failed (self, question->span, error);
  g_array_append_val (self->later, question->span);
  if (is_hopeless (self, error)) {
    fail (self, error);
    return;
  }
  keep_error (self, error);
  check_end (self);
  emit_changed (self);
}

static void
take_piece (PlanciaDownload *self, PlanciaSpan asked, PlanciaSamples *samples)
{
  PlanciaSpan rest;
  g_autoptr (PlanciaSamples) piece = plancia_pieces_cut (samples, &rest);

  if (asked.start == self->rest.start && asked.end == self->rest.end &&
      plancia_samples_count (samples) > 0)
    self->oddities |= PLANCIA_ODD_CUT;
  if (self->pieces != NULL && !plancia_span_is_empty (rest)) {
    self->rest = rest;
    g_array_append_val (self->pieces, rest);
    self->all++;
  }
  begin_put (self, piece);
}

static void
fetch_done (GObject *backend, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  PlanciaDownload *self = question->download;
  GError          *error = NULL;
  g_autoptr (PlanciaSamples)
    samples = plancia_backend_fetch_finish (PLANCIA_BACKEND (backend), result, &error);

  g_ptr_array_remove (self->asking, question);
  if (samples == NULL) {
    piece_failed (self, question, error);
    return;
  }
  /* What was fetched is kept, even if it was paused meanwhile. */
  self->failures = 0;
  self->fluent = TRUE;
  self->oddities |= plancia_samples_get_oddities (samples);
  take_piece (self, question->span, samples);
  emit_changed (self);
}

static void
ask (PlanciaDownload *self)
{
  gint64    window = plancia_backend_get_window (self->backend);
  Question *question = g_new0 (Question, 1);

  if (self->window > 0)
    window = MIN (window, self->window);
  question->download = g_object_ref (self);
  question->span = plancia_pieces_take (self->pieces, window);
  question->cancellable = g_cancellable_new ();
  g_ptr_array_add (self->asking, question);
  self->state = PLANCIA_DOWNLOAD_RUNNING;
  self->all = MAX (self->all, self->done + self->puts + self->pieces->len + self->asking->len);
  plancia_backend_fetch_async (self->backend,
                               self->device,
                               question->span,
                               question->cancellable,
                               fetch_done,
                               question);
}

/* --- what is missing ------------------------------------------------------------------------------ */

static void
covered_done (GObject *store, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaDownload) self = user_data;
  GError *error = NULL;
  GArray *covered = plancia_store_covered_finish (PLANCIA_STORE (store), result, &error);

  self->looking = FALSE;
  if (covered == NULL) {
    fail (self, error);
    return;
  }
  g_array_unref (self->covered);
  self->covered = covered;
  if (self->backend != NULL && is_active (self)) {
    gint64 window = plancia_backend_get_window (self->backend);

    self->pieces = plancia_pieces_find (self->span,
                                        covered,
                                        self->window > 0 ? MIN (window, self->window) : window,
                                        plancia_clock_now ());
    self->all = self->done + self->pieces->len;
    self->since = plancia_clock_monotonic ();
    self->done_before = self->done;
    self->points_before = self->points;
    check_end (self);
  }
  emit_changed (self);
}

static void
look (PlanciaDownload *self)
{
  self->looking = TRUE;
  plancia_store_covered_async (self->store,
                               self->device,
                               self->source,
                               self->span,
                               NULL,
                               covered_done,
                               g_object_ref (self));
}

/* --- object --------------------------------------------------------------------------------------- */

static void
plancia_download_finalize (GObject *object)
{
  PlanciaDownload *self = PLANCIA_DOWNLOAD (object);

  g_object_unref (self->store);
  g_free (self->device);
  g_free (self->source);
  g_clear_object (&self->backend);
  g_clear_pointer (&self->pieces, g_array_unref);
  g_ptr_array_unref (self->batch);
  g_ptr_array_unref (self->asking);
  g_array_unref (self->later);
  g_array_unref (self->covered);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (plancia_download_parent_class)->finalize (object);
}

static void
plancia_download_class_init (PlanciaDownloadClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_download_finalize;

  /**
   * PlanciaDownload::changed:
   *
   * State, progress, coverage or error moved, or its account is free again.
   */
  signals[CHANGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "changed", 0);
}

static void
plancia_download_init (PlanciaDownload *self)
{
  self->batch = new_batch ();
  self->asking = g_ptr_array_new ();
  self->later = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));
  self->covered = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));
}

/**
 * plancia_download_new:
 * @store: what is known already, and where the rest goes
 * @device: the store's and the backend's id of the device
 * @source: under which name its samples are kept
 * @span: what is wanted; the part after now is left out
 *
 * Returns: (transfer full): a download that waits
 */
PlanciaDownload *
plancia_download_new (PlanciaStore *store, const char *device, const char *source, PlanciaSpan span)
{
  PlanciaDownload *self = g_object_new (PLANCIA_TYPE_DOWNLOAD, NULL);

  self->store = g_object_ref (store);
  self->device = g_strdup (device);
  self->source = g_strdup (source);
  self->span = span;
  return self;
}

/**
 * plancia_download_set_backend:
 * @self: a download
 * @backend: (nullable): whom to ask
 */
void
plancia_download_set_backend (PlanciaDownload *self, PlanciaBackend *backend)
{
  if (!g_set_object (&self->backend, backend))
    return;
  self->fluent = FALSE;
  give_up (self);
  put_batch (self);
  if (self->state == PLANCIA_DOWNLOAD_RUNNING)
    self->state = PLANCIA_DOWNLOAD_WAITING;
  emit_changed (self);
}

/**
 * plancia_download_pause:
 * @self: a download
 */
void
plancia_download_pause (PlanciaDownload *self)
{
  if (!is_active (self))
    return;
  self->state = PLANCIA_DOWNLOAD_PAUSED;
  give_up (self);
  put_batch (self);
  emit_changed (self);
}

/**
 * plancia_download_resume:
 * @self: a download
 */
void
plancia_download_resume (PlanciaDownload *self)
{
  if (is_active (self))
    return;
  self->state = PLANCIA_DOWNLOAD_WAITING;
  self->failures = 0;
  self->second = self->fluent = FALSE;
  g_clear_error (&self->error);
  /* A question or an answer that is still under way needs the pieces. */
  if (self->asking->len == 0 && self->puts == 0) {
    g_clear_pointer (&self->pieces, g_array_unref);
  } else if (self->pieces != NULL) {
    g_array_append_vals (self->pieces, self->later->data, self->later->len);
    plancia_span_array_normalise (self->pieces);
  }
  g_array_set_size (self->later, 0);
  emit_changed (self);
}

/**
 * plancia_download_get_n_asking:
 * @self: a download
 *
 * Returns: how many questions its backend has from it
 */
guint
plancia_download_get_n_asking (PlanciaDownload *self)
{
  return self->asking->len;
}

/**
 * plancia_download_is_ready:
 * @self: a download
 *
 * Returns: whether plancia_download_step() has something to do
 */
gboolean
plancia_download_is_ready (PlanciaDownload *self)
{
  return is_active (self) && self->backend != NULL && !self->looking &&
         (self->asking->len == 0 || self->fluent) && self->puts < MAX_PUTS &&
         (self->pieces == NULL || self->pieces->len > 0);
}

/**
 * plancia_download_step:
 * @self: a download that is ready
 *
 * One question to the backend, or, before the first, to the store.
 */
void
plancia_download_step (PlanciaDownload *self)
{
  g_return_if_fail (plancia_download_is_ready (self));

  if (self->pieces == NULL)
    look (self);
  else
    ask (self);
}

/**
 * plancia_download_get_device:
 * @self: a download
 *
 * Returns: (transfer none): the store's id
 */
const char *
plancia_download_get_device (PlanciaDownload *self)
{
  return self->device;
}

/**
 * plancia_download_get_source:
 * @self: a download
 *
 * Returns: (transfer none): such as "portal"
 */
const char *
plancia_download_get_source (PlanciaDownload *self)
{
  return self->source;
}

/**
 * plancia_download_get_span:
 * @self: a download
 *
 * Returns: what is wanted
 */
PlanciaSpan
plancia_download_get_span (PlanciaDownload *self)
{
  return self->span;
}

/**
 * plancia_download_get_backend:
 * @self: a download
 *
 * Returns: (transfer none) (nullable): whom it asks
 */
PlanciaBackend *
plancia_download_get_backend (PlanciaDownload *self)
{
  return self->backend;
}

/**
 * plancia_download_get_state:
 * @self: a download
 *
 * Returns: how it is
 */
PlanciaDownloadState
plancia_download_get_state (PlanciaDownload *self)
{
  return self->state;
}

/**
 * plancia_download_get_error:
 * @self: a download
 *
 * Returns: (transfer none) (nullable): of the last piece that failed
 */
const GError *
plancia_download_get_error (PlanciaDownload *self)
{
  return self->error;
}

/**
 * plancia_download_get_progress:
 * @self: a download
 * @progress: (out): how far it is
 */
void
plancia_download_get_progress (PlanciaDownload *self, PlanciaDownloadProgress *progress)
{
  double seconds = (double) (plancia_clock_monotonic () - self->since) / PLANCIA_SECOND;
  guint  done = self->done - self->done_before;

  *progress = (PlanciaDownloadProgress){self->done, self->all, self->points, 0, -1};
  if (self->since == 0 || done == 0 || seconds <= 0)
    return;
  progress->rate = (double) (self->points - self->points_before) / seconds;
  progress->left = (gint64) (seconds / done * (self->all - self->done) * PLANCIA_SECOND);
}

/**
 * plancia_download_get_covered:
 * @self: a download
 *
 * Returns: (transfer none) (element-type PlanciaSpan): what is known of the span; valid until "changed"
 */
GArray *
plancia_download_get_covered (PlanciaDownload *self)
{
  return self->covered;
}

guint
plancia_download_get_oddities (PlanciaDownload *self)
{
  return self->oddities;
}
