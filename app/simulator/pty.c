/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/pty.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

/* The kernel tells of a close, not of an open. */
#define WATCH_PERIOD 40

struct _PlanciaPty
{
  int                        master;
  char                      *path;
  char                      *name; /* a link to it that stays when the number changes */
  const PlanciaWireProtocol *protocol;
  PlanciaStation            *station; /* borrowed */
  PlanciaWire               *wire;    /* while a client has it open */
  GSource                   *watch;
};

static gboolean
set_errno (GError **error, const char *what)
{
  int code = errno;

  g_set_error (error,
               G_IO_ERROR,
               (int) g_io_error_from_errno (code),
               "cannot %s a pseudo terminal: %s",
               what,
               g_strerror (code));
  return FALSE;
}

/* Raw from the beginning, so that nothing is echoed before the client has set it up. Opening and closing the slave also
 * brings the hang-up that tells an unused line from a used one. */
static gboolean
prepare_slave (const char *path, GError **error)
{
  struct termios settings;
  int            slave = open (path, O_RDWR | O_NOCTTY | O_CLOEXEC);

  if (slave < 0)
    return set_errno (error, "open");
  if (tcgetattr (slave, &settings) == 0) {
    cfmakeraw (&settings);
    cfsetspeed (&settings, B9600);
    tcsetattr (slave, TCSANOW, &settings);
  }
  close (slave);
  return TRUE;
}

/* In the folder of the session, which nobody else can write to; one folder for each process. The last part is what
 * people see of it, as they see ttyUSB0 of an adapter. */
static char *
make_name (void)
{
  static int       count; /* atomic */
  g_autofree char *own = g_strdup_printf ("plancia-ports-%d", getpid ());
  g_autofree char *folder = g_build_filename (g_get_user_runtime_dir (), own, NULL);
  g_autofree char *base = g_strdup_printf ("ttySIM%d", g_atomic_int_add (&count, 1));

  g_mkdir_with_parents (folder, 0700);
  return g_build_filename (folder, base, NULL);
}

/* The folder goes with the last port in it. */
static void
remove_folder (const char *name)
{
  g_autofree char *folder = g_path_get_dirname (name);

  g_rmdir (folder);
}

static gboolean
make_link (PlanciaPty *self, GError **error)
{
  if (symlink (self->path, self->name) == 0)
    return TRUE;
  return set_errno (error, "name");
}

static gboolean
open_master (PlanciaPty *self, GError **error)
{
  char path[128];

  self->master = posix_openpt (O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (self->master < 0)
    return set_errno (error, "make");
  if (grantpt (self->master) != 0 || unlockpt (self->master) != 0 ||
      ptsname_r (self->master, path, sizeof path) != 0)
    return set_errno (error, "unlock");
  g_free (self->path);
  self->path = g_strdup (path);
  return prepare_slave (path, error) && make_link (self, error);
}

static void
close_master (PlanciaPty *self)
{
  unlink (self->name);
  if (self->master >= 0)
    close (self->master);
  self->master = -1;
}

static gboolean
is_used (PlanciaPty *self)
{
  struct pollfd state = {.fd = self->master, .events = POLLIN};

  return poll (&state, 1, 0) >= 0 && (state.revents & (POLLHUP | POLLERR)) == 0;
}

static gboolean watch (gpointer data);

static void
watch_for_client (PlanciaPty *self)
{
  self->watch = g_timeout_source_new (WATCH_PERIOD);
  g_source_set_callback (self->watch, watch, self, NULL);
  g_source_attach (self->watch, g_main_context_get_thread_default ());
}

/* Tries again later when there is no pty to be had. */
static gboolean
put_back (gpointer data)
{
  PlanciaPty *self = data;

  if (!open_master (self, NULL)) {
    close_master (self);
    return G_SOURCE_CONTINUE;
  }
  g_clear_pointer (&self->watch, g_source_unref);
  watch_for_client (self);
  return G_SOURCE_REMOVE;
}

static void
pull (PlanciaPty *self, guint duration)
{
  close_master (self);
  self->watch = g_timeout_source_new (duration);
  g_source_set_callback (self->watch, put_back, self, NULL);
  g_source_attach (self->watch, g_main_context_get_thread_default ());
}

static void
on_done (PlanciaWire *wire, gpointer data)
{
  PlanciaPty *self = data;
  guint       absence = plancia_wire_get_absence (wire);

  g_clear_pointer (&self->wire, plancia_wire_free);
  if (absence > 0) {
    pull (self, absence);
    return;
  }
  tcflush (self->master, TCIOFLUSH);
  watch_for_client (self);
}

static gboolean
watch (gpointer data)
{
  PlanciaPty *self = data;

  if (!is_used (self))
    return G_SOURCE_CONTINUE;
  g_clear_pointer (&self->watch, g_source_unref);
  self->wire = plancia_wire_new_pty (self->master, self->protocol, self->station, on_done, self);
  return G_SOURCE_REMOVE;
}

/**
 * plancia_pty_new:
 * @protocol: what is spoken
 * @station: service of the wire; borrowed
 * @error: %G_IO_ERROR
 *
 * Returns: (transfer full) (nullable): a line that a client may open
 */
PlanciaPty *
plancia_pty_new (const PlanciaWireProtocol *protocol, PlanciaStation *station, GError **error)
{
  g_autoptr (PlanciaPty) self = g_new0 (PlanciaPty, 1);

  self->master = -1;
  self->name = make_name ();
  self->protocol = protocol;
  self->station = station;
  if (!open_master (self, error))
    return NULL;
  watch_for_client (self);
  return g_steal_pointer (&self);
}

void
plancia_pty_free (PlanciaPty *self)
{
  if (self->watch != NULL)
    g_source_destroy (self->watch);
  g_clear_pointer (&self->watch, g_source_unref);
  g_clear_pointer (&self->wire, plancia_wire_free);
  close_master (self);
  remove_folder (self->name);
  g_free (self->name);
  g_free (self->path);
  g_free (self);
}

const char *
plancia_pty_get_path (PlanciaPty *self)
{
  return self->name;
}
