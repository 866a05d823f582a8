/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "link/link-shared.h"
#include "link/links.h"
#include "protocol/modbus-pdu.h"

/* An Ethernet stick whose framing nobody knows: sources disagree, and firmwares differ. Each framing
 * is tried on a connection of its own with a harmless read; a well-framed answer, be it an exception,
 * decides. Order and probe: field notes on LSE-3 sticks, Modbus TCP being the likely one. */

/* One read of the serial number's first register. */
#define PROBE_ADDRESS 0x0445
/* A wrong framing is met with silence, so that a probe should not wait for ever. */
#define PROBE_TIMEOUT 5000
/* After so many failures in a row the next opening looks again. */
#define FAILURES_TO_FORGET 3
/* Index of the framing that is recognised by its answer to another one's probe. */
#define FRAMING_MODBUS_TCP 0

#define PLANCIA_TYPE_LINK_AUTO (plancia_link_auto_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaLinkAuto, plancia_link_auto, PLANCIA, LINK_AUTO, GObject)

struct _PlanciaLinkAuto
{
  GObject parent_instance;

  char        *host;
  guint16      port;
  guint        timeout;
  guint8       unit;
  PlanciaLink *settled;
  int          framing; /* index; -1: not known */
  guint        failures;

  PlanciaLinkObserver observer; /* of whatever link is under this one */
  gpointer            observer_data;
};

static void plancia_link_auto_link_init (PlanciaLinkInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlanciaLinkAuto,
                               plancia_link_auto,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PLANCIA_TYPE_LINK,
                                                      plancia_link_auto_link_init))

static PlanciaLink *
new_modbus_tcp (PlanciaLinkAuto *self, guint timeout)
{
  return plancia_link_modbus_tcp_new (self->host, self->port, timeout);
}

static PlanciaLink *
new_solarman (PlanciaLinkAuto *self, guint timeout)
{
  return plancia_link_solarman_new (self->host, self->port, 0, timeout);
}

static PlanciaLink *
new_rtu_over_tcp (PlanciaLinkAuto *self, guint timeout)
{
  return plancia_link_rtu_over_tcp_new (self->host, self->port, timeout);
}

/* In the order in which they are tried. option: as in an address. */
static const struct
{
  const char *name;
  const char *option;
  PlanciaLink *(*make) (PlanciaLinkAuto *self, guint timeout);
} framings[] = {
  {"Modbus TCP",   "tcp", new_modbus_tcp  },
  {"Solarman V5",  "v5",  new_solarman    },
  {"RTU over TCP", "rtu", new_rtu_over_tcp},
};

/* A failure after which another framing is not worth a try: there is nobody to talk to. */
static gboolean
is_hopeless (const GError *error)
{
  return error->domain == G_IO_ERROR &&
         (error->code == G_IO_ERROR_CANCELLED || error->code == G_IO_ERROR_CONNECTION_REFUSED ||
          error->code == G_IO_ERROR_HOST_UNREACHABLE ||
          error->code == G_IO_ERROR_NETWORK_UNREACHABLE ||
          error->code == G_IO_ERROR_HOST_NOT_FOUND);
}

/* A well-framed answer, an exception or the logger's own complaint all show the framing. */
static gboolean
speaks (PlanciaLinkAuto *self, PlanciaLink *link, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes)
    request = plancia_modbus_pdu_read (PLANCIA_MODBUS_READ_HOLDING, PROBE_ADDRESS, 1);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) local = NULL;

  answer = plancia_link_transact (link, self->unit, request, cancellable, &local);
  if (answer != NULL || local->domain == PLANCIA_MODBUS_ERROR ||
      g_error_matches (local, PLANCIA_PROTOCOL_ERROR, PLANCIA_PROTOCOL_ERROR_LOGGER))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static void
settle_on (PlanciaLinkAuto *self, int framing)
{
  g_clear_object (&self->settled);
  self->settled = framings[framing].make (self, self->timeout);
  plancia_link_set_observer (self->settled, self->observer, self->observer_data);
  self->framing = framing;
  self->failures = 0;
}

/* The framing that a probe showed; -1: another one is to be tried. */
static int
probe (PlanciaLinkAuto *self, int framing, GCancellable *cancellable, GError **error)
{
  g_autoptr (PlanciaLink) link = framings[framing].make (self, MIN (self->timeout, PROBE_TIMEOUT));
  g_autoptr (GError) local = NULL;
  int found = -1;

  plancia_link_set_observer (link, self->observer, self->observer_data);
  if (speaks (self, link, cancellable, &local))
    found = framing;
  else if (g_error_matches (local, PLANCIA_PROTOCOL_ERROR, PLANCIA_PROTOCOL_ERROR_UNSUPPORTED))
    found = FRAMING_MODBUS_TCP;
  plancia_link_close (link);
  if (found < 0)
    g_propagate_error (error, g_steal_pointer (&local));
  return found;
}

static gboolean
settle (PlanciaLinkAuto *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) first = NULL;

  for (int i = 0; i < (int) G_N_ELEMENTS (framings); i++) {
    g_autoptr (GError) local = NULL;
    int found = probe (self, i, cancellable, &local);

    if (found >= 0) {
      settle_on (self, found);
      g_info ("%s port %u speaks %s", self->host, self->port, framings[found].name);
      return TRUE;
    }
    if (is_hopeless (local)) {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
    if (first == NULL)
      first = g_steal_pointer (&local);
  }
  g_propagate_prefixed_error (error, g_steal_pointer (&first), "no framing was answered: ");
  return FALSE;
}

static gboolean
plancia_link_auto_open (PlanciaLink *link, GCancellable *cancellable, GError **error)
{
  PlanciaLinkAuto *self = PLANCIA_LINK_AUTO (link);

  if (self->failures >= FAILURES_TO_FORGET) {
    g_clear_object (&self->settled);
    self->framing = -1;
    self->failures = 0;
  }
  if (self->settled == NULL && !settle (self, cancellable, error))
    return FALSE;
  return plancia_link_open (self->settled, cancellable, error);
}

static GBytes *
plancia_link_auto_transact (PlanciaLink  *link,
                            guint8        unit,
                            GBytes       *pdu,
                            GCancellable *cancellable,
                            GError      **error)
{
  PlanciaLinkAuto *self = PLANCIA_LINK_AUTO (link);
  GBytes          *answer;

  if (self->settled == NULL && !plancia_link_auto_open (link, cancellable, error))
    return NULL;
  answer = plancia_link_transact (self->settled, unit, pdu, cancellable, error);
  self->failures = answer != NULL ? 0 : self->failures + 1;
  return answer;
}

static void
plancia_link_auto_close (PlanciaLink *link)
{
  PlanciaLinkAuto *self = PLANCIA_LINK_AUTO (link);

  if (self->settled != NULL)
    plancia_link_close (self->settled);
}

static void
plancia_link_auto_set_observer (PlanciaLink *link, PlanciaLinkObserver observer, gpointer user_data)
{
  PlanciaLinkAuto *self = PLANCIA_LINK_AUTO (link);

  self->observer = observer;
  self->observer_data = user_data;
  if (self->settled != NULL)
    plancia_link_set_observer (self->settled, observer, user_data);
}

static void
plancia_link_auto_link_init (PlanciaLinkInterface *iface)
{
  iface->open = plancia_link_auto_open;
  iface->transact = plancia_link_auto_transact;
  iface->close = plancia_link_auto_close;
  iface->set_observer = plancia_link_auto_set_observer;
}

static void
plancia_link_auto_finalize (GObject *object)
{
  PlanciaLinkAuto *self = PLANCIA_LINK_AUTO (object);

  g_clear_object (&self->settled);
  g_free (self->host);
  G_OBJECT_CLASS (plancia_link_auto_parent_class)->finalize (object);
}

static void
plancia_link_auto_class_init (PlanciaLinkAutoClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_link_auto_finalize;
}

static void
plancia_link_auto_init (PlanciaLinkAuto *self)
{
  self->unit = 1;
  self->framing = -1;
}

/**
 * plancia_link_auto_new:
 * @host: name, IPv4 or IPv6 address
 * @timeout: milliseconds; a probe waits for at most 5000 of them
 *
 * Finds the framing when it is opened. Opens nothing now. Returns: (transfer full)
 */
PlanciaLink *
plancia_link_auto_new (const char *host, guint16 port, guint timeout)
{
  PlanciaLinkAuto *self = g_object_new (PLANCIA_TYPE_LINK_AUTO, NULL);

  self->host = g_strdup (host);
  self->port = port;
  self->timeout = timeout;
  return PLANCIA_LINK (self);
}

/**
 * plancia_link_auto_get_framing:
 * @self: any link
 *
 * "Modbus TCP", "Solarman V5" or "RTU over TCP" once it is known; NULL before, and for other links.
 * Worker of the link.
 */
const char *
plancia_link_auto_get_framing (PlanciaLink *self)
{
  int framing;

  self = plancia_link_shared_get_inner (self);
  framing = PLANCIA_IS_LINK_AUTO (self) ? PLANCIA_LINK_AUTO (self)->framing : -1;

  return framing >= 0 ? framings[framing].name : NULL;
}

/**
 * plancia_link_auto_get_option:
 * @self: any link
 *
 * As plancia_link_auto_get_framing, in the word of an address: "tcp", "v5" or "rtu".
 */
const char *
plancia_link_auto_get_option (PlanciaLink *self)
{
  int framing;

  self = plancia_link_shared_get_inner (self);
  framing = PLANCIA_IS_LINK_AUTO (self) ? PLANCIA_LINK_AUTO (self)->framing : -1;

  return framing >= 0 ? framings[framing].option : NULL;
}

/**
 * plancia_link_auto_remember:
 * @self: any link; others ignore it
 * @option: (nullable): what plancia_link_auto_get_option gave another time
 *
 * Begins with this framing instead of probing. When nothing is answered in it for a while, it is
 * looked for anew. Worker of the link, or before its first use.
 */
void
plancia_link_auto_remember (PlanciaLink *self, const char *option)
{
  self = plancia_link_shared_get_inner (self);
  if (!PLANCIA_IS_LINK_AUTO (self) || PLANCIA_LINK_AUTO (self)->settled != NULL)
    return;
  for (int i = 0; i < (int) G_N_ELEMENTS (framings); i++)
    if (g_strcmp0 (framings[i].option, option) == 0)
      settle_on (PLANCIA_LINK_AUTO (self), i);
}

/**
 * plancia_link_auto_set_unit:
 * @self: any link; others ignore it
 * @unit: that the probe asks
 *
 * A gateway without unit 1 is silent to a probe for it. Worker of the link, or before its first use.
 */
void
plancia_link_auto_set_unit (PlanciaLink *self, guint8 unit)
{
  self = plancia_link_shared_get_inner (self);
  if (PLANCIA_IS_LINK_AUTO (self))
    PLANCIA_LINK_AUTO (self)->unit = unit;
}
