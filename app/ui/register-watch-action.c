/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/register-watch-action.h"

#include "model/register-row.h"
#include "plant/watched.h"

/* Belongs to copy. */
typedef struct
{
  PlanciaTableCopy *copy;    /* borrowed */
  PlanciaSession   *session; /* borrowed */
  GSimpleAction    *action;
} WatchAction;

static void
watch_action_free (gpointer data)
{
  WatchAction *self = data;

  g_signal_handlers_disconnect_by_data (self->action, self);
  g_object_unref (self->action);
  g_free (self);
}

static const char *
key_in_hand (WatchAction *self)
{
  PlanciaRegisterRow *row = plancia_table_copy_get_item (self->copy);

  return row != NULL ? plancia_register_row_get_field (row)->key : NULL;
}

static gboolean
is_watched (WatchAction *self, const char *key)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);
  PlanciaDevice    *device = plancia_session_get_device (self->session);

  return plant != NULL && device != NULL && key != NULL &&
         plancia_watched_contains (plancia_watched_of (plancia_open_plant_get_plant (plant)),
                                   plancia_device_get_id (device),
                                   key);
}

/* Before the menu is shown. */
static void
menu_cb (PlanciaTableCopy *copy, WatchAction *self)
{
  g_simple_action_set_state (self->action,
                             g_variant_new_boolean (is_watched (self, key_in_hand (self))));
}

static void
activate_cb (GSimpleAction *action, GVariant *parameter, WatchAction *self)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);
  PlanciaDevice    *device = plancia_session_get_device (self->session);
  const char       *key = key_in_hand (self);
  gboolean          watched = !is_watched (self, key);

  if (plant == NULL || device == NULL || key == NULL)
    return;
  plancia_open_plant_set_register_watched (plant, device, key, watched);
  g_simple_action_set_state (action, g_variant_new_boolean (watched));
}

void
plancia_register_watch_action_add (PlanciaTableCopy *copy, GActionMap *map, PlanciaSession *session)
{
  WatchAction *self = g_new0 (WatchAction, 1);

  self->copy = copy;
  self->session = session;
  self->action = g_simple_action_new_stateful ("watch", NULL, g_variant_new_boolean (FALSE));
  g_signal_connect (self->action, "activate", G_CALLBACK (activate_cb), self);
  g_signal_connect (copy, "menu", G_CALLBACK (menu_cb), self);
  g_action_map_add_action (map, G_ACTION (self->action));
  g_object_set_data_full (G_OBJECT (copy), "watch-action", self, watch_action_free);
}
