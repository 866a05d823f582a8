/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/traffic-part-row.h"

#include "ui/color-key.h"

struct _PlanciaTrafficPartRow
{
  GtkListBoxRow parent_instance;

  PlanciaColorKey *key;
  GtkLabel        *name;
  GtkLabel        *value;
  GtkLabel        *range;
};

G_DEFINE_FINAL_TYPE (PlanciaTrafficPartRow, plancia_traffic_part_row, GTK_TYPE_LIST_BOX_ROW)

static void
plancia_traffic_part_row_class_init (PlanciaTrafficPartRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PLANCIA_TYPE_COLOR_KEY);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               PLANCIA_RESOURCE_PREFIX "/traffic-part-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficPartRow, key);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficPartRow, name);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficPartRow, value);
  gtk_widget_class_bind_template_child (widget_class, PlanciaTrafficPartRow, range);
}

static void
plancia_traffic_part_row_init (PlanciaTrafficPartRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * plancia_traffic_part_row_new:
 * @color: name in the style sheets
 * @bad: TRUE: the value is in the colour of errors
 *
 * Returns: (transfer floating)
 */
GtkWidget *
plancia_traffic_part_row_new (const char *color,
                              const char *name,
                              const char *value,
                              const char *range,
                              gboolean    bad)
{
  PlanciaTrafficPartRow *self = g_object_new (PLANCIA_TYPE_TRAFFIC_PART_ROW, NULL);

  plancia_color_key_set (self->key, color, FALSE);
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->value, value);
  gtk_label_set_text (self->range, range);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->value), value);
  if (bad)
    gtk_widget_add_css_class (GTK_WIDGET (self->value), "error-ink");
  return GTK_WIDGET (self);
}
