/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commission/report-private.h"

#include <glib/gi18n.h>
#include <math.h>

#define HEIGHT 52 /* mm */
#define LEFT   PLANCIA_MM (18)
#define BOTTOM PLANCIA_MM (6)
#define TOP    PLANCIA_MM (2)
#define TICKS  4
#define LINE   1.1
/* A longer silence is a hole in the line, ms. */
#define HOLE (10 * 60 * 1000)

/* One curve, with what its drawing needs. */
typedef struct
{
  PlanciaReportLanguage *language;
  GTimeZone             *zone;
  char                  *unit;
  GArray                *times;  /* double, ms */
  GArray                *values; /* double */
  double                 low;
  double                 high;
} Curve;

static void
curve_free (gpointer data)
{
  Curve *curve = data;

  plancia_report_language_unref (curve->language);
  g_time_zone_unref (curve->zone);
  g_array_unref (curve->times);
  g_array_unref (curve->values);
  g_free (curve->unit);
  g_free (curve);
}

static double
time_at (const Curve *curve, guint index)
{
  return g_array_index (curve->times, double, index);
}

static double
value_at (const Curve *curve, guint index)
{
  return g_array_index (curve->values, double, index);
}

/* A round step that fits some ticks. */
static double
find_step (double span)
{
  double raw = span / TICKS;
  double power = pow (10, floor (log10 (raw)));
  double part = raw / power;

  return power * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10);
}

static Curve *
curve_new (JsonObject *object, PlanciaReportLanguage *language, GTimeZone *zone)
{
  JsonArray *points = json_object_get_array_member (object, "points");
  Curve     *curve = g_new0 (Curve, 1);
  double     step;

  curve->language = plancia_report_language_ref (language);
  curve->zone = g_time_zone_ref (zone);
  curve->unit = g_strdup (plancia_report_member (object, "unit"));
  curve->times = g_array_new (FALSE, FALSE, sizeof (double));
  curve->values = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < json_array_get_length (points); i++) {
    JsonArray *point = json_array_get_array_element (points, i);
    double     time = json_array_get_double_element (point, 0);
    double     value = json_array_get_double_element (point, 1);

    g_array_append_val (curve->times, time);
    g_array_append_val (curve->values, value);
    curve->low = MIN (curve->low, value);
    curve->high = MAX (curve->high, value);
  }
  if (curve->high - curve->low < 1)
    curve->high = curve->low + 1;
  step = find_step (curve->high - curve->low);
  curve->low = floor (curve->low / step) * step;
  curve->high = ceil (curve->high / step) * step;
  return curve;
}

/* --- drawing --------------------------------------------------------------------------------- */

static void
draw_scale (const Curve *curve, cairo_t *cr, double width, double height)
{
  double step = find_step (curve->high - curve->low);

  for (double value = curve->low; value <= curve->high + step / 2; value += step) {
    double y = TOP + (height - TOP - BOTTOM) * (curve->high - value) / (curve->high - curve->low);
    g_autofree char *text = plancia_report_number (curve->language, value, 0);

    cairo_set_source_rgb (cr, 0.85, 0.85, 0.85);
    plancia_pen_rule (cr, LEFT, y, width - LEFT, 0.5);
    plancia_pen_text (cr,
                      text,
                      PLANCIA_TEXT_CAPTION,
                      PLANCIA_TONE_DIM,
                      LEFT - PLANCIA_MM (2),
                      y - 6,
                      1);
  }
}

static void
draw_times (const Curve *curve, cairo_t *cr, double width, double height)
{
  guint last = curve->times->len - 1;

  for (guint i = 0; i < 2; i++) {
    gint64           time = (gint64) time_at (curve, i == 0 ? 0 : last);
    g_autofree char *text = plancia_report_time (curve->language, time, curve->zone);

    plancia_pen_text (cr,
                      text,
                      PLANCIA_TEXT_CAPTION,
                      PLANCIA_TONE_DIM,
                      i == 0 ? LEFT : width,
                      height - BOTTOM + 2,
                      i);
  }
}

static void
draw_curve (cairo_t *cr, double width, double height, gpointer data)
{
  const Curve *curve = data;
  guint        last = curve->times->len - 1;
  double       span = MAX (time_at (curve, last) - time_at (curve, 0), 1);

  draw_scale (curve, cr, width, height);
  draw_times (curve, cr, width, height);
  cairo_new_path (cr);
  for (guint i = 0; i <= last; i++) {
    double x = LEFT + (width - LEFT) * (time_at (curve, i) - time_at (curve, 0)) / span;
    double y = TOP + (height - TOP - BOTTOM) * (curve->high - value_at (curve, i)) /
                       (curve->high - curve->low);

    if (i == 0 || time_at (curve, i) - time_at (curve, i - 1) > HOLE)
      cairo_move_to (cr, x, y);
    else
      cairo_line_to (cr, x, y);
  }
  plancia_pen_set_tone (cr, PLANCIA_TONE_ACCENT);
  cairo_set_line_width (cr, LINE);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
}

static void
add_chart (PlanciaPaper *paper, JsonObject *object, GTimeZone *zone)
{
  PlanciaReportLanguage *language = plancia_paper_get_language (paper);
  Curve                 *curve = curve_new (object, language, zone);
  const char            *name =
    plancia_report_say_in (language, "map", plancia_report_member (object, "name"));
  g_autofree char *heading = g_strdup_printf ("%s, %s", name, curve->unit);
  g_autofree char *low = plancia_report_quantity (language, curve->low, 0, curve->unit);
  g_autofree char *high = plancia_report_quantity (language, curve->high, 0, curve->unit);
  g_autofree char *words = g_strdup_printf ("%s: %s \xe2\x80\x93 %s", name, low, high);

  if (curve->times->len < 2) {
    curve_free (curve);
    return;
  }
  plancia_paper_add_heading (paper, heading);
  plancia_paper_add_figure (paper, HEIGHT, words, draw_curve, curve, curve_free);
}

/* A page of what the powers did, and then the appendix. */
void
plancia_report_add_charts (PlanciaPaper *paper, JsonObject *data, PlanciaVisit *visit)
{
  JsonArray *curves = json_object_has_member (data, "curves")
                        ? json_object_get_array_member (data, "curves")
                        : NULL;
  g_autoptr (GTimeZone)
    zone = g_time_zone_new_identifier (plancia_visit_get_text (visit, PLANCIA_VISIT_ZONE));

  if (zone == NULL)
    zone = g_time_zone_new_utc ();
  if (curves != NULL && json_array_get_length (curves) > 0) {
    plancia_paper_add_page (paper);
    for (guint i = 0; i < json_array_get_length (curves); i++)
      add_chart (paper, json_array_get_object_element (curves, i), zone);
  }
  plancia_paper_add_page (paper);
  plancia_report_add_snapshot (paper, data, visit);
}
