/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/console-input.h"

#include "base/signal-new.h"
#include "protocol/console-lines.h"
#include "ui/form-bin.h"
#include "ui/settings.h"
#include <glib/gi18n.h>
#include <string.h>

#define HISTORY_LIMIT 200

struct _PlanciaConsoleInput
{
  GtkBox parent_instance;

  PlanciaFormBin  *form;
  GtkEntry        *entry;
  GtkToggleButton *hex;
  GtkDropDown     *ending;
  GtkButton       *query;
  GtkButton       *send;
  GtkRevealer     *complaint_revealer;
  GtkLabel        *complaint;

  char      *port;    /* whose history it is */
  GPtrArray *history; /* char*, the newest last */
  guint      place;   /* in history; its length: what is being typed */
  char      *draft;   /* what was typed before going back */
  gboolean   ready;
  gboolean   secret;
};

enum {
  SIGNAL_SEND,
  SIGNAL_QUERY,
  SIGNAL_PASTE,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaConsoleInput, plancia_console_input, GTK_TYPE_BOX)

static guint signals[N_SIGNALS];

/* In the order of the list: name in the settings, bytes. */
static const struct
{
  const char *name;
  const char *bytes;
} endings[] = {
  {"crlf", "\r\n"},
  {"lf",   "\n"  },
  {"cr",   "\r"  },
  {"none", ""    },
};

/* --- history ------------------------------------------------------------------------------------ */

static void
load_history (PlanciaConsoleInput *self)
{
  g_autoptr (GVariant) all = g_settings_get_value (plancia_settings_get (), "console-histories");
  g_auto (GStrv) lines = NULL;

  g_ptr_array_set_size (self->history, 0);
  if (g_variant_lookup (all, self->port, "^as", &lines))
    for (guint i = 0; lines[i] != NULL; i++)
      g_ptr_array_add (self->history, g_strdup (lines[i]));
  self->place = self->history->len;
}

static void
save_history (PlanciaConsoleInput *self)
{
  g_autoptr (GVariant) all = g_settings_get_value (plancia_settings_get (), "console-histories");
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{sas}"));
  GVariantIter    iter;
  const char     *port;
  GVariant       *lines;

  g_variant_iter_init (&iter, all);
  while (g_variant_iter_loop (&iter, "{&s@as}", &port, &lines))
    if (!g_str_equal (port, self->port))
      g_variant_builder_add (&builder, "{s@as}", port, lines);
  lines = g_variant_new_strv ((const char *const *) self->history->pdata, self->history->len);
  g_variant_builder_add (&builder, "{s@as}", self->port, lines);
  g_settings_set_value (plancia_settings_get (),
                        "console-histories",
                        g_variant_builder_end (&builder));
}

/* The newest last; the same line once, at its newest place. */
static void
remember (PlanciaConsoleInput *self, const char *line)
{
  guint at;

  if (line[0] == '\0')
    return;

  if (g_ptr_array_find_with_equal_func (self->history, line, g_str_equal, &at))
    g_ptr_array_remove_index (self->history, at);
  g_ptr_array_add (self->history, g_strdup (line));
  if (self->history->len > HISTORY_LIMIT)
    g_ptr_array_remove_index (self->history, 0);
  save_history (self);
}

static void
show_line (PlanciaConsoleInput *self, const char *line)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), line);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

static void
go_back (PlanciaConsoleInput *self)
{
  if (self->place == 0)
    return;

  if (self->place == self->history->len) {
    g_free (self->draft);
    self->draft = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  }
  self->place--;
  show_line (self, g_ptr_array_index (self->history, self->place));
}

static void
go_on (PlanciaConsoleInput *self)
{
  if (self->place >= self->history->len)
    return;

  self->place++;
  show_line (self,
             self->place < self->history->len ? g_ptr_array_index (self->history, self->place)
             : self->draft                    ? self->draft
                                              : "");
}

static gboolean
key_pressed_cb (PlanciaConsoleInput *self, guint key, guint code, GdkModifierType modifiers)
{
  if ((modifiers & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;

  if (key == GDK_KEY_Up || key == GDK_KEY_KP_Up)
    go_back (self);
  else if (key == GDK_KEY_Down || key == GDK_KEY_KP_Down)
    go_on (self);
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

/* --- sending ------------------------------------------------------------------------------------ */

static void
complain (PlanciaConsoleInput *self, const char *sentence)
{
  gtk_label_set_text (self->complaint, sentence ? sentence : "");
  gtk_revealer_set_reveal_child (self->complaint_revealer, sentence != NULL);
  if (sentence)
    gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
}

static void
update_sensitive (PlanciaConsoleInput *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  gboolean    hex = gtk_toggle_button_get_active (self->hex);

  gtk_widget_set_sensitive (GTK_WIDGET (self->entry), self->ready);
  gtk_widget_set_sensitive (GTK_WIDGET (self->hex), self->ready);
  gtk_widget_set_sensitive (GTK_WIDGET (self->ending), self->ready && !hex);
  gtk_widget_set_sensitive (GTK_WIDGET (self->send), self->ready && (!hex || text[0] != '\0'));
  gtk_widget_set_sensitive (GTK_WIDGET (self->query), self->ready && text[0] != '\0');
}

/* Bytes typed as hex are sent as they are; a line gets its ending, even an empty one. */
static GBytes *
parse (PlanciaConsoleInput *self, const char *text)
{
  gboolean    hex = gtk_toggle_button_get_active (self->hex);
  guint       ending = gtk_drop_down_get_selected (self->ending);
  const char *bytes = !hex && ending < G_N_ELEMENTS (endings) ? endings[ending].bytes : "";

  return plancia_console_parse (text, hex, bytes, NULL);
}

static void
emit_line (PlanciaConsoleInput *self, guint signal)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr (GBytes) bytes = self->ready ? parse (self, text) : NULL;

  if (!self->ready)
    return;
  if (!bytes) {
    complain (self,
              gtk_toggle_button_get_active (self->hex)
              ? _ ("Type pairs of hex digits, such as 48 65 6C.")
              : _ ("After a backslash comes r, n, t, 0, a backslash, or x and two hex digits."));
    return;
  }
  if (g_bytes_get_size (bytes) == 0)
    return;

  if (!self->secret)
    remember (self, text);
  self->place = self->history->len;
  g_clear_pointer (&self->draft, g_free);
  show_line (self, "");
  g_signal_emit (self, signals[signal], 0, bytes);
}

static void
send_cb (PlanciaConsoleInput *self)
{
  emit_line (self, SIGNAL_SEND);
}

/* A narrow window has room for the line and how it is sent. */
static void
show_form (PlanciaConsoleInput *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->query), !plancia_form_bin_get_narrow (self->form));
}

static void
query_cb (PlanciaConsoleInput *self)
{
  emit_line (self, SIGNAL_QUERY);
}

/* --- pasting ------------------------------------------------------------------------------------ */

static void
insert (PlanciaConsoleInput *self, const char *text)
{
  GtkEditable *editable = GTK_EDITABLE (self->entry);
  int          at;

  gtk_editable_delete_selection (editable);
  at = gtk_editable_get_position (editable);
  gtk_editable_insert_text (editable, text, -1, &at);
  gtk_editable_set_position (editable, at);
}

/* One line goes where the cursor is, with or without its end; several are not for an entry. */
static void
pasted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaConsoleInput) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  char            *end;

  if (!text)
    return;
  end = strchr (text, '\n');
  if (end && end[1] != '\0')
    g_signal_emit (self, signals[SIGNAL_PASTE], 0, text);
  else
    insert (self, g_strchomp (text));
}

static void
paste_cb (PlanciaConsoleInput *self, GtkWidget *text)
{
  g_signal_stop_emission_by_name (text, "paste-clipboard");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (text),
                                 NULL,
                                 pasted_cb,
                                 g_object_ref (self));
}

/* Hex is checked while it is typed: a last digit without its other half is no mistake yet. */
static void
entry_changed_cb (PlanciaConsoleInput *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  gboolean    wrong = gtk_toggle_button_get_active (self->hex) &&
                   text[strspn (text, "0123456789abcdefABCDEF \t:xX")] != '\0';

  complain (self, wrong ? _ ("Type pairs of hex digits, such as 48 65 6C.") : NULL);
  update_sensitive (self);
}

static void
hex_toggled_cb (PlanciaConsoleInput *self)
{
  gboolean hex = gtk_toggle_button_get_active (self->hex);

  gtk_entry_set_placeholder_text (self->entry,
                                  hex
                                  ? _ ("Bytes, such as 48 65 6C")
                                  : _ ("Type a line; ↑ for history"));
  complain (self, NULL);
  update_sensitive (self);
}

/* --- GObject ------------------------------------------------------------------------------------ */

static gboolean
ending_from_setting (GValue *value, GVariant *variant, gpointer user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_equal (endings[i].name, g_variant_get_string (variant, NULL)))
      g_value_set_uint (value, i);

  return TRUE;
}

static GVariant *
ending_to_setting (const GValue *value, const GVariantType *type, gpointer user_data)
{
  guint ending = g_value_get_uint (value);

  return g_variant_new_string (endings[MIN (ending, G_N_ELEMENTS (endings) - 1)].name);
}

static void
plancia_console_input_dispose (GObject *object)
{
  g_settings_unbind (PLANCIA_CONSOLE_INPUT (object)->ending, "selected");

  G_OBJECT_CLASS (plancia_console_input_parent_class)->dispose (object);
}

static void
plancia_console_input_finalize (GObject *object)
{
  PlanciaConsoleInput *self = PLANCIA_CONSOLE_INPUT (object);

  g_ptr_array_unref (self->history);
  g_free (self->draft);
  g_free (self->port);

  G_OBJECT_CLASS (plancia_console_input_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, GType type)
{
  return plancia_signal_new (PLANCIA_TYPE_CONSOLE_INPUT, name, 1, type);
}

static void
plancia_console_input_class_init (PlanciaConsoleInputClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plancia_console_input_dispose;
  object_class->finalize = plancia_console_input_finalize;

  signals[SIGNAL_SEND] = add_signal ("send", G_TYPE_BYTES);
  signals[SIGNAL_QUERY] = add_signal ("query", G_TYPE_BYTES);
  signals[SIGNAL_PASTE] = add_signal ("paste", G_TYPE_STRING);

  g_type_ensure (PLANCIA_TYPE_FORM_BIN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/console-input.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsoleInput, form);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsoleInput, entry);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsoleInput, hex);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsoleInput, ending);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsoleInput, query);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsoleInput, send);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsoleInput, complaint_revealer);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsoleInput, complaint);
  gtk_widget_class_bind_template_callback (widget_class, send_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_form);
  gtk_widget_class_bind_template_callback (widget_class, query_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, hex_toggled_cb);
}

static void
plancia_console_input_init (PlanciaConsoleInput *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->history = g_ptr_array_new_with_free_func (g_free);
  self->port = g_strdup ("");

  /* Before the entry, which would move the focus. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);

  g_signal_connect_object (gtk_editable_get_delegate (GTK_EDITABLE (self->entry)),
                           "paste-clipboard",
                           G_CALLBACK (paste_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_settings_bind_with_mapping (plancia_settings_get (),
                                "console-line-ending",
                                self->ending,
                                "selected",
                                G_SETTINGS_BIND_DEFAULT,
                                ending_from_setting,
                                ending_to_setting,
                                NULL,
                                NULL);
  update_sensitive (self);
}

/**
 * plancia_console_input_set_port:
 * @port: what the history is kept under
 */
void
plancia_console_input_set_port (PlanciaConsoleInput *self, const char *port)
{
  g_free (self->port);
  self->port = g_strdup (port);
  g_clear_pointer (&self->draft, g_free);
  load_history (self);
}

/**
 * plancia_console_input_set_secret:
 * @secret: whether the device asked for a password
 */
void
plancia_console_input_set_secret (PlanciaConsoleInput *self, gboolean secret)
{
  self->secret = secret;
}

/**
 * plancia_console_input_set_ready:
 * @ready: whether there is somebody to send to
 */
void
plancia_console_input_set_ready (PlanciaConsoleInput *self, gboolean ready)
{
  self->ready = ready;
  update_sensitive (self);
}

/**
 * plancia_console_input_focus:
 */
void
plancia_console_input_focus (PlanciaConsoleInput *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/**
 * plancia_console_input_query:
 *
 * Sends the line as a question, if there is one and somebody to ask.
 */
void
plancia_console_input_query (PlanciaConsoleInput *self)
{
  query_cb (self);
}
