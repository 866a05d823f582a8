/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/energy-bars.h"

#include "base/signal-new.h"
#include "base/text.h"
#include "chart/hatch.h"
#include "chart/palette.h"
#include "history/axis.h"

#include <glib/gi18n.h>
#include <math.h>

#define LEFT         52 /* of the bars, at text scale 1 */
#define RIGHT        12
#define TOP          22
#define BOTTOM       24
#define FILL         0.6 /* of a bar's room */
#define WIDEST       48
#define TICKS        5
#define MINIMUM_HIGH 160
#define NATURAL_WIDE 600
#define HATCH_PITCH  5

struct _PlanciaEnergyBars
{
  GtkWidget parent_instance;

  GArray        *bars; /* PlanciaEnergyBar, or NULL */
  int            mark;
  int            chosen;
  char          *title;
  PlanciaPalette palette;
  GArray        *ticks; /* PlanciaTick */
  double         low;
  double         high;
};

enum {
  SIGNAL_CHOSEN,
  SIGNAL_OPENED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlanciaEnergyBars, plancia_energy_bars, GTK_TYPE_WIDGET)

void
plancia_energy_bar_clear (PlanciaEnergyBar *self)
{
  g_clear_pointer (&self->words, g_free);
}

/* --- measures ------------------------------------------------------------------------------------ */

static guint
count_bars (PlanciaEnergyBars *self)
{
  return self->bars != NULL ? self->bars->len : 0;
}

static const PlanciaEnergyBar *
bar_at (PlanciaEnergyBars *self, guint index)
{
  return &g_array_index (self->bars, PlanciaEnergyBar, index);
}

static double
known (double value)
{
  return isnan (value) ? 0 : value;
}

static double
height_of (const PlanciaEnergyBar *bar)
{
  double sum = 0;

  for (guint i = 0; i < PLANCIA_ENERGY_BAR_PARTS; i++)
    sum += known (bar->up[i]);
  return sum;
}

static void
find_range (PlanciaEnergyBars *self)
{
  double low = 0, high = 0;

  for (guint i = 0; i < count_bars (self); i++) {
    const PlanciaEnergyBar *bar = bar_at (self, i);

    high = MAX (high, MAX (height_of (bar), known (bar->other)));
    low = MIN (low, -known (bar->down));
  }
  g_clear_pointer (&self->ticks, g_array_unref);
  self->ticks =
    plancia_axis_value_ticks (low, high > 0 || low < 0 ? high : 1, TICKS, &self->low, &self->high);
}

typedef struct
{
  double x, y, width, height; /* of the bars */
  double room;                /* of one */
} Area;

static void
find_area (PlanciaEnergyBars *self, Area *area)
{
  area->x = LEFT;
  area->y = TOP;
  area->width = MAX (gtk_widget_get_width (GTK_WIDGET (self)) - LEFT - RIGHT, 1);
  area->height = MAX (gtk_widget_get_height (GTK_WIDGET (self)) - TOP - BOTTOM, 1);
  area->room = area->width / MAX (count_bars (self), 1);
}

static double
y_of (PlanciaEnergyBars *self, const Area *area, double value)
{
  return area->y + area->height * (self->high - value) / (self->high - self->low);
}

/* --- drawing ------------------------------------------------------------------------------------- */

static void
draw_text (PlanciaEnergyBars *self,
           cairo_t           *cr,
           const char        *text,
           double             x,
           double             y,
           float              align,
           gboolean           bold)
{
  /* The minus sign stays before its number whatever direction the window has. */
  g_autofree char *marked = g_strconcat ("\u200e", text, NULL);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), marked);
  PangoAttrList *attributes = pango_attr_list_new ();
  int            width, height;

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.82));
  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_get_pixel_size (layout, &width, &height);
  cairo_move_to (cr, round (x - width * align), round (y - height / 2.0));
  pango_cairo_show_layout (cr, layout);
}

static void
draw_grid (PlanciaEnergyBars *self, cairo_t *cr, const Area *area)
{
  for (guint i = 0; i < self->ticks->len; i++) {
    const PlanciaTick *tick = &g_array_index (self->ticks, PlanciaTick, i);
    double             y = floor (y_of (self, area, tick->value)) + 0.5;

    gdk_cairo_set_source_rgba (cr, tick->value == 0 ? &self->palette.axis : &self->palette.grid);
    cairo_move_to (cr, area->x, y);
    cairo_line_to (cr, area->x + area->width, y);
    cairo_stroke (cr);
    gdk_cairo_set_source_rgba (cr, &self->palette.axis);
    draw_text (self, cr, tick->label, area->x - 8, y, 1, FALSE);
  }
  draw_text (self, cr, "kWh", area->x - 8, area->y - 14, 1, TRUE);
}

/* Beside its colour what goes out is hatched. */
static void
draw_part (PlanciaEnergyBars *self,
           cairo_t           *cr,
           double             x,
           double             y,
           double             width,
           double             height,
           guint              color,
           gboolean           hatched)
{
  GdkRGBA ink = plancia_palette_series (&self->palette, color);
  GdkRGBA tint = plancia_palette_fade (ink, hatched ? 0.55 : 0.9);

  if (height <= 0)
    return;
  gdk_cairo_set_source_rgba (cr, &tint);
  cairo_rectangle (cr, x, y, width, height);
  cairo_fill (cr);
  if (hatched)
    plancia_hatch_draw (cr, x, y, width, height, HATCH_PITCH, &ink);
}

static void
draw_bar (PlanciaEnergyBars *self, cairo_t *cr, const Area *area, guint index)
{
  static const guint      colors[PLANCIA_ENERGY_BAR_PARTS] = {2, 3, 4};
  const PlanciaEnergyBar *bar = bar_at (self, index);
  double                  width = round (MIN (area->room * FILL, WIDEST));
  double                  x = round (area->x + area->room * index + (area->room - width) / 2);
  double                  base = 0;

  if (bar->known <= 0 && !bar->ahead)
    plancia_hatch_draw (cr, x, area->y, width, area->height, HATCH_PITCH + 2, &self->palette.hatch);
  for (guint i = 0; i < PLANCIA_ENERGY_BAR_PARTS; i++) {
    double from = y_of (self, area, base);
    double to = y_of (self, area, base + known (bar->up[i]));

    draw_part (self, cr, x, to, width, from - to - (base > 0 ? 1 : 0), colors[i], i == 2);
    base += known (bar->up[i]);
  }
  draw_part (self,
             cr,
             x,
             y_of (self, area, 0) + 1,
             width,
             y_of (self, area, -known (bar->down)) - y_of (self, area, 0) - 1,
             5,
             FALSE);
}

/* What it was in the other stretch: a line across. */
static void
draw_other (PlanciaEnergyBars *self, cairo_t *cr, const Area *area, guint index)
{
  const PlanciaEnergyBar *bar = bar_at (self, index);
  double                  width = round (MIN (area->room * FILL, WIDEST)) + 4;
  double                  x = round (area->x + area->room * index + (area->room - width) / 2);

  if (isnan (bar->other))
    return;
  gdk_cairo_set_source_rgba (cr, &self->palette.background);
  cairo_rectangle (cr, x - 1, round (y_of (self, area, bar->other)) - 2, width + 2, 4);
  cairo_fill (cr);
  gdk_cairo_set_source_rgba (cr, &self->palette.foreground);
  cairo_rectangle (cr, x, round (y_of (self, area, bar->other)) - 1, width, 2);
  cairo_fill (cr);
}

/* Labels that would run into each other are left out, evenly. */
static guint
label_step (PlanciaEnergyBars *self, const Area *area)
{
  guint step = 1;
  guint longest = 1;

  for (guint i = 0; i < count_bars (self); i++)
    longest = MAX (longest, (guint) g_utf8_strlen (bar_at (self, i)->label, -1));
  while (area->room * step < longest * 8.0 + 4)
    step++;
  return step;
}

static void
draw_labels (PlanciaEnergyBars *self, cairo_t *cr, const Area *area)
{
  guint step = label_step (self, area);

  for (guint i = 0; i < count_bars (self); i++) {
    gboolean marked = (int) i == self->mark;

    if (i % step != 0 && !marked)
      continue;
    gdk_cairo_set_source_rgba (cr, marked ? &self->palette.foreground : &self->palette.axis);
    draw_text (self,
               cr,
               bar_at (self, i)->label,
               area->x + area->room * (i + 0.5),
               area->y + area->height + 14,
               0.5,
               marked);
  }
}

static void
draw_chosen (PlanciaEnergyBars *self, cairo_t *cr, const Area *area)
{
  GdkRGBA tint = plancia_palette_fade (self->palette.foreground, 0.08);

  if (self->chosen < 0)
    return;
  gdk_cairo_set_source_rgba (cr, &tint);
  cairo_rectangle (cr,
                   round (area->x + area->room * self->chosen),
                   area->y,
                   round (area->room),
                   area->height);
  cairo_fill (cr);
}

static void
plancia_energy_bars_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PlanciaEnergyBars *self = PLANCIA_ENERGY_BARS (widget);
  graphene_rect_t    all = GRAPHENE_RECT_INIT (0,
                                            0,
                                            (float) gtk_widget_get_width (widget),
                                            (float) gtk_widget_get_height (widget));
  Area               area;
  cairo_t           *cr;

  if (count_bars (self) == 0)
    return;
  plancia_palette_load (&self->palette, widget);
  find_area (self, &area);
  cr = gtk_snapshot_append_cairo (snapshot, &all);
  cairo_set_line_width (cr, 1);
  draw_chosen (self, cr, &area);
  draw_grid (self, cr, &area);
  for (guint i = 0; i < count_bars (self); i++)
    draw_bar (self, cr, &area, i);
  for (guint i = 0; i < count_bars (self); i++)
    draw_other (self, cr, &area, i);
  draw_labels (self, cr, &area);
  cairo_destroy (cr);
}

static void
plancia_energy_bars_measure (GtkWidget     *widget,
                             GtkOrientation orientation,
                             int            for_size,
                             int           *minimum,
                             int           *natural,
                             int           *minimum_baseline,
                             int           *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? MINIMUM_HIGH : LEFT + RIGHT + 100;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? MINIMUM_HIGH * 2 : NATURAL_WIDE;
}

/* --- what people do ------------------------------------------------------------------------------ */

static char *
describe (PlanciaEnergyBars *self)
{
  static const char *const names[] = {N_ ("used directly"), N_ ("to the battery"), N_ ("exported")};
  const PlanciaEnergyBar  *bar;
  GString                 *words;

  if (self->chosen < 0)
    return g_strdup (self->title != NULL ? self->title : "");
  bar = bar_at (self, (guint) self->chosen);
  words = g_string_new (bar->words);
  for (guint i = 0; i < PLANCIA_ENERGY_BAR_PARTS; i++) {
    g_autofree char *number = plancia_text_number (bar->up[i], 1);

    if (!isnan (bar->up[i]))
      g_string_append_printf (words, ", %s %s kWh", _ (names[i]), number);
  }
  if (!isnan (bar->down)) {
    g_autofree char *number = plancia_text_number (bar->down, 1);

    g_string_append_printf (words, ", %s %s kWh", _ ("imported"), number);
  }
  if (bar->known <= 0 && !bar->ahead)
    g_string_append_printf (words, ", %s", _ ("no data"));
  return g_string_free (words, FALSE);
}

static void
update_label (PlanciaEnergyBars *self)
{
  g_autofree char *words = describe (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

void
plancia_energy_bars_choose (PlanciaEnergyBars *self, int index)
{
  index = CLAMP (index, -1, (int) count_bars (self) - 1);
  if (index == self->chosen)
    return;
  self->chosen = index;
  update_label (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

static int
index_at (PlanciaEnergyBars *self, double x)
{
  Area area;

  find_area (self, &area);
  if (count_bars (self) == 0 || x < area.x || x >= area.x + area.width)
    return -1;
  return (int) ((x - area.x) / area.room);
}

static void
motion_cb (PlanciaEnergyBars *self, double x, double y)
{
  plancia_energy_bars_choose (self, index_at (self, x));
}

static void
leave_cb (PlanciaEnergyBars *self)
{
  plancia_energy_bars_choose (self, -1);
}

static void
open (PlanciaEnergyBars *self, int index)
{
  if (index >= 0 && !bar_at (self, (guint) index)->ahead)
    g_signal_emit (self, signals[SIGNAL_OPENED], 0, (guint) index);
}

static void
released_cb (PlanciaEnergyBars *self, int n_press, double x, double y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  open (self, index_at (self, x));
}

static gboolean
step_cb (GtkWidget *widget, GVariant *steps, gpointer data)
{
  PlanciaEnergyBars *self = PLANCIA_ENERGY_BARS (widget);
  int                last = (int) count_bars (self) - 1;
  int                start = self->chosen >= 0 ? self->chosen : self->mark >= 0 ? self->mark : last;

  if (last < 0)
    return FALSE;
  plancia_energy_bars_choose (self, CLAMP (start + g_variant_get_int32 (steps), 0, last));
  return TRUE;
}

static gboolean
open_cb (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  open (PLANCIA_ENERGY_BARS (widget), PLANCIA_ENERGY_BARS (widget)->chosen);
  return TRUE;
}

/* --- GObject ------------------------------------------------------------------------------------- */

static void
plancia_energy_bars_finalize (GObject *object)
{
  PlanciaEnergyBars *self = PLANCIA_ENERGY_BARS (object);

  g_clear_pointer (&self->bars, g_array_unref);
  g_clear_pointer (&self->ticks, g_array_unref);
  g_free (self->title);
  G_OBJECT_CLASS (plancia_energy_bars_parent_class)->finalize (object);
}

static void
plancia_energy_bars_class_init (PlanciaEnergyBarsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = plancia_energy_bars_finalize;
  widget_class->snapshot = plancia_energy_bars_snapshot;
  widget_class->measure = plancia_energy_bars_measure;
  signals[SIGNAL_CHOSEN] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "chosen", 0);
  signals[SIGNAL_OPENED] = plancia_signal_new (G_TYPE_FROM_CLASS (klass), "opened", 1, G_TYPE_UINT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "energy-bars");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Left, 0, step_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Right, 0, step_cb, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, open_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, open_cb, NULL);
}

static void
plancia_energy_bars_init (PlanciaEnergyBars *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture         *click = gtk_gesture_click_new ();

  self->chosen = self->mark = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
plancia_energy_bars_new (void)
{
  return g_object_new (PLANCIA_TYPE_ENERGY_BARS, NULL);
}

void
plancia_energy_bars_set (PlanciaEnergyBars *self, GArray *bars, int mark)
{
  g_clear_pointer (&self->bars, g_array_unref);
  self->bars = bars != NULL ? g_array_ref (bars) : NULL;
  self->mark = mark;
  self->chosen = -1;
  find_range (self);
  update_label (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0);
}

int
plancia_energy_bars_get_chosen (PlanciaEnergyBars *self)
{
  return self->chosen;
}

void
plancia_energy_bars_set_title (PlanciaEnergyBars *self, const char *title)
{
  g_free (self->title);
  self->title = g_strdup (title);
  update_label (self);
}
