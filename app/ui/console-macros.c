/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/console-macros.h"

#include "ui/console-settings.h"
#include "ui/macro-dialog.h"
#include "ui/settings.h"
#include <glib/gi18n.h>

#define INDEX "plancia-macro-index"

struct _PlanciaConsoleMacros
{
  GtkBox parent_instance;

  GtkBox         *buttons;
  GtkWidget      *playing;
  GtkProgressBar *progress;

  GtkEventController *shortcuts;
  PlanciaConsoleFeed *feed;
  GPtrArray          *macros;
  GMenu              *list; /* or NULL */
  gboolean            ready;
};

G_DEFINE_FINAL_TYPE (PlanciaConsoleMacros, plancia_console_macros, GTK_TYPE_BOX)

static void
play (PlanciaConsoleMacros *self, guint index)
{
  const PlanciaConsoleMacro *macro = g_ptr_array_index (self->macros, index);
  g_autoptr (GError) error = NULL;
  GArray *steps;

  if (!self->feed || !self->ready)
    return;
  steps = plancia_console_steps_parse (macro->text, plancia_console_settings_get_ending (), &error);
  if (steps) {
    plancia_console_player_play (plancia_console_feed_get_player (self->feed), steps);
  } else {
    /* Translators: name of a macro and what is wrong in its text. */
    g_autofree char *text = g_strdup_printf (_ ("Not sent, %s: %s"), macro->name, error->message);

    plancia_console_buffer_notice (plancia_console_feed_get_buffer (self->feed), text);
  }
}

static void
play_cb (PlanciaConsoleMacros *self, GtkWidget *button)
{
  play (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), INDEX)));
}

/* --- changing ------------------------------------------------------------------------------------- */

typedef struct
{
  PlanciaConsoleMacros *row;
  guint                 index;
} Change;

static void
change_free (gpointer data)
{
  g_object_unref (((Change *) data)->row);
  g_free (data);
}

/* NULL: it is removed. */
static void
changed_cb (PlanciaConsoleMacro *macro, gpointer user_data)
{
  Change *change = user_data;
  g_autoptr (GPtrArray) macros = plancia_console_settings_load_macros ();

  if (change->index < macros->len)
    g_ptr_array_remove_index (macros, change->index);
  if (macro)
    g_ptr_array_insert (macros, (int) MIN (change->index, macros->len), macro);
  plancia_console_settings_save_macros (macros);
}

static void
edit (PlanciaConsoleMacros *self, guint index)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  Change  *change = g_new0 (Change, 1);

  change->row = g_object_ref (self);
  change->index = index;
  plancia_macro_dialog_show (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                             index < self->macros->len ? g_ptr_array_index (self->macros, index)
                                                       : NULL,
                             changed_cb,
                             change,
                             change_free);
}

static void
add_cb (PlanciaConsoleMacros *self)
{
  edit (self, self->macros->len);
}

static void
edit_pressed_cb (GtkGesture *gesture, int n_press, double x, double y, PlanciaConsoleMacros *self)
{
  GtkWidget *button = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  edit (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), INDEX)));
}

static gboolean
edit_key_cb (GtkWidget *button, GVariant *parameter, gpointer user_data)
{
  edit (user_data, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), INDEX)));
  return TRUE;
}

/* --- buttons --------------------------------------------------------------------------------------- */

static gboolean
key_cb (GtkWidget *widget, GVariant *parameter, gpointer user_data)
{
  play (PLANCIA_CONSOLE_MACROS (user_data), g_variant_get_uint32 (parameter));
  return TRUE;
}

static void
add_key (PlanciaConsoleMacros *self, const PlanciaConsoleMacro *macro, guint index)
{
  GtkShortcutTrigger *trigger = macro->key[0] ? gtk_shortcut_trigger_parse_string (macro->key)
                                              : NULL;
  GtkShortcut        *shortcut;

  if (!trigger)
    return;
  shortcut = gtk_shortcut_new (trigger, gtk_callback_action_new (key_cb, self, NULL));
  gtk_shortcut_set_arguments (shortcut, g_variant_new_uint32 (index));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (self->shortcuts), shortcut);
}

static void
add_edit_ways (PlanciaConsoleMacros *self, GtkWidget *button)
{
  GtkGesture         *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (edit_pressed_cb), self);
  gtk_widget_add_controller (button, GTK_EVENT_CONTROLLER (click));
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Menu|<Shift>F10"),
                      gtk_callback_action_new (edit_key_cb, self, NULL)));
  gtk_widget_add_controller (button, keys);
}

static char *
tooltip_text (const PlanciaConsoleMacro *macro)
{
  guint            key = 0;
  GdkModifierType  modifiers = 0;
  g_autofree char *label = NULL;

  if (macro->key[0] && gtk_accelerator_parse (macro->key, &key, &modifiers))
    label = gtk_accelerator_get_label (key, modifiers);
  return g_strdup_printf ("%s%s%s\n%s",
                          macro->text,
                          label ? "\n" : "",
                          label ? label : "",
                          _ ("Right click to change it"));
}

static void
add_button (PlanciaConsoleMacros *self, const PlanciaConsoleMacro *macro, guint index)
{
  GtkWidget       *button = gtk_button_new_with_label (macro->name);
  g_autofree char *tooltip = tooltip_text (macro);
  g_autofree char *colour = g_strconcat ("macro-", macro->colour, NULL);

  gtk_widget_add_css_class (button, "macro");
  if (macro->colour[0])
    gtk_widget_add_css_class (button, colour);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_sensitive (button, self->ready);
  g_object_set_data (G_OBJECT (button), INDEX, GUINT_TO_POINTER (index));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (play_cb), self);
  add_edit_ways (self, button);
  gtk_box_append (self->buttons, button);
}

/* The keys are those of the page, wherever the focus is in it. */
static void
renew_shortcuts (PlanciaConsoleMacros *self)
{
  GtkWidget *page = GTK_WIDGET (self);

  if (self->shortcuts)
    gtk_widget_remove_controller (page, self->shortcuts);
  self->shortcuts = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (self->shortcuts),
                                     GTK_SHORTCUT_SCOPE_MANAGED);
  gtk_widget_add_controller (page, self->shortcuts);
}

static void
fill_menu (PlanciaConsoleMacros *self)
{
  g_menu_remove_all (self->list);
  for (guint i = 0; i < self->macros->len; i++) {
    const PlanciaConsoleMacro *macro = g_ptr_array_index (self->macros, i);
    /* Translators: name of a macro. */
    g_autofree char *label = g_strdup_printf (_ ("Change %s…"), macro->name);
    g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

    g_menu_item_set_action_and_target (item, "console.edit-macro", "u", i);
    g_menu_append_item (self->list, item);
  }
}

static void
reload (PlanciaConsoleMacros *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->buttons))))
    gtk_box_remove (self->buttons, child);
  g_clear_pointer (&self->macros, g_ptr_array_unref);
  self->macros = plancia_console_settings_load_macros ();
  renew_shortcuts (self);
  for (guint i = 0; i < self->macros->len; i++) {
    add_button (self, g_ptr_array_index (self->macros, i), i);
    add_key (self, g_ptr_array_index (self->macros, i), i);
  }
  if (self->list)
    fill_menu (self);
}

/* --- what plays ------------------------------------------------------------------------------------ */

static void
player_changed_cb (PlanciaConsoleMacros *self)
{
  PlanciaConsolePlayer *player = plancia_console_feed_get_player (self->feed);

  gtk_widget_set_visible (self->playing, plancia_console_player_is_running (player));
  gtk_progress_bar_set_fraction (self->progress, plancia_console_player_get_progress (player));
}

static void
stop_cb (PlanciaConsoleMacros *self)
{
  if (self->feed)
    plancia_console_player_stop (plancia_console_feed_get_player (self->feed));
}

static void
plancia_console_macros_dispose (GObject *object)
{
  PlanciaConsoleMacros *self = PLANCIA_CONSOLE_MACROS (object);

  plancia_console_macros_set_feed (self, NULL);
  G_OBJECT_CLASS (plancia_console_macros_parent_class)->dispose (object);
}

static void
plancia_console_macros_finalize (GObject *object)
{
  PlanciaConsoleMacros *self = PLANCIA_CONSOLE_MACROS (object);

  g_clear_pointer (&self->macros, g_ptr_array_unref);
  g_clear_object (&self->list);
  G_OBJECT_CLASS (plancia_console_macros_parent_class)->finalize (object);
}

static void
plancia_console_macros_class_init (PlanciaConsoleMacrosClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = plancia_console_macros_dispose;
  object_class->finalize = plancia_console_macros_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/console-macros.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsoleMacros, buttons);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsoleMacros, playing);
  gtk_widget_class_bind_template_child (widget_class, PlanciaConsoleMacros, progress);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
}

static void
plancia_console_macros_init (PlanciaConsoleMacros *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (plancia_settings_get (),
                           "changed::console-macros",
                           G_CALLBACK (reload),
                           self,
                           G_CONNECT_SWAPPED);
  reload (self);
}

/**
 * plancia_console_macros_set_feed:
 * @feed: (nullable): whose player plays
 */
void
plancia_console_macros_set_feed (PlanciaConsoleMacros *self, PlanciaConsoleFeed *feed)
{
  if (self->feed == feed)
    return;
  if (self->feed)
    g_signal_handlers_disconnect_by_data (plancia_console_feed_get_player (self->feed), self);
  g_set_object (&self->feed, feed);
  if (!feed)
    return;
  g_signal_connect_swapped (plancia_console_feed_get_player (feed),
                            "changed",
                            G_CALLBACK (player_changed_cb),
                            self);
  player_changed_cb (self);
}

/**
 * plancia_console_macros_set_ready:
 * @ready: whether there is somebody to send to
 */
void
plancia_console_macros_set_ready (PlanciaConsoleMacros *self, gboolean ready)
{
  self->ready = ready;
  for (GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->buttons)); button;
       button = gtk_widget_get_next_sibling (button))
    gtk_widget_set_sensitive (button, ready);
}

static void
edit_action_cb (PlanciaConsoleMacros *self, GVariant *parameter)
{
  edit (self, g_variant_get_uint32 (parameter));
}

/**
 * plancia_console_macros_set_menu:
 * @actions: of the page
 * @list: part of its menu
 */
void
plancia_console_macros_set_menu (PlanciaConsoleMacros *self, GActionMap *actions, GMenu *list)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new ("edit-macro", G_VARIANT_TYPE_UINT32);

  g_set_object (&self->list, list);
  g_signal_connect_object (action,
                           "activate",
                           G_CALLBACK (edit_action_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_action_map_add_action (actions, G_ACTION (action));
  fill_menu (self);
}
