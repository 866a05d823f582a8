/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/preferences.h"

#include "ui/data-group.h"
#include "ui/receiver-group.h"
#include "ui/settings.h"

struct _PlanciaPreferences
{
  AdwPreferencesWindow parent_instance;

  AdwComboRow   *appearance;
  AdwComboRow   *language;
  AdwComboRow   *power;
  AdwComboRow   *energy;
  GtkSwitch     *notify_switch;
  GtkSwitch     *installer_switch;
  AdwActionRow  *minutes_row;
  GtkSpinButton *minutes;
  GtkSwitch     *snapshot_switch;
  GtkSpinButton *seconds;
};

G_DEFINE_FINAL_TYPE (PlanciaPreferences, plancia_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* --- choices --------------------------------------------------------------------------------- */

/* In the order of the row; as the setting has them. */
static const char *const appearances[] = {"system", "light", "dark", NULL};
static const char *const languages[] = {"program", "en", "it", NULL};
static const char *const powers[] = {"auto", "W", "kW", NULL};
static const char *const energies[] = {"auto", "kWh", NULL};

typedef struct
{
  const char        *key;
  const char *const *values;
} Choice;

static guint
find_choice (const Choice *choice)
{
  g_autofree char *name = g_settings_get_string (plancia_settings_get (), choice->key);

  for (guint i = 0; choice->values[i]; i++)
    if (g_str_equal (choice->values[i], name))
      return i;
  return 0;
}

static void
chosen_cb (AdwComboRow *row, GParamSpec *pspec, const Choice *choice)
{
  guint selected = adw_combo_row_get_selected (row);

  if (selected < g_strv_length ((char **) choice->values) && selected != find_choice (choice))
    g_settings_set_string (plancia_settings_get (), choice->key, choice->values[selected]);
}

static void
bind_choice (AdwComboRow *row, const Choice *choice)
{
  adw_combo_row_set_selected (row, find_choice (choice));
  g_signal_connect (row, "notify::selected", G_CALLBACK (chosen_cb), (gpointer) choice);
}

static void
bind_choices (PlanciaPreferences *self)
{
  static const Choice appearance = {"appearance", appearances};
  static const Choice language = {"register-language", languages};
  static const Choice power = {"unit-power", powers};
  static const Choice energy = {"unit-energy", energies};

  bind_choice (self->appearance, &appearance);
  bind_choice (self->language, &language);
  bind_choice (self->power, &power);
  bind_choice (self->energy, &energy);
}

/* --- journal --------------------------------------------------------------------------------- */

/* Over the window of the program: its dialog is for what is open there. */
static void
journal_cb (PlanciaPreferences *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  gtk_window_close (GTK_WINDOW (self));
  if (parent)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.journal", NULL);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_preferences_class_init (PlanciaPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PLANCIA_TYPE_DATA_GROUP);
  g_type_ensure (PLANCIA_TYPE_RECEIVER_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaPreferences, appearance);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPreferences, language);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPreferences, power);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPreferences, energy);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPreferences, notify_switch);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPreferences, installer_switch);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPreferences, minutes_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPreferences, minutes);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPreferences, snapshot_switch);
  gtk_widget_class_bind_template_child (widget_class, PlanciaPreferences, seconds);
  gtk_widget_class_bind_template_callback (widget_class, journal_cb);
}

static void
bind (const char *key, gpointer widget, const char *property, GSettingsBindFlags flags)
{
  g_settings_bind (plancia_settings_get (), key, widget, property, flags);
}

static void
plancia_preferences_init (PlanciaPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  bind_choices (self);
  bind ("notify-alarms", self->notify_switch, "active", G_SETTINGS_BIND_DEFAULT);
  bind ("installer-allowed", self->installer_switch, "active", G_SETTINGS_BIND_DEFAULT);
  bind ("installer-allowed", self->minutes_row, "sensitive", G_SETTINGS_BIND_GET);
  bind ("installer-minutes", self->minutes, "value", G_SETTINGS_BIND_DEFAULT);
  bind ("snapshot-at-arrival", self->snapshot_switch, "active", G_SETTINGS_BIND_DEFAULT);
  bind ("poll-seconds", self->seconds, "value", G_SETTINGS_BIND_DEFAULT);
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

/* --- appearance ------------------------------------------------------------------------------ */

static void
apply_appearance (void)
{
  static const AdwColorScheme schemes[] = {ADW_COLOR_SCHEME_DEFAULT,
                                           ADW_COLOR_SCHEME_FORCE_LIGHT,
                                           ADW_COLOR_SCHEME_FORCE_DARK};
  static const Choice         appearance = {"appearance", appearances};

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      schemes[find_choice (&appearance)]);
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
