/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Serial ports on both ways: ptys by termios, and what can be known of ttys without one. */
#include "link/links.h"
#include "link/serial-holder.h"
#include "link/serial-list.h"
#include "link/serial-port.h"
#include "link/serial-setup.h"
#include "pty-pair.h"
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static PlanciaSerialSettings
make_settings (guint baud, const char *format, PlanciaFlowControl flow)
{
  PlanciaSerialSettings settings;

  plancia_serial_settings_init (&settings);
  settings.baud = baud;
  settings.flow = flow;
  g_assert_true (plancia_serial_settings_set_format (&settings, format, NULL));
  return settings;
}

static PlanciaSerialPort *
open_port (const PtyPair *pair, guint baud, const char *format, PlanciaFlowControl flow)
{
  PlanciaSerialSettings settings = make_settings (baud, format, flow);
  g_autoptr (GError) error = NULL;
  PlanciaSerialPort *port = plancia_serial_port_open (pair->path, &settings, &error);

  g_assert_no_error (error);
  g_assert_nonnull (port);
  return port;
}

static void
read_all (int descriptor, guint8 *data, gsize length)
{
  gint64 limit = g_get_monotonic_time () + 5 * G_USEC_PER_SEC;

  while (length > 0) {
    ssize_t now = read (descriptor, data, length);

    g_assert_cmpint (g_get_monotonic_time (), <, limit);
    if (now > 0) {
      data += now;
      length -= (gsize) now;
    } else {
      g_usleep (500);
    }
  }
}

/* All 256 bytes both ways, but those that XON/XOFF keeps for itself. */
static void
exchange (PtyPair *pair, PlanciaSerialPort *port, PlanciaFlowControl flow)
{
  guint8 sent[256], got[256];
  gsize  length = 0;

  for (guint i = 0; i < 256; i++)
    if (flow != PLANCIA_FLOW_CONTROL_XON_XOFF || (i != 0x11 && i != 0x13))
      sent[length++] = (guint8) i;
  pty_pair_write (pair, sent, length);
  read_all (plancia_serial_port_get_fd (port), got, length);
  g_assert_cmpmem (got, length, sent, length);
  g_assert_cmpint (plancia_serial_port_write (port, sent, length, NULL), ==, (gssize) length);
  read_all (pair->master, got, length);
  g_assert_cmpmem (got, length, sent, length);
}

static const char *const formats[] = {
  "5N1",   "5E1",   "5O1", "5M1", "5S1", "5N1.5", "5E1.5", "5O1.5", "5M1.5", "5S1.5", "5N2",
  "5E2",   "5O2",   "5M2", "5S2", "6N1", "6E1",   "6O1",   "6M1",   "6S1",   "6N1.5", "6E1.5",
  "6N2",   "6E2",   "6O2", "6M2", "6S2", "7N1",   "7E1",   "7O1",   "7M1",   "7S1",   "7N1.5",
  "7E1.5", "7N2",   "7E2", "7O2", "7M2", "7S2",   "8N1",   "8E1",   "8O1",   "8M1",   "8S1",
  "8N1.5", "8E1.5", "8N2", "8E2", "8O2", "8M2",   "8S2",
};

static void
test_formats (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++) {
    for (guint flow = PLANCIA_FLOW_CONTROL_NONE; flow <= PLANCIA_FLOW_CONTROL_DSR_DTR; flow++) {
      g_auto (PtyPair) pair = {-1};
      g_autoptr (PlanciaSerialPort) port = NULL;
      struct termios settings;

      pty_pair_init (&pair, NULL);
      port = open_port (&pair, 9600, formats[i], (PlanciaFlowControl) flow);
      exchange (&pair, port, (PlanciaFlowControl) flow);
      /* A pty carries bytes, so that the kernel keeps it at 8 bits without parity; the rest it knows. */
      g_assert_cmpint (tcgetattr (plancia_serial_port_get_fd (port), &settings), ==, 0);
      g_assert_cmpint ((settings.c_cflag & CSTOPB) != 0, ==, !g_str_equal (formats[i] + 2, "1"));
      g_assert_cmpint ((settings.c_cflag & CRTSCTS) != 0, ==, flow == PLANCIA_FLOW_CONTROL_RTS_CTS);
      g_assert_cmpint ((settings.c_iflag & IXON) != 0, ==, flow == PLANCIA_FLOW_CONTROL_XON_XOFF);
      g_assert_cmpint ((settings.c_iflag & IXOFF) != 0, ==, flow == PLANCIA_FLOW_CONTROL_XON_XOFF);
      g_assert_cmpint (settings.c_lflag & (ECHO | ICANON | ISIG), ==, 0);
    }
  }
}

static void
test_speeds (void)
{
  static const guint speeds[] = {300,    600,    1200,   2400,   4800,    9600,   12345,
                                 19200,  38400,  57600,  74880,  115200,  128000, 230400,
                                 250000, 460800, 500000, 921600, 1000000, 3000000};
  g_auto (PtyPair) pair = {-1};
  g_autoptr (PlanciaSerialPort) port = NULL;

  pty_pair_init (&pair, NULL);
  port = open_port (&pair, 9600, "8N1", PLANCIA_FLOW_CONTROL_NONE);
  for (gsize i = 0; i < G_N_ELEMENTS (speeds); i++) {
    PlanciaSerialSettings wanted = make_settings (speeds[i], "8N1", PLANCIA_FLOW_CONTROL_NONE), now;
    g_autoptr (GError) error = NULL;

    g_assert_true (plancia_serial_port_set_up (port, &wanted, &error));
    g_assert_no_error (error);
    g_assert_true (plancia_serial_setup_read (plancia_serial_port_get_fd (port), &now));
    g_assert_cmpuint (now.baud, ==, speeds[i]);
  }
  exchange (&pair, port, PLANCIA_FLOW_CONTROL_NONE);
}

static void
test_opening_sends_nothing (void)
{
  g_auto (PtyPair) pair = {-1};
  g_autoptr (PlanciaSerialPort) port = NULL;
  PlanciaSerialSettings other = make_settings (115200, "7E2", PLANCIA_FLOW_CONTROL_XON_XOFF);
  char                  byte;

  pty_pair_init (&pair, NULL);
  port = open_port (&pair, 9600, "8N1", PLANCIA_FLOW_CONTROL_NONE);
  g_assert_true (plancia_serial_port_set_up (port, &other, NULL));
  plancia_serial_port_set_lines (port, PLANCIA_SERIAL_LINE_DTR | PLANCIA_SERIAL_LINE_RTS, 0);
  g_usleep (200 * 1000);
  g_assert_cmpuint (pty_pair_read (&pair, &byte, 1), ==, 0);
  plancia_serial_port_close (port);
  g_usleep (50 * 1000);
  g_assert_cmpuint (pty_pair_read (&pair, &byte, 1), ==, 0);
}

/* What came before it was opened is there: boot text is not thrown away. */
static void
test_opening_throws_nothing_away (void)
{
  g_auto (PtyPair) pair = {-1};
  g_autoptr (PlanciaSerialPort) port = NULL;
  guint8 got[4];

  pty_pair_init (&pair, NULL);
  pty_pair_write (&pair, "boot", 4);
  port = open_port (&pair, 9600, "8N1", PLANCIA_FLOW_CONTROL_NONE);
  read_all (plancia_serial_port_get_fd (port), got, 4);
  g_assert_cmpmem (got, 4, "boot", 4);
}

static void
test_no_lines_on_pty (void)
{
  g_auto (PtyPair) pair = {-1};
  g_autoptr (PlanciaSerialPort) port = NULL;
  PlanciaSerialErrors errors;

  pty_pair_init (&pair, NULL);
  port = open_port (&pair, 9600, "8N1", PLANCIA_FLOW_CONTROL_DSR_DTR);
  g_assert_cmpuint (plancia_serial_port_get_lines (port), ==, 0);
  g_assert_true (plancia_serial_port_is_ready (port));
  plancia_serial_port_get_errors (port, &errors);
  g_assert_cmpuint (errors.framing + errors.parity + errors.overruns + errors.breaks, ==, 0);
}

/* Another process with the port open and locked; returns its pid. */
static pid_t
hold (const char *path, gboolean lock)
{
  int   ready[2];
  char  byte;
  pid_t pid;

  g_assert_cmpint (pipe (ready), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0) {
    int descriptor = open (path, O_RDWR | O_NOCTTY);

    if (lock)
      flock (descriptor, LOCK_EX);
    if (write (ready[1], "r", 1) == 1)
      pause ();
    _exit (0);
  }
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  close (ready[0]);
  close (ready[1]);
  return pid;
}

static void
let_go (pid_t pid)
{
  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
}

static void
test_busy (void)
{
  PlanciaSerialSettings settings = make_settings (9600, "8N1", PLANCIA_FLOW_CONTROL_NONE);
  g_auto (PtyPair) pair = {-1};
  g_autoptr (PlanciaSerialPort) port = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *number = NULL;
  struct termios   before, after;
  int              look;
  pid_t            pid;

  pty_pair_init (&pair, NULL);
  pid = hold (pair.path, TRUE);
  look = open (pair.path, O_RDWR | O_NOCTTY);
  tcgetattr (look, &before);
  settings.stop_bits = PLANCIA_STOP_BITS_2;
  port = plancia_serial_port_open (pair.path, &settings, &error);
  g_assert_null (port);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  number = g_strdup_printf ("(%d)", pid);
  g_assert_nonnull (strstr (error->message, "busy: opened by "));
  g_assert_nonnull (strstr (error->message, number));
  /* Its settings are its own. */
  tcgetattr (look, &after);
  g_assert_cmpint (after.c_cflag, ==, before.c_cflag);
  close (look);
  let_go (pid);
  g_clear_error (&error);
  port = plancia_serial_port_open (pair.path, &settings, &error);
  g_assert_no_error (error);
}

static void
test_exclusive (void)
{
  PlanciaSerialSettings settings = make_settings (9600, "8N1", PLANCIA_FLOW_CONTROL_NONE);
  g_auto (PtyPair) pair = {-1};
  g_autoptr (PlanciaSerialPort) port = NULL;
  g_autoptr (PlanciaSerialPort) second = NULL;
  g_autoptr (GError) error = NULL;
  int exclusive = 0;

  pty_pair_init (&pair, NULL);
  port = open_port (&pair, 9600, "8N1", PLANCIA_FLOW_CONTROL_NONE);
  second = plancia_serial_port_open (pair.path, &settings, &error);
  g_assert_null (second);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  /* The attempt took nothing away from who is in. */
  g_assert_cmpint (ioctl (plancia_serial_port_get_fd (port), TIOCGEXCL, &exclusive), ==, 0);
  g_assert_cmpint (exclusive, ==, 1);
  plancia_serial_port_close (port);
  g_clear_error (&error);
  second = plancia_serial_port_open (pair.path, &settings, &error);
  g_assert_no_error (error);
  exchange (&pair, second, PLANCIA_FLOW_CONTROL_NONE);
}

/* Open elsewhere without a lock: that is seen, and does not keep us out. */
static void
test_holder (void)
{
  g_auto (PtyPair) pair = {-1};
  g_autoptr (PlanciaSerialPortInfo) info = NULL;
  g_autoptr (PlanciaSerialPortInfo) after = NULL;
  pid_t pid;

  pty_pair_init (&pair, NULL);
  pid = hold (pair.path, FALSE);
  info = plancia_serial_port_look (pair.path);
  g_assert_nonnull (info);
  g_assert_cmpstr (info->path, ==, pair.path);
  g_assert_cmpstr (info->identity, ==, pair.path);
  g_assert_cmpint (info->holder_pid, ==, pid);
  g_assert_nonnull (info->holder);
  g_assert_true (info->permitted);
  g_assert_nonnull (info->group);
  let_go (pid);
  after = plancia_serial_port_look (pair.path);
  g_assert_null (after->holder);
  g_assert_cmpint (after->holder_pid, ==, 0);
}

static void
test_lock_file (void)
{
  g_autofree char *path = g_strdup_printf ("/var/lock/LCK..plancia-test-%d", getpid ());
  g_autofree char *port = g_strdup_printf ("/dev/plancia-test-%d", getpid ());
  g_autofree char *text = NULL;
  g_auto (PtyPair) pair = {-1};
  pid_t pid;

  pty_pair_init (&pair, NULL);
  pid = hold (pair.path, FALSE);
  text = g_strdup_printf ("%10d\n", pid);
  if (!g_file_set_contents (path, text, -1, NULL)) {
    let_go (pid);
    g_test_skip ("/var/lock is not for this user");
    return;
  }
  g_assert_cmpint (plancia_serial_holder_find_lock (port), ==, pid);
  let_go (pid);
  g_assert_cmpint (plancia_serial_holder_find_lock (port), ==, 0);
  unlink (path);
  g_assert_cmpint (plancia_serial_holder_find_lock (port), ==, 0);
}

/* In a child without the rights of root. */
static int
try_as_nobody (const char *path)
{
  PlanciaSerialSettings settings = make_settings (9600, "8N1", PLANCIA_FLOW_CONTROL_NONE);
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaSerialPort) port = NULL;
  g_autoptr (PlanciaSerialPortInfo) info = NULL;

  if (geteuid () == 0 && (setgid (65534) != 0 || setuid (65534) != 0))
    return 77;
  port = plancia_serial_port_open (path, &settings, &error);
  if (port != NULL || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return 1;
  info = plancia_serial_port_look (path);
  if (info == NULL || info->permitted || info->group == NULL)
    return 2;
  return strstr (error->message, info->group) != NULL ? 0 : 3;
}

static void
test_permission (void)
{
  g_auto (PtyPair) pair = {-1};
  int   status = 0;
  pid_t pid;

  pty_pair_init (&pair, NULL);
  g_assert_cmpint (chmod (pair.path, 0), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    _exit (try_as_nobody (pair.path));
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

static void
test_not_a_port (void)
{
  PlanciaSerialSettings settings = make_settings (9600, "8N1", PLANCIA_FLOW_CONTROL_NONE);
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) file = NULL;
  g_autoptr (GError) null = NULL;
  g_autoptr (GError) wrong = NULL;

  g_assert_null (plancia_serial_port_open ("/dev/ttyPLANCIA0", &settings, &missing));
  g_assert_error (missing, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_null (plancia_serial_port_open ("/etc/passwd", &settings, &file));
  g_assert_error (file, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_assert_null (plancia_serial_port_open ("/dev/null", &settings, &null));
  g_assert_nonnull (null);
  settings.data_bits = 9;
  g_assert_null (plancia_serial_port_open ("/dev/null", &settings, &wrong));
  g_assert_nonnull (wrong);
  g_assert_null (plancia_serial_port_look ("/dev/ttyPLANCIA0"));
}

static void
test_list (void)
{
  g_autoptr (GPtrArray) ports = plancia_serial_port_list ();
  const char *last = "";

  for (guint i = 0; i < ports->len; i++) {
    const PlanciaSerialPortInfo *port = g_ptr_array_index (ports, i);

    g_assert_cmpstr (port->path, >, last);
    g_assert_nonnull (port->identity);
    g_assert_true (plancia_serial_port_find (ports, port->path) == port);
    last = port->path;
  }
  g_assert_null (plancia_serial_port_find (ports, "/dev/ttyPLANCIA0"));
  g_assert_null (plancia_serial_port_find (ports, "no such name"));
}

static char *adapter_path;

/* One USB adapter, wherever a test says it is. */
static GPtrArray *
list_adapter (void)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_serial_port_info_free);
  PlanciaSerialPortInfo *port = g_new0 (PlanciaSerialPortInfo, 1);

  port->path = g_strdup (adapter_path);
  port->identity = g_strdup ("0403:6001:A1");
  port->vendor = 0x0403;
  g_ptr_array_add (list, port);
  return list;
}

static void
assert_opens (const char *path, const char *remembered, const char *adapter)
{
  g_autoptr (PlanciaLink) link = plancia_link_modbus_rtu_new (path, 9600, "8N1", 100);
  g_autoptr (GError) error = NULL;

  plancia_link_modbus_rtu_remember_adapter (link, remembered);
  plancia_link_open (link, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (plancia_link_modbus_rtu_get_adapter (link), ==, adapter);
  plancia_link_close (link);
}

/* A line of another time is found by its adapter, and by its path if that adapter is not here. */
static void
test_remembered_adapter (void)
{
  g_auto (PtyPair) pair = {-1};
  g_auto (PtyPair) plain = {-1};

  pty_pair_init (&pair, NULL);
  pty_pair_init (&plain, NULL);
  adapter_path = pair.path;
  plancia_serial_list_set_lister (list_adapter);
  assert_opens (pair.path, NULL, "0403:6001:A1");
  assert_opens ("/dev/ttyPLANCIA0", "0403:6001:A1", "0403:6001:A1");
  assert_opens (pair.path, "0403:6001:B2", "0403:6001:A1");
  assert_opens (plain.path, "0403:6001:B2", NULL);
  plancia_serial_list_set_lister (NULL);
}

/* The same adapter is found under whatever tty name, by what identifies it and by what it was called. */
static void
test_find (void)
{
  g_autoptr (GPtrArray)
    ports = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_serial_port_info_free);
  PlanciaSerialPortInfo *first = g_new0 (PlanciaSerialPortInfo, 1);
  PlanciaSerialPortInfo *second = g_new0 (PlanciaSerialPortInfo, 1);

  first->path = g_strdup ("/dev/ttyACM0");
  first->identity = g_strdup ("0403:6001:A1");
  second->path = g_strdup ("/dev/ttyACM7");
  second->identity = g_strdup ("0403:6001:B2");
  second->name = g_strdup ("CONNEXT, Rossi");
  g_ptr_array_add (ports, first);
  g_ptr_array_add (ports, second);
  g_assert_true (plancia_serial_port_find (ports, "0403:6001:B2") == second);
  g_assert_true (plancia_serial_port_find (ports, "CONNEXT, Rossi") == second);
  g_assert_true (plancia_serial_port_find (ports, "/dev/ttyACM0") == first);
  g_assert_null (plancia_serial_port_find (ports, "0403:6001:C3"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/serial-port/formats", test_formats);
  g_test_add_func ("/serial-port/speeds", test_speeds);
  g_test_add_func ("/serial-port/opening-sends-nothing", test_opening_sends_nothing);
  g_test_add_func ("/serial-port/opening-throws-nothing-away", test_opening_throws_nothing_away);
  g_test_add_func ("/serial-port/no-lines-on-pty", test_no_lines_on_pty);
  g_test_add_func ("/serial-port/busy", test_busy);
  g_test_add_func ("/serial-port/exclusive", test_exclusive);
  g_test_add_func ("/serial-port/holder", test_holder);
  g_test_add_func ("/serial-port/lock-file", test_lock_file);
  g_test_add_func ("/serial-port/permission", test_permission);
  g_test_add_func ("/serial-port/not-a-port", test_not_a_port);
  g_test_add_func ("/serial-port/list", test_list);
  g_test_add_func ("/serial-port/find", test_find);
  g_test_add_func ("/serial-port/remembered-adapter", test_remembered_adapter);
  return g_test_run ();
}
