/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/traffic-toolbar.h"

#include "ui/row-names.h"

#include <glib/gi18n.h>

struct _PlanciaTrafficToolbar
{
  AdwBin parent_instance;

  GtkToggleButton  *pause;
  AdwButtonContent *pause_content;
  GtkEditable      *entry;
  GtkToggleButton  *sent;
  GtkToggleButton  *received;
  GtkToggleButton  *errors;
  AdwButtonContent *errors_content;
  GtkWidget *export;
  AdwButtonContent *export_content;
};

enum {
  PROP_0,
  PROP_PAUSED,
  PROP_SENT,
  PROP_RECEIVED,
  PROP_ERRORS,
  PROP_TEXT,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (PlanciaTrafficToolbar, plancia_traffic_toolbar, ADW_TYPE_BIN)

static GParamSpec *properties[N_PROPS];

static void
paused_cb (PlanciaTrafficToolbar *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAUSED]);
}

static void
sent_cb (PlanciaTrafficToolbar *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SENT]);
}

static void
received_cb (PlanciaTrafficToolbar *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECEIVED]);
}

static void
errors_cb (PlanciaTrafficToolbar *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERRORS]);
}

static void
text_cb (PlanciaTrafficToolbar *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

static void
plancia_traffic_toolbar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PlanciaTrafficToolbar *self = PLANCIA_TRAFFIC_TOOLBAR (object);

  switch (id) {
  case PROP_PAUSED:
    g_value_set_boolean (value, plancia_traffic_toolbar_get_paused (self));
    break;
  case PROP_SENT:
    g_value_set_boolean (value, plancia_traffic_toolbar_get_sent (self));
    break;
  case PROP_RECEIVED:
    g_value_set_boolean (value, plancia_traffic_toolbar_get_received (self));
    break;
  case PROP_ERRORS:
    g_value_set_boolean (value, plancia_traffic_toolbar_get_errors (self));
    break;
  case PROP_TEXT:
    g_value_set_string (value, plancia_traffic_toolbar_get_text (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  properties[PROP_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE, flags);
  properties[PROP_SENT] = g_param_spec_boolean ("sent", NULL, NULL, TRUE, flags);
  properties[PROP_RECEIVED] = g_param_spec_boolean ("received", NULL, NULL, TRUE, flags);
  properties[PROP_ERRORS] = g_param_spec_boolean ("errors", NULL, NULL, FALSE, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
plancia_traffic_toolbar_class_init (PlanciaTrafficToolbarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->get_property = plancia_traffic_toolbar_get_property;
  install_properties (G_OBJECT_CLASS (klass));
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/traffic-toolbar.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficToolbar, pause);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficToolbar, pause_content);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficToolbar, entry);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficToolbar, sent);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficToolbar, received);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficToolbar, errors);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficToolbar, errors_content);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficToolbar, export);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficToolbar, export_content);
  gtk_widget_class_bind_template_callback (widget_class, paused_cb);
  gtk_widget_class_bind_template_callback (widget_class, sent_cb);
  gtk_widget_class_bind_template_callback (widget_class, received_cb);
  gtk_widget_class_bind_template_callback (widget_class, errors_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_cb);
}

static void
plancia_traffic_toolbar_init (PlanciaTrafficToolbar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  plancia_row_names_complete_split (ADW_SPLIT_BUTTON (self->export));
}

gboolean
plancia_traffic_toolbar_get_paused (PlanciaTrafficToolbar *self)
{
  return gtk_toggle_button_get_active (self->pause);
}

gboolean
plancia_traffic_toolbar_get_sent (PlanciaTrafficToolbar *self)
{
  return gtk_toggle_button_get_active (self->sent);
}

gboolean
plancia_traffic_toolbar_get_received (PlanciaTrafficToolbar *self)
{
  return gtk_toggle_button_get_active (self->received);
}

gboolean
plancia_traffic_toolbar_get_errors (PlanciaTrafficToolbar *self)
{
  return gtk_toggle_button_get_active (self->errors);
}

const char *
plancia_traffic_toolbar_get_text (PlanciaTrafficToolbar *self)
{
  return gtk_editable_get_text (self->entry);
}

/** plancia_traffic_toolbar_clear: as it was at first */
void
plancia_traffic_toolbar_clear (PlanciaTrafficToolbar *self)
{
  gtk_editable_set_text (self->entry, "");
  gtk_toggle_button_set_active (self->pause, FALSE);
  gtk_toggle_button_set_active (self->sent, TRUE);
  gtk_toggle_button_set_active (self->received, TRUE);
  gtk_toggle_button_set_active (self->errors, FALSE);
}

/** plancia_traffic_toolbar_search: the keyboard goes to the filter */
void
plancia_traffic_toolbar_search (PlanciaTrafficToolbar *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/** plancia_traffic_toolbar_set_narrow: TRUE: icons without words */
void
plancia_traffic_toolbar_set_narrow (PlanciaTrafficToolbar *self, gboolean narrow)
{
  adw_button_content_set_label (self->pause_content, narrow ? "" : _("Pause"));
  adw_button_content_set_label (self->errors_content, narrow ? "" : _("Errors"));
  adw_button_content_set_label (self->export_content, narrow ? "" : "pcapng");
}
