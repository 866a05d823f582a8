/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/curve-table.h"

#include "base/text.h"
#include <math.h>

/* About so many rows, at least this far apart. */
#define MOST_ROWS 100

static const gint64 steps[] = {
  1 * PLANCIA_MINUTE,
  5 * PLANCIA_MINUTE,
  15 * PLANCIA_MINUTE,
  30 * PLANCIA_MINUTE,
  60 * PLANCIA_MINUTE,
  3 * PLANCIA_HOUR,
  6 * PLANCIA_HOUR,
  12 * PLANCIA_HOUR,
  1 * PLANCIA_DAY,
};

static void
find_layers (PlanciaChart *chart, GPtrArray *layers)
{
  for (guint i = 0; i < plancia_chart_get_n_layers (chart); i++) {
    PlanciaLayer *layer = plancia_chart_get_layer (chart, i);

    if (!plancia_layer_get_hidden (layer) &&
        plancia_series_get_length (plancia_layer_get_series (layer)) > 0)
      g_ptr_array_add (layers, layer);
  }
}

static void
add_layer_column (PlanciaShownTable *self, PlanciaLayer *layer, const char *name)
{
  PlanciaSeries *series = plancia_layer_get_series (layer);

  plancia_shown_table_add_column (self,
                                  name,
                                  plancia_series_get_key (series),
                                  plancia_series_get_title (series),
                                  plancia_series_get_unit (series));
}

/* Half a gap away lies another time of the day, or a hole. */
static gboolean
find_value (PlanciaLayer *layer, gint64 time, double *value)
{
  PlanciaSeries *series = plancia_layer_get_series (layer);
  gint64         found;

  if (plancia_layer_is_state (layer))
    return plancia_layer_read (layer, time, &found, value);
  return plancia_series_nearest (series, time, &found, value) &&
         ABS (found - time) <= plancia_series_get_gap (series) / 2;
}

static void
add_cell (PlanciaShownTable *self, PlanciaLayer *layer, gint64 time)
{
  const char *unit = plancia_series_get_unit (plancia_layer_get_series (layer));
  int         digits = g_strcmp0 (unit, "%") == 0 ? 0 : 2;
  double      value = NAN;
  gboolean    found = find_value (layer, time, &value);
  char       *text;

  if (plancia_layer_is_state (layer))
    text = plancia_layer_describe (layer, time);
  else
    text = found ? plancia_text_number (value, digits) : g_strdup ("\u2014");
  plancia_shown_table_add_cell (self, found ? value : NAN, text);
}

static void
add_row (PlanciaShownTable *self, GPtrArray *layers, gint64 time, PlanciaSpan span, GTimeZone *zone)
{
  gboolean one_day = span.end - span.start <= 25 * PLANCIA_HOUR;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autofree char *label = g_date_time_format (local, one_day ? "%H:%M" : "%Y-%m-%d %H:%M");

  plancia_shown_table_begin_row (self, time, label);
  for (guint i = 0; i < layers->len; i++)
    add_cell (self, g_ptr_array_index (layers, i), time);
}

static gint64
find_step (PlanciaSpan span)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if ((span.end - span.start) / steps[i] <= MOST_ROWS)
      return steps[i];
  return steps[G_N_ELEMENTS (steps) - 1];
}

/* From the first round time to the last that any curve reaches. */
static void
add_rows (PlanciaShownTable *self, GPtrArray *layers, PlanciaSpan span, GTimeZone *zone)
{
  gint64 step = find_step (span), last = span.start;
  gint64 first = plancia_span_day (zone, span.start).start;

  for (guint i = 0; i < layers->len; i++) {
    PlanciaSeries *series = plancia_layer_get_series (g_ptr_array_index (layers, i));
    gsize          length = plancia_series_get_length (series);

    last = MAX (last, plancia_series_get_times (series)[length - 1]);
  }
  /* On the clock of the zone. */
  first += (span.start - first + step - 1) / step * step;
  for (gint64 time = first; time < span.end && time <= last; time += step)
    add_row (self, layers, time, span, zone);
}

PlanciaShownTable *
plancia_curve_table_new (GPtrArray *charts, const char *const *names, GTimeZone *zone)
{
  PlanciaShownTable *self = plancia_shown_table_new ();
  g_autoptr (GPtrArray) layers = g_ptr_array_new ();

  for (guint i = 0; i < charts->len; i++) {
    guint first = layers->len;

    find_layers (g_ptr_array_index (charts, i), layers);
    for (guint j = first; j < layers->len; j++)
      add_layer_column (self, g_ptr_array_index (layers, j), names[i]);
  }
  add_rows (self, layers, plancia_chart_get_visible_span (g_ptr_array_index (charts, 0)), zone);
  return self;
}
