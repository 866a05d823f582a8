/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/serial-list.h"

#include "link/serial-glue.h"
#include "link/serial-holder.h"
#include <gio/gio.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* udev makes links in these that stay the same whatever the tty is called. */
#define BY_ID   "/dev/serial/by-id"
#define BY_PATH "/dev/serial/by-path"

static PlanciaSerialLister the_lister;

static struct group *
read_group (const char *path, struct group *entry, char *buffer, gsize size)
{
  struct stat   status;
  struct group *found = NULL;

  if (stat (path, &status) != 0 || getgrgid_r (status.st_gid, entry, buffer, size, &found) != 0)
    return NULL;
  return found;
}

/**
 * plancia_serial_find_group:
 * @path: of a port
 *
 * Blocking. Returns: (transfer full) (nullable): the group that owns the node
 */
char *
plancia_serial_find_group (const char *path)
{
  struct group  entry;
  char          buffer[4096];
  struct group *found = read_group (path, &entry, buffer, sizeof buffer);

  return found != NULL ? g_strdup (found->gr_name) : NULL;
}

static gboolean
is_running_with_group (gid_t group)
{
  gid_t groups[256];
  int   count = getgroups (G_N_ELEMENTS (groups), groups);

  for (int i = 0; i < count; i++)
    if (groups[i] == group)
      return TRUE;
  return getegid () == group;
}

/* A user who was put into the group is in it from the next login on. */
static gboolean
needs_relogin (const char *path)
{
  struct group  entry;
  char          buffer[4096];
  struct group *found = read_group (path, &entry, buffer, sizeof buffer);

  if (found == NULL || is_running_with_group (found->gr_gid))
    return FALSE;
  for (char **member = found->gr_mem; *member != NULL; member++)
    if (g_str_equal (*member, g_get_user_name ()))
      return TRUE;
  return FALSE;
}

static char *
find_link (const char *folder, const char *path)
{
  g_autoptr (GDir) links = g_dir_open (folder, 0, NULL);
  const char *name;

  while (links != NULL && (name = g_dir_read_name (links)) != NULL) {
    g_autofree char *link = g_build_filename (folder, name, NULL);
    g_autofree char *real = realpath (link, NULL);

    if (g_strcmp0 (real, path) == 0)
      return g_steal_pointer (&link);
  }
  return NULL;
}

/* Adapters without a serial number of their own are told apart by the socket they are in. */
static char *
make_identity (const PlanciaSerialPortInfo *port)
{
  g_autofree char *socket = NULL;
  g_autofree char *name = NULL;

  if (port->vendor == 0)
    return g_strdup (port->path);
  if (port->serial != NULL && *port->serial != '\0')
    return g_strdup_printf ("%04x:%04x:%s", port->vendor, port->product, port->serial);
  socket = find_link (BY_PATH, port->path);
  name = g_path_get_basename (socket != NULL ? socket : port->path);
  return g_strdup_printf ("%04x:%04x@%s", port->vendor, port->product, name);
}

static void
look_at_node (PlanciaSerialPortInfo *port)
{
  port->permitted = access (port->path, R_OK | W_OK) == 0;
  port->group = plancia_serial_find_group (port->path);
  port->relogin = !port->permitted && needs_relogin (port->path);
  port->link = find_link (BY_ID, port->path);
  port->identity = make_identity (port);
}

/* (transfer full) (nullable) */
static PlanciaSerialPortInfo *
look_in_list (PlanciaSerialLister lister, const char *path)
{
  g_autoptr (GPtrArray) list = lister ();

  for (guint i = 0; i < list->len; i++) {
    const PlanciaSerialPortInfo *port = g_ptr_array_index (list, i);

    if (g_str_equal (port->path, path))
      return plancia_serial_port_info_copy (port);
  }
  return NULL;
}

static gint
compare_paths (gconstpointer a, gconstpointer b)
{
  const PlanciaSerialPortInfo *const *first = a, *const *second = b;

  return g_strcmp0 ((*first)->path, (*second)->path);
}

/**
 * plancia_serial_list_set_lister:
 * @lister: (nullable): shows ports, all that is known of each, instead of the system
 *
 * For tests, before any port is listed.
 */
void
plancia_serial_list_set_lister (PlanciaSerialLister lister)
{
  g_atomic_pointer_set (&the_lister, lister);
}

/**
 * plancia_serial_port_list:
 *
 * The serial ports of the system, sorted by path; ptys are not among them. Blocking: on a worker.
 * Returns: (transfer full): a GPtrArray of PlanciaSerialPortInfo*
 */
GPtrArray *
plancia_serial_port_list (void)
{
  PlanciaSerialLister lister = g_atomic_pointer_get (&the_lister);
  GPtrArray          *list;

  if (lister != NULL)
    return lister ();
  list = plancia_serial_glue_list ();
  for (guint i = 0; i < list->len; i++)
    look_at_node (g_ptr_array_index (list, i));
  plancia_serial_holder_find_all (list);
  g_ptr_array_sort (list, compare_paths);
  return list;
}

/**
 * plancia_serial_port_find:
 * @ports: of PlanciaSerialPortInfo*
 * @text: path, link, identity or name
 *
 * Returns: (transfer none) (nullable): the first that is meant
 */
const PlanciaSerialPortInfo *
plancia_serial_port_find (GPtrArray *ports, const char *text)
{
  g_autofree char *real = *text == '/' ? realpath (text, NULL) : NULL;

  for (guint i = 0; i < ports->len; i++) {
    const PlanciaSerialPortInfo *port = g_ptr_array_index (ports, i);

    if (g_str_equal (port->path, text) || g_strcmp0 (port->path, real) == 0 ||
        g_strcmp0 (port->identity, text) == 0 || g_strcmp0 (port->name, text) == 0)
      return port;
  }
  return NULL;
}

/**
 * plancia_serial_port_find_identity:
 * @path: of a port or of a link to one
 *
 * Blocking: on a worker. Returns: (transfer full) (nullable): of an adapter on USB
 */
char *
plancia_serial_port_find_identity (const char *path)
{
  g_autoptr (PlanciaSerialPortInfo) port = plancia_serial_port_look (path);

  return port != NULL && port->vendor != 0 ? g_strdup (port->identity) : NULL;
}

/**
 * plancia_serial_port_locate:
 * @path: that was opened first
 * @identity: (nullable): of the adapter that was found there
 * @error: return location
 *
 * An adapter may come back under another name, and another adapter under this one's. Blocking: on a worker. Returns:
 * (transfer full): the path where it is now, or %NULL and G_IO_ERROR_NOT_FOUND
 */
char *
plancia_serial_port_locate (const char *path, const char *identity, GError **error)
{
  g_autoptr (GPtrArray) ports = NULL;
  const PlanciaSerialPortInfo *port;

  if (identity == NULL)
    return g_strdup (path);
  ports = plancia_serial_port_list ();
  port = plancia_serial_port_find (ports, identity);
  if (port != NULL)
    return g_strdup (port->path);
  g_set_error (error,
               G_IO_ERROR,
               G_IO_ERROR_NOT_FOUND,
               "%s: the adapter %s is unplugged",
               path,
               identity);
  return NULL;
}

/**
 * plancia_serial_port_look:
 * @path: of a port or of a link to one
 *
 * Blocking: on a worker. Returns: (transfer full) (nullable): what is known of it, a pty as well
 */
PlanciaSerialPortInfo *
plancia_serial_port_look (const char *path)
{
  g_autoptr (GPtrArray)
    one = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_serial_port_info_free);
  g_autofree char       *real = realpath (path, NULL);
  PlanciaSerialLister    lister = g_atomic_pointer_get (&the_lister);
  PlanciaSerialPortInfo *port = real != NULL && lister != NULL ? look_in_list (lister, real) : NULL;

  if (real == NULL || port != NULL)
    return port;
  port = plancia_serial_glue_look (real);
  if (port == NULL) {
    port = g_new0 (PlanciaSerialPortInfo, 1);
    port->path = g_steal_pointer (&real);
  }
  g_ptr_array_add (one, port);
  look_at_node (port);
  plancia_serial_holder_find_all (one);
  return plancia_serial_port_info_copy (port);
}
