/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file-read.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define PART 65536

static void
set_errno (GError **error, const char *path, const char *what)
{
  int code = errno;

  g_set_error (error,
               G_IO_ERROR,
               (int) g_io_error_from_errno (code),
               "%s: %s: %s",
               path,
               what,
               g_strerror (code));
}

/* Without waiting for somebody at the other end: a pipe that nobody writes to is then an empty file. */
static int
open_file (const char *path, GError **error)
{
  int file = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  int flags;

  if (file < 0) {
    set_errno (error, path, "cannot be opened");
    return -1;
  }
  flags = fcntl (file, F_GETFL);
  if (flags >= 0)
    fcntl (file, F_SETFL, flags & ~O_NONBLOCK);

  return file;
}

/**
 * plancia_file_read:
 * @path: of a file, a pipe or a device
 * @maximum: more bytes than this are not wanted
 * @error: G_IO_ERROR; its message begins with the path
 *
 * Blocks: on a worker, or in a command line program. One byte more than @maximum is read, so that the caller sees that
 * there was too much; nothing is too long for the memory, and a pipe without a writer is no reason to wait.
 *
 * Returns: (transfer full) (nullable): at most @maximum + 1 bytes
 */
GBytes *
plancia_file_read (const char *path, gsize maximum, GError **error)
{
  g_autoptr (GByteArray) array = g_byte_array_new ();
  guint8 part[PART];
  gssize got = 1;
  int    file = open_file (path, error);

  if (file < 0)
    return NULL;

  while (got > 0 && array->len <= maximum) {
    got = read (file, part, MIN (sizeof part, maximum + 1 - array->len));
    if (got < 0 && errno == EINTR)
      got = 1;
    else if (got > 0)
      g_byte_array_append (array, part, (guint) got);
  }
  if (got < 0)
    set_errno (error, path, "cannot be read");
  close (file);

  return got < 0 ? NULL : g_byte_array_free_to_bytes (g_steal_pointer (&array));
}
