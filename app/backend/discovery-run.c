/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/discovery-private.h"

#include "backend/neighbours.h"
#include "backend/serial-candidates.h"
#include "base/clock.h"

#define WITHOUT_HUB    2   /* the first ports */
#define MANY           256 /* connections under way: descriptors are not without end */
#define PROGRESS_PAUSE 50

void
plancia_discovery_news_free (PlanciaDiscoveryNews *self)
{
  g_clear_pointer (&self->finding, plancia_finding_unref);
  g_free (self);
}

static gint64
elapsed (PlanciaSearch *self)
{
  return plancia_clock_monotonic () - self->begun;
}

/* --- telling --------------------------------------------------------------------------------- */

static void
post (PlanciaSearch *self, PlanciaFinding *finding)
{
  PlanciaDiscoveryNews *news = g_new0 (PlanciaDiscoveryNews, 1);

  self->summary.elapsed = elapsed (self);
  self->summary.asking = self->pool != NULL ? plancia_ask_pool_get_pending (self->pool) : 0;
  news->summary = self->summary;
  news->finding = finding;
  plancia_mailbox_post (self->mailbox, news);
}

static void
post_progress (PlanciaSearch *self)
{
  gint64 now = plancia_clock_monotonic ();

  if (now - self->told < PROGRESS_PAUSE)
    return;
  self->told = now;
  post (self, NULL);
}

/* The kernel has seen it; what a logger says of itself may be a proxy's invention. */
static void
add_mac (PlanciaFinding *finding)
{
  g_autoptr (PlanciaNeighbours) neighbours = NULL;
  const char *mac;
  guint32     address;

  if (!plancia_ipv4_parse (finding->where, &address))
    return;
  neighbours = plancia_neighbours_read ();
  mac = plancia_neighbours_find (neighbours, address);
  if (mac == NULL)
    return;
  g_free (finding->mac);
  finding->mac = g_strdup (mac);
}

/* Takes the finding; nobody else has it yet. */
void
plancia_search_emit (PlanciaSearch *self, PlanciaFinding *finding)
{
  if (finding->id == 0)
    finding->id = ++self->next_id;
  if (finding->elapsed == 0)
    finding->elapsed = elapsed (self);
  add_mac (finding);
  plancia_finding_make_address (finding);
  post (self, finding);
}

/* --- the course of it ------------------------------------------------------------------------ */

static void
call_everybody (PlanciaSearch *self)
{
  GHashTableIter iter;
  gpointer       value;

  for (guint i = 0; self->call != NULL && i < self->broadcasts->len; i++)
    plancia_logger_call_send (self->call, g_array_index (self->broadcasts, guint32, i));
  if (self->call == NULL)
    return;
  g_hash_table_iter_init (&iter, self->hosts);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    PlanciaSearchHost *host = value;

    if (host->called && !host->answered)
      plancia_logger_call_send (self->call, host->address);
    else if (host->named)
      plancia_search_call_host (self, host);
  }
}

/* When the loop has to turn by itself. */
static gint64
call_due (PlanciaSearch *self)
{
  gint64 due = self->call_end;

  if (self->call_again != 0)
    due = MIN (due, self->call_again);
  for (guint i = 0; i < self->waiting->len; i++)
    due = MIN (due, ((PlanciaSearchHost *) g_ptr_array_index (self->waiting, i))->ask_at);
  return due;
}

static void
do_what_is_due (PlanciaSearch *self)
{
  gint64 now = plancia_clock_monotonic ();

  if (self->call_again != 0 && now >= self->call_again) {
    self->call_again = 0;
    call_everybody (self);
  }
  for (guint i = 0; i < self->waiting->len;) {
    PlanciaSearchHost *host = g_ptr_array_index (self->waiting, i);

    if (now < host->ask_at) {
      i++;
      continue;
    }
    g_ptr_array_remove_index_fast (self->waiting, i);
    plancia_search_ask_stick (self, host);
  }
}

static gboolean
is_busy (PlanciaSearch *self)
{
  return plancia_port_sweep_get_pending (self->sweep) > 0 ||
         plancia_ask_pool_get_pending (self->pool) > 0 || self->waiting->len > 0 ||
         (self->call != NULL && plancia_clock_monotonic () < self->call_end);
}

static void
add_polled (GArray *polled, int descriptor)
{
  GPollFD wanted = {descriptor, G_IO_IN, 0};

  g_array_append_val (polled, wanted);
}

static void
wait_for_something (PlanciaSearch *self, GArray *polled)
{
  GPollFD stop = {-1, 0, 0};
  gint64  due;
  guint   first;

  g_array_set_size (polled, 0);
  g_cancellable_make_pollfd (self->cancellable, &stop);
  g_array_append_val (polled, stop);
  add_polled (polled, plancia_ask_pool_get_fd (self->pool));
  add_polled (polled, self->call != NULL ? plancia_logger_call_get_fd (self->call) : -1);
  first = polled->len;
  due = plancia_port_sweep_prepare (self->sweep, polled);
  if (self->call != NULL)
    due = MIN (due, call_due (self));
  g_poll ((GPollFD *) (void *) polled->data,
          polled->len,
          (int) CLAMP (due - plancia_clock_monotonic (), 0, 1000));
  if (stop.fd >= 0)
    g_cancellable_release_fd (self->cancellable);
  plancia_port_sweep_handle (self->sweep, polled, first);
}

static void
list_serial_ports (PlanciaSearch *self)
{
  g_autoptr (GPtrArray) list = plancia_serial_candidates_list ();

  self->summary.serial = list->len;
  for (guint i = 0; i < list->len; i++) {
    PlanciaFinding *finding = g_ptr_array_index (list, i);

    self->summary.serial_denied += finding->state == PLANCIA_FINDING_FORBIDDEN ? 1 : 0;
    plancia_search_emit (self, plancia_finding_ref (finding));
  }
}

static void
search (PlanciaSearch *self)
{
  g_autoptr (GArray) polled = g_array_new (FALSE, FALSE, sizeof (GPollFD));
  gboolean listed = !self->options->serial;

  call_everybody (self);
  while (is_busy (self) && !g_cancellable_is_cancelled (self->cancellable)) {
    wait_for_something (self, polled);
    plancia_search_take_calls (self);
    plancia_search_settle_doubtful (self);
    plancia_search_take_asked (self);
    do_what_is_due (self);
    /* By now everybody has been spoken to, and the network needs its time anyway. */
    if (!listed)
      list_serial_ports (self);
    listed = TRUE;
    post_progress (self);
  }
  if (!listed && !g_cancellable_is_cancelled (self->cancellable))
    list_serial_ports (self);
}

static gboolean
resolve (const char *name, guint32 *address, GCancellable *cancellable)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  GList   *found = NULL;
  gboolean right = FALSE;

  if (plancia_ipv4_parse (name, address))
    return TRUE;
  found = g_resolver_lookup_by_name_with_flags (resolver,
                                                name,
                                                G_RESOLVER_NAME_LOOKUP_FLAGS_IPV4_ONLY,
                                                cancellable,
                                                NULL);
  if (found != NULL) {
    g_autofree char *text = g_inet_address_to_string (found->data);

    right = plancia_ipv4_parse (text, address);
  }
  g_resolver_free_addresses (found);
  return right;
}

static void
add_named (PlanciaSearch *self, const char *name)
{
  guint32            address;
  PlanciaSearchHost *host;

  if (!resolve (name, &address, self->cancellable)) {
    PlanciaFinding *finding = plancia_finding_new (PLANCIA_FINDING_HOST, name);

    self->summary.unresolved++;
    finding->state = PLANCIA_FINDING_ABSENT;
    plancia_search_emit (self, finding);
    return;
  }
  host = plancia_search_ensure_host (self, address);
  host->named = TRUE;
  if (host->idle)
    plancia_search_go_on (self, host);
}

/* A stick may refuse a second connection, a HUB throws the first one out for it. */
static void
mark_in_use (PlanciaSearch *self)
{
  GPtrArray *in_use = self->options->in_use;

  for (guint i = 0; in_use != NULL && i < in_use->len; i++) {
    PlanciaAddress *one = g_ptr_array_index (in_use, i);
    const char     *name = plancia_address_get_host (one);
    guint32         address;

    if (name != NULL && resolve (name, &address, self->cancellable))
      plancia_search_mark_in_use (self, address, one);
  }
}

static void
add_hosts (PlanciaSearch *self)
{
  const char *const *hosts = self->options->hosts;
  GPtrArray         *subnets = self->options->subnets;

  for (guint i = 0; hosts != NULL && hosts[i] != NULL; i++)
    add_named (self, hosts[i]);
  for (guint i = 0; subnets != NULL && i < subnets->len; i++) {
    const PlanciaSubnet *subnet = g_ptr_array_index (subnets, i);

    for (guint k = 0; k < plancia_subnet_count (subnet); k++) {
      PlanciaSearchHost *host = plancia_search_ensure_host (self, plancia_subnet_get (subnet, k));

      if (host->idle)
        plancia_search_go_on (self, host);
    }
  }
}

static void
begin (PlanciaSearch *self)
{
  g_autoptr (GError) error = NULL;

  self->timeout = self->options->timeout > 0 ? self->options->timeout : PLANCIA_DISCOVERY_TIMEOUT;
  self->n_ports = self->options->hub ? PLANCIA_SEARCH_PORTS : WITHOUT_HUB;
  self->begun = plancia_clock_monotonic ();
  self->summary.running = TRUE;
  self->summary.hub = self->options->hub;
  self->hosts = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) plancia_search_host_free);
  self->in_use = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);
  self->doubtful = g_ptr_array_new ();
  self->waiting = g_ptr_array_new ();
  self->sweep = plancia_port_sweep_new (self->timeout, MANY, plancia_search_port_tried, self);
  self->pool = plancia_ask_pool_new (self->cancellable);
  self->broadcasts = self->options->subnets != NULL
                       ? plancia_subnet_list_broadcasts (self->options->subnets)
                       : g_array_new (FALSE, FALSE, sizeof (guint32));
  mark_in_use (self);
  add_hosts (self);
  if (g_hash_table_size (self->hosts) == 0)
    return;
  plancia_ask_pool_prepare (self->pool);
  self->call = plancia_logger_call_new (&error);
  if (self->call == NULL)
    g_message ("%s", error->message);
  self->summary.no_call = self->call == NULL;
  self->call_again = plancia_clock_monotonic () + self->timeout / 2;
  self->call_end = plancia_clock_monotonic () + self->timeout * 3 / 2;
}

static void
end (PlanciaSearch *self)
{
  /* Whoever listens hears of the end when nothing is connected any more. */
  g_clear_pointer (&self->sweep, plancia_port_sweep_free);
  g_clear_pointer (&self->pool, plancia_ask_pool_free);
  self->summary.cancelled = g_cancellable_is_cancelled (self->cancellable);
  self->summary.running = FALSE;
  post (self, NULL);
  g_clear_pointer (&self->call, plancia_logger_call_free);
  g_array_unref (self->broadcasts);
  g_ptr_array_unref (self->doubtful);
  g_ptr_array_unref (self->waiting);
  g_hash_table_unref (self->hosts);
  g_hash_table_unref (self->in_use);
}

/**
 * plancia_discovery_run:
 * @options: where and how
 * @mailbox: gets the news
 * @cancellable: to stop
 *
 * Polls sockets until all is tried and everybody was asked. Ends promptly when cancelled.
 */
void
plancia_discovery_run (const PlanciaDiscoveryOptions *options,
                       PlanciaMailbox                *mailbox,
                       GCancellable                  *cancellable)
{
  PlanciaSearch self = {.options = options, .mailbox = mailbox, .cancellable = cancellable};

  begin (&self);
  search (&self);
  end (&self);
}
