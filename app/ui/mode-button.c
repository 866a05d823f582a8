/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/mode-button.h"

#include "backend/tape-player.h"
#include "ui/settings.h"

#include <glib/gi18n.h>

struct _PlanciaModeButton
{
  GtkToggleButton parent_instance;

  GtkImage *icon;
  GtkLabel *word;

  PlanciaSession *session;
};

enum {
  PROP_0,
  PROP_SESSION,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (PlanciaModeButton, plancia_mode_button, GTK_TYPE_TOGGLE_BUTTON)

static GParamSpec *properties[N_PROPS];

/* What was recorded is past. */
static gboolean
is_recording (PlanciaModeButton *self)
{
  PlanciaOpenPlant *plant = plancia_session_get_plant (self->session);

  return plant && plancia_tape_player_of (plancia_open_plant_get_plant (plant));
}

/* Forbidden on this computer: whoever switches it on, it goes off again. */
static void
allowed_cb (PlanciaModeButton *self)
{
  gboolean allowed = g_settings_get_boolean (plancia_settings_get (), "installer-allowed") &&
                     !is_recording (self);

  gtk_widget_set_sensitive (GTK_WIDGET (self), allowed);
  if (!allowed)
    plancia_session_set_installer (self->session, FALSE);
}

static void
update (PlanciaModeButton *self)
{
  GtkWidget  *widget = GTK_WIDGET (self);
  gboolean    installer = plancia_session_get_installer (self->session);
  const char *word = installer ? _("Installer") : _("View only");

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self), installer);
  gtk_image_set_from_icon_name (self->icon,
                                installer ? "plancia-unlock-symbolic" : "plancia-lock-symbolic");
  gtk_label_set_label (self->word, word);
  gtk_widget_set_tooltip_text (widget,
                               is_recording (self)
                               ? _("A recording can only be looked at")
                               : installer
                               ? _("Settings can be changed after a review. Back to view only")
                               : _("View only. Switch to installer mode to change settings"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, word, -1);
  if (installer)
    gtk_widget_add_css_class (widget, "installer-button");
  else
    gtk_widget_remove_css_class (widget, "installer-button");
  allowed_cb (self);
}

static void
plancia_mode_button_toggled (GtkToggleButton *button)
{
  plancia_session_set_installer (PLANCIA_MODE_BUTTON (button)->session,
                                 gtk_toggle_button_get_active (button));
}

static void
plancia_mode_button_constructed (GObject *object)
{
  PlanciaModeButton *self = PLANCIA_MODE_BUTTON (object);

  G_OBJECT_CLASS (plancia_mode_button_parent_class)->constructed (object);

  g_signal_connect_object (self->session,
                           "notify::installer",
                           G_CALLBACK (update),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session,
                           "notify::plant",
                           G_CALLBACK (update),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (plancia_settings_get (),
                           "changed::installer-allowed",
                           G_CALLBACK (allowed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  update (self);
}

static void
plancia_mode_button_dispose (GObject *object)
{
  g_clear_object (&PLANCIA_MODE_BUTTON (object)->session);

  G_OBJECT_CLASS (plancia_mode_button_parent_class)->dispose (object);
}

static void
plancia_mode_button_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_SESSION:
    g_value_set_object (value, PLANCIA_MODE_BUTTON (object)->session);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_mode_button_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_SESSION:
    PLANCIA_MODE_BUTTON (object)->session = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_mode_button_class_init (PlanciaModeButtonClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = plancia_mode_button_constructed;
  object_class->dispose = plancia_mode_button_dispose;
  object_class->get_property = plancia_mode_button_get_property;
  object_class->set_property = plancia_mode_button_set_property;
  GTK_TOGGLE_BUTTON_CLASS (klass)->toggled = plancia_mode_button_toggled;

  properties[PROP_SESSION] = g_param_spec_object ("session",
                                                  NULL,
                                                  NULL,
                                                  PLANCIA_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY |
                                                    G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/mode-button.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaModeButton, icon);
  gtk_widget_class_bind_template_child (widget_class, PlanciaModeButton, word);
}

static void
plancia_mode_button_init (PlanciaModeButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
plancia_mode_button_set_narrow (PlanciaModeButton *self, gboolean narrow)
{
  gtk_widget_set_visible (GTK_WIDGET (self->word), !narrow);
}
