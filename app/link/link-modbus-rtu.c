/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"
#include "base/error.h"
#include "link/libmodbus-glue.h"
#include "link/link-base.h"
#include "link/links.h"
#include "link/serial-list.h"
#include "link/serial-port.h"
#include "protocol/modbus-pdu.h"
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

/* RTU on a serial line. A line is not a connection: closing and opening it again does not stop a
 * device from answering late, and drops DTR, which restarts some adapters. So after a failure the line
 * is listened to, and what comes thrown away, for as long as the device had for its answer (at most a
 * second) before the next request is sent. Only a line that is gone is opened anew. */
#define LISTEN_LIMIT 1000 /* ms */
/* A late answer has ended when nothing came for so long. */
#define QUIET 50 /* ms */

#define PLANCIA_TYPE_LINK_MODBUS_RTU (plancia_link_modbus_rtu_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaLinkModbusRtu,
                      plancia_link_modbus_rtu,
                      PLANCIA,
                      LINK_MODBUS_RTU,
                      PlanciaLinkBase)

/* A request that was not answered. Its answer may come at any time, and an RTU frame does not say what it
 * answers: so the unit is asked next for a number of registers that no open request was for, and what has
 * another length is thrown away. Devices answer in order: then nothing can be late any more. */
typedef struct
{
  gboolean open;
  guint8   unit;
  guint8   function; /* of a read */
  guint16  address;
  guint16  count;
  guint    tries;
} Doubt;

/* Numbers of registers that take turns in that. */
#define DOUBT_COUNTS 8

struct _PlanciaLinkModbusRtu
{
  PlanciaLinkBase parent_instance;

  char              *device;
  char              *identity; /* of the USB adapter that was open last, or NULL */
  guint              baud;
  char              *format;
  guint              timeout;
  PlanciaSerialPort *port;
  PlanciaModbusPipe *pipe;
  gint64             listen_until; /* monotonic, ms */
  gint64             last_byte;    /* monotonic, us: end of the last answer */
  Doubt              doubt;
};

G_DEFINE_FINAL_TYPE (PlanciaLinkModbusRtu, plancia_link_modbus_rtu, PLANCIA_TYPE_LINK_BASE)

static void
plancia_link_modbus_rtu_disconnect (PlanciaLinkBase *base)
{
  PlanciaLinkModbusRtu *self = PLANCIA_LINK_MODBUS_RTU (base);

  g_clear_pointer (&self->pipe, plancia_modbus_pipe_free);
  g_clear_object (&self->port);
}

/* The adapter that was open before, wherever it is now; else what the path leads to. */
static gboolean
open_port (PlanciaLinkModbusRtu *self, const PlanciaSerialSettings *settings, GError **error)
{
  g_autofree char *path = plancia_serial_port_locate (self->device, self->identity, error);

  self->port = path != NULL ? plancia_serial_port_open (path, settings, error) : NULL;
  if (self->port != NULL && self->identity == NULL)
    self->identity = plancia_serial_port_find_identity (path);
  return self->port != NULL;
}

static gboolean
open_line (PlanciaLinkModbusRtu *self, GError **error)
{
  PlanciaSerialSettings settings;

  if (self->port != NULL)
    return TRUE;
  plancia_serial_settings_init (&settings);
  settings.baud = self->baud;
  if (!plancia_serial_settings_set_format (&settings, self->format, error))
    return FALSE;
  if (!open_port (self, &settings, error))
    return FALSE;
  self->pipe =
    plancia_modbus_pipe_new_rtu (plancia_serial_port_get_fd (self->port), self->baud, error);
  if (self->pipe == NULL) {
    g_clear_object (&self->port);
    return FALSE;
  }
  plancia_modbus_pipe_set_tap (self->pipe, plancia_link_base_tap, self);
  return TRUE;
}

/* Throws away what waits. -1: the line is gone. */
static gssize
discard (PlanciaLinkModbusRtu *self)
{
  int    descriptor = plancia_serial_port_get_fd (self->port);
  guint8 bytes[512];
  gssize total = 0;

  while (total < 64 * 1024) {
    struct pollfd polled = {.fd = descriptor, .events = POLLIN};
    gssize        now;

    if (poll (&polled, 1, 0) <= 0)
      return total;
    now = (polled.revents & POLLIN) != 0 ? read (descriptor, bytes, sizeof bytes) : 0;
    /* A line that hung up is readable and gives nothing. */
    if (now <= 0)
      return -1;
    plancia_link_base_tap_stray (PLANCIA_LINK_BASE (self),
                                 FALSE,
                                 PLANCIA_EXCHANGE_LATE,
                                 bytes,
                                 (gsize) now);
    total += now;
  }
  return total;
}

/* FALSE when cancelled. */
static gboolean
wait_for_bytes (PlanciaLinkModbusRtu *self, gint64 limit, GCancellable *cancellable, GError **error)
{
  GPollFD polled[2] = {
    {.fd = plancia_serial_port_get_fd (self->port), .events = G_IO_IN}
  };
  gboolean can_cancel = g_cancellable_make_pollfd (cancellable, &polled[1]);

  g_poll (polled, can_cancel ? 2 : 1, (int) MAX (limit, 0));
  if (can_cancel)
    g_cancellable_release_fd (cancellable);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static gboolean
listen_for_late (PlanciaLinkModbusRtu *self, GCancellable *cancellable, GError **error)
{
  gint64 quiet_since = 0;

  while (TRUE) {
    gint64 now = plancia_clock_monotonic ();
    gint64 until = quiet_since > 0 ? MIN (quiet_since + QUIET, self->listen_until)
                                   : self->listen_until;
    gssize came;

    if (now >= until)
      return TRUE;
    if (!wait_for_bytes (self, until - now, cancellable, error))
      return FALSE;
    came = discard (self);
    if (came < 0) {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "the line is gone");
      return FALSE;
    }
    if (came > 0)
      quiet_since = plancia_clock_monotonic ();
  }
}

static gboolean
plancia_link_modbus_rtu_connect (PlanciaLinkBase *base, GCancellable *cancellable, GError **error)
{
  PlanciaLinkModbusRtu *self = PLANCIA_LINK_MODBUS_RTU (base);

  if (!open_line (self, error))
    return FALSE;
  if (!listen_for_late (self, cancellable, error)) {
    if (!g_cancellable_is_cancelled (cancellable))
      plancia_link_modbus_rtu_disconnect (base);
    return FALSE;
  }
  self->listen_until = 0;
  tcflush (plancia_serial_port_get_fd (self->port), TCIFLUSH);
  return TRUE;
}

static void
plancia_link_modbus_rtu_reset (PlanciaLinkBase *base)
{
  PlanciaLinkModbusRtu *self = PLANCIA_LINK_MODBUS_RTU (base);

  if (discard (self) < 0)
    plancia_link_modbus_rtu_disconnect (base);
  self->listen_until = plancia_clock_monotonic () + MIN (self->timeout, LISTEN_LIMIT);
}

static PlanciaLine
plancia_link_modbus_rtu_settle (PlanciaLinkBase *base)
{
  gssize came = discard (PLANCIA_LINK_MODBUS_RTU (base));

  if (came < 0)
    return PLANCIA_LINE_GONE;
  return came > 0 ? PLANCIA_LINE_SURPLUS : PLANCIA_LINE_CLEAN;
}

/* Frames on a line are told apart by a silence of three and a half characters. */
static void
keep_silence (PlanciaLinkModbusRtu *self)
{
  gint64 silence = 35 * 11 * G_USEC_PER_SEC / 10 / MAX (self->baud, 50);
  gint64 left = self->last_byte + MAX (silence, 1750) - g_get_monotonic_time ();

  if (left > 0)
    g_usleep ((gulong) left);
}

static void
open_doubt (PlanciaLinkModbusRtu *self, guint8 unit, GBytes *pdu)
{
  gsize         length;
  const guint8 *bytes = g_bytes_get_data (pdu, &length);
  gboolean      is_read = bytes[0] == PLANCIA_MODBUS_READ_HOLDING ||
                     bytes[0] == PLANCIA_MODBUS_READ_INPUT;

  if (length < 5)
    return;
  self->doubt.open = TRUE;
  self->doubt.unit = unit;
  self->doubt.function = is_read ? bytes[0] : PLANCIA_MODBUS_READ_HOLDING;
  self->doubt.address = (guint16) MIN (bytes[1] << 8 | bytes[2], G_MAXUINT16 - DOUBT_COUNTS);
  self->doubt.count = is_read ? (guint16) (bytes[3] << 8 | bytes[4]) : 0;
}

static guint16
next_count (Doubt *doubt)
{
  guint16 count = (guint16) (1 + doubt->tries++ % DOUBT_COUNTS);

  return count != doubt->count ? count : DOUBT_COUNTS + 1;
}

static gboolean
is_read_of (GBytes *answer, guint8 function, guint16 count)
{
  gsize         length;
  const guint8 *bytes = g_bytes_get_data (answer, &length);

  return length >= 2 && bytes[0] == function && bytes[1] == 2 * count;
}

static gboolean
is_exception (GBytes *answer)
{
  return (*(const guint8 *) g_bytes_get_data (answer, NULL) & 0x80) != 0;
}

/* An exception may be the one or the other's: when nothing follows it, nothing is open. */
static gboolean
settle_doubt (PlanciaLinkModbusRtu *self, GCancellable *cancellable, GError **error)
{
  Doubt  *doubt = &self->doubt;
  guint16 count = next_count (doubt);
  gint64  deadline = plancia_clock_monotonic () + self->timeout;
  g_autoptr (GBytes) request = plancia_modbus_pdu_read (doubt->function, doubt->address, count);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) local = NULL;
  gboolean refused = FALSE, surplus = FALSE;

  answer = plancia_modbus_pipe_transact (self->pipe,
                                         doubt->unit,
                                         request,
                                         self->timeout,
                                         &surplus,
                                         cancellable,
                                         &local);
  while (answer != NULL && !is_read_of (answer, doubt->function, count)) {
    refused |= is_exception (answer);
    g_bytes_unref (answer);
    answer = plancia_modbus_pipe_receive (self->pipe,
                                          doubt->unit,
                                          (guint) MAX (deadline - plancia_clock_monotonic (), 1),
                                          cancellable,
                                          &local);
  }
  doubt->open = answer == NULL &&
                !(refused && g_error_matches (local, G_IO_ERROR, G_IO_ERROR_TIMED_OUT));
  self->last_byte = g_get_monotonic_time ();
  if (doubt->open)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    plancia_link_base_tap_next (PLANCIA_LINK_BASE (self), NULL);
  return !doubt->open;
}

static GBytes *
plancia_link_modbus_rtu_exchange (PlanciaLinkBase *base,
                                  guint8           unit,
                                  GBytes          *pdu,
                                  gboolean        *surplus,
                                  GCancellable    *cancellable,
                                  GError         **error)
{
  PlanciaLinkModbusRtu *self = PLANCIA_LINK_MODBUS_RTU (base);
  GBytes               *answer;

  keep_silence (self);
  if (self->doubt.open && self->doubt.unit == unit) {
    if (!settle_doubt (self, cancellable, error))
      return NULL;
    keep_silence (self);
  }
  answer = plancia_modbus_pipe_transact (self->pipe,
                                         unit,
                                         pdu,
                                         self->timeout,
                                         surplus,
                                         cancellable,
                                         error);
  self->last_byte = g_get_monotonic_time ();
  if (answer == NULL)
    open_doubt (self, unit, pdu);
  return answer;
}

static void
plancia_link_modbus_rtu_finalize (GObject *object)
{
  PlanciaLinkModbusRtu *self = PLANCIA_LINK_MODBUS_RTU (object);

  g_free (self->device);
  g_free (self->identity);
  g_free (self->format);
  G_OBJECT_CLASS (plancia_link_modbus_rtu_parent_class)->finalize (object);
}

static void
plancia_link_modbus_rtu_class_init (PlanciaLinkModbusRtuClass *klass)
{
  PlanciaLinkBaseClass *base_class = PLANCIA_LINK_BASE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = plancia_link_modbus_rtu_finalize;
  base_class->connect = plancia_link_modbus_rtu_connect;
  base_class->disconnect = plancia_link_modbus_rtu_disconnect;
  base_class->reset = plancia_link_modbus_rtu_reset;
  base_class->settle = plancia_link_modbus_rtu_settle;
  base_class->exchange = plancia_link_modbus_rtu_exchange;
}

static void
plancia_link_modbus_rtu_init (PlanciaLinkModbusRtu *self)
{
}

/**
 * plancia_link_modbus_rtu_new:
 * @device: path of a tty or pty; an adapter on USB is followed to another name
 * @baud: bits a second
 * @format: such as "8N1"
 * @timeout: milliseconds for a whole exchange
 *
 * For RS485. Opens nothing. Returns: (transfer full)
 */
PlanciaLink *
plancia_link_modbus_rtu_new (const char *device, guint baud, const char *format, guint timeout)
{
  PlanciaLinkModbusRtu *self = g_object_new (PLANCIA_TYPE_LINK_MODBUS_RTU, NULL);

  self->device = g_strdup (device);
  self->baud = baud;
  self->format = g_strdup (format);
  self->timeout = timeout;
  plancia_link_base_set_wire (PLANCIA_LINK_BASE (self),
                              PLANCIA_WIRE_RTU,
                              g_ref_string_new (device));
  return PLANCIA_LINK (self);
}
