/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/export-place.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>

static void
set_error (PlanciaExportPlace *self, int code, GError **error)
{
  g_set_error (error,
               G_IO_ERROR,
               (int) g_io_error_from_errno (code),
               "%s: %s",
               self->path,
               g_strerror (code));
}

int
plancia_export_place_begin (PlanciaExportPlace *self, const char *path, GError **error)
{
  int descriptor;

  self->path = g_strdup (path);
  self->temporary = g_strconcat (path, ".XXXXXX", NULL);
  descriptor = g_mkstemp_full (self->temporary, O_RDWR, 0666);
  if (descriptor < 0) {
    set_error (self, errno, error);
    g_clear_pointer (&self->temporary, g_free);
  }
  return descriptor;
}

gboolean
plancia_export_place_finish (PlanciaExportPlace *self, GError **error)
{
  if (g_rename (self->temporary, self->path) != 0) {
    set_error (self, errno, error);
    return FALSE;
  }
  g_clear_pointer (&self->temporary, g_free);
  return TRUE;
}

void
plancia_export_place_clear (PlanciaExportPlace *self)
{
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  g_clear_pointer (&self->temporary, g_free);
  g_clear_pointer (&self->path, g_free);
}
