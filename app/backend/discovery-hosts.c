/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/discovery-private.h"

#include "backend/neighbours.h"
#include "base/clock.h"

/* The stick's first: it is asked of everybody. Then Power Magic's, and the three lines of the HUB. */
static const guint16 ports[PLANCIA_SEARCH_PORTS] = {8899, 502, 55400, 55401, 55402};

#define FIRST_PORT    0
#define MODBUS_PORT   1
#define HUB_PORTS     2
#define MANY_LOGGERS  64
#define GRACE         60  /* ms for a logger to say that it is one, before it is asked on TCP */
#define CALL_WAIT     300 /* ms for an answer to a call to one host */
#define LEAST_ASKING  1500
#define ASKING_FACTOR 3

void
plancia_search_host_free (PlanciaSearchHost *self)
{
  g_clear_pointer (&self->stick, plancia_finding_unref);
  plancia_logger_reply_clear (&self->reply);
  g_free (self);
}

static void
count (PlanciaSearch *self, const PlanciaFinding *finding)
{
  PlanciaDiscoverySummary *summary = &self->summary;

  switch (finding->state) {
  case PLANCIA_FINDING_ANSWERED:
    summary->found++;
    summary->hubs += finding->kind == PLANCIA_FINDING_HUB ? 1 : 0;
    break;
  case PLANCIA_FINDING_SILENT:
  case PLANCIA_FINDING_HUNG_UP:
    summary->silent++;
    break;
  case PLANCIA_FINDING_CALL_ONLY:
    summary->call_only++;
    break;
  case PLANCIA_FINDING_NOT_OPENED:
  case PLANCIA_FINDING_IN_USE:
  case PLANCIA_FINDING_FOREIGN:
  case PLANCIA_FINDING_REFUSED:
  case PLANCIA_FINDING_ABSENT:
  case PLANCIA_FINDING_FORBIDDEN:
  case PLANCIA_FINDING_BUSY:
  default:
    break;
  }
  summary->lines_held += plancia_finding_count_lines (finding, PLANCIA_HUB_ANSWER_HELD);
  summary->lines_closed += plancia_finding_count_lines (finding, PLANCIA_HUB_ANSWER_CLOSED);
}

static PlanciaFinding *
new_finding (PlanciaSearchHost *host, PlanciaFindingKind kind, guint16 port)
{
  g_autofree char *where = plancia_ipv4_to_string (host->address);
  PlanciaFinding  *finding = plancia_finding_new (kind, where);

  finding->port = port;
  finding->called = host->answered;
  if (host->answered) {
    finding->mac = g_strdup (host->reply.mac);
    finding->name = g_strdup (host->reply.name);
    finding->identity.logger = host->reply.serial;
  }
  return finding;
}

static PlanciaSearchHost *
find_host (PlanciaSearch *self, guint32 address)
{
  return g_hash_table_lookup (self->hosts, GUINT_TO_POINTER (address));
}

/* The lines of a HUB are one place: who uses one of them has been through with the others. */
static gboolean
leads_to (PlanciaAddress *place, guint index)
{
  if (plancia_address_get_kind (place) == PLANCIA_ADDRESS_HUB)
    return index >= HUB_PORTS;
  return plancia_address_get_port (place) == ports[index];
}

/* What this program is connected to at the port, or NULL. */
static PlanciaAddress *
find_in_use (PlanciaSearchHost *host, guint index)
{
  for (guint i = 0; host->in_use != NULL && i < host->in_use->len; i++)
    if (leads_to (g_ptr_array_index (host->in_use, i), index))
      return g_ptr_array_index (host->in_use, i);
  return NULL;
}

void
plancia_search_mark_in_use (PlanciaSearch *self, guint32 address, PlanciaAddress *place)
{
  gpointer   key = GUINT_TO_POINTER (address);
  GPtrArray *places = g_hash_table_lookup (self->in_use, key);

  if (places == NULL) {
    places = g_ptr_array_new ();
    g_hash_table_insert (self->in_use, key, places);
  }
  g_ptr_array_add (places, place);
}

PlanciaSearchHost *
plancia_search_ensure_host (PlanciaSearch *self, guint32 address)
{
  PlanciaSearchHost *host = find_host (self, address);

  if (host != NULL)
    return host;
  host = g_new0 (PlanciaSearchHost, 1);
  host->address = address;
  host->in_use = g_hash_table_lookup (self->in_use, GUINT_TO_POINTER (address));
  host->idle = TRUE;
  g_hash_table_insert (self->hosts, GUINT_TO_POINTER (address), host);
  self->summary.addresses++;
  return host;
}

void
plancia_search_call_host (PlanciaSearch *self, PlanciaSearchHost *host)
{
  if (host->called || self->call == NULL)
    return;
  host->called = TRUE;
  plancia_logger_call_send (self->call, host->address);
  self->call_end = MAX (self->call_end, plancia_clock_monotonic () + CALL_WAIT);
}

static void
mark_existing (PlanciaSearch *self, PlanciaSearchHost *host)
{
  self->summary.hosts += host->exists ? 0 : 1;
  host->exists = TRUE;
}

static void
tell_not (PlanciaSearch      *self,
          PlanciaSearchHost  *host,
          PlanciaFindingKind  kind,
          PlanciaFindingState state,
          guint16             port)
{
  PlanciaFinding *finding = new_finding (host, kind, port);

  host->told = TRUE;
  finding->state = state;
  count (self, finding);
  plancia_search_emit (self, finding);
}

/* What is to be said of a host that nothing more will come of. */
static void
give_up (PlanciaSearch *self, PlanciaSearchHost *host)
{
  gboolean closed = TRUE;

  host->idle = TRUE;
  if (host->next == 0)
    return;
  for (guint i = HUB_PORTS; i < self->n_ports; i++)
    closed &= host->states[i] == PLANCIA_PORT_REFUSED;
  if (closed && self->n_ports > HUB_PORTS)
    self->summary.hubs_closed++;
  if (host->told)
    return;
  if (host->answered && host->states[FIRST_PORT] != PLANCIA_PORT_OPEN)
    tell_not (self, host, PLANCIA_FINDING_STICK, PLANCIA_FINDING_CALL_ONLY, ports[FIRST_PORT]);
  else if (host->named && !host->opened)
    tell_not (self,
              host,
              PLANCIA_FINDING_HOST,
              host->exists ? PLANCIA_FINDING_REFUSED : PLANCIA_FINDING_ABSENT,
              0);
}

void
plancia_search_ask_stick (PlanciaSearch *self, PlanciaSearchHost *host)
{
  host->ask_at = 0;
  plancia_ask_pool_ask (self->pool,
                        new_finding (host, PLANCIA_FINDING_STICK, ports[FIRST_PORT]),
                        MAX (self->timeout * ASKING_FACTOR, LEAST_ASKING));
}

/* A logger that says so at once is asked in its own framing, which saves a time-out. */
static void
ask_stick_soon (PlanciaSearch *self, PlanciaSearchHost *host)
{
  if (host->answered || self->call == NULL) {
    plancia_search_ask_stick (self, host);
    return;
  }
  host->ask_at = plancia_clock_monotonic () + GRACE;
  g_ptr_array_add (self->waiting, host);
}

static void
ask_modbus (PlanciaSearch *self, PlanciaSearchHost *host)
{
  plancia_ask_pool_ask (self->pool,
                        new_finding (host, PLANCIA_FINDING_MODBUS, ports[MODBUS_PORT]),
                        MAX (self->timeout * ASKING_FACTOR, LEAST_ASKING));
}

static PlanciaHubAnswer
answer_of (PlanciaPortState state)
{
  switch (state) {
  case PLANCIA_PORT_OPEN:
    return PLANCIA_HUB_ANSWER_OPEN;
  case PLANCIA_PORT_REFUSED:
    return PLANCIA_HUB_ANSWER_CLOSED;
  case PLANCIA_PORT_UNTRIED:
  case PLANCIA_PORT_SILENT:
  case PLANCIA_PORT_ABSENT:
  default:
    return PLANCIA_HUB_ANSWER_SILENT;
  }
}

/* FALSE: it has no line that is open. */
static gboolean
ask_hub (PlanciaSearch *self, PlanciaSearchHost *host)
{
  g_autoptr (PlanciaFinding) finding = new_finding (host, PLANCIA_FINDING_HUB, ports[HUB_PORTS]);

  for (guint i = 0; i < PLANCIA_HUB_LINES; i++)
    finding->lines[i] = answer_of (host->states[HUB_PORTS + i]);
  if (plancia_finding_count_lines (finding, PLANCIA_HUB_ANSWER_OPEN) == 0)
    return FALSE;
  plancia_ask_pool_ask (self->pool,
                        g_steal_pointer (&finding),
                        MAX (self->timeout * ASKING_FACTOR, LEAST_ASKING));
  return TRUE;
}

static PlanciaFindingKind
kind_of (PlanciaAddress *place)
{
  switch (plancia_address_get_kind (place)) {
  case PLANCIA_ADDRESS_ETH_STICK:
    return PLANCIA_FINDING_ETH_STICK;
  case PLANCIA_ADDRESS_WIFI_STICK:
    return PLANCIA_FINDING_WIFI_STICK;
  case PLANCIA_ADDRESS_HUB:
    return PLANCIA_FINDING_HUB;
  case PLANCIA_ADDRESS_POWER_MAGIC:
  case PLANCIA_ADDRESS_PSC:
  case PLANCIA_ADDRESS_MODBUS_TCP:
  case PLANCIA_ADDRESS_RS485:
  case PLANCIA_ADDRESS_CONNEXT:
  case PLANCIA_ADDRESS_PORTAL:
  case PLANCIA_ADDRESS_SYSTEM:
  default:
    return PLANCIA_FINDING_MODBUS;
  }
}

/* What kind_of does not tell apart. */
static const char *
model_of (PlanciaAddress *place)
{
  switch (plancia_address_get_kind (place)) {
  case PLANCIA_ADDRESS_PSC:
    return "PSC 100";
  case PLANCIA_ADDRESS_MODBUS_TCP:
    return "Modbus TCP";
  case PLANCIA_ADDRESS_ETH_STICK:
  case PLANCIA_ADDRESS_WIFI_STICK:
  case PLANCIA_ADDRESS_HUB:
  case PLANCIA_ADDRESS_POWER_MAGIC:
  case PLANCIA_ADDRESS_RS485:
  case PLANCIA_ADDRESS_CONNEXT:
  case PLANCIA_ADDRESS_PORTAL:
  case PLANCIA_ADDRESS_SYSTEM:
  default:
    return NULL;
  }
}

/* A port that this program is connected to counts as tried; what is there is known from the plant and from what it says to the
 * call. */
static void
pass_over (PlanciaSearch *self, PlanciaSearchHost *host, PlanciaAddress *place)
{
  guint           index = host->next++;
  PlanciaFinding *finding;

  self->summary.tried += index == FIRST_PORT ? 1 : 0;
  if (index > HUB_PORTS)
    return;
  finding = new_finding (host, kind_of (place), ports[index]);
  finding->state = PLANCIA_FINDING_IN_USE;
  finding->identity.model = g_strdup (model_of (place));
  if (finding->identity.logger == 0)
    finding->identity.logger = plancia_address_get_serial (place);
  host->told = TRUE;
  mark_existing (self, host);
  plancia_search_call_host (self, host);
  plancia_search_emit (self, plancia_finding_ref (finding));
  if (index == FIRST_PORT)
    host->stick = finding;
  else
    plancia_finding_unref (finding);
}

/* The next port, unless there is somebody to be asked at the last one: never two connections to one host. */
void
plancia_search_go_on (PlanciaSearch *self, PlanciaSearchHost *host)
{
  PlanciaAddress *place;

  host->idle = FALSE;
  while (host->next < self->n_ports && (place = find_in_use (host, host->next)) != NULL)
    pass_over (self, host, place);
  if (host->next < self->n_ports)
    plancia_port_sweep_add (self->sweep, host->address, ports[host->next]);
  else
    give_up (self, host);
}

static void
after_port (PlanciaSearch *self, PlanciaSearchHost *host, guint index, PlanciaPortState state)
{
  gboolean open = state == PLANCIA_PORT_OPEN;

  if (index == FIRST_PORT && open)
    ask_stick_soon (self, host);
  else if (index == FIRST_PORT && state == PLANCIA_PORT_SILENT && !host->exists && !host->named)
    g_ptr_array_add (self->doubtful, host);
  else if (state == PLANCIA_PORT_ABSENT && !host->named)
    give_up (self, host);
  else if (index == MODBUS_PORT && open)
    ask_modbus (self, host);
  else if (index != PLANCIA_SEARCH_PORTS - 1 || !ask_hub (self, host))
    plancia_search_go_on (self, host);
}

void
plancia_search_port_tried (guint32          address,
                           guint16          port,
                           PlanciaPortState state,
                           gpointer         user_data)
{
  PlanciaSearch     *self = user_data;
  PlanciaSearchHost *host = find_host (self, address);
  guint              index = host->next++;

  host->states[index] = state;
  host->opened |= state == PLANCIA_PORT_OPEN;
  self->summary.tried += index == FIRST_PORT ? 1 : 0;
  if (state == PLANCIA_PORT_OPEN || state == PLANCIA_PORT_REFUSED) {
    mark_existing (self, host);
    plancia_search_call_host (self, host);
  }
  after_port (self, host, index, state);
}

/* A host may drop what it does not like, and be there all the same: the kernel has its MAC then. */
void
plancia_search_settle_doubtful (PlanciaSearch *self)
{
  g_autoptr (PlanciaNeighbours) neighbours = NULL;

  if (self->doubtful->len == 0)
    return;
  neighbours = plancia_neighbours_read ();
  for (guint i = 0; i < self->doubtful->len; i++) {
    PlanciaSearchHost *host = g_ptr_array_index (self->doubtful, i);

    if (host->exists || plancia_neighbours_find (neighbours, host->address) != NULL) {
      mark_existing (self, host);
      plancia_search_go_on (self, host);
    } else {
      give_up (self, host);
    }
  }
  g_ptr_array_set_size (self->doubtful, 0);
}

/* --- answers --------------------------------------------------------------------------------- */

/* The call was answered after the stick had told who it is. */
static void
complete_stick (PlanciaSearch *self, PlanciaSearchHost *host)
{
  PlanciaFinding *finding;

  if (host->stick == NULL || (host->stick->identity.logger != 0 && host->stick->called))
    return;
  finding = plancia_finding_copy (host->stick);
  finding->called = TRUE;
  if (finding->mac == NULL)
    finding->mac = g_strdup (host->reply.mac);
  if (finding->identity.logger == 0)
    finding->identity.logger = host->reply.serial;
  plancia_finding_unref (host->stick);
  host->stick = plancia_finding_ref (finding);
  plancia_search_emit (self, finding);
}

static void
logger_answered (PlanciaSearch *self, guint32 address, PlanciaLoggerReply *reply)
{
  PlanciaSearchHost *host;

  if (find_host (self, address) == NULL && self->n_loggers >= MANY_LOGGERS)
    return;
  host = plancia_search_ensure_host (self, address);
  if (host->answered)
    return;
  self->n_loggers++;
  host->answered = TRUE;
  host->reply = *reply;
  *reply = (PlanciaLoggerReply){0};
  mark_existing (self, host);
  if (host->ask_at != 0)
    host->ask_at = plancia_clock_monotonic ();
  else if (host->idle)
    plancia_search_go_on (self, host);
  complete_stick (self, host);
}

void
plancia_search_take_calls (PlanciaSearch *self)
{
  while (self->call != NULL) {
    g_auto (PlanciaLoggerReply) reply = {0};
    guint32 address;

    if (!plancia_logger_call_receive (self->call, &address, &reply))
      return;
    logger_answered (self, address, &reply);
  }
}

void
plancia_search_take_asked (PlanciaSearch *self)
{
  PlanciaFinding *finding;

  while ((finding = plancia_ask_pool_take (self->pool)) != NULL) {
    PlanciaSearchHost *host;
    guint32            address = 0;

    plancia_ipv4_parse (finding->where, &address);
    host = find_host (self, address);
    if (finding->kind <= PLANCIA_FINDING_ETH_STICK) {
      g_clear_pointer (&host->stick, plancia_finding_unref);
      host->stick = plancia_finding_ref (finding);
    }
    count (self, finding);
    plancia_search_emit (self, finding);
    if (host->answered)
      complete_stick (self, host);
    plancia_search_go_on (self, host);
  }
}
