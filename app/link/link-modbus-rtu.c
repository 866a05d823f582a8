/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"
#include "base/error.h"
#include "link/late-answers.h"
#include "link/libmodbus-glue.h"
#include "link/link-base.h"
#include "link/link-shared.h"
#include "link/links.h"
#include "link/serial-list.h"
#include "link/serial-port.h"
#include "protocol/modbus-pdu.h"
#include "protocol/modbus-rtu.h"
#include <poll.h>
#include <unistd.h>

/* RTU on a serial line. A line is not a connection: closing and opening it again does not stop a
 * device from answering late, and drops DTR, which restarts some adapters. So after a failure the line
 * is listened to for as long as the device had for its answer (at most a second) before the next
 * request is sent, and what is still to come then is told apart by its shape (late-answers.h). Only a
 * line that is gone is opened anew. */
#define LISTEN_LIMIT 1000 /* ms */
/* A late answer has ended when nothing came for so long. */
#define QUIET 50 /* ms */
/* When a device refuses even what tells: it has said all after so long a silence. */
#define SILENCE 1000 /* ms */
/* Questions that tell, one after the other, when the device refuses them. */
#define QUESTIONS 3
/* The shape of a request may be used again after so long, and so many times its own. */
#define PATIENCE       5000 /* ms */
#define PATIENCE_TIMES 10
/* Bytes that are thrown away at once, and at most kept while listening. */
#define HEARD_LIMIT (64 * 1024)

#define PLANCIA_TYPE_LINK_MODBUS_RTU (plancia_link_modbus_rtu_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaLinkModbusRtu,
                      plancia_link_modbus_rtu,
                      PLANCIA,
                      LINK_MODBUS_RTU,
                      PlanciaLinkBase)

struct _PlanciaLinkModbusRtu
{
  PlanciaLinkBase parent_instance;

  char              *device;
  char              *identity;    /* of the USB adapter that was open last, or NULL */
  gboolean           from_before; /* it is another time's, and was not open yet */
  guint              baud;
  char              *format;
  guint              timeout;
  PlanciaSerialPort *port;
  PlanciaModbusPipe *pipe;
  gint64             listen_until; /* monotonic, ms */
  gint64             last_byte;    /* monotonic, us: end of the last answer */

  PlanciaLateAnswers *late;
  GByteArray         *heard; /* while nobody asked */
};

G_DEFINE_FINAL_TYPE (PlanciaLinkModbusRtu, plancia_link_modbus_rtu, PLANCIA_TYPE_LINK_BASE)

static void
plancia_link_modbus_rtu_disconnect (PlanciaLinkBase *base)
{
  PlanciaLinkModbusRtu *self = PLANCIA_LINK_MODBUS_RTU (base);

  g_clear_pointer (&self->pipe, plancia_modbus_pipe_free);
  g_clear_object (&self->port);
}

/* The adapter that was open before, wherever it is now; else what the path leads to. Between two times somebody may have taken
 * another adapter; while a visit lasts nothing else is taken for it. */
static char *
find_path (PlanciaLinkModbusRtu *self, GError **error)
{
  char *path;

  if (!self->from_before)
    return plancia_serial_port_locate (self->device, self->identity, error);
  path = plancia_serial_port_locate (self->device, self->identity, NULL);
  if (path != NULL)
    return path;
  g_clear_pointer (&self->identity, g_free);
  return g_strdup (self->device);
}

static gboolean
open_port (PlanciaLinkModbusRtu *self, const PlanciaSerialSettings *settings, GError **error)
{
  g_autofree char *path = find_path (self, error);

  self->port = path != NULL ? plancia_serial_port_open (path, settings, error) : NULL;
  if (self->port != NULL && self->identity == NULL)
    self->identity = plancia_serial_port_find_identity (path);
  self->from_before = self->from_before && self->port == NULL;
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

/* Takes what waits. -1: the line is gone. */
static gssize
hear (PlanciaLinkModbusRtu *self)
{
  int    descriptor = plancia_serial_port_get_fd (self->port);
  guint8 bytes[512];
  gssize total = 0;

  while (total < HEARD_LIMIT) {
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
    if (self->heard->len < HEARD_LIMIT)
      g_byte_array_append (self->heard, bytes, (guint) now);
    total += now;
  }
  return total;
}

/* A whole frame at the start of bytes: its length; else 0. */
static gsize
understand_frame (PlanciaLinkModbusRtu *self, const guint8 *bytes, gsize length)
{
  gssize whole = plancia_modbus_rtu_scan (bytes, length, TRUE, NULL);
  g_autoptr (GBytes) frame = NULL;
  g_autoptr (GBytes) pdu = NULL;
  guint8 unit = 0;

  if (whole <= 0)
    return 0;
  frame = g_bytes_new (bytes, (gsize) whole);
  if (!plancia_modbus_rtu_decode (frame, TRUE, &unit, &pdu, NULL))
    return 0;
  plancia_late_answers_take (self->late, unit, pdu);
  return (gsize) whole;
}

/* What was heard says which answers are not to come any more. */
static void
understand (PlanciaLinkModbusRtu *self)
{
  gsize at = 0;

  while (at < self->heard->len) {
    gsize length = understand_frame (self, self->heard->data + at, self->heard->len - at);

    at += length > 0 ? length : 1;
  }
  g_byte_array_set_size (self->heard, 0);
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

/* Until it is quiet. */
static gboolean
listen_until_quiet (PlanciaLinkModbusRtu *self, GCancellable *cancellable, GError **error)
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
    came = hear (self);
    if (came < 0) {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "the line is gone");
      return FALSE;
    }
    if (came > 0)
      quiet_since = plancia_clock_monotonic ();
  }
}

static gboolean
listen_for_late (PlanciaLinkModbusRtu *self, GCancellable *cancellable, GError **error)
{
  gboolean good = listen_until_quiet (self, cancellable, error);

  understand (self);
  self->listen_until = 0;
  return good;
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
  return TRUE;
}

static void
listen_from_now (PlanciaLinkModbusRtu *self)
{
  self->listen_until = plancia_clock_monotonic () + MIN (self->timeout, LISTEN_LIMIT);
}

static void
plancia_link_modbus_rtu_reset (PlanciaLinkBase *base)
{
  PlanciaLinkModbusRtu *self = PLANCIA_LINK_MODBUS_RTU (base);

  if (hear (self) < 0)
    plancia_link_modbus_rtu_disconnect (base);
  listen_from_now (self);
}

static PlanciaLine
plancia_link_modbus_rtu_settle (PlanciaLinkBase *base)
{
  gssize came = hear (PLANCIA_LINK_MODBUS_RTU (base));

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

/* Something may have come while silence was kept. */
static gboolean
begin (PlanciaLinkModbusRtu *self, GCancellable *cancellable, GError **error)
{
  gssize came;

  keep_silence (self);
  came = hear (self);
  if (came == 0)
    return TRUE;
  if (came > 0) {
    listen_from_now (self);
    return listen_for_late (self, cancellable, error);
  }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "the line is gone");
  return FALSE;
}

static GBytes *
receive (PlanciaLinkModbusRtu *self,
         guint8                unit,
         gint64                deadline,
         GCancellable         *cancellable,
         GError              **error)
{
  return plancia_modbus_pipe_receive (self->pipe,
                                      unit,
                                      (guint) MAX (deadline - plancia_clock_monotonic (), 1),
                                      cancellable,
                                      error);
}

static gboolean
is_exception (GBytes *answer)
{
  return (*(const guint8 *) g_bytes_get_data (answer, NULL) & 0x80) != 0;
}

/* Asks one thing that tells; NULL: only listens. FALSE: nothing more came, the error says why. */
static gboolean
ask_to_tell (PlanciaLinkModbusRtu *self,
             guint8                unit,
             GBytes               *request,
             GCancellable         *cancellable,
             GError              **error)
{
  gint64   deadline = plancia_clock_monotonic () + self->timeout;
  gboolean surplus = FALSE;
  g_autoptr (GBytes) answer = NULL;

  if (request != NULL) {
    plancia_late_answers_expect (self->late, unit, request);
    answer = plancia_modbus_pipe_transact (self->pipe,
                                           unit,
                                           request,
                                           self->timeout,
                                           &surplus,
                                           cancellable,
                                           error);
  } else {
    answer = receive (self, unit, deadline, cancellable, error);
  }
  while (answer != NULL) {
    plancia_late_answers_take (self->late, unit, answer);
    if (!plancia_late_answers_is_open (self->late, unit) || is_exception (answer))
      return TRUE;
    g_bytes_unref (answer);
    answer = receive (self, unit, deadline, cancellable, error);
  }
  return FALSE;
}

/* TRUE when nothing came for long; FALSE and an error if something did, or when cancelled. */
static gboolean
hear_silence (PlanciaLinkModbusRtu *self, guint8 unit, GCancellable *cancellable, GError **error)
{
  gint64 deadline = plancia_clock_monotonic () + MAX (self->timeout, SILENCE);
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) answer = receive (self, unit, deadline, cancellable, &local);

  if (answer != NULL) {
    plancia_late_answers_take (self->late, unit, answer);
    g_set_error_literal (error,
                         PLANCIA_PROTOCOL_ERROR,
                         PLANCIA_PROTOCOL_ERROR_UNEXPECTED,
                         "answers come that nobody asked for");
    return FALSE;
  }
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* Sees to it that the next answer of a unit is the one to the next request. */
static gboolean
settle_unit (PlanciaLinkModbusRtu *self, guint8 unit, GCancellable *cancellable, GError **error)
{
  guint    patience = MAX (PATIENCE, PATIENCE_TIMES * self->timeout);
  gboolean settled = FALSE;

  for (guint i = 0; i < QUESTIONS && !settled; i++) {
    g_autoptr (GBytes) request = plancia_late_answers_choose (self->late, unit, patience);

    if (!ask_to_tell (self, unit, request, cancellable, error))
      return FALSE;
    settled = !plancia_late_answers_is_open (self->late, unit);
    self->last_byte = g_get_monotonic_time ();
    plancia_link_base_tap_next (PLANCIA_LINK_BASE (self), NULL);
    if (!settled)
      keep_silence (self);
  }
  if (settled)
    return TRUE;
  if (!hear_silence (self, unit, cancellable, error))
    return FALSE;
  plancia_late_answers_forget (self->late, unit);
  return TRUE;
}

/* What is no answer to this is the late one to something else. */
static GBytes *
ask (PlanciaLinkModbusRtu *self,
     guint8                unit,
     GBytes               *pdu,
     gboolean             *surplus,
     GCancellable         *cancellable,
     GError              **error)
{
  gint64  deadline = plancia_clock_monotonic () + self->timeout;
  GBytes *answer;

  answer = plancia_modbus_pipe_transact (self->pipe,
                                         unit,
                                         pdu,
                                         self->timeout,
                                         surplus,
                                         cancellable,
                                         error);
  while (answer != NULL && !plancia_modbus_pdu_fits (pdu, answer)) {
    g_autoptr (GBytes) other = g_steal_pointer (&answer);
    g_autoptr (GError) local = NULL;

    plancia_late_answers_take (self->late, unit, other);
    answer = receive (self, unit, deadline, cancellable, &local);
    if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
      g_set_error_literal (error,
                           PLANCIA_PROTOCOL_ERROR,
                           PLANCIA_PROTOCOL_ERROR_UNEXPECTED,
                           "the answer to something else");
    else if (local != NULL)
      g_propagate_error (error, g_steal_pointer (&local));
  }
  self->last_byte = g_get_monotonic_time ();
  if (answer == NULL)
    plancia_late_answers_expect (self->late, unit, pdu);
  else if (!is_exception (answer))
    plancia_late_answers_note_good (self->late, unit, pdu);
  return answer;
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

  if (!begin (self, cancellable, error))
    return NULL;
  if (plancia_late_answers_is_open (self->late, unit)) {
    if (!settle_unit (self, unit, cancellable, error) || !begin (self, cancellable, error))
      return NULL;
    /* That went on while silence was kept. */
    if (plancia_late_answers_is_open (self->late, unit)) {
      g_set_error_literal (error,
                           PLANCIA_PROTOCOL_ERROR,
                           PLANCIA_PROTOCOL_ERROR_UNEXPECTED,
                           "answers come that nobody asked for");
      return NULL;
    }
  }
  return ask (self, unit, pdu, surplus, cancellable, error);
}

static void
plancia_link_modbus_rtu_finalize (GObject *object)
{
  PlanciaLinkModbusRtu *self = PLANCIA_LINK_MODBUS_RTU (object);

  plancia_late_answers_free (self->late);
  g_byte_array_unref (self->heard);
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
  self->late = plancia_late_answers_new ();
  self->heard = g_byte_array_new ();
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

const char *
plancia_link_modbus_rtu_get_adapter (PlanciaLink *self)
{
  self = plancia_link_shared_get_inner (self);
  return PLANCIA_IS_LINK_MODBUS_RTU (self) ? PLANCIA_LINK_MODBUS_RTU (self)->identity : NULL;
}

void
plancia_link_modbus_rtu_remember_adapter (PlanciaLink *self, const char *adapter)
{
  PlanciaLinkModbusRtu *rtu;

  self = plancia_link_shared_get_inner (self);
  rtu = PLANCIA_IS_LINK_MODBUS_RTU (self) ? PLANCIA_LINK_MODBUS_RTU (self) : NULL;
  if (rtu == NULL || rtu->identity != NULL || adapter == NULL)
    return;
  rtu->identity = g_strdup (adapter);
  rtu->from_before = TRUE;
}
