/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/help-button.h"

#include "ui/help-topic.h"

#include <glib/gi18n.h>

struct _PlanciaHelpButton
{
  GtkButton parent_instance;

  char *place; /* or NULL */
};

G_DEFINE_FINAL_TYPE (PlanciaHelpButton, plancia_help_button, GTK_TYPE_BUTTON)

/* Of the program, not of the window: most dialogs do not belong to the program and have none of its actions. */
static void
plancia_help_button_clicked (GtkButton *button)
{
  PlanciaHelpButton *self = PLANCIA_HELP_BUTTON (button);
  GApplication      *application = g_application_get_default ();

  if (application && self->place)
    g_action_group_activate_action (G_ACTION_GROUP (application),
                                    "help",
                                    g_variant_new_string (self->place));
}

static void
plancia_help_button_finalize (GObject *object)
{
  g_free (PLANCIA_HELP_BUTTON (object)->place);

  G_OBJECT_CLASS (plancia_help_button_parent_class)->finalize (object);
}

static void
plancia_help_button_class_init (PlanciaHelpButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_help_button_finalize;
  GTK_BUTTON_CLASS (klass)->clicked = plancia_help_button_clicked;
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
  if (g_strcmp0 (self->place, place) == 0)
    return;
  g_free (self->place);
  self->place = g_strdup (place);
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

const char *
plancia_help_button_get_place (PlanciaHelpButton *self)
{
  return self->place;
}
