/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "console-backend.h"
#include "ui-fixture.h"

#include "base/clock.h"
#include "ui/console-find.h"
#include "ui/console-page.h"
#include "ui/console-view.h"
#include "ui/settings.h"
#include <string.h>

/* 2026-06-12 14:02:07.113 in Rome */
#define NOW G_GINT64_CONSTANT (1781265727113)

typedef struct
{
  UiPlant            *plant;
  ConsoleBackend     *backend;
  PlanciaConsolePage *page;
  PlanciaConsoleView *view;
  GtkEditable        *entry;
  GtkWindow          *window;
} Fixture;

static void
reset_settings (void)
{
  const char *keys[] = {"console-view",
                        "console-time",
                        "console-line-ending",
                        "console-histories",
                        "console-charset",
                        "console-ansi",
                        "console-binary",
                        "console-gap",
                        "console-decode",
                        "console-echo",
                        "console-macros"};

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (plancia_settings_get (), keys[i]);
}

static void
open_page (Fixture *fixture, int width, int height)
{
  GtkWidget *page =
    g_object_new (PLANCIA_TYPE_CONSOLE_PAGE, "session", fixture->plant->session, NULL);

  fixture->page = PLANCIA_CONSOLE_PAGE (page);
  fixture->window = ui_fixture_present (page, width, height);
  gtk_widget_activate_action (page, "console.connect", NULL);
  ui_fixture_settle ();
  fixture->view = PLANCIA_CONSOLE_VIEW (ui_fixture_find (page, PLANCIA_TYPE_CONSOLE_VIEW, NULL));
  fixture->entry = GTK_EDITABLE (ui_fixture_find (page, GTK_TYPE_ENTRY, NULL));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  plancia_clock_simulate (NOW, 0);
  reset_settings ();
  fixture->plant = ui_plant_new ();
  fixture->backend = console_backend_new ();
  plancia_device_set_backend (fixture->plant->console, PLANCIA_BACKEND (fixture->backend));
  plancia_session_set_device (fixture->plant->session, fixture->plant->console);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->window, gtk_window_destroy);
  ui_fixture_settle ();
  ui_plant_free (fixture->plant);
  g_object_unref (fixture->backend);
  plancia_clock_reset ();
}

/* --- doing and looking ---------------------------------------------------------------------------- */

static void
say (Fixture *fixture, const char *text)
{
  console_backend_say (fixture->backend, text);
  ui_fixture_settle ();
}

static void
type_line (Fixture *fixture, const char *text)
{
  gtk_editable_set_text (fixture->entry, text);
  g_signal_emit_by_name (fixture->entry, "activate");
  ui_fixture_settle ();
}

static void
assert_sent (Fixture *fixture, const char *bytes)
{
  g_assert_cmpmem (fixture->backend->sent->data,
                   fixture->backend->sent->len,
                   bytes,
                   strlen (bytes));
  g_byte_array_set_size (fixture->backend->sent, 0);
}

static void
assert_shows (Fixture *fixture, const char *expected)
{
  g_autofree char *text = plancia_console_view_dup_text (fixture->view);

  g_assert_cmpstr (text, ==, expected);
}

static gboolean
shows (Fixture *fixture, const char *part)
{
  g_autofree char *text = plancia_console_view_dup_text (fixture->view);

  return strstr (text, part) != NULL;
}

/* Whether the first place of this text looks so. */
static gboolean
is_styled (Fixture *fixture, const char *part, PlanciaConsoleStyle style)
{
  const PlanciaConsoleStore *store =
    plancia_console_buffer_get_store (plancia_console_view_get_lines (fixture->view));
  PlanciaConsoleFormat *format =
    (PlanciaConsoleFormat *) plancia_console_view_get_format (fixture->view);
  guint64 end = plancia_console_store_get_end (store);
  g_auto (PlanciaConsoleText) text = {0};

  plancia_console_text_init (&text);
  for (guint64 i = plancia_console_store_get_first (store); i < end; i++) {
    const char *at;

    plancia_console_format_line (format, store, i, &text);
    at = strstr (text.text->str, part);
    for (guint n = 0; at && n < text.spans->len; n++) {
      PlanciaConsoleSpan span = g_array_index (text.spans, PlanciaConsoleSpan, n);
      guint              place = (guint) (at - text.text->str);

      if (span.style == style && span.start <= place && place < span.end)
        return TRUE;
    }
    if (at)
      return FALSE;
  }
  g_assert_not_reached ();
}

static void
press (Fixture *fixture, guint key)
{
  GListModel *controllers = gtk_widget_observe_controllers (GTK_WIDGET (fixture->entry));
  gboolean    handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_EVENT_CONTROLLER_KEY (controller) &&
        gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
      g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &handled);
  }
  g_object_unref (controllers);
  g_assert_true (handled);
}

static GtkAdjustment *
scroll_bar (Fixture *fixture)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (fixture->view));
}

static gboolean
is_at_end (gpointer user_data)
{
  GtkAdjustment *bar = scroll_bar (user_data);

  return gtk_adjustment_get_value (bar) >=
         gtk_adjustment_get_upper (bar) - gtk_adjustment_get_page_size (bar) - 2;
}

static void
say_many (Fixture *fixture, guint count)
{
  for (guint i = 0; i < count; i++) {
    g_autofree char *line = g_strdup_printf ("line %u\r\n", i);

    console_backend_say (fixture->backend, line);
  }
  ui_fixture_settle ();
}

/* --- tests ------------------------------------------------------------------------------------------ */

static void
test_connect (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page =
    g_object_new (PLANCIA_TYPE_CONSOLE_PAGE, "session", fixture->plant->session, NULL);

  fixture->page = PLANCIA_CONSOLE_PAGE (page);
  fixture->window = ui_fixture_present (page, 900, 500);
  g_assert_nonnull (ui_fixture_find (page, GTK_TYPE_LABEL, "The console is closed"));
  g_assert_null (ui_fixture_find (page, PLANCIA_TYPE_CONSOLE_VIEW, NULL) &&
                     gtk_widget_get_mapped (ui_fixture_find (page, PLANCIA_TYPE_CONSOLE_VIEW, NULL))
                   ? page
                   : NULL);
  g_assert_cmpuint (fixture->backend->n_opened, ==, 0);
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (fixture->window), "console-closed"));

  gtk_widget_activate_action (page, "console.connect", NULL);
  ui_fixture_settle ();
  g_assert_cmpuint (fixture->backend->n_opened, ==, 1);
  fixture->view = PLANCIA_CONSOLE_VIEW (ui_fixture_find (page, PLANCIA_TYPE_CONSOLE_VIEW, NULL));
  assert_shows (fixture,
                "14:02:07.113  ·  /dev/ttyACM0 open, 9600 8N1\n"
                "14:02:07.113  ·  Do not power the CONNEXT from USB and from the inverter "
                "together\n");
  g_assert_true (is_styled (fixture, "Do not power", PLANCIA_CONSOLE_STYLE_NOTICE));

  gtk_widget_activate_action (page, "console.disconnect", NULL);
  ui_fixture_settle ();
  g_assert_true (shows (fixture, "/dev/ttyACM0 closed"));
  g_assert_nonnull (ui_fixture_find (page, GTK_TYPE_BUTTON, "Connect"));
  g_assert_false (gtk_widget_get_sensitive (ui_fixture_find (page, GTK_TYPE_ENTRY, NULL)));
}

static void
test_text_both_ways (Fixture *fixture, gconstpointer data)
{
  open_page (fixture, 900, 500);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "console.clear", NULL);
  say (fixture, "ready\r\n> ");
  type_line (fixture, "help");
  assert_sent (fixture, "help\r\n");
  assert_shows (fixture,
                "14:02:07.113  ←  ready\\r\\n\n"
                "14:02:07.113  ←  > \n"
                "14:02:07.113  →  help\\r\\n\n");
  g_assert_true (is_styled (fixture, "help", PLANCIA_CONSOLE_STYLE_SENT));
  g_assert_false (is_styled (fixture, "ready", PLANCIA_CONSOLE_STYLE_SENT));
  g_assert_true (is_styled (fixture, "\\r\\n", PLANCIA_CONSOLE_STYLE_ESCAPE));
  g_assert_cmpstr (gtk_editable_get_text (fixture->entry), ==, "");
}

/* A line that comes in pieces stays one line. */
static void
test_pieces (Fixture *fixture, gconstpointer data)
{
  open_page (fixture, 900, 500);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "console.clear", NULL);
  say (fixture, "fir");
  assert_shows (fixture, "14:02:07.113  ←  fir\n");
  say (fixture, "mware 1.4");
  say (fixture, "\r\nnext");
  assert_shows (fixture,
                "14:02:07.113  ←  firmware 1.4\\r\\n\n"
                "14:02:07.113  ←  next\n");
}

static void
test_modes (Fixture *fixture, gconstpointer data)
{
  open_page (fixture, 900, 500);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "console.clear", NULL);
  say (fixture, "0123456789abcdefXY\r\n");
  g_settings_set_string (plancia_settings_get (), "console-view", "hex");
  ui_fixture_settle ();
  assert_shows (fixture,
                "14:02:07.113  ←  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  "
                "0123456789abcdef\n"
                "                 58 59 0d 0a                                      XY..\n");

  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "console.console-view", "s", "both");
  g_settings_set_string (plancia_settings_get (), "console-time", "none");
  ui_fixture_settle ();
  g_assert_true (shows (fixture,
                        "←  0123456789abcdefXY\\r\\n\n"
                        "   30 31"));
  g_assert_cmpstr (g_settings_get_string (plancia_settings_get (), "console-view"), ==, "both");
}

static void
test_delta (Fixture *fixture, gconstpointer data)
{
  GtkWidget *times;

  open_page (fixture, 900, 500);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "console.clear", NULL);
  say (fixture, "one\n");
  plancia_clock_simulate (NOW + 1250, 0);
  say (fixture, "two\n");
  times = ui_fixture_find (GTK_WIDGET (fixture->page), GTK_TYPE_DROP_DOWN, "Time of each line");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (times), 1);
  ui_fixture_settle ();
  assert_shows (fixture, "      +0.000  ←  one\\n\n      +1.250  ←  two\\n\n");
}

static void
test_endings (Fixture *fixture, gconstpointer data)
{
  const char *names[] = {"lf", "cr", "none", "crlf"};
  const char *bytes[] = {"x\n", "x\r", "x", "x\r\n"};
  GtkWidget  *ending;

  open_page (fixture, 900, 500);
  ending = ui_fixture_find (GTK_WIDGET (fixture->page), GTK_TYPE_DROP_DOWN, "Line ending");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_settings_set_string (plancia_settings_get (), "console-line-ending", names[i]);
    type_line (fixture, "x");
    assert_sent (fixture, bytes[i]);
  }
  gtk_drop_down_set_selected (GTK_DROP_DOWN (ending), 2);
  g_assert_cmpstr (g_settings_get_string (plancia_settings_get (), "console-line-ending"),
                   ==,
                   "cr");
}

static void
test_hex_and_mistakes (Fixture *fixture, gconstpointer data)
{
  GtkWidget *hex;

  open_page (fixture, 900, 500);
  hex = ui_fixture_find (GTK_WIDGET (fixture->page),
                         GTK_TYPE_TOGGLE_BUTTON,
                         "Send bytes given as pairs of hex digits");
  if (!hex)
    hex = gtk_widget_get_next_sibling (GTK_WIDGET (fixture->entry));
  type_line (fixture, "a\\x41\\t\\q");
  g_assert_cmpuint (fixture->backend->sent->len, ==, 0);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (fixture->entry), "error"));
  type_line (fixture, "a\\x41\\t");
  assert_sent (fixture, "aA\t\r\n");

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (hex), TRUE);
  type_line (fixture, "48 6");
  g_assert_cmpuint (fixture->backend->sent->len, ==, 0);
  g_assert_cmpstr (gtk_editable_get_text (fixture->entry), ==, "48 6");
  type_line (fixture, "48 69");
  assert_sent (fixture, "Hi");
}

static void
test_history (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GVariant) all = NULL;
  g_auto (GStrv) kept = NULL;

  open_page (fixture, 900, 500);
  type_line (fixture, "help");
  type_line (fixture, "version");
  type_line (fixture, "help");
  gtk_editable_set_text (fixture->entry, "dra");
  press (fixture, GDK_KEY_Up);
  g_assert_cmpstr (gtk_editable_get_text (fixture->entry), ==, "help");
  press (fixture, GDK_KEY_Up);
  g_assert_cmpstr (gtk_editable_get_text (fixture->entry), ==, "version");
  press (fixture, GDK_KEY_Up);
  g_assert_cmpstr (gtk_editable_get_text (fixture->entry), ==, "version");
  press (fixture, GDK_KEY_Down);
  press (fixture, GDK_KEY_Down);
  g_assert_cmpstr (gtk_editable_get_text (fixture->entry), ==, "dra");

  /* What answers a question for a password is not kept. */
  say (fixture, "Password: ");
  type_line (fixture, "secret");
  all = g_settings_get_value (plancia_settings_get (), "console-histories");
  g_assert_true (g_variant_lookup (all, "/dev/ttyACM0", "^as", &kept));
  g_assert_cmpuint (g_strv_length (kept), ==, 2);
  g_assert_cmpstr (kept[0], ==, "version");
  g_assert_cmpstr (kept[1], ==, "help");
}

static void
test_follow (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page, *pill;

  open_page (fixture, 900, 500);
  page = GTK_WIDGET (fixture->page);
  say_many (fixture, 200);
  g_assert_true (ui_fixture_wait (is_at_end, fixture, 20000));
  g_assert_true (plancia_console_view_get_following (fixture->view));

  gtk_adjustment_set_value (scroll_bar (fixture), 300);
  ui_fixture_settle ();
  g_assert_false (plancia_console_view_get_following (fixture->view));
  say_many (fixture, 12);
  g_assert_cmpfloat (gtk_adjustment_get_value (scroll_bar (fixture)), ==, 300);
  g_assert_cmpuint (plancia_console_view_get_new_lines (fixture->view), ==, 12);
  pill = ui_fixture_find (page, GTK_TYPE_LABEL, "12 new lines");
  g_assert_nonnull (pill);
  pill = gtk_widget_get_ancestor (pill, GTK_TYPE_BUTTON);
  g_assert_true (gtk_widget_get_mapped (pill));

  g_signal_emit_by_name (pill, "clicked");
  g_assert_true (ui_fixture_wait (is_at_end, fixture, 20000));
  g_assert_true (plancia_console_view_get_following (fixture->view));
  g_assert_false (gtk_widget_get_visible (pill));
  say_many (fixture, 30);
  g_assert_true (ui_fixture_wait (is_at_end, fixture, 20000));
}

/* Rows are made for what fits only, and what comes is shown. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  guint n_rows = 0;

  open_page (fixture, 900, 500);
  for (guint i = 0; i < 50000; i++) {
    g_autofree char *line = g_strdup_printf ("line %u\r\n", i);

    /* The window draws in between, as it does when a device talks fast. */
    console_backend_say (fixture->backend, line);
    while (i % 500 == 0 && g_main_context_iteration (NULL, FALSE))
      ;
  }
  ui_fixture_settle ();
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (fixture->view)); row;
       row = gtk_widget_get_next_sibling (row))
    n_rows++;
  g_assert_cmpuint (n_rows, <, 100);
  g_assert_true (is_at_end (fixture));
  g_assert_true (plancia_console_view_get_following (fixture->view));
  g_assert_nonnull (plancia_console_view_peek_line (fixture->view, 50001));
  g_assert_true (shows (fixture, "line 5\\r"));

  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "console.clear", NULL);
  ui_fixture_settle ();
  assert_shows (fixture, "");
}

static gboolean
has_searched (gpointer user_data)
{
  return !plancia_console_search_is_busy (plancia_console_find_get_search (user_data));
}

static void
look_for (Fixture *fixture, const char *text)
{
  GtkWidget *find = ui_fixture_find (GTK_WIDGET (fixture->page), PLANCIA_TYPE_CONSOLE_FIND, NULL);
  GtkWidget *entry = ui_fixture_find (find, GTK_TYPE_SEARCH_ENTRY, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "search-changed");
  g_assert_true (ui_fixture_wait (has_searched, find, 20000));
  ui_fixture_settle ();
}

static void
test_find (Fixture *fixture, gconstpointer data)
{
  PlanciaConsoleFind *find;
  GtkWidget          *page, *regex, *filter;

  open_page (fixture, 900, 500);
  page = GTK_WIDGET (fixture->page);
  gtk_widget_activate_action (page, "console.clear", NULL);
  say_many (fixture, 300);
  gtk_widget_activate_action (page, "page.search", NULL);
  ui_fixture_settle ();
  find = PLANCIA_CONSOLE_FIND (ui_fixture_find (page, PLANCIA_TYPE_CONSOLE_FIND, NULL));
  look_for (fixture, "LINE 17");
  g_assert_cmpuint (plancia_console_find_get_line (find), ==, G_MAXUINT64);
  g_assert_nonnull (ui_fixture_find (page, GTK_TYPE_LABEL, "not found"));
  look_for (fixture, "line 17");
  /* Lines 17 and 170 to 179, after the two notices; the newest first. */
  g_assert_cmpuint (plancia_console_find_get_line (find), ==, 2 + 179);
  g_assert_nonnull (plancia_console_view_peek_line (fixture->view, 2 + 179));
  g_assert_false (plancia_console_view_get_following (fixture->view));
  g_assert_nonnull (ui_fixture_find (page, GTK_TYPE_LABEL, "11 of 11"));
  g_signal_emit_by_name (ui_fixture_find (page, GTK_TYPE_BUTTON, "Next match"), "clicked");
  ui_fixture_settle ();
  g_assert_cmpuint (plancia_console_find_get_line (find), ==, 2 + 17);
  g_assert_nonnull (plancia_console_view_peek_line (fixture->view, 2 + 17));
  g_assert_nonnull (ui_fixture_find (page, GTK_TYPE_LABEL, "1 of 11"));
  g_signal_emit_by_name (ui_fixture_find (page, GTK_TYPE_BUTTON, "Previous match"), "clicked");
  g_assert_cmpuint (plancia_console_find_get_line (find), ==, 2 + 179);

  regex = ui_fixture_find (page, GTK_TYPE_TOGGLE_BUTTON, ".*");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (regex), TRUE);
  look_for (fixture, "^line 1.$");
  g_assert_nonnull (ui_fixture_find (page, GTK_TYPE_LABEL, "10 of 10"));
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (fixture->window), "console-find"));

  filter = ui_fixture_find (page, GTK_TYPE_TOGGLE_BUTTON, "Filter");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (filter), TRUE);
  ui_fixture_settle ();
  g_assert_true (shows (fixture, "line 10\\r\\n\n14:02:07.113  ←  line 11"));
  g_assert_false (shows (fixture, "line 20"));
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (fixture->window), "console-filter"));
  look_for (fixture, "(");
  g_assert_nonnull (ui_fixture_find (page, GTK_TYPE_LABEL, "not an expression"));
}

static gboolean
has_content (gpointer user_data)
{
  return gdk_clipboard_get_content (user_data) != NULL;
}

static char *
copied (Fixture *fixture)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->view));
  g_auto (GValue) value = G_VALUE_INIT;

  g_assert_true (ui_fixture_wait (has_content, clipboard, 20000));
  g_value_init (&value, G_TYPE_STRING);
  g_assert_true (
    gdk_content_provider_get_value (gdk_clipboard_get_content (clipboard), &value, NULL));
  gdk_clipboard_set_content (clipboard, NULL);
  return g_value_dup_string (&value);
}

static void
test_select_and_copy (Fixture *fixture, gconstpointer data)
{
  const char      *text;
  guint64          line = 0;
  guint            byte = 0;
  g_autofree char *part = NULL;
  g_autofree char *all = NULL;

  open_page (fixture, 900, 500);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (fixture->view)), NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "console.clear", NULL);
  say (fixture, "one\r\ntwo\r\nthree");
  g_assert_true (plancia_console_view_hit (fixture->view, 19, 14, &line, &byte));
  g_assert_cmpuint (line, ==, 2);
  g_assert_cmpuint (byte, ==, 0);
  g_assert_true (plancia_console_view_hit (fixture->view, 800, 400, &line, &byte));
  g_assert_cmpuint (line, ==, 4);
  text = plancia_console_view_peek_line (fixture->view, 3);
  plancia_console_view_select (fixture->view, 3, (guint) (strstr (text, "two") - text), FALSE);
  plancia_console_view_select (fixture->view, 4, 19, TRUE);
  g_assert_true (plancia_console_view_has_selection (fixture->view));
  ui_fixture_settle ();
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (fixture->window), "console-selection"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "clipboard.copy", NULL);
  part = copied (fixture);
  g_assert_cmpstr (part, ==, "two\\r\\n\n14:02:07.113  ←  ");

  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "console.copy-all", NULL);
  all = copied (fixture);
  assert_shows (fixture, all);
}

static void
test_colours_and_charset (Fixture *fixture, gconstpointer data)
{
  open_page (fixture, 900, 500);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "console.clear", NULL);
  say (fixture, "\033[1;31mERROR\033[0m caff\350 \033[32mgreen\033[0m \033[7minverse\033[0m\r\n");
  g_assert_true (is_styled (fixture, "ERROR", PLANCIA_CONSOLE_STYLE_LOOK));
  g_assert_true (shows (fixture, "ERROR caff\\xE8 green"));
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (fixture->window), "console-colours"));
  g_settings_set_string (plancia_settings_get (), "console-charset", "latin1");
  g_assert_true (shows (fixture, "ERROR caffè green"));
  g_settings_set_boolean (plancia_settings_get (), "console-ansi", FALSE);
  g_assert_true (shows (fixture, "\\x1B[1;31mERROR"));
}

static void
test_bursts (Fixture *fixture, gconstpointer data)
{
  static const guint8 request[] = {0x01, 0x03, 0x04, 0x04, 0x00, 0x02, 0x84, 0xfa};
  g_autoptr (GBytes) bytes = g_bytes_new_static (request, sizeof request);

  open_page (fixture, 900, 500);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "console.clear", NULL);
  g_settings_set_boolean (plancia_settings_get (), "console-binary", TRUE);
  g_settings_set_uint (plancia_settings_get (), "console-gap", 20);
  g_settings_set_string (plancia_settings_get (), "console-view", "hex");
  plancia_backend_emit_console (PLANCIA_BACKEND (fixture->backend), NOW, 0, bytes);
  plancia_backend_emit_console (PLANCIA_BACKEND (fixture->backend), NOW + 10, 0, bytes);
  plancia_backend_emit_console (PLANCIA_BACKEND (fixture->backend), NOW + 40, 0, bytes);
  ui_fixture_settle ();
  g_assert_true (
    shows (fixture,
           "14:02:07.153  ←  01 03 04 04 00 02 84 fa  ........\n"
           "                 request to 1: read holding registers 0x0404–0x0405 · CRC right\n"));
  g_assert_false (shows (fixture, "14:02:07.123"));
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (fixture->window), "console-modbus"));
}

static void
test_not_sent (Fixture *fixture, gconstpointer data)
{
  open_page (fixture, 900, 500);
  fixture->backend->deaf = TRUE;
  type_line (fixture, "help");
  g_assert_true (shows (fixture, "Not sent: "));
  g_assert_false (shows (fixture, "→"));
}

static void
test_not_opened (Fixture *fixture, gconstpointer data)
{
  fixture->backend->locked = TRUE;
  open_page (fixture, 900, 500);
  g_assert_true (shows (fixture, "/dev/ttyACM0 is not open: "));
  g_assert_false (shows (fixture, "Do not power"));
  g_assert_nonnull (ui_fixture_find (GTK_WIDGET (fixture->page), GTK_TYPE_BUTTON, "Connect"));
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (fixture->entry)));
}

/* The lines of a console stay while another device is looked at. */
static void
test_stays (Fixture *fixture, gconstpointer data)
{
  open_page (fixture, 900, 500);
  plancia_session_set_device (fixture->plant->session, fixture->plant->inverter);
  say (fixture, "meanwhile\r\n");
  plancia_session_set_device (fixture->plant->session, fixture->plant->console);
  ui_fixture_settle ();
  g_assert_true (shows (fixture, "meanwhile"));
}

static void
test_lets_go (Fixture *fixture, gconstpointer data)
{
  open_page (fixture, 900, 500);
  say (fixture, "ready\r\n");
  plancia_session_set_plant (fixture->plant->session, NULL);
  ui_fixture_settle ();
  assert_shows (fixture, "");
}

/* --- pictures ---------------------------------------------------------------------------------------- */

static void
talk (Fixture *fixture)
{
  static const struct
  {
    int         after;
    const char *text;
    gboolean    sent;
  } lines[] = {
    {278,  "ZVM-CONNEXT simulator 1.0\r\n",                                       FALSE},
    {1,    "ready\r\n",                                                           FALSE},
    {4478, "help",                                                                TRUE },
    {14,   "Commands: help version time show ports show link log on log off\r\n", FALSE},
    {3322, "version",                                                             TRUE },
    {13,   "firmware 1.4.2 (simulated)\r\nhardware B\r\n",                        FALSE},
    {4421, "show ports",                                                          TRUE },
    {15,
     "RS485-1  9600 8N1  up     inverter 1   3.11 kW\r\n"
     "RS485-2  9600 8N1  up     meter 1     -1.21 kW\r\n"
     "ETH      100M full  up     192.168.1.61\r\n",                               FALSE},
    {4347, "log on",                                                              TRUE },
    {12,   "log on\r\n",                                                          FALSE},
  };
  gint64 time = NOW;

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    time += lines[i].after;
    plancia_clock_simulate (time, 0);
    if (lines[i].sent)
      type_line (fixture, lines[i].text);
    else
      console_backend_say (fixture->backend, lines[i].text);
  }
  for (guint i = 0; i < 30; i++) {
    time += 45 + 210 * (i % 2);
    plancia_clock_simulate (time, 0);
    console_backend_say (fixture->backend,
                         i % 2 ? "I modbus  rsp 1 03 120 bytes 45 ms\r\n"
                               : "I modbus  req 1 03 0484 60\r\n");
  }
  ui_fixture_settle ();
}

static void
picture (Fixture *fixture, const char *name, int width, gboolean dark, const char *mode)
{
  ui_fixture_set_dark (dark);
  g_settings_set_string (plancia_settings_get (), "console-view", mode);
  open_page (fixture, width, 672);
  talk (fixture);
  if (g_str_equal (mode, "text")) {
    gtk_adjustment_set_value (scroll_bar (fixture), 0);
    ui_fixture_settle ();
    for (guint i = 0; i < 12; i++)
      console_backend_say (fixture->backend, "I portal  answer 200 458 ms\r\n");
    ui_fixture_settle ();
  }
  cairo_surface_destroy (ui_fixture_screenshot (GTK_WIDGET (fixture->window), name));
  ui_fixture_set_dark (FALSE);
}

static void
test_picture_light (Fixture *fixture, gconstpointer data)
{
  picture (fixture, "console-light", 899, FALSE, "text");
}

static void
test_picture_dark (Fixture *fixture, gconstpointer data)
{
  picture (fixture, "console-dark", 899, TRUE, "text");
}

static void
test_picture_narrow (Fixture *fixture, gconstpointer data)
{
  picture (fixture, "console-narrow-light", 480, FALSE, "text");
}

static void
test_picture_both (Fixture *fixture, gconstpointer data)
{
  picture (fixture, "console-both-light", 899, FALSE, "both");
}

#define ADD(name, func) \
  g_test_add ("/ui/console-page/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  ui_fixture_init (&argc, &argv);

  ADD ("connect", test_connect);
  ADD ("text-both-ways", test_text_both_ways);
  ADD ("pieces", test_pieces);
  ADD ("modes", test_modes);
  ADD ("delta", test_delta);
  ADD ("endings", test_endings);
  ADD ("hex-and-mistakes", test_hex_and_mistakes);
  ADD ("history", test_history);
  ADD ("follow", test_follow);
  ADD ("many", test_many);
  ADD ("find", test_find);
  ADD ("select-and-copy", test_select_and_copy);
  ADD ("colours-and-charset", test_colours_and_charset);
  ADD ("bursts", test_bursts);
  ADD ("not-sent", test_not_sent);
  ADD ("not-opened", test_not_opened);
  ADD ("stays", test_stays);
  ADD ("lets-go", test_lets_go);
  ADD ("picture-light", test_picture_light);
  ADD ("picture-dark", test_picture_dark);
  ADD ("picture-narrow", test_picture_narrow);
  ADD ("picture-both", test_picture_both);
  return g_test_run ();
}
