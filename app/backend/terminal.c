/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/terminal.h"

#include "base/signal-new.h"

enum {
  SIGNAL_LINES_CHANGED,
  SIGNAL_SETTINGS_CHANGED,
  SIGNAL_PORT_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (PlanciaTerminal, plancia_terminal, PLANCIA_TYPE_BACKEND)

static void
plancia_terminal_default_init (PlanciaTerminalInterface *iface)
{
  signals[SIGNAL_LINES_CHANGED] = plancia_signal_new (PLANCIA_TYPE_TERMINAL, "lines-changed", 0);
  signals[SIGNAL_SETTINGS_CHANGED] =
    plancia_signal_new (PLANCIA_TYPE_TERMINAL, "settings-changed", 0);
  signals[SIGNAL_PORT_CHANGED] = plancia_signal_new (PLANCIA_TYPE_TERMINAL, "port-changed", 0);
}

/**
 * plancia_terminal_get_settings:
 * @self: a terminal
 * @out: (out): what is in force, or will be on the next opening
 */
void
plancia_terminal_get_settings (PlanciaTerminal *self, PlanciaSerialSettings *out)
{
  PLANCIA_TERMINAL_GET_IFACE (self)->get_settings (self, out);
}

/**
 * plancia_terminal_set_settings_async:
 * @self: a terminal
 * @settings: copied
 * @callback: called on the main thread
 *
 * While open the port is set up anew at once; what was received is kept. While closed for the next opening.
 */
void
plancia_terminal_set_settings_async (PlanciaTerminal             *self,
                                     const PlanciaSerialSettings *settings,
                                     GAsyncReadyCallback          callback,
                                     gpointer                     user_data)
{
  PLANCIA_TERMINAL_GET_IFACE (self)->set_settings_async (self, settings, callback, user_data);
}

/**
 * plancia_terminal_set_settings_finish:
 * @self: a terminal
 * @result: of plancia_terminal_set_settings_async()
 * @error: PLANCIA_DOCUMENT_ERROR_INVALID; G_IO_ERROR where the port refuses them: the old ones stay
 */
gboolean
plancia_terminal_set_settings_finish (PlanciaTerminal *self, GAsyncResult *result, GError **error)
{
  return PLANCIA_TERMINAL_GET_IFACE (self)->set_settings_finish (self, result, error);
}

/**
 * plancia_terminal_get_lines:
 * @self: a terminal
 *
 * Returns: PlanciaSerialLines
 */
guint
plancia_terminal_get_lines (PlanciaTerminal *self)
{
  return PLANCIA_TERMINAL_GET_IFACE (self)->get_lines (self);
}

/**
 * plancia_terminal_set_lines:
 * @self: a terminal
 * @mask: PLANCIA_SERIAL_LINE_DTR and PLANCIA_SERIAL_LINE_RTS: which to set
 * @lines: to what
 *
 * "lines-changed" tells when it is done. No-op while closed.
 */
void
plancia_terminal_set_lines (PlanciaTerminal *self, guint mask, guint lines)
{
  PLANCIA_TERMINAL_GET_IFACE (self)->set_lines (self, mask, lines);
}

/**
 * plancia_terminal_send_break:
 * @self: a terminal
 * @ms: how long, at most 5000
 *
 * No-op while closed.
 */
void
plancia_terminal_send_break (PlanciaTerminal *self, guint ms)
{
  PLANCIA_TERMINAL_GET_IFACE (self)->send_break (self, ms);
}

/**
 * plancia_terminal_get_counters:
 * @self: a terminal
 * @out: (out): since the port was opened
 */
void
plancia_terminal_get_counters (PlanciaTerminal *self, PlanciaTerminalCounters *out)
{
  PLANCIA_TERMINAL_GET_IFACE (self)->get_counters (self, out);
}

/**
 * plancia_terminal_get_port:
 * @self: a terminal
 *
 * Returns: (transfer none) (nullable): the port as it was found when it was last opened, or tried to be
 */
const PlanciaSerialPortInfo *
plancia_terminal_get_port (PlanciaTerminal *self)
{
  return PLANCIA_TERMINAL_GET_IFACE (self)->get_port (self);
}

gboolean
plancia_terminal_get_reconnect (PlanciaTerminal *self)
{
  return PLANCIA_TERMINAL_GET_IFACE (self)->get_reconnect (self);
}

/**
 * plancia_terminal_set_reconnect:
 * @self: a terminal
 * @reconnect: whether a port that goes away is opened again when it is back
 */
void
plancia_terminal_set_reconnect (PlanciaTerminal *self, gboolean reconnect)
{
  PLANCIA_TERMINAL_GET_IFACE (self)->set_reconnect (self, reconnect);
}

/**
 * plancia_terminal_set_tap:
 * @self: a terminal
 * @tap: (nullable): called on the worker for everything that passes
 * @user_data: for @tap
 * @destroy: (nullable): for @user_data, on the worker; on this thread if the terminal is disposed of
 */
void
plancia_terminal_set_tap (PlanciaTerminal   *self,
                          PlanciaTerminalTap tap,
                          gpointer           user_data,
                          GDestroyNotify     destroy)
{
  PLANCIA_TERMINAL_GET_IFACE (self)->set_tap (self, tap, user_data, destroy);
}

void
plancia_terminal_emit_lines_changed (PlanciaTerminal *self)
{
  g_signal_emit (self, signals[SIGNAL_LINES_CHANGED], 0);
}

void
plancia_terminal_emit_settings_changed (PlanciaTerminal *self)
{
  g_signal_emit (self, signals[SIGNAL_SETTINGS_CHANGED], 0);
}

void
plancia_terminal_emit_port_changed (PlanciaTerminal *self)
{
  g_signal_emit (self, signals[SIGNAL_PORT_CHANGED], 0);
}
