/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/callback-secret.h"

#include <errno.h>
#include <gio/gio.h>
#include <sys/random.h>

#define SECRET_BYTES 16

char *
plancia_callback_secret_new (GError **error)
{
  guchar   bytes[SECRET_BYTES];
  GString *text = g_string_new (NULL);

  if (getrandom (bytes, sizeof bytes, 0) != (ssize_t) sizeof bytes) {
    g_set_error (error,
                 G_IO_ERROR,
                 (int) g_io_error_from_errno (errno),
                 "no random numbers: %s",
                 g_strerror (errno));
    g_string_free (text, TRUE);
    return NULL;
  }
  for (guint i = 0; i < sizeof bytes; i++)
    g_string_append_printf (text, "%02x", bytes[i]);
  return g_string_free (text, FALSE);
}
