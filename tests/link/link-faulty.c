/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link-faulty.h"

#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

/* The functions of this program come before those of the C library, for the other libraries as well. */

static __thread guint    left; /* 0: disarmed */
static __thread gboolean failed;

static gboolean
fails (int number)
{
  if (left == 0 || --left > 0)
    return FALSE;
  failed = TRUE;
  errno = number;
  return TRUE;
}

#define REAL(function) (__extension__(__typeof__ (function) *) dlsym (RTLD_NEXT, #function))

int
socket (int domain, int type, int protocol)
{
  return fails (EMFILE) ? -1 : REAL (socket) (domain, type, protocol);
}

int
connect (int descriptor, __CONST_SOCKADDR_ARG address, socklen_t length)
{
  return fails (EHOSTUNREACH) ? -1 : REAL (connect) (descriptor, address, length);
}

int
poll (struct pollfd *polled, nfds_t n, int timeout)
{
  return fails (ENOMEM) ? -1 : REAL (poll) (polled, n, timeout);
}

int
select (int n, fd_set *in, fd_set *out, fd_set *odd, struct timeval *timeout)
{
  return fails (ENOMEM) ? -1 : REAL (select) (n, in, out, odd, timeout);
}

ssize_t
send (int descriptor, const void *data, size_t length, int flags)
{
  return fails (EPIPE) ? -1 : REAL (send) (descriptor, data, length, flags);
}

ssize_t
recv (int descriptor, void *data, size_t length, int flags)
{
  return fails (ECONNRESET) ? -1 : REAL (recv) (descriptor, data, length, flags);
}

ssize_t
read (int descriptor, void *data, size_t length)
{
  return fails (EIO) ? -1 : REAL (read) (descriptor, data, length);
}

ssize_t
write (int descriptor, const void *data, size_t length)
{
  return fails (EIO) ? -1 : REAL (write) (descriptor, data, length);
}

int
close (int descriptor)
{
  int result = REAL (close) (descriptor);

  return fails (EIO) ? -1 : result;
}

void
link_faulty_arm (guint n)
{
  left = n;
  failed = FALSE;
}

gboolean
link_faulty_disarm (void)
{
  left = 0;
  return failed;
}
