/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/serial-holder.h"

#include <errno.h>
#include <gio/gio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

static char *
read_name (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/comm", pid);
  char            *name = NULL;

  if (!g_file_get_contents (path, &name, NULL, NULL))
    return NULL;
  return g_strchomp (name);
}

static void
set_holder (PlanciaSerialPortInfo *port, int pid)
{
  g_free (port->holder);
  port->holder = read_name (pid);
  port->holder_pid = pid;
  if (port->holder == NULL)
    port->holder = g_strdup_printf ("%d", pid);
}

static void
look_at_descriptor (GPtrArray *ports, int pid, const char *link)
{
  char    target[256];
  ssize_t length = readlink (link, target, sizeof target - 1);

  if (length <= 0)
    return;
  target[length] = '\0';
  if (strncmp (target, "/dev/", 5) != 0)
    return;
  for (guint i = 0; i < ports->len; i++) {
    PlanciaSerialPortInfo *port = g_ptr_array_index (ports, i);

    if (port->holder == NULL && g_str_equal (port->path, target))
      set_holder (port, pid);
  }
}

static void
look_at_process (GPtrArray *ports, int pid)
{
  g_autofree char *folder = g_strdup_printf ("/proc/%d/fd", pid);
  g_autoptr (GDir) descriptors = g_dir_open (folder, 0, NULL);
  const char *name;

  while (descriptors != NULL && (name = g_dir_read_name (descriptors)) != NULL) {
    g_autofree char *link = g_build_filename (folder, name, NULL);

    look_at_descriptor (ports, pid, link);
  }
}

/* Of the lock that this program takes as well: others may have the port open without one. */
static int
find_lock_owner (const char *path)
{
  struct stat      status;
  g_autofree char *text = NULL;
  g_autofree char *node = NULL;
  g_auto (GStrv) lines = NULL;

  if (stat (path, &status) != 0 || !g_file_get_contents ("/proc/locks", &text, NULL, NULL))
    return 0;
  node = g_strdup_printf (" %02x:%02x:%" G_GUINT64_FORMAT " ",
                          major (status.st_dev),
                          minor (status.st_dev),
                          (guint64) status.st_ino);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    int pid = 0;

    if (strstr (lines[i], node) != NULL && sscanf (lines[i], "%*d: FLOCK %*s %*s %d ", &pid) == 1 &&
        pid > 0 && pid != getpid ())
      return pid;
  }
  return 0;
}

/**
 * plancia_serial_holder_find_lock:
 * @path: of a port
 *
 * Returns: the process that holds it by a lock file in /var/lock, 0 if none or dead
 */
int
plancia_serial_holder_find_lock (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *lock = g_strdup_printf ("/var/lock/LCK..%s", name);
  g_autofree char *text = NULL;
  int              pid;

  if (g_str_has_prefix (path, "/dev/pts/") || !g_file_get_contents (lock, &text, NULL, NULL))
    return 0;
  pid = (int) strtol (text, NULL, 10);
  return pid > 0 && pid != getpid () && (kill (pid, 0) == 0 || errno == EPERM) ? pid : 0;
}

/**
 * plancia_serial_holder_find_all:
 * @ports: of PlanciaSerialPortInfo*
 *
 * Blocking: some milliseconds for a few hundred processes.
 */
void
plancia_serial_holder_find_all (GPtrArray *ports)
{
  g_autoptr (GDir) processes = NULL;
  const char *name;

  if (ports->len == 0)
    return;
  for (guint i = 0; i < ports->len; i++) {
    PlanciaSerialPortInfo *port = g_ptr_array_index (ports, i);
    int                    pid = plancia_serial_holder_find_lock (port->path);

    if (pid == 0)
      pid = find_lock_owner (port->path);
    if (pid != 0)
      set_holder (port, pid);
  }
  processes = g_dir_open ("/proc", 0, NULL);
  while (processes != NULL && (name = g_dir_read_name (processes)) != NULL) {
    int pid = (int) strtol (name, NULL, 10);

    if (pid > 0 && pid != getpid ())
      look_at_process (ports, pid);
  }
}
