/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/poll-setting.h"

#include "model/connections.h"
#include "ui/settings.h"

static void
apply_default (void)
{
  plancia_connections_set_interval (g_settings_get_uint (plancia_settings_get (), "poll-seconds") *
                                    1000);
}

static void
changed_cb (PlanciaSession *session)
{
  PlanciaOpenPlant *open = plancia_session_get_plant (session);
  g_autoptr (GHashTable) told = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray)
    devices = open ? plancia_device_tree_list (plancia_open_plant_get_tree (open)) : NULL;

  apply_default ();
  for (guint i = 0; devices && i < devices->len; i++) {
    PlanciaBackend *backend = plancia_device_get_backend (g_ptr_array_index (devices, i));

    if (backend && g_hash_table_add (told, backend))
      plancia_connections_apply_interval (backend);
  }
}

/**
 * plancia_poll_setting_follow:
 * @session: whose plant is read
 */
void
plancia_poll_setting_follow (PlanciaSession *session)
{
  apply_default ();
  g_signal_connect_object (plancia_settings_get (),
                           "changed::poll-seconds",
                           G_CALLBACK (changed_cb),
                           session,
                           G_CONNECT_SWAPPED);
}
