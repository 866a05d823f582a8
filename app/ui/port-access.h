/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Who may open a serial port, as the file system says it. Plain data. */
typedef struct
{
  gboolean exists;
  gboolean allowed; /* to read and to write */
  gboolean owned;   /* by this user */
  gboolean in_group;
  char    *group; /* that the port belongs to, or NULL */
} PlanciaPortAccess;

void plancia_port_access_free (PlanciaPortAccess *self);

/* Asks the file system on another thread. Calls back on the main thread. */
void plancia_port_access_query_async (const char         *path,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
/* A port that is not there is no error: exists is FALSE. (transfer full) */
PlanciaPortAccess *plancia_port_access_query_finish (GAsyncResult *result, GError **error);

/* The commands that put it right; NULL if there is nothing to say. (transfer full) */
char *plancia_port_access_lasting_command (const PlanciaPortAccess *self);
char *plancia_port_access_session_command (const PlanciaPortAccess *self, const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaPortAccess, plancia_port_access_free)

G_END_DECLS
