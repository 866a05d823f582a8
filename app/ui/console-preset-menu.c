/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/console-preset-menu.h"

#include "ui/name-dialog.h"
#include <glib/gi18n.h>

/* Of one button; the menu has the same. */
typedef struct
{
  char             *name;
  GtkWidget        *parent;
  PlanciaPresetFunc read;
  gpointer          user_data;
} Preset;

static void
preset_free (Preset *preset)
{
  g_free (preset->name);
  g_free (preset);
}

static Preset *
preset_copy (const Preset *preset)
{
  Preset *copy = g_memdup2 (preset, sizeof *preset);

  copy->name = g_strdup (preset->name);
  return copy;
}

/* --- what the menu does ----------------------------------------------------------------------- */

static gboolean
find_settings (const char *name, PlanciaSerialSettings *settings)
{
  g_autoptr (GPtrArray) presets = plancia_console_settings_load_presets ();

  for (guint i = 0; i < presets->len; i++) {
    const PlanciaConsolePreset *preset = g_ptr_array_index (presets, i);

    if (preset->own && g_str_equal (preset->name, name)) {
      *settings = preset->settings;
      return TRUE;
    }
  }
  return FALSE;
}

static void
replace_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Preset               *preset = user_data;
  PlanciaSerialSettings settings = {0};

  if (preset->read (&settings, preset->user_data))
    plancia_console_settings_add_preset (preset->name, &settings);
}

static void
renamed (const char *name, gpointer user_data)
{
  Preset               *preset = user_data;
  PlanciaSerialSettings settings = {0};

  if (!find_settings (preset->name, &settings))
    return;
  plancia_console_settings_remove_preset (preset->name);
  plancia_console_settings_add_preset (name, &settings);
}

static void
rename_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Preset    *preset = user_data;
  GtkRoot   *root = gtk_widget_get_root (preset->parent);
  GtkWidget *popover = gtk_widget_get_ancestor (preset->parent, GTK_TYPE_POPOVER);

  if (!GTK_IS_WINDOW (root))
    return;
  if (popover)
    gtk_popover_popdown (GTK_POPOVER (popover));
  plancia_name_dialog_show (GTK_WINDOW (root),
                            _ ("Name of these settings"),
                               preset->name,
                               renamed,
                               preset_copy (preset),
                               (GDestroyNotify) preset_free);
}

static void
remove_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plancia_console_settings_remove_preset (((Preset *) user_data)->name);
}

/* --- menu ------------------------------------------------------------------------------------ */

static GSimpleActionGroup *
make_actions (const Preset *preset)
{
  static const GActionEntry entries[] = {
    {"replace", replace_cb, NULL, NULL, NULL, {0}},
    {"rename",  rename_cb,  NULL, NULL, NULL, {0}},
    {"remove",  remove_cb,  NULL, NULL, NULL, {0}},
  };
  GSimpleActionGroup *group = g_simple_action_group_new ();
  Preset             *copy = preset_copy (preset);

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), copy);
  g_object_set_data_full (G_OBJECT (group), "preset", copy, (GDestroyNotify) preset_free);
  return group;
}

/* The action is activated after the menu has closed. */
static gboolean
unparent_cb (gpointer popover)
{
  gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

static void
closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_LOW, unparent_cb, g_object_ref (popover), g_object_unref);
}

static gboolean
show (GtkWidget *button, GVariant *parameter, gpointer user_data)
{
  Preset *preset = user_data;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GSimpleActionGroup) actions = make_actions (preset);
  graphene_rect_t box;
  GtkWidget      *popover;

  if (!gtk_widget_compute_bounds (button, preset->parent, &box))
    return FALSE;
  g_menu_append (menu, _ ("_Use the present settings"), "preset.replace");
  g_menu_append (menu, _ ("_Rename…"), "preset.rename");
  g_menu_append (menu, _ ("_Remove"), "preset.remove");
  popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_widget_insert_action_group (popover, "preset", G_ACTION_GROUP (actions));
  gtk_widget_set_parent (popover, preset->parent);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover),
                               &(GdkRectangle){(int) box.origin.x,
                                               (int) box.origin.y,
                                               (int) box.size.width,
                                               (int) box.size.height});
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
  return TRUE;
}

static void
pressed_cb (GtkGesture *gesture, int n_press, double x, double y, gpointer user_data)
{
  show (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)), NULL, user_data);
}

static gboolean
delete_cb (GtkWidget *button, GVariant *parameter, gpointer user_data)
{
  plancia_console_settings_remove_preset (((Preset *) user_data)->name);
  return TRUE;
}

static void
add_key (GtkEventController *keys, const char *trigger, GtkShortcutFunc func, Preset *preset)
{
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                      gtk_callback_action_new (func, preset, NULL)));
}

void
plancia_console_preset_menu_attach (GtkWidget        *button,
                                    GtkWidget        *parent,
                                    PlanciaPresetFunc read,
                                    gpointer          user_data)
{
  Preset             *preset = g_new0 (Preset, 1);
  GtkGesture         *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  preset->name = g_strdup (gtk_button_get_label (GTK_BUTTON (button)));
  preset->parent = parent;
  preset->read = read;
  preset->user_data = user_data;
  g_object_set_data_full (G_OBJECT (button), "preset", preset, (GDestroyNotify) preset_free);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), preset);
  gtk_widget_add_controller (button, GTK_EVENT_CONTROLLER (click));
  add_key (keys, "Menu|<Shift>F10", show, preset);
  add_key (keys, "Delete|KP_Delete", delete_cb, preset);
  gtk_widget_add_controller (button, keys);
}
