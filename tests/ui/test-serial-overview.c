/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/serial-overview.h"

#include "pages-fixture.h"
#include "ui/overview-page.h"
#include "ui/port-problem.h"
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

static GtkWidget *
find_label (GtkWidget *root, const char *text)
{
  GtkWidget *label = ui_fixture_find (root, GTK_TYPE_LABEL, text);

  return label ? label : ui_fixture_find (root, GTK_TYPE_INSCRIPTION, text);
}

static void
set_port (PagesPlant *plant, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaAddress) address = plancia_address_parse (text, &error);

  g_assert_no_error (error);
  plancia_entry_set_address (plancia_device_get_entry (pages_plant_find (plant, name)), address);
}

static GtkWidget *
new_page (PagesPlant *plant, const char *name)
{
  return g_object_ref_sink (
    plancia_serial_overview_new (plant->session, pages_plant_find (plant, name)));
}

/* --- who may open it ------------------------------------------------------------------------- */

typedef struct
{
  PlanciaPortAccess *access;
  gboolean           done;
} Question;

static void
access_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr (GError) error = NULL;

  question->access = plancia_port_access_query_finish (result, &error);
  g_assert_no_error (error);
  question->done = TRUE;
}

static gboolean
is_done (gpointer user_data)
{
  return ((Question *) user_data)->done;
}

static PlanciaPortAccess *
ask (const char *path)
{
  Question question = {0};

  plancia_port_access_query_async (path, NULL, access_done, &question);
  g_assert_true (ui_fixture_wait (is_done, &question, 20000));
  return question.access;
}

static void
test_access (void)
{
  g_autoptr (PlanciaPortAccess) open = ask ("/dev/null");
  g_autoptr (PlanciaPortAccess) absent = ask ("/dev/no-such-port");

  g_assert_true (open->exists && open->allowed);
  g_assert_false (absent->exists);
}

static void
test_commands (void)
{
  PlanciaPortAccess stranger = {TRUE, FALSE, FALSE, FALSE, (char *) "dialout"};
  PlanciaPortAccess member = {TRUE, FALSE, FALSE, TRUE, (char *) "dialout"};
  PlanciaPortAccess absent = {0};
  g_autofree char  *lasting = plancia_port_access_lasting_command (&stranger);
  g_autofree char  *session = plancia_port_access_session_command (&stranger, "/dev/ttyUSB0");
  g_autofree char  *quoted = plancia_port_access_session_command (&stranger, "/dev/a b; rm");

  g_assert_cmpstr (lasting, ==, "sudo usermod -aG dialout $USER");
  g_assert_cmpstr (session, ==, "sudo setfacl -m u:$USER:rw /dev/ttyUSB0");
  g_assert_cmpstr (quoted, ==, "sudo setfacl -m u:$USER:rw '/dev/a b; rm'");
  g_assert_null (plancia_port_access_lasting_command (&member));
  g_assert_null (plancia_port_access_session_command (&absent, "/dev/ttyUSB0"));
}

static void
test_copies_the_command (void)
{
  PlanciaPortAccess stranger = {TRUE, FALSE, FALSE, FALSE, (char *) "dialout"};
  GtkWidget        *problem = g_object_new (PLANCIA_TYPE_PORT_PROBLEM, NULL);
  GtkWindow        *window = ui_fixture_present (problem, 700, 300);
  GdkClipboard     *clipboard = gtk_widget_get_clipboard (problem);
  GtkWidget        *button;
  GValue            value = G_VALUE_INIT;

  g_assert_true (
    plancia_port_problem_set (PLANCIA_PORT_PROBLEM (problem), "/dev/ttyUSB0", &stranger, NULL));
  button = ui_fixture_find (problem, GTK_TYPE_BUTTON, "Copy command");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  g_value_init (&value, G_TYPE_STRING);
  g_assert_true (
    gdk_content_provider_get_value (gdk_clipboard_get_content (clipboard), &value, NULL));
  g_assert_cmpstr (g_value_get_string (&value), ==, "sudo usermod -aG dialout $USER");
  g_value_unset (&value);

  g_assert_false (plancia_port_problem_set (PLANCIA_PORT_PROBLEM (problem), "x", NULL, NULL));
  g_assert_false (gtk_widget_get_visible (problem));
  gtk_window_destroy (window);
}

/* --- pages ----------------------------------------------------------------------------------- */

static void
test_denied (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = NULL;
  PagesBackend *backend = pages_plant_backend (plant, "Heat pump");

  pages_backend_set_state (backend,
                           PLANCIA_STATE_FAILING,
                           g_error_new (G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "denied"));
  page = new_page (plant, "Heat pump");
  g_assert_true (plancia_serial_overview_explains (PLANCIA_SERIAL_OVERVIEW (page)));
  g_assert_nonnull (find_label (page, "Permission denied"));
  g_assert_nonnull (ui_fixture_find (page, ADW_TYPE_ACTION_ROW, "This user may not open the port"));

  g_signal_emit_by_name (ui_fixture_find (page, GTK_TYPE_BUTTON, "Try again"), "clicked");
  g_assert_cmpuint (pages_backend_count_opened (backend), ==, 1);
  g_assert_false (plancia_serial_overview_explains (PLANCIA_SERIAL_OVERVIEW (page)));
}

static void
test_page_of_a_port_that_does_not_open (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  PagesBackend *backend = pages_plant_backend (plant, "Heat pump");
  g_autoptr (GtkWidget) page = NULL;

  pages_plant_fill (plant);
  plancia_session_set_device (plant->session, pages_plant_find (plant, "Heat pump"));
  page =
    g_object_ref_sink (g_object_new (PLANCIA_TYPE_OVERVIEW_PAGE, "session", plant->session, NULL));
  g_assert_null (ui_fixture_find (page, PLANCIA_TYPE_SERIAL_OVERVIEW, NULL));

  pages_backend_set_state (backend,
                           PLANCIA_STATE_FAILING,
                           g_error_new (G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "denied"));
  g_assert_nonnull (ui_fixture_find (page, PLANCIA_TYPE_SERIAL_OVERVIEW, NULL));
  pages_backend_set_state (backend, PLANCIA_STATE_OPEN, NULL);
  g_assert_null (ui_fixture_find (page, PLANCIA_TYPE_SERIAL_OVERVIEW, NULL));

  /* A device that is silent on a good port keeps its own page. */
  pages_backend_set_state (backend,
                           PLANCIA_STATE_FAILING,
                           g_error_new (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "silent"));
  g_assert_null (ui_fixture_find (page, PLANCIA_TYPE_SERIAL_OVERVIEW, NULL));
}

static gboolean
explains (gpointer user_data)
{
  return plancia_serial_overview_explains (user_data);
}

static void
test_absent (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = NULL;
  GtkWindow *window;

  set_port (plant, "Heat pump", "rs485:///dev/no-such-port/1");
  page = new_page (plant, "Heat pump");
  window = ui_fixture_present (page, 899, 672);
  g_assert_true (ui_fixture_wait (explains, page, 20000));
  g_assert_nonnull (ui_fixture_find (page, ADW_TYPE_ACTION_ROW, "/dev/no-such-port is not there"));
  gtk_window_destroy (window);
}

static void
test_one_supply_only (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = new_page (plant, "CONNEXT");
  g_autoptr (GtkWidget) again = NULL;
  g_autoptr (GtkWidget) other = new_page (plant, "Heat pump");
  GtkWidget *check = ui_fixture_find (page, GTK_TYPE_CHECK_BUTTON, NULL);

  g_assert_nonnull (ui_fixture_find (page, ADW_TYPE_ACTION_ROW, "One supply only"));
  g_assert_null (ui_fixture_find (other, ADW_TYPE_ACTION_ROW, "One supply only"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  g_assert_null (ui_fixture_find (page, ADW_TYPE_ACTION_ROW, "One supply only"));
  again = new_page (plant, "CONNEXT");
  g_assert_null (ui_fixture_find (again, ADW_TYPE_ACTION_ROW, "One supply only"));
}

static void
test_opens_and_closes (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) page = new_page (plant, "CONNEXT");
  PagesBackend *backend = pages_plant_backend (plant, "CONNEXT");
  GtkWidget    *button = ui_fixture_find (page, GTK_TYPE_BUTTON, "Open");

  /* The warning warns, it does not lock. */
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (pages_backend_count_opened (backend), ==, 1);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "Close");
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (pages_backend_count_closed (backend), ==, 1);
  g_assert_nonnull (find_label (page, "115200 8N1"));
}

static void
test_pictures (void)
{
  g_autoptr (PagesPlant) plant = pages_plant_new ();
  g_autoptr (GtkWidget) console = NULL;
  g_autoptr (GtkWidget) pump = NULL;
  g_autoptr (GtkWidget) denied = NULL;
  g_autofree char *file = NULL;
  int              handle = g_file_open_tmp ("plancia-port-XXXXXX", &file, NULL);
  g_autofree char *connext = g_strdup_printf ("connext://%s?baud=115200", file);
  g_autofree char *rs485 = g_strdup_printf ("rs485://%s/1", file);

  g_assert_cmpint (handle, >=, 0);
  close (handle);
  pages_plant_fill (plant);
  set_port (plant, "CONNEXT", connext);
  set_port (plant, "Heat pump", rs485);
  console = new_page (plant, "CONNEXT");
  pages_take_pictures (console, "connext-overview", 672);
  pump = new_page (plant, "Heat pump");
  pages_take_pictures (pump, "serial-overview", 672);
  pages_backend_set_state (pages_plant_backend (plant, "Heat pump"),
                           PLANCIA_STATE_FAILING,
                           g_error_new (G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "denied"));
  denied = new_page (plant, "Heat pump");
  pages_take_pictures (denied, "serial-overview-denied", 672);
  g_unlink (file);
}

static void
test_picture_of_the_commands (void)
{
  PlanciaPortAccess stranger = {TRUE, FALSE, FALSE, FALSE, (char *) "dialout"};
  GtkWidget        *problem = g_object_new (PLANCIA_TYPE_PORT_PROBLEM, NULL);

  gtk_widget_set_valign (problem, GTK_ALIGN_START);
  g_assert_true (
    plancia_port_problem_set (PLANCIA_PORT_PROBLEM (problem), "/dev/ttyUSB0", &stranger, NULL));
  pages_take_pictures (problem, "port-problem", 260);
}

int
main (int argc, char *argv[])
{
  ui_fixture_init (&argc, &argv);

  g_test_add_func ("/serial-overview/access", test_access);
  g_test_add_func ("/serial-overview/commands", test_commands);
  g_test_add_func ("/serial-overview/copies-the-command", test_copies_the_command);
  g_test_add_func ("/serial-overview/denied", test_denied);
  g_test_add_func ("/serial-overview/page-of-a-port", test_page_of_a_port_that_does_not_open);
  g_test_add_func ("/serial-overview/absent", test_absent);
  g_test_add_func ("/serial-overview/one-supply-only", test_one_supply_only);
  g_test_add_func ("/serial-overview/opens-and-closes", test_opens_and_closes);
  g_test_add_func ("/serial-overview/pictures", test_pictures);
  g_test_add_func ("/serial-overview/picture-of-the-commands", test_picture_of_the_commands);
  return g_test_run ();
}
