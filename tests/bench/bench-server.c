/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-server.h"

#include "base/crc.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST 512
/* A whole request of each framing: a read. */
static const gsize request_lengths[] = {12, 8, 36};

/* "unit function bytes values" of a read; the rest is the framing's. */
static gsize
put_answer (guint8 *out, const guint8 *request)
{
  guint address = (guint) (request[2] << 8 | request[3]);
  guint count = (guint) (request[4] << 8 | request[5]);

  out[0] = request[0];
  out[1] = request[1];
  out[2] = (guint8) (2 * count);
  for (guint i = 0; i < count; i++) {
    out[3 + 2 * i] = (guint8) ((address + i) >> 8);
    out[4 + 2 * i] = (guint8) (address + i);
  }
  return 3 + 2 * count;
}

static gsize
put_crc (guint8 *out, gsize length)
{
  guint16 crc = plancia_crc16_modbus (out, length);

  out[length] = (guint8) crc;
  out[length + 1] = (guint8) (crc >> 8);
  return length + 2;
}

static gsize
answer_tcp (guint8 *out, const guint8 *in)
{
  gsize length = put_answer (out + 6, in + 6);

  memcpy (out, in, 4);
  out[4] = (guint8) (length >> 8);
  out[5] = (guint8) length;
  return 6 + length;
}

static gsize
answer_solarman (guint8 *out, const guint8 *in)
{
  gsize rtu = put_crc (out + 25, put_answer (out + 25, in + 26));
  gsize payload = 14 + rtu;

  memset (out, 0, 25);
  out[0] = 0xa5;
  out[1] = (guint8) payload;
  out[2] = (guint8) (payload >> 8);
  out[3] = 0x10;
  out[4] = 0x15;
  out[5] = in[5];
  memcpy (out + 7,
          (const guint8[]){BENCH_SERIAL & 0xff,
                           BENCH_SERIAL >> 8 & 0xff,
                           BENCH_SERIAL >> 16 & 0xff,
                           BENCH_SERIAL >> 24},
          4);
  out[11] = 2;
  out[12] = 1;
  out[11 + payload] = plancia_sum8 (out + 1, 10 + payload);
  out[12 + payload] = 0x15;
  return 13 + payload;
}

/* FALSE when the client has gone. */
static gboolean
serve_client (int client, BenchFraming framing)
{
  guint8 in[64], out[600];
  gsize  length = request_lengths[framing];

  if (recv (client, in, length, MSG_WAITALL) != (gssize) length)
    return FALSE;
  if (framing == BENCH_MODBUS_TCP)
    length = answer_tcp (out, in);
  else if (framing == BENCH_SOLARMAN)
    length = answer_solarman (out, in);
  else
    length = put_crc (out, put_answer (out, in));
  return send (client, out, length, MSG_NOSIGNAL) == (gssize) length;
}

static void
serve (int listener, BenchFraming framing)
{
  struct pollfd polled[MOST] = {
    {.fd = listener, .events = POLLIN}
  };
  nfds_t n = 1;
  int    one = 1;

  while (poll (polled, n, -1) > 0) {
    if (polled[0].revents != 0 && n < MOST) {
      polled[n].fd = accept (listener, NULL, NULL);
      polled[n].events = POLLIN;
      setsockopt (polled[n].fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
      polled[n++].revents = 0;
    }
    for (nfds_t i = 1; i < n; i++)
      if (polled[i].revents != 0 && !serve_client (polled[i].fd, framing)) {
        close (polled[i].fd);
        polled[i--] = polled[--n];
      }
  }
}

void
bench_server_start (BenchServer *self, BenchFraming framing)
{
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK)};
  socklen_t          length = sizeof address;
  int                listener = socket (AF_INET, SOCK_STREAM, 0);

  if (bind (listener, (struct sockaddr *) &address, sizeof address) != 0 ||
      listen (listener, MOST) != 0 ||
      getsockname (listener, (struct sockaddr *) &address, &length) != 0)
    g_error ("no server: %s", g_strerror (errno));
  self->port = ntohs (address.sin_port);
  self->process = fork ();
  if (self->process < 0)
    g_error ("no process: %s", g_strerror (errno));
  if (self->process == 0) {
    prctl (PR_SET_PDEATHSIG, SIGKILL);
    serve (listener, framing);
    _exit (0);
  }
  close (listener);
}

void
bench_server_stop (BenchServer *self)
{
  kill (self->process, SIGTERM);
  waitpid (self->process, NULL, 0);
}
