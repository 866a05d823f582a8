/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/serial-port.h"

#include "link/serial-glue.h"
#include "link/serial-holder.h"
#include "link/serial-list.h"
#include "link/serial-setup.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/serial.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* Major numbers that the kernel gives to ptys. */
#define FIRST_PTY 136
#define LAST_PTY  143

struct _PlanciaSerialPort
{
  GObject parent_instance;

  PlanciaSerialGlue    *glue;       /* NULL for a pty */
  int                   guard;      /* holds the lock */
  int                   descriptor; /* the guard itself for a pty */
  gboolean              exclusive;
  PlanciaSerialSettings settings;
  PlanciaSerialErrors   before; /* what the driver had counted when the port was opened */
};

G_DEFINE_FINAL_TYPE (PlanciaSerialPort, plancia_serial_port, G_TYPE_OBJECT)

static const struct
{
  guint line;
  int   bit;
} modem_lines[] = {
  {PLANCIA_SERIAL_LINE_DTR, TIOCM_DTR},
  {PLANCIA_SERIAL_LINE_RTS, TIOCM_RTS},
  {PLANCIA_SERIAL_LINE_CTS, TIOCM_CTS},
  {PLANCIA_SERIAL_LINE_DSR, TIOCM_DSR},
  {PLANCIA_SERIAL_LINE_DCD, TIOCM_CD },
  {PLANCIA_SERIAL_LINE_RI,  TIOCM_RI },
};

/* --- errors ---------------------------------------------------------------------------------- */

static void
set_busy_error (const char *path, GError **error)
{
  g_autoptr (PlanciaSerialPortInfo) port = plancia_serial_port_look (path);

  if (port != NULL && port->holder != NULL)
    g_set_error (error,
                 G_IO_ERROR,
                 G_IO_ERROR_BUSY,
                 "%s: busy: opened by %s (%d)",
                 path,
                 port->holder,
                 port->holder_pid);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY, "%s: busy: in use by another program", path);
}

static void
set_permission_error (const char *path, GError **error)
{
  g_autofree char *group = plancia_serial_find_group (path);

  g_set_error (error,
               G_IO_ERROR,
               G_IO_ERROR_PERMISSION_DENIED,
               "%s: permission denied; it belongs to group %s",
               path,
               group != NULL ? group : "unknown");
}

static void
set_open_error (const char *path, int number, GError **error)
{
  if (number == EACCES || number == EPERM)
    set_permission_error (path, error);
  else if (number == EBUSY || number == EWOULDBLOCK)
    set_busy_error (path, error);
  else
    g_set_error (error,
                 G_IO_ERROR,
                 g_io_error_from_errno (number),
                 "%s: %s",
                 path,
                 g_strerror (number));
}

/* --- opening --------------------------------------------------------------------------------- */

static gboolean
is_terminal (const char *path, gboolean *is_pty, GError **error)
{
  struct stat status;

  if (stat (path, &status) != 0 || access (path, R_OK | W_OK) != 0) {
    set_open_error (path, errno, error);
    return FALSE;
  }
  if (!S_ISCHR (status.st_mode)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s: not a serial port", path);
    return FALSE;
  }
  *is_pty = major (status.st_rdev) >= FIRST_PTY && major (status.st_rdev) <= LAST_PTY;
  return TRUE;
}

/* Before anything is set up, so that a program that is in already keeps its settings. The locks find out who is in, and
 * hold for root as well, whom TIOCEXCL does not impress. */
static gboolean
lock_port (PlanciaSerialPort *self, const char *path, GError **error)
{
  self->guard = open (path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (self->guard < 0) {
    set_open_error (path, errno, error);
    return FALSE;
  }
  if (plancia_serial_holder_find_lock (path) == 0 && flock (self->guard, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  set_busy_error (path, error);
  return FALSE;
}

static gboolean
open_pty (PlanciaSerialPort *self, const char *path, GError **error)
{
  if (plancia_serial_setup_apply (self->guard, &self->settings)) {
    self->descriptor = self->guard;
    return TRUE;
  }
  set_open_error (path, errno, error);
  return FALSE;
}

static gboolean
open_tty (PlanciaSerialPort *self, const char *path, GError **error)
{
  self->glue = plancia_serial_glue_open (path, &self->settings, error);
  if (self->glue == NULL)
    return FALSE;
  self->descriptor = plancia_serial_glue_get_fd (self->glue);
  return plancia_serial_setup_check (self->descriptor, &self->settings, error);
}

static gboolean
read_errors (int descriptor, PlanciaSerialErrors *out)
{
  struct serial_icounter_struct counters = {0};

  if (ioctl (descriptor, TIOCGICOUNT, &counters) != 0)
    return FALSE;
  out->framing = (guint) counters.frame;
  out->parity = (guint) counters.parity;
  out->overruns = (guint) counters.overrun + (guint) counters.buf_overrun;
  out->breaks = (guint) counters.brk;
  return TRUE;
}

static void
plancia_serial_port_dispose (GObject *object)
{
  plancia_serial_port_close (PLANCIA_SERIAL_PORT (object));
  G_OBJECT_CLASS (plancia_serial_port_parent_class)->dispose (object);
}

static void
plancia_serial_port_class_init (PlanciaSerialPortClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plancia_serial_port_dispose;
}

static void
plancia_serial_port_init (PlanciaSerialPort *self)
{
  self->guard = -1;
  self->descriptor = -1;
}

/**
 * plancia_serial_port_open:
 * @path: of a tty or pty, or a link to one such as in /dev/serial/by-id
 * @settings: how it is set up
 *
 * Opens exclusively and in raw mode; sends nothing and throws away nothing. The kernel raises DTR and
 * RTS, which makes some boards start anew. Blocking: on a worker. Returns: (transfer full)
 */
PlanciaSerialPort *
plancia_serial_port_open (const char *path, const PlanciaSerialSettings *settings, GError **error)
{
  g_autoptr (PlanciaSerialPort) self = g_object_new (PLANCIA_TYPE_SERIAL_PORT, NULL);
  g_autofree char *real = realpath (path, NULL);
  gboolean         is_pty = FALSE;

  if (!plancia_serial_settings_check (settings, error))
    return NULL;
  if (real == NULL) {
    set_open_error (path, errno, error);
    return NULL;
  }
  if (!is_terminal (real, &is_pty, error))
    return NULL;
  self->settings = *settings;
  if (!lock_port (self, real, error))
    return NULL;
  if (!(is_pty ? open_pty (self, real, error) : open_tty (self, real, error)))
    return NULL;
  ioctl (self->descriptor, TIOCEXCL);
  self->exclusive = TRUE;
  read_errors (self->descriptor, &self->before);
  return g_steal_pointer (&self);
}

static gboolean
apply (PlanciaSerialPort *self, const PlanciaSerialSettings *settings, GError **error)
{
  if (self->glue != NULL)
    return plancia_serial_glue_set_up (self->glue, settings, error) &&
           plancia_serial_setup_check (self->descriptor, settings, error);
  if (plancia_serial_setup_apply (self->descriptor, settings))
    return TRUE;
  g_set_error (error,
               G_IO_ERROR,
               g_io_error_from_errno (errno),
               "setting up the port: %s",
               g_strerror (errno));
  return FALSE;
}

/**
 * plancia_serial_port_set_up:
 * @self: an open port
 * @settings: from now on
 *
 * What was received is kept; what is still on its way out goes with the new settings. Blocking: on a worker.
 */
gboolean
plancia_serial_port_set_up (PlanciaSerialPort           *self,
                            const PlanciaSerialSettings *settings,
                            GError                     **error)
{
  if (!plancia_serial_settings_check (settings, error))
    return FALSE;
  if (apply (self, settings, error)) {
    self->settings = *settings;
    return TRUE;
  }
  apply (self, &self->settings, NULL);
  return FALSE;
}

/**
 * plancia_serial_port_get_fd:
 *
 * The descriptor, which does not block and stays the port's; -1 when closed.
 */
int
plancia_serial_port_get_fd (PlanciaSerialPort *self)
{
  return self->descriptor;
}

/**
 * plancia_serial_port_write:
 * @self: an open port
 * @data: what to send
 * @length: of it
 *
 * Does not block. Returns: how many bytes the port took; 0 if none now; -1 with @error
 */
gssize
plancia_serial_port_write (PlanciaSerialPort *self, const void *data, gsize length, GError **error)
{
  ssize_t now = write (self->descriptor, data, length);

  if (now >= 0)
    return now;
  if (errno == EAGAIN || errno == EINTR)
    return 0;
  g_set_error (error,
               G_IO_ERROR,
               errno == EIO ? G_IO_ERROR_CONNECTION_CLOSED : (int) g_io_error_from_errno (errno),
               "writing to the serial port: %s",
               g_strerror (errno));
  return -1;
}

/**
 * plancia_serial_port_is_ready:
 *
 * Returns: %FALSE when DSR/DTR flow control says that the other side takes nothing now
 */
gboolean
plancia_serial_port_is_ready (PlanciaSerialPort *self)
{
  guint lines;

  if (self->settings.flow != PLANCIA_FLOW_CONTROL_DSR_DTR)
    return TRUE;
  lines = plancia_serial_port_get_lines (self);
  return (lines & PLANCIA_SERIAL_LINE_KNOWN) == 0 || (lines & PLANCIA_SERIAL_LINE_DSR) != 0;
}

/**
 * plancia_serial_port_get_lines:
 *
 * Returns: PlanciaSerialLines; 0 where there are none, as on a pty
 */
guint
plancia_serial_port_get_lines (PlanciaSerialPort *self)
{
  int   bits = 0;
  guint lines = PLANCIA_SERIAL_LINE_KNOWN;

  if (ioctl (self->descriptor, TIOCMGET, &bits) != 0)
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (modem_lines); i++)
    if ((bits & modem_lines[i].bit) != 0)
      lines |= modem_lines[i].line;
  return lines;
}

/**
 * plancia_serial_port_set_lines:
 * @mask: which of DTR and RTS
 * @lines: what they become
 *
 * Does nothing where there are none.
 */
void
plancia_serial_port_set_lines (PlanciaSerialPort *self, guint mask, guint lines)
{
  int on = 0, off = 0;

  for (gsize i = 0; i < 2; i++) {
    if ((mask & modem_lines[i].line) == 0)
      continue;
    if ((lines & modem_lines[i].line) != 0)
      on |= modem_lines[i].bit;
    else
      off |= modem_lines[i].bit;
  }
  if (on != 0)
    ioctl (self->descriptor, TIOCMBIS, &on);
  if (off != 0)
    ioctl (self->descriptor, TIOCMBIC, &off);
}

/**
 * plancia_serial_port_set_break:
 * @on: whether the line is held in the break state
 *
 * Does nothing on a pty.
 */
void
plancia_serial_port_set_break (PlanciaSerialPort *self, gboolean on)
{
  ioctl (self->descriptor, on ? TIOCSBRK : TIOCCBRK);
}

/**
 * plancia_serial_port_get_errors:
 * @out: (out): since the port was opened; 0 where the driver does not count
 */
void
plancia_serial_port_get_errors (PlanciaSerialPort *self, PlanciaSerialErrors *out)
{
  PlanciaSerialErrors now;

  *out = (PlanciaSerialErrors){0};
  if (!read_errors (self->descriptor, &now))
    return;
  out->framing = now.framing - self->before.framing;
  out->parity = now.parity - self->before.parity;
  out->overruns = now.overruns - self->before.overruns;
  out->breaks = now.breaks - self->before.breaks;
}

/**
 * plancia_serial_port_close:
 *
 * Idempotent.
 */
void
plancia_serial_port_close (PlanciaSerialPort *self)
{
  if (self->exclusive)
    ioctl (self->descriptor, TIOCNXCL);
  self->exclusive = FALSE;
  g_clear_pointer (&self->glue, plancia_serial_glue_close);
  if (self->guard >= 0)
    close (self->guard);
  self->guard = -1;
  self->descriptor = -1;
}
