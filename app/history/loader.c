/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/loader.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/signal-new.h"
#include "history/archive-trouble.h"
#include "history/pieces.h"

/* A source that fails this often in a row is left alone. */
#define MAX_FAILURES 2

/* What there is of years is more than a picture can show: of more samples than that, so many parts of the time. */
#define WHOLE   4000000
#define BUCKETS 2400

/* One call of plancia_loader_load. Each operation under way holds a reference; when another load
 * has taken its place, what still comes back is dropped. */
typedef struct
{
  PlanciaLoader  *loader;
  PlanciaBackend *backend; /* or NULL */
  char           *device;
  char           *source;
  PlanciaSpan     span;
  gboolean        again;
  gint64          window; /* longest piece; shorter after a refusal */
  GCancellable   *cancellable;
  GArray         *pieces; /* what is not begun, the next one last */
  PlanciaSpan     asked;  /* the one under way */
  PlanciaSamples *piece;  /* the one being put */
  guint           failures;
} Load;

struct _PlanciaLoader
{
  GObject parent_instance;

  PlanciaStore *store;
  Load         *load; /* the one in course, or NULL */
  guint         done;
  guint         all;
  GError       *error;
  GArray       *covered;
};

enum {
  SAMPLES,
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlanciaLoader, plancia_loader, G_TYPE_OBJECT)

static void next_piece (Load *load);

static void
load_clear (gpointer data)
{
  Load *load = data;

  g_object_unref (load->loader);
  g_clear_object (&load->backend);
  g_free (load->device);
  g_free (load->source);
  g_object_unref (load->cancellable);
  g_clear_pointer (&load->pieces, g_array_unref);
  g_clear_pointer (&load->piece, plancia_samples_unref);
}

static void
load_unref (Load *load)
{
  g_rc_box_release_full (load, load_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, load_unref)

static gboolean
load_is_current (Load *load)
{
  return load->loader->load == load;
}

static void
emit_changed (PlanciaLoader *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
emit_samples (PlanciaLoader *self, PlanciaSamples *samples)
{
  if (plancia_samples_count (samples) > 0)
    g_signal_emit (self, signals[SAMPLES], 0, samples);
}

static void
keep_error (PlanciaLoader *self, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
}

/* error: (transfer full): of the store, whose words are others than those of a source */
static void
keep_trouble (PlanciaLoader *self, GError *error)
{
  keep_error (self, plancia_archive_trouble_new (error));
  g_error_free (error);
}

/* The load came to its end by itself. */
static void
finish (Load *load)
{
  PlanciaLoader *self = load->loader;

  self->load = NULL;
  emit_changed (self);
  load_unref (load);
}

static void
put_done (GObject *store, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Load) load = user_data;
  g_autoptr (PlanciaSamples) piece = g_steal_pointer (&load->piece);
  PlanciaLoader *self = load->loader;
  PlanciaSpan    covered = plancia_samples_get_covered (piece);
  GError        *error = NULL;
  gboolean       good = plancia_store_put_finish (PLANCIA_STORE (store), result, &error);

  if (!load_is_current (load)) {
    g_clear_error (&error);
    return;
  }
  self->done++;
  covered = plancia_span_intersect (covered, load->span);
  if (!good)
    keep_trouble (self, error);
  else if (!plancia_span_is_empty (covered))
    g_array_append_val (self->covered, covered);
  plancia_span_array_normalise (self->covered);
  emit_changed (self);
  next_piece (load);
}

/* Another day may still work, but not with a key that was refused. */
static gboolean
is_hopeless (Load *load, const GError *error)
{
  return load->failures >= MAX_FAILURES ||
         g_error_matches (error, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_NOT_AUTHORISED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* So that it is known later, too, that it was asked for, and why there is nothing. */
static void
mark_failed (Load *load, const GError *error)
{
  const PlanciaCover cover = {load->asked,
                              PLANCIA_COVER_FAILED,
                              plancia_clock_now (),
                              error->message};

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    plancia_store_mark_async (load->loader->store,
                              load->device,
                              load->source,
                              &cover,
                              NULL,
                              NULL,
                              NULL);
}

/* The same again in two parts, and no longer ones any more if that was refused. */
static gboolean
try_shorter (Load *load, const GError *error)
{
  if (!plancia_pieces_may_halve (error) || !plancia_pieces_halve (load->pieces, load->asked))
    return FALSE;
  if (g_error_matches (error, PLANCIA_CLOUD_ERROR, PLANCIA_CLOUD_ERROR_RANGE_TOO_LONG))
    load->window = (load->asked.end - load->asked.start + 1) / 2;
  load->loader->all++;
  return TRUE;
}

static void
piece_failed (Load *load, GError *error)
{
  if (try_shorter (load, error)) {
    g_error_free (error);
    next_piece (load);
    return;
  }
  load->failures++;
  mark_failed (load, error);
  if (is_hopeless (load, error))
    g_array_set_size (load->pieces, 0);
  keep_error (load->loader, error);
  emit_changed (load->loader);
  next_piece (load);
}

static void
fetch_done (GObject *backend, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Load) load = user_data;
  GError *error = NULL;
  g_autoptr (PlanciaSamples)
    samples = plancia_backend_fetch_finish (PLANCIA_BACKEND (backend), result, &error);

  if (samples == NULL) {
    if (load_is_current (load))
      piece_failed (load, error);
    else
      g_clear_error (&error);
    return;
  }
  /* What was fetched is kept, even if nobody waits for it any more. */
  load->failures = 0;
  load->piece =
    plancia_pieces_for_store (samples, load->device, load->source, plancia_clock_now ());
  if (load_is_current (load))
    emit_samples (load->loader, samples);
  plancia_store_put_async (load->loader->store,
                           load->piece,
                           NULL,
                           put_done,
                           g_rc_box_acquire (load));
}

static void
next_piece (Load *load)
{
  PlanciaSpan piece;

  /* A handler may have begun another load, or none. */
  if (!load_is_current (load))
    return;
  if (load->pieces->len == 0) {
    finish (load);
    return;
  }
  piece = plancia_pieces_take (load->pieces, load->window);
  load->asked = piece;
  plancia_backend_fetch_async (load->backend,
                               load->device,
                               piece,
                               load->cancellable,
                               fetch_done,
                               g_rc_box_acquire (load));
}

static GArray *
find_pieces (Load *load, GArray *covered)
{
  return plancia_pieces_find (load->span,
                              load->again ? NULL : covered,
                              load->window,
                              plancia_clock_now ());
}

static void
covered_done (GObject *store, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Load) load = user_data;
  PlanciaLoader *self = load->loader;
  GError        *error = NULL;
  g_autoptr (GArray) covered = plancia_store_covered_finish (PLANCIA_STORE (store), result, &error);

  if (!load_is_current (load)) {
    g_clear_error (&error);
    return;
  }
  if (covered == NULL) {
    /* Without a store everything is missing. */
    keep_trouble (self, error);
    covered = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));
  }
  g_array_unref (self->covered);
  self->covered = g_array_ref (covered);
  load->pieces = find_pieces (load, covered);
  self->all = load->pieces->len;
  if (self->all > 0)
    emit_changed (self);
  next_piece (load);
}

static void
query_done (GObject *store, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Load) load = user_data;
  GError *error = NULL;
  g_autoptr (PlanciaSamples)
    samples = plancia_store_query_finish (PLANCIA_STORE (store), result, &error);

  if (!load_is_current (load)) {
    g_clear_error (&error);
    return;
  }
  if (samples != NULL)
    emit_samples (load->loader, samples);
  else
    keep_trouble (load->loader, error);
  if (!load_is_current (load))
    return;
  plancia_store_covered_async (PLANCIA_STORE (store),
                               load->device,
                               load->source,
                               load->span,
                               load->cancellable,
                               covered_done,
                               g_rc_box_acquire (load));
}

/* Takes the load in course out without a word. */
static void
drop_load (PlanciaLoader *self)
{
  Load *load = g_steal_pointer (&self->load);

  if (load == NULL)
    return;
  g_cancellable_cancel (load->cancellable);
  load_unref (load);
}

static void
plancia_loader_finalize (GObject *object)
{
  PlanciaLoader *self = PLANCIA_LOADER (object);

  g_object_unref (self->store);
  g_clear_error (&self->error);
  g_array_unref (self->covered);
  G_OBJECT_CLASS (plancia_loader_parent_class)->finalize (object);
}

static void
plancia_loader_class_init (PlanciaLoaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_loader_finalize;

  /**
   * PlanciaLoader::samples:
   * @samples: (type gpointer): a PlanciaSamples with at least one sample, to show
   *
   * First what the store has, then each piece as it comes.
   */
  signals[SAMPLES] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "samples", 1, G_TYPE_POINTER);
  /**
   * PlanciaLoader::changed:
   *
   * Progress, coverage, error or running moved.
   */
  signals[CHANGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "changed", 0);
}

static void
plancia_loader_init (PlanciaLoader *self)
{
  self->covered = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));
}

/**
 * plancia_loader_new:
 * @store: what is known already, and where the rest goes
 *
 * Returns: (transfer full): a loader, for the main thread
 */
PlanciaLoader *
plancia_loader_new (PlanciaStore *store)
{
  PlanciaLoader *self = g_object_new (PLANCIA_TYPE_LOADER, NULL);

  self->store = g_object_ref (store);
  return self;
}

/**
 * plancia_loader_load:
 * @self: a loader
 * @backend: (nullable): whom to ask for what is missing; %NULL: the store alone
 * @device: the store's and the backend's id of the device
 * @source: under which name its samples are kept, such as "portal"
 * @span: what is wanted; the part after now is left out
 * @again: ask for what is covered, too
 *
 * Stops a load in course and begins this one. It runs until "changed" with
 * plancia_loader_get_running() %FALSE. After a piece that failed the others are still tried, unless
 * the account was refused or two failed in a row.
 */
void
plancia_loader_load (PlanciaLoader  *self,
                     PlanciaBackend *backend,
                     const char     *device,
                     const char     *source,
                     PlanciaSpan     span,
                     gboolean        again)
{
  Load *load = g_rc_box_new0 (Load);

  drop_load (self);
  load->loader = g_object_ref (self);
  load->backend = backend ? g_object_ref (backend) : NULL;
  load->device = g_strdup (device);
  load->source = g_strdup (source);
  load->span = span;
  load->again = again;
  load->window = backend ? plancia_backend_get_window (backend) : 0;
  load->cancellable = g_cancellable_new ();

  self->load = load;
  self->done = self->all = 0;
  g_clear_error (&self->error);
  g_array_unref (self->covered);
  self->covered = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));
  plancia_store_query_thinned_async (self->store,
                                     device,
                                     source,
                                     NULL,
                                     span,
                                     BUCKETS,
                                     WHOLE,
                                     load->cancellable,
                                     query_done,
                                     g_rc_box_acquire (load));
  emit_changed (self);
}

/**
 * plancia_loader_stop:
 * @self: a loader
 *
 * Gives up the question under way and drops the pieces not begun. What has come is shown and kept.
 */
void
plancia_loader_stop (PlanciaLoader *self)
{
  if (self->load == NULL)
    return;
  drop_load (self);
  emit_changed (self);
}

/**
 * plancia_loader_get_running:
 * @self: a loader
 *
 * Returns: whether a load is in course
 */
gboolean
plancia_loader_get_running (PlanciaLoader *self)
{
  return self->load != NULL;
}

/**
 * plancia_loader_get_progress:
 * @self: a loader
 * @done: (out) (optional): pieces that are here
 * @all: (out) (optional): pieces of this load; 0: nothing was missing
 */
void
plancia_loader_get_progress (PlanciaLoader *self, guint *done, guint *all)
{
  if (done != NULL)
    *done = self->done;
  if (all != NULL)
    *all = self->all;
}

/**
 * plancia_loader_get_error:
 * @self: a loader
 *
 * Returns: (transfer none) (nullable): why the last piece that failed did so, or the store's own
 *   trouble; kept until the next load
 */
const GError *
plancia_loader_get_error (PlanciaLoader *self)
{
  return self->error;
}

/**
 * plancia_loader_get_covered:
 * @self: a loader
 *
 * Returns: (transfer none) (element-type PlanciaSpan): what is known of the span, sorted; valid
 *   until "changed"
 */
GArray *
plancia_loader_get_covered (PlanciaLoader *self)
{
  return self->covered;
}
