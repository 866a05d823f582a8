/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plant/plant-file.h"

#include "base/error.h"
#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* The parts of plant-file.h that touch the disk. */

#define MAXIMUM_SIZE  (4 * 1024 * 1024)
#define READ_SIZE     65536
#define NEW_FILE_MODE 0644

static gboolean
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
  return FALSE;
}

static gboolean
check_file (int file, const char *path, GError **error)
{
  struct stat status;

  if (fstat (file, &status) != 0)
    return set_errno (error, path, "cannot be looked at");
  if (!S_ISREG (status.st_mode)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "%s: not a file", path);
    return FALSE;
  }
  return TRUE;
}

/* One byte more than allowed is asked for, so that a file that grows is seen as well. */
static GBytes *
read_all (int file, const char *path, GError **error)
{
  g_autoptr (GByteArray) array = g_byte_array_new ();
  guint8 part[READ_SIZE];
  gssize got = 1;

  while (got > 0 && array->len <= MAXIMUM_SIZE) {
    got = read (file, part, sizeof part);
    if (got < 0 && errno == EINTR)
      got = 1;
    else if (got > 0)
      g_byte_array_append (array, part, (guint) got);
  }
  if (got < 0) {
    set_errno (error, path, "cannot be read");
    return NULL;
  }
  if (array->len > MAXIMUM_SIZE) {
    g_set_error (error,
                 PLANCIA_DOCUMENT_ERROR,
                 PLANCIA_DOCUMENT_ERROR_INVALID,
                 "%s: expected at most %d MiB",
                 path,
                 MAXIMUM_SIZE / 1024 / 1024);
    return NULL;
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&array));
}

static gboolean
write_all (int file, GBytes *bytes)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  while (length > 0) {
    gssize written = write (file, data, length);

    if (written < 0 && errno != EINTR)
      return FALSE;
    if (written > 0) {
      data += written;
      length -= (gsize) written;
    }
  }
  return TRUE;
}

/* The new file looks to others as the old one did. */
static gboolean
copy_mode (int file, const char *path)
{
  struct stat status;
  mode_t      mode = NEW_FILE_MODE;

  if (stat (path, &status) == 0)
    mode = status.st_mode & 0777;
  return fchmod (file, mode) == 0;
}

/* On the disk for good, under its temporary name. */
static gboolean
write_temporary (char *temporary, const char *path, GBytes *bytes, GError **error)
{
  int      file = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, 0600);
  gboolean good;

  if (file < 0)
    return set_errno (error, path, "cannot be written beside it");
  good = copy_mode (file, path) && write_all (file, bytes) && fsync (file) == 0;
  if (!good)
    set_errno (error, path, "cannot be written");
  if (close (file) != 0 && good)
    good = set_errno (error, path, "cannot be written");
  if (!good)
    g_unlink (temporary);
  return good;
}

/* The name, too, is to be there after a power cut. Not all file systems can; the data are safe. */
static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int              file = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (file < 0)
    return;
  if (fsync (file) != 0)
    g_debug ("%s: fsync: %s", folder, g_strerror (errno));
  close (file);
}

/* Writing through a link changes the file it points to, not the link. */
static char *
resolve (const char *path)
{
  char *resolved = realpath (path, NULL);
  char *copy = g_strdup (resolved != NULL ? resolved : path);

  free (resolved);
  return copy;
}

/**
 * plancia_plant_file_read:
 * @path: of a file that belongs to a plant
 * @error: G_IO_ERROR
 *
 * Blocks: on a worker. Files over 4 MiB and what is not a file are refused.
 *
 * Returns: (transfer full): what the file holds, or %NULL
 */
GBytes *
plancia_plant_file_read (const char *path, GError **error)
{
  GBytes *bytes = NULL;
  int     file = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

  if (file < 0) {
    set_errno (error, path, "cannot be opened");
    return NULL;
  }
  if (check_file (file, path, error))
    bytes = read_all (file, path, error);
  close (file);
  return bytes;
}

/**
 * plancia_plant_file_load:
 * @path: of the file
 * @error: G_IO_ERROR, or PLANCIA_DOCUMENT_ERROR as plancia_plant_file_parse()
 *
 * Blocks: on a worker. Files over 4 MiB and what is not a file are refused.
 *
 * Returns: (transfer full): the plant, for the main thread, or %NULL
 */
PlanciaPlant *
plancia_plant_file_load (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = plancia_plant_file_read (path, error);

  return bytes != NULL ? plancia_plant_file_parse (bytes, path, error) : NULL;
}

/**
 * plancia_plant_file_save:
 * @path: of the file, new or old
 * @formatted: what plancia_plant_file_format() gave
 * @error: G_IO_ERROR
 *
 * Blocks: on a worker. A new file beside the old one is written, flushed to the disk, and takes the
 * old one's name; whatever goes wrong before that leaves the old one as it was.
 *
 * Returns: whether it is saved
 */
gboolean
plancia_plant_file_save (const char *path, GBytes *formatted, GError **error)
{
  g_autofree char *target = resolve (path);
  g_autofree char *temporary = g_strconcat (target, ".XXXXXX", NULL);

  if (!write_temporary (temporary, target, formatted, error))
    return FALSE;
  if (g_rename (temporary, target) != 0) {
    set_errno (error, target, "cannot be replaced");
    g_unlink (temporary);
    return FALSE;
  }
  sync_folder (target);
  return TRUE;
}
