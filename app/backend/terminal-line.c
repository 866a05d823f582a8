/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/terminal-line.h"

#include "backend/port-names.h"
#include "backend/terminal-out.h"
#include "base/clock.h"
#include "link/serial-list.h"
#include "link/serial-port.h"
#include "protocol/console-lines.h"
#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#define READ_SIZE 16384
/* Bytes, or as many pieces as have this weight, that may wait for the main thread. Then the port is not read, and the
 * kernel holds up the other side as far as it can. */
#define ROOM         (4 * 1024 * 1024)
#define PIECE_WEIGHT 1024
/* ms */
#define TICK          100
#define RETRY_PERIOD  500
#define LONGEST_BREAK 5000

struct _PlanciaTerminalLine
{
  PlanciaWorker  *worker; /* borrowed */
  PlanciaMailbox *news;
  PlanciaTraffic *traffic; /* borrowed */
  char           *path;
  char           *peer; /* the same as a GRefString */

  int waiting; /* atomic: weight of what the main thread has not dealt with */
  int paused;  /* atomic */

  guint                  epoch;
  PlanciaSerialSettings  settings;
  PlanciaSerialPort     *port;    /* NULL: closed */
  PlanciaSerialPortInfo *info;    /* of the last opening */
  char                  *adapter; /* of another time, or NULL */
  PlanciaTerminalOut    *out;
  GSource               *input;
  GSource               *tick;
  GSource               *retry;
  GSource               *break_end;
  guint                  break_ms;
  gboolean               reconnect;
  gboolean               dtr_lowered; /* while paused, by DSR/DTR flow control */
  guint                  lines;
  PlanciaSerialErrors    errors;
  PlanciaTerminalTap     tap;
  gpointer               tap_data;
  GDestroyNotify         tap_destroy;
};

static void listen_to_port (PlanciaTerminalLine *self);
static void wait_for_port (PlanciaTerminalLine *self);

/* --- telling --------------------------------------------------------------------------------- */

static void
tell_traffic (PlanciaTerminalLine *self, PlanciaConsoleDirection direction, GBytes *bytes)
{
  gboolean             sent = direction == PLANCIA_CONSOLE_SENT;
  gsize                length;
  const guint8        *data = g_bytes_get_data (bytes, &length);
  PlanciaExchangeParts parts = {
    .unit = -1,
    .wire = PLANCIA_WIRE_CONSOLE,
    .verdict = PLANCIA_EXCHANGE_UNASKED,
    .peer = self->peer,
    .sent = data,
    .n_sent = sent ? length : 0,
    .received = data,
    .n_received = sent ? 0 : length,
  };

  if (direction == PLANCIA_CONSOLE_NOTICE || !plancia_traffic_is_recording (self->traffic))
    return;
  parts.time = plancia_clock_now_us ();
  plancia_traffic_post (plancia_exchange_new (&parts), self->traffic);
}

static void
pass (PlanciaTerminalLine *self, gint64 time, PlanciaConsoleDirection direction, GBytes *bytes)
{
  PlanciaTerminalNews *news = plancia_terminal_news_new (PLANCIA_TERMINAL_NEWS_BYTES, self->epoch);

  news->time = time;
  news->direction = (int) direction;
  news->bytes = g_bytes_ref (bytes);
  tell_traffic (self, direction, bytes);
  if (self->tap != NULL)
    self->tap (time, news->direction, bytes, self->tap_data);
  g_atomic_int_add (&self->waiting, (int) g_bytes_get_size (bytes) + PIECE_WEIGHT);
  plancia_mailbox_post (self->news, news);
}

G_GNUC_PRINTF (2, 3)
static void
say (PlanciaTerminalLine *self, const char *format, ...)
{
  g_autoptr (GBytes) bytes = NULL;
  char   *text;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  bytes = g_bytes_new_take (text, strlen (text));
  pass (self, plancia_clock_now (), PLANCIA_CONSOLE_NOTICE, bytes);
}

static PlanciaTerminalNews *
new_port_news (PlanciaTerminalLine *self, PlanciaTerminalNewsKind kind, GTask *task)
{
  PlanciaTerminalNews *news = plancia_terminal_news_new (kind, self->epoch);

  news->task = task;
  news->port = plancia_serial_port_info_copy (self->info);
  news->settings = self->settings;
  news->lines = self->lines;
  return news;
}

static void
tell_lines (PlanciaTerminalLine *self)
{
  PlanciaTerminalNews *news = plancia_terminal_news_new (PLANCIA_TERMINAL_NEWS_LINES, self->epoch);

  news->lines = self->lines;
  news->counters.framing = self->errors.framing;
  news->counters.parity = self->errors.parity;
  news->counters.overruns = self->errors.overruns;
  news->counters.breaks = self->errors.breaks;
  plancia_mailbox_post (self->news, news);
}

static void
written_cb (gint64 time, GBytes *bytes, GTask *task, GError *error, gpointer user_data)
{
  PlanciaTerminalLine *self = user_data;
  PlanciaTerminalNews *news = plancia_terminal_news_new (PLANCIA_TERMINAL_NEWS_DONE, self->epoch);

  if (g_bytes_get_size (bytes) > 0)
    pass (self, time, PLANCIA_CONSOLE_SENT, bytes);
  news->task = task;
  news->error = error;
  plancia_mailbox_post (self->news, news);
}

/* --- closing --------------------------------------------------------------------------------- */

static void
drop_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
shut (PlanciaTerminalLine *self, int code)
{
  drop_source (&self->input);
  drop_source (&self->tick);
  drop_source (&self->retry);
  drop_source (&self->break_end);
  plancia_terminal_out_stop (self->out, code);
  if (self->port != NULL)
    plancia_serial_port_close (self->port);
  g_clear_object (&self->port);
  g_atomic_int_set (&self->paused, FALSE);
  self->dtr_lowered = FALSE;
  self->lines = 0;
}

/* A pty without a name of its own does not come back: its number goes to whoever asks next. */
static gboolean
can_come_back (PlanciaTerminalLine *self)
{
  return self->reconnect && !g_str_has_prefix (self->path, "/dev/pts/");
}

static void
lose_port (PlanciaTerminalLine *self)
{
  PlanciaTerminalNews *news;

  shut (self, G_IO_ERROR_CONNECTION_CLOSED);
  /* Translators: line in a console; the device was unplugged. */
  say (self, "%s", _ ("The port is gone"));
  news = plancia_terminal_news_new (PLANCIA_TERMINAL_NEWS_LOST, self->epoch);
  news->waiting = can_come_back (self);
  plancia_mailbox_post (self->news, news);
  if (can_come_back (self))
    wait_for_port (self);
}

/* --- reading --------------------------------------------------------------------------------- */

static gboolean
is_stopping (PlanciaTerminalLine *self)
{
  return g_cancellable_is_cancelled (plancia_worker_get_cancellable (self->worker));
}

/* DTR tells the other side to wait as well, where that was agreed. */
static void
show_pause (PlanciaTerminalLine *self, gboolean paused)
{
  guint dtr = PLANCIA_SERIAL_LINE_DTR;

  if (self->settings.flow != PLANCIA_FLOW_CONTROL_DSR_DTR || paused == self->dtr_lowered ||
      (paused && (self->lines & dtr) == 0))
    return;
  plancia_serial_port_set_lines (self->port, dtr, paused ? 0 : dtr);
  self->dtr_lowered = paused;
}

static void
resume (PlanciaTerminalLine *self)
{
  if (self->port == NULL || self->input != NULL)
    return;
  show_pause (self, FALSE);
  listen_to_port (self);
}

static gboolean
resume_cb (gpointer user_data)
{
  resume (user_data);
  return G_SOURCE_REMOVE;
}

static gboolean
take_pause (PlanciaTerminalLine *self)
{
  return g_atomic_int_get (&self->waiting) < ROOM / 2 &&
         g_atomic_int_compare_and_exchange (&self->paused, TRUE, FALSE);
}

static void
pause_reading (PlanciaTerminalLine *self)
{
  drop_source (&self->input);
  show_pause (self, TRUE);
  g_atomic_int_set (&self->paused, TRUE);
  if (take_pause (self)) /* the main thread was quicker */
    resume (self);
}

/* As much as there is, so that a flood comes in few pieces. FALSE: the port is gone. */
static gboolean
read_port (PlanciaTerminalLine *self, gboolean hung_up)
{
  guint8  buffer[READ_SIZE];
  gsize   length = 0;
  ssize_t now = 0;
  gint64  time = 0;
  g_autoptr (GBytes) bytes = NULL;

  do {
    now = read (plancia_serial_port_get_fd (self->port), buffer + length, sizeof buffer - length);
    if (now <= 0)
      break;
    if (length == 0)
      time = plancia_clock_now ();
    length += (gsize) now;
  } while (length < sizeof buffer);
  if (length > 0) {
    bytes = g_bytes_new (buffer, length);
    pass (self, time, PLANCIA_CONSOLE_RECEIVED, bytes);
    return TRUE; /* if it is gone, the next read says so */
  }
  return now < 0 && (errno == EAGAIN || errno == EINTR) && !hung_up;
}

/* A port that was pulled out is readable and gives nothing. */
static gboolean
readable_cb (int descriptor, GIOCondition condition, gpointer user_data)
{
  PlanciaTerminalLine *self = user_data;

  if (is_stopping (self))
    return G_SOURCE_REMOVE;
  if (!read_port (self, (condition & (G_IO_HUP | G_IO_ERR)) != 0)) {
    lose_port (self);
    return G_SOURCE_REMOVE;
  }
  if (g_atomic_int_get (&self->waiting) < ROOM)
    return G_SOURCE_CONTINUE;
  pause_reading (self);
  return G_SOURCE_CONTINUE; /* a source that was destroyed stays so */
}

static void
listen_to_port (PlanciaTerminalLine *self)
{
  self->input = g_unix_fd_source_new (plancia_serial_port_get_fd (self->port),
                                      G_IO_IN | G_IO_HUP | G_IO_ERR);
  g_source_set_callback (self->input, G_SOURCE_FUNC (readable_cb), self, NULL);
  g_source_attach (self->input, plancia_worker_get_context (self->worker));
}

static void
look_at_lines (PlanciaTerminalLine *self)
{
  guint               lines = plancia_serial_port_get_lines (self->port);
  PlanciaSerialErrors errors;

  plancia_serial_port_get_errors (self->port, &errors);
  if (lines == self->lines && memcmp (&errors, &self->errors, sizeof errors) == 0)
    return;
  self->lines = lines;
  self->errors = errors;
  tell_lines (self);
}

static gboolean
tick_cb (gpointer user_data)
{
  PlanciaTerminalLine *self = user_data;

  look_at_lines (self);
  plancia_terminal_out_look (self->out);
  return G_SOURCE_CONTINUE;
}

/* --- opening --------------------------------------------------------------------------------- */

static void
look_at_port (PlanciaTerminalLine *self, const char *path)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  PlanciaSerialPortInfo *info = plancia_serial_port_look (path);

  if (info == NULL)
    return;
  g_ptr_array_add (one, info);
  plancia_port_names_apply (one);
  g_clear_pointer (&self->info, plancia_serial_port_info_free);
  self->info = info;
}

/* The adapter that was open before, wherever it is now; else what the path leads to. */
static char *
find_path (PlanciaTerminalLine *self)
{
  const char *adapter = self->info == NULL ? self->adapter : NULL;

  if (self->info != NULL && self->info->vendor != 0)
    adapter = self->info->identity;
  return plancia_serial_port_locate (self->path, adapter, NULL);
}

static gboolean
open_path (PlanciaTerminalLine *self, const char *path, GError **error)
{
  look_at_port (self, path);
  self->port = plancia_serial_port_open (path, &self->settings, error);
  if (self->port == NULL)
    return FALSE;
  self->lines = plancia_serial_port_get_lines (self->port);
  self->errors = (PlanciaSerialErrors){0};
  plancia_terminal_out_start (self->out, self->port, &self->settings);
  listen_to_port (self);
  self->tick = g_timeout_source_new (TICK);
  g_source_set_callback (self->tick, tick_cb, self, NULL);
  g_source_attach (self->tick, plancia_worker_get_context (self->worker));
  return TRUE;
}

static gboolean
retry_cb (gpointer user_data)
{
  PlanciaTerminalLine *self = user_data;
  g_autofree char     *path = find_path (self);

  if (is_stopping (self))
    return G_SOURCE_REMOVE;
  if (path == NULL || !open_path (self, path, NULL))
    return G_SOURCE_CONTINUE;
  drop_source (&self->retry);
  /* Translators: line in a console; the device was plugged in again. %s is the path of the port. */
  say (self, _ ("The port is back: %s"), self->info != NULL ? self->info->path : path);
  plancia_mailbox_post (self->news, new_port_news (self, PLANCIA_TERMINAL_NEWS_BACK, NULL));
  return G_SOURCE_REMOVE;
}

static void
wait_for_port (PlanciaTerminalLine *self)
{
  self->retry = g_timeout_source_new (RETRY_PERIOD);
  g_source_set_callback (self->retry, retry_cb, self, NULL);
  g_source_attach (self->retry, plancia_worker_get_context (self->worker));
}

/* The folders of a port outside of /dev say nothing to anybody. */
static const char *
name_of_port (const char *path)
{
  return g_str_has_prefix (path, "/dev/") ? path : strrchr (path, '/') + 1;
}

static void
say_opened (PlanciaTerminalLine *self)
{
  g_autofree char *format = plancia_serial_settings_dup_format (&self->settings);

  /* Translators: line in a console: path of the port, speed in baud, format such as 8N1. */
  say (self, _ ("Opened %s, %u baud, %s"), name_of_port (self->path), self->settings.baud, format);
  if (self->info != NULL && self->info->holder != NULL)
    /* Translators: line in a console: name of a program and its number. */
    say (self,
         _ ("%s (%d) has this port open as well: each gets a part of what is received"),
            self->info->holder,
            self->info->holder_pid);
}

/**
 * plancia_terminal_line_open:
 * @self: a line
 * @settings: how the port is set up
 * @epoch: of the news from now on
 * @task: (transfer full): comes back with PLANCIA_TERMINAL_NEWS_OPENED
 *
 * Worker.
 */
void
plancia_terminal_line_open (PlanciaTerminalLine         *self,
                            const PlanciaSerialSettings *settings,
                            guint                        epoch,
                            GTask                       *task)
{
  GError              *error = NULL;
  g_autofree char     *path = NULL;
  PlanciaTerminalNews *news;

  shut (self, G_IO_ERROR_CANCELLED);
  self->epoch = epoch;
  self->settings = *settings;
  path = find_path (self);
  if (open_path (self, path != NULL ? path : self->path, &error))
    say_opened (self);
  news = new_port_news (self, PLANCIA_TERMINAL_NEWS_OPENED, task);
  news->error = error;
  plancia_mailbox_post (self->news, news);
}

/**
 * plancia_terminal_line_close:
 * @self: a line
 * @epoch: of the news from now on
 * @task: (transfer full) (nullable): comes back with PLANCIA_TERMINAL_NEWS_CLOSED
 *
 * Also gives up waiting for a port that went away. Worker.
 */
void
plancia_terminal_line_close (PlanciaTerminalLine *self, guint epoch, GTask *task)
{
  gboolean             was_open = self->port != NULL;
  PlanciaTerminalNews *news;

  shut (self, G_IO_ERROR_CANCELLED);
  self->epoch = epoch;
  if (was_open)
    /* Translators: line in a console; the program closed the port. */
    say (self, "%s", _ ("Port closed"));
  news = plancia_terminal_news_new (PLANCIA_TERMINAL_NEWS_CLOSED, epoch);
  news->task = task;
  plancia_mailbox_post (self->news, news);
}

/* --- while it is open -------------------------------------------------------------------------- */

/**
 * plancia_terminal_line_send:
 * @self: a line
 * @bytes: goes out after what was sent before
 * @task: (transfer full): comes back with PLANCIA_TERMINAL_NEWS_DONE
 *
 * Worker.
 */
void
plancia_terminal_line_send (PlanciaTerminalLine *self, GBytes *bytes, GTask *task)
{
  PlanciaTerminalNews *news;

  if (self->port != NULL) {
    plancia_terminal_out_add (self->out, bytes, task);
    return;
  }
  news = plancia_terminal_news_new (PLANCIA_TERMINAL_NEWS_DONE, self->epoch);
  news->task = task;
  news->error = g_error_new (G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "the port is not open");
  plancia_mailbox_post (self->news, news);
}

static void
say_settings (PlanciaTerminalLine *self)
{
  g_autofree char *format = plancia_serial_settings_dup_format (&self->settings);

  /* Translators: line in a console: the port was set up anew; speed in baud, format such as 8N1. */
  say (self, _ ("Now %u baud, %s"), self->settings.baud, format);
}

/**
 * plancia_terminal_line_set_up:
 * @self: a line
 * @settings: from now on
 * @task: (transfer full): comes back with PLANCIA_TERMINAL_NEWS_SET_UP
 *
 * Worker.
 */
void
plancia_terminal_line_set_up (PlanciaTerminalLine         *self,
                              const PlanciaSerialSettings *settings,
                              GTask                       *task)
{
  PlanciaTerminalNews *news;
  GError              *error = NULL;

  if (self->port == NULL || plancia_serial_port_set_up (self->port, settings, &error)) {
    show_pause (self, FALSE);
    self->settings = *settings;
    if (self->port != NULL) {
      plancia_terminal_out_set_settings (self->out, settings);
      say_settings (self);
    }
  }
  news = new_port_news (self, PLANCIA_TERMINAL_NEWS_SET_UP, task);
  news->error = error;
  plancia_mailbox_post (self->news, news);
}

void
plancia_terminal_line_set_lines (PlanciaTerminalLine *self, guint mask, guint lines)
{
  if (self->port == NULL)
    return;
  plancia_serial_port_set_lines (self->port, mask, lines);
  look_at_lines (self);
}

static gboolean
break_over_cb (gpointer user_data)
{
  PlanciaTerminalLine *self = user_data;

  plancia_serial_port_set_break (self->port, FALSE);
  drop_source (&self->break_end);
  /* Translators: line in a console: the line was held in the break state for that many milliseconds. */
  say (self, _ ("Break sent, %u ms"), self->break_ms);
  return G_SOURCE_REMOVE;
}

/**
 * plancia_terminal_line_send_break:
 * @self: a line
 * @ms: how long
 *
 * Does not block; no-op while closed or while one is under way. Worker.
 */
void
plancia_terminal_line_send_break (PlanciaTerminalLine *self, guint ms)
{
  if (self->port == NULL || self->break_end != NULL)
    return;
  self->break_ms = MIN (ms, LONGEST_BREAK);
  plancia_serial_port_set_break (self->port, TRUE);
  self->break_end = g_timeout_source_new (self->break_ms);
  g_source_set_callback (self->break_end, break_over_cb, self, NULL);
  g_source_attach (self->break_end, plancia_worker_get_context (self->worker));
}

void
plancia_terminal_line_remember_adapter (PlanciaTerminalLine *self, const char *adapter)
{
  g_free (self->adapter);
  self->adapter = g_strdup (adapter);
}

/**
 * plancia_terminal_line_set_reconnect:
 * @self: a line
 * @reconnect: whether a port that goes away is waited for
 *
 * FALSE also gives up waiting for one. Worker.
 */
void
plancia_terminal_line_set_reconnect (PlanciaTerminalLine *self, gboolean reconnect)
{
  self->reconnect = reconnect;
  if (!reconnect && self->retry != NULL)
    plancia_terminal_line_close (self, self->epoch, NULL);
}

void
plancia_terminal_line_set_tap (PlanciaTerminalLine *self,
                               PlanciaTerminalTap   tap,
                               gpointer             user_data,
                               GDestroyNotify       destroy)
{
  if (self->tap_destroy != NULL)
    self->tap_destroy (self->tap_data);
  self->tap = tap;
  self->tap_data = user_data;
  self->tap_destroy = destroy;
}

/* --- on the main thread ------------------------------------------------------------------------ */

/**
 * plancia_terminal_line_consumed:
 * @self: a line
 * @bytes: of one piece of news that was dealt with
 *
 * Main thread.
 */
void
plancia_terminal_line_consumed (PlanciaTerminalLine *self, gsize bytes)
{
  g_autoptr (GSource) source = NULL;

  g_atomic_int_add (&self->waiting, -((int) bytes + PIECE_WEIGHT));
  if (!take_pause (self))
    return;
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, resume_cb, self, NULL);
  g_source_attach (source, plancia_worker_get_context (self->worker));
}

/**
 * plancia_terminal_line_new:
 * @worker: borrowed; must be stopped before plancia_terminal_line_free()
 * @news: gets PlanciaTerminalNews
 * @traffic: borrowed, like @worker
 * @path: of the port, may be a link
 *
 * Main thread. Opens nothing. Returns: (transfer full): a line
 */
PlanciaTerminalLine *
plancia_terminal_line_new (PlanciaWorker  *worker,
                           PlanciaMailbox *news,
                           PlanciaTraffic *traffic,
                           const char     *path)
{
  PlanciaTerminalLine *self = g_new0 (PlanciaTerminalLine, 1);

  self->worker = worker;
  self->news = plancia_mailbox_ref (news);
  self->traffic = traffic;
  self->path = g_strdup (path);
  self->peer = g_ref_string_new (path);
  self->out = plancia_terminal_out_new (plancia_worker_get_context (worker), written_cb, self);
  return self;
}

void
plancia_terminal_line_free (PlanciaTerminalLine *self)
{
  shut (self, G_IO_ERROR_CANCELLED);
  plancia_terminal_line_set_tap (self, NULL, NULL, NULL);
  plancia_terminal_out_free (self->out);
  g_clear_pointer (&self->info, plancia_serial_port_info_free);
  plancia_mailbox_unref (self->news);
  g_ref_string_release (self->peer);
  g_free (self->path);
  g_free (self->adapter);
  g_free (self);
}
