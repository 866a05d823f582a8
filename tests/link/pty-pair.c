/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pty-pair.h"

#include <fcntl.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

/* Raw from the beginning, so that the kernel echoes nothing. */
static void
make_raw (const char *path)
{
  struct termios settings;
  int            slave = open (path, O_RDWR | O_NOCTTY | O_CLOEXEC);

  g_assert_cmpint (slave, >=, 0);
  g_assert_cmpint (tcgetattr (slave, &settings), ==, 0);
  cfmakeraw (&settings);
  g_assert_cmpint (tcsetattr (slave, TCSANOW, &settings), ==, 0);
  close (slave);
}

void
pty_pair_return (PtyPair *self)
{
  char path[64];

  self->master = posix_openpt (O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  g_assert_cmpint (self->master, >=, 0);
  g_assert_cmpint (grantpt (self->master), ==, 0);
  g_assert_cmpint (unlockpt (self->master), ==, 0);
  g_assert_cmpint (ptsname_r (self->master, path, sizeof path), ==, 0);
  make_raw (path);
  g_free (self->path);
  self->path = g_strdup (path);
  if (self->link != NULL)
    g_assert_cmpint (symlink (path, self->link), ==, 0);
}

void
pty_pair_init (PtyPair *self, const char *link)
{
  self->path = NULL;
  self->link = g_strdup (link);
  pty_pair_return (self);
}

void
pty_pair_hang_up (PtyPair *self)
{
  if (self->link != NULL)
    unlink (self->link);
  close (self->master);
  self->master = -1;
}

void
pty_pair_clear (PtyPair *self)
{
  if (self->master >= 0)
    pty_pair_hang_up (self);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->link, g_free);
}

void
pty_pair_write (PtyPair *self, const void *data, gsize length)
{
  const char *bytes = data;
  gint64      limit = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (length > 0) {
    ssize_t now = write (self->master, bytes, length);

    g_assert_cmpint (g_get_monotonic_time (), <, limit);
    if (now > 0) {
      bytes += now;
      length -= (gsize) now;
    } else {
      g_usleep (1000);
    }
  }
}

gsize
pty_pair_read (PtyPair *self, void *data, gsize size)
{
  ssize_t now = read (self->master, data, size);

  return now > 0 ? (gsize) now : 0;
}
