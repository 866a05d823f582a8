/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/console-feed.h"

#include "backend/backend-replay.h"
#include "backend/terminal.h"
#include "base/signal-new.h"
#include "ui/error-text.h"
#include "ui/settings.h"
#include <glib/gi18n.h>

#define KEY "plancia-console-feed"

struct _PlanciaConsoleFeed
{
  GObject parent_instance;

  PlanciaBackend       *backend; /* whose part it is */
  PlanciaConsoleBuffer *buffer;
  PlanciaConsolePlayer *player;
  PlanciaConsoleLog    *log;
  GCancellable         *cancellable;
  char                 *port; /* "/dev/ttyACM0" */
  gboolean              connext;
  guint                 character; /* µs that one takes */
  guint                 gap;       /* ms */
  PlanciaState          state;     /* of the backend when it was last looked at */
};

enum {
  SIGNAL_LOG_CHANGED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaConsoleFeed, plancia_console_feed, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

/* --- what the port does ---------------------------------------------------------------------------- */

/* Each time: a second supply can damage it. */
static void
warn_of_power (PlanciaConsoleFeed *self)
{
  if (self->connext)
    plancia_console_buffer_notice (
      self->buffer,
      _ ("Do not power the CONNEXT from USB and from the inverter together"));
}

static void
say_not_opened (PlanciaConsoleFeed *self, const GError *error)
{
  g_autofree char *text = NULL;

  if (!error)
    return;

  /* Translators: a serial port could not be opened: its name and why. */
  text = g_strdup_printf (_ ("%s is not open: %s"), self->port, plancia_error_text (error));
  plancia_console_buffer_notice (self->buffer, text);
}

/* That it opened, closed or is gone the backend says itself. */
static void
state_changed_cb (PlanciaConsoleFeed *self, PlanciaBackend *backend)
{
  PlanciaState before = self->state;

  self->state = plancia_backend_get_state (backend);
  if (self->state == before)
    return;

  if (self->state == PLANCIA_STATE_OPEN)
    warn_of_power (self);
  else
    plancia_console_player_stop (self->player);
  if (self->state != PLANCIA_STATE_OPEN && before == PLANCIA_STATE_OPENING)
    say_not_opened (self, plancia_backend_get_error (backend));
}

/* Bytes go to the log from the port's own thread where that is possible; notices are not among them. */
static void
console_cb (PlanciaConsoleFeed *self, gint64 time, int direction, GBytes *bytes)
{
  gboolean echo = g_settings_get_boolean (plancia_settings_get (), "console-echo");

  if (direction != PLANCIA_CONSOLE_SENT || echo)
    plancia_console_buffer_feed (self->buffer, time, (PlanciaConsoleDirection) direction, bytes);
  if (self->log != NULL &&
      (direction == PLANCIA_CONSOLE_NOTICE || !PLANCIA_IS_TERMINAL (self->backend)))
    plancia_console_log_feed (self->log, time, (PlanciaConsoleDirection) direction, bytes);
  if (direction == PLANCIA_CONSOLE_RECEIVED)
    plancia_console_player_hear (self->player, bytes);
}

/* 3.5 characters, or what a person chose; the clock has milliseconds. */
static void
update_gap (PlanciaConsoleFeed *self)
{
  GSettings *settings = plancia_settings_get ();
  guint      gap = g_settings_get_uint (settings, "console-gap");

  if (gap == 0)
    gap = self->character * 35 / 10000 + 1;
  self->gap = g_settings_get_boolean (settings, "console-binary") ? gap : 0;
  plancia_console_buffer_set_gap (self->buffer, self->gap);
  if (self->log != NULL)
    plancia_console_log_set_gap (self->log, self->gap);
}

static void
settings_changed_cb (PlanciaConsoleFeed *self)
{
  PlanciaSerialSettings settings = {0};

  plancia_terminal_get_settings (PLANCIA_TERMINAL (self->backend), &settings);
  self->character = plancia_serial_settings_get_character_time (&settings);
  update_gap (self);
}

/* --- sending --------------------------------------------------------------------------------------- */

static void
say_not_sent (PlanciaConsoleFeed *self, const GError *error)
{
  g_autofree char *text = g_strdup_printf (_ ("Not sent: %s"), plancia_error_text (error));

  plancia_console_buffer_notice (self->buffer, text);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaConsoleFeed) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!plancia_backend_send_finish (PLANCIA_BACKEND (source), result, &error))
    say_not_sent (self, error);
}

static void
played_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaConsoleFeed) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!plancia_backend_send_finish (PLANCIA_BACKEND (source), result, &error))
    say_not_sent (self, error);
  plancia_console_player_sent (self->player, error == NULL);
}

static void
play_cb (PlanciaConsoleFeed *self, GBytes *bytes)
{
  plancia_backend_send_async (self->backend,
                              bytes,
                              self->cancellable,
                              played_cb,
                              g_object_ref (self));
}

static void
ended_cb (PlanciaConsoleFeed *self, int outcome)
{
  if (outcome == PLANCIA_CONSOLE_TIMED_OUT)
    plancia_console_buffer_notice (self->buffer, _ ("What was waited for did not come"));
}

/* --- the log --------------------------------------------------------------------------------------- */

static void
tap_cb (gint64 time, int direction, GBytes *bytes, gpointer user_data)
{
  plancia_console_log_feed (user_data, time, (PlanciaConsoleDirection) direction, bytes);
}

static void
log_moved_cb (PlanciaConsoleFeed *self)
{
  g_signal_emit (self, signals[SIGNAL_LOG_CHANGED], 0);
}

static void
log_failed_cb (PlanciaConsoleFeed *self, const GError *error)
{
  g_autofree char *text = g_strdup_printf (_ ("The log file is not written: %s"),
                                              plancia_error_text (error));

  plancia_console_buffer_notice (self->buffer, text);
  plancia_console_feed_stop_log (self);
}

/* --- GObject --------------------------------------------------------------------------------------- */

static void
plancia_console_feed_dispose (GObject *object)
{
  PlanciaConsoleFeed *self = PLANCIA_CONSOLE_FEED (object);

  g_cancellable_cancel (self->cancellable);
  if (self->log != NULL)
    plancia_console_log_stop (self->log);
  g_clear_object (&self->log);
  g_clear_object (&self->player);
  g_clear_object (&self->buffer);
  G_OBJECT_CLASS (plancia_console_feed_parent_class)->dispose (object);
}

static void
plancia_console_feed_finalize (GObject *object)
{
  PlanciaConsoleFeed *self = PLANCIA_CONSOLE_FEED (object);

  g_clear_object (&self->cancellable);
  g_free (self->port);
  G_OBJECT_CLASS (plancia_console_feed_parent_class)->finalize (object);
}

static void
plancia_console_feed_class_init (PlanciaConsoleFeedClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_console_feed_dispose;
  object_class->finalize = plancia_console_feed_finalize;

  signals[SIGNAL_LOG_CHANGED] = plancia_signal_new (PLANCIA_TYPE_CONSOLE_FEED, "log-changed", 0);
}

static void
plancia_console_feed_init (PlanciaConsoleFeed *self)
{
  GSettings *settings = plancia_settings_get ();

  self->buffer = plancia_console_buffer_new ();
  self->player = plancia_console_player_new ();
  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (self->player, "send", G_CALLBACK (play_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings,
                           "changed::console-gap",
                           G_CALLBACK (update_gap),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings,
                           "changed::console-binary",
                           G_CALLBACK (update_gap),
                           self,
                           G_CONNECT_SWAPPED);
}

/* It has said something before anybody looked. */
static void
follow_recording (PlanciaConsoleFeed *self, PlanciaBackendReplay *backend)
{
  g_signal_connect_object (backend,
                           "rewound",
                           G_CALLBACK (plancia_console_buffer_clear),
                           self->buffer,
                           G_CONNECT_SWAPPED);
  plancia_backend_replay_say_again (backend);
}

static void
follow_backend (PlanciaConsoleFeed *self, PlanciaBackend *backend)
{
  self->backend = backend;
  self->state = plancia_backend_get_state (backend);
  if (self->state == PLANCIA_STATE_OPEN && !PLANCIA_IS_BACKEND_REPLAY (backend))
    warn_of_power (self);
  g_signal_connect_object (backend, "console", G_CALLBACK (console_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (backend,
                           "state-changed",
                           G_CALLBACK (state_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  if (PLANCIA_IS_BACKEND_REPLAY (backend))
    follow_recording (self, PLANCIA_BACKEND_REPLAY (backend));
  if (PLANCIA_IS_TERMINAL (backend))
    g_signal_connect_object (backend,
                             "settings-changed",
                             G_CALLBACK (settings_changed_cb),
                             self,
                             G_CONNECT_SWAPPED);
}

/**
 * plancia_console_feed_of:
 * @backend: a console
 * @address: its address
 *
 * Returns: (transfer none): the feed, which belongs to the backend
 */
PlanciaConsoleFeed *
plancia_console_feed_of (PlanciaBackend *backend, PlanciaAddress *address)
{
  PlanciaConsoleFeed   *self = g_object_get_data (G_OBJECT (backend), KEY);
  PlanciaSerialSettings settings = {0};

  if (self != NULL)
    return self;

  plancia_address_get_serial_settings (address, &settings);
  self = g_object_new (PLANCIA_TYPE_CONSOLE_FEED, NULL);
  self->port = g_strdup (plancia_address_get_device (address));
  self->connext = plancia_address_get_kind (address) == PLANCIA_ADDRESS_CONNEXT;
  self->character = plancia_serial_settings_get_character_time (&settings);
  g_object_set_data_full (G_OBJECT (backend), KEY, self, g_object_unref);
  follow_backend (self, backend);
  update_gap (self);

  return self;
}

/**
 * plancia_console_feed_get_buffer:
 *
 * Returns: (transfer none): the lines
 */
PlanciaConsoleBuffer *
plancia_console_feed_get_buffer (PlanciaConsoleFeed *self)
{
  return self->buffer;
}

/**
 * plancia_console_feed_get_player:
 *
 * Returns: (transfer none): what plays macros to this port
 */
PlanciaConsolePlayer *
plancia_console_feed_get_player (PlanciaConsoleFeed *self)
{
  return self->player;
}

/**
 * plancia_console_feed_get_log:
 *
 * Returns: (transfer none) (nullable): the log that is written
 */
PlanciaConsoleLog *
plancia_console_feed_get_log (PlanciaConsoleFeed *self)
{
  return self->log;
}

/**
 * plancia_console_feed_get_port:
 *
 * Returns: (transfer none): path of the port
 */
const char *
plancia_console_feed_get_port (PlanciaConsoleFeed *self)
{
  return self->port;
}

/**
 * plancia_console_feed_send:
 * @bytes: what a person typed
 */
void
plancia_console_feed_send (PlanciaConsoleFeed *self, GBytes *bytes)
{
  plancia_backend_send_async (self->backend,
                              bytes,
                              self->cancellable,
                              sent_cb,
                              g_object_ref (self));
}

/**
 * plancia_console_feed_start_log:
 * @file: the first file
 * @kind: its form
 * @limit: bytes of one file
 */
void
plancia_console_feed_start_log (PlanciaConsoleFeed         *self,
                                GFile                      *file,
                                PlanciaConsoleExport        kind,
                                const PlanciaConsoleFormat *format,
                                guint64                     limit)
{
  plancia_console_feed_stop_log (self);
  self->log = plancia_console_log_new (file, kind, format, limit, self->gap);
  g_signal_connect_object (self->log,
                           "notify::bytes",
                           G_CALLBACK (log_moved_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->log,
                           "failed",
                           G_CALLBACK (log_failed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  if (PLANCIA_IS_TERMINAL (self->backend))
    plancia_terminal_set_tap (PLANCIA_TERMINAL (self->backend),
                              tap_cb,
                              g_object_ref (self->log),
                              g_object_unref);
  log_moved_cb (self);
}

/**
 * plancia_console_feed_stop_log:
 *
 * What was said until now is in the file afterwards.
 */
void
plancia_console_feed_stop_log (PlanciaConsoleFeed *self)
{
  g_autoptr (PlanciaConsoleLog) log = g_steal_pointer (&self->log);

  if (log == NULL)
    return;
  if (PLANCIA_IS_TERMINAL (self->backend))
    plancia_terminal_set_tap (PLANCIA_TERMINAL (self->backend), NULL, NULL, NULL);
  g_signal_handlers_disconnect_by_data (log, self);
  plancia_console_log_stop (log);
  log_moved_cb (self);
}
