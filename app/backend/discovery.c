/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/discovery.h"

#include "backend/discovery-run.h"
#include "base/error.h"
#include "base/signal-new.h"
#include "base/worker.h"

/* News that may wait for the main thread: more than a plant has places. */
#define CAPACITY       8192
#define SERIAL_TIMEOUT 1500

struct _PlanciaDiscovery
{
  GObject parent_instance;

  PlanciaWorker          *worker;
  PlanciaWorker          *port_worker; /* for a serial port, meanwhile; or NULL */
  PlanciaMailbox         *mailbox;     /* of the search that runs, or ran */
  GCancellable           *cancellable;
  PlanciaDiscoverySummary summary;
  GPtrArray              *findings;
};

enum {
  SIGNAL_FINDING,
  SIGNAL_PROGRESS,
  SIGNAL_FINISHED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaDiscovery, plancia_discovery, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

/* What a search on the worker has of its own. */
typedef struct
{
  PlanciaDiscoveryOptions options;
  PlanciaMailbox         *mailbox;
  GCancellable           *cancellable;
} Search;

static void
search_free (gpointer data)
{
  Search *self = data;

  g_clear_pointer (&self->options.subnets, g_ptr_array_unref);
  g_strfreev ((char **) (gpointer) self->options.hosts);
  g_clear_pointer (&self->options.in_use, g_ptr_array_unref);
  plancia_mailbox_unref (self->mailbox);
  g_object_unref (self->cancellable);
  g_free (self);
}

/* --- news ------------------------------------------------------------------------------------ */

static gboolean
find_index (PlanciaDiscovery *self, guint id, guint *index)
{
  for (guint i = 0; i < self->findings->len; i++)
    if (((PlanciaFinding *) g_ptr_array_index (self->findings, i))->id == id) {
      *index = i;
      return TRUE;
    }
  return FALSE;
}

static void
take_finding (PlanciaDiscovery *self, PlanciaFinding *finding)
{
  guint    index;
  gboolean is_known = find_index (self, finding->id, &index);

  if (is_known) {
    plancia_finding_unref (g_ptr_array_index (self->findings, index));
    g_ptr_array_index (self->findings, index) = plancia_finding_ref (finding);
  } else {
    g_ptr_array_add (self->findings, plancia_finding_ref (finding));
  }
  g_signal_emit (self, signals[SIGNAL_FINDING], 0, finding, !is_known);
}

static void
news_cb (GPtrArray *items, guint64 dropped, gpointer user_data)
{
  g_autoptr (PlanciaDiscovery) self = g_object_ref (user_data);
  PlanciaMailbox *mailbox = self->mailbox;

  if (dropped > 0)
    g_warning ("%" G_GUINT64_FORMAT " results were too many", dropped);
  /* A handler may begin another search. */
  for (guint i = 0; i < items->len && self->mailbox == mailbox; i++) {
    const PlanciaDiscoveryNews *news = g_ptr_array_index (items, i);

    self->summary = news->summary;
    if (news->finding != NULL)
      take_finding (self, news->finding);
    if (!news->summary.running && self->mailbox == mailbox)
      g_signal_emit (self, signals[SIGNAL_FINISHED], 0);
    else if (i == items->len - 1 && self->mailbox == mailbox)
      g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
  }
}

static void
run_search (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Search *search = data;

  plancia_discovery_run (&search->options, search->mailbox, search->cancellable);
  g_task_return_boolean (task, TRUE);
}

/* Nothing of an earlier search is heard any more. */
static void
drop_search (PlanciaDiscovery *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (self->mailbox != NULL)
    plancia_mailbox_close (self->mailbox);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->mailbox, plancia_mailbox_unref);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_discovery_dispose (GObject *object)
{
  PlanciaDiscovery *self = PLANCIA_DISCOVERY (object);

  drop_search (self);
  if (self->worker != NULL)
    plancia_worker_stop (self->worker);
  if (self->port_worker != NULL)
    plancia_worker_stop (self->port_worker);
  g_clear_object (&self->worker);
  g_clear_object (&self->port_worker);
  G_OBJECT_CLASS (plancia_discovery_parent_class)->dispose (object);
}

static void
plancia_discovery_finalize (GObject *object)
{
  g_ptr_array_unref (PLANCIA_DISCOVERY (object)->findings);
  G_OBJECT_CLASS (plancia_discovery_parent_class)->finalize (object);
}

static void
plancia_discovery_class_init (PlanciaDiscoveryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_discovery_dispose;
  object_class->finalize = plancia_discovery_finalize;

  signals[SIGNAL_FINDING] =
    plancia_signal_new (PLANCIA_TYPE_DISCOVERY, "finding", 2, PLANCIA_TYPE_FINDING, G_TYPE_BOOLEAN);
  signals[SIGNAL_PROGRESS] = plancia_signal_new (PLANCIA_TYPE_DISCOVERY, "progress", 0);
  signals[SIGNAL_FINISHED] = plancia_signal_new (PLANCIA_TYPE_DISCOVERY, "finished", 0);
}

static void
plancia_discovery_init (PlanciaDiscovery *self)
{
  self->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_finding_unref);
}

/**
 * plancia_discovery_new:
 *
 * Returns: (transfer full): something that looks for devices, but not yet
 */
PlanciaDiscovery *
plancia_discovery_new (void)
{
  return g_object_new (PLANCIA_TYPE_DISCOVERY, NULL);
}

/* A count that a later one takes the place of; not a finding. */
static gboolean
may_drop (gconstpointer news)
{
  const PlanciaDiscoveryNews *self = news;

  return self->finding == NULL && self->summary.running;
}

static GPtrArray *
copy_addresses (GPtrArray *addresses)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_address_unref);

  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    g_ptr_array_add (copy, plancia_address_ref (g_ptr_array_index (addresses, i)));
  return copy;
}

static const char *const *
copy_names (const char *const *names)
{
  return (const char *const *) (gpointer) g_strdupv ((char **) (gpointer) names);
}

static GPtrArray *
copy_subnets (GPtrArray *subnets)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_subnet_free);

  for (guint i = 0; subnets != NULL && i < subnets->len; i++)
    g_ptr_array_add (copy, plancia_subnet_copy (g_ptr_array_index (subnets, i)));
  return copy;
}

/**
 * plancia_discovery_start:
 * @self: a discovery
 * @options: where and how; copied
 *
 * Forgets what an earlier search found. Main thread; returns at once.
 */
void
plancia_discovery_start (PlanciaDiscovery *self, const PlanciaDiscoveryOptions *options)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);
  Search *search = g_new0 (Search, 1);

  drop_search (self);
  g_ptr_array_set_size (self->findings, 0);
  self->summary = (PlanciaDiscoverySummary){.running = TRUE, .hub = options->hub};
  self->cancellable = g_cancellable_new ();
  self->mailbox = plancia_mailbox_new (NULL,
                                       CAPACITY,
                                       (GDestroyNotify) plancia_discovery_news_free,
                                       news_cb,
                                       self);
  plancia_mailbox_set_may_drop (self->mailbox, may_drop);
  if (self->worker == NULL)
    self->worker = plancia_worker_new ("discovery");

  search->options = *options;
  search->options.subnets = copy_subnets (options->subnets);
  search->options.hosts = copy_names (options->hosts);
  search->options.in_use = copy_addresses (options->in_use);
  search->mailbox = plancia_mailbox_ref (self->mailbox);
  search->cancellable = g_object_ref (self->cancellable);
  g_task_set_task_data (task, search, search_free);
  plancia_worker_run (self->worker, task, run_search);
}

/**
 * plancia_discovery_cancel:
 * @self: a discovery
 *
 * "finished" follows as soon as nothing is connected any more, within some milliseconds.
 */
void
plancia_discovery_cancel (PlanciaDiscovery *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

gboolean
plancia_discovery_is_running (PlanciaDiscovery *self)
{
  return self->summary.running;
}

const PlanciaDiscoverySummary *
plancia_discovery_get_summary (PlanciaDiscovery *self)
{
  return &self->summary;
}

GPtrArray *
plancia_discovery_get_findings (PlanciaDiscovery *self)
{
  return self->findings;
}

/* --- a serial port --------------------------------------------------------------------------- */

static PlanciaFindingState
port_state (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return PLANCIA_FINDING_FORBIDDEN;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY))
    return PLANCIA_FINDING_BUSY;
  if (error->domain == G_IO_ERROR && error->code != G_IO_ERROR_TIMED_OUT)
    return PLANCIA_FINDING_ABSENT;
  return PLANCIA_FINDING_SILENT;
}

static void
run_port (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  PlanciaFinding *finding = plancia_finding_copy (data);
  g_autoptr (GError) error = NULL;

  plancia_identity_clear (&finding->identity);
  if (plancia_identify_serial (finding->where,
                               SERIAL_TIMEOUT,
                               &finding->identity,
                               cancellable,
                               &error))
    finding->state = PLANCIA_FINDING_ANSWERED;
  else
    finding->state = port_state (error);
  plancia_finding_make_address (finding);
  g_task_return_pointer (task, finding, (GDestroyNotify) plancia_finding_unref);
}

static void
port_tried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlanciaDiscovery *self = PLANCIA_DISCOVERY (source);
  g_autoptr (PlanciaFinding) finding = g_task_propagate_pointer (G_TASK (result), NULL);
  guint index;

  /* Cancelled, or another search has begun. */
  if (finding == NULL || !find_index (self, finding->id, &index) ||
      !g_str_equal (finding->where,
                    ((PlanciaFinding *) g_ptr_array_index (self->findings, index))->where))
    return;
  take_finding (self, finding);
}

/**
 * plancia_discovery_try_port:
 * @self: a discovery
 * @id: of a serial port that was found
 *
 * Opens it and reads, as a person asked for. Ports are tried one after the other.
 */
void
plancia_discovery_try_port (PlanciaDiscovery *self, guint id)
{
  g_autoptr (GTask) task = NULL;
  guint index;

  g_return_if_fail (find_index (self, id, &index));
  if (self->port_worker == NULL)
    self->port_worker = plancia_worker_new ("discovery-port");
  task = g_task_new (self, NULL, port_tried_cb, NULL);
  g_task_set_task_data (task,
                        plancia_finding_ref (g_ptr_array_index (self->findings, index)),
                        (GDestroyNotify) plancia_finding_unref);
  plancia_worker_run (self->port_worker, task, run_port);
}
