/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/legend.h"

#include <glib/gi18n.h>

#define KEY_WIDTH      16
#define KEY_HEIGHT     12
#define HIDDEN_OPACITY 0.5
#define NARROW_LINE    2
/* Of a name or value: longer ones would leave a line to few chips. The tooltip has all of it. */
#define MOST_CHARS 22
/* More chips than these are scrolled. */
#define FEW_CHIPS     12
#define SCROLL_HEIGHT 128

/* One chip; owned by the legend. */
typedef struct
{
  PlanciaLegend *legend;
  PlanciaLayer  *layer; /* a reference: the chart may have let go of it */
  guint          index;
  GtkWidget     *chip;
  GtkWidget     *key;
  GtkWidget     *value;
} Chip;

struct _PlanciaLegend
{
  GtkWidget parent_instance;

  GtkWidget    *box;
  GtkWidget    *scroller; /* around the box while there are many */
  GtkWidget    *end;      /* or NULL */
  PlanciaChart *chart;
  GPtrArray    *chips;
  gboolean      narrow;
};

G_DEFINE_FINAL_TYPE (PlanciaLegend, plancia_legend, GTK_TYPE_WIDGET)

static void
chip_free (gpointer data)
{
  Chip *chip = data;

  g_object_unref (chip->layer);
  g_free (chip);
}

static void
draw_key (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  Chip *chip = user_data;

  plancia_layer_draw_key (chip->layer,
                          cr,
                          width,
                          height,
                          plancia_chart_get_palette (chip->legend->chart));
}

/* At the crosshair a value that holds since the sample before has a mark: it was not measured there. */
static char *
dup_value (Chip *chip, gint64 cursor)
{
  g_autofree char *value = plancia_layer_describe (chip->layer, cursor);

  if (cursor == G_MAXINT64 ||
      plancia_layer_get_reading (chip->layer) != PLANCIA_LAYER_READING_PREVIOUS)
    return g_steal_pointer (&value);
  return g_strconcat ("\u25c2\u00a0", value, NULL);
}

/* From right to left, too, the sign stands before the number and the unit behind it. */
static void
show_value (GtkLabel *label, const char *value)
{
  gboolean         turned = gtk_widget_get_direction (GTK_WIDGET (label)) == GTK_TEXT_DIR_RTL;
  g_autofree char *marked = turned ? g_strconcat ("\u200e", value, "\u200e", NULL) : NULL;

  gtk_label_set_text (label, marked ? marked : value);
}

/* Hidden is said by paleness and to screen readers. */
static void
update_chip (Chip *chip, gint64 cursor)
{
  gboolean         hidden = plancia_layer_get_hidden (chip->layer);
  const char      *title = plancia_series_get_title (plancia_layer_get_series (chip->layer));
  g_autofree char *value = hidden ? g_strdup ("\u2014") : dup_value (chip, cursor);
  g_autofree char *words = g_strdup_printf (hidden ? _ ("%s, hidden") : "%s", title);
  g_autofree char *label = g_strdup_printf ("%s, %s", words, value);

  show_value (GTK_LABEL (chip->value), value);
  gtk_widget_set_opacity (chip->chip, hidden ? HIDDEN_OPACITY : 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip->chip),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
}

static void
update_values (PlanciaLegend *self)
{
  gint64 cursor = plancia_chart_get_cursor (self->chart);

  for (guint i = 0; i < self->chips->len; i++)
    update_chip (g_ptr_array_index (self->chips, i), cursor);
}

/* As many in a line as there are, so that they share the width. */
static void
update_lines (PlanciaLegend *self)
{
  guint n_visible = 0;

  for (guint i = 0; i < self->chips->len; i++)
    n_visible += gtk_widget_get_visible (((Chip *) g_ptr_array_index (self->chips, i))->chip);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->box),
                                          self->narrow ? NARROW_LINE
                                                       : MAX (n_visible, NARROW_LINE));
}

static gboolean
has_values (Chip *chip)
{
  return plancia_series_get_length (plancia_layer_get_series (chip->layer)) > 0;
}

/* A device without a battery has no use for its sign. While nothing has come at all, everything stays as it was. */
static void
update_visible (PlanciaLegend *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->chips->len; i++)
    any |= has_values (g_ptr_array_index (self->chips, i));
  for (guint i = 0; any && i < self->chips->len; i++) {
    Chip *chip = g_ptr_array_index (self->chips, i);

    gtk_widget_set_visible (chip->chip, has_values (chip));
  }
  update_lines (self);
}

static void
activated (GtkFlowBox *box, GtkFlowBoxChild *child, PlanciaLegend *self)
{
  plancia_legend_toggle (self, (guint) gtk_flow_box_child_get_index (child));
}

/* The first click of the two has switched the layer already; isolating sets all of them anyway. */
static void
pressed (GtkGestureClick *click, int n_press, double x, double y, Chip *chip)
{
  if (n_press != 2)
    return;
  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
  plancia_layer_set_hidden (chip->layer, FALSE);
  plancia_legend_isolate (chip->legend, chip->index);
}

static GtkWidget *
new_label (const char *text, const char *class_name)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, class_name);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MOST_CHARS);
  return label;
}

static GtkWidget *
new_chip_content (Chip *chip)
{
  GtkWidget  *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget  *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const char *title = plancia_series_get_title (plancia_layer_get_series (chip->layer));
  GtkWidget  *name = new_label (title, "legend-name");

  /* Of what is compared the end says which it is. */
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_MIDDLE);
  chip->value = new_label ("", "legend-value");
  gtk_widget_add_css_class (chip->value, "numeric");
  chip->key = gtk_drawing_area_new ();
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (chip->key), KEY_WIDTH);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (chip->key), KEY_HEIGHT);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (chip->key), draw_key, chip, NULL);
  gtk_widget_set_valign (chip->key, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (row, "legend-chip");
  gtk_box_append (GTK_BOX (words), name);
  gtk_box_append (GTK_BOX (words), chip->value);
  gtk_box_append (GTK_BOX (row), chip->key);
  gtk_box_append (GTK_BOX (row), words);
  return row;
}

static void
add_chip (PlanciaLegend *self, guint index)
{
  Chip            *chip = g_new0 (Chip, 1);
  GtkGesture      *click = gtk_gesture_click_new ();
  g_autofree char *tip = NULL;

  chip->legend = self;
  chip->index = index;
  chip->layer = g_object_ref (plancia_chart_get_layer (self->chart, index));
  chip->chip = gtk_flow_box_child_new ();
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (chip->chip), new_chip_content (chip));
  tip = g_strdup_printf ("%s\n%s",
                         plancia_series_get_title (plancia_layer_get_series (chip->layer)),
                         _ ("Click to hide or show, double click to see it alone"));
  gtk_widget_set_tooltip_text (chip->chip, tip);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed), chip);
  gtk_widget_add_controller (chip->chip, GTK_EVENT_CONTROLLER (click));
  gtk_flow_box_append (GTK_FLOW_BOX (self->box), chip->chip);
  g_ptr_array_add (self->chips, chip);
}

/* Are the chips those of the chart's layers? */
static gboolean
fits (PlanciaLegend *self)
{
  if (self->chips->len != plancia_chart_get_n_layers (self->chart))
    return FALSE;
  for (guint i = 0; i < self->chips->len; i++)
    if (((Chip *) g_ptr_array_index (self->chips, i))->layer !=
        plancia_chart_get_layer (self->chart, i))
      return FALSE;
  return TRUE;
}

/* Few chips take the room they need, many a part of it. */
static void
place_box (PlanciaLegend *self)
{
  gboolean many = self->chips->len > FEW_CHIPS;

  if (many == (self->scroller != NULL))
    return;
  g_object_ref (self->box);
  gtk_widget_unparent (self->scroller != NULL ? self->scroller : self->box);
  self->scroller = NULL;
  if (many) {
    self->scroller = gtk_scrolled_window_new ();
    gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller),
                                    GTK_POLICY_NEVER,
                                    GTK_POLICY_AUTOMATIC);
    gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scroller),
                                                SCROLL_HEIGHT);
    gtk_widget_set_hexpand (self->scroller, TRUE);
    gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->box);
  }
  gtk_widget_insert_after (many ? self->scroller : self->box, GTK_WIDGET (self), NULL);
  g_object_unref (self->box);
}

static void
rebuild (PlanciaLegend *self)
{
  for (guint i = 0; i < self->chips->len; i++)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->box),
                         ((Chip *) g_ptr_array_index (self->chips, i))->chip);
  g_ptr_array_set_size (self->chips, 0);
  for (guint i = 0; i < plancia_chart_get_n_layers (self->chart); i++)
    add_chip (self, i);
  place_box (self);
}

static void
update_all (PlanciaLegend *self)
{
  if (!fits (self))
    rebuild (self);
  update_values (self);
  update_visible (self);
  for (guint i = 0; i < self->chips->len; i++)
    gtk_widget_queue_draw (((Chip *) g_ptr_array_index (self->chips, i))->key);
}

static void
plancia_legend_dispose (GObject *object)
{
  PlanciaLegend *self = PLANCIA_LEGEND (object);

  if (self->chart != NULL)
    g_signal_handlers_disconnect_by_data (self->chart, self);
  if (self->box != NULL)
    gtk_widget_unparent (self->scroller != NULL ? self->scroller : self->box);
  self->box = self->scroller = NULL;
  g_clear_pointer (&self->end, gtk_widget_unparent);
  g_clear_pointer (&self->chips, g_ptr_array_unref);
  g_clear_object (&self->chart);

  G_OBJECT_CLASS (plancia_legend_parent_class)->dispose (object);
}

static void
plancia_legend_class_init (PlanciaLegendClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plancia_legend_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "legend");
}

static void
plancia_legend_init (PlanciaLegend *self)
{
  GtkFlowBox *box;

  self->chips = g_ptr_array_new_with_free_func (chip_free);
  self->box = gtk_flow_box_new ();
  box = GTK_FLOW_BOX (self->box);
  gtk_flow_box_set_selection_mode (box, GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (box, TRUE);
  gtk_widget_set_hexpand (self->box, TRUE);
  gtk_flow_box_set_min_children_per_line (box, NARROW_LINE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Legend"), -1);
  g_signal_connect (box, "child-activated", G_CALLBACK (activated), self);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * plancia_legend_new:
 *
 * Returns: (transfer full): an empty legend
 */
GtkWidget *
plancia_legend_new (void)
{
  return g_object_new (PLANCIA_TYPE_LEGEND, NULL);
}

/**
 * plancia_legend_set_chart:
 * @self: a legend without a chart
 * @chart: whose layers it lists and switches
 */
void
plancia_legend_set_chart (PlanciaLegend *self, PlanciaChart *chart)
{
  g_return_if_fail (self->chart == NULL);

  self->chart = g_object_ref (chart);
  g_signal_connect_swapped (chart, "cursor-moved", G_CALLBACK (update_values), self);
  g_signal_connect_swapped (chart, "layers-changed", G_CALLBACK (update_all), self);
  update_all (self);
}

/**
 * plancia_legend_set_end:
 * @self: a legend without one
 * @end: (transfer floating): stands behind the last chip
 */
void
plancia_legend_set_end (PlanciaLegend *self, GtkWidget *end)
{
  g_return_if_fail (self->end == NULL);

  self->end = end;
  gtk_widget_set_valign (end, GTK_ALIGN_CENTER);
  gtk_widget_insert_before (end, GTK_WIDGET (self), NULL);
}

/**
 * plancia_legend_set_narrow:
 * @self: a legend
 * @narrow: two chips a line
 */
void
plancia_legend_set_narrow (PlanciaLegend *self, gboolean narrow)
{
  self->narrow = narrow;
  update_lines (self);
}

/**
 * plancia_legend_toggle:
 * @self: a legend
 * @layer: number of a layer of the chart
 *
 * What a click does: hides it, or shows it again.
 */
void
plancia_legend_toggle (PlanciaLegend *self, guint layer)
{
  Chip *chip;

  g_return_if_fail (layer < self->chips->len);

  chip = g_ptr_array_index (self->chips, layer);
  plancia_layer_set_hidden (chip->layer, !plancia_layer_get_hidden (chip->layer));
}

/**
 * plancia_legend_isolate:
 * @self: a legend
 * @layer: number of a layer of the chart
 *
 * What a double click does: hides all others; if it is alone already, shows all again.
 */
void
plancia_legend_isolate (PlanciaLegend *self, guint layer)
{
  gboolean alone;

  g_return_if_fail (layer < self->chips->len);

  alone = !plancia_layer_get_hidden (((Chip *) g_ptr_array_index (self->chips, layer))->layer);
  for (guint i = 0; i < self->chips->len; i++)
    if (i != layer)
      alone &= plancia_layer_get_hidden (((Chip *) g_ptr_array_index (self->chips, i))->layer);
  for (guint i = 0; i < self->chips->len; i++)
    plancia_layer_set_hidden (((Chip *) g_ptr_array_index (self->chips, i))->layer,
                              !alone && i != layer);
}
