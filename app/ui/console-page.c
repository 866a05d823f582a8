/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/console-page.h"

#include "model/connection-options.h"
#include "ui/console-answer.h"
#include "ui/console-feed.h"
#include "ui/console-files.h"
#include "ui/console-find.h"
#include "ui/console-input.h"
#include "ui/console-macros.h"
#include "ui/console-menu.h"
#include "ui/console-notes.h"
#include "ui/console-paste.h"
#include "ui/console-port.h"
#include "ui/console-signals.h"
#include "ui/console-trouble.h"
#include "ui/console-view.h"
#include "ui/ports-dialog.h"
#include "ui/settings.h"
#include "ui/state-chip.h"
#include "ui/state-mark.h"
#include <glib/gi18n.h>

struct _PlanciaConsolePage
{
  PlanciaSessionBin parent_instance;

  GtkMenuButton         *port_button;
  PlanciaStateMark      *mark;
  GtkLabel              *format;
  GtkDropDown           *time;
  GtkButton             *connect_button;
  PlanciaConsolePort    *port;
  PlanciaConsoleSignals *signals;
  GtkToggleButton       *log_button;
  GtkLabel              *dropped;
  PlanciaConsoleAnswer  *answer;
  PlanciaConsoleMacros  *macros;
  GtkToggleButton       *find_button;
  GtkMenuButton         *more_button;
  PlanciaConsoleFind    *find;
  PlanciaConsoleTrouble *trouble;
  GtkStack              *stack;
  AdwStatusPage         *closed_page;
  PlanciaConsoleView    *view;
  GtkButton             *pill;
  AdwButtonContent      *pill_content;
  PlanciaConsoleInput   *input;

  PlanciaSession       *session; /* borrowed from the bin */
  PlanciaDevice        *device;  /* a console, or NULL */
  PlanciaBackend       *backend; /* its own */
  PlanciaConsoleFeed   *feed;    /* of the backend */
  PlanciaConsoleBuffer *lines;   /* of the feed */
  GActionMap           *actions;
  PlanciaConsoleMenu   *menu;
};

G_DEFINE_FINAL_TYPE (PlanciaConsolePage, plancia_console_page, PLANCIA_TYPE_SESSION_BIN)

/* Values of the settings, in the order of the enumerations and of the list of times. */
static const char *const modes[] = {"text", "hex", "both", NULL};
static const char *const times[] = {"absolute", "delta", "none", NULL};
static const char *const charsets[] = {"utf8", "latin1", NULL};

static guint
find_choice (const char *const *choices, const char *value)
{
  for (guint i = 0; choices[i] != NULL; i++)
    if (g_str_equal (choices[i], value))
      return i;

  return 0;
}

static guint
get_choice (const char *key, const char *const *choices)
{
  g_autofree char *value = g_settings_get_string (plancia_settings_get (), key);

  return find_choice (choices, value);
}

/* --- state ------------------------------------------------------------------------------------- */

static PlanciaState
current_state (PlanciaConsolePage *self)
{
  return self->backend ? plancia_backend_get_state (self->backend) : PLANCIA_STATE_CLOSED;
}

static void
enable_action (PlanciaConsolePage *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (self->actions, name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static gboolean
has_lines (PlanciaConsolePage *self)
{
  const PlanciaConsoleStore *store = self->lines ? plancia_console_buffer_get_store (self->lines)
                                                 : NULL;

  return store && plancia_console_store_get_end (store) > plancia_console_store_get_first (store);
}

/* Without a line there is nothing to read: then the page says what connecting means. */
static void
update_state (PlanciaConsolePage *self)
{
  PlanciaState state = current_state (self);
  gboolean     open = state == PLANCIA_STATE_OPEN;
  gboolean     idle = state == PLANCIA_STATE_CLOSED || state == PLANCIA_STATE_FAILING ||
                  state == PLANCIA_STATE_TAKEN_OVER;
  gboolean output = open || has_lines (self);

  if (!self->device)
    return;

  plancia_state_mark_set_mark (self->mark, plancia_state_chip_mark_of (self->backend));
  plancia_console_notes_show_closed (
    self->closed_page,
    plancia_entry_get_address (plancia_device_get_entry (self->device)),
    state);
  enable_action (self, "connect", idle);
  enable_action (self, "disconnect", state != PLANCIA_STATE_CLOSED);
  gtk_stack_set_visible_child_name (self->stack, output ? "output" : "closed");
  gtk_widget_set_visible (GTK_WIDGET (self->connect_button), idle && output);
  plancia_console_input_set_ready (self->input, open);
  plancia_console_macros_set_ready (self->macros, open);
  plancia_console_menu_update (self->menu);
  plancia_console_notes_show_dropped (self->dropped, self->lines);
  plancia_console_input_set_secret (self->input,
                                    self->lines &&
                                      plancia_console_buffer_asks_secret (self->lines));
}

static void
state_changed_cb (PlanciaConsolePage *self)
{
  update_state (self);
  if (current_state (self) == PLANCIA_STATE_OPEN && gtk_widget_get_mapped (GTK_WIDGET (self)))
    plancia_console_input_focus (self->input);
}

/* --- the device ---------------------------------------------------------------------------------- */

static void
update_log (PlanciaConsolePage *self)
{
  PlanciaConsoleLog *log = self->feed ? plancia_console_feed_get_log (self->feed) : NULL;
  g_autofree char   *name = log ? g_file_get_parse_name (plancia_console_log_get_file (log)) : NULL;
  g_autofree char   *size = log ? g_format_size (plancia_console_log_get_bytes (log)) : NULL;
  /* Translators: name of a log file and its size. */
  g_autofree char *text = log ? g_strdup_printf (_ ("Stop the log %s, %s"), name, size) : NULL;

  gtk_toggle_button_set_active (self->log_button, log != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->log_button), text ? text : _ ("Log to file"));
  if (log)
    gtk_widget_add_css_class (GTK_WIDGET (self->log_button), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->log_button), "error");
}

static void
set_terminal (PlanciaConsolePage *self, PlanciaTerminal *terminal, const char *path)
{
  plancia_console_port_set_terminal (self->port, terminal, path);
  plancia_console_signals_set_terminal (self->signals, terminal);
}

static void
drop_device (PlanciaConsolePage *self)
{
  if (self->feed)
    g_signal_handlers_disconnect_by_data (self->feed, self);
  if (self->macros) {
    plancia_console_macros_set_feed (self->macros, NULL);
    plancia_console_menu_set_feed (self->menu, NULL, NULL);
    plancia_console_answer_clear (self->answer);
    set_terminal (self, NULL, "");
    plancia_console_trouble_set_backend (self->trouble, NULL, "");
  }
  if (self->backend)
    g_signal_handlers_disconnect_by_data (self->backend, self);
  if (self->lines)
    g_signal_handlers_disconnect_by_data (self->lines, self);
  g_clear_object (&self->lines);
  g_clear_object (&self->feed);
  g_clear_object (&self->backend);
  g_clear_object (&self->device);
}

static PlanciaBackend *
console_of (PlanciaDevice *device)
{
  gboolean console = device && (plancia_device_get_flags (device) & PLANCIA_BACKEND_CONSOLE) != 0;

  return console && plancia_device_get_entry (device) ? plancia_device_get_backend (device) : NULL;
}

/* The speed and format in force. */
static void
show_format (PlanciaConsolePage *self)
{
  PlanciaAddress *address = plancia_entry_get_address (plancia_device_get_entry (self->device));
  PlanciaSerialSettings settings = {0};
  g_autofree char      *format = g_strdup (plancia_address_get_format (address));
  g_autofree char      *text = NULL;

  settings.baud = plancia_address_get_baud (address);
  if (PLANCIA_IS_TERMINAL (self->backend)) {
    plancia_terminal_get_settings (PLANCIA_TERMINAL (self->backend), &settings);
    g_free (format);
    format = plancia_serial_settings_dup_format (&settings);
  }
  text = g_strdup_printf ("%u %s", settings.baud, format);
  gtk_label_set_text (self->format, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->port_button),
                               plancia_address_get_device (address));
}

/* Other lines: what was found is looked for again. */
static void
cut_anew_cb (PlanciaConsolePage *self)
{
  plancia_console_find_refresh (self->find);
}

static void
take_feed (PlanciaConsolePage *self, PlanciaAddress *address)
{
  self->feed = g_object_ref (plancia_console_feed_of (self->backend, address));
  self->lines = g_object_ref (plancia_console_feed_get_buffer (self->feed));
  g_signal_connect_swapped (self->lines, "changed", G_CALLBACK (update_state), self);
  g_signal_connect_swapped (self->lines, "cut-anew", G_CALLBACK (cut_anew_cb), self);
  g_signal_connect_swapped (self->feed, "log-changed", G_CALLBACK (update_log), self);
  plancia_console_input_set_port (self->input, plancia_console_feed_get_port (self->feed));
  plancia_console_macros_set_feed (self->macros, self->feed);
  plancia_console_menu_set_feed (self->menu, self->feed, self->backend);
  update_log (self);
}

static void
take_device (PlanciaConsolePage *self, PlanciaDevice *device, PlanciaBackend *backend)
{
  PlanciaAddress *address = plancia_entry_get_address (plancia_device_get_entry (device));

  self->device = g_object_ref (device);
  self->backend = g_object_ref (backend);
  take_feed (self, address);
  g_signal_connect_swapped (backend, "state-changed", G_CALLBACK (state_changed_cb), self);
  if (PLANCIA_IS_TERMINAL (backend)) {
    g_signal_connect_swapped (backend, "settings-changed", G_CALLBACK (show_format), self);
    set_terminal (self, PLANCIA_TERMINAL (backend), plancia_address_get_device (address));
  }
  plancia_console_trouble_set_backend (self->trouble,
                                       backend,
                                       plancia_address_get_device (address));
  show_format (self);
}

/* Another device that is no console leaves the page as it is: it is not on the screen then. */
static void
device_changed_cb (PlanciaConsolePage *self)
{
  PlanciaDevice    *device = plancia_session_get_device (self->session);
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);
  PlanciaBackend   *backend = console_of (device);

  if (!backend || (device == self->device && backend == self->backend))
    return;

  drop_device (self);
  take_device (self, device, backend);
  if (plant)
    plancia_console_view_set_zone (self->view,
                                   plancia_plant_get_zone (plancia_open_plant_get_plant (plant)));
  plancia_console_view_set_lines (self->view, self->lines);
  plancia_console_find_refresh (self->find);
  update_state (self);
}

/* The backends of another plant are not held back. */
static void
plant_changed_cb (PlanciaConsolePage *self)
{
  drop_device (self);
  plancia_console_view_set_lines (self->view, NULL);
  plancia_console_find_refresh (self->find);
  device_changed_cb (self);
  /* The device may be on another port then. */
  if (plancia_session_get_plant (self->session))
    g_signal_connect_object (plancia_session_get_plant (self->session),
                             "document-changed",
                             G_CALLBACK (device_changed_cb),
                             self,
                             G_CONNECT_SWAPPED);
}

/* The plant says from now on how the port is set up. */
static void
port_kept_cb (PlanciaConsolePage *self)
{
  PlanciaOpenPlant     *plant = plancia_session_get_plant (self->session);
  PlanciaSerialSettings settings = {0};

  if (!plant || !self->device)
    return;
  plancia_terminal_get_settings (PLANCIA_TERMINAL (self->backend), &settings);
  plancia_connection_options_keep_serial (plant, self->device, &settings);
}

/* --- what a person does ------------------------------------------------------------------------- */

static void
send_cb (PlanciaConsolePage *self, GBytes *bytes)
{
  if (!self->feed)
    return;

  plancia_console_view_scroll_to_end (self->view);
  plancia_console_feed_send (self->feed, bytes);
}

static void
query_cb (PlanciaConsolePage *self, GBytes *bytes)
{
  if (!self->feed)
    return;
  plancia_console_view_scroll_to_end (self->view);
  plancia_console_answer_ask (self->answer, self->feed, bytes);
}

static void
paste_cb (PlanciaConsolePage *self, const char *text)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->feed && GTK_IS_WINDOW (root))
    plancia_console_paste_show (GTK_WINDOW (root), self->feed, text);
}

/* Whether the button is down follows the log, not the finger. */
static void
log_clicked_cb (PlanciaConsolePage *self)
{
  if (self->feed && plancia_console_feed_get_log (self->feed))
    plancia_console_feed_stop_log (self->feed);
  else if (self->feed)
    plancia_console_files_log (GTK_WIDGET (self),
                               self->feed,
                               plancia_console_view_get_format (self->view));
  update_log (self);
}

static void
pill_clicked_cb (PlanciaConsolePage *self)
{
  plancia_console_view_scroll_to_end (self->view);
}

static void
new_lines_cb (PlanciaConsolePage *self)
{
  guint            count = plancia_console_view_get_new_lines (self->view);
  g_autofree char *label =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u new line", "%u new lines", count), count);

  adw_button_content_set_label (self->pill_content, label);
  gtk_widget_set_visible (GTK_WIDGET (self->pill), count > 0);
}

static void
connect_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaConsolePage *self = user_data;
  PlanciaOpenPlant   *plant = plancia_session_get_plant (self->session);

  if (plant && self->device)
    plancia_open_plant_connect (plant, self->device);
}

static void
disconnect_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaConsolePage *self = user_data;
  PlanciaOpenPlant   *plant = plancia_session_get_plant (self->session);

  if (plant && self->device)
    plancia_open_plant_disconnect (plant, self->device);
}

static void
port_chosen_cb (const char *path, gpointer user_data)
{
  PlanciaConsolePage *self = user_data;
  PlanciaOpenPlant   *plant = plancia_session_get_plant (self->session);

  if (plant && self->device)
    plancia_connection_options_take_port (plant, self->device, path);
}

static void
choose_port_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaConsolePage *self = user_data;

  gtk_menu_button_popdown (self->port_button);
  if (self->feed)
    plancia_ports_dialog_show (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                               plancia_console_feed_get_port (self->feed),
                               port_chosen_cb,
                               g_object_ref (self),
                               g_object_unref);
}

static void
query_line_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plancia_console_input_query (PLANCIA_CONSOLE_PAGE (user_data)->input);
}

static void
find_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plancia_console_find_start (PLANCIA_CONSOLE_PAGE (user_data)->find);
}

/* Ctrl+F of the window. */
static void
search_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  plancia_console_find_start (PLANCIA_CONSOLE_PAGE (widget)->find);
}

/* --- settings ------------------------------------------------------------------------------------ */

/* How lines are shown, also those that came already. */
static void
format_setting_cb (PlanciaConsolePage *self)
{
  GSettings           *settings = plancia_settings_get ();
  guint                time = get_choice ("console-time", times);
  PlanciaConsoleFormat format = {0};

  format.mode = (PlanciaConsoleMode) get_choice ("console-view", modes);
  format.time = (PlanciaConsoleTime) time;
  format.charset = (PlanciaConsoleCharset) get_choice ("console-charset", charsets);
  format.ansi = g_settings_get_boolean (settings, "console-ansi");
  format.decode = g_settings_get_boolean (settings, "console-decode");
  plancia_console_view_set_format (self->view, &format);
  plancia_console_find_refresh (self->find);
  gtk_drop_down_set_selected (self->time, time);
}

static void
time_selected_cb (PlanciaConsolePage *self)
{
  guint choice = gtk_drop_down_get_selected (self->time);

  if (choice < g_strv_length ((char **) times))
    g_settings_set_string (plancia_settings_get (), "console-time", times[choice]);
}

static void
follow_settings (PlanciaConsolePage *self)
{
  static const char *const signals[] = {"changed::console-view",
                                        "changed::console-time",
                                        "changed::console-charset",
                                        "changed::console-ansi",
                                        "changed::console-decode"};

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (plancia_settings_get (),
                             signals[i],
                             G_CALLBACK (format_setting_cb),
                             self,
                             G_CONNECT_SWAPPED);
  format_setting_cb (self);
  g_signal_connect_swapped (self->time, "notify::selected", G_CALLBACK (time_selected_cb), self);
}

static void
add_actions (PlanciaConsolePage *self)
{
  static const GActionEntry entries[] = {
    {.name = "find",        .activate = find_cb       },
    {.name = "connect",     .activate = connect_cb    },
    {.name = "disconnect",  .activate = disconnect_cb },
    {.name = "choose-port", .activate = choose_port_cb},
    {.name = "query",       .activate = query_line_cb },
  };
  GSimpleActionGroup *group = g_simple_action_group_new ();

  self->actions = G_ACTION_MAP (group);
  g_action_map_add_action_entries (self->actions, entries, G_N_ELEMENTS (entries), self);
  self->menu = plancia_console_menu_new (GTK_WIDGET (self), self->actions);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "console", G_ACTION_GROUP (group));
}

static void
add_menus (PlanciaConsolePage *self)
{
  g_autoptr (GtkBuilder)
    builder = gtk_builder_new_from_resource (PLANCIA_RESOURCE_PREFIX "/console-menus.ui");

  gtk_menu_button_set_menu_model (self->more_button,
                                  G_MENU_MODEL (gtk_builder_get_object (builder, "more_menu")));
  plancia_console_macros_set_menu (self->macros,
                                   self->actions,
                                   G_MENU (gtk_builder_get_object (builder, "macro_list")));
}

/* --- GObject ------------------------------------------------------------------------------------ */

static void
plancia_console_page_constructed (GObject *object)
{
  PlanciaConsolePage *self = PLANCIA_CONSOLE_PAGE (object);

  G_OBJECT_CLASS (plancia_console_page_parent_class)->constructed (object);
  self->session = plancia_session_bin_get_session (PLANCIA_SESSION_BIN (self));

  if (!self->session)
    return;

  plancia_session_bin_follow (PLANCIA_SESSION_BIN (self),
                              "notify::device",
                              G_CALLBACK (device_changed_cb));
  plancia_session_bin_follow (PLANCIA_SESSION_BIN (self),
                              "notify::plant",
                              G_CALLBACK (plant_changed_cb));
  plant_changed_cb (self);
}

static void
plancia_console_page_dispose (GObject *object)
{
  PlanciaConsolePage *self = PLANCIA_CONSOLE_PAGE (object);

  drop_device (self);
  if (self->view)
    plancia_console_view_set_lines (self->view, NULL);

  G_OBJECT_CLASS (plancia_console_page_parent_class)->dispose (object);
}

static void
plancia_console_page_finalize (GObject *object)
{
  PlanciaConsolePage *self = PLANCIA_CONSOLE_PAGE (object);

  g_clear_pointer (&self->menu, plancia_console_menu_free);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (plancia_console_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/console-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePage, port_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePage, mark);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePage, format);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePage, macros);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePage, trouble);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePage, answer);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePage, dropped);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePage, log_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePage, signals);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePage, port);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePage, time);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePage, connect_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePage, find_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePage, more_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePage, find);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePage, stack);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePage, closed_page);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePage, view);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePage, pill);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePage, pill_content);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsolePage, input);
  gtk_widget_class_bind_template_callback (widget_class, pill_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, send_cb);
  gtk_widget_class_bind_template_callback (widget_class, query_cb);
  gtk_widget_class_bind_template_callback (widget_class, paste_cb);
  gtk_widget_class_bind_template_callback (widget_class, log_clicked_cb);
}

static void
plancia_console_page_class_init (PlanciaConsolePageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GdkModifierType control = GDK_CONTROL_MASK;

  object_class->constructed = plancia_console_page_constructed;
  object_class->dispose = plancia_console_page_dispose;
  object_class->finalize = plancia_console_page_finalize;

  g_type_ensure (PLANCIA_TYPE_CONSOLE_ANSWER);
  g_type_ensure (PLANCIA_TYPE_CONSOLE_FIND);
  g_type_ensure (PLANCIA_TYPE_CONSOLE_INPUT);
  g_type_ensure (PLANCIA_TYPE_CONSOLE_MACROS);
  g_type_ensure (PLANCIA_TYPE_CONSOLE_PORT);
  g_type_ensure (PLANCIA_TYPE_CONSOLE_SIGNALS);
  g_type_ensure (PLANCIA_TYPE_CONSOLE_TROUBLE);
  g_type_ensure (PLANCIA_TYPE_CONSOLE_VIEW);
  g_type_ensure (PLANCIA_TYPE_STATE_MARK);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "page.search", NULL, search_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, control, "console.clear", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, control, "page.search", NULL);
}

static void
plancia_console_page_init (PlanciaConsolePage *self)
{
  add_actions (self);
  gtk_widget_init_template (GTK_WIDGET (self));
  plancia_console_menu_set_view (self->menu, self->view);
  add_menus (self);
  plancia_console_find_set_view (self->find, self->view);
  g_object_bind_property (self->find,
                          "search-mode",
                          self->find_button,
                          "active",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_signal_connect_swapped (self->port, "kept", G_CALLBACK (port_kept_cb), self);
  g_signal_connect_swapped (self->view, "notify::new-lines", G_CALLBACK (new_lines_cb), self);
  follow_settings (self);
}
