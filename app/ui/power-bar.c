/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/power-bar.h"

#include "chart/palette.h"
#include <math.h>

#define HEIGHT 8
#define RADIUS 4
#define WIDTH  40

struct _PlanciaPowerBar
{
  GtkWidget parent_instance;

  double part; /* NAN: not known */
};

G_DEFINE_FINAL_TYPE (PlanciaPowerBar, plancia_power_bar, GTK_TYPE_WIDGET)

static void
append_bar (GtkSnapshot *snapshot, graphene_rect_t area, const GskRoundedRect *track, GdkRGBA color)
{
  gtk_snapshot_push_rounded_clip (snapshot, track);
  gtk_snapshot_append_color (snapshot, &color, &area);
  gtk_snapshot_pop (snapshot);
}

static void
plancia_power_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  PlanciaPowerBar *self = PLANCIA_POWER_BAR (widget);
  float            width = gtk_widget_get_width (widget);
  float            y = (float) floor ((gtk_widget_get_height (widget) - HEIGHT) / 2.0);
  float            full = isnan (self->part) ? 0 : (float) (width * CLAMP (self->part, 0, 1));
  gboolean         mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  graphene_rect_t  all = GRAPHENE_RECT_INIT (0, y, width, HEIGHT);
  GskRoundedRect   track;
  PlanciaPalette   palette;

  plancia_palette_load (&palette, widget);
  gsk_rounded_rect_init_from_rect (&track, &all, RADIUS);
  append_bar (snapshot, all, &track, plancia_palette_fade (palette.foreground, 0.10));
  if (full > 0)
    append_bar (snapshot,
                GRAPHENE_RECT_INIT (mirrored ? width - full : 0, y, full, HEIGHT),
                &track,
                plancia_palette_series (&palette, 1));
}

static void
plancia_power_bar_measure (GtkWidget     *widget,
                           GtkOrientation orientation,
                           int            for_size,
                           int           *minimum,
                           int           *natural,
                           int           *minimum_baseline,
                           int           *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : WIDTH;
}

static void
plancia_power_bar_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (plancia_power_bar_parent_class)->css_changed (widget, change);
  gtk_widget_queue_draw (widget);
}

static void
plancia_power_bar_class_init (PlanciaPowerBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = plancia_power_bar_snapshot;
  widget_class->measure = plancia_power_bar_measure;
  widget_class->css_changed = plancia_power_bar_css_changed;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
plancia_power_bar_init (PlanciaPowerBar *self)
{
  self->part = NAN;
}

/**
 * plancia_power_bar_new:
 *
 * Returns: (transfer floating): an empty track
 */
GtkWidget *
plancia_power_bar_new (void)
{
  return g_object_new (PLANCIA_TYPE_POWER_BAR, NULL);
}

/**
 * plancia_power_bar_set_part:
 * @self: a bar
 * @part: 0 to 1; NAN if it is not known
 */
void
plancia_power_bar_set_part (PlanciaPowerBar *self, double part)
{
  if (self->part == part || (isnan (self->part) && isnan (part)))
    return;
  self->part = part;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

double
plancia_power_bar_get_part (PlanciaPowerBar *self)
{
  return self->part;
}
