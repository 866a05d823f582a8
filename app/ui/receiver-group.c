/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/receiver-group.h"

#include "ui/callback-service.h"
#include "ui/receiver-words.h"
#include "ui/settings.h"

struct _PlanciaReceiverGroup
{
  AdwPreferencesGroup parent_instance;

  AdwActionRow  *state_row;
  GtkSwitch     *on;
  GtkEditable   *address;
  GtkSpinButton *port;
  GtkEditable   *url;
};

G_DEFINE_FINAL_TYPE (PlanciaReceiverGroup, plancia_receiver_group, ADW_TYPE_PREFERENCES_GROUP)

static void
update (PlanciaReceiverGroup *self)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *state = plancia_receiver_words_state (plancia_callback_service_get (), zone);

  adw_action_row_set_subtitle (self->state_row, state);
}

static void
applied_cb (PlanciaReceiverGroup *self)
{
  GSettings *settings = plancia_settings_get ();

  g_settings_set_string (settings, "receiver-address", gtk_editable_get_text (self->address));
  g_settings_set_string (settings, "receiver-url", gtk_editable_get_text (self->url));
  plancia_callback_service_apply ();
}

static void
plancia_receiver_group_class_init (PlanciaReceiverGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/receiver-group.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaReceiverGroup, state_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReceiverGroup, on);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReceiverGroup, address);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReceiverGroup, port);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReceiverGroup, url);
  gtk_widget_class_bind_template_callback (widget_class, applied_cb);
}

static void
plancia_receiver_group_init (PlanciaReceiverGroup *self)
{
  GSettings       *settings = plancia_settings_get ();
  g_autofree char *address = g_settings_get_string (settings, "receiver-address");
  g_autofree char *url = g_settings_get_string (settings, "receiver-url");

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_editable_set_text (self->address, address);
  gtk_editable_set_text (self->url, url);
  g_settings_bind (settings, "receiver-on", self->on, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "receiver-port", self->port, "value", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (plancia_callback_service_get (),
                           "changed",
                           G_CALLBACK (update),
                           self,
                           G_CONNECT_SWAPPED);
  update (self);
}
