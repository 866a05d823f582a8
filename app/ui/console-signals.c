/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/console-signals.h"

#include "backend/backend.h"
#include <glib/gi18n.h>

#define BREAK_TIME 250 /* ms, as NI-VISA */

struct _PlanciaConsoleSignals
{
  GtkBox parent_instance;

  GtkToggleButton *dtr;
  GtkToggleButton *rts;
  GtkWidget       *pause;
  PlanciaTerminal *terminal;
  gboolean         showing; /* the program sets the buttons */
};

G_DEFINE_FINAL_TYPE (PlanciaConsoleSignals, plancia_console_signals, GTK_TYPE_BOX)

static void
update (PlanciaConsoleSignals *self)
{
  PlanciaBackend *backend = PLANCIA_BACKEND (self->terminal);
  guint           lines = plancia_terminal_get_lines (self->terminal);
  gboolean        open = plancia_backend_get_state (backend) == PLANCIA_STATE_OPEN;
  gboolean        known = open && (lines & PLANCIA_SERIAL_LINE_KNOWN) != 0;

  self->showing = TRUE;
  gtk_toggle_button_set_active (self->dtr, (lines & PLANCIA_SERIAL_LINE_DTR) != 0);
  gtk_toggle_button_set_active (self->rts, (lines & PLANCIA_SERIAL_LINE_RTS) != 0);
  self->showing = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->dtr), known);
  gtk_widget_set_sensitive (GTK_WIDGET (self->rts), known);
  gtk_widget_set_sensitive (self->pause, open);
}

static void
toggled_cb (PlanciaConsoleSignals *self, GtkToggleButton *button)
{
  guint line = button == self->dtr ? PLANCIA_SERIAL_LINE_DTR : PLANCIA_SERIAL_LINE_RTS;

  if (!self->showing && self->terminal)
    plancia_terminal_set_lines (self->terminal,
                                line,
                                gtk_toggle_button_get_active (button) ? line : 0);
}

static void
break_cb (PlanciaConsoleSignals *self)
{
  if (self->terminal)
    plancia_terminal_send_break (self->terminal, BREAK_TIME);
}

static void
plancia_console_signals_dispose (GObject *object)
{
  plancia_console_signals_set_terminal (PLANCIA_CONSOLE_SIGNALS (object), NULL);
  G_OBJECT_CLASS (plancia_console_signals_parent_class)->dispose (object);
}

static void
plancia_console_signals_class_init (PlanciaConsoleSignalsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plancia_console_signals_dispose;
}

static GtkToggleButton *
add_toggle (PlanciaConsoleSignals *self, const char *label, const char *tooltip)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  gtk_widget_set_tooltip_text (button, tooltip);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (toggled_cb), self);
  gtk_box_append (GTK_BOX (self), button);
  return GTK_TOGGLE_BUTTON (button);
}

static void
plancia_console_signals_init (PlanciaConsoleSignals *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "linked");
  self->dtr = add_toggle (self, "DTR", _ ("Data terminal ready"));
  self->rts = add_toggle (self, "RTS", _ ("Request to send"));
  self->pause = gtk_button_new_with_label (C_ ("serial line", "Break"));
  gtk_widget_set_tooltip_text (self->pause, _ ("Hold the line down for 250 ms"));
  g_signal_connect_swapped (self->pause, "clicked", G_CALLBACK (break_cb), self);
  gtk_box_append (GTK_BOX (self), self->pause);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * plancia_console_signals_set_terminal:
 * @terminal: (nullable): the port
 */
void
plancia_console_signals_set_terminal (PlanciaConsoleSignals *self, PlanciaTerminal *terminal)
{
  if (self->terminal)
    g_signal_handlers_disconnect_by_data (self->terminal, self);
  g_set_object (&self->terminal, terminal);
  gtk_widget_set_visible (GTK_WIDGET (self), terminal != NULL);
  if (!terminal)
    return;
  g_signal_connect_swapped (terminal, "lines-changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (terminal, "state-changed", G_CALLBACK (update), self);
  update (self);
}
