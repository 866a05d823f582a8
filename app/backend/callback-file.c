/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/callback-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Of the end of a file that has grown long. */
#define MOST_BYTES (8 * 1024 * 1024)

static gboolean
fail (GError **error, const char *path)
{
  int number = errno;

  g_set_error (error,
               G_IO_ERROR,
               (int) g_io_error_from_errno (number),
               "%s: %s",
               path,
               g_strerror (number));
  return FALSE;
}

static gboolean
write_all (int descriptor, const char *text, gsize length)
{
  while (length > 0) {
    ssize_t done = write (descriptor, text, length);

    if (done < 0 && errno == EINTR)
      continue;
    if (done < 0)
      return FALSE;
    text += done;
    length -= (gsize) done;
  }
  return TRUE;
}

/**
 * plancia_callback_file_append:
 * @path: of the file; it and its folder are made if there are none
 * @body: to keep
 * @error: %G_IO_ERROR
 *
 * Returns: whether it is on disk
 */
gboolean
plancia_callback_file_append (const char *path, PlanciaCallbackBody *body, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *line = plancia_callback_body_to_line (body);
  g_autofree char *text = g_strconcat (line, "\n", NULL);
  int              descriptor;
  gboolean         written;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail (error, folder);
  descriptor = g_open (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0)
    return fail (error, path);
  written = write_all (descriptor, text, strlen (text)) && fsync (descriptor) == 0;
  if (!written)
    fail (error, path);
  close (descriptor);
  return written;
}

static void
add_lines (GPtrArray *bodies, const char *text, gsize length)
{
  const char *end = text + length;

  while (text < end) {
    const char          *stop = memchr (text, '\n', (gsize) (end - text));
    gsize                line = stop != NULL ? (gsize) (stop - text) : (gsize) (end - text);
    PlanciaCallbackBody *body = plancia_callback_body_new_from_line (text, line);

    if (body != NULL)
      g_ptr_array_add (bodies, body);
    text = stop != NULL ? stop + 1 : end;
  }
}

GPtrArray *
plancia_callback_file_load (const char *path, guint maximum)
{
  GPtrArray *bodies = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, NULL);
  gsize       length = file != NULL ? g_mapped_file_get_length (file) : 0;
  const char *text = file != NULL ? g_mapped_file_get_contents (file) : NULL;
  gsize       skipped = length > MOST_BYTES ? length - MOST_BYTES : 0;

  if (text != NULL)
    add_lines (bodies, text + skipped, length - skipped);
  if (bodies->len > maximum)
    g_ptr_array_remove_range (bodies, 0, bodies->len - maximum);
  return bodies;
}
