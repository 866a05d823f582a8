/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/serve-portal.h"

#include <libsoup/soup.h>
#include <string.h>

#include "base/acceptor.h"
#include "base/clock.h"
#include "simulator/portal-answer.h"
#include "simulator/portal-control.h"
#include "simulator/scenario-device.h"
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

/* ms */
#define SLOW_DELAY 2000
/* s, which a client that is told to wait should wait. */
#define RETRY_AFTER "5"
/* Requests a minute, when the fault says that there is a limit. */
#define FEW_REQUESTS 10
/* libsoup has no name for it. */
#define TOO_MANY_REQUESTS 429
/* Bytes of an answer that no client should take whole. */
#define HUGE_BODY (34 * 1024 * 1024)
#define RESOURCES "/io/github/plancia/Plancia/scenarios/"

/* As a customer has seen it, in our words. */
#define PAGE_502                                                                        \
  "<html><head>\n<title>502 Proxy Error</title>\n</head><body>\n<h1>Proxy Error</h1>\n" \
  "<p>The proxy server could not handle the request (simulated).</p>\n</body></html>\n"
#define PAGE_503 "<html><head><title>503 Service Unavailable</title></head></html>\n"

struct _PlanciaPortalServer
{
  PlanciaStation           *station; /* borrowed */
  SoupServer               *server;
  PlanciaAcceptor          *acceptor;
  char                     *url;
  PlanciaPortalAccountState account;
  GPtrArray                *paused;  /* Paused */
  GArray                   *moments; /* gint64, monotonic ms: of the requests of the last minute */
  guint                     requests;
};

/* An answer that waits; without a source for ever. */
typedef struct
{
  PlanciaPortalServer *portal;
  SoupServerMessage   *message;
  GSource             *source;
} Paused;

static void
paused_free (gpointer data)
{
  Paused *self = data;

  if (self->source != NULL) {
    g_source_destroy (self->source);
    g_source_unref (self->source);
  }
  g_object_unref (self->message);
  g_free (self);
}

static gboolean
resume (gpointer data)
{
  Paused *self = data;

  soup_server_message_unpause (self->message);
  g_ptr_array_remove_fast (self->portal->paused, self);
  return G_SOURCE_REMOVE;
}

/* wait: ms; 0: for ever. */
static void
delay (PlanciaPortalServer *self, SoupServerMessage *message, guint wait)
{
  Paused *paused = g_new0 (Paused, 1);

  paused->portal = self;
  paused->message = g_object_ref (message);
  if (wait > 0) {
    paused->source = g_timeout_source_new (wait);
    g_source_set_callback (paused->source, resume, paused, NULL);
    g_source_attach (paused->source, g_main_context_get_thread_default ());
  }
  g_ptr_array_add (self->paused, paused);
  soup_server_message_pause (message);
}

static void
respond (SoupServerMessage *message, guint status, const char *type, const char *text, gsize length)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, text, length);
}

static void
respond_text (SoupServerMessage *message, guint status, const char *type, const char *text)
{
  respond (message, status, type, text, strlen (text));
}

/* --- who asks, and how often ----------------------------------------------------------------- */

static gboolean
is_system (PlanciaPortalServer *self)
{
  return self->station->device->route == PLANCIA_ROUTE_SYSTEM;
}

static gboolean
is_customer (PlanciaPortalServer *self, SoupServerMessage *message)
{
  SoupMessageHeaders          *headers = soup_server_message_get_request_headers (message);
  const PlanciaScenarioDevice *device = self->station->device;
  const char                  *key = soup_message_headers_get_one (headers, "Authorization");
  g_autofree char             *bearer = g_strconcat ("Bearer ", device->token, NULL);

  if (is_system (self))
    return g_strcmp0 (key, bearer) == 0;
  return g_strcmp0 (key, device->key) == 0 &&
         g_strcmp0 (soup_message_headers_get_one (headers, "Client"), device->client) == 0;
}

static void
refuse_customer (PlanciaPortalServer *self, SoupServerMessage *message)
{
  if (is_system (self))
    respond_text (message, SOUP_STATUS_UNAUTHORIZED, "text/plain", "");
  else
    respond_text (message, self->station->device->invalid_status, "text/plain", "INVALID CLIENT");
}

static gboolean
is_too_often (PlanciaPortalServer *self, PlanciaFault fault)
{
  guint  most = self->station->device->rate;
  gint64 now = plancia_clock_monotonic ();

  if (fault == PLANCIA_FAULT_RATE_LIMIT && most == 0)
    most = FEW_REQUESTS;
  while (self->moments->len > 0 && g_array_index (self->moments, gint64, 0) <= now - PLANCIA_MINUTE)
    g_array_remove_index (self->moments, 0);
  if (most == 0)
    return FALSE;
  if (self->moments->len >= most)
    return TRUE;
  g_array_append_val (self->moments, now);
  return FALSE;
}

static void
ask_to_wait (SoupServerMessage *message)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "Retry-After",
                                RETRY_AFTER);
  respond_text (message, TOO_MANY_REQUESTS, "text/plain", "Too many requests");
}

static void
refuse_rate (PlanciaPortalServer *self, SoupServerMessage *message)
{
  if (is_system (self))
    ask_to_wait (message);
  else
    respond_text (message, SOUP_STATUS_BAD_GATEWAY, "text/html", PAGE_502);
}

/* --- answers --------------------------------------------------------------------------------- */

static void
respond_huge (SoupServerMessage *message, const char *text)
{
  char *body = g_malloc (HUGE_BODY);

  memset (body, ' ', HUGE_BODY);
  memcpy (body, text, MIN (strlen (text), HUGE_BODY));
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE, body, HUGE_BODY);
}

static void
answer (PlanciaPortalServer *self, SoupServerMessage *message, PlanciaFault fault)
{
  g_autoptr (GBytes)
    body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autofree char *text = plancia_portal_answer (&self->account, body);
  gsize            length;

  if (text == NULL) {
    respond_text (message, SOUP_STATUS_BAD_REQUEST, "text/plain", "BAD REQUEST");
    return;
  }
  length = strlen (text);
  if (fault == PLANCIA_FAULT_HUGE)
    respond_huge (message, text);
  else
    respond (message,
             SOUP_STATUS_OK,
             "application/json",
             text,
             fault == PLANCIA_FAULT_CUT ? length / 2 : length);
}

/* The connection ends instead of an answer. */
static void
close_connection (SoupServerMessage *message)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  if (stream != NULL)
    g_io_stream_close (stream, NULL, NULL);
}

static void
answer_customer (PlanciaPortalServer *self, SoupServerMessage *message, PlanciaFault fault)
{
  switch (fault) {
  case PLANCIA_FAULT_INVALID_CLIENT:
    refuse_customer (self, message);
    break;
  case PLANCIA_FAULT_401:
    respond_text (message, SOUP_STATUS_UNAUTHORIZED, "text/plain", "");
    break;
  case PLANCIA_FAULT_429:
    ask_to_wait (message);
    break;
  case PLANCIA_FAULT_502:
    respond_text (message, SOUP_STATUS_BAD_GATEWAY, "text/html", PAGE_502);
    break;
  case PLANCIA_FAULT_503:
    respond_text (message, SOUP_STATUS_SERVICE_UNAVAILABLE, "text/html", PAGE_503);
    break;
  case PLANCIA_FAULT_EMPTY:
    respond_text (message, SOUP_STATUS_OK, "application/json", "");
    break;
  case PLANCIA_FAULT_HTML:
    respond_text (message, SOUP_STATUS_OK, "text/html", PAGE_502);
    break;
  case PLANCIA_FAULT_CLOSE:
    close_connection (message);
    break;
  default:
    answer (self, message, fault);
  }
}

static guint
delay_of (PlanciaFault fault)
{
  switch (fault) {
  case PLANCIA_FAULT_SLOW:
    return SLOW_DELAY;
  case PLANCIA_FAULT_DELAY_4:
    return 4000;
  case PLANCIA_FAULT_DELAY_12:
    return 12000;
  default:
    return 0;
  }
}

static void
answer_post (PlanciaPortalServer *self, SoupServerMessage *message, PlanciaFault fault)
{
  self->requests++;
  if (is_too_often (self, fault))
    refuse_rate (self, message);
  else if (!is_customer (self, message))
    refuse_customer (self, message);
  else
    answer_customer (self, message, fault);
  if (fault == PLANCIA_FAULT_SILENT)
    delay (self, message, 0);
  else if (delay_of (fault) > 0)
    delay (self, message, delay_of (fault));
}

static void
on_request (SoupServer        *server,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           data)
{
  PlanciaPortalServer *self = data;
  PlanciaFaults       *faults = plancia_world_get_faults (self->station->world);
  gboolean             changed = FALSE;

  /* Each handshake shows the certificate that there is now. */
  if (self->station->device->tls)
    soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                  "Connection",
                                  "close");
  if (g_str_has_prefix (path, PLANCIA_PORTAL_CONTROL)) {
    if (!plancia_portal_control (&self->account, message, path, self->requests, &changed))
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
    if (changed)
      plancia_portal_server_check_fault (self);
  } else if (!g_str_equal (path, "/")) {
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
  } else if (soup_server_message_get_method (message) != SOUP_METHOD_POST) {
    soup_server_message_set_status (message, SOUP_STATUS_METHOD_NOT_ALLOWED, NULL);
  } else {
    answer_post (self, message, plancia_faults_get (faults, self->station->device->name));
  }
}

/* --- listening ------------------------------------------------------------------------------- */

static void
came_in (GIOStream *stream, GSocketAddress *local, GSocketAddress *remote, gpointer user_data)
{
  PlanciaPortalServer *self = user_data;

  soup_server_accept_iostream (self->server, stream, local, remote, NULL);
}

/* Of what this thread allocates, in a build that looks for leaks. */
static void
ignore_leaks (gboolean ignore)
{
#ifdef __SANITIZE_ADDRESS__
  if (ignore)
    __lsan_disable ();
  else
    __lsan_enable ();
#endif
}

/* libsoup keeps a connection for another request only while it listens somewhere itself; where it does, nobody comes. An
 * encrypted one is never kept. */
static gboolean
keep_connections (PlanciaPortalServer *self, GError **error)
{
  gboolean listens;

  if (self->station->device->tls)
    return TRUE;
  /* libsoup 3.2 forgets the addresses of what it listens on; that leak is not ours. */
  ignore_leaks (TRUE);
  listens = soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, error);
  ignore_leaks (FALSE);
  return listens;
}

static gboolean
listen_on_loopback (PlanciaPortalServer *self, GError **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);

  self->acceptor = plancia_acceptor_new (address, came_in, self, error);
  if (self->acceptor == NULL)
    return FALSE;
  self->url = g_strdup_printf ("%s://127.0.0.1:%u/",
                               self->station->device->tls ? "https" : "http",
                               plancia_acceptor_get_port (self->acceptor));
  return TRUE;
}

static gboolean
use_certificate (PlanciaPortalServer *self, gboolean other, GError **error)
{
  g_autoptr (GBytes) pem = g_resources_lookup_data (other ? RESOURCES "other-certificate.pem"
                                                          : RESOURCES "certificate.pem",
                                                    G_RESOURCE_LOOKUP_FLAGS_NONE,
                                                    error);
  g_autoptr (GTlsCertificate) certificate = NULL;
  gsize length;

  if (pem == NULL)
    return FALSE;
  length = g_bytes_get_size (pem);
  certificate =
    g_tls_certificate_new_from_pem (g_bytes_get_data (pem, NULL), (gssize) length, error);
  if (certificate == NULL)
    return FALSE;
  plancia_acceptor_set_certificate (self->acceptor, certificate);
  return TRUE;
}

/**
 * plancia_portal_server_new:
 * @station: whose device is the account; borrowed
 * @error: %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): a server that listens
 */
PlanciaPortalServer *
plancia_portal_server_new (PlanciaStation *station, GError **error)
{
  g_autoptr (PlanciaPortalServer) self = g_new0 (PlanciaPortalServer, 1);

  self->station = station;
  self->account.world = station->world;
  self->account.device = station->device;
  self->account.things =
    g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_portal_thing_free);
  self->account.dice = g_str_hash (station->device->name);
  if (is_system (self))
    self->account.writes = plancia_system_writes_new (station->world, station->device);
  self->moments = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->paused = g_ptr_array_new_with_free_func (paused_free);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  if (!listen_on_loopback (self, error) || !keep_connections (self, error) ||
      (station->device->tls && !use_certificate (self, FALSE, error)))
    return NULL;
  return g_steal_pointer (&self);
}

void
plancia_portal_server_free (PlanciaPortalServer *self)
{
  plancia_acceptor_free (self->acceptor);
  soup_server_disconnect (self->server);
  g_ptr_array_unref (self->paused);
  g_object_unref (self->server);
  plancia_system_writes_free (self->account.writes);
  g_ptr_array_unref (self->account.things);
  g_array_unref (self->moments);
  g_free (self->url);
  g_free (self);
}

/**
 * plancia_portal_server_add:
 * @self: a portal
 * @entry: a thing of the scenario
 */
void
plancia_portal_server_add (PlanciaPortalServer *self, const PlanciaScenarioDevice *entry)
{
  PlanciaScenario             *scenario = plancia_world_get_scenario (self->station->world);
  const PlanciaScenarioDevice *device = NULL;
  PlanciaSite                 *site = NULL;

  if (entry->of != NULL)
    device = plancia_scenario_device_find (plancia_scenario_get_devices (scenario), entry->of);
  if (device != NULL)
    site = plancia_world_find_site (self->station->world, device->name);
  if (site != NULL)
    g_ptr_array_add (self->account.things, plancia_portal_thing_new (entry, device, site));
}

const char *
plancia_portal_server_find_key (PlanciaPortalServer *self, const char *name)
{
  for (guint i = 0; i < self->account.things->len; i++) {
    PlanciaPortalThing *thing = g_ptr_array_index (self->account.things, i);
    if (g_str_equal (plancia_portal_thing_get_name (thing), name))
      return plancia_portal_thing_get_key (thing);
  }
  return NULL;
}

const char *
plancia_portal_server_get_url (PlanciaPortalServer *self)
{
  return self->url;
}

/**
 * plancia_portal_server_check_fault:
 * @self: a cloud
 *
 * The next connection meets the certificate that the fault asks for.
 */
void
plancia_portal_server_check_fault (PlanciaPortalServer *self)
{
  PlanciaFault fault = plancia_faults_get (plancia_world_get_faults (self->station->world),
                                           self->station->device->name);

  if (self->station->device->tls)
    use_certificate (self, fault == PLANCIA_FAULT_OTHER_CERTIFICATE, NULL);
}
