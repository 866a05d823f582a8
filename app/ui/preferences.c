/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/preferences.h"

#include "ui/settings.h"

/* In the order of the row; as the setting has them. */
static const char *const appearances[] = {"system", "light", "dark", NULL};

struct _PlanciaPreferences
{
  AdwPreferencesWindow parent_instance;

  AdwComboRow  *appearance;
  GtkSwitch    *notify_switch;
  GtkSwitch    *installer_switch;
  GtkSwitch    *snapshot_switch;
  AdwActionRow *folder_row;
  GtkLabel     *folder_size;
};

G_DEFINE_FINAL_TYPE (PlanciaPreferences, plancia_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* --- appearance ------------------------------------------------------------------------------ */

static guint
chosen_appearance (void)
{
  g_autofree char *name = g_settings_get_string (plancia_settings_get (), "appearance");

  for (guint i = 0; appearances[i]; i++)
    if (g_str_equal (appearances[i], name))
      return i;
  return 0;
}

static void
apply_appearance (void)
{
  static const AdwColorScheme schemes[] = {ADW_COLOR_SCHEME_DEFAULT,
                                           ADW_COLOR_SCHEME_FORCE_LIGHT,
                                           ADW_COLOR_SCHEME_FORCE_DARK};

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      schemes[chosen_appearance ()]);
}

static void
appearance_cb (PlanciaPreferences *self)
{
  guint selected = adw_combo_row_get_selected (self->appearance);

  if (selected < G_N_ELEMENTS (appearances) - 1)
    g_settings_set_string (plancia_settings_get (), "appearance", appearances[selected]);
}

/* --- data ------------------------------------------------------------------------------------ */

static char *
dup_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "plancia", NULL);
}

static void
measure (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GFile) folder = g_file_new_for_path (data);
  guint64 size = 0;

  /* A folder that is not there yet has no size. */
  g_file_measure_disk_usage (folder,
                             G_FILE_MEASURE_NONE,
                             cancellable,
                             NULL,
                             NULL,
                             &size,
                             NULL,
                             NULL,
                             NULL);
  g_task_return_int (task, (gssize) size);
}

static void
measured_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gssize           size = g_task_propagate_int (G_TASK (result), NULL);
  g_autofree char *text = g_format_size ((guint64) MAX (size, 0));

  gtk_label_set_text (PLANCIA_PREFERENCES (source)->folder_size, text);
}

static void
show_folder (PlanciaPreferences *self)
{
  char *folder = dup_folder ();
  g_autoptr (GTask) task = g_task_new (self, NULL, measured_cb, NULL);

  adw_action_row_set_subtitle (self->folder_row, folder);
  g_task_set_task_data (task, folder, g_free);
  g_task_run_in_thread (task, measure);
}

static void
open_cb (PlanciaPreferences *self)
{
  g_autofree char *folder = dup_folder ();
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);

  gtk_show_uri (GTK_WINDOW (self), uri, GDK_CURRENT_TIME);
}

/* Over the window: its dialog is for what is open there. */
static void
archive_cb (PlanciaPreferences *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  gtk_window_close (GTK_WINDOW (self));
  if (parent)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.archive", NULL);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_preferences_class_init (PlanciaPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaPreferences, appearance);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPreferences, notify_switch);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPreferences, installer_switch);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPreferences, snapshot_switch);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPreferences, folder_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPreferences, folder_size);
  gtk_widget_class_bind_template_callback (widget_class, appearance_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, archive_cb);
}

static void
bind (const char *key, GtkSwitch *widget)
{
  g_settings_bind (plancia_settings_get (), key, widget, "active", G_SETTINGS_BIND_DEFAULT);
}

static void
plancia_preferences_init (PlanciaPreferences *self)
{
  guint appearance = chosen_appearance ();

  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_selected (self->appearance, appearance);
  bind ("notify-alarms", self->notify_switch);
  bind ("installer-allowed", self->installer_switch);
  bind ("snapshot-at-arrival", self->snapshot_switch);
  show_folder (self);
}

/**
 * plancia_preferences_new:
 * @parent: (nullable): the window of the program
 *
 * Returns: (transfer floating): the window, to be presented
 */
GtkWindow *
plancia_preferences_new (GtkWindow *parent)
{
  return g_object_new (PLANCIA_TYPE_PREFERENCES, "transient-for", parent, NULL);
}

/** plancia_preferences_follow_appearance: call once, when the program starts. */
void
plancia_preferences_follow_appearance (void)
{
  g_signal_connect (plancia_settings_get (),
                    "changed::appearance",
                    G_CALLBACK (apply_appearance),
                    NULL);
  apply_appearance ();
}
