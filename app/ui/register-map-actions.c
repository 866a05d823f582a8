/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/register-map-actions.h"

#include "ui/map-dialog.h"
#include "ui/map-editor.h"

#define PAGE_KEY "plancia-page"

/* The device, if it is read by a map. */
static PlanciaDevice *
find_device (PlanciaSession *session)
{
  PlanciaDevice *device = plancia_session_get_device (session);

  return device && plancia_map_dialog_is_for (device) ? device : NULL;
}

static GtkWindow *
window_of (GSimpleAction *action)
{
  GtkWidget *page = g_object_get_data (G_OBJECT (action), PAGE_KEY);
  GtkRoot   *root = gtk_widget_get_root (page);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
choose_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaSession *session = user_data;
  PlanciaDevice  *device = find_device (session);

  if (device)
    plancia_map_dialog_show (window_of (action), plancia_session_get_plant (session), device);
}

static void
edit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaSession *session = user_data;
  PlanciaDevice  *device = find_device (session);
  PlanciaMap     *map = device ? plancia_device_get_map (device) : NULL;

  if (map)
    plancia_map_editor_show (window_of (action),
                             plancia_session_get_plant (session),
                             device,
                             plancia_map_get_id (map));
}

/**
 * plancia_register_map_actions_attach:
 * @page: gets the actions; it owns them
 * @session: says which device; lives longer than @page
 */
void
plancia_register_map_actions_attach (GtkWidget *page, PlanciaSession *session)
{
  static const GActionEntry entries[] = {
    {"choose", choose_cb, NULL, NULL, NULL, {0}},
    {"edit",   edit_cb,   NULL, NULL, NULL, {0}},
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), session);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_object_set_data (
      G_OBJECT (g_action_map_lookup_action (G_ACTION_MAP (group), entries[i].name)),
      PAGE_KEY,
      page);
  gtk_widget_insert_action_group (page, "register-map", G_ACTION_GROUP (group));
}
