/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulator/wire.h"

#include <errno.h>
#include <glib-unix.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"

/* A client that sends more without being understood is cut off. */
#define MAXIMUM_INPUT 4096
#define SLOW_DELAY    2000
/* A stick that sends to its cloud keeps others waiting for longer than the 15 s that they are asked to wait. */
#define UPLOAD_DELAY 20000
/* On a serial line nothing tells a late answer from the right one to the next question, so it does not wait for that
 * longer than this. */
#define LATE_LIMIT 2200

/* No frame of any kind begins like this. */
static const guint8 noise[] = {0x00, 0xff, 0x7e, 0x81, 0x3c, 0xc3, 0x5a, 0x96, 0xf0, 0x0f, 0xe1};

typedef struct
{
  gint64  due; /* monotonic ms */
  GBytes *bytes;
} Queued;

struct _PlanciaWire
{
  GSocket                   *socket; /* NULL on a pty */
  int                        fd;
  const PlanciaWireProtocol *protocol;
  gpointer                   service;
  gpointer                   state;
  PlanciaWireDone            done;
  gpointer                   owner;
  gboolean                   open;
  guint                      absence; /* ms */
  GByteArray                *input;
  GQueue                     queue; /* Queued, in the order of the requests */
  GBytes                    *held;  /* comes with the next answer */
  GSource                   *reading;
  GSource                   *sending;
  GSource                   *waking;
  GSource                   *holding;
  GSource                   *ending;
};

static void
queued_free (gpointer data)
{
  Queued *queued = data;

  g_bytes_unref (queued->bytes);
  g_free (queued);
}

static void
drop_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static GSource *
attach_timeout (guint delay, GSourceFunc func, gpointer data)
{
  GSource *source = g_timeout_source_new (delay);

  g_source_set_callback (source, func, data, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

static gboolean
end (gpointer data)
{
  PlanciaWire *self = data;

  g_clear_pointer (&self->ending, g_source_unref);
  self->done (self, self->owner);
  return G_SOURCE_REMOVE;
}

static gboolean
on_ready (int fd, GIOCondition condition, gpointer data)
{
  PlanciaWire *self = data;
  guint8       buffer[1024];
  gssize       length = read (fd, buffer, sizeof buffer);

  if (length < 0 && (errno == EAGAIN || errno == EINTR))
    return G_SOURCE_CONTINUE;
  if (length <= 0 || self->input->len + (gsize) length > MAXIMUM_INPUT) {
    plancia_wire_close (self);
    return G_SOURCE_REMOVE;
  }
  g_byte_array_append (self->input, buffer, (guint) length);
  self->protocol->received (self);
  return self->open;
}

static gboolean
on_woken (gpointer data)
{
  PlanciaWire *self = data;

  g_clear_pointer (&self->waking, g_source_unref);
  self->protocol->woken (self);
  return G_SOURCE_REMOVE;
}

static gboolean send_due (gpointer data);

static void
send_later (PlanciaWire *self)
{
  Queued *first = g_queue_peek_head (&self->queue);
  gint64  delay;

  if (first == NULL || self->sending != NULL)
    return;
  delay = MAX (first->due - plancia_clock_monotonic (), 0);
  self->sending = attach_timeout ((guint) delay, send_due, self);
}

static gboolean
send_due (gpointer data)
{
  PlanciaWire *self = data;
  Queued      *queued = g_queue_pop_head (&self->queue);

  g_clear_pointer (&self->sending, g_source_unref);
  plancia_wire_send (self,
                     g_bytes_get_data (queued->bytes, NULL),
                     g_bytes_get_size (queued->bytes));
  queued_free (queued);
  if (self->open)
    send_later (self);
  return G_SOURCE_REMOVE;
}

/* Behind what is queued already, so that answers keep the order of their requests. */
static void
enqueue (PlanciaWire *self, GBytes *bytes, guint delay)
{
  Queued *queued;

  if (delay == 0 && g_queue_is_empty (&self->queue)) {
    plancia_wire_send (self, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    return;
  }
  queued = g_new0 (Queued, 1);
  queued->due = plancia_clock_monotonic () + delay;
  queued->bytes = g_bytes_ref (bytes);
  g_queue_push_tail (&self->queue, queued);
  send_later (self);
}

/* A byte each millisecond. */
static void
split (PlanciaWire *self, GBytes *bytes)
{
  for (gsize i = 0; i < g_bytes_get_size (bytes); i++) {
    g_autoptr (GBytes) byte = g_bytes_new_from_bytes (bytes, i, 1);

    enqueue (self, byte, (guint) i + 1);
  }
}

static void
release (PlanciaWire *self)
{
  g_autoptr (GBytes) held = g_steal_pointer (&self->held);

  drop_source (&self->holding);
  if (held != NULL)
    enqueue (self, held, 0);
}

static gboolean
on_late (gpointer data)
{
  release (data);
  return G_SOURCE_REMOVE;
}

static void
hold (PlanciaWire *self, GBytes *answer)
{
  release (self);
  if (!self->open)
    return;
  self->held = g_bytes_ref (answer);
  if (self->socket == NULL)
    self->holding = attach_timeout (LATE_LIMIT, on_late, self);
}

/* A serial line cannot be closed from afar: there the answer breaks off. */
static void
break_off (PlanciaWire *self, GBytes *answer)
{
  if (self->socket != NULL)
    plancia_wire_close (self);
  else
    plancia_wire_send (self, g_bytes_get_data (answer, NULL), g_bytes_get_size (answer) / 2);
}

static PlanciaWire *
wire_new (int                        fd,
          const PlanciaWireProtocol *protocol,
          gpointer                   service,
          PlanciaWireDone            done,
          gpointer                   owner)
{
  PlanciaWire *self = g_new0 (PlanciaWire, 1);

  self->fd = fd;
  self->protocol = protocol;
  self->service = service;
  self->state = g_malloc0 (MAX (protocol->state_size, 1));
  self->done = done;
  self->owner = owner;
  self->open = TRUE;
  self->input = g_byte_array_new ();
  g_queue_init (&self->queue);
  self->reading = g_unix_fd_source_new (fd, G_IO_IN | G_IO_HUP | G_IO_ERR);
  g_source_set_callback (self->reading, (GSourceFunc) (void (*) (void)) on_ready, self, NULL);
  g_source_attach (self->reading, g_main_context_get_thread_default ());
  return self;
}

/**
 * plancia_wire_new_socket:
 * @socket: connected; referenced, and closed with the wire
 * @protocol: what is spoken
 * @service: for the protocol
 * @done: called when the wire is over
 * @owner: for @done
 *
 * Returns: (transfer full): an open wire
 */
PlanciaWire *
plancia_wire_new_socket (GSocket                   *socket,
                         const PlanciaWireProtocol *protocol,
                         gpointer                   service,
                         PlanciaWireDone            done,
                         gpointer                   owner)
{
  PlanciaWire *self = wire_new (g_socket_get_fd (socket), protocol, service, done, owner);

  self->socket = g_object_ref (socket);
  if (protocol->opened != NULL)
    protocol->opened (self);
  return self;
}

/**
 * plancia_wire_new_pty:
 * @master: non-blocking, whose other side somebody has opened
 * @protocol: what is spoken
 * @service: for the protocol
 * @done: called when the other side is closed
 * @owner: for @done
 *
 * Returns: (transfer full): an open wire
 */
PlanciaWire *
plancia_wire_new_pty (int                        master,
                      const PlanciaWireProtocol *protocol,
                      gpointer                   service,
                      PlanciaWireDone            done,
                      gpointer                   owner)
{
  PlanciaWire *self = wire_new (master, protocol, service, done, owner);

  if (protocol->opened != NULL)
    protocol->opened (self);
  return self;
}

void
plancia_wire_free (PlanciaWire *self)
{
  plancia_wire_close (self);
  drop_source (&self->ending);
  g_clear_object (&self->socket);
  g_byte_array_unref (self->input);
  g_free (self->state);
  g_free (self);
}

gpointer
plancia_wire_get_service (PlanciaWire *self)
{
  return self->service;
}

gpointer
plancia_wire_get_state (PlanciaWire *self)
{
  return self->state;
}

GByteArray *
plancia_wire_get_input (PlanciaWire *self)
{
  return self->input;
}

gboolean
plancia_wire_is_open (PlanciaWire *self)
{
  return self->open;
}

/**
 * plancia_wire_send:
 * @self: a wire
 * @data: (array length=length): bytes
 * @length: how many
 *
 * Never blocks: a client that does not read until the buffers are full loses its connection.
 */
void
plancia_wire_send (PlanciaWire *self, const void *data, gsize length)
{
  gssize sent;

  if (!self->open)
    return;
  if (self->socket != NULL)
    sent = send (self->fd, data, length, MSG_NOSIGNAL | MSG_DONTWAIT);
  else
    sent = write (self->fd, data, length);
  if (sent != (gssize) length)
    plancia_wire_close (self);
}

/**
 * plancia_wire_send_some:
 * @self: a wire
 * @data: (array length=length): bytes
 * @length: how many
 *
 * For what can wait. Returns: how many were sent; 0 when nothing is taken now, or the wire is closed
 */
gsize
plancia_wire_send_some (PlanciaWire *self, const void *data, gsize length)
{
  gssize sent = self->open ? write (self->fd, data, length) : 0;

  if (sent < 0 && errno != EAGAIN && errno != EINTR)
    plancia_wire_close (self);
  return sent > 0 ? (gsize) sent : 0;
}

/**
 * plancia_wire_answer:
 * @self: a wire
 * @answer: a whole frame
 * @fault: what becomes of it
 *
 * Damage inside of a frame is made by whoever made the frame.
 */
void
plancia_wire_answer (PlanciaWire *self, GBytes *answer, PlanciaFault fault)
{
  switch (fault) {
  case PLANCIA_FAULT_SILENT:
    return;
  case PLANCIA_FAULT_SLOW:
    enqueue (self, answer, SLOW_DELAY);
    return;
  case PLANCIA_FAULT_UPLOAD:
    enqueue (self, answer, UPLOAD_DELAY);
    return;
  case PLANCIA_FAULT_SPLIT:
    split (self, answer);
    return;
  case PLANCIA_FAULT_GARBAGE:
    plancia_wire_send (self, noise, sizeof noise);
    return;
  case PLANCIA_FAULT_LATE:
    hold (self, answer);
    return;
  case PLANCIA_FAULT_CLOSE:
    break_off (self, answer);
    return;
  default:
    release (self);
    enqueue (self, answer, 0);
  }
}

void
plancia_wire_wake (PlanciaWire *self, guint delay)
{
  drop_source (&self->waking);
  if (self->open)
    self->waking = attach_timeout (delay, on_woken, self);
}

/**
 * plancia_wire_close:
 * @self: a wire
 *
 * What is not sent yet is lost. Done is called when this iteration of the main context is over.
 */
void
plancia_wire_close (PlanciaWire *self)
{
  if (!self->open)
    return;
  self->open = FALSE;
  drop_source (&self->reading);
  drop_source (&self->sending);
  drop_source (&self->waking);
  drop_source (&self->holding);
  g_queue_clear_full (&self->queue, queued_free);
  g_clear_pointer (&self->held, g_bytes_unref);
  if (self->protocol->closed != NULL)
    self->protocol->closed (self);
  if (self->socket != NULL)
    g_socket_close (self->socket, NULL);
  self->ending = attach_timeout (0, end, self);
}

void
plancia_wire_hang_up (PlanciaWire *self, guint duration)
{
  self->absence = duration;
  plancia_wire_close (self);
}

guint
plancia_wire_get_absence (PlanciaWire *self)
{
  return self->absence;
}

void
plancia_wire_reset (PlanciaWire *self)
{
  struct linger at_once = {.l_onoff = 1, .l_linger = 0};

  if (self->open && self->socket != NULL)
    setsockopt (self->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  plancia_wire_close (self);
}
