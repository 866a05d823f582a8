/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/console-port.h"

#include "base/signal-new.h"
#include "ui/console-preset-menu.h"
#include "ui/console-settings.h"
#include "ui/console-signals.h"
#include "ui/error-text.h"
#include "ui/name-dialog.h"
#include "ui/settings.h"
#include <glib/gi18n.h>
#include <string.h>

#define PRESET "plancia-preset"
#define USE    "plancia-use"

struct _PlanciaConsolePort
{
  GtkPopover parent_instance;

  GtkButton       *choose;
  GtkLabel        *path; /* in it */
  GtkWidget       *form;
  GtkFlowBox      *presets;
  GtkComboBoxText *baud;
  GtkDropDown     *bits;
  GtkDropDown     *parity;
  GtkDropDown     *stop;
  GtkDropDown     *flow;
  GtkLabel        *complaint;
  GtkWidget       *signals; /* our lines: the page has no room for them when it is narrow */
  GtkWidget       *lines;   /* a chip for each of ours, in their order */

  PlanciaTerminal *terminal;
  gboolean         showing; /* the program writes into the form */
};

enum {
  SIGNAL_KEPT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlanciaConsolePort, plancia_console_port, GTK_TYPE_POPOVER)

static const char        parities[] = "NEOMS";
static const char *const bauds[] = {"300",
                                    "1200",
                                    "2400",
                                    "4800",
                                    "9600",
                                    "19200",
                                    "38400",
                                    "57600",
                                    "115200",
                                    "230400",
                                    "460800",
                                    "921600"};

/* Lines that the other side drives. */
static const struct
{
  const char *name;
  guint       line;
} their_lines[] = {
  {"CTS", PLANCIA_SERIAL_LINE_CTS},
  {"DSR", PLANCIA_SERIAL_LINE_DSR},
  {"DCD", PLANCIA_SERIAL_LINE_DCD},
  {"RI",  PLANCIA_SERIAL_LINE_RI },
};

static void
complain (PlanciaConsolePort *self, const char *sentence)
{
  gtk_label_set_text (self->complaint, sentence ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->complaint), sentence != NULL);
}

/* --- the form -------------------------------------------------------------------------------------- */

static void
show_settings (PlanciaConsolePort *self, const PlanciaSerialSettings *settings)
{
  const char      *parity = strchr (parities, settings->parity);
  g_autofree char *baud = g_strdup_printf ("%u", settings->baud);
  GtkWidget       *entry = gtk_combo_box_get_child (GTK_COMBO_BOX (self->baud));

  self->showing = TRUE;
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (entry)), baud))
    gtk_editable_set_text (GTK_EDITABLE (entry), baud);
  gtk_drop_down_set_selected (self->bits, settings->data_bits - 5);
  gtk_drop_down_set_selected (self->parity, parity ? (guint) (parity - parities) : 0);
  gtk_drop_down_set_selected (self->stop, settings->stop_bits);
  gtk_drop_down_set_selected (self->flow, settings->flow);
  self->showing = FALSE;
}

static gboolean
read_settings (PlanciaConsolePort *self, PlanciaSerialSettings *settings)
{
  g_autofree char *text = gtk_combo_box_text_get_active_text (self->baud);
  guint64          baud = 0;

  if (!g_ascii_string_to_unsigned (g_strstrip (text), 10, 50, 4000000, &baud, NULL))
    return FALSE;
  settings->baud = (guint) baud;
  settings->data_bits = gtk_drop_down_get_selected (self->bits) + 5;
  settings->parity = parities[MIN (gtk_drop_down_get_selected (self->parity), 4)];
  settings->stop_bits = (PlanciaStopBits) gtk_drop_down_get_selected (self->stop);
  settings->flow = (PlanciaFlowControl) gtk_drop_down_get_selected (self->flow);
  return TRUE;
}

static void
set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaConsolePort) self = user_data;
  g_autoptr (GError) error = NULL;

  if (PLANCIA_TERMINAL (source) != self->terminal) {
    plancia_terminal_set_settings_finish (PLANCIA_TERMINAL (source), result, NULL);
    return;
  }
  if (plancia_terminal_set_settings_finish (self->terminal, result, &error))
    g_signal_emit (self, signals[SIGNAL_KEPT], 0);
  else
    complain (self, plancia_error_text (error));
}

static void
apply (PlanciaConsolePort *self, const PlanciaSerialSettings *settings)
{
  complain (self, NULL);
  plancia_terminal_set_settings_async (self->terminal, settings, set_cb, g_object_ref (self));
}

static void
form_changed_cb (PlanciaConsolePort *self)
{
  PlanciaSerialSettings settings = {0};

  if (self->showing || !self->terminal)
    return;
  if (read_settings (self, &settings))
    apply (self, &settings);
  else
    complain (self, _ ("The baud rate is a number from 50 to 4000000."));
}

static void
settings_changed_cb (PlanciaConsolePort *self)
{
  PlanciaSerialSettings settings = {0};

  plancia_terminal_get_settings (self->terminal, &settings);
  show_settings (self, &settings);
}

/* --- lines ----------------------------------------------------------------------------------------- */

static void
show_line (GtkWidget *chip, gboolean set)
{
  const char *name = gtk_label_get_label (GTK_LABEL (chip));
  /* Translators: a control line of a serial port, such as CTS, and its state. */
  g_autofree char *text = g_strdup_printf (set ? _ ("%s on") : _ ("%s off"), name);

  if (set)
    gtk_widget_add_css_class (chip, "ok");
  else
    gtk_widget_remove_css_class (chip, "ok");
  gtk_widget_set_tooltip_text (chip, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
lines_changed_cb (PlanciaConsolePort *self)
{
  guint      lines = plancia_terminal_get_lines (self->terminal);
  GtkWidget *chip = gtk_widget_get_first_child (self->lines);

  gtk_widget_set_visible (self->lines, (lines & PLANCIA_SERIAL_LINE_KNOWN) != 0);
  for (guint i = 0; i < G_N_ELEMENTS (their_lines); i++) {
    show_line (chip, (lines & their_lines[i].line) != 0);
    chip = gtk_widget_get_next_sibling (chip);
  }
}

/* --- presets --------------------------------------------------------------------------------------- */

static void
preset_cb (PlanciaConsolePort *self, GtkWidget *button)
{
  const char           *text = g_object_get_data (G_OBJECT (button), PRESET);
  PlanciaSerialSettings settings = {0};

  plancia_serial_settings_init (&settings);
  if (!self->terminal || !plancia_console_settings_from_text (&settings, text))
    return;
  show_settings (self, &settings);
  apply (self, &settings);
  plancia_console_settings_use (
    (PlanciaConsoleUse) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), USE)));
}

static gboolean
read_cb (PlanciaSerialSettings *settings, gpointer user_data)
{
  return read_settings (user_data, settings);
}

static GtkWidget *
preset_button (PlanciaConsolePort *self, const PlanciaConsolePreset *preset)
{
  GtkWidget       *button = gtk_button_new_with_label (preset->name);
  char            *text = plancia_console_settings_to_text (&preset->settings);
  g_autofree char *tooltip = preset->own
    ? g_strdup_printf ("%s\n%s", text, _ ("Right click to change it")) : g_strdup (text);

  gtk_widget_add_css_class (button, "macro");
  gtk_widget_set_tooltip_text (button, tooltip);
  g_object_set_data_full (G_OBJECT (button), PRESET, text, g_free);
  g_object_set_data (G_OBJECT (button), USE, GINT_TO_POINTER ((int) preset->use));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (preset_cb), self);
  if (preset->own)
    plancia_console_preset_menu_attach (button, self->form, read_cb, self);
  return button;
}

static void
load_presets (PlanciaConsolePort *self)
{
  g_autoptr (GPtrArray) presets = plancia_console_settings_load_presets ();
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->presets))))
    gtk_flow_box_remove (self->presets, child);
  for (guint i = 0; i < presets->len; i++) {
    GtkWidget *button = preset_button (self, g_ptr_array_index (presets, i));

    gtk_flow_box_append (self->presets, button);
    /* One stop of Tab for each. */
    gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
  }
}

static void
named_cb (const char *name, gpointer user_data)
{
  PlanciaSerialSettings *settings = user_data;

  plancia_console_settings_add_preset (name, settings);
}

static void
keep_cb (PlanciaConsolePort *self)
{
  GtkRoot               *root = gtk_widget_get_root (GTK_WIDGET (self));
  PlanciaSerialSettings *settings = g_new0 (PlanciaSerialSettings, 1);

  if (!GTK_IS_WINDOW (root) || !read_settings (self, settings)) {
    g_free (settings);
    return;
  }
  gtk_popover_popdown (GTK_POPOVER (self));
  plancia_name_dialog_show (GTK_WINDOW (root),
                            _ ("Name of these settings"), "", named_cb, settings, g_free);
}

/* --- GObject --------------------------------------------------------------------------------------- */

static void
plancia_console_port_dispose (GObject *object)
{
  plancia_console_port_set_terminal (PLANCIA_CONSOLE_PORT (object), NULL, "");
  G_OBJECT_CLASS (plancia_console_port_parent_class)->dispose (object);
}

static void
plancia_console_port_class_init (PlanciaConsolePortClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plancia_console_port_dispose;
  signals[SIGNAL_KEPT] = plancia_signal_new (PLANCIA_TYPE_CONSOLE_PORT, "kept", 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/console-port.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePort, choose);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePort, form);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePort, presets);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePort, baud);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePort, bits);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePort, parity);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePort, stop);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePort, flow);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePort, complaint);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePort, lines);
  gtk_widget_class_bind_template_callback (widget_class, keep_cb);
}

/* The port; a click lists those that there are. */
static void
make_choose (PlanciaConsolePort *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->path = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->path, PANGO_ELLIPSIZE_START);
  gtk_label_set_max_width_chars (self->path, 24);
  gtk_label_set_xalign (self->path, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->path), TRUE);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("plancia-serial-symbolic"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->path));
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_button_set_child (self->choose, box);
}

static void
plancia_console_port_init (PlanciaConsolePort *self)
{
  GtkWidget   *entry;
  GtkDropDown *lists[4];

  gtk_widget_init_template (GTK_WIDGET (self));
  make_choose (self);
  self->signals = g_object_new (PLANCIA_TYPE_CONSOLE_SIGNALS, "homogeneous", TRUE, NULL);
  gtk_box_append (GTK_BOX (self->form), self->signals);
  for (guint i = 0; i < G_N_ELEMENTS (bauds); i++)
    gtk_combo_box_text_append_text (self->baud, bauds[i]);
  entry = gtk_combo_box_get_child (GTK_COMBO_BOX (self->baud));
  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_DIGITS);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 8);
  g_signal_connect_swapped (self->baud, "changed", G_CALLBACK (form_changed_cb), self);
  for (guint i = 0; i < G_N_ELEMENTS (their_lines); i++) {
    GtkWidget *chip = gtk_label_new (their_lines[i].name);

    gtk_widget_add_css_class (chip, "chip");
    gtk_box_append (GTK_BOX (self->lines), chip);
  }
  lists[0] = self->bits;
  lists[1] = self->parity;
  lists[2] = self->stop;
  lists[3] = self->flow;
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    g_signal_connect_swapped (lists[i], "notify::selected", G_CALLBACK (form_changed_cb), self);
  g_signal_connect_object (plancia_settings_get (),
                           "changed::console-presets",
                           G_CALLBACK (load_presets),
                           self,
                           G_CONNECT_SWAPPED);
  load_presets (self);
}

/**
 * plancia_console_port_set_terminal:
 * @terminal: (nullable): the port
 * @path: as the plant has it
 */
void
plancia_console_port_set_terminal (PlanciaConsolePort *self,
                                   PlanciaTerminal    *terminal,
                                   const char         *path)
{
  if (self->terminal)
    g_signal_handlers_disconnect_by_data (self->terminal, self);
  g_set_object (&self->terminal, terminal);
  if (self->form) {
    gtk_label_set_text (self->path, path);
    plancia_console_signals_set_terminal (PLANCIA_CONSOLE_SIGNALS (self->signals), terminal);
    gtk_widget_set_visible (self->form, terminal != NULL);
  }
  if (!terminal)
    return;
  g_signal_connect_swapped (terminal, "settings-changed", G_CALLBACK (settings_changed_cb), self);
  g_signal_connect_swapped (terminal, "lines-changed", G_CALLBACK (lines_changed_cb), self);
  settings_changed_cb (self);
  lines_changed_cb (self);
}
