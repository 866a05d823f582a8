/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-fixture.h"

#include "backend/backend-terminal.h"
#include "backend/port-watch.h"
#include "backend/terminal.h"
#include "link/serial-list.h"
#include "ui/console-feed.h"
#include "ui/console-page.h"
#include "ui/console-port.h"
#include "ui/console-settings.h"
#include "ui/console-view.h"
#include "ui/port-problem.h"
#include "ui/ports-dialog.h"
#include "ui/settings.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The console page on a port of its own: what goes through it is what a device would see. */
typedef struct
{
  UiPlant            *plant;
  int                 device; /* the device's end */
  PlanciaBackend     *backend;
  GtkWidget          *page;
  PlanciaConsoleView *view;
  GtkEditable        *entry;
  GtkWindow          *window;
  GString            *got; /* by the device */
  const char         *wanted;
} Fixture;

static int
open_device (char **path)
{
  int master = posix_openpt (O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

  g_assert_cmpint (master, >=, 0);
  g_assert_cmpint (grantpt (master), ==, 0);
  g_assert_cmpint (unlockpt (master), ==, 0);
  *path = g_strdup (ptsname (master));
  return master;
}

static void
reset_settings (void)
{
  const char *keys[] = {"console-view",
                        "console-time",
                        "console-line-ending",
                        "console-macros",
                        "console-presets",
                        "console-histories",
                        "console-binary",
                        "console-gap",
                        "console-paste-delay",
                        "console-echo",
                        "console-query-limit"};

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (plancia_settings_get (), keys[i]);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  PlanciaSerialSettings settings;
  g_autofree char      *path = NULL;

  reset_settings ();
  plancia_serial_settings_init (&settings);
  fixture->got = g_string_new (NULL);
  fixture->device = open_device (&path);
  fixture->backend = plancia_backend_terminal_new (data != NULL ? data : path, &settings);
  fixture->plant = ui_plant_new ();
  plancia_device_set_backend (fixture->plant->console, fixture->backend);
  plancia_session_set_device (fixture->plant->session, fixture->plant->console);
  fixture->page =
    g_object_new (PLANCIA_TYPE_CONSOLE_PAGE, "session", fixture->plant->session, NULL);
  fixture->window = ui_fixture_present (fixture->page, 899, 600);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->window, gtk_window_destroy);
  ui_fixture_settle ();
  ui_plant_free (fixture->plant);
  g_object_unref (fixture->backend);
  close (fixture->device);
  g_string_free (fixture->got, TRUE);
}

static void
listen_to_page (Fixture *fixture)
{
  char    buffer[4096];
  ssize_t now;

  while ((now = read (fixture->device, buffer, sizeof buffer)) > 0)
    g_string_append_len (fixture->got, buffer, now);
}

static gboolean
is_open (gpointer user_data)
{
  return plancia_backend_get_state (((Fixture *) user_data)->backend) == PLANCIA_STATE_OPEN;
}

static gboolean
has_got (gpointer user_data)
{
  Fixture *fixture = user_data;

  listen_to_page (fixture);
  return fixture->got->len >= strlen (fixture->wanted);
}

static void
expect (Fixture *fixture, const char *bytes)
{
  fixture->wanted = bytes;
  g_assert_true (ui_fixture_wait (has_got, fixture, 20000));
  g_assert_cmpstr (fixture->got->str, ==, bytes);
  g_string_truncate (fixture->got, 0);
}

static void
say (Fixture *fixture, const char *text)
{
  g_assert_cmpint (write (fixture->device, text, strlen (text)), ==, (gssize) strlen (text));
}

static gboolean
shows (gpointer user_data)
{
  Fixture         *fixture = user_data;
  g_autofree char *text = plancia_console_view_dup_text (fixture->view);

  return strstr (text, fixture->wanted) != NULL;
}

static void
expect_shown (Fixture *fixture, const char *text)
{
  fixture->wanted = text;
  g_assert_true (ui_fixture_wait (shows, fixture, 20000));
}

static void
connect_page (Fixture *fixture)
{
  gtk_widget_activate_action (fixture->page, "console.connect", NULL);
  g_assert_true (ui_fixture_wait (is_open, fixture, 20000));
  ui_fixture_settle ();
  fixture->view =
    PLANCIA_CONSOLE_VIEW (ui_fixture_find (fixture->page, PLANCIA_TYPE_CONSOLE_VIEW, NULL));
  fixture->entry = GTK_EDITABLE (ui_fixture_find (fixture->page, GTK_TYPE_ENTRY, NULL));
}

static void
click (Fixture *fixture, const char *label)
{
  GtkWidget *button = ui_fixture_find (fixture->page, GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  ui_fixture_settle ();
}

static PlanciaConsoleFeed *
get_feed (Fixture *fixture)
{
  PlanciaEntry *entry = plancia_device_get_entry (fixture->plant->console);

  return plancia_console_feed_of (fixture->backend, plancia_entry_get_address (entry));
}

/* --- tests --------------------------------------------------------------------------------------------- */

static gboolean
never (gpointer user_data)
{
  listen_to_page (user_data);
  return ((Fixture *) user_data)->got->len > 0;
}

/* Whatever is set for it, whatever the device says: not a byte goes out before a person sends one. */
static void
test_opening_writes_nothing (Fixture *fixture, gconstpointer data)
{
  PlanciaConsoleMacro *macro =
    plancia_console_macro_new ("boot", "help\n@wait 1\n@repeat 9", "", "");
  g_autoptr (GPtrArray)
    macros = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_console_macro_free);

  g_ptr_array_add (macros, macro);
  plancia_console_settings_save_macros (macros);
  connect_page (fixture);
  say (fixture, "login: \005\033[c\033[6n");
  g_settings_set_boolean (plancia_settings_get (), "console-binary", TRUE);
  g_settings_set_string (plancia_settings_get (), "console-view", "both");
  g_assert_false (ui_fixture_wait (never, fixture, 700));
  gtk_widget_activate_action (fixture->page, "console.disconnect", NULL);
  g_assert_false (ui_fixture_wait (never, fixture, 300));
  connect_page (fixture);
  g_assert_false (ui_fixture_wait (never, fixture, 300));
}

static void
test_macros (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray)
    macros = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_console_macro_free);

  g_ptr_array_add (macros, plancia_console_macro_new ("help", "help", "<Alt>1", "blue"));
  g_ptr_array_add (
    macros,
    plancia_console_macro_new ("log in", "me\n@wait for word:\nsecret", "", "green"));
  g_ptr_array_add (macros,
                   plancia_console_macro_new ("endless", "x\n@wait 20\n@repeat 100000", "", "red"));
  plancia_console_settings_save_macros (macros);
  connect_page (fixture);
  click (fixture, "help");
  expect (fixture, "help\r\n");
  click (fixture, "log in");
  expect (fixture, "me\r\n");
  g_assert_nonnull (ui_fixture_find (fixture->page, GTK_TYPE_BUTTON, "Stop"));
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (fixture->window), "console-macros"));
  say (fixture, "Password: ");
  expect (fixture, "secret\r\n");
  click (fixture, "endless");
  fixture->wanted = "x\r\nx\r\nx\r\n";
  g_assert_true (ui_fixture_wait (has_got, fixture, 20000));
  click (fixture, "Stop");
  listen_to_page (fixture);
  g_string_truncate (fixture->got, 0);
  g_assert_false (ui_fixture_wait (never, fixture, 200));
  g_assert_null (ui_fixture_find (fixture->page, GTK_TYPE_BUTTON, "Stop"));
}

static gboolean
has_answer (gpointer user_data)
{
  return ui_fixture_find (((Fixture *) user_data)->page, GTK_TYPE_LABEL, "ACME,7") != NULL;
}

static gboolean
has_second_answer (gpointer user_data)
{
  return ui_fixture_find (((Fixture *) user_data)->page, GTK_TYPE_LABEL, "ACME,8") != NULL;
}

static gboolean
has_no_answer (gpointer user_data)
{
  return ui_fixture_find (((Fixture *) user_data)->page, GTK_TYPE_LABEL, "No answer") != NULL;
}

static void
test_query (Fixture *fixture, gconstpointer data)
{
  connect_page (fixture);
  gtk_editable_set_text (fixture->entry, "*IDN?");
  click (fixture, "Query");
  expect (fixture, "*IDN?\r\n");
  say (fixture, "ACME,7\r\n> more\r\n");
  g_assert_true (ui_fixture_wait (has_answer, fixture, 20000));
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (fixture->window), "console-query"));
  /* The same from the menu, where a narrow window has it. */
  gtk_editable_set_text (fixture->entry, "again?");
  gtk_widget_activate_action (fixture->page, "console.query", NULL);
  expect (fixture, "again?\r\n");
  say (fixture, "ACME,8\n");
  g_assert_true (ui_fixture_wait (has_second_answer, fixture, 20000));
  g_settings_set_uint (plancia_settings_get (), "console-query-limit", 50);
  gtk_editable_set_text (fixture->entry, "nobody");
  click (fixture, "Query");
  g_assert_true (ui_fixture_wait (has_no_answer, fixture, 20000));
}

static void
test_paste (Fixture *fixture, gconstpointer data)
{
  GtkWidget *text;
  g_autoptr (GList) windows = NULL;
  GtkWidget *dialog = NULL;

  connect_page (fixture);
  g_settings_set_uint (plancia_settings_get (), "console-paste-delay", 10);
  text = GTK_WIDGET (gtk_editable_get_delegate (fixture->entry));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (text), "one\n");
  g_signal_emit_by_name (text, "paste-clipboard");
  ui_fixture_settle ();
  g_assert_cmpstr (gtk_editable_get_text (fixture->entry), ==, "one");

  gdk_clipboard_set_text (gtk_widget_get_clipboard (text), "first\r\n@wait 5\nthird\n");
  g_signal_emit_by_name (text, "paste-clipboard");
  ui_fixture_settle ();
  windows = gtk_window_list_toplevels ();
  for (GList *at = windows; at; at = at->next)
    if (ADW_IS_MESSAGE_DIALOG (at->data))
      dialog = at->data;
  g_assert_nonnull (dialog);
  g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (dialog)),
                   ==,
                   "Send 3 lines?");
  cairo_surface_destroy (ui_fixture_screenshot (dialog, "console-paste"));
  /* Nothing is sent before that is answered. */
  g_assert_false (ui_fixture_wait (never, fixture, 100));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "send");
  expect (fixture, "first\r\n@wait 5\r\nthird\r\n");
}

static void
test_log_and_echo (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("plancia-log-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "log.txt", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWidget *button;

  connect_page (fixture);
  plancia_console_feed_start_log (get_feed (fixture),
                                  file,
                                  PLANCIA_CONSOLE_EXPORT_RAW,
                                  plancia_console_view_get_format (fixture->view),
                                  0);
  ui_fixture_settle ();
  button = ui_fixture_find (fixture->page, GTK_TYPE_TOGGLE_BUTTON, NULL);
  g_assert_nonnull (button);
  g_settings_set_boolean (plancia_settings_get (), "console-echo", FALSE);
  gtk_editable_set_text (fixture->entry, "quiet");
  g_signal_emit_by_name (fixture->entry, "activate");
  expect (fixture, "quiet\r\n");
  say (fixture, "heard\r\n");
  expect_shown (fixture, "←  heard");
  fixture->wanted = "quiet";
  g_assert_false (shows (fixture));
  plancia_console_feed_stop_log (get_feed (fixture));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "heard\r\n");
  g_remove (path);
  g_rmdir (folder);
}

static gboolean
has_format (gpointer user_data)
{
  return ui_fixture_find (((Fixture *) user_data)->page, GTK_TYPE_LABEL, "115200 7E2") != NULL;
}

static void
test_settings (Fixture *fixture, gconstpointer data)
{
  GtkWidget            *port, *preset;
  PlanciaSerialSettings settings = {0};
  GtkMenuButton        *button;
  PlanciaAddress       *address;

  plancia_serial_settings_init (&settings);
  settings.baud = 115200;
  g_assert_true (plancia_serial_settings_set_format (&settings, "7E2", NULL));
  plancia_console_settings_add_preset ("Mine", &settings);
  connect_page (fixture);
  g_assert_nonnull (ui_fixture_find (fixture->page, GTK_TYPE_LABEL, "9600 8N1"));
  button = GTK_MENU_BUTTON (ui_fixture_find (fixture->page, GTK_TYPE_MENU_BUTTON, NULL));
  gtk_menu_button_popup (button);
  ui_fixture_settle ();
  port = GTK_WIDGET (gtk_menu_button_get_popover (button));
  g_assert_true (PLANCIA_IS_CONSOLE_PORT (port));
  cairo_surface_destroy (ui_fixture_screenshot (port, "console-port"));
  preset = ui_fixture_find (port, GTK_TYPE_BUTTON, "Mine");
  g_assert_nonnull (preset);
  g_signal_emit_by_name (preset, "clicked");
  g_assert_true (ui_fixture_wait (has_format, fixture, 20000));
  plancia_terminal_get_settings (PLANCIA_TERMINAL (fixture->backend), &settings);
  g_assert_cmpuint (settings.data_bits, ==, 7);
  g_assert_cmpint (settings.parity, ==, 'E');
  /* Kept in the plant for the next time. */
  address = plancia_entry_get_address (plancia_device_get_entry (fixture->plant->console));
  g_assert_cmpuint (plancia_address_get_baud (address), ==, 115200);
  g_assert_cmpstr (plancia_address_get_format (address), ==, "7E2");
  gtk_menu_button_popdown (button);
  ui_fixture_settle ();
}

/* Presses a key of the button's own: 0 shows the menu, 1 is Delete. */
static void
press_key (GtkWidget *button, guint index)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (button);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
    g_autoptr (GtkShortcut) shortcut = NULL;

    if (!GTK_IS_SHORTCUT_CONTROLLER (controller) ||
        g_list_model_get_n_items (G_LIST_MODEL (controller)) <= index)
      continue;
    shortcut = g_list_model_get_item (G_LIST_MODEL (controller), index);
    g_assert_true (gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut),
                                                 GTK_SHORTCUT_ACTION_EXCLUSIVE,
                                                 button,
                                                 NULL));
    return;
  }
  g_assert_not_reached ();
}

static guint
count_presets (void)
{
  g_autoptr (GPtrArray) presets = plancia_console_settings_load_presets ();

  return presets->len;
}

/* The own sets are changed and forgotten without a mouse. */
static void
test_presets_by_keyboard (Fixture *fixture, gconstpointer data)
{
  GtkWidget            *port, *menu;
  PlanciaSerialSettings settings = {0};
  GtkMenuButton        *button;
  guint                 n_ours = count_presets ();

  plancia_serial_settings_init (&settings);
  settings.baud = 115200;
  plancia_console_settings_add_preset ("Mine", &settings);
  plancia_console_settings_add_preset ("Yours", &settings);
  connect_page (fixture);
  button = GTK_MENU_BUTTON (ui_fixture_find (fixture->page, GTK_TYPE_MENU_BUTTON, NULL));
  gtk_menu_button_popup (button);
  ui_fixture_settle ();
  port = GTK_WIDGET (gtk_menu_button_get_popover (button));

  press_key (ui_fixture_find (port, GTK_TYPE_BUTTON, "Mine"), 0);
  ui_fixture_settle ();
  menu = ui_fixture_find (port, GTK_TYPE_POPOVER_MENU, NULL);
  g_assert_nonnull (menu);
  /* The form shows the 9600 baud of the port. */
  g_assert_true (gtk_widget_activate_action (menu, "preset.replace", NULL));
  {
    g_autoptr (GPtrArray) presets = plancia_console_settings_load_presets ();

    for (guint i = 0; i < presets->len; i++) {
      const PlanciaConsolePreset *preset = g_ptr_array_index (presets, i);

      if (g_str_equal (preset->name, "Mine"))
        g_assert_cmpuint (preset->settings.baud, ==, 9600);
    }
  }
  g_assert_true (gtk_widget_activate_action (menu, "preset.remove", NULL));
  g_assert_cmpuint (count_presets (), ==, n_ours + 1);
  g_assert_null (ui_fixture_find (port, GTK_TYPE_BUTTON, "Mine"));
  press_key (ui_fixture_find (port, GTK_TYPE_BUTTON, "Yours"), 1);
  g_assert_cmpuint (count_presets (), ==, n_ours);
  gtk_popover_popdown (GTK_POPOVER (menu));
  gtk_menu_button_popdown (button);
  ui_fixture_settle ();
}

static GtkWindow *
find_window (GType type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *at = windows; at; at = at->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (at->data, type))
      return at->data;
  return NULL;
}

/* Without a pointer, and while the port is closed. */
static void
test_macro_by_menu (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray)
    macros = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_console_macro_free);
  GtkWindow *dialog;

  g_ptr_array_add (macros, plancia_console_macro_new ("one", "1", "", ""));
  g_ptr_array_add (macros, plancia_console_macro_new ("two", "2", "", ""));
  plancia_console_settings_save_macros (macros);
  ui_fixture_settle ();
  gtk_widget_activate_action (fixture->page, "console.edit-macro", "u", 1);
  ui_fixture_settle ();
  dialog = find_window (g_type_from_name ("PlanciaMacroDialog"));
  g_assert_nonnull (dialog);
  g_signal_emit_by_name (
    ui_fixture_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "Remove this macro"),
    "clicked");
  ui_fixture_settle ();
  g_assert_nonnull (ui_fixture_find (fixture->page, GTK_TYPE_BUTTON, "one"));
  g_assert_null (ui_fixture_find (fixture->page, GTK_TYPE_BUTTON, "two"));
}

/* --- bursts ------------------------------------------------------------------------------------------- */

/* What was received before the cut was chosen is cut so as well. */
static void
test_cut_of_what_came (Fixture *fixture, gconstpointer data)
{
  PlanciaConsoleBuffer      *buffer = plancia_console_feed_get_buffer (get_feed (fixture));
  const PlanciaConsoleStore *store;
  PlanciaConsoleItem         item;

  connect_page (fixture);
  say (fixture, "one\ntwo\nthr");
  expect_shown (fixture, "two");
  g_settings_set_boolean (plancia_settings_get (), "console-binary", TRUE);
  expect_shown (fixture, "one\\ntwo\\nthr");
  store = plancia_console_buffer_get_store (buffer);
  plancia_console_store_get (store, plancia_console_store_get_end (store) - 1, &item);
  g_assert_true (item.burst);
  g_settings_set_boolean (plancia_settings_get (), "console-binary", FALSE);
  expect_shown (fixture, "two\\n\n");
}

/* --- ports -------------------------------------------------------------------------------------------- */

static const char *bench_path = "/dev/ttyUSB3";

static void
add_port (GPtrArray *list, const char *path, const char *identity, gboolean permitted)
{
  PlanciaSerialPortInfo *port = g_new0 (PlanciaSerialPortInfo, 1);

  port->path = g_strdup (path);
  port->identity = g_strdup (identity);
  port->description = g_strdup ("USB Serial");
  port->vendor = 0x0403;
  port->product = 0x6001;
  port->serial = g_strdup (strrchr (identity, ':') + 1);
  port->permitted = permitted;
  port->group = g_strdup ("dialout");
  g_ptr_array_add (list, port);
}

static GPtrArray *
list_ports (void)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_serial_port_info_free);
  PlanciaSerialPortInfo *busy;

  add_port (list, "/dev/ttyUSB0", "0403:6001:A1", TRUE);
  add_port (list, "/dev/ttyUSB1", "0403:6001:B2", FALSE);
  add_port (list, g_atomic_pointer_get (&bench_path), "0403:6001:C3", TRUE);
  busy = g_ptr_array_index (list, 0);
  busy->holder = g_strdup ("picocom");
  busy->holder_pid = 4711;
  return list;
}

static gboolean
says_row (gpointer user_data)
{
  return ui_fixture_find (GTK_WIDGET (find_window (PLANCIA_TYPE_PORTS_DIALOG)),
                          GTK_TYPE_LABEL,
                          user_data) != NULL;
}

static void
expect_row (const char *text)
{
  g_assert_true (ui_fixture_wait (says_row, (gpointer) text, 20000));
}

/* A name is the adapter's: it stays when the adapter gets another tty. */
static void
test_ports (Fixture *fixture, gconstpointer data)
{
  g_autoptr (PlanciaPortWatch) watch = NULL;
  PlanciaAddress *address;
  GtkWidget      *dialog, *row;

  g_atomic_pointer_set (&bench_path, "/dev/ttyUSB3");
  plancia_serial_list_set_lister (list_ports);
  watch = plancia_port_watch_get ();
  plancia_port_watch_set_name (watch, "0403:6001:C3", "CONNEXT, Rossi");
  gtk_widget_activate_action (fixture->page, "console.choose-port", NULL);
  dialog = GTK_WIDGET (find_window (PLANCIA_TYPE_PORTS_DIALOG));
  g_assert_nonnull (dialog);
  expect_row ("/dev/ttyUSB0 · 0403:6001:A1 · busy: opened by picocom (4711)");
  expect_row ("/dev/ttyUSB1 · 0403:6001:B2 · permission denied, group dialout");
  expect_row ("CONNEXT, Rossi");
  expect_row ("/dev/ttyUSB3 · USB Serial · 0403:6001:C3");
  cairo_surface_destroy (ui_fixture_screenshot (dialog, "console-ports"));
  g_atomic_pointer_set (&bench_path, "/dev/ttyUSB7");
  expect_row ("/dev/ttyUSB7 · USB Serial · 0403:6001:C3");
  expect_row ("CONNEXT, Rossi");
  row = gtk_widget_get_ancestor (ui_fixture_find (dialog, GTK_TYPE_LABEL, "CONNEXT, Rossi"),
                                 GTK_TYPE_LIST_BOX_ROW);
  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  ui_fixture_settle ();
  g_assert_null (find_window (PLANCIA_TYPE_PORTS_DIALOG));
  address = plancia_entry_get_address (plancia_device_get_entry (fixture->plant->console));
  g_assert_cmpstr (plancia_address_get_device (address), ==, "/dev/ttyUSB7");
  plancia_port_watch_set_name (watch, "0403:6001:C3", NULL);
  plancia_serial_list_set_lister (NULL);
}

static gboolean
has_rule (gpointer user_data)
{
  return ui_fixture_find (
           user_data,
           GTK_TYPE_LABEL,
           "SUBSYSTEM==\"tty\", ATTRS{idVendor}==\"0403\", ATTRS{idProduct}==\"6001\", TAG+=\"uaccess\"") !=
         NULL;
}

/* The group, the command, that one has to log in again, and the rule. */
static void
test_permission (void)
{
  PlanciaPortAccess access = {.exists = TRUE, .group = (char *) "dialout"};
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "no");
  GtkWidget *problem = g_object_new (PLANCIA_TYPE_PORT_PROBLEM, NULL);
  GtkWindow *window;

  g_atomic_pointer_set (&bench_path, "/dev/ttyUSB3");
  plancia_serial_list_set_lister (list_ports);
  g_assert_true (
    plancia_port_problem_set (PLANCIA_PORT_PROBLEM (problem), "/dev/ttyUSB1", &access, error));
  window = ui_fixture_present (problem, 640, 420);
  g_assert_true (ui_fixture_wait (has_rule, problem, 20000));
  g_assert_nonnull (ui_fixture_find (problem, GTK_TYPE_LABEL, "sudo usermod -aG dialout $USER"));
  g_assert_nonnull (
    ui_fixture_find (problem, GTK_TYPE_LABEL, "Run this once, then log out and in again:"));
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (window), "console-permission"));
  gtk_window_destroy (window);
  ui_fixture_settle ();
  plancia_serial_list_set_lister (NULL);
}

static gboolean
explains (gpointer user_data)
{
  GtkWidget *problem = ui_fixture_find (user_data, PLANCIA_TYPE_PORT_PROBLEM, NULL);

  return problem && gtk_widget_get_mapped (problem) &&
         ui_fixture_find (problem, GTK_TYPE_LABEL, "/dev/ttyACM0 is not there") != NULL;
}

/* Why the port did not open stands above the lines. */
static void
test_trouble (Fixture *fixture, gconstpointer data)
{
  if (g_file_test ("/dev/ttyACM0", G_FILE_TEST_EXISTS)) {
    g_test_skip ("there is such a port");
    return;
  }
  g_assert_false (explains (fixture->page));
  gtk_widget_activate_action (fixture->page, "console.connect", NULL);
  g_assert_true (ui_fixture_wait (explains, fixture->page, 20000));
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (fixture->window), "console-trouble"));
}

static void
test_settings_text (void)
{
  PlanciaSerialSettings settings, back;
  g_autofree char      *text = NULL;

  plancia_serial_settings_init (&settings);
  g_assert_true (plancia_serial_settings_set_format (&settings, "5S1.5", NULL));
  settings.flow = PLANCIA_FLOW_CONTROL_DSR_DTR;
  settings.baud = 31250;
  text = plancia_console_settings_to_text (&settings);
  g_assert_cmpstr (text, ==, "31250 5S1.5 dsr-dtr");
  plancia_serial_settings_init (&back);
  g_assert_true (plancia_console_settings_from_text (&back, text));
  g_assert_true (plancia_serial_settings_equal (&settings, &back));
  g_assert_false (plancia_console_settings_from_text (&back, "9600 8N1"));
  g_assert_false (plancia_console_settings_from_text (&back, "9600 8Q1 none"));
  g_assert_false (plancia_console_settings_from_text (&back, "9600 8N1 some"));
  g_assert_true (plancia_serial_settings_equal (&settings, &back));
}

#define ADD(name, func) \
  g_test_add ("/ui/console-port/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("plancia-ports-XXXXXX", NULL);

  /* Names of adapters are kept there. */
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  ui_fixture_init (&argc, &argv);

  ADD ("opening-writes-nothing", test_opening_writes_nothing);
  ADD ("macros", test_macros);
  ADD ("query", test_query);
  ADD ("paste", test_paste);
  ADD ("log-and-echo", test_log_and_echo);
  ADD ("settings", test_settings);
  ADD ("presets-by-keyboard", test_presets_by_keyboard);
  ADD ("macro-by-menu", test_macro_by_menu);
  ADD ("cut-of-what-came", test_cut_of_what_came);
  ADD ("ports", test_ports);
  g_test_add ("/ui/console-port/trouble", Fixture, "/dev/ttyACM0", set_up, test_trouble, tear_down);
  g_test_add_func ("/ui/console-port/permission", test_permission);
  g_test_add_func ("/ui/console-port/settings-text", test_settings_text);
  return g_test_run ();
}
