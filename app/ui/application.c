/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/application.h"

#include "base/log.h"
#include "ui/callback-service.h"
#include "ui/display-setting.h"
#include "ui/help-window.h"
#include "ui/preferences.h"
#include "ui/settings.h"
#include "ui/ui-resource.h"
#include "ui/window-actions.h"
#include "ui/window.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

/* The exit code when there is nothing to show a window on. */
#define NO_DISPLAY 2

struct _PlanciaApplication
{
  AdwApplication parent_instance;

  guint    signals[2]; /* sources */
  gboolean named;      /* the command line says what to open */
};

G_DEFINE_FINAL_TYPE (PlanciaApplication, plancia_application, ADW_TYPE_APPLICATION)

/* Dialogs are windows of the application too, and may be the active one. */
static PlanciaWindow *
find_window (PlanciaApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (PLANCIA_IS_WINDOW (l->data))
      return l->data;
  return NULL;
}

static PlanciaWindow *
get_window (PlanciaApplication *self)
{
  PlanciaWindow *window = find_window (self);

  return window != NULL ? window : plancia_window_new (GTK_APPLICATION (self));
}

/* Each window is asked, those in front first: one that must not go (a write that runs, a change that is not kept) stays, with what it
 * asks, and so does the program. */
static gboolean
close_others (GtkWindow *main_window)
{
  g_autolist (GtkWindow) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    g_object_ref (l->data);
  for (GList *l = windows; l != NULL; l = l->next)
    if (l->data != main_window && gtk_widget_get_visible (l->data))
      gtk_window_close (l->data);
  for (GList *l = windows; l != NULL; l = l->next)
    if (l->data != main_window && gtk_widget_get_visible (l->data))
      return FALSE;
  return TRUE;
}

/* --- actions --------------------------------------------------------------------------------- */

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  static const char *const developers[] = {N_ ("The Plancia authors"), NULL};
  const char              *translated[] = {_ (developers[0]), NULL};
  GtkWindow               *window = gtk_application_get_active_window (user_data);

  adw_show_about_window (
    window,
    "application-name",
    "Plancia",
    "application-icon",
    PLANCIA_APPLICATION_ID,
    "version",
    PLANCIA_VERSION,
    "developer-name",
    translated[0],
    "developers",
    translated,
    "license-type",
    GTK_LICENSE_GPL_3_0,
    "comments",
    _("Plancia reads, sets and watches ZCS Azzurro solar devices.\n\nAn independent program, not "
      "affiliated with or endorsed by ZCS Zucchetti Centro Sistemi. ZCS, Azzurro and the names of "
      "its products belong to their owner."),
       /* Translators: your names, one a line */
       "translator-credits",
       _("translator-credits"), NULL);
}

static void
help_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plancia_help_window_show (user_data, g_variant_get_string (parameter, NULL));
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_window_present (plancia_preferences_new (gtk_application_get_active_window (user_data)));
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaWindow *window = find_window (user_data);

  if (window == NULL)
    g_application_quit (user_data);
  else if (close_others (GTK_WINDOW (window)))
    gtk_window_close (GTK_WINDOW (window));
}

static void
open_demo_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaApplication *self = user_data;

  self->named = TRUE;
  plancia_plant_keeper_open_demo (plancia_window_get_keeper (get_window (self)));
}

/* From a notification, which may outlive the window. */
static void
show_alarms_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaApplication *self = user_data;
  PlanciaWindow      *window;

  g_application_activate (G_APPLICATION (self));
  window = get_window (self);
  plancia_window_show_alarms (window, g_variant_get_string (parameter, NULL));
}

/* Ctrl+C in the terminal and the end of the session are no reason to lose anything. */
static gboolean
signal_cb (gpointer user_data)
{
  quit_cb (NULL, NULL, user_data);
  return G_SOURCE_CONTINUE;
}

/* --- GApplication ---------------------------------------------------------------------------- */

static void
plancia_application_startup (GApplication *application)
{
  PlanciaApplication       *self = PLANCIA_APPLICATION (application);
  static const GActionEntry entries[] = {
    {"about",       about_cb,       NULL, NULL, NULL, {0}},
    {"help",        help_cb,        "s",  NULL, NULL, {0}},
    {"open-demo",   open_demo_cb,   NULL, NULL, NULL, {0}},
    {"preferences", preferences_cb, NULL, NULL, NULL, {0}},
    {"quit",        quit_cb,        NULL, NULL, NULL, {0}},
    {"show-alarms", show_alarms_cb, "s",  NULL, NULL, {0}},
  };

  plancia_ui_resource_register ();
  G_APPLICATION_CLASS (plancia_application_parent_class)->startup (application);
  plancia_log_say (PLANCIA_LOG_NOTE, G_LOG_DOMAIN, _("Plancia %s started"), PLANCIA_VERSION);
  plancia_preferences_follow_appearance ();
  plancia_display_setting_apply ();
  /* Answers may come whatever page is shown. */
  if (g_settings_get_boolean (plancia_settings_get (), "receiver-on"))
    plancia_callback_service_get ();
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  plancia_window_actions_add_keys (GTK_APPLICATION (self));
  self->signals[0] = g_unix_signal_add (SIGTERM, signal_cb, self);
  self->signals[1] = g_unix_signal_add (SIGINT, signal_cb, self);
}

static void
plancia_application_activate (GApplication *application)
{
  PlanciaApplication *self = PLANCIA_APPLICATION (application);
  gboolean            first = find_window (self) == NULL;
  PlanciaWindow      *window = get_window (self);

  if (first && !self->named)
    plancia_window_restore (window);
  gtk_window_present (GTK_WINDOW (window));
}

static void
plancia_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  PlanciaApplication *self = PLANCIA_APPLICATION (application);
  PlanciaWindow      *window = get_window (self);
  g_autofree char    *path = g_file_get_path (files[0]);

  /* A file may be asked about, over the window. */
  gtk_window_present (GTK_WINDOW (window));
  if (path)
    plancia_plant_keeper_open_file (plancia_window_get_keeper (window), path);
}

/* -1: go on. */
static int
plancia_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  g_autoptr (GError) error = NULL;

  if (g_variant_dict_contains (options, "version")) {
    g_print ("Plancia " PLANCIA_VERSION "\n");
    return 0;
  }
  if (!gtk_init_check ()) {
    g_printerr ("%s\n", _("Plancia needs a graphical session, and cannot reach one here."));
    return NO_DISPLAY;
  }
  if (!g_variant_dict_contains (options, "demo"))
    return -1;

  /* In the instance that runs already, if there is one. */
  if (!g_application_register (application, NULL, &error)) {
    g_printerr ("%s\n", error->message);
    return 1;
  }
  g_action_group_activate_action (G_ACTION_GROUP (application), "open-demo", NULL);
  return -1;
}

static void
plancia_application_shutdown (GApplication *application)
{
  PlanciaApplication *self = PLANCIA_APPLICATION (application);

  for (gsize i = 0; i < G_N_ELEMENTS (self->signals); i++)
    g_clear_handle_id (&self->signals[i], g_source_remove);

  plancia_callback_service_close ();
  G_APPLICATION_CLASS (plancia_application_parent_class)->shutdown (application);
}

static void
plancia_application_class_init (PlanciaApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = plancia_application_startup;
  application_class->activate = plancia_application_activate;
  application_class->open = plancia_application_open;
  application_class->handle_local_options = plancia_application_handle_local_options;
  application_class->shutdown = plancia_application_shutdown;
}

static void
plancia_application_init (PlanciaApplication *self)
{
  static const GOptionEntry options[] = {
    {"demo",    0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Open the demo plant"),       NULL},
     {"version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and end"), NULL},
      {NULL,      0, 0, 0,                 NULL, NULL,                             NULL},
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _("[PLANT-FILE]"));
  g_application_set_option_context_summary (
    G_APPLICATION (self),
    _("Reads, sets and watches ZCS Azzurro solar devices. Independent of the vendor."));
}

/**
 * plancia_application_new:
 *
 * Returns: (transfer full): the program, to be run
 */
PlanciaApplication *
plancia_application_new (void)
{
  return g_object_new (PLANCIA_TYPE_APPLICATION,
                       "application-id",
                       PLANCIA_APPLICATION_ID,
                       "resource-base-path",
                       PLANCIA_RESOURCE_PREFIX,
                       "flags",
                       G_APPLICATION_HANDLES_OPEN,
                       NULL);
}
