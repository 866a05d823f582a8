/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/ui-resource.h"

#include "ui/plancia-ui-resource.h"

#include <adwaita.h>

static void
load_style (GtkCssProvider *provider, const char *name)
{
  g_autofree char *path = g_strconcat (PLANCIA_RESOURCE_PREFIX "/", name, NULL);

  gtk_css_provider_load_from_resource (provider, path);
}

static void
dark_cb (AdwStyleManager *manager, GParamSpec *pspec, GtkCssProvider *provider)
{
  if (adw_style_manager_get_dark (manager))
    load_style (provider, "style-dark.css");
  else
    gtk_css_provider_load_from_data (provider, "", -1);
}

/** plancia_ui_resource_register: call before the first template. Any number of times. */
void
plancia_ui_resource_register (void)
{
  g_resources_register (plancia_ui_get_resource ());
}

/**
 * plancia_ui_resource_attach:
 * @display: a display
 *
 * For tests and other programs without an AdwApplication, which does all of this by itself.
 */
void
plancia_ui_resource_attach (GdkDisplay *display)
{
  GtkCssProvider  *style = gtk_css_provider_new ();
  GtkCssProvider  *dark = gtk_css_provider_new ();
  AdwStyleManager *manager = adw_style_manager_get_default ();
  guint            priority = GTK_STYLE_PROVIDER_PRIORITY_APPLICATION;

  plancia_ui_resource_register ();
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display),
                                    PLANCIA_RESOURCE_PREFIX "/icons");
  load_style (style, "style.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (style), priority);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (dark), priority + 1);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (dark_cb), dark, 0);
  dark_cb (manager, NULL, dark);
  g_object_unref (style);
  g_object_unref (dark);
}
