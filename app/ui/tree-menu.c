/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/tree-menu.h"

#include "ui/account-removal.h"
#include "ui/commission-devices.h"
#include "ui/connection-dialog.h"
#include "ui/hub-consent.h"
#include "ui/hub-setup-dialog.h"
#include "ui/map-dialog.h"
#include "ui/name-dialog.h"
#include "ui/sweep-dialog.h"
#include "ui/tree-order.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* The line a menu was opened for; its plant may be gone when a dialog is answered. */
typedef struct
{
  PlanciaSession   *session;
  PlanciaOpenPlant *plant;
  PlanciaDevice    *device;
  GtkWidget        *row; /* weak */
} Target;

static Target *
target_new (PlanciaSession *session, PlanciaDevice *device, GtkWidget *row)
{
  Target *target = g_new0 (Target, 1);

  target->session = g_object_ref (session);
  target->plant = g_object_ref (plancia_session_get_plant (session));
  target->device = g_object_ref (device);
  g_set_weak_pointer (&target->row, row);
  return target;
}

static void
target_free (Target *target)
{
  g_clear_weak_pointer (&target->row);
  g_object_unref (target->device);
  g_object_unref (target->plant);
  g_object_unref (target->session);
  g_free (target);
}

static GtkWindow *
window_of (Target *target)
{
  return target->row ? GTK_WINDOW (gtk_widget_get_root (target->row)) : NULL;
}

static void
connect_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Target *target = user_data;

  plancia_hub_consent_connect (window_of (target), target->plant, target->device);
}

static void
disconnect_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Target *target = user_data;

  plancia_open_plant_disconnect (target->plant, target->device);
}

static PlanciaAddress *
address_of (PlanciaDevice *device)
{
  return plancia_entry_get_address (plancia_device_get_entry (device));
}

static gboolean
is_simulated (Target *target)
{
  return plancia_plant_get_simulated (plancia_open_plant_get_plant (target->plant));
}

static void
connection_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Target *target = user_data;

  gtk_window_present (
    plancia_connection_dialog_new (window_of (target), target->plant, target->device));
}

static void
sweep_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Target *target = user_data;

  gtk_window_present (plancia_sweep_dialog_new (window_of (target), target->plant, target->device));
}

static void
set_up_hub_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Target *target = user_data;

  gtk_window_present (plancia_hub_setup_dialog_new (window_of (target),
                                                    address_of (target->device),
                                                    is_simulated (target)));
}

/* A group of the simulated plant can do nothing wrong by itself; what can is in the same window. */
static void
faults_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Target *target = user_data;

  if (target->row)
    gtk_widget_activate_action (target->row,
                                "win.faults-of",
                                "s",
                                plancia_device_get_id (target->device));
}

static void
commission_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Target *target = user_data;

  if (target->row)
    gtk_widget_activate_action (target->row,
                                "win.commission-of",
                                "s",
                                plancia_device_get_id (target->device));
}

static void
rename_to (const char *name, gpointer user_data)
{
  Target *target = user_data;

  plancia_entry_set_name (plancia_device_get_entry (target->device), name);
  plancia_open_plant_sync (target->plant);
}

static void
rename_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Target *target = user_data;

  plancia_name_dialog_show (window_of (target),
                            _("Rename device"),
                               plancia_device_get_name (target->device),
                               rename_to,
                               target_new (target->session, target->device, target->row),
                               (GDestroyNotify) target_free);
}

static void
map_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Target *target = user_data;

  plancia_map_dialog_show (window_of (target), target->plant, target->device);
}

static void
move_up_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Target *target = user_data;

  plancia_tree_order_move (target->session, target->device, -1);
}

static void
move_down_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Target *target = user_data;

  plancia_tree_order_move (target->session, target->device, 1);
}

/* --- removing -------------------------------------------------------------------------------- */

static gboolean
is_at_or_below (PlanciaDevice *device, PlanciaDevice *above)
{
  for (; device; device = plancia_device_get_parent (device)) {
    if (device == above)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_account (PlanciaDevice *device)
{
  return g_str_equal (plancia_device_get_kind (device), "portal");
}

static void
remove_device (Target *target)
{
  PlanciaDeviceTree *tree = plancia_open_plant_get_tree (target->plant);

  if (is_account (target->device))
    plancia_account_removal_forget (target->plant, plancia_device_get_entry (target->device));

  if (plancia_session_get_plant (target->session) == target->plant &&
      is_at_or_below (plancia_session_get_device (target->session), target->device))
    plancia_session_set_device (target->session, plancia_device_tree_get_plant (tree));
  plancia_plant_remove (plancia_open_plant_get_plant (target->plant),
                        plancia_device_get_entry (target->device));
  plancia_open_plant_sync (target->plant);
}

static void
remove_response_cb (AdwMessageDialog *dialog, const char *response, Target *target)
{
  if (g_str_equal (response, "remove"))
    remove_device (target);
}

static void
remove_target_free (gpointer data, GClosure *closure)
{
  target_free (data);
}

static void
remove_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Target           *target = user_data;
  const char       *name = plancia_device_get_name (target->device);
  GtkWidget        *widget = adw_message_dialog_new (window_of (target), NULL, NULL);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);

  /* Translators: question, %s is the name of a device */
  adw_message_dialog_format_heading (dialog, _("Remove “%s”?"), name);
  adw_message_dialog_set_body (
    dialog,
    is_account (target->device)
    ? _("It goes from the plant with its things. Its credentials, its profile and the certificate "
          "that was trusted are forgotten on this computer, unless another plant has the same account. The history "
          "that was fetched stays.")
    : _("It goes from the plant with everything that hangs on it. The device itself and the history "
      "that was fetched stay as they are."));
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "remove", _("_Remove"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_data (dialog,
                         "response",
                         G_CALLBACK (remove_response_cb),
                         target_new (target->session, target->device, target->row),
                         remove_target_free,
                         0);
  gtk_window_present (GTK_WINDOW (widget));
}

/* --- menu ------------------------------------------------------------------------------------ */

static void
set_enabled (GSimpleActionGroup *group, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (group), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/* The HUB itself has three connections, one a line: they are connected one by one. */
static gboolean
has_connection (PlanciaDevice *device)
{
  return plancia_device_get_entry (device) &&
         !g_str_equal (plancia_device_get_kind (device), "hub");
}

static GSimpleActionGroup *
make_actions (Target *target)
{
  static const GActionEntry entries[] = {
    {"connect",    connect_cb,    NULL, NULL, NULL, {0}},
    {"disconnect", disconnect_cb, NULL, NULL, NULL, {0}},
    {"connection", connection_cb, NULL, NULL, NULL, {0}},
    {"sweep",      sweep_cb,      NULL, NULL, NULL, {0}},
    {"set-up-hub", set_up_hub_cb, NULL, NULL, NULL, {0}},
    {"faults",     faults_cb,     NULL, NULL, NULL, {0}},
    {"commission", commission_cb, NULL, NULL, NULL, {0}},
    {"rename",     rename_cb,     NULL, NULL, NULL, {0}},
    {"map",        map_cb,        NULL, NULL, NULL, {0}},
    {"move-up",    move_up_cb,    NULL, NULL, NULL, {0}},
    {"move-down",  move_down_cb,  NULL, NULL, NULL, {0}},
    {"remove",     remove_cb,     NULL, NULL, NULL, {0}},
  };
  GSimpleActionGroup *group = g_simple_action_group_new ();
  PlanciaMark         mark = plancia_device_get_mark (target->device);
  gboolean            is_open = mark == PLANCIA_MARK_LIVE || mark == PLANCIA_MARK_STALE ||
                     mark == PLANCIA_MARK_CONNECTING;
  gboolean entry = plancia_device_get_entry (target->device) != NULL;

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), target);
  set_enabled (group, "connect", has_connection (target->device) && !is_open);
  set_enabled (group, "disconnect", has_connection (target->device) && mark != PLANCIA_MARK_CLOSED);
  set_enabled (group, "rename", entry);
  set_enabled (group, "map", plancia_map_dialog_is_for (target->device));
  set_enabled (group, "move-up", plancia_tree_order_can_move (target->session, target->device, -1));
  set_enabled (group,
               "move-down",
               plancia_tree_order_can_move (target->session, target->device, 1));
  set_enabled (group, "remove", entry);
  g_object_set_data_full (G_OBJECT (group), "target", target, (GDestroyNotify) target_free);
  return group;
}

static void
append_section (GMenu *menu, GMenu *section)
{
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  g_object_unref (section);
}

static gboolean
is_kind (PlanciaDevice *device, const char *kind)
{
  return g_str_equal (plancia_device_get_kind (device), kind);
}

/* Only what makes sense for the device is in the menu. */
static void
append_tools (GMenu *menu, Target *target)
{
  g_autoptr (GMenu) tools = g_menu_new ();

  if (plancia_sweep_dialog_is_possible (target->device))
    g_menu_append (tools, _("_Look for units…"), "tree.sweep");
  if (plancia_connection_dialog_is_possible (target->device))
    g_menu_append (tools, _("Connection _settings…"), "tree.connection");
  if (is_kind (target->device, "hub") || is_kind (target->device, "line"))
    g_menu_append (tools, _("Set _up the HUB…"), "tree.set-up-hub");
  if (plancia_commission_is_possible (target->session, target->device))
    g_menu_append (tools, _("Commissi_on…"), "tree.commission");
  if (is_simulated (target))
    g_menu_append (tools, _("_Faults…"), "tree.faults");
  if (g_menu_model_get_n_items (G_MENU_MODEL (tools)) > 0)
    append_section (menu, g_steal_pointer (&tools));
}

static GMenuModel *
make_menu (Target *target)
{
  GMenu *menu = g_menu_new ();
  GMenu *connection = g_menu_new ();
  GMenu *entry = g_menu_new ();
  GMenu *order = g_menu_new ();
  GMenu *end = g_menu_new ();

  g_menu_append (connection, _("_Connect"), "tree.connect");
  g_menu_append (connection, _("_Disconnect"), "tree.disconnect");
  g_menu_append (entry, _("_Rename…"), "tree.rename");
  /* Translators: which register map a device is read by */
  g_menu_append (entry, _("_Map…"), "tree.map");
  g_menu_append (order, _("Move _up"), "tree.move-up");
  g_menu_append (order, _("Move do_wn"), "tree.move-down");
  g_menu_append (end, _("Re_move…"), "tree.remove");
  append_section (menu, connection);
  append_tools (menu, target);
  append_section (menu, entry);
  append_section (menu, order);
  append_section (menu, end);
  return G_MENU_MODEL (menu);
}

/* The action is activated after the popover has closed. */
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

/**
 * plancia_tree_menu_show:
 * @row: a row with a device
 * @session: the session with the plant of the device
 * @x: where in the row
 * @y: where in the row
 */
void
plancia_tree_menu_show (PlanciaTreeRow *row, PlanciaSession *session, double x, double y)
{
  PlanciaDevice *device = plancia_tree_row_get_device (row);
  g_autoptr (GMenuModel) menu = NULL;
  g_autoptr (GSimpleActionGroup) actions = NULL;
  GtkWidget *popover;
  Target    *target;

  if (!device || !plancia_device_get_entry (device))
    return;

  target = target_new (session, device, GTK_WIDGET (row));
  menu = make_menu (target);
  actions = make_actions (target);
  popover = gtk_popover_menu_new_from_model (menu);
  gtk_widget_insert_action_group (popover, "tree", G_ACTION_GROUP (actions));
  gtk_widget_set_parent (popover, GTK_WIDGET (row));
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &(GdkRectangle){(int) x, (int) y, 1, 1});
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}
