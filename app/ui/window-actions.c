/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window-actions.h"

#include "model/in-use.h"
#include "parcel/parcel.h"
#include "ui/account-removal.h"
#include "ui/add-device-dialog.h"
#include "ui/archive-dialog.h"
#include "ui/commission-window.h"
#include "ui/discover-dialog.h"
#include "ui/error-dialog.h"
#include "ui/faults-dialog.h"
#include "ui/help-topic.h"
#include "ui/history-import-dialog.h"
#include "ui/import-dialog.h"
#include "ui/journal-dialog.h"
#include "ui/log-window.h"
#include "ui/name-dialog.h"
#include "ui/plants-window.h"
#include "ui/portal-dialog.h"
#include "ui/report-dialog.h"
#include "ui/settings.h"

#include <glib/gi18n.h>

static PlanciaPlant *
get_plant (PlanciaWindow *window)
{
  PlanciaOpenPlant *open = plancia_session_get_plant (plancia_window_get_session (window));

  return open ? plancia_open_plant_get_plant (open) : NULL;
}

/* --- devices --------------------------------------------------------------------------------- */

/* The plant that is open, or a new one. */
static PlanciaOpenPlant *
ensure_plant (PlanciaWindow *window)
{
  PlanciaSession *session = plancia_window_get_session (window);

  if (!plancia_session_get_plant (session))
    plancia_plant_keeper_begin (plancia_window_get_keeper (window), _("My plant"));
  return plancia_session_get_plant (session);
}

static void
look_at (PlanciaWindow *window, PlanciaEntry *entry)
{
  PlanciaSession    *session = plancia_window_get_session (window);
  PlanciaDeviceTree *tree = plancia_open_plant_get_tree (plancia_session_get_plant (session));
  PlanciaDevice     *device = plancia_device_tree_find (tree, plancia_entry_get_id (entry));

  if (device)
    plancia_session_set_device (session, device);
}

static void
device_accepted_cb (PlanciaAddDeviceDialog *dialog, PlanciaWindow *window)
{
  PlanciaOpenPlant *open = ensure_plant (window);
  PlanciaEntry     *entry = plancia_add_device_dialog_apply (dialog,
                                                         plancia_open_plant_get_plant (open));

  plancia_open_plant_sync (open);
  look_at (window, entry);
}

static void
discovered_cb (PlanciaDiscoverDialog *dialog, PlanciaWindow *window)
{
  PlanciaOpenPlant *open = ensure_plant (window);
  PlanciaEntry *entry = plancia_discover_dialog_apply (dialog, plancia_open_plant_get_plant (open));

  plancia_open_plant_sync (open);
  if (entry)
    look_at (window, entry);
}

/* "demo" is no path that another plant could be at. */
static void
note_plant (PlanciaOpenPlant *open)
{
  g_autofree char *path = g_settings_get_string (plancia_settings_get (), "plant");

  if (g_path_is_absolute (path))
    plancia_account_removal_note (plancia_open_plant_get_plant (open), path);
}

static void
portal_accepted_cb (PlanciaPortalDialog *dialog, PlanciaWindow *window)
{
  PlanciaOpenPlant *open = ensure_plant (window);
  PlanciaEntry *entry = plancia_portal_dialog_apply (dialog, plancia_open_plant_get_plant (open));

  plancia_open_plant_sync (open);
  note_plant (open);
  look_at (window, entry);
  if (plancia_portal_dialog_get_in_memory (dialog))
    plancia_window_toast (window,
                          _("No keyring here: the credentials are gone when Plancia ends"));
}

static void
add_device_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *dialog = plancia_add_device_dialog_new (user_data);

  g_signal_connect_object (dialog, "accepted", G_CALLBACK (device_accepted_cb), user_data, 0);
  gtk_window_present (dialog);
}

static void
discover_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaOpenPlant *open = plancia_session_get_plant (plancia_window_get_session (user_data));
  g_autoptr (GPtrArray) in_use = open ? plancia_in_use_list (plancia_open_plant_get_tree (open))
                                      : NULL;
  GtkWindow *dialog = plancia_discover_dialog_new (user_data, get_plant (user_data), in_use);

  g_signal_connect_object (dialog, "accepted", G_CALLBACK (discovered_cb), user_data, 0);
  gtk_window_present (dialog);
}

static void
add_portal_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *dialog = plancia_portal_dialog_new (user_data);

  g_signal_connect_object (dialog, "accepted", G_CALLBACK (portal_accepted_cb), user_data, 0);
  gtk_window_present (dialog);
}

static void
imported_cb (PlanciaImportDialog *dialog, const char *id, PlanciaWindow *window)
{
  plancia_window_toast (window, _("Imported: choose the map in the menu of a device in the tree"));
}

static void
import_ready (PlanciaImportDialog *dialog, gpointer user_data)
{
  g_signal_connect_object (dialog, "imported", G_CALLBACK (imported_cb), user_data, 0);
}

static void
import_map_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plancia_import_dialog_choose (user_data, import_ready, user_data);
}

static void
archive_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_window_present (
    plancia_archive_dialog_new (user_data, plancia_window_get_session (user_data)));
}

static void
journal_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaSession *session = plancia_window_get_session (user_data);

  if (plancia_session_get_plant (session))
    gtk_window_present (plancia_journal_dialog_new (user_data, session, NULL));
}

static void
log_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plancia_log_window_show (user_data, plancia_window_get_session (user_data));
}

static void
plants_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plancia_plants_window_show (user_data, plancia_window_get_session (user_data));
}

static gboolean
is_of_history (PlanciaDevice *device)
{
  return device != NULL && plancia_entry_is_device (plancia_device_get_entry (device));
}

/* Into the history of the device that is looked at, or of the cloud's thing that has it. */
static void
import_history_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaSession   *session = plancia_window_get_session (user_data);
  PlanciaOpenPlant *open = plancia_session_get_plant (session);
  PlanciaDevice    *device = open != NULL ? plancia_session_get_device (session) : NULL;
  PlanciaDevice    *source = NULL;

  if (is_of_history (device))
    source = plancia_open_plant_get_history_device (open, device);
  if (source == NULL && is_of_history (device))
    source = device;
  if (source == NULL) {
    plancia_window_toast (user_data,
                          _("Choose in the tree the device whose history the table is"));
    return;
  }
  plancia_history_import_dialog_choose (
    user_data,
    open,
    source,
    plancia_plant_get_zone (plancia_open_plant_get_plant (open)));
}

static void
monthly_report_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaOpenPlant *open = plancia_session_get_plant (plancia_window_get_session (user_data));

  if (open)
    gtk_window_present (plancia_report_dialog_new (user_data, open));
}

static void
commission (PlanciaWindow *window, const char *id)
{
  PlanciaSession    *session = plancia_window_get_session (window);
  PlanciaOpenPlant  *open = plancia_session_get_plant (session);
  PlanciaDeviceTree *tree = open ? plancia_open_plant_get_tree (open) : NULL;
  PlanciaDevice     *device = tree && id     ? plancia_device_tree_find (tree, id)
                              : tree != NULL ? plancia_device_tree_get_plant (tree)
                                             : NULL;

  if (device)
    plancia_commission_window_open (
      GTK_WINDOW (window),
      session,
      device,
      plancia_plant_keeper_get_demo (plancia_window_get_keeper (window)));
}

static void
commission_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  commission (user_data, NULL);
}

static void
commission_of_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  commission (user_data, g_variant_get_string (parameter, NULL));
}

static void
faults_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaDemoPlant *demo = plancia_plant_keeper_get_demo (plancia_window_get_keeper (user_data));

  if (demo)
    gtk_window_present (plancia_faults_dialog_new (user_data, demo));
}

static void
faults_of_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaDemoPlant *demo = plancia_plant_keeper_get_demo (plancia_window_get_keeper (user_data));
  const char       *device;
  GtkWindow        *dialog;

  if (!demo)
    return;
  device = plancia_demo_plant_find_device (demo, g_variant_get_string (parameter, NULL));
  dialog = plancia_faults_dialog_new (user_data, demo);
  gtk_window_present (dialog);
  if (device)
    plancia_faults_dialog_show_device (PLANCIA_FAULTS_DIALOG (dialog), device);
}

/* --- files ----------------------------------------------------------------------------------- */

static void
add_filters (GtkFileChooser *chooser)
{
  g_autoptr (GtkFileFilter) plants = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (plants, _("Plants"));
  gtk_file_filter_add_suffix (plants, "json");
  gtk_file_filter_add_suffix (plants, PLANCIA_PARCEL_ENDING + 1);
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (chooser, plants);
  gtk_file_chooser_add_filter (chooser, all);
}

static char *
dup_chosen (GtkNativeDialog *dialog, int response)
{
  g_autoptr (GFile) file = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return NULL;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  return file ? g_file_get_path (file) : NULL;
}

static void
open_response_cb (GtkNativeDialog *dialog, int response, PlanciaWindow *window)
{
  g_autofree char *path = dup_chosen (dialog, response);

  if (path)
    plancia_plant_keeper_open_file (plancia_window_get_keeper (window), path);
  g_object_unref (dialog);
}

static void
save_response_cb (GtkNativeDialog *dialog, int response, PlanciaWindow *window)
{
  g_autofree char *path = dup_chosen (dialog, response);

  if (path)
    plancia_plant_keeper_save_as (plancia_window_get_keeper (window), path);
  g_object_unref (dialog);
}

static void
open_plant_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
    _("Open plant"), user_data, GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));

  add_filters (GTK_FILE_CHOOSER (dialog));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (open_response_cb), user_data, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
save_plant_as_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaPlant         *plant = get_plant (user_data);
  g_autofree char      *name = NULL;
  GtkFileChooserNative *dialog;

  if (!plant)
    return;
  name = g_strdup_printf ("%s.json", plancia_plant_get_name (plant));
  g_strdelimit (name, "/", '-');
  dialog = gtk_file_chooser_native_new (
    _("Save plant"), user_data, GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  add_filters (GTK_FILE_CHOOSER (dialog));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (save_response_cb), user_data, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
open_recent_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plancia_plant_keeper_open_file (plancia_window_get_keeper (user_data),
                                  g_variant_get_string (parameter, NULL));
}

static void
new_plant_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plancia_plant_keeper_begin (plancia_window_get_keeper (user_data), _("My plant"));
}

static void
open_demo_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plancia_plant_keeper_open_demo (plancia_window_get_keeper (user_data));
}

static void
close_plant_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plancia_plant_keeper_close (plancia_window_get_keeper (user_data));
}

static void
rename_to (const char *name, gpointer user_data)
{
  PlanciaWindow *window = user_data;
  PlanciaPlant  *plant = get_plant (window);

  if (!plant)
    return;
  plancia_plant_set_name (plant, name);
  plancia_open_plant_sync (plancia_session_get_plant (plancia_window_get_session (window)));
}

static void
rename_plant_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaPlant *plant = get_plant (user_data);

  if (plant)
    plancia_name_dialog_show (user_data,
                              _("Rename plant"),
                                 plancia_plant_get_name (plant),
                                 rename_to,
                                 g_object_ref (user_data),
                                 g_object_unref);
}

/* --- what is looked at ----------------------------------------------------------------------- */

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaWindow) window = user_data;
  PlanciaOpenPlant *open = plancia_session_get_plant (plancia_window_get_session (window));
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaReadings)
    readings = plancia_backend_read_finish (PLANCIA_BACKEND (source), result, &error);

  if (readings && open)
    plancia_device_tree_apply (plancia_open_plant_get_tree (open), readings);
  else if (error && open && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    plancia_error_dialog_show (GTK_WINDOW (window), _("The device could not be read"), error);
}

static gboolean
can_be_read (PlanciaDevice *device)
{
  PlanciaEntry   *entry = plancia_device_get_entry (device);
  PlanciaBackend *backend = plancia_device_get_backend (device);

  return entry && backend && plancia_entry_is_device (entry) &&
         plancia_device_get_flags (device) & PLANCIA_BACKEND_LIVE &&
         plancia_backend_get_state (backend) == PLANCIA_STATE_OPEN;
}

static void
refresh_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaWindow *window = user_data;
  PlanciaDevice *device = plancia_session_get_device (plancia_window_get_session (window));

  if (plancia_pages_activate (plancia_window_get_pages (window), "refresh"))
    return;
  if (device && can_be_read (device))
    plancia_backend_read_async (plancia_device_get_backend (device),
                                plancia_device_get_id (device),
                                NULL,
                                NULL,
                                read_cb,
                                g_object_ref (window));
}

static void
go_to_device_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  if (!plancia_session_get_plant (plancia_window_get_session (user_data)))
    return;
  plancia_window_show_sidebar (user_data);
  plancia_sidebar_search (plancia_window_get_sidebar (user_data));
}

/* In the page if it can search, else in the tree. */
static void
search_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  if (!plancia_pages_activate (plancia_window_get_pages (user_data), "search"))
    go_to_device_cb (action, parameter, user_data);
}

static void
page_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plancia_pages_show_nth (plancia_window_get_pages (user_data), g_variant_get_int32 (parameter));
}

static void
show_page_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plancia_pages_set_wanted (plancia_window_get_pages (user_data),
                            g_variant_get_string (parameter, NULL));
}

/* Of what is looked at. */
static void
help_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaWindow *window = user_data;
  PlanciaDevice *device = plancia_session_get_device (plancia_window_get_session (window));
  const char *page = device ? plancia_pages_get_visible (plancia_window_get_pages (window)) : NULL;

  gtk_widget_activate_action (GTK_WIDGET (window),
                              "app.help",
                              "s",
                              plancia_help_topic_of_view (page, device));
}

static void
toggle_sidebar_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plancia_window_toggle_sidebar (user_data);
}

/* --- keys ------------------------------------------------------------------------------------ */

/** plancia_window_actions_add: makes them; what they do is documented in the shortcuts window. */
void
plancia_window_actions_add (PlanciaWindow *window)
{
  static const GActionEntry entries[] = {
    {"add-device",     add_device_cb,     NULL, NULL, NULL, {0}},
    {"add-portal",     add_portal_cb,     NULL, NULL, NULL, {0}},
    {"close-plant",    close_plant_cb,    NULL, NULL, NULL, {0}},
    {"commission",     commission_cb,     NULL, NULL, NULL, {0}},
    {"commission-of",  commission_of_cb,  "s",  NULL, NULL, {0}},
    {"discover",       discover_cb,       NULL, NULL, NULL, {0}},
    {"faults",         faults_cb,         NULL, NULL, NULL, {0}},
    {"faults-of",      faults_of_cb,      "s",  NULL, NULL, {0}},
    {"go-to-device",   go_to_device_cb,   NULL, NULL, NULL, {0}},
    {"help",           help_cb,           NULL, NULL, NULL, {0}},
    {"monthly-report", monthly_report_cb, NULL, NULL, NULL, {0}},
    {"new-plant",      new_plant_cb,      NULL, NULL, NULL, {0}},
    {"open-demo",      open_demo_cb,      NULL, NULL, NULL, {0}},
    {"import-history", import_history_cb, NULL, NULL, NULL, {0}},
    {"import-map",     import_map_cb,     NULL, NULL, NULL, {0}},
    {"archive",        archive_cb,        NULL, NULL, NULL, {0}},
    {"journal",        journal_cb,        NULL, NULL, NULL, {0}},
    {"log",            log_cb,            NULL, NULL, NULL, {0}},
    {"all-plants",     plants_cb,         NULL, NULL, NULL, {0}},
    {"open-plant",     open_plant_cb,     NULL, NULL, NULL, {0}},
    {"open-recent",    open_recent_cb,    "s",  NULL, NULL, {0}},
    {"page",           page_cb,           "i",  NULL, NULL, {0}},
    {"refresh",        refresh_cb,        NULL, NULL, NULL, {0}},
    {"rename-plant",   rename_plant_cb,   NULL, NULL, NULL, {0}},
    {"save-plant-as",  save_plant_as_cb,  NULL, NULL, NULL, {0}},
    {"search",         search_cb,         NULL, NULL, NULL, {0}},
    {"show-page",      show_page_cb,      "s",  NULL, NULL, {0}},
    {"toggle-sidebar", toggle_sidebar_cb, NULL, NULL, NULL, {0}},
  };

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
}

void
plancia_window_actions_add_keys (GtkApplication *application)
{
  static const struct
  {
    const char *action;
    const char *keys[3];
  } keys[] = {
    {"app.preferences",       {"<Control>comma", NULL}     },
    {"app.quit",              {"<Control>q", NULL}         },
    {"window.close",          {"<Control>w", NULL}         },
    {"win.go-to-device",      {"<Control>k", NULL}         },
    {"win.help",              {"F1", NULL}                 },
    {"win.open-plant",        {"<Control>o", NULL}         },
    {"win.page(1)",           {"<Control>1", NULL}         },
    {"win.page(2)",           {"<Control>2", NULL}         },
    {"win.page(3)",           {"<Control>3", NULL}         },
    {"win.page(4)",           {"<Control>4", NULL}         },
    {"win.page(5)",           {"<Control>5", NULL}         },
    {"win.page(6)",           {"<Control>6", NULL}         },
    {"win.refresh",           {"F5", NULL}                 },
    {"win.replay-skip(-10)",  {"<Control><Alt>Left", NULL} },
    {"win.replay-skip(10)",   {"<Control><Alt>Right", NULL}},
    {"win.replay-toggle",     {"<Control>space", NULL}     },
    {"win.search",            {"<Control>f", NULL}         },
    {"win.show-help-overlay", {"<Control>question", NULL}  },
    {"win.toggle-sidebar",    {"F9", NULL}                 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (application, keys[i].action, keys[i].keys);
}
