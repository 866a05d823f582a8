/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/help-button.h"

#include "ui/help-topic.h"

#include <glib/gi18n.h>

struct _PlanciaHelpButton
{
  GtkButton parent_instance;
};

G_DEFINE_FINAL_TYPE (PlanciaHelpButton, plancia_help_button, GTK_TYPE_BUTTON)

static void
plancia_help_button_class_init (PlanciaHelpButtonClass *klass)
{
}

static void
plancia_help_button_init (PlanciaHelpButton *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_button_set_icon_name (GTK_BUTTON (self), "dialog-question-symbolic");
  gtk_widget_set_tooltip_text (widget, _("Help on this"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Help on this"), -1);
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (widget, "flat");
  gtk_widget_set_visible (widget, FALSE);
}

/**
 * plancia_help_button_set_place:
 * @place: (nullable): "page#place" of the manual
 */
void
plancia_help_button_set_place (PlanciaHelpButton *self, const char *place)
{
  gtk_widget_set_visible (GTK_WIDGET (self), place != NULL);
  if (!place)
    return;
  /* In this order: the action has no use for a button without a place. */
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "s", place);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "app.help");
}

/**
 * plancia_help_button_set_error:
 * @error: (nullable): what to explain
 */
void
plancia_help_button_set_error (PlanciaHelpButton *self, const GError *error)
{
  plancia_help_button_set_place (self, error ? plancia_help_topic_of_error (error) : NULL);
}
