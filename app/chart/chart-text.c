/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/chart-text.h"

#include <math.h>

#define LABEL_SCALE 0.82
#define LINE_HEIGHT 18.0

/**
 * plancia_chart_text_new:
 * @widget: whose font
 * @text: what
 * @bold: for units and badges
 *
 * Returns: (transfer full): a layout
 */
PangoLayout *
plancia_chart_text_new (GtkWidget *widget, const char *text, gboolean bold)
{
  /* Of an axis in a window that goes from right to left too: the minus sign stays before its number. */
  g_autofree char *marked = g_strconcat ("\u200e", text, NULL);
  PangoLayout     *layout = gtk_widget_create_pango_layout (widget, marked);
  PangoAttrList   *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_attr_list_insert (attributes, pango_attr_scale_new (LABEL_SCALE));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  return layout;
}

/**
 * plancia_chart_text_append:
 * @snapshot: where to
 * @layout: of plancia_chart_text_new()
 * @x: pixels
 * @y: pixels, the middle of the line
 * @align: which part of the text's width is left of @x
 * @color: of the text
 */
void
plancia_chart_text_append (GtkSnapshot   *snapshot,
                           PangoLayout   *layout,
                           double         x,
                           double         y,
                           double         align,
                           const GdkRGBA *color)
{
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
    snapshot,
    &GRAPHENE_POINT_INIT ((float) round (x - width * align), (float) round (y - height / 2.0)));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

/**
 * plancia_chart_text_scale:
 * @widget: whose font
 *
 * Returns: what fixed places of text have to be multiplied by, 1 or more
 */
double
plancia_chart_text_scale (GtkWidget *widget)
{
  PangoContext     *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  double            height = pango_font_metrics_get_height (metrics) / (double) PANGO_SCALE;

  pango_font_metrics_unref (metrics);
  /* Fonts differ a little in height at the same size; only larger text counts. */
  return height > LINE_HEIGHT * 1.2 ? height / LINE_HEIGHT : 1;
}
