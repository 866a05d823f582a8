/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/parcel-actions.h"

#include "commission/visits.h"
#include "ui/parcel-export-dialog.h"
#include "ui/parcel-open-dialog.h"

/* The demo plant and recordings have no file. */
static gboolean
can_be_exported (PlanciaWindow *window)
{
  return plancia_session_get_plant (plancia_window_get_session (window)) != NULL &&
         plancia_plant_keeper_get_path (plancia_window_get_keeper (window)) != NULL;
}

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaWindow) window = user_data;
  PlanciaPlantKeeper *keeper = plancia_window_get_keeper (window);
  PlanciaOpenPlant   *open = plancia_session_get_plant (plancia_window_get_session (window));

  if (open != NULL && plancia_plant_keeper_get_path (keeper) != NULL)
    gtk_window_present (plancia_parcel_export_dialog_new (GTK_WINDOW (window),
                                                          open,
                                                          plancia_plant_keeper_get_path (keeper)));
}

static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlanciaWindow *window = user_data;

  plancia_plant_keeper_settle_async (plancia_window_get_keeper (window), FALSE, settled_cb, window);
}

/* What is on its way to a file has to be in it first. */
static void
export_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaOpenPlant *open = plancia_session_get_plant (plancia_window_get_session (user_data));

  if (can_be_exported (user_data))
    plancia_visits_flush_async (plancia_visits_for (open), flushed_cb, g_object_ref (user_data));
}

static void
parcel_cb (PlanciaWindow *window, const char *path)
{
  gtk_window_present (
    plancia_parcel_open_dialog_new (GTK_WINDOW (window), plancia_window_get_keeper (window), path));
}

static gboolean
drop_cb (PlanciaWindow *window, const GValue *value)
{
  GSList          *files = g_value_get_boxed (value);
  g_autofree char *path = files != NULL ? g_file_get_path (files->data) : NULL;

  if (path == NULL)
    return FALSE;
  plancia_plant_keeper_open_file (plancia_window_get_keeper (window), path);
  return TRUE;
}

static void
path_changed_cb (PlanciaWindow *window)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (window), "export-plant");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), can_be_exported (window));
}

void
plancia_parcel_actions_add (PlanciaWindow *window)
{
  static const GActionEntry entries[] = {
    {"export-plant", export_cb, NULL, NULL, NULL, {0}}
  };
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), window);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (target));
  g_signal_connect_object (plancia_window_get_keeper (window),
                           "parcel",
                           G_CALLBACK (parcel_cb),
                           window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (plancia_window_get_keeper (window),
                           "notify::path",
                           G_CALLBACK (path_changed_cb),
                           window,
                           G_CONNECT_SWAPPED);
  path_changed_cb (window);
}
