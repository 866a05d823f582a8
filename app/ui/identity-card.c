/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/identity-card.h"

#include "ui/device-identity.h"
#include "ui/key-value.h"
#include <adwaita.h>
#include <glib/gi18n.h>

struct _PlanciaIdentityCard
{
  GtkBox parent_instance;

  GtkBox          *lines;
  GtkButton       *copy_button;
  PlanciaKeyValue *serial_line;
  PlanciaKeyValue *firmware_line;
  PlanciaKeyValue *rated_line;
  PlanciaKeyValue *map_line;
  PlanciaKeyValue *clock_line;
  PlanciaKeyValue *account_line;
  PlanciaKeyValue *address_line;

  PlanciaDevice *device;
  GTimeZone     *zone;
  GSignalGroup  *signals;
};

G_DEFINE_FINAL_TYPE (PlanciaIdentityCard, plancia_identity_card, GTK_TYPE_BOX)

static void
set_line (PlanciaKeyValue *line, char *value)
{
  plancia_key_value_set_value (line, value);
  g_free (value);
}

static void
update (PlanciaIdentityCard *self)
{
  PlanciaDevice   *device = self->device;
  g_autofree char *serial = NULL;

  if (!device)
    return;
  serial = plancia_device_identity_serial (device);
  plancia_key_value_set_value (self->serial_line, serial);
  set_line (self->firmware_line, plancia_device_identity_firmware (device));
  set_line (self->rated_line, plancia_device_identity_rated (device));
  set_line (self->map_line, plancia_device_identity_map (device));
  set_line (self->clock_line, plancia_device_identity_clock (device, self->zone));
  set_line (self->account_line, plancia_device_identity_account (device));
  /* What has no number of its own is told apart by where it answers. */
  set_line (self->address_line, serial ? NULL : plancia_device_identity_address (device));
}

static void
copy (PlanciaIdentityCard *self)
{
  g_autofree char *text = plancia_identity_card_to_text (self);

  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  if (overlay)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), adw_toast_new (_ ("Copied")));
}

static void
plancia_identity_card_dispose (GObject *object)
{
  PlanciaIdentityCard *self = PLANCIA_IDENTITY_CARD (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->device);
  g_clear_pointer (&self->zone, g_time_zone_unref);

  G_OBJECT_CLASS (plancia_identity_card_parent_class)->dispose (object);
}

static void
plancia_identity_card_class_init (PlanciaIdentityCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = plancia_identity_card_dispose;

  g_type_ensure (PLANCIA_TYPE_KEY_VALUE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/identity-card.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaIdentityCard, lines);
  gtk_widget_class_bind_template_child (widget_class, PlanciaIdentityCard, copy_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaIdentityCard, serial_line);
  gtk_widget_class_bind_template_child (widget_class, PlanciaIdentityCard, firmware_line);
  gtk_widget_class_bind_template_child (widget_class, PlanciaIdentityCard, rated_line);
  gtk_widget_class_bind_template_child (widget_class, PlanciaIdentityCard, map_line);
  gtk_widget_class_bind_template_child (widget_class, PlanciaIdentityCard, clock_line);
  gtk_widget_class_bind_template_child (widget_class, PlanciaIdentityCard, account_line);
  gtk_widget_class_bind_template_child (widget_class, PlanciaIdentityCard, address_line);
  gtk_widget_class_bind_template_callback (widget_class, copy);
}

static void
plancia_identity_card_init (PlanciaIdentityCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (PLANCIA_TYPE_DEVICE);
  g_signal_group_connect_swapped (self->signals, "readings", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->signals, "notify::map", G_CALLBACK (update), self);
}

/**
 * plancia_identity_card_set_device:
 * @self: the card
 * @device: (nullable): whom it shows
 * @zone: (nullable): of the plant
 */
void
plancia_identity_card_set_device (PlanciaIdentityCard *self, PlanciaDevice *device, GTimeZone *zone)
{
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = zone ? g_time_zone_ref (zone) : g_time_zone_new_local ();
  g_set_object (&self->device, device);
  g_signal_group_set_target (self->signals, device);
  update (self);
}

/**
 * plancia_identity_card_to_text:
 * @self: the card
 *
 * Returns: (transfer full): its lines for the clipboard, each with its name
 */
char *
plancia_identity_card_to_text (PlanciaIdentityCard *self)
{
  GString   *text = g_string_new (NULL);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->lines));

  if (self->device)
    g_string_append_printf (text, "%s\n", plancia_device_get_name (self->device));
  for (; child; child = gtk_widget_get_next_sibling (child)) {
    PlanciaKeyValue *line = PLANCIA_KEY_VALUE (child);

    if (gtk_widget_get_visible (child))
      g_string_append_printf (text,
                              "%s: %s\n",
                              plancia_key_value_get_key (line),
                              plancia_key_value_get_value (line));
  }

  return g_string_free (text, FALSE);
}
