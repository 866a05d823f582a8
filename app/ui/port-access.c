/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/port-access.h"

#include <string.h>
#include <unistd.h>

#define ATTRIBUTES                                                                                \
  G_FILE_ATTRIBUTE_ACCESS_CAN_READ "," G_FILE_ATTRIBUTE_ACCESS_CAN_WRITE                          \
                                   "," G_FILE_ATTRIBUTE_OWNER_GROUP "," G_FILE_ATTRIBUTE_UNIX_UID \
                                   "," G_FILE_ATTRIBUTE_UNIX_GID
#define MAX_GROUPS 1024

void
plancia_port_access_free (PlanciaPortAccess *self)
{
  g_free (self->group);
  g_free (self);
}

static gboolean
is_in_group (guint32 gid)
{
  gid_t groups[MAX_GROUPS];
  int   n = getgroups (MAX_GROUPS, groups);

  if (getegid () == gid)
    return TRUE;
  for (int i = 0; i < n; i++) {
    if (groups[i] == gid)
      return TRUE;
  }
  return FALSE;
}

static PlanciaPortAccess *
from_info (GFileInfo *info)
{
  PlanciaPortAccess *self = g_new0 (PlanciaPortAccess, 1);

  self->exists = TRUE;
  self->allowed = g_file_info_get_attribute_boolean (info, G_FILE_ATTRIBUTE_ACCESS_CAN_READ) &&
                  g_file_info_get_attribute_boolean (info, G_FILE_ATTRIBUTE_ACCESS_CAN_WRITE);
  self->owned = g_file_info_get_attribute_uint32 (info, G_FILE_ATTRIBUTE_UNIX_UID) == getuid ();
  self->in_group = is_in_group (g_file_info_get_attribute_uint32 (info, G_FILE_ATTRIBUTE_UNIX_GID));
  self->group = g_strdup (g_file_info_get_attribute_string (info, G_FILE_ATTRIBUTE_OWNER_GROUP));
  return self;
}

static void
queried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);

  if (info)
    g_task_return_pointer (task, from_info (info), (GDestroyNotify) plancia_port_access_free);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_task_return_pointer (task,
                           g_new0 (PlanciaPortAccess, 1),
                           (GDestroyNotify) plancia_port_access_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * plancia_port_access_query_async:
 * @path: a device file
 * @cancellable: (nullable): to stop
 * @callback: called on the main thread
 * @user_data: for @callback
 */
void
plancia_port_access_query_async (const char         *path,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_file_query_info_async (file,
                           ATTRIBUTES,
                           G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT,
                           cancellable,
                           queried_cb,
                           task);
}

PlanciaPortAccess *
plancia_port_access_query_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * plancia_port_access_lasting_command:
 * @self: who may open a port
 *
 * Returns: (transfer full) (nullable): the command after which this user may, at the next login
 */
char *
plancia_port_access_lasting_command (const PlanciaPortAccess *self)
{
  if (!self->group || self->in_group)
    return NULL;
  return g_strdup_printf ("sudo usermod -aG %s $USER", self->group);
}

/**
 * plancia_port_access_session_command:
 * @self: who may open the port
 * @path: the port
 *
 * Returns: (transfer full) (nullable): the command after which this user may until the port goes
 */
char *
plancia_port_access_session_command (const PlanciaPortAccess *self, const char *path)
{
  g_autofree char *quoted = NULL;

  if (!self->exists)
    return NULL;
  /* Names that need no quotes stay as a person would write them. */
  if (strspn (path, "/" G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_.:+") != strlen (path))
    quoted = g_shell_quote (path);
  return g_strdup_printf ("sudo setfacl -m u:$USER:rw %s", quoted ? quoted : path);
}
