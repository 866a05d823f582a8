/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/serial-port.h"

#include "base/clock.h"
#include "base/error.h"
#include "link/serial-glue.h"
#include "link/serial-list.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#define WRITE_LIMIT 2000 /* ms */

struct _PlanciaSerialPort
{
  GObject parent_instance;

  PlanciaSerialGlue *glue; /* NULL for a pty */
  int                descriptor;
};

G_DEFINE_FINAL_TYPE (PlanciaSerialPort, plancia_serial_port, G_TYPE_OBJECT)

static const struct
{
  guint   baud;
  speed_t speed;
} speeds[] = {
  {1200,   B1200  },
  {2400,   B2400  },
  {4800,   B4800  },
  {9600,   B9600  },
  {19200,  B19200 },
  {38400,  B38400 },
  {57600,  B57600 },
  {115200, B115200},
  {230400, B230400},
  {460800, B460800},
  {921600, B921600},
};

static gboolean
parse_format (const char *format, PlanciaSerialMode *mode, GError **error)
{
  if (format != NULL && format[0] >= '5' && format[0] <= '8' && format[1] != '\0' &&
      strchr ("NEOMSneoms", format[1]) != NULL && (format[2] == '1' || format[2] == '2') &&
      format[3] == '\0') {
    mode->data_bits = (guint) (format[0] - '0');
    mode->parity = g_ascii_toupper (format[1]);
    mode->stop_bits = (guint) (format[2] - '0');
    return TRUE;
  }
  g_set_error (error,
               PLANCIA_DOCUMENT_ERROR,
               PLANCIA_DOCUMENT_ERROR_INVALID,
               "serial format: expected such as 8N1, got %s",
               format != NULL ? format : "nothing");
  return FALSE;
}

static void
set_open_error (const char *path, int number, GError **error)
{
  g_autofree char *group = NULL;

  if (number == EACCES || number == EPERM) {
    group = plancia_serial_find_group (path);
    g_set_error (error,
                 G_IO_ERROR,
                 G_IO_ERROR_PERMISSION_DENIED,
                 "%s: permission denied; it belongs to group %s",
                 path,
                 group != NULL ? group : "unknown");
  } else if (number == EBUSY || number == EWOULDBLOCK) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY, "%s: in use by another program", path);
  } else {
    g_set_error (error,
                 G_IO_ERROR,
                 g_io_error_from_errno (number),
                 "%s: %s",
                 path,
                 g_strerror (number));
  }
}

static gboolean
is_terminal (const char *path, GError **error)
{
  struct stat status;

  if (stat (path, &status) != 0) {
    set_open_error (path, errno, error);
    return FALSE;
  }
  if (access (path, R_OK | W_OK) != 0) {
    set_open_error (path, errno, error);
    return FALSE;
  }
  if (!S_ISCHR (status.st_mode)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s: not a serial port", path);
    return FALSE;
  }
  return TRUE;
}

static gboolean
set_raw (int descriptor, const PlanciaSerialMode *mode)
{
  struct termios settings;

  if (tcgetattr (descriptor, &settings) != 0)
    return FALSE;
  cfmakeraw (&settings);
  settings.c_cflag &= ~(tcflag_t) (CSIZE | PARENB | PARODD | CSTOPB | CRTSCTS);
  settings.c_cflag |= CLOCAL | CREAD;
  settings.c_cflag |= mode->data_bits == 5   ? CS5
                      : mode->data_bits == 6 ? CS6
                      : mode->data_bits == 7 ? CS7
                                             : CS8;
  if (mode->parity == 'E' || mode->parity == 'O')
    settings.c_cflag |= PARENB | (mode->parity == 'O' ? PARODD : 0);
  if (mode->stop_bits == 2)
    settings.c_cflag |= CSTOPB;
  for (gsize i = 0; i < G_N_ELEMENTS (speeds); i++)
    if (speeds[i].baud == mode->baud)
      cfsetspeed (&settings, speeds[i].speed);
  return tcsetattr (descriptor, TCSANOW, &settings) == 0;
}

/* For ptys, which libserialport does not know. */
static int
open_plain (const char *path, const PlanciaSerialMode *mode, GError **error)
{
  int descriptor = open (path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

  if (descriptor >= 0 && set_raw (descriptor, mode))
    return descriptor;
  set_open_error (path, errno, error);
  if (descriptor >= 0)
    close (descriptor);
  return -1;
}

/* TIOCEXCL keeps others out from now on; the lock finds out who is in already, and holds for root as
 * well, whom TIOCEXCL does not impress. */
static gboolean
make_exclusive (int descriptor, const char *path, GError **error)
{
  if (flock (descriptor, LOCK_EX | LOCK_NB) != 0) {
    set_open_error (path, errno, error);
    return FALSE;
  }
  ioctl (descriptor, TIOCEXCL);
  return TRUE;
}

static gboolean
open_descriptor (PlanciaSerialPort       *self,
                 const char              *path,
                 const PlanciaSerialMode *mode,
                 GError                 **error)
{
  g_autoptr (GError) local = NULL;

  if (!g_str_has_prefix (path, "/dev/pts/")) {
    self->glue = plancia_serial_glue_open (path, mode, &local);
    if (self->glue != NULL)
      self->descriptor = plancia_serial_glue_get_fd (self->glue);
    else if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED)) {
      if (local->code == G_IO_ERROR_PERMISSION_DENIED || local->code == G_IO_ERROR_BUSY)
        set_open_error (path, local->code == G_IO_ERROR_BUSY ? EBUSY : EACCES, error);
      else
        g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  }
  if (self->glue == NULL)
    self->descriptor = open_plain (path, mode, error);
  return self->descriptor >= 0;
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
  self->descriptor = -1;
}

/**
 * plancia_serial_port_open:
 * @path: of a tty or pty, or a link to one such as in /dev/serial/by-id
 * @baud: bits a second
 * @format: data bits, parity (N E O M S) and stop bits, such as "8N1"
 *
 * Opens exclusively and in raw mode; sends nothing and throws away nothing. The kernel raises DTR and
 * RTS, which makes some boards start anew. Blocking: on a worker. Returns: (transfer full)
 */
PlanciaSerialPort *
plancia_serial_port_open (const char *path, guint baud, const char *format, GError **error)
{
  g_autoptr (PlanciaSerialPort) self = g_object_new (PLANCIA_TYPE_SERIAL_PORT, NULL);
  g_autofree char  *real = realpath (path, NULL);
  PlanciaSerialMode mode = {.baud = baud};

  if (!parse_format (format, &mode, error))
    return NULL;
  if (real == NULL) {
    set_open_error (path, errno, error);
    return NULL;
  }
  if (!is_terminal (real, error) || !open_descriptor (self, real, &mode, error) ||
      !make_exclusive (self->descriptor, path, error))
    return NULL;
  return g_steal_pointer (&self);
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

static gboolean
wait_writable (int descriptor, gint64 deadline, GCancellable *cancellable, GError **error)
{
  GPollFD polled[2] = {
    {.fd = descriptor, .events = G_IO_OUT}
  };
  gint64   left = MAX (deadline - plancia_clock_monotonic (), 0);
  gboolean can_cancel = g_cancellable_make_pollfd (cancellable, &polled[1]);
  int      ready = g_poll (polled, can_cancel ? 2 : 1, (int) left);

  if (can_cancel)
    g_cancellable_release_fd (cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (ready > 0)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "the serial port takes no bytes");
  return FALSE;
}

/**
 * plancia_serial_port_write:
 *
 * All of @data or an error, within 2 s. Blocking: on a worker.
 */
gboolean
plancia_serial_port_write (PlanciaSerialPort *self,
                           GBytes            *data,
                           GCancellable      *cancellable,
                           GError           **error)
{
  gsize       length, written = 0;
  const char *bytes = g_bytes_get_data (data, &length);
  gint64      deadline = plancia_clock_monotonic () + WRITE_LIMIT;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  while (written < length) {
    gssize now = write (self->descriptor, bytes + written, length - written);

    if (now > 0) {
      written += (gsize) now;
    } else if (now < 0 && errno != EAGAIN && errno != EINTR) {
      g_set_error (error,
                   G_IO_ERROR,
                   errno == EIO ? G_IO_ERROR_CONNECTION_CLOSED
                                : (int) g_io_error_from_errno (errno),
                   "writing to the serial port: %s",
                   g_strerror (errno));
      return FALSE;
    } else if (!wait_writable (self->descriptor, deadline, cancellable, error)) {
      return FALSE;
    }
  }
  return TRUE;
}

/**
 * plancia_serial_port_set_lines:
 *
 * Raises or drops DTR and RTS; a pty has none.
 */
void
plancia_serial_port_set_lines (PlanciaSerialPort *self, gboolean dtr, gboolean rts)
{
  int raised = (dtr ? TIOCM_DTR : 0) | (rts ? TIOCM_RTS : 0);
  int dropped = (TIOCM_DTR | TIOCM_RTS) & ~raised;

  ioctl (self->descriptor, TIOCMBIS, &raised);
  ioctl (self->descriptor, TIOCMBIC, &dropped);
}

/**
 * plancia_serial_port_send_break:
 *
 * A break of 0.25 to 0.5 s. Blocking: on a worker.
 */
void
plancia_serial_port_send_break (PlanciaSerialPort *self)
{
  tcsendbreak (self->descriptor, 0);
}

/**
 * plancia_serial_port_close:
 *
 * Idempotent.
 */
void
plancia_serial_port_close (PlanciaSerialPort *self)
{
  if (self->descriptor < 0)
    return;
  ioctl (self->descriptor, TIOCNXCL);
  if (self->glue != NULL)
    g_clear_pointer (&self->glue, plancia_serial_glue_close);
  else
    close (self->descriptor);
  self->descriptor = -1;
}
