/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/port-sweep.h"

#include "base/clock.h"
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* One connection that waits for its turn, is under way, or is settled and not yet told. */
typedef struct
{
  guint32          address;
  guint16          port;
  int              descriptor;
  gint64           deadline;
  PlanciaPortState state; /* UNTRIED: under way */
} Probe;

struct _PlanciaPortSweep
{
  guint           timeout;
  guint           most;
  PlanciaPortFunc func;
  gpointer        user_data;
  GQueue          waiting; /* Probe */
  GPtrArray      *probes;  /* under way, in the order of their deadlines */
};

/* With a reset instead of the usual farewell: loggers that do not look at their sockets keep one that is half closed,
 * and have five of them. */
static void
hang_up (int descriptor)
{
  const struct linger at_once = {1, 0};

  if (descriptor < 0)
    return;
  setsockopt (descriptor, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  close (descriptor);
}

static void
probe_free (gpointer data)
{
  Probe *self = data;

  hang_up (self->descriptor);
  g_free (self);
}

/**
 * plancia_port_sweep_new:
 * @timeout: ms after which a connection is given up
 * @most: how many are under way at a time
 * @func: gets each result, in the order of arrival
 * @user_data: for @func
 *
 * Returns: (transfer full): a sweep of nothing
 */
PlanciaPortSweep *
plancia_port_sweep_new (guint timeout, guint most, PlanciaPortFunc func, gpointer user_data)
{
  PlanciaPortSweep *self = g_new0 (PlanciaPortSweep, 1);

  self->timeout = timeout;
  self->most = most;
  self->func = func;
  self->user_data = user_data;
  self->probes = g_ptr_array_new_with_free_func (probe_free);
  return self;
}

/**
 * plancia_port_sweep_free:
 * @self: a sweep
 *
 * Ends at once what is under way; nothing more is told.
 */
void
plancia_port_sweep_free (PlanciaPortSweep *self)
{
  g_queue_clear_full (&self->waiting, probe_free);
  g_ptr_array_unref (self->probes);
  g_free (self);
}

void
plancia_port_sweep_add (PlanciaPortSweep *self, guint32 address, guint16 port)
{
  Probe *probe = g_new0 (Probe, 1);

  probe->address = address;
  probe->port = port;
  probe->descriptor = -1;
  g_queue_push_tail (&self->waiting, probe);
}

guint
plancia_port_sweep_get_pending (PlanciaPortSweep *self)
{
  return self->waiting.length + self->probes->len;
}

static PlanciaPortState
state_of (int number)
{
  switch (number) {
  case 0:
  case ECONNRESET: /* it was taken, and ended by now: a line that another client holds */
    return PLANCIA_PORT_OPEN;
  case EINPROGRESS:
    return PLANCIA_PORT_UNTRIED;
  case ECONNREFUSED:
    return PLANCIA_PORT_REFUSED;
  case ETIMEDOUT:
    return PLANCIA_PORT_SILENT;
  default:
    return PLANCIA_PORT_ABSENT;
  }
}

/* FALSE: there is no descriptor left, try later. */
static gboolean
start (PlanciaPortSweep *self, Probe *probe)
{
  struct sockaddr_in to = {.sin_family = AF_INET,
                           .sin_port = htons (probe->port),
                           .sin_addr.s_addr = htonl (probe->address)};

  probe->descriptor = socket (AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (probe->descriptor < 0)
    return FALSE;
  probe->deadline = plancia_clock_monotonic () + self->timeout;
  probe->state =
    state_of (connect (probe->descriptor, (struct sockaddr *) &to, sizeof to) == 0 ? 0 : errno);
  return TRUE;
}

static void
start_waiting (PlanciaPortSweep *self)
{
  while (self->probes->len < self->most && !g_queue_is_empty (&self->waiting)) {
    Probe *probe = g_queue_peek_head (&self->waiting);

    /* With nothing under way nobody else will give a descriptor back. */
    if (!start (self, probe)) {
      if (self->probes->len > 0)
        return;
      probe->state = PLANCIA_PORT_SILENT;
    }
    g_ptr_array_add (self->probes, g_queue_pop_head (&self->waiting));
  }
}

/**
 * plancia_port_sweep_prepare:
 * @self: a sweep
 * @polled: (element-type GPollFD): gets what is to be polled
 *
 * Returns: monotonic ms at which plancia_port_sweep_handle() is due, whether anything was polled or not
 */
gint64
plancia_port_sweep_prepare (PlanciaPortSweep *self, GArray *polled)
{
  gint64 due = G_MAXINT64;

  start_waiting (self);
  for (guint i = 0; i < self->probes->len; i++) {
    const Probe *probe = g_ptr_array_index (self->probes, i);
    GPollFD      wanted = {probe->descriptor, G_IO_OUT, 0};

    g_array_append_val (polled, wanted);
    due = MIN (due, probe->state == PLANCIA_PORT_UNTRIED ? probe->deadline : 0);
  }
  return due;
}

static void
look (Probe *probe, gushort revents, gint64 now)
{
  int       number = 0;
  socklen_t size = sizeof number;

  if (probe->state != PLANCIA_PORT_UNTRIED)
    return;
  if (revents != 0) {
    if (getsockopt (probe->descriptor, SOL_SOCKET, SO_ERROR, &number, &size) == 0)
      probe->state = state_of (number);
  } else if (now >= probe->deadline) {
    probe->state = PLANCIA_PORT_SILENT;
  }
}

/* What is settled leaves before it is told, so that the next connection to the host is its only one. */
static void
tell_settled (PlanciaPortSweep *self)
{
  g_autoptr (GPtrArray) settled = g_ptr_array_new_with_free_func (probe_free);

  for (guint i = 0; i < self->probes->len;) {
    Probe *probe = g_ptr_array_index (self->probes, i);

    if (probe->state == PLANCIA_PORT_UNTRIED) {
      i++;
      continue;
    }
    g_ptr_array_add (settled, g_ptr_array_steal_index (self->probes, i));
    hang_up (probe->descriptor);
    probe->descriptor = -1;
  }
  for (guint i = 0; i < settled->len; i++) {
    const Probe *probe = g_ptr_array_index (settled, i);

    self->func (probe->address, probe->port, probe->state, self->user_data);
  }
}

/**
 * plancia_port_sweep_handle:
 * @self: a sweep
 * @polled: (element-type GPollFD): as after plancia_port_sweep_prepare()
 * @first: index of the first that is the sweep's
 */
void
plancia_port_sweep_handle (PlanciaPortSweep *self, GArray *polled, guint first)
{
  gint64 now = plancia_clock_monotonic ();

  for (guint i = 0; i < self->probes->len && first + i < polled->len; i++)
    look (g_ptr_array_index (self->probes, i),
          g_array_index (polled, GPollFD, first + i).revents,
          now);
  tell_settled (self);
}
