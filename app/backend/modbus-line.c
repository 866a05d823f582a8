/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/modbus-line.h"

#include "backend/link-log.h"
#include "base/clock.h"
#include "base/error.h"
#include "link/links.h"
#include <stdatomic.h>

/* An upload to the cloud comes once a minute. A stick whose last answer is older than that, and than the
 * time of one request, has another reason to be silent. */
#define UPLOAD_PATIENCE (75 * 1000) /* ms */

/* A HUB line that is closed twice in this time while nobody asks is wanted by somebody else, too. */
#define CLOSED_AGAIN (60 * 1000) /* ms */

struct _PlanciaModbusLine
{
  PlanciaLink       *link;
  PlanciaModbusRoute route;
  GCancellable      *closing; /* NULL: never opened, or closed */
  gboolean           taken_over;
  gboolean           reopen;    /* it was closed, and may be opened again */
  gint64             closed_at; /* monotonic, ms: that, while nobody asked; 0: never */
  gint64             last_end;  /* monotonic, ms: end of the last exchange; 0: none yet */
  gint64             last_good; /* monotonic, ms: of the last answer; 0: none yet */
  _Atomic gint64     asked_at;  /* monotonic, ms: of the question under way; 0: none. Any thread */
  gboolean           silent;    /* the last request got no answer in time */

  PlanciaLinkLog log;
};

/* A cancellable that follows two others, for one call. */
typedef struct
{
  GCancellable *cancellable;
  GCancellable *sources[2];
  gulong        handlers[2];
} Both;

static void
cancel_both (GCancellable *source, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
both_init (Both *self, GCancellable *first, GCancellable *second)
{
  self->cancellable = g_cancellable_new ();
  self->sources[0] = first;
  self->sources[1] = second;
  for (guint i = 0; i < 2; i++)
    self->handlers[i] = self->sources[i] != NULL ? g_cancellable_connect (self->sources[i],
                                                                          G_CALLBACK (cancel_both),
                                                                          self->cancellable,
                                                                          NULL)
                                                 : 0;
}

static void
both_clear (Both *self)
{
  for (guint i = 0; i < 2; i++)
    if (self->sources[i] != NULL)
      g_cancellable_disconnect (self->sources[i], self->handlers[i]);
  g_clear_object (&self->cancellable);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Both, both_clear)

/**
 * plancia_modbus_line_new:
 * @link: (transfer full): what carries the requests; nothing is opened now
 * @route: copied
 *
 * Any thread; from then on the worker's.
 */
PlanciaModbusLine *
plancia_modbus_line_new (PlanciaLink *link, const PlanciaModbusRoute *route)
{
  PlanciaModbusLine *self = g_new0 (PlanciaModbusLine, 1);

  self->link = link;
  self->route = *route;
  plancia_link_set_reconnect (link, !route->exclusive);
  return self;
}

/**
 * plancia_modbus_line_free:
 *
 * Closes it.
 */
void
plancia_modbus_line_free (PlanciaModbusLine *self)
{
  if (self == NULL)
    return;
  plancia_link_close (self->link);
  g_object_unref (self->link);
  g_clear_object (&self->closing);
  g_free (self);
}

/* A HUB refuses the connection while its Modbus service is off, which a person can change. */
static void
look_for_closed_port (PlanciaModbusLine *self, GError **failure)
{
  g_autoptr (GError) refused = NULL;

  if (!self->route.exclusive ||
      !g_error_matches (*failure, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return;
  refused = g_steal_pointer (failure);
  g_set_error (failure,
               PLANCIA_DEVICE_ERROR,
               PLANCIA_DEVICE_ERROR_PORT_CLOSED,
               "Settings, Modbus Slave TCP is off in the HUB: %s",
               refused->message);
}

/**
 * plancia_modbus_line_open:
 * @closing: when it is cancelled, everything on the line ends, until the next open
 * @cancellable: (nullable): of this call
 *
 * Connects, also after another client took the line over: a person asked for it.
 */
gboolean
plancia_modbus_line_open (PlanciaModbusLine *self,
                          GCancellable      *closing,
                          GCancellable      *cancellable,
                          GError           **error)
{
  g_auto (Both) both = {0};
  GError *failure = NULL;

  g_set_object (&self->closing, closing);
  if (self->taken_over)
    self->closed_at = 0;
  self->taken_over = self->reopen = FALSE;
  both_init (&both, closing, cancellable);
  if (plancia_link_open (self->link, both.cancellable, &failure))
    return TRUE;
  look_for_closed_port (self, &failure);
  g_propagate_error (error, failure);
  return FALSE;
}

/**
 * plancia_modbus_line_close:
 *
 * Every request fails until it is opened again.
 */
void
plancia_modbus_line_close (PlanciaModbusLine *self)
{
  plancia_link_close (self->link);
  g_clear_object (&self->closing);
}

/**
 * plancia_modbus_line_is_taken_over:
 *
 * Whether another client got the line. It stays so until plancia_modbus_line_open.
 */
gboolean
plancia_modbus_line_is_taken_over (PlanciaModbusLine *self)
{
  return self->taken_over;
}

/**
 * plancia_modbus_line_check:
 *
 * Whether the route passes requests of this kind. G_IO_ERROR_NOT_SUPPORTED or
 * G_IO_ERROR_INVALID_ARGUMENT.
 */
gboolean
plancia_modbus_line_check (PlanciaModbusLine *self, int unit, guint8 function, GError **error)
{
  if (unit < 0 || unit > 255 || (unit == 0 && self->route.bus)) {
    g_set_error (error,
                 G_IO_ERROR,
                 G_IO_ERROR_INVALID_ARGUMENT,
                 "expected a unit from 1 to 255, got %d: nothing is sent to all at once",
                 unit);
    return FALSE;
  }
  if (self->route.functions == 0 || (function < 32 && self->route.functions & 1u << function))
    return TRUE;
  g_set_error (error,
               G_IO_ERROR,
               G_IO_ERROR_NOT_SUPPORTED,
               "function %u does not pass on this route",
               function);
  return FALSE;
}

static gboolean
check_open (PlanciaModbusLine *self, GError **error)
{
  if (self->taken_over) {
    g_set_error_literal (error,
                         PLANCIA_DEVICE_ERROR,
                         PLANCIA_DEVICE_ERROR_TAKEN_OVER,
                         "another client has the line");
    return FALSE;
  }
  if (self->closing != NULL)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "the connection is not open");
  return FALSE;
}

/**
 * plancia_modbus_line_get_turn:
 *
 * See the header.
 */
gint64
plancia_modbus_line_get_turn (PlanciaModbusLine *self, guint interval)
{
  return self->last_end == 0 ? 0 : self->last_end + MAX (self->route.spacing, interval);
}

/**
 * plancia_modbus_line_wait:
 *
 * See the header. Ends at once when cancelled.
 */
gboolean
plancia_modbus_line_wait (PlanciaModbusLine *self,
                          gint64             until,
                          GCancellable      *cancellable,
                          GError           **error)
{
  g_auto (Both) both = {0};
  gint64 left;

  both_init (&both, self->closing, cancellable);
  while ((left = until - plancia_clock_monotonic ()) > 0) {
    GPollFD polled = {0};

    if (!g_cancellable_make_pollfd (both.cancellable, &polled)) {
      g_usleep ((gulong) MIN (left, 50) * 1000);
    } else {
      g_poll (&polled, 1, (int) MIN (left, G_MAXINT));
      g_cancellable_release_fd (both.cancellable);
    }
    if (g_cancellable_is_cancelled (both.cancellable))
      break;
  }
  return !g_cancellable_set_error_if_cancelled (both.cancellable, error);
}

/* What the HUB does to its older client is not public. A reset is not how a server says goodbye, so somebody else
 * connected. A connection that it closes in good order instead of an answer is the trouble of what was asked. One that
 * it closes while nobody asks may be either: it is made again, once, and when it is closed again soon somebody else
 * wants it, whom we threw out. */
static gboolean
is_takeover (PlanciaModbusLine *self)
{
  gint64 before = self->closed_at;

  switch (plancia_link_get_end (self->link)) {
  case PLANCIA_LINK_END_CLOSED:
    return FALSE;
  case PLANCIA_LINK_END_CLOSED_IDLE:
    self->closed_at = plancia_clock_monotonic ();
    return before > 0 && self->closed_at - before < CLOSED_AGAIN;
  case PLANCIA_LINK_END_RESET:
  case PLANCIA_LINK_END_UNKNOWN:
  default:
    return TRUE;
  }
}

/* A connection that is closed under us may mean that somebody else connected. */
static void
look_for_takeover (PlanciaModbusLine *self, GError **failure)
{
  g_autoptr (GError) closed = NULL;

  if (!self->route.exclusive ||
      !g_error_matches (*failure, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
    return;
  self->reopen = !is_takeover (self);
  if (self->reopen)
    return;
  closed = g_steal_pointer (failure);
  self->taken_over = TRUE;
  plancia_link_close (self->link);
  g_set_error (failure,
               PLANCIA_DEVICE_ERROR,
               PLANCIA_DEVICE_ERROR_TAKEN_OVER,
               "another client took the line over: %s",
               closed->message);
}

static gboolean
end_exchange (PlanciaModbusLine *self, gint64 start, GError *failure, GError **error)
{
  gboolean answered = failure == NULL || failure->domain == PLANCIA_MODBUS_ERROR;

  self->asked_at = 0;
  self->last_end = plancia_clock_monotonic ();
  if (answered)
    self->last_good = self->last_end;
  self->silent = g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  if (!g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    plancia_link_log_add (&self->log, self->last_end - start, failure);
  if (failure == NULL)
    return TRUE;
  look_for_takeover (self, &failure);
  look_for_closed_port (self, &failure);
  g_propagate_error (error, failure);
  return FALSE;
}

static gboolean
reopen (PlanciaModbusLine *self, GCancellable *cancellable, GError **error)
{
  g_auto (Both) both = {0};
  GError *failure = NULL;

  if (!self->reopen)
    return TRUE;
  both_init (&both, self->closing, cancellable);
  self->reopen = !plancia_link_open (self->link, both.cancellable, &failure);
  if (!self->reopen)
    return TRUE;
  self->last_end = plancia_clock_monotonic ();
  look_for_closed_port (self, &failure);
  g_propagate_error (error, failure);
  return FALSE;
}

static gboolean
begin_exchange (PlanciaModbusLine *self,
                int                unit,
                guint8             function,
                guint              interval,
                GCancellable      *cancellable,
                GError           **error)
{
  return check_open (self, error) && plancia_modbus_line_check (self, unit, function, error) &&
         plancia_modbus_line_wait (self,
                                   plancia_modbus_line_get_turn (self, interval),
                                   cancellable,
                                   error) &&
         reopen (self, cancellable, error);
}

/**
 * plancia_modbus_line_read:
 * @interval: ms that the device wants between two requests, at least
 *
 * As plancia_link_read_words, after waiting for the turn. PLANCIA_DEVICE_ERROR_TAKEN_OVER,
 * G_IO_ERROR_NOT_CONNECTED, and what plancia_modbus_line_check says.
 */
gboolean
plancia_modbus_line_read (PlanciaModbusLine *self,
                          int                unit,
                          guint8             function,
                          guint16            address,
                          guint16            count,
                          guint16           *words,
                          guint              interval,
                          GCancellable      *cancellable,
                          GError           **error)
{
  g_auto (Both) both = {0};
  GError *failure = NULL;
  gint64  start;

  if (!begin_exchange (self, unit, function, interval, cancellable, error))
    return FALSE;
  both_init (&both, self->closing, cancellable);
  start = self->asked_at = plancia_clock_monotonic ();
  plancia_link_read_words (self->link,
                           (guint8) unit,
                           function,
                           address,
                           count,
                           words,
                           both.cancellable,
                           &failure);
  return end_exchange (self, start, failure, error);
}

/**
 * plancia_modbus_line_write:
 *
 * @sent: (out): FALSE when it certainly did not leave
 *
 * As plancia_link_write_words, after waiting for the turn. Sent at most once.
 */
gboolean
plancia_modbus_line_write (PlanciaModbusLine *self,
                           int                unit,
                           guint8             function,
                           guint16            address,
                           const guint16     *words,
                           guint16            count,
                           guint              interval,
                           gboolean          *sent,
                           GCancellable      *cancellable,
                           GError           **error)
{
  g_auto (Both) both = {0};
  GError *failure = NULL;
  gint64  start;

  *sent = FALSE;
  if (!begin_exchange (self, unit, function, interval, cancellable, error))
    return FALSE;
  *sent = TRUE;
  both_init (&both, self->closing, cancellable);
  start = self->asked_at = plancia_clock_monotonic ();
  plancia_link_write_words (self->link,
                            (guint8) unit,
                            function,
                            address,
                            words,
                            count,
                            both.cancellable,
                            &failure);
  return end_exchange (self, start, failure, error);
}

/**
 * plancia_modbus_line_is_uploading:
 *
 * See the header.
 */
gboolean
plancia_modbus_line_is_uploading (PlanciaModbusLine *self)
{
  return self->route.uploads && self->silent && self->last_good > 0 &&
         plancia_clock_monotonic () < self->last_good + UPLOAD_PATIENCE;
}

/**
 * plancia_modbus_line_get_waiting:
 *
 * See the header.
 */
gint64
plancia_modbus_line_get_waiting (PlanciaModbusLine *self)
{
  gint64 asked_at = self->asked_at;

  return asked_at > 0 ? MAX (plancia_clock_monotonic () - asked_at, 0) : 0;
}

/**
 * plancia_modbus_line_has_uploads:
 *
 * See the header.
 */
gboolean
plancia_modbus_line_has_uploads (PlanciaModbusLine *self)
{
  return self->route.uploads;
}

/**
 * plancia_modbus_line_is_panel:
 *
 * Whether it leads to a PSC 100.
 */
gboolean
plancia_modbus_line_is_panel (PlanciaModbusLine *self)
{
  return self->route.panel;
}

/**
 * plancia_modbus_line_get_framing:
 *
 * See the header.
 */
const char *
plancia_modbus_line_get_framing (PlanciaModbusLine *self)
{
  return plancia_link_auto_get_option (self->link);
}

const char *
plancia_modbus_line_get_adapter (PlanciaModbusLine *self)
{
  return plancia_link_modbus_rtu_get_adapter (self->link);
}

/**
 * plancia_modbus_line_remember:
 * @learnt: of a device on it; links that find nothing by themselves ignore it
 */
void
plancia_modbus_line_remember (PlanciaModbusLine *self, const PlanciaLearnt *learnt)
{
  plancia_link_auto_remember (self->link, learnt->framing);
  plancia_link_modbus_rtu_remember_adapter (self->link, learnt->adapter);
}

/**
 * plancia_modbus_line_get_quality:
 * @out: (out caller-allocates)
 *
 * How the last 60 requests fared, and counts of all.
 */
void
plancia_modbus_line_get_quality (PlanciaModbusLine *self, PlanciaLinkQuality *out)
{
  plancia_link_log_get (&self->log, out);
  out->framing = plancia_link_auto_get_framing (self->link);
}

/**
 * plancia_modbus_line_set_observer:
 *
 * See plancia_link_set_observer.
 */
void
plancia_modbus_line_set_observer (PlanciaModbusLine  *self,
                                  PlanciaLinkObserver observer,
                                  gpointer            user_data)
{
  plancia_link_set_observer (self->link, observer, user_data);
}
