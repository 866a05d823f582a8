/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/curves.h"

#include "history/axis.h"
#include "history/reduce.h"
#include "report/ink.h"
#include "report/pen.h"
#include <math.h>

#define LEFT        46.0 /* of the curves, points */
#define RIGHT       14.0
#define TITLE       40.0
#define LEGEND_ROW  13.0
#define LEGEND_GAP  16.0
#define KEY         14.0
#define PANEL       120.0 /* at least */
#define PANEL_GAP   10.0
#define TIMES       18.0
#define LABEL_ROOM  70.0 /* of a label of the time axis */
#define COLUMNS     2.0  /* so many a point: finer than a printer shows */
#define LINE        1.2
#define AREA_ALPHA  0.22
#define VALUE_TICKS 4

typedef struct
{
  PlanciaSeries   *series;
  guint            color;
  PlanciaCurveForm form;
  guint            group;
} Curve;

/* The curves of one unit. */
typedef struct
{
  const char *unit;
  guint       group;
  GArray     *curves; /* guint */
  double      low;
  double      high;
  GArray     *ticks; /* PlanciaTick */
  double      x, y, width, height;
} Panel;

struct _PlanciaCurves
{
  char          *title;
  char          *subtitle;
  PlanciaSpan    span;
  GTimeZone     *zone;
  GArray        *curves; /* Curve */
  PlanciaStrips *strips; /* or NULL */
  guint          group;
};

static void
clear_curve (gpointer data)
{
  g_object_unref (((Curve *) data)->series);
}

static void
panel_free (Panel *panel)
{
  g_array_unref (panel->curves);
  g_clear_pointer (&panel->ticks, g_array_unref);
  g_free (panel);
}

PlanciaCurves *
plancia_curves_new (const char *title, const char *subtitle, PlanciaSpan span, GTimeZone *zone)
{
  PlanciaCurves *self = g_new0 (PlanciaCurves, 1);

  self->title = g_strdup (title);
  self->subtitle = g_strdup (subtitle);
  self->span = span;
  self->zone = g_time_zone_ref (zone);
  self->curves = g_array_new (FALSE, FALSE, sizeof (Curve));
  g_array_set_clear_func (self->curves, clear_curve);
  return self;
}

void
plancia_curves_free (PlanciaCurves *self)
{
  g_free (self->title);
  g_free (self->subtitle);
  g_time_zone_unref (self->zone);
  g_array_unref (self->curves);
  plancia_strips_free (self->strips);
  g_free (self);
}

void
plancia_curves_add (PlanciaCurves *self, PlanciaSeries *series, guint color, PlanciaCurveForm form)
{
  gsize begin = plancia_series_lower_bound (series, self->span.start);
  gsize end = plancia_series_lower_bound (series, self->span.end);
  Curve curve = {.color = color, .form = form, .group = self->group};

  if (begin == end)
    return;
  curve.series = g_object_ref (series);
  if (color == 0)
    curve.color = self->curves->len + 1;
  g_array_append_val (self->curves, curve);
}

void
plancia_curves_begin_group (PlanciaCurves *self)
{
  self->group++;
}

void
plancia_curves_set_strips (PlanciaCurves *self, PlanciaStrips *strips)
{
  plancia_strips_free (self->strips);
  self->strips = strips;
}

static double
strips_height (PlanciaCurves *self)
{
  return self->strips != NULL ? plancia_strips_get_height (self->strips) : 0;
}

guint
plancia_curves_get_n (PlanciaCurves *self)
{
  return self->curves->len + (strips_height (self) > 0);
}

/* --- panels -------------------------------------------------------------------------------------- */

static Curve *
curve_at (PlanciaCurves *self, const Panel *panel, guint index)
{
  return &g_array_index (self->curves, Curve, g_array_index (panel->curves, guint, index));
}

static Panel *
find_panel (GPtrArray *panels, const char *unit, guint group)
{
  Panel *panel;

  for (guint i = 0; i < panels->len; i++) {
    panel = g_ptr_array_index (panels, i);
    if (panel->group == group && g_strcmp0 (panel->unit, unit) == 0)
      return panel;
  }
  panel = g_new0 (Panel, 1);
  panel->unit = unit;
  panel->group = group;
  panel->curves = g_array_new (FALSE, FALSE, sizeof (guint));
  g_ptr_array_add (panels, panel);
  return panel;
}

static void
find_range (PlanciaCurves *self, Panel *panel)
{
  double low = 0, high = 0;

  for (guint i = 0; i < panel->curves->len; i++) {
    PlanciaSeries *series = curve_at (self, panel, i)->series;
    float          minimum, maximum;

    if (!plancia_series_range (series,
                               plancia_series_lower_bound (series, self->span.start),
                               plancia_series_lower_bound (series, self->span.end),
                               &minimum,
                               &maximum))
      continue;
    low = MIN (low, (double) minimum);
    high = MAX (high, (double) maximum);
  }
  panel->ticks = plancia_axis_value_ticks (low, high, VALUE_TICKS, &panel->low, &panel->high);
}

static GPtrArray *
make_panels (PlanciaCurves *self)
{
  GPtrArray *panels = g_ptr_array_new_with_free_func ((GDestroyNotify) panel_free);

  for (guint i = 0; i < self->curves->len; i++) {
    const Curve *curve = &g_array_index (self->curves, Curve, i);
    const char  *unit = plancia_series_get_unit (curve->series);

    g_array_append_val (find_panel (panels, unit, curve->group)->curves, i);
  }
  for (guint i = 0; i < panels->len; i++)
    find_range (self, g_ptr_array_index (panels, i));
  return panels;
}

static double
x_of (PlanciaCurves *self, const Panel *panel, gint64 time)
{
  return panel->x + panel->width * (double) (time - self->span.start) /
                      (double) (self->span.end - self->span.start);
}

static double
y_of (const Panel *panel, double value)
{
  return panel->y + panel->height * (panel->high - value) / (panel->high - panel->low);
}

/* --- the legend ---------------------------------------------------------------------------------- */

static void
draw_key (cairo_t *cr, const Curve *curve, double x, double y)
{
  cairo_save (cr);
  plancia_ink_series (cr, curve->color, 1);
  plancia_ink_dash (cr, curve->color);
  if (curve->form == PLANCIA_CURVE_DASH)
    cairo_set_dash (cr, (const double[]){4, 2.5}, 2, 0);
  cairo_set_line_width (cr, 2);
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x + KEY, y);
  cairo_stroke (cr);
  if (curve->form == PLANCIA_CURVE_AREA) {
    plancia_ink_series (cr, curve->color, AREA_ALPHA);
    cairo_rectangle (cr, x, y, KEY, 4);
    cairo_fill (cr);
  }
  cairo_restore (cr);
}

/* Returns how many rows there are; draws unless draw is FALSE. */
static guint
place_legend (PlanciaCurves *self,
              cairo_t       *cr,
              const Panel   *panel,
              double         width,
              double         y,
              gboolean       draw)
{
  double x = LEFT;
  guint  rows = 1;

  for (guint i = 0; i < panel->curves->len; i++) {
    const Curve *curve = curve_at (self, panel, i);
    g_autoptr (PangoLayout) layout =
      plancia_pen_layout (cr, plancia_series_get_title (curve->series), PLANCIA_TEXT_CAPTION, -1);
    double room = KEY + 5 + plancia_pen_width (layout);

    if (x > LEFT && x + room > width - RIGHT) {
      x = LEFT;
      y += LEGEND_ROW;
      rows++;
    }
    if (draw) {
      draw_key (cr, curve, x, y + 5.5);
      plancia_pen_show (cr, layout, x + KEY + 5, y, PLANCIA_TONE_NORMAL);
    }
    x += room + LEGEND_GAP;
  }
  return rows;
}

/* --- a panel ------------------------------------------------------------------------------------- */

static void
draw_grid (PlanciaCurves *self, cairo_t *cr, const Panel *panel, GArray *times)
{
  for (guint i = 0; i < times->len; i++) {
    double x = x_of (self, panel, (gint64) g_array_index (times, PlanciaTick, i).value);

    plancia_ink_grid (cr);
    cairo_rectangle (cr, x - 0.25, panel->y, 0.5, panel->height);
    cairo_fill (cr);
  }
  for (guint i = 0; i < panel->ticks->len; i++) {
    const PlanciaTick *tick = &g_array_index (panel->ticks, PlanciaTick, i);
    double             y = y_of (panel, tick->value);

    if (tick->value == 0)
      plancia_ink_axis (cr);
    else
      plancia_ink_grid (cr);
    plancia_pen_rule (cr, panel->x, y, panel->width, tick->value == 0 ? 0.75 : 0.5);
    plancia_pen_text (cr,
                      tick->label,
                      PLANCIA_TEXT_CAPTION,
                      PLANCIA_TONE_DIM,
                      panel->x - 6,
                      y - 5.5,
                      1);
  }
}

/* Where none of the panel's curves has anything. */
static GArray *
find_holes (PlanciaCurves *self, const Panel *panel)
{
  g_autoptr (GArray) known = g_array_new (FALSE, FALSE, sizeof (PlanciaSpan));

  for (guint i = 0; i < panel->curves->len; i++) {
    g_autoptr (GArray) gaps = plancia_reduce_gaps (curve_at (self, panel, i)->series, self->span);
    g_autoptr (GArray) had = plancia_span_subtract (self->span, gaps);

    g_array_append_vals (known, had->data, had->len);
  }
  plancia_span_array_normalise (known);
  return plancia_span_subtract (self->span, known);
}

static void
draw_holes (PlanciaCurves *self, cairo_t *cr, const Panel *panel)
{
  g_autoptr (GArray) holes = find_holes (self, panel);

  for (guint i = 0; i < holes->len; i++) {
    PlanciaSpan hole = g_array_index (holes, PlanciaSpan, i);
    double      x = x_of (self, panel, hole.start);

    cairo_set_source_rgb (cr, 0.8, 0.8, 0.8);
    plancia_ink_hatch (cr, x, panel->y, x_of (self, panel, hole.end) - x, panel->height, 6);
  }
}

/* A stretch of points without a hole in it. */
static void
end_run (cairo_t *cr, const Panel *panel, const Curve *curve, double first_x, double last_x)
{
  double        zero = y_of (panel, 0);
  cairo_path_t *line;

  if (!cairo_has_current_point (cr))
    return;
  line = cairo_copy_path (cr);
  if (curve->form == PLANCIA_CURVE_AREA) {
    cairo_line_to (cr, last_x, zero);
    cairo_line_to (cr, first_x, zero);
    cairo_close_path (cr);
    plancia_ink_series (cr, curve->color, AREA_ALPHA);
    cairo_fill (cr);
  }
  cairo_new_path (cr);
  cairo_append_path (cr, line);
  cairo_path_destroy (line);
  /* A value that stands alone is a dot. */
  if (last_x <= first_x)
    cairo_rel_line_to (cr, 0.01, 0);
  plancia_ink_series (cr, curve->color, 1);
  cairo_stroke (cr);
}

/* What a column holds, as the points of a line through it: no spike is lost. */
static void
trace_column (cairo_t             *cr,
              const Panel         *panel,
              const PlanciaColumn *column,
              double               x,
              gboolean             steps)
{
  double last_x, last_y;

  if (steps && cairo_has_current_point (cr)) {
    cairo_get_current_point (cr, &last_x, &last_y);
    cairo_line_to (cr, x, last_y);
  }
  cairo_line_to (cr, x, y_of (panel, column->first));
  if (column->count < 2)
    return;
  if (column->minimum < column->maximum) {
    cairo_line_to (cr, x, y_of (panel, column->minimum));
    cairo_line_to (cr, x, y_of (panel, column->maximum));
  }
  cairo_line_to (cr, x, y_of (panel, column->last));
}

static void
set_line (cairo_t *cr, const Curve *curve)
{
  cairo_set_line_width (cr, LINE);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  plancia_ink_dash (cr, curve->color);
  if (curve->form == PLANCIA_CURVE_DASH)
    cairo_set_dash (cr, (const double[]){6, 4}, 2, 0);
}

static void
draw_curve (PlanciaCurves *self, cairo_t *cr, const Panel *panel, const Curve *curve)
{
  guint                     n = (guint) MAX (panel->width * COLUMNS, 1);
  g_autofree PlanciaColumn *columns = g_new0 (PlanciaColumn, n);
  double                    first_x = 0, last_x = 0;

  plancia_reduce_columns (curve->series, self->span, n, columns);
  cairo_save (cr);
  cairo_rectangle (cr, panel->x, panel->y - 1, panel->width, panel->height + 2);
  cairo_clip (cr);
  set_line (cr, curve);
  cairo_new_path (cr);
  for (guint i = 0; i < n; i++) {
    double x = panel->x + (i + 0.5) * panel->width / n;

    if (columns[i].count == 0)
      continue;
    if (columns[i].gap_before)
      end_run (cr, panel, curve, first_x, last_x);
    if (!cairo_has_current_point (cr))
      first_x = x;
    trace_column (cr, panel, &columns[i], x, curve->form == PLANCIA_CURVE_STEPS);
    last_x = x;
  }
  end_run (cr, panel, curve, first_x, last_x);
  cairo_restore (cr);
}

static void
draw_panel (PlanciaCurves *self, cairo_t *cr, const Panel *panel, GArray *times)
{
  draw_holes (self, cr, panel);
  draw_grid (self, cr, panel, times);
  plancia_pen_text (cr,
                    panel->unit != NULL ? panel->unit : "",
                    PLANCIA_TEXT_HEADING,
                    PLANCIA_TONE_DIM,
                    panel->x - 6,
                    panel->y - 15,
                    1);
  /* Areas lie below the lines. */
  for (guint i = 0; i < panel->curves->len; i++)
    if (curve_at (self, panel, i)->form == PLANCIA_CURVE_AREA)
      draw_curve (self, cr, panel, curve_at (self, panel, i));
  for (guint i = 0; i < panel->curves->len; i++)
    if (curve_at (self, panel, i)->form != PLANCIA_CURVE_AREA)
      draw_curve (self, cr, panel, curve_at (self, panel, i));
}

/* --- all of it ----------------------------------------------------------------------------------- */

static double
head_height (PlanciaCurves *self)
{
  return self->title != NULL || self->subtitle != NULL ? TITLE : 4;
}

/* What is not curves. */
static double
fixed_height (PlanciaCurves *self, cairo_t *cr, GPtrArray *panels, double width)
{
  double height = head_height (self) + strips_height (self) + TIMES + 6;

  for (guint i = 0; i < panels->len; i++)
    height += PANEL_GAP + 4 +
              LEGEND_ROW * place_legend (self, cr, g_ptr_array_index (panels, i), width, 0, FALSE);
  return height;
}

double
plancia_curves_get_height (PlanciaCurves *self, double width)
{
  g_autoptr (GPtrArray) panels = make_panels (self);
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cairo_t         *cr = cairo_create (surface);
  double           height = fixed_height (self, cr, panels, width) + PANEL * panels->len;

  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return height;
}

static void
draw_head (PlanciaCurves *self, cairo_t *cr)
{
  if (self->title != NULL)
    plancia_pen_text (cr, self->title, PLANCIA_TEXT_RESULT, PLANCIA_TONE_NORMAL, LEFT, 2, 0);
  if (self->subtitle != NULL)
    plancia_pen_text (cr, self->subtitle, PLANCIA_TEXT_BODY, PLANCIA_TONE_DIM, LEFT, 18, 0);
}

/* Below everything at y. */
static void
draw_times (PlanciaCurves *self, cairo_t *cr, double width, double y, GArray *times)
{
  const Panel panel = {.x = LEFT, .width = width};

  for (guint i = 0; i < times->len; i++) {
    const PlanciaTick *tick = &g_array_index (times, PlanciaTick, i);

    plancia_pen_text (cr,
                      tick->label,
                      PLANCIA_TEXT_CAPTION,
                      PLANCIA_TONE_DIM,
                      x_of (self, &panel, (gint64) tick->value),
                      y + 4,
                      0.5);
  }
}

void
plancia_curves_draw (PlanciaCurves *self, cairo_t *cr, double width, double height)
{
  g_autoptr (GPtrArray) panels = make_panels (self);
  double each = (height - fixed_height (self, cr, panels, width)) / MAX (panels->len, 1);
  double wide = width - LEFT - RIGHT;
  double y = head_height (self);
  g_autoptr (GArray)
    times = plancia_axis_time_ticks (self->span, self->zone, (guint) MAX (wide / LABEL_ROOM, 1));

  draw_head (self, cr);
  for (guint i = 0; i < panels->len; i++) {
    Panel *panel = g_ptr_array_index (panels, i);

    y += PANEL_GAP;
    y += LEGEND_ROW * place_legend (self, cr, panel, width, y, TRUE) + 4;
    panel->x = LEFT;
    panel->y = y;
    panel->width = wide;
    panel->height = MAX (each, 20);
    draw_panel (self, cr, panel, times);
    y += panel->height;
  }
  if (self->strips != NULL)
    plancia_strips_draw (self->strips, cr, self->span, LEFT, y, wide);
  draw_times (self, cr, wide, y + strips_height (self), times);
}
