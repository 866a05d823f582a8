/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"
#include "base/serial.h"

G_BEGIN_DECLS

/* What a backend with PLANCIA_BACKEND_CONSOLE on a serial port has beyond PlanciaBackend. Main thread, except the
 * tap. Opening, setting up and listening write no byte; only plancia_backend_send_async() does. */
#define PLANCIA_TYPE_TERMINAL (plancia_terminal_get_type ())
G_DECLARE_INTERFACE (PlanciaTerminal, plancia_terminal, PLANCIA, TERMINAL, GObject)

/* Since the port was opened. The errors stay 0 where the driver does not count them. */
typedef struct
{
  guint64 received; /* bytes */
  guint64 sent;     /* bytes */
  guint   framing;  /* characters without a stop bit: usually the wrong baud rate */
  guint   parity;
  guint   overruns; /* characters lost in the computer */
  guint   breaks;
} PlanciaTerminalCounters;

/* Everything that passes, notices as well, in order and before it waits for the main thread: for a log file that loses
 * nothing. On the worker's thread; must be quick. direction: PlanciaConsoleDirection. */
typedef void (*PlanciaTerminalTap) (gint64 time, int direction, GBytes *bytes, gpointer user_data);

struct _PlanciaTerminalInterface
{
  GTypeInterface parent;

  void (*get_settings) (PlanciaTerminal *self, PlanciaSerialSettings *out);
  void (*set_settings_async) (PlanciaTerminal             *self,
                              const PlanciaSerialSettings *settings,
                              GAsyncReadyCallback          callback,
                              gpointer                     user_data);
  gboolean (*set_settings_finish) (PlanciaTerminal *self, GAsyncResult *result, GError **error);
  guint (*get_lines) (PlanciaTerminal *self);
  void (*set_lines) (PlanciaTerminal *self, guint mask, guint lines);
  void (*send_break) (PlanciaTerminal *self, guint ms);
  void (*get_counters) (PlanciaTerminal *self, PlanciaTerminalCounters *out);
  const PlanciaSerialPortInfo *(*get_port) (PlanciaTerminal *self);
  gboolean (*get_reconnect) (PlanciaTerminal *self);
  void (*set_reconnect) (PlanciaTerminal *self, gboolean reconnect);
  void (*set_tap) (PlanciaTerminal   *self,
                   PlanciaTerminalTap tap,
                   gpointer           user_data,
                   GDestroyNotify     destroy);
};

/* Signals, on the main thread:
 *   "lines-changed" ()      plancia_terminal_get_lines() moved; seen within 0.1 s
 *   "settings-changed" ()   new settings are in force
 *   "port-changed" ()       plancia_terminal_get_port() moved: found, gone, under another tty name
 */

void plancia_terminal_get_settings (PlanciaTerminal *self, PlanciaSerialSettings *out);
/* While open: at once, or an error and the old ones stay in force. While closed: for the next opening. */
void plancia_terminal_set_settings_async (PlanciaTerminal             *self,
                                          const PlanciaSerialSettings *settings,
                                          GAsyncReadyCallback          callback,
                                          gpointer                     user_data);
gboolean
plancia_terminal_set_settings_finish (PlanciaTerminal *self, GAsyncResult *result, GError **error);
/* PlanciaSerialLines. Without PLANCIA_SERIAL_LINE_KNOWN while closed and where there are none. */
guint plancia_terminal_get_lines (PlanciaTerminal *self);
/* DTR and RTS, those of mask. No-op while closed. */
void plancia_terminal_set_lines (PlanciaTerminal *self, guint mask, guint lines);
/* 250 ms is what NI-VISA does. A notice line says so when it is over. No-op while closed. */
void plancia_terminal_send_break (PlanciaTerminal *self, guint ms);
void plancia_terminal_get_counters (PlanciaTerminal *self, PlanciaTerminalCounters *out);
/* The port as it was found when it was last opened, or tried to be: also after G_IO_ERROR_BUSY (holder, holder_pid) and
 * G_IO_ERROR_PERMISSION_DENIED (group, relogin). NULL before. (transfer none) */
const PlanciaSerialPortInfo *plancia_terminal_get_port (PlanciaTerminal *self);
/* Whether a port that went away is opened again when it is back: the same adapter under whatever tty name. Meanwhile the
 * state is PLANCIA_STATE_FAILING. FALSE at first, since opening a port can start anew what hangs on it. A bare /dev/pts/N
 * is never waited for: its number goes to whoever asks next. */
gboolean plancia_terminal_get_reconnect (PlanciaTerminal *self);
void     plancia_terminal_set_reconnect (PlanciaTerminal *self, gboolean reconnect);
/* One at a time; NULL takes it off, and destroy has run on the worker by the time of the next "console" signal or close. */
void plancia_terminal_set_tap (PlanciaTerminal   *self,
                               PlanciaTerminalTap tap,
                               gpointer           user_data,
                               GDestroyNotify     destroy);

/* For implementations. */
void plancia_terminal_emit_lines_changed (PlanciaTerminal *self);
void plancia_terminal_emit_settings_changed (PlanciaTerminal *self);
void plancia_terminal_emit_port_changed (PlanciaTerminal *self);

G_END_DECLS
