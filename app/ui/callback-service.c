/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/callback-service.h"

#include "ui/settings.h"

static PlanciaCallbackReceiver *receiver;

/**
 * plancia_callback_service_apply:
 *
 * An address or a port that changed makes it listen anew; the public address is only what the cloud is told.
 */
void
plancia_callback_service_apply (void)
{
  GSettings       *settings = plancia_settings_get ();
  g_autofree char *address = g_settings_get_string (settings, "receiver-address");
  g_autofree char *url = g_settings_get_string (settings, "receiver-url");

  plancia_callback_receiver_set_public_url (receiver, url);
  if (g_settings_get_boolean (settings, "receiver-on"))
    plancia_callback_receiver_start (receiver,
                                     address,
                                     (guint16) g_settings_get_uint (settings, "receiver-port"));
  else
    plancia_callback_receiver_stop (receiver);
}

static void
settings_changed (GSettings *settings, const char *key, gpointer user_data)
{
  if (receiver != NULL)
    plancia_callback_service_apply ();
}

PlanciaCallbackReceiver *
plancia_callback_service_get (void)
{
  if (receiver == NULL) {
    g_autofree char *path = plancia_callback_receiver_default_path ();

    receiver = plancia_callback_receiver_new (plancia_cloud_writes_get_default (), path);
    plancia_callback_service_apply ();
    g_signal_connect (plancia_settings_get (),
                      "changed::receiver-on",
                      G_CALLBACK (settings_changed),
                      NULL);
    g_signal_connect (plancia_settings_get (),
                      "changed::receiver-port",
                      G_CALLBACK (settings_changed),
                      NULL);
  }
  return receiver;
}

void
plancia_callback_service_close (void)
{
  if (receiver == NULL)
    return;
  plancia_callback_receiver_close (receiver);
  g_clear_object (&receiver);
}
