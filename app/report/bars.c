/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/bars.h"

#include "history/axis.h"
#include "model/energy-feed.h"
#include "report/ink.h"
#include "report/pen.h"
#include <glib/gi18n.h>
#include <math.h>

#define N_PARTS    3
#define LEFT       40.0
#define RIGHT      4.0
#define TITLE      40.0
#define LEGEND     18.0
#define LABELS     16.0
#define KEY        9.0
#define LEGEND_GAP 14.0
#define FILL       0.66
#define WIDEST     40.0
#define TICKS      4

typedef struct
{
  char    *label;
  double   up[N_PARTS]; /* kWh, from below */
  double   down;
  double   other;
  gboolean unknown;
} Bar;

struct _PlanciaBars
{
  PlanciaReportLanguage *language;
  char                  *title;
  char                  *subtitle;
  char                  *other;
  GArray                *bars; /* Bar */
  GArray                *ticks;
  double                 low, high;
  double                 x, y, width, height; /* of the bars */
};

static const guint colors[N_PARTS] = {2, 3, 4};
#define DOWN_COLOR 5

static void
clear_bar (gpointer data)
{
  g_free (((Bar *) data)->label);
}

PlanciaBars *
plancia_bars_new (PlanciaReportLanguage *language, const char *title, const char *subtitle)
{
  PlanciaBars *self = g_new0 (PlanciaBars, 1);

  self->language = plancia_report_language_ref (language);
  self->title = g_strdup (title);
  self->subtitle = g_strdup (subtitle);
  self->bars = g_array_new (FALSE, FALSE, sizeof (Bar));
  g_array_set_clear_func (self->bars, clear_bar);
  return self;
}

void
plancia_bars_free (PlanciaBars *self)
{
  plancia_report_language_unref (self->language);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->other);
  g_array_unref (self->bars);
  g_clear_pointer (&self->ticks, g_array_unref);
  g_free (self);
}

void
plancia_bars_add (PlanciaBars            *self,
                  const char             *label,
                  const PlanciaEnergySum *sum,
                  const PlanciaEnergySum *other,
                  gint64                  now)
{
  Bar bar = {
    .label = g_strdup (label),
    .up = {plancia_energy_used_directly (sum),
           sum->energies[PLANCIA_ENERGY_CHARGE],
           sum->energies[PLANCIA_ENERGY_EXPORT]},
    .down = sum->energies[PLANCIA_ENERGY_IMPORT],
    .other = other != NULL ? other->energies[PLANCIA_ENERGY_PV] : NAN,
    .unknown = sum->known <= 0 && sum->span.start <= now,
  };

  g_array_append_val (self->bars, bar);
}

void
plancia_bars_set_other (PlanciaBars *self, const char *words)
{
  g_free (self->other);
  self->other = g_strdup (words);
}

guint
plancia_bars_get_n (PlanciaBars *self)
{
  return self->bars->len;
}

static double
or_zero (double value)
{
  return isnan (value) ? 0 : value;
}

static void
find_range (PlanciaBars *self)
{
  double low = 0, high = 0;

  for (guint i = 0; i < self->bars->len; i++) {
    const Bar *bar = &g_array_index (self->bars, Bar, i);
    double     sum = or_zero (bar->up[0]) + or_zero (bar->up[1]) + or_zero (bar->up[2]);

    high = MAX (high, MAX (sum, or_zero (bar->other)));
    low = MIN (low, -or_zero (bar->down));
  }
  g_clear_pointer (&self->ticks, g_array_unref);
  self->ticks =
    plancia_axis_value_ticks (low, high > 0 || low < 0 ? high : 1, TICKS, &self->low, &self->high);
}

static double
y_of (PlanciaBars *self, double value)
{
  return self->y + self->height * (self->high - value) / (self->high - self->low);
}

/* Beside its colour what goes out is hatched. */
static void
fill_part (cairo_t *cr,
           double   x,
           double   y,
           double   width,
           double   height,
           guint    color,
           gboolean hatch)
{
  if (height <= 0)
    return;
  plancia_ink_series (cr, color, hatch ? 0.45 : 0.9);
  cairo_rectangle (cr, x, y, width, height);
  cairo_fill (cr);
  if (!hatch)
    return;
  plancia_ink_series (cr, color, 1);
  plancia_ink_hatch (cr, x, y, width, height, 3.5);
}

static double
draw_entry (PlanciaBars *self, cairo_t *cr, double x, double y, guint part, const char *words)
{
  if (part < N_PARTS)
    fill_part (cr, x, y + 1.5, KEY, KEY, colors[part], part == N_PARTS - 1);
  else if (part == N_PARTS)
    fill_part (cr, x, y + 1.5, KEY, KEY, DOWN_COLOR, FALSE);
  else {
    plancia_pen_set_tone (cr, PLANCIA_TONE_NORMAL);
    plancia_pen_rule (cr, x, y + 1.5 + KEY / 2, KEY, 1.4);
  }
  x += KEY + 4;
  return x + plancia_pen_text (cr, words, PLANCIA_TEXT_CAPTION, PLANCIA_TONE_NORMAL, x, y, 0) +
         LEGEND_GAP;
}

static void
draw_legend (PlanciaBars *self, cairo_t *cr, double y)
{
  static const char *const words[] = {
    N_ ("used directly"),
        N_ ("to the battery"),
            N_ ("exported"),
                N_ ("from the grid"),
            };
  double x = LEFT;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    x = draw_entry (self, cr, x, y, i, plancia_report_say (self->language, words[i]));
  if (self->other != NULL)
    draw_entry (self, cr, x, y, G_N_ELEMENTS (words), self->other);
}

static void
draw_grid (PlanciaBars *self, cairo_t *cr)
{
  for (guint i = 0; i < self->ticks->len; i++) {
    const PlanciaTick *tick = &g_array_index (self->ticks, PlanciaTick, i);
    double             y = y_of (self, tick->value);
    guint              decimals = self->high - self->low < 4 ? 1 : 0;
    g_autofree char   *label = plancia_report_number (self->language, tick->value, decimals);

    if (tick->value == 0)
      plancia_ink_axis (cr);
    else
      plancia_ink_grid (cr);
    plancia_pen_rule (cr, self->x, y, self->width, tick->value == 0 ? 0.75 : 0.5);
    plancia_pen_text (cr, label, PLANCIA_TEXT_CAPTION, PLANCIA_TONE_DIM, self->x - 6, y - 5.5, 1);
  }
}

static void
draw_bar (PlanciaBars *self, cairo_t *cr, guint index)
{
  const Bar *bar = &g_array_index (self->bars, Bar, index);
  double     room = self->width / self->bars->len;
  double     width = MIN (room * FILL, WIDEST);
  double     x = self->x + room * index + (room - width) / 2;
  double     base = 0;

  if (bar->unknown) {
    cairo_set_source_rgb (cr, 0.75, 0.75, 0.75);
    plancia_ink_hatch (cr, x, self->y, width, self->height, 5);
  }
  for (guint i = 0; i < N_PARTS; i++) {
    double top = y_of (self, base + or_zero (bar->up[i]));

    fill_part (cr, x, top, width, y_of (self, base) - top, colors[i], i == N_PARTS - 1);
    base += or_zero (bar->up[i]);
  }
  fill_part (cr,
             x,
             y_of (self, 0) + 0.75,
             width,
             y_of (self, -or_zero (bar->down)) - y_of (self, 0) - 0.75,
             DOWN_COLOR,
             FALSE);
  if (isnan (bar->other))
    return;
  plancia_pen_set_tone (cr, PLANCIA_TONE_NORMAL);
  plancia_pen_rule (cr, x - 1.5, y_of (self, bar->other), width + 3, 1.4);
}

static void
draw_labels (PlanciaBars *self, cairo_t *cr)
{
  double room = self->width / self->bars->len;
  guint  longest = 1, step = 1;

  for (guint i = 0; i < self->bars->len; i++)
    longest = MAX (longest, (guint) g_utf8_strlen (g_array_index (self->bars, Bar, i).label, -1));
  while (room * step < longest * 5.0 + 3)
    step++;
  for (guint i = 0; i < self->bars->len; i += step)
    plancia_pen_text (cr,
                      g_array_index (self->bars, Bar, i).label,
                      PLANCIA_TEXT_CAPTION,
                      PLANCIA_TONE_DIM,
                      self->x + room * (i + 0.5),
                      self->y + self->height + 3,
                      0.5);
}

void
plancia_bars_draw (PlanciaBars *self, cairo_t *cr, double width, double height)
{
  double top = 0;

  if (self->bars->len == 0)
    return;
  if (self->title != NULL) {
    plancia_pen_text (cr, self->title, PLANCIA_TEXT_RESULT, PLANCIA_TONE_NORMAL, LEFT, 2, 0);
    if (self->subtitle != NULL)
      plancia_pen_text (cr, self->subtitle, PLANCIA_TEXT_BODY, PLANCIA_TONE_DIM, LEFT, 18, 0);
    top = TITLE;
  }
  find_range (self);
  self->x = LEFT;
  self->y = top + LEGEND + 6;
  self->width = width - LEFT - RIGHT;
  self->height = MAX (height - self->y - LABELS, 10);
  draw_legend (self, cr, top);
  plancia_pen_text (cr, "kWh", PLANCIA_TEXT_HEADING, PLANCIA_TONE_DIM, LEFT - 6, top, 1);
  draw_grid (self, cr);
  for (guint i = 0; i < self->bars->len; i++)
    draw_bar (self, cr, i);
  draw_labels (self, cr);
}
