/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/traffic-bytes.h"

#include "base/bytes.h"
#include "base/signal-new.h"

#include <glib/gi18n.h>
#include <math.h>

/* Pixels at the usual text size, as in the pictures. */
#define PADDING    3
#define GAP        3
#define GROUP_GAP  9 /* after eight bytes */
#define OFFSET_GAP 12
#define LINE       3
#define ROW_GAP    6
#define ROUND      4
/* Longer ones are shown as far as this. */
#define LIMIT 4096

struct _PlanciaTrafficBytes
{
  GtkWidget parent_instance;

  guint8 *data;
  guint   length;
  GArray *parts;
  int     chosen;

  guint columns; /* as allocated */
  guint idle;
  int   digit_width; /* of a monospace character */
  int   text_height;
};

enum {
  SIGNAL_CHOSEN,
  SIGNAL_REARRANGED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (PlanciaTrafficBytes, plancia_traffic_bytes, GTK_TYPE_WIDGET)

static guint signals[N_SIGNALS];

/* --- where bytes are ------------------------------------------------------------------------- */

static void
measure_text (PlanciaTrafficBytes *self)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), "00000000");
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  self->digit_width = (width + 7) / 8;
  self->text_height = height;
}

static int
cell_width (PlanciaTrafficBytes *self)
{
  return 2 * self->digit_width + 2 * PADDING;
}

static int
row_height (PlanciaTrafficBytes *self)
{
  return 2 * self->text_height + LINE + GAP + ROW_GAP;
}

static int
left_edge (PlanciaTrafficBytes *self)
{
  return 4 * self->digit_width + OFFSET_GAP;
}

static int
cell_x (PlanciaTrafficBytes *self, guint column)
{
  return left_edge (self) + (int) column * (cell_width (self) + GAP) +
         (int) (column / 8) * (GROUP_GAP - GAP);
}

static guint
per_row (PlanciaTrafficBytes *self, int width)
{
  static const guint choices[] = {16, 12};

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++) {
    if (width >= cell_x (self, choices[i] - 1) + cell_width (self))
      return choices[i];
  }
  return 8;
}

static guint
n_rows (PlanciaTrafficBytes *self, int width)
{
  guint columns = per_row (self, width);

  return MAX ((self->length + columns - 1) / columns, 1);
}

static int
part_of (PlanciaTrafficBytes *self, guint byte)
{
  for (guint i = 0; self->parts != NULL && i < self->parts->len; i++) {
    const PlanciaPart *part = &g_array_index (self->parts, PlanciaPart, i);

    if (byte >= part->start && byte < part->start + part->length)
      return (int) i;
  }
  return -1;
}

/* --- drawing --------------------------------------------------------------------------------- */

static GdkRGBA
get_color (PlanciaTrafficBytes *self, const char *name)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA          color;

  if (name == NULL || !gtk_style_context_lookup_color (context, name, &color))
    gtk_style_context_get_color (context, &color);
  return color;
}

static void
draw_text (PlanciaTrafficBytes *self,
           GtkSnapshot         *snapshot,
           const char          *text,
           int                  x,
           int                  y,
           gboolean             bold,
           double               alpha)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  GdkRGBA color = get_color (self, NULL);

  if (bold) {
    g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
    pango_layout_set_attributes (layout, attributes);
  }
  color.alpha *= (float) alpha;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
draw_fill (PlanciaTrafficBytes *self, GtkSnapshot *snapshot, int x, int y)
{
  GskRoundedRect outline;
  GdkRGBA        color = get_color (self, NULL);

  color.alpha *= .14f;
  gsk_rounded_rect_init (&outline,
                         &GRAPHENE_RECT_INIT ((float) x,
                                              (float) y,
                                              (float) cell_width (self),
                                              (float) self->text_height + 2),
                         &GRAPHENE_SIZE_INIT (ROUND, ROUND),
                         &GRAPHENE_SIZE_INIT (ROUND, ROUND),
                         &GRAPHENE_SIZE_INIT (0, 0),
                         &GRAPHENE_SIZE_INIT (0, 0));
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &color, &outline.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
draw_byte (PlanciaTrafficBytes *self, GtkSnapshot *snapshot, guint byte, int x, int y)
{
  static const char digits[] = "0123456789ABCDEF";
  guint8            value = self->data[byte];
  int               part = part_of (self, byte);
  char              hex[3] = {digits[value >> 4], digits[value & 15], 0};
  char              character[2] = {g_ascii_isgraph (value) ? (char) value : 0, 0};
  gboolean          chosen = part >= 0 && part == self->chosen;

  if (chosen)
    draw_fill (self, snapshot, x, y);
  draw_text (self, snapshot, hex, x + PADDING, y + 1, chosen, 1);
  if (part >= 0) {
    guint   number = g_array_index (self->parts, PlanciaPart, part).color;
    GdkRGBA color = get_color (self, plancia_traffic_bytes_color (number));

    gtk_snapshot_append_color (snapshot,
                               &color,
                               &GRAPHENE_RECT_INIT ((float) x,
                                                    (float) (y + self->text_height + 2),
                                                    (float) cell_width (self),
                                                    LINE));
  }
  draw_text (self,
             snapshot,
             character[0] != 0 ? character : "\u00b7",
             x + PADDING + self->digit_width / 2,
             y + self->text_height + 2 + LINE + GAP,
             FALSE,
             .74);
}

static void
plancia_traffic_bytes_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PlanciaTrafficBytes *self = PLANCIA_TRAFFIC_BYTES (widget);
  guint                columns;

  measure_text (self);
  columns = per_row (self, gtk_widget_get_width (widget));
  for (guint byte = 0; byte < self->length; byte++) {
    int y = (int) (byte / columns) * row_height (self);

    if (byte % columns == 0) {
      g_autofree char *offset = g_strdup_printf ("%04X", byte);

      draw_text (self, snapshot, offset, 0, y + 1, FALSE, .74);
    }
    draw_byte (self, snapshot, byte, cell_x (self, byte % columns), y);
  }
}

static GtkSizeRequestMode
plancia_traffic_bytes_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
plancia_traffic_bytes_measure (GtkWidget     *widget,
                               GtkOrientation orientation,
                               int            for_size,
                               int           *minimum,
                               int           *natural,
                               int           *minimum_baseline,
                               int           *natural_baseline)
{
  PlanciaTrafficBytes *self = PLANCIA_TRAFFIC_BYTES (widget);

  measure_text (self);
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = cell_x (self, 7) + cell_width (self);
    *natural = cell_x (self, 15) + cell_width (self);
  } else {
    int width = for_size > 0 ? for_size : cell_x (self, 15) + cell_width (self);

    *minimum = *natural = (int) n_rows (self, width) * row_height (self);
  }
}

static gboolean
rearranged_cb (gpointer user_data)
{
  PlanciaTrafficBytes *self = user_data;

  self->idle = 0;
  g_signal_emit (self, signals[SIGNAL_REARRANGED], 0);
  return G_SOURCE_REMOVE;
}

/* Told after the layout of this turn and before it is drawn. */
static void
plancia_traffic_bytes_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  PlanciaTrafficBytes *self = PLANCIA_TRAFFIC_BYTES (widget);
  guint                columns = per_row (self, width);

  if (columns != self->columns && self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 15, rearranged_cb, self, NULL);
  self->columns = columns;
}

/* --- choosing -------------------------------------------------------------------------------- */

static int
byte_at (PlanciaTrafficBytes *self, double x, double y)
{
  guint columns = per_row (self, gtk_widget_get_width (GTK_WIDGET (self)));
  guint row = (guint) MAX (y / row_height (self), 0);

  for (guint column = 0; column < columns; column++) {
    int at = cell_x (self, column);

    if (x >= at && x < at + cell_width (self) + GAP && row * columns + column < self->length)
      return (int) (row * columns + column);
  }
  return -1;
}

static void
pressed_cb (PlanciaTrafficBytes *self, int n, double x, double y)
{
  int byte = byte_at (self, x, y);

  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, byte >= 0 ? part_of (self, (guint) byte) : -1);
}

static void
plancia_traffic_bytes_finalize (GObject *object)
{
  PlanciaTrafficBytes *self = PLANCIA_TRAFFIC_BYTES (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_free (self->data);
  g_clear_pointer (&self->parts, g_array_unref);

  G_OBJECT_CLASS (plancia_traffic_bytes_parent_class)->finalize (object);
}

static void
plancia_traffic_bytes_class_init (PlanciaTrafficBytesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = plancia_traffic_bytes_finalize;
  widget_class->snapshot = plancia_traffic_bytes_snapshot;
  widget_class->measure = plancia_traffic_bytes_measure;
  widget_class->size_allocate = plancia_traffic_bytes_size_allocate;
  widget_class->get_request_mode = plancia_traffic_bytes_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "trafficbytes");

  signals[SIGNAL_CHOSEN] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "chosen", 1, G_TYPE_INT);
  signals[SIGNAL_REARRANGED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "rearranged", 0);
}

static void
plancia_traffic_bytes_init (PlanciaTrafficBytes *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->chosen = -1;
  gtk_widget_add_css_class (GTK_WIDGET (self), "mono");
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/**
 * plancia_traffic_bytes_set:
 * @data: copied
 * @parts: (nullable) (element-type PlanciaPart): copied
 *
 * Shows other bytes; none is chosen.
 */
void
plancia_traffic_bytes_set (PlanciaTrafficBytes *self,
                           const guint8        *data,
                           guint                length,
                           GArray              *parts)
{
  g_autofree char *hex = NULL;

  g_free (self->data);
  g_clear_pointer (&self->parts, g_array_unref);
  self->length = MIN (length, LIMIT);
  self->data = g_memdup2 (data, self->length);
  self->parts = parts != NULL ? g_array_copy (parts) : NULL;
  self->chosen = -1;
  hex = plancia_hex_encode (self->data, self->length, " ");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, hex, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * plancia_traffic_bytes_choose:
 * @part: index of a part, or -1
 */
void
plancia_traffic_bytes_choose (PlanciaTrafficBytes *self, int part)
{
  if (part == self->chosen)
    return;
  self->chosen = part;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * plancia_traffic_bytes_get_height:
 *
 * A scrolled window does not ask for the height at a width.
 */
int
plancia_traffic_bytes_get_height (PlanciaTrafficBytes *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  measure_text (self);
  return (int) n_rows (self, width > 0 ? width : cell_x (self, 11) + cell_width (self)) *
         row_height (self);
}

/**
 * plancia_traffic_bytes_color:
 * @number: 1 to 6
 *
 * Returns: (transfer none): a name of the style sheets
 */
const char *
plancia_traffic_bytes_color (guint number)
{
  static const char *const names[] =
    {"series_1", "series_2", "series_3", "series_4", "series_5", "series_6"};

  return names[CLAMP (number, 1, 6) - 1];
}
