/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/call-answer.h"

#include "protocol/logger-discovery.h"
#include <string.h>

struct _PlanciaCallAnswer
{
  GSocket *socket;
  GSource *source;
  char    *answer;
};

static gboolean
on_datagram (GSocket *socket, GIOCondition condition, gpointer data)
{
  PlanciaCallAnswer *self = data;
  g_autoptr (GSocketAddress) from = NULL;
  char   word[PLANCIA_LOGGER_DISCOVERY_LIMIT];
  gssize length = g_socket_receive_from (socket, &from, word, sizeof word, NULL, NULL);

  if (length > 0 && plancia_logger_discovery_is_request ((const guint8 *) word, (gsize) length))
    g_socket_send_to (socket, from, self->answer, strlen (self->answer), NULL, NULL);
  return G_SOURCE_CONTINUE;
}

/* The socket of one address does not get what is sent to all; loopback has no "all". */
static GSocketAddress *
choose_address (const char *host)
{
  g_autoptr (GInetAddress) own = g_inet_address_new_from_string (host);
  g_autoptr (GInetAddress) any = g_inet_address_new_any (G_SOCKET_FAMILY_IPV4);

  return g_inet_socket_address_new (own != NULL && g_inet_address_get_is_loopback (own) ? own : any,
                                    PLANCIA_LOGGER_DISCOVERY_PORT);
}

static char *
make_answer (const char *host, guint32 serial)
{
  const guint8 mac[6] =
    {0x34, 0xea, 0xe7, (guint8) (serial >> 16), (guint8) (serial >> 8), (guint8) serial};

  return plancia_logger_discovery_reply (host, mac, serial);
}

/**
 * plancia_call_answer_new:
 * @host: its own address
 * @serial: its serial number
 * @error: %G_IO_ERROR, such as %G_IO_ERROR_ADDRESS_IN_USE
 *
 * Returns: (transfer full) (nullable): a logger that listens
 */
PlanciaCallAnswer *
plancia_call_answer_new (const char *host, guint32 serial, GError **error)
{
  g_autoptr (PlanciaCallAnswer) self = g_new0 (PlanciaCallAnswer, 1);
  g_autoptr (GSocketAddress) address = choose_address (host);

  self->socket =
    g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, error);
  if (self->socket == NULL || !g_socket_bind (self->socket, address, FALSE, error))
    return NULL;
  g_socket_set_blocking (self->socket, FALSE);
  self->answer = make_answer (host, serial);
  self->source = g_socket_create_source (self->socket, G_IO_IN, NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (on_datagram), self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
  return g_steal_pointer (&self);
}

void
plancia_call_answer_free (PlanciaCallAnswer *self)
{
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_clear_object (&self->socket);
  g_free (self->answer);
  g_free (self);
}
