/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/key-value.h"

#include "ui/figure.h"

struct _PlanciaKeyValue
{
  GtkBox parent_instance;

  GtkLabel       *key_label;
  GtkInscription *value_text;
};

enum {
  PROP_0,
  PROP_KEY,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (PlanciaKeyValue, plancia_key_value, GTK_TYPE_BOX)

static GParamSpec *properties[N_PROPS];

static void
plancia_key_value_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PlanciaKeyValue *self = PLANCIA_KEY_VALUE (object);

  switch (id) {
  case PROP_KEY:
    g_value_set_string (value, plancia_key_value_get_key (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_key_value_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PlanciaKeyValue *self = PLANCIA_KEY_VALUE (object);

  switch (id) {
  case PROP_KEY:
    gtk_label_set_text (self->key_label, g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
plancia_key_value_class_init (PlanciaKeyValueClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = plancia_key_value_get_property;
  object_class->set_property = plancia_key_value_set_property;

  properties[PROP_KEY] =
    g_param_spec_string ("key", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/key-value.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaKeyValue, key_label);
  gtk_widget_class_bind_template_child (widget_class, PlanciaKeyValue, value_text);
}

static void
plancia_key_value_init (PlanciaKeyValue *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * plancia_key_value_new:
 * @key: translated
 *
 * Returns: (transfer floating): a line without a value, shown
 */
GtkWidget *
plancia_key_value_new (const char *key)
{
  return g_object_new (PLANCIA_TYPE_KEY_VALUE, "key", key, NULL);
}

const char *
plancia_key_value_get_key (PlanciaKeyValue *self)
{
  return gtk_label_get_text (self->key_label);
}

const char *
plancia_key_value_get_value (PlanciaKeyValue *self)
{
  return gtk_inscription_get_text (self->value_text);
}

/**
 * plancia_key_value_set_value:
 * @self: a line
 * @value: (nullable): %NULL hides it
 */
void
plancia_key_value_set_value (PlanciaKeyValue *self, const char *value)
{
  if (value)
    plancia_figure_set_text (self->value_text, value);
  if (gtk_widget_get_visible (GTK_WIDGET (self)) != (value != NULL))
    gtk_widget_set_visible (GTK_WIDGET (self), value != NULL);
}
