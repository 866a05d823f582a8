/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/serve-portal.h"

#include <libsoup/soup.h>
#include <string.h>

#include "simulator/portal-answer.h"
#include "simulator/scenario-device.h"

#define SLOW_DELAY 2000

/* As a customer has seen it, in our words. */
#define PAGE_502                                                                        \
  "<html><head>\n<title>502 Proxy Error</title>\n</head><body>\n<h1>Proxy Error</h1>\n" \
  "<p>The proxy server could not handle the request (simulated).</p>\n</body></html>\n"

struct _PlanciaPortalServer
{
  PlanciaStation *station; /* borrowed */
  SoupServer     *server;
  char           *url;
  GPtrArray      *things; /* PlanciaPortalThing */
  GPtrArray      *paused; /* Paused */
};

/* An answer that waits. */
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

  g_source_destroy (self->source);
  g_source_unref (self->source);
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

static void
delay (PlanciaPortalServer *self, SoupServerMessage *message)
{
  Paused *paused = g_new0 (Paused, 1);

  paused->portal = self;
  paused->message = g_object_ref (message);
  paused->source = g_timeout_source_new (SLOW_DELAY);
  g_source_set_callback (paused->source, resume, paused, NULL);
  g_source_attach (paused->source, g_main_context_get_thread_default ());
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

static gboolean
is_customer (PlanciaPortalServer *self, SoupServerMessage *message)
{
  SoupMessageHeaders          *headers = soup_server_message_get_request_headers (message);
  const PlanciaScenarioDevice *device = self->station->device;

  return g_strcmp0 (soup_message_headers_get_one (headers, "Client"), device->client) == 0 &&
         g_strcmp0 (soup_message_headers_get_one (headers, "Authorization"), device->key) == 0;
}

static void
answer (PlanciaPortalServer *self, SoupServerMessage *message, gboolean cut)
{
  g_autoptr (GBytes)
    body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autofree char *text =
    plancia_portal_answer (self->station->world, self->things, self->station->device->quirks, body);
  gsize length;

  if (text == NULL) {
    respond_text (message, SOUP_STATUS_BAD_REQUEST, "text/plain", "BAD REQUEST");
    return;
  }
  length = strlen (text);
  respond (message, SOUP_STATUS_OK, "application/json", text, cut ? length / 2 : length);
}

static void
answer_customer (PlanciaPortalServer *self, SoupServerMessage *message, PlanciaFault fault)
{
  switch (fault) {
  case PLANCIA_FAULT_INVALID_CLIENT:
    respond_text (message, SOUP_STATUS_OK, "text/plain", "INVALID CLIENT");
    break;
  case PLANCIA_FAULT_502:
    respond_text (message, SOUP_STATUS_BAD_GATEWAY, "text/html", PAGE_502);
    break;
  case PLANCIA_FAULT_EMPTY:
    respond_text (message, SOUP_STATUS_OK, "application/json", "");
    break;
  default:
    answer (self, message, fault == PLANCIA_FAULT_CUT);
  }
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
  PlanciaFault         fault = plancia_faults_get (faults, self->station->device->name);

  if (!g_str_equal (path, "/"))
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
  else if (soup_server_message_get_method (message) != SOUP_METHOD_POST)
    soup_server_message_set_status (message, SOUP_STATUS_METHOD_NOT_ALLOWED, NULL);
  else
    answer_customer (self,
                     message,
                     is_customer (self, message) ? fault : PLANCIA_FAULT_INVALID_CLIENT);
  if (fault == PLANCIA_FAULT_SLOW)
    delay (self, message);
}

/* By hand: soup_server_listen_local of libsoup 3.2 leaks two addresses. */
static GSocket *
open_socket (GError **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocket)
    self = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (self == NULL || !g_socket_bind (self, address, TRUE, error) || !g_socket_listen (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
listen_on_loopback (PlanciaPortalServer *self, GError **error)
{
  g_autoptr (GSocket) socket = open_socket (error);
  g_autoptr (GSocketAddress) address = NULL;

  if (socket == NULL)
    return FALSE;
  address = g_socket_get_local_address (socket, error);
  if (address == NULL || !soup_server_listen_socket (self->server, socket, 0, error))
    return FALSE;
  self->url = g_strdup_printf ("http://127.0.0.1:%u/",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
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
  self->things = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_portal_thing_free);
  self->paused = g_ptr_array_new_with_free_func (paused_free);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  if (!listen_on_loopback (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
plancia_portal_server_free (PlanciaPortalServer *self)
{
  soup_server_disconnect (self->server);
  g_ptr_array_unref (self->paused);
  g_object_unref (self->server);
  g_ptr_array_unref (self->things);
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
    g_ptr_array_add (self->things, plancia_portal_thing_new (entry, device, site));
}

const char *
plancia_portal_server_find_key (PlanciaPortalServer *self, const char *name)
{
  for (guint i = 0; i < self->things->len; i++) {
    PlanciaPortalThing *thing = g_ptr_array_index (self->things, i);
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
