/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui-fixture.h"

#include "backend/terminal.h"
#include "ui/console-port.h"
#include "ui/console-signals.h"

/* A port whose control lines are the test's: a pseudo terminal has none. */
#define TYPE_WIRED (wired_get_type ())
G_DECLARE_FINAL_TYPE (Wired, wired, WIRED, PORT, GObject)

struct _Wired
{
  GObject parent_instance;

  PlanciaState state;
  guint        lines;
  guint        mask; /* of the last wish */
  guint        break_ms;
};

static void backend_iface_init (PlanciaBackendInterface *iface);
static void terminal_iface_init (PlanciaTerminalInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (Wired,
                               wired,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PLANCIA_TYPE_BACKEND, backend_iface_init)
                                 G_IMPLEMENT_INTERFACE (PLANCIA_TYPE_TERMINAL, terminal_iface_init))

static PlanciaBackendFlags
get_flags (PlanciaBackend *backend)
{
  return PLANCIA_BACKEND_CONSOLE;
}

static PlanciaState
get_state (PlanciaBackend *backend)
{
  return WIRED_PORT (backend)->state;
}

static const GError *
get_error (PlanciaBackend *backend)
{
  return NULL;
}

static void
backend_iface_init (PlanciaBackendInterface *iface)
{
  iface->get_flags = get_flags;
  iface->get_state = get_state;
  iface->get_error = get_error;
}

static void
get_settings (PlanciaTerminal *terminal, PlanciaSerialSettings *out)
{
  plancia_serial_settings_init (out);
}

static guint
get_lines (PlanciaTerminal *terminal)
{
  return WIRED_PORT (terminal)->lines;
}

static void
drive (Wired *self, guint lines)
{
  self->lines = lines;
  plancia_terminal_emit_lines_changed (PLANCIA_TERMINAL (self));
}

static void
set_lines (PlanciaTerminal *terminal, guint mask, guint lines)
{
  Wired *self = WIRED_PORT (terminal);

  self->mask = mask;
  drive (self, (self->lines & ~mask) | (lines & mask));
}

static void
send_break (PlanciaTerminal *terminal, guint ms)
{
  WIRED_PORT (terminal)->break_ms = ms;
}

static void
terminal_iface_init (PlanciaTerminalInterface *iface)
{
  iface->get_settings = get_settings;
  iface->get_lines = get_lines;
  iface->set_lines = set_lines;
  iface->send_break = send_break;
}

static void
wired_class_init (WiredClass *klass)
{
}

static void
wired_init (Wired *self)
{
  self->state = PLANCIA_STATE_CLOSED;
}

static void
assert_toggle (GtkWidget *row, const char *label, gboolean sensitive, gboolean active)
{
  GtkWidget *toggle = ui_fixture_find (row, GTK_TYPE_TOGGLE_BUTTON, label);

  g_assert_nonnull (toggle);
  g_assert_cmpint (gtk_widget_get_sensitive (toggle), ==, sensitive);
  g_assert_cmpint (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (toggle)), ==, active);
}

/* Ours: DTR, RTS and break. They show what is, also when the port moves them by itself. */
static void
test_our_lines (void)
{
  g_autoptr (Wired) port = g_object_new (TYPE_WIRED, NULL);
  GtkWidget *row = g_object_new (PLANCIA_TYPE_CONSOLE_SIGNALS, NULL);
  GtkWindow *window = ui_fixture_present (row, 400, 100);
  GtkWidget *rts;

  plancia_console_signals_set_terminal (PLANCIA_CONSOLE_SIGNALS (row), PLANCIA_TERMINAL (port));
  assert_toggle (row, "DTR", FALSE, FALSE);
  port->state = PLANCIA_STATE_OPEN;
  plancia_backend_emit_state_changed (PLANCIA_BACKEND (port));
  /* A pseudo terminal: there are none. */
  assert_toggle (row, "DTR", FALSE, FALSE);
  drive (port, PLANCIA_SERIAL_LINE_KNOWN | PLANCIA_SERIAL_LINE_DTR);
  assert_toggle (row, "DTR", TRUE, TRUE);
  assert_toggle (row, "RTS", TRUE, FALSE);
  g_assert_cmpuint (port->mask, ==, 0);
  rts = ui_fixture_find (row, GTK_TYPE_TOGGLE_BUTTON, "RTS");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (rts), TRUE);
  g_assert_cmpuint (port->mask, ==, PLANCIA_SERIAL_LINE_RTS);
  g_assert_cmpuint (port->lines,
                    ==,
                    PLANCIA_SERIAL_LINE_KNOWN | PLANCIA_SERIAL_LINE_DTR | PLANCIA_SERIAL_LINE_RTS);
  gtk_toggle_button_set_active (
    GTK_TOGGLE_BUTTON (ui_fixture_find (row, GTK_TYPE_TOGGLE_BUTTON, "DTR")),
    FALSE);
  g_assert_cmpuint (port->lines, ==, PLANCIA_SERIAL_LINE_KNOWN | PLANCIA_SERIAL_LINE_RTS);
  g_signal_emit_by_name (ui_fixture_find (row, GTK_TYPE_BUTTON, "Break"), "clicked");
  g_assert_cmpuint (port->break_ms, ==, 250);
  plancia_console_signals_set_terminal (PLANCIA_CONSOLE_SIGNALS (row), NULL);
  gtk_window_destroy (window);
  ui_fixture_settle ();
}

static void
assert_chip (GtkWidget *popover, const char *label, gboolean set)
{
  GtkWidget       *chip = ui_fixture_find (popover, GTK_TYPE_LABEL, label);
  g_autofree char *says = g_strdup_printf (set ? "%s on" : "%s off", label);

  g_assert_nonnull (chip);
  g_assert_cmpint (gtk_widget_has_css_class (chip, "ok"), ==, set);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (chip), ==, says);
}

/* Theirs, live: CTS, DSR, DCD and RI. */
static void
test_their_lines (void)
{
  g_autoptr (Wired) port = g_object_new (TYPE_WIRED, NULL);
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = g_object_new (PLANCIA_TYPE_CONSOLE_PORT, NULL);
  GtkWindow *window;

  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  window = ui_fixture_present (button, 400, 500);
  plancia_console_port_set_terminal (PLANCIA_CONSOLE_PORT (popover),
                                     PLANCIA_TERMINAL (port),
                                     "/dev/ttyUSB0");
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  ui_fixture_settle ();
  g_assert_null (ui_fixture_find (popover, GTK_TYPE_LABEL, "CTS"));
  drive (port,
         PLANCIA_SERIAL_LINE_KNOWN | PLANCIA_SERIAL_LINE_CTS | PLANCIA_SERIAL_LINE_DCD |
           PLANCIA_SERIAL_LINE_DTR);
  ui_fixture_settle ();
  assert_chip (popover, "CTS", TRUE);
  assert_chip (popover, "DSR", FALSE);
  assert_chip (popover, "DCD", TRUE);
  assert_chip (popover, "RI", FALSE);
  cairo_surface_destroy (ui_fixture_screenshot (popover, "console-lines"));
  drive (port, PLANCIA_SERIAL_LINE_KNOWN | PLANCIA_SERIAL_LINE_DSR | PLANCIA_SERIAL_LINE_RI);
  assert_chip (popover, "CTS", FALSE);
  assert_chip (popover, "DSR", TRUE);
  assert_chip (popover, "DCD", FALSE);
  assert_chip (popover, "RI", TRUE);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  plancia_console_port_set_terminal (PLANCIA_CONSOLE_PORT (popover), NULL, "");
  gtk_window_destroy (window);
  ui_fixture_settle ();
}

int
main (int argc, char **argv)
{
  ui_fixture_init (&argc, &argv);

  g_test_add_func ("/ui/console-signals/ours", test_our_lines);
  g_test_add_func ("/ui/console-signals/theirs", test_their_lines);
  return g_test_run ();
}
