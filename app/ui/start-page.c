/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/start-page.h"

struct _PlanciaStartPage
{
  AdwBin parent_instance;

  GtkWidget  *choices;
  GtkWidget  *demo_button;
  GtkSpinner *spinner;

  gboolean busy;
};

enum {
  PROP_0,
  PROP_BUSY,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (PlanciaStartPage, plancia_start_page, ADW_TYPE_BIN)

static GParamSpec *properties[N_PROPS];

static void
plancia_start_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PlanciaStartPage *self = PLANCIA_START_PAGE (object);

  switch (id) {
  case PROP_BUSY:
    g_value_set_boolean (value, self->busy);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_start_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PlanciaStartPage *self = PLANCIA_START_PAGE (object);

  switch (id) {
  case PROP_BUSY:
    plancia_start_page_set_busy (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_start_page_class_init (PlanciaStartPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = plancia_start_page_get_property;
  object_class->set_property = plancia_start_page_set_property;

  properties[PROP_BUSY] = g_param_spec_boolean ("busy",
                                                NULL,
                                                NULL,
                                                FALSE,
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                  G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaStartPage, choices);
  gtk_widget_class_bind_template_child (widget_class, PlanciaStartPage, demo_button);
  gtk_widget_class_bind_template_child (widget_class, PlanciaStartPage, spinner);
}

static void
plancia_start_page_init (PlanciaStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * plancia_start_page_set_busy:
 * @self: the page
 * @busy: TRUE while a plant is being opened: nothing else can be begun then
 */
void
plancia_start_page_set_busy (PlanciaStartPage *self, gboolean busy)
{
  if (self->busy == busy)
    return;

  self->busy = busy;
  gtk_widget_set_sensitive (self->choices, !busy);
  gtk_widget_set_sensitive (self->demo_button, !busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}
