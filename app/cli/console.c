/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/console.h"

#include "backend/backend-terminal.h"
#include "backend/port-watch.h"
#include "base/clock.h"
#include "cli/cli.h"
#include "cli/overhear.h"
#include "plant/address.h"
#include "protocol/console-lines.h"
#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What is kept to look for an expected text in. */
#define MEMORY (1024 * 1024)
/* ms: how often time limits are looked at */
#define PERIOD 20
/* ms: 3.5 characters are 4 at 9600 baud, but adapters on USB keep bytes for up to 16 before they hand them on. */
#define FRAME_GAP 20

struct _PlanciaCliConsole
{
  PlanciaBackend  *backend;
  char            *text;
  gboolean         hex;
  PlanciaOverhear *overhear; /* or NULL */
  FILE            *log;
  gboolean         reconnect;

  GByteArray *heard;
  gint64      last; /* monotonic ms: when something came or was sent */
  gboolean    interrupted;
  gboolean    opened;
  guint       signals[2];
  guint       input;
  GString    *typed;
  const char *ending;
};

/* --- printing ------------------------------------------------------------------------------------ */

/* "14:03:07.125 < 01 03 02 …" a row */
static void
print_hex (PlanciaCliConsole *self, gint64 time, char mark, GBytes *bytes)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  g_autofree char *clock = g_date_time_format (local, "%H:%M:%S");
  g_autofree char *rows = plancia_console_hex (bytes);
  g_auto (GStrv) row = g_strsplit (rows, "\n", -1);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; row[i] != NULL; i++)
    if (*row[i] != '\0')
      g_string_append_printf (out, "%s.%03d %c %s\n", clock, (int) (time % 1000), mark, row[i]);
  plancia_cli_print (out->str);
  if (self->log != NULL)
    fputs (out->str, self->log);
}

static void
print_raw (PlanciaCliConsole *self, GBytes *bytes)
{
  gsize       length;
  const void *data = g_bytes_get_data (bytes, &length);

  fwrite (data, 1, length, stdout);
  fflush (stdout);
  if (self->log != NULL)
    fwrite (data, 1, length, self->log);
}

static void
print_frame (const char *line, gpointer user_data)
{
  PlanciaCliConsole *self = user_data;

  plancia_cli_print (line);
  if (self->log == NULL)
    return;
  fputs (line, self->log);
  fflush (self->log);
}

static void
remember (PlanciaCliConsole *self, GBytes *bytes)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  g_byte_array_append (self->heard, data, (guint) length);
  if (self->heard->len > MEMORY)
    g_byte_array_remove_range (self->heard, 0, self->heard->len - MEMORY);
  self->last = plancia_clock_monotonic ();
}

static void
console_cb (PlanciaCliConsole *self, gint64 time, int direction, GBytes *bytes)
{
  if (direction == PLANCIA_CONSOLE_NOTICE)
    return;
  if (direction == PLANCIA_CONSOLE_RECEIVED)
    remember (self, bytes);
  if (self->overhear != NULL)
    plancia_overhear_feed (self->overhear, time, bytes);
  else if (self->hex)
    print_hex (self, time, direction == PLANCIA_CONSOLE_SENT ? '>' : '<', bytes);
  else if (direction == PLANCIA_CONSOLE_RECEIVED)
    print_raw (self, bytes);
  if (self->log != NULL)
    fflush (self->log);
}

/* --- waiting ------------------------------------------------------------------------------------- */

static gboolean
interrupted_cb (gpointer user_data)
{
  PlanciaCliConsole *self = user_data;

  self->interrupted = TRUE;
  return G_SOURCE_CONTINUE;
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static gboolean
is_gone (PlanciaCliConsole *self)
{
  return self->opened && !self->reconnect &&
         plancia_backend_get_state (self->backend) != PLANCIA_STATE_OPEN;
}

typedef gboolean (*Condition) (PlanciaCliConsole *self, gpointer data);

/* limit: ms, 0 for none. */
static PlanciaCliOutcome
wait_for (PlanciaCliConsole *self, Condition condition, gpointer data, gint64 limit)
{
  guint             wake = g_timeout_add (PERIOD, wake_cb, NULL);
  gint64            end = plancia_clock_monotonic () + limit;
  PlanciaCliOutcome outcome = PLANCIA_CLI_HEARD;

  while (!condition (self, data)) {
    if (self->interrupted)
      outcome = PLANCIA_CLI_INTERRUPTED;
    else if (is_gone (self))
      outcome = PLANCIA_CLI_GONE;
    else if (limit > 0 && plancia_clock_monotonic () >= end)
      outcome = PLANCIA_CLI_NOT_IN_TIME;
    if (outcome != PLANCIA_CLI_HEARD)
      break;
    g_main_context_iteration (NULL, TRUE);
  }
  g_source_remove (wake);
  return outcome;
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
is_answered (PlanciaCliConsole *self, gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

/* Of a call that ends by itself. */
static void
wait_for_result (PlanciaCliConsole *self, GAsyncResult **result)
{
  while (!is_answered (self, result))
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
is_quiet (PlanciaCliConsole *self, gpointer data)
{
  return plancia_clock_monotonic () - self->last >= *(gint64 *) data;
}

static gboolean
is_never (PlanciaCliConsole *self, gpointer data)
{
  return FALSE;
}

static gboolean
matches (PlanciaCliConsole *self, gpointer data)
{
  return self->heard->len > 0 && g_regex_match_full (data,
                                                     (const char *) self->heard->data,
                                                     (gssize) self->heard->len,
                                                     0,
                                                     0,
                                                     NULL,
                                                     NULL);
}

/* --- standard input -------------------------------------------------------------------------------- */

/* A sentence tells what could not be sent; the console goes on. */
static void
typed_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!plancia_backend_send_finish (PLANCIA_BACKEND (source), result, &error))
    plancia_cli_complain ("%s", error->message);
}

static void
send_typed_lines (PlanciaCliConsole *self)
{
  const char *end;

  while ((end = memchr (self->typed->str, '\n', self->typed->len)) != NULL) {
    gsize            length = (gsize) (end - self->typed->str);
    g_autofree char *line = g_strndup (self->typed->str, length);
    g_autofree char *whole = g_strconcat (line, self->ending, NULL);
    g_autoptr (GBytes) bytes = g_bytes_new (whole, strlen (whole));

    g_string_erase (self->typed, 0, (gssize) length + 1);
    plancia_backend_send_async (self->backend, bytes, NULL, typed_sent_cb, NULL);
    self->last = plancia_clock_monotonic ();
  }
}

static gboolean
typed_cb (int descriptor, GIOCondition condition, gpointer user_data)
{
  PlanciaCliConsole *self = user_data;
  char               buffer[4096];
  ssize_t            now = read (descriptor, buffer, sizeof buffer);

  if (now > 0) {
    g_string_append_len (self->typed, buffer, now);
    send_typed_lines (self);
    return G_SOURCE_CONTINUE;
  }
  if (now < 0 && (errno == EAGAIN || errno == EINTR))
    return G_SOURCE_CONTINUE;
  self->input = 0;
  return G_SOURCE_REMOVE;
}

/* --- opening --------------------------------------------------------------------------------------- */

/* NULL after a sentence. */
static PlanciaAddress *
find_address (const char *text)
{
  g_autoptr (GPtrArray) ports = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char             *whole = NULL;
  const PlanciaSerialPortInfo *port;
  PlanciaAddress              *address;

  if (strstr (text, "://") == NULL && *text != '/') {
    ports = plancia_port_watch_list ();
    port = plancia_port_watch_find_in (ports, text);
    if (port == NULL) {
      plancia_cli_complain (_ ("There is no serial port \"%s\"."), text);
      return NULL;
    }
    whole = g_strconcat ("connext://", port->path, NULL);
  } else {
    whole = g_strconcat (*text == '/' ? "connext://" : "", text, NULL);
  }
  address = plancia_address_parse (whole, &error);
  if (address == NULL)
    plancia_cli_complain ("%s", error->message);
  return address;
}

static gboolean
is_serial (PlanciaAddress *address)
{
  PlanciaAddressKind kind = plancia_address_get_kind (address);

  return kind == PLANCIA_ADDRESS_CONNEXT || kind == PLANCIA_ADDRESS_RS485;
}

/**
 * plancia_cli_console_new:
 * @text: a connext:// or rs485:// address, a path, or the name or identity of a port
 *
 * Opens nothing yet.
 *
 * Returns: (transfer full) (nullable): %NULL after a sentence
 */
PlanciaCliConsole *
plancia_cli_console_new (const char *text)
{
  g_autoptr (PlanciaAddress) address = find_address (text);
  PlanciaSerialSettings settings;
  PlanciaCliConsole    *self;

  if (address == NULL)
    return NULL;
  if (!is_serial (address)) {
    plancia_cli_complain (_ ("\"console\" needs a serial port, not \"%s\"."), text);
    return NULL;
  }
  plancia_address_get_serial_settings (address, &settings);
  self = g_new0 (PlanciaCliConsole, 1);
  self->text = g_strdup (text);
  self->heard = g_byte_array_new ();
  self->typed = g_string_new (NULL);
  self->backend = plancia_backend_terminal_new (plancia_address_get_device (address), &settings);
  g_signal_connect_swapped (self->backend, "console", G_CALLBACK (console_cb), self);
  self->signals[0] = g_unix_signal_add (SIGINT, interrupted_cb, self);
  self->signals[1] = g_unix_signal_add (SIGTERM, interrupted_cb, self);
  return self;
}

/* Closed in order, so that the last bytes are printed and the port is free when the program has ended. */
static void
close_port (PlanciaCliConsole *self)
{
  g_autoptr (GAsyncResult) result = NULL;

  plancia_backend_close_async (self->backend, result_cb, &result);
  wait_for_result (self, &result);
}

void
plancia_cli_console_free (PlanciaCliConsole *self)
{
  self->opened = FALSE;
  close_port (self);
  g_clear_handle_id (&self->input, g_source_remove);
  g_source_remove (self->signals[0]);
  g_source_remove (self->signals[1]);
  g_signal_handlers_disconnect_by_data (self->backend, self);
  g_object_unref (self->backend);
  if (self->overhear != NULL)
    plancia_overhear_flush (self->overhear);
  g_clear_pointer (&self->overhear, plancia_overhear_free);
  if (self->log != NULL)
    fclose (self->log);
  g_byte_array_unref (self->heard);
  g_string_free (self->typed, TRUE);
  g_free (self->text);
  g_free (self);
}

/* --- for the verb ----------------------------------------------------------------------------------- */

void
plancia_cli_console_set_hex (PlanciaCliConsole *self, gboolean hex)
{
  self->hex = hex;
}

void
plancia_cli_console_set_modbus (PlanciaCliConsole *self)
{
  self->overhear = plancia_overhear_new (FRAME_GAP, print_frame, self);
}

gboolean
plancia_cli_console_set_log (PlanciaCliConsole *self, const char *path)
{
  self->log = fopen (path, "ae");
  if (self->log == NULL)
    plancia_cli_complain ("%s: %s", path, g_strerror (errno));
  return self->log != NULL;
}

void
plancia_cli_console_set_reconnect (PlanciaCliConsole *self, gboolean reconnect)
{
  self->reconnect = reconnect;
  plancia_terminal_set_reconnect (PLANCIA_TERMINAL (self->backend), reconnect);
}

/**
 * plancia_cli_console_open:
 * @self: a console
 * @error: why it could not be opened
 *
 * Sends nothing.
 */
gboolean
plancia_cli_console_open (PlanciaCliConsole *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  plancia_backend_open_async (self->backend, NULL, result_cb, &result);
  wait_for_result (self, &result);
  self->opened = plancia_backend_open_finish (self->backend, result, error);
  self->last = plancia_clock_monotonic ();
  return self->opened;
}

gboolean
plancia_cli_console_send (PlanciaCliConsole *self, GBytes *bytes, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  gboolean sent;

  g_byte_array_set_size (self->heard, 0);
  plancia_backend_send_async (self->backend, bytes, NULL, result_cb, &result);
  wait_for_result (self, &result);
  sent = plancia_backend_send_finish (self->backend, result, error);
  self->last = plancia_clock_monotonic ();
  return sent;
}

/**
 * plancia_cli_console_expect:
 * @self: an open console
 * @regex: of bytes
 * @timeout: s
 */
PlanciaCliOutcome
plancia_cli_console_expect (PlanciaCliConsole *self, GRegex *regex, double timeout)
{
  return wait_for (self, matches, regex, MAX ((gint64) (timeout * 1000), 1));
}

/**
 * plancia_cli_console_wait_quiet:
 * @self: an open console
 * @quiet: s without a byte
 * @limit: s, after which it is waited no longer; 0: none
 */
PlanciaCliOutcome
plancia_cli_console_wait_quiet (PlanciaCliConsole *self, double quiet, double limit)
{
  gint64 ms = (gint64) (quiet * 1000);

  return wait_for (self, is_quiet, &ms, (gint64) (limit * 1000));
}

PlanciaCliOutcome
plancia_cli_console_wait (PlanciaCliConsole *self, double seconds)
{
  return wait_for (self, is_never, NULL, MAX ((gint64) (seconds * 1000), 1));
}

/**
 * plancia_cli_console_listen:
 * @self: an open console
 * @ending: of what is typed
 * @seconds: how long; 0: for ever
 */
PlanciaCliOutcome
plancia_cli_console_listen (PlanciaCliConsole *self, const char *ending, double seconds)
{
  self->ending = ending;
  self->input = g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, typed_cb, self);
  return wait_for (self, is_never, NULL, (gint64) (seconds * 1000));
}
