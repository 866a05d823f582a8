/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/console-menu.h"

#include "backend/terminal.h"
#include "ui/console-files.h"
#include "ui/settings.h"

struct _PlanciaConsoleMenu
{
  GtkWidget          *widget; /* the page, which owns this */
  GActionMap         *actions;
  PlanciaConsoleView *view; /* the page's */
  PlanciaConsoleFeed *feed;
  PlanciaBackend     *backend;
};

static void
clear_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaConsoleMenu *self = user_data;

  if (self->feed)
    plancia_console_buffer_clear (plancia_console_feed_get_buffer (self->feed));
}

static void
copy_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plancia_console_view_copy (((PlanciaConsoleMenu *) user_data)->view);
}

static void
copy_all_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plancia_console_view_copy_all (((PlanciaConsoleMenu *) user_data)->view);
}

static void
save_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaConsoleMenu *self = user_data;

  if (self->feed)
    plancia_console_files_save (self->widget,
                                self->feed,
                                plancia_console_view_get_format (self->view),
                                (PlanciaConsoleExport) g_variant_get_uint32 (parameter));
}

static void
send_file_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PlanciaConsoleMenu *self = user_data;

  if (self->feed)
    plancia_console_files_send (self->widget, self->feed);
}

static void
import_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plancia_console_files_import_macros (((PlanciaConsoleMenu *) user_data)->widget);
}

static void
export_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  plancia_console_files_export_macros (((PlanciaConsoleMenu *) user_data)->widget);
}

static void
reconnect_cb (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  PlanciaConsoleMenu *self = user_data;

  if (!PLANCIA_IS_TERMINAL (self->backend))
    return;
  plancia_terminal_set_reconnect (PLANCIA_TERMINAL (self->backend), g_variant_get_boolean (value));
  g_simple_action_set_state (action, value);
}

static GSimpleAction *
get_action (PlanciaConsoleMenu *self, const char *name)
{
  return G_SIMPLE_ACTION (g_action_map_lookup_action (self->actions, name));
}

/**
 * plancia_console_menu_new:
 * @widget: the page
 * @actions: gets the actions
 *
 * Returns: (transfer full)
 */
PlanciaConsoleMenu *
plancia_console_menu_new (GtkWidget *widget, GActionMap *actions)
{
  static const GActionEntry entries[] = {
    {"clear",         clear_cb,     NULL, NULL,    NULL,         {0}},
    {"copy",          copy_cb,      NULL, NULL,    NULL,         {0}},
    {"copy-all",      copy_all_cb,  NULL, NULL,    NULL,         {0}},
    {"save",          save_cb,      "u",  NULL,    NULL,         {0}},
    {"send-file",     send_file_cb, NULL, NULL,    NULL,         {0}},
    {"import-macros", import_cb,    NULL, NULL,    NULL,         {0}},
    {"export-macros", export_cb,    NULL, NULL,    NULL,         {0}},
    {"reconnect",     NULL,         NULL, "false", reconnect_cb, {0}},
  };
  static const char *const keys[] = {"console-view",
                                     "console-time",
                                     "console-charset",
                                     "console-ansi",
                                     "console-binary",
                                     "console-decode",
                                     "console-gap",
                                     "console-echo"};
  PlanciaConsoleMenu      *self = g_new0 (PlanciaConsoleMenu, 1);

  self->widget = widget;
  self->actions = g_object_ref (actions);
  g_action_map_add_action_entries (actions, entries, G_N_ELEMENTS (entries), self);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autoptr (GAction) action = g_settings_create_action (plancia_settings_get (), keys[i]);

    g_action_map_add_action (actions, action);
  }
  return self;
}

/**
 * plancia_console_menu_free:
 *
 * The actions must not be used any more.
 */
void
plancia_console_menu_free (PlanciaConsoleMenu *self)
{
  plancia_console_menu_set_feed (self, NULL, NULL);
  g_object_unref (self->actions);
  g_free (self);
}

/**
 * plancia_console_menu_set_view:
 * @view: what is copied from; the page's
 */
void
plancia_console_menu_set_view (PlanciaConsoleMenu *self, PlanciaConsoleView *view)
{
  self->view = view;
}

/**
 * plancia_console_menu_set_feed:
 * @feed: (nullable): what is saved and sent to
 * @backend: (nullable): its own
 */
void
plancia_console_menu_set_feed (PlanciaConsoleMenu *self,
                               PlanciaConsoleFeed *feed,
                               PlanciaBackend     *backend)
{
  gboolean terminal = backend && PLANCIA_IS_TERMINAL (backend);
  gboolean again = terminal && plancia_terminal_get_reconnect (PLANCIA_TERMINAL (backend));

  g_set_object (&self->feed, feed);
  g_set_object (&self->backend, backend);
  g_simple_action_set_enabled (get_action (self, "reconnect"), terminal);
  g_simple_action_set_state (get_action (self, "reconnect"), g_variant_new_boolean (again));
  plancia_console_menu_update (self);
}

/**
 * plancia_console_menu_update:
 */
void
plancia_console_menu_update (PlanciaConsoleMenu *self)
{
  gboolean open = self->backend && plancia_backend_get_state (self->backend) == PLANCIA_STATE_OPEN;

  g_simple_action_set_enabled (get_action (self, "send-file"), open);
}
