/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/logger-call.h"

#include "backend/subnet.h"
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Datagrams that are no answer, taken at a time: a flood of them should not hold anybody up. */
#define PATIENCE 256

struct _PlanciaLoggerCall
{
  int descriptor;
};

/**
 * plancia_logger_call_new:
 * @error: %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): a socket on a port of its own
 */
PlanciaLoggerCall *
plancia_logger_call_new (GError **error)
{
  int                descriptor = socket (AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  const int          yes = 1;
  PlanciaLoggerCall *self;

  if (descriptor < 0 || setsockopt (descriptor, SOL_SOCKET, SO_BROADCAST, &yes, sizeof yes) != 0) {
    int number = errno;

    if (descriptor >= 0)
      close (descriptor);
    g_set_error (error,
                 G_IO_ERROR,
                 g_io_error_from_errno (number),
                 "calling loggers: %s",
                 g_strerror (number));
    return NULL;
  }
  self = g_new0 (PlanciaLoggerCall, 1);
  self->descriptor = descriptor;
  return self;
}

void
plancia_logger_call_free (PlanciaLoggerCall *self)
{
  close (self->descriptor);
  g_free (self);
}

int
plancia_logger_call_get_fd (PlanciaLoggerCall *self)
{
  return self->descriptor;
}

/**
 * plancia_logger_call_send:
 * @self: a call
 * @address: of a host, or a broadcast address
 *
 * What cannot be sent is not: the call is a try, and is made twice.
 */
void
plancia_logger_call_send (PlanciaLoggerCall *self, guint32 address)
{
  const char *const *words = plancia_logger_discovery_get_requests ();
  struct sockaddr_in to = {.sin_family = AF_INET,
                           .sin_port = htons (PLANCIA_LOGGER_DISCOVERY_PORT),
                           .sin_addr.s_addr = htonl (address)};

  for (guint i = 0; words[i] != NULL; i++)
    if (sendto (self->descriptor,
                words[i],
                strlen (words[i]),
                MSG_NOSIGNAL,
                (struct sockaddr *) &to,
                sizeof to) < 0)
      g_debug ("calling loggers: %s", g_strerror (errno));
}

static gboolean
take (const guint8             *data,
      gsize                     length,
      const struct sockaddr_in *from,
      guint32                  *address,
      PlanciaLoggerReply       *out)
{
  g_autofree char *sender = plancia_ipv4_to_string (ntohl (from->sin_addr.s_addr));
  g_autoptr (GError) error = NULL;

  *address = ntohl (from->sin_addr.s_addr);
  if (from->sin_family == AF_INET && ntohs (from->sin_port) == PLANCIA_LOGGER_DISCOVERY_PORT &&
      plancia_logger_discovery_parse (data, length, sender, out, &error))
    return TRUE;
  g_debug ("%s: %s", sender, error != NULL ? error->message : "an answer from another port");
  return FALSE;
}

/**
 * plancia_logger_call_receive:
 * @self: a call
 * @address: (out): who answers
 * @out: (out caller-allocates): to be cleared
 *
 * Returns: %FALSE if there is no more
 */
gboolean
plancia_logger_call_receive (PlanciaLoggerCall *self, guint32 *address, PlanciaLoggerReply *out)
{
  for (guint i = 0; i < PATIENCE; i++) {
    guint8             data[PLANCIA_LOGGER_DISCOVERY_LIMIT + 1];
    struct sockaddr_in from = {0};
    socklen_t          size = sizeof from;
    gssize             length =
      recvfrom (self->descriptor, data, sizeof data, 0, (struct sockaddr *) &from, &size);

    /* An answer of ICMP to something that was sent is told here as well; it is none. */
    if (length < 0 && errno != ECONNREFUSED && errno != EINTR)
      return FALSE;
    if (length >= 0 && take (data, (gsize) length, &from, address, out))
      return TRUE;
    plancia_logger_reply_clear (out);
  }
  return FALSE;
}
