/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The terminal on a pty: what passes, what it says, and what happens when the cable is pulled. */
#include "../link/pty-pair.h"
#include "backend-fixture.h"
#include "backend/backend-terminal.h"
#include "backend/port-names.h"
#include "backend/port-watch.h"
#include "link/serial-list.h"
#include "protocol/console-lines.h"
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/base/own-dirs.h"

static PlanciaBackend *
new_terminal (const char *path)
{
  PlanciaSerialSettings settings;

  plancia_serial_settings_init (&settings);
  settings.baud = 115200;
  return plancia_backend_terminal_new (path, &settings);
}

static void
open_it (BackendFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (fixture_open (fixture, &error));
  g_assert_no_error (error);
  g_assert_cmpint (fixture_state (fixture), ==, PLANCIA_STATE_OPEN);
}

static void
expect (PtyPair *pair, const char *text)
{
  char  got[256];
  gsize length = 0;

  turn_until ((length += pty_pair_read (pair, got + length, sizeof got - length)) >= strlen (text));
  g_assert_cmpmem (got, length, text, strlen (text));
}

static void
result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
set_up (BackendFixture *fixture, const PlanciaSerialSettings *settings, GError **error)
{
  PlanciaTerminal *terminal = PLANCIA_TERMINAL (fixture->backend);
  g_autoptr (GAsyncResult) result = NULL;

  plancia_terminal_set_settings_async (terminal, settings, result_cb, &result);
  turn_until (result != NULL);
  return plancia_terminal_set_settings_finish (terminal, result, error);
}

static void
test_nothing_is_sent_by_itself (void)
{
  g_auto (PtyPair) pair = {-1};
  g_auto (BackendFixture) fixture = {0};
  PlanciaSerialSettings settings;
  PlanciaTerminal      *terminal;
  char                  byte;

  pty_pair_init (&pair, NULL);
  fixture_init (&fixture, new_terminal (pair.path));
  terminal = PLANCIA_TERMINAL (fixture.backend);
  open_it (&fixture);
  plancia_terminal_get_settings (terminal, &settings);
  settings.parity = 'E';
  g_assert_true (set_up (&fixture, &settings, NULL));
  plancia_terminal_set_lines (terminal, PLANCIA_SERIAL_LINE_DTR, 0);
  plancia_terminal_set_lines (terminal, PLANCIA_SERIAL_LINE_DTR, PLANCIA_SERIAL_LINE_DTR);
  pty_pair_write (&pair, "> ", 2);
  fixture_turn (700);
  g_assert_cmpuint (pty_pair_read (&pair, &byte, 1), ==, 0);
  g_assert_true (fixture_close (&fixture));
  fixture_turn (100);
  g_assert_cmpuint (pty_pair_read (&pair, &byte, 1), ==, 0);
}

static void
tap_cb (gint64 time, int direction, GBytes *bytes, gpointer user_data)
{
  GString *tapped = user_data;

  g_string_append_c (tapped, "<>!"[direction]);
  g_string_append_len (tapped, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
}

static void
untap_cb (gpointer user_data)
{
  g_string_append_c (user_data, '.');
}

static void
test_bytes (void)
{
  g_auto (PtyPair) pair = {-1};
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (GString) tapped = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  PlanciaTerminalCounters counters;
  PlanciaTerminal        *terminal;

  pty_pair_init (&pair, NULL);
  fixture_init (&fixture, new_terminal (pair.path));
  terminal = PLANCIA_TERMINAL (fixture.backend);
  plancia_terminal_set_tap (terminal, tap_cb, tapped, untap_cb);
  open_it (&fixture);
  g_assert_true (fixture_send (&fixture, "help\n", &error));
  g_assert_no_error (error);
  expect (&pair, "help\n");
  pty_pair_write (&pair, "answer\r\n", 8);
  turn_until (strstr (fixture.console->str, "answer\r\n") != NULL);
  g_assert_nonnull (strstr (fixture.console->str, ">help\n<answer\r\n"));
  plancia_terminal_get_counters (terminal, &counters);
  g_assert_cmpuint (counters.sent, ==, 5);
  g_assert_cmpuint (counters.received, ==, 8);
  g_assert_cmpuint (plancia_terminal_get_lines (terminal), ==, 0);
  g_assert_cmpstr (plancia_terminal_get_port (terminal)->path, ==, pair.path);
  g_assert_true (fixture_close (&fixture));
  plancia_terminal_set_tap (terminal, NULL, NULL, NULL);
  turn_until (g_str_has_suffix (tapped->str, "."));
  g_string_truncate (tapped, tapped->len - 1);
  g_assert_cmpstr (tapped->str, ==, fixture.console->str);
  g_assert_cmpstr (fixture.states->str, ==, "oOCc");
}

static const char *const formats[] = {"8N1", "7E1", "5N1.5", "6O2", "8M1", "7S2"};

static void
settings_cb (guint *count)
{
  ++*count;
}

static void
test_settings_while_open (void)
{
  g_auto (PtyPair) pair = {-1};
  g_auto (BackendFixture) fixture = {0};
  PlanciaSerialSettings settings, now;
  guint                 changes = 0, wanted = 0;

  pty_pair_init (&pair, NULL);
  fixture_init (&fixture, new_terminal (pair.path));
  g_signal_connect_swapped (fixture.backend,
                            "settings-changed",
                            G_CALLBACK (settings_cb),
                            &changes);
  open_it (&fixture);
  plancia_terminal_get_settings (PLANCIA_TERMINAL (fixture.backend), &settings);
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++) {
    for (guint flow = PLANCIA_FLOW_CONTROL_NONE; flow <= PLANCIA_FLOW_CONTROL_DSR_DTR; flow++) {
      g_autoptr (GError) error = NULL;

      plancia_serial_settings_set_format (&settings, formats[i], NULL);
      settings.flow = (PlanciaFlowControl) flow;
      settings.baud = 9600 + i;
      g_assert_true (set_up (&fixture, &settings, &error));
      g_assert_no_error (error);
      plancia_terminal_get_settings (PLANCIA_TERMINAL (fixture.backend), &now);
      g_assert_true (plancia_serial_settings_equal (&settings, &now));
      g_assert_cmpuint (changes, ==, ++wanted);
      g_assert_true (fixture_send (&fixture, formats[i], NULL));
      expect (&pair, formats[i]);
    }
  }
  g_assert_nonnull (strstr (fixture.console->str, "!Now 9605 baud, 7S2"));
}

static void
test_wrong_settings (void)
{
  g_auto (PtyPair) pair = {-1};
  g_auto (BackendFixture) fixture = {0};
  PlanciaSerialSettings before, wrong, now;
  g_autoptr (GError) error = NULL;

  pty_pair_init (&pair, NULL);
  fixture_init (&fixture, new_terminal (pair.path));
  open_it (&fixture);
  plancia_terminal_get_settings (PLANCIA_TERMINAL (fixture.backend), &before);
  wrong = before;
  wrong.baud = 1;
  g_assert_false (set_up (&fixture, &wrong, &error));
  g_assert_nonnull (error);
  plancia_terminal_get_settings (PLANCIA_TERMINAL (fixture.backend), &now);
  g_assert_true (plancia_serial_settings_equal (&before, &now));
  /* For the next opening. */
  g_assert_true (fixture_close (&fixture));
  wrong.baud = 19200;
  g_assert_true (set_up (&fixture, &wrong, NULL));
  open_it (&fixture);
  g_assert_nonnull (strstr (fixture.console->str, ", 19200 baud, 8N1"));
}

static void
test_break (void)
{
  g_auto (PtyPair) pair = {-1};
  g_auto (BackendFixture) fixture = {0};
  gint64 begin;

  pty_pair_init (&pair, NULL);
  fixture_init (&fixture, new_terminal (pair.path));
  open_it (&fixture);
  begin = g_get_monotonic_time ();
  plancia_terminal_send_break (PLANCIA_TERMINAL (fixture.backend), 250);
  turn_until (strstr (fixture.console->str, "!Break sent, 250 ms") != NULL);
  g_assert_cmpint (g_get_monotonic_time () - begin, >=, 250 * 1000);
}

static void
test_hang_up (void)
{
  g_auto (PtyPair) pair = {-1};
  g_auto (BackendFixture) fixture = {0};
  g_autoptr (GError) error = NULL;
  gint64 begin;

  pty_pair_init (&pair, NULL);
  fixture_init (&fixture, new_terminal (pair.path));
  plancia_terminal_set_reconnect (PLANCIA_TERMINAL (fixture.backend), TRUE);
  open_it (&fixture);
  pty_pair_write (&pair, "last words", 10);
  begin = g_get_monotonic_time ();
  pty_pair_hang_up (&pair);
  turn_until (fixture_state (&fixture) == PLANCIA_STATE_CLOSED);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 10 * G_USEC_PER_SEC);
  g_assert_true (g_str_has_suffix (fixture.console->str, "!The port is gone"));
  g_assert_error (plancia_backend_get_error (fixture.backend),
                  G_IO_ERROR,
                  G_IO_ERROR_CONNECTION_CLOSED);
  g_assert_false (fixture_send (&fixture, "x", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED);
  /* A number in /dev/pts is anybody's by now. */
  g_assert_cmpstr (fixture.states->str, ==, "oOc");
}

/* --- a flood ------------------------------------------------------------------------------------- */

typedef struct
{
  int    descriptor;
  gint64 written; /* atomic: read while it runs */
  gint64 total;
  int    stop;
} Flood;

/* Byte n of the flood is n modulo 251, so that one that is missing is seen. */
static gpointer
flood_thread (gpointer data)
{
  Flood *self = data;
  guint8 block[8192];

  while (!g_atomic_int_get (&self->stop) && self->written < self->total) {
    gsize   length = (gsize) MIN ((gint64) sizeof block, self->total - self->written);
    ssize_t now;

    for (gsize i = 0; i < length; i++)
      block[i] = (guint8) ((self->written + (gint64) i) % 251);
    now = write (self->descriptor, block, length);
    if (now > 0)
      __atomic_add_fetch (&self->written, now, __ATOMIC_SEQ_CST);
    else
      g_usleep (500);
  }
  return NULL;
}

typedef struct
{
  gint64 received;
  gint64 wrong;
} Sink;

static void
sink_cb (Sink *self, gint64 time, int direction, GBytes *bytes)
{
  gsize         length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  if (direction != PLANCIA_CONSOLE_RECEIVED)
    return;
  for (gsize i = 0; i < length; i++, self->received++)
    if (data[i] != self->received % 251)
      self->wrong++;
}

/* Microseconds that this thread has worked: others may use the machine as well. */
static gint64
thread_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* The main loop never stays away long, and no byte is missing. */
static void
test_flood (void)
{
  g_auto (PtyPair) pair = {-1};
  g_auto (BackendFixture) fixture = {0};
  Flood    flood = {.total = 30 * 1000 * 1000};
  Sink     sink = {0};
  GThread *thread;
  gint64   worst = 0;

  pty_pair_init (&pair, NULL);
  fixture_init (&fixture, new_terminal (pair.path));
  g_signal_handlers_disconnect_by_data (fixture.backend, &fixture);
  g_signal_connect_swapped (fixture.backend, "console", G_CALLBACK (sink_cb), &sink);
  open_it (&fixture);
  flood.descriptor = pair.master;
  thread = g_thread_new ("flood", flood_thread, &flood);
  while (sink.received < flood.total) {
    gint64 begin = thread_time ();

    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (200);
    worst = MAX (worst, thread_time () - begin);
    g_assert_cmpint (sink.wrong, ==, 0);
  }
  g_thread_join (thread);
  g_assert_cmpint (sink.received, ==, flood.total);
  g_test_message ("longest turn of the main loop: %" G_GINT64_FORMAT " us", worst);
}

/* While the main thread is away a bounded part is held for it, and the rest is not read. */
static void
test_bounded (void)
{
  g_auto (PtyPair) pair = {-1};
  g_auto (BackendFixture) fixture = {0};
  Flood    flood = {.total = 16 * 1000 * 1000};
  Sink     sink = {0};
  GThread *thread;

  pty_pair_init (&pair, NULL);
  fixture_init (&fixture, new_terminal (pair.path));
  g_signal_connect_swapped (fixture.backend, "console", G_CALLBACK (sink_cb), &sink);
  open_it (&fixture);
  flood.descriptor = pair.master;
  thread = g_thread_new ("flood", flood_thread, &flood);
  g_usleep (1500 * 1000);
  g_assert_cmpint (__atomic_load_n (&flood.written, __ATOMIC_SEQ_CST), <, 6 * 1000 * 1000);
  turn_until (sink.received == flood.total);
  g_thread_join (thread);
  g_assert_cmpint (sink.wrong, ==, 0);
  g_assert_true (fixture_close (&fixture));
  g_assert_cmpstr (fixture.console->str + fixture.console->len - 12, ==, "!Port closed");
}

/* --- output that nobody takes ---------------------------------------------------------------------- */

static void
test_blocked_output (void)
{
  g_auto (PtyPair) pair = {-1};
  g_auto (BackendFixture) fixture = {0};
  g_autofree char *big = g_strnfill (1000000, 'x');
  g_autoptr (GBytes) bytes = g_bytes_new (big, 1000000);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GAsyncResult) late = NULL;
  g_autoptr (GError) first = NULL;
  g_autoptr (GError) second = NULL;
  gint64 begin;

  pty_pair_init (&pair, NULL);
  fixture_init (&fixture, new_terminal (pair.path));
  open_it (&fixture);
  plancia_backend_send_async (fixture.backend, bytes, cancellable, result_cb, &cancelled);
  plancia_backend_send_async (fixture.backend, bytes, NULL, result_cb, &late);
  fixture_turn (300);
  /* Reading goes on meanwhile. */
  pty_pair_write (&pair, "still here", 10);
  turn_until (strstr (fixture.console->str, "<still here") != NULL);
  g_assert_null (cancelled);
  begin = g_get_monotonic_time ();
  g_cancellable_cancel (cancellable);
  turn_until (cancelled != NULL);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 10 * G_USEC_PER_SEC);
  g_assert_false (plancia_backend_send_finish (fixture.backend, cancelled, &first));
  g_assert_error (first, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  turn_until (late != NULL);
  g_assert_false (plancia_backend_send_finish (fixture.backend, late, &second));
  g_assert_error (second, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

/* --- the cable is pulled and comes back ------------------------------------------------------------ */

/* The flood has zero bytes in it. */
static gboolean
has (GString *console, const char *text)
{
  return memmem (console->str, console->len, text, strlen (text)) != NULL;
}

static void
test_return_under_load (void)
{
  g_autofree char *folder = g_dir_make_tmp ("plancia-terminal-XXXXXX", NULL);
  g_autofree char *link = g_build_filename (folder, "port", NULL);
  g_auto (PtyPair) pair = {-1};
  g_auto (BackendFixture) fixture = {0};

  pty_pair_init (&pair, link);
  fixture_init (&fixture, new_terminal (link));
  plancia_terminal_set_reconnect (PLANCIA_TERMINAL (fixture.backend), TRUE);
  g_assert_true (plancia_terminal_get_reconnect (PLANCIA_TERMINAL (fixture.backend)));
  open_it (&fixture);
  for (guint round = 0; round < 3; round++) {
    Flood    flood = {.descriptor = pair.master, .total = G_MAXINT64};
    GThread *thread = g_thread_new ("flood", flood_thread, &flood);
    g_autoptr (GError) error = NULL;
    PlanciaTerminalCounters before, after;

    fixture_turn (200);
    g_atomic_int_set (&flood.stop, TRUE);
    g_thread_join (thread);
    pty_pair_hang_up (&pair);
    turn_until (fixture_state (&fixture) == PLANCIA_STATE_FAILING);
    g_assert_error (plancia_backend_get_error (fixture.backend),
                    G_IO_ERROR,
                    G_IO_ERROR_CONNECTION_CLOSED);
    g_assert_false (fixture_send (&fixture, "x", &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED);
    plancia_terminal_get_counters (PLANCIA_TERMINAL (fixture.backend), &before);
    g_assert_cmpuint (before.received, >, 100000);
    pty_pair_return (&pair);
    turn_until (fixture_state (&fixture) == PLANCIA_STATE_OPEN);
    pty_pair_write (&pair, "again", 5);
    turn_until (has (fixture.console, "<again"));
    plancia_terminal_get_counters (PLANCIA_TERMINAL (fixture.backend), &after);
    g_assert_cmpuint (after.received, ==, before.received + 5);
    g_assert_true (has (fixture.console, "!The port is gone!The port is back: /dev/pts/"));
    g_string_truncate (fixture.console, 0);
  }
  g_assert_cmpstr (fixture.states->str, ==, "oOfOfOfO");
  g_assert_true (fixture_close (&fixture));
  pty_pair_clear (&pair);
  g_rmdir (folder);
}

static void
test_waiting_is_given_up (void)
{
  g_autofree char *folder = g_dir_make_tmp ("plancia-terminal-XXXXXX", NULL);
  g_autofree char *link = g_build_filename (folder, "port", NULL);
  g_auto (PtyPair) pair = {-1};
  g_auto (BackendFixture) fixture = {0};

  pty_pair_init (&pair, link);
  fixture_init (&fixture, new_terminal (link));
  plancia_terminal_set_reconnect (PLANCIA_TERMINAL (fixture.backend), TRUE);
  open_it (&fixture);
  pty_pair_hang_up (&pair);
  turn_until (fixture_state (&fixture) == PLANCIA_STATE_FAILING);
  plancia_terminal_set_reconnect (PLANCIA_TERMINAL (fixture.backend), FALSE);
  turn_until (fixture_state (&fixture) == PLANCIA_STATE_CLOSED);
  pty_pair_return (&pair);
  fixture_turn (1200);
  g_assert_cmpint (fixture_state (&fixture), ==, PLANCIA_STATE_CLOSED);
  /* A person may still open it. */
  open_it (&fixture);
  pty_pair_clear (&pair);
  turn_until (fixture_state (&fixture) == PLANCIA_STATE_CLOSED);
  g_rmdir (folder);
}

/* --- who has it ------------------------------------------------------------------------------------- */

static void
test_busy (void)
{
  g_auto (PtyPair) pair = {-1};
  g_auto (BackendFixture) fixture = {0};
  const PlanciaSerialPortInfo *port;
  g_autoptr (GError) error = NULL;
  int   ready[2];
  char  byte;
  pid_t pid;

  pty_pair_init (&pair, NULL);
  g_assert_cmpint (pipe (ready), ==, 0);
  pid = fork ();
  if (pid == 0) {
    flock (open (pair.path, O_RDWR | O_NOCTTY), LOCK_EX);
    if (write (ready[1], "r", 1) == 1)
      pause ();
    _exit (0);
  }
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  fixture_init (&fixture, new_terminal (pair.path));
  g_assert_false (fixture_open (&fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_assert_error (plancia_backend_get_error (fixture.backend), G_IO_ERROR, G_IO_ERROR_BUSY);
  port = plancia_terminal_get_port (PLANCIA_TERMINAL (fixture.backend));
  g_assert_nonnull (port);
  g_assert_cmpint (port->holder_pid, ==, pid);
  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
  open_it (&fixture);
  g_assert_null (plancia_terminal_get_port (PLANCIA_TERMINAL (fixture.backend))->holder);
}

/* --- names and the watch ----------------------------------------------------------------------------- */

static void
changed_cb (guint *count)
{
  ++*count;
}

static void
test_watch (void)
{
  PlanciaPortWatch *watch = plancia_port_watch_get ();
  guint             changes = 0;

  g_signal_connect_swapped (watch, "changed", G_CALLBACK (changed_cb), &changes);
  turn_until (changes == 1);
  g_assert_nonnull (plancia_port_watch_get_ports (watch));
  g_assert_null (plancia_port_watch_find (watch, "/dev/ttyPLANCIA0"));
  {
    g_autoptr (PlanciaPortWatch) again = plancia_port_watch_get ();

    g_assert_true (again == watch);
  }
  /* What does not change is not told. */
  fixture_turn (2500);
  g_assert_cmpuint (changes, <=, 2);
  g_object_unref (watch);
}

/* The adapter of the test is wherever this leads. */
static const char *adapter_path;

static GPtrArray *
list_adapter (void)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_serial_port_info_free);
  PlanciaSerialPortInfo *port;

  if (g_atomic_pointer_get (&adapter_path) == NULL)
    return list;
  port = g_new0 (PlanciaSerialPortInfo, 1);
  port->path = g_strdup (g_atomic_pointer_get (&adapter_path));
  port->identity = g_strdup ("0403:6001:A50285BI");
  port->vendor = 0x0403;
  port->product = 0x6001;
  port->serial = g_strdup ("A50285BI");
  port->permitted = TRUE;
  g_ptr_array_add (list, port);
  return list;
}

/* Pulled out and put in again, an adapter may get another tty: it is known by what it is. */
static void
test_return_under_another_name (void)
{
  g_autofree char *folder = g_dir_make_tmp ("plancia-terminal-XXXXXX", NULL);
  g_autofree char *link = g_build_filename (folder, "ttyUSB0", NULL);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_auto (PtyPair) pair = {-1};
  g_auto (PtyPair) other = {-1};
  g_auto (BackendFixture) fixture = {0};

  pty_pair_init (&pair, link);
  pty_pair_init (&other, NULL);
  first = g_strdup (ptsname (pair.master));
  second = g_strdup (ptsname (other.master));
  g_atomic_pointer_set (&adapter_path, first);
  plancia_serial_list_set_lister (list_adapter);
  fixture_init (&fixture, new_terminal (link));
  plancia_terminal_set_reconnect (PLANCIA_TERMINAL (fixture.backend), TRUE);
  open_it (&fixture);
  g_assert_cmpstr (plancia_terminal_get_port (PLANCIA_TERMINAL (fixture.backend))->serial,
                   ==,
                   "A50285BI");
  g_atomic_pointer_set (&adapter_path, NULL);
  pty_pair_hang_up (&pair);
  turn_until (fixture_state (&fixture) == PLANCIA_STATE_FAILING);
  g_atomic_pointer_set (&adapter_path, second);
  turn_until (fixture_state (&fixture) == PLANCIA_STATE_OPEN);
  g_assert_cmpstr (plancia_terminal_get_port (PLANCIA_TERMINAL (fixture.backend))->path,
                   ==,
                   second);
  pty_pair_write (&other, "here", 4);
  turn_until (has (fixture.console, "<here"));
  g_assert_true (fixture_close (&fixture));
  plancia_serial_list_set_lister (NULL);
  pty_pair_clear (&pair);
  g_rmdir (folder);
}

static void
learnt_cb (PlanciaBackend *backend, const char *device, const PlanciaLearnt *learnt, char **adapter)
{
  g_assert_cmpstr (device, ==, "port");
  g_free (*adapter);
  *adapter = g_strdup (learnt->adapter);
}

/* What the adapter is goes into the plant; another run of the program finds it by that, though its name is gone. */
static void
test_another_run (void)
{
  g_autofree char *folder = g_dir_make_tmp ("plancia-terminal-XXXXXX", NULL);
  g_autofree char *link = g_build_filename (folder, "ttyUSB0", NULL);
  g_autofree char *gone = g_build_filename (folder, "ttyUSB7", NULL);
  g_autofree char *where = NULL;
  g_autofree char *adapter = NULL;
  g_auto (PtyPair) pair = {-1};

  pty_pair_init (&pair, link);
  where = g_strdup (ptsname (pair.master));
  g_atomic_pointer_set (&adapter_path, where);
  plancia_serial_list_set_lister (list_adapter);
  for (guint run = 0; run < 3; run++) {
    g_auto (BackendFixture) fixture = {0};
    PlanciaLearnt learnt = {.adapter = adapter};

    fixture_init (&fixture, new_terminal (run == 1 ? gone : link));
    plancia_backend_set_learnt (fixture.backend, "port", &learnt);
    g_signal_connect (fixture.backend, "learnt", G_CALLBACK (learnt_cb), &adapter);
    open_it (&fixture);
    g_assert_cmpstr (adapter, ==, "0403:6001:A50285BI");
    g_assert_cmpstr (plancia_terminal_get_port (PLANCIA_TERMINAL (fixture.backend))->path,
                     ==,
                     where);
    g_assert_true (fixture_close (&fixture));
    /* Another adapter is plugged in where the first was: it is taken. */
    if (run == 1) {
      g_free (adapter);
      adapter = g_strdup ("1a86:7523@elsewhere");
    }
  }
  plancia_serial_list_set_lister (NULL);
  pty_pair_clear (&pair);
  g_rmdir (folder);
}

static void
test_names (void)
{
  g_autoptr (GPtrArray)
    ports = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_serial_port_info_free);
  PlanciaSerialPortInfo *port = g_new0 (PlanciaSerialPortInfo, 1);
  g_autoptr (GError) error = NULL;

  port->path = g_strdup ("/dev/ttyACM0");
  port->identity = g_strdup ("1a86:7523@pci-0000:00:14.0-usb-0:2:1.0-port0");
  port->description = g_strdup ("USB Serial");
  g_ptr_array_add (ports, port);
  plancia_port_names_apply (ports);
  g_assert_null (port->name);
  g_assert_cmpstr (plancia_serial_port_info_get_label (port), ==, "USB Serial");
  g_assert_true (plancia_port_names_set (port->identity, " CONNEXT, Rossi=Casa; ", &error));
  g_assert_no_error (error);
  g_assert_true (plancia_port_names_set ("0403:6001:A1", "Banco", NULL));
  /* Under another tty name it is the same adapter. */
  g_free (port->path);
  port->path = g_strdup ("/dev/ttyACM5");
  plancia_port_names_apply (ports);
  g_assert_cmpstr (port->name, ==, "CONNEXT, Rossi=Casa;");
  g_assert_cmpstr (plancia_serial_port_info_get_label (port), ==, "CONNEXT, Rossi=Casa;");
  g_assert_true (plancia_port_names_set (port->identity, NULL, NULL));
  plancia_port_names_apply (ports);
  g_assert_null (port->name);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/terminal/nothing-is-sent-by-itself", test_nothing_is_sent_by_itself);
  g_test_add_func ("/terminal/bytes", test_bytes);
  g_test_add_func ("/terminal/settings-while-open", test_settings_while_open);
  g_test_add_func ("/terminal/wrong-settings", test_wrong_settings);
  g_test_add_func ("/terminal/break", test_break);
  g_test_add_func ("/terminal/hang-up", test_hang_up);
  g_test_add_func ("/terminal/flood", test_flood);
  g_test_add_func ("/terminal/bounded", test_bounded);
  g_test_add_func ("/terminal/blocked-output", test_blocked_output);
  g_test_add_func ("/terminal/return-under-load", test_return_under_load);
  g_test_add_func ("/terminal/return-under-another-name", test_return_under_another_name);
  g_test_add_func ("/terminal/another-run", test_another_run);
  g_test_add_func ("/terminal/waiting-is-given-up", test_waiting_is_given_up);
  g_test_add_func ("/terminal/busy", test_busy);
  g_test_add_func ("/terminal/watch", test_watch);
  g_test_add_func ("/terminal/names", test_names);
  return g_test_run ();
}
