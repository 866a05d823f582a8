/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/hub-setup-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

/* From the vendor's document on communication with its devices, rev. 00. */
#define PASSWORD "0715"

struct _PlanciaHubSetupDialog
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwActionRow    *portal_row;
  GtkWidget       *open_button;
  AdwActionRow    *password_row;
  AdwActionRow    *pause_row;

  char *uri;
};

G_DEFINE_FINAL_TYPE (PlanciaHubSetupDialog, plancia_hub_setup_dialog, ADW_TYPE_WINDOW)

static void
toast (PlanciaHubSetupDialog *self, const char *text)
{
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (text));
}

static void
open_clicked (PlanciaHubSetupDialog *self)
{
  gtk_show_uri (GTK_WINDOW (self), self->uri, GDK_CURRENT_TIME);
}

static void
copy_clicked (PlanciaHubSetupDialog *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), PASSWORD);
  toast (self, _("Password copied"));
}

static void
plancia_hub_setup_dialog_finalize (GObject *object)
{
  g_free (PLANCIA_HUB_SETUP_DIALOG (object)->uri);

  G_OBJECT_CLASS (plancia_hub_setup_dialog_parent_class)->finalize (object);
}

static void
plancia_hub_setup_dialog_class_init (PlanciaHubSetupDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = plancia_hub_setup_dialog_finalize;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/hub-setup-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaHubSetupDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHubSetupDialog, portal_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHubSetupDialog, open_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHubSetupDialog, password_row);
  gtk_widget_class_bind_template_child (widget_class, PlanciaHubSetupDialog, pause_row);
  gtk_widget_class_bind_template_callback (widget_class, open_clicked);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked);
}

static void
plancia_hub_setup_dialog_init (PlanciaHubSetupDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_action_row_set_subtitle (self->password_row, PASSWORD);
}

static void
show_pause (PlanciaHubSetupDialog *self, PlanciaAddress *address)
{
  double           seconds = plancia_address_get_spacing (address) / 1000.0;
  g_autofree char *text =
    /* Translators: %g is a number of seconds */
    g_strdup_printf (_("Plancia waits %g s. If the HUB is set otherwise, set the same in the "
                       "connection settings of its lines."),
                        seconds);

  adw_action_row_set_subtitle (self->pause_row, text);
}

/**
 * plancia_hub_setup_dialog_new:
 * @parent: the window it belongs to
 * @address: of the HUB, or of something on it
 * @simulated: it is one of the demo plant, which has no portal
 *
 * Returns: (transfer none): a dialog to be presented
 */
GtkWindow *
plancia_hub_setup_dialog_new (GtkWindow *parent, PlanciaAddress *address, gboolean simulated)
{
  PlanciaHubSetupDialog *self =
    g_object_new (PLANCIA_TYPE_HUB_SETUP_DIALOG, "transient-for", parent, NULL);
  const char *host = plancia_address_get_host (address);
  gboolean    ipv6 = strchr (host, ':') != NULL;

  self->uri = g_strdup_printf ("http://%s%s%s/", ipv6 ? "[" : "", host, ipv6 ? "]" : "");
  adw_action_row_set_subtitle (self->portal_row,
                               simulated
                               ? _("The simulated HUB has no portal.")
                               : self->uri);
  gtk_widget_set_sensitive (self->open_button, !simulated);
  show_pause (self, address);
  return GTK_WINDOW (self);
}
