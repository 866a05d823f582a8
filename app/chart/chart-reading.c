/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/chart-private.h"
#include "chart/crosshair.h"
#include "chart/series-view.h"

#include <glib/gi18n.h>

/**
 * plancia_chart_get_cursor:
 * @self: a chart
 *
 * Returns: the time at the crosshair, %G_MAXINT64 if there is none
 */
gint64
plancia_chart_get_cursor (PlanciaChart *self)
{
  return plancia_crosshair_get_time (PLANCIA_CROSSHAIR (self->crosshair));
}

/* The sample nearest to time of any layer that is shown; time itself if none is near. */
static gint64
snap (PlanciaChart *self, gint64 time)
{
  gint64 best = G_MAXINT64;

  for (guint i = 0; i < self->layers->len; i++) {
    PlanciaLayer *layer = g_ptr_array_index (self->layers, i);
    gint64        found;

    if (!plancia_layer_get_hidden (layer) && !plancia_layer_is_state (layer) &&
        plancia_series_nearest (plancia_layer_get_series (layer), time, &found, NULL) &&
        (best == G_MAXINT64 || ABS (found - time) < ABS (best - time)))
      best = found;
  }
  return best == G_MAXINT64 ? time : best;
}

/**
 * plancia_chart_set_cursor:
 * @self: a chart
 * @time: ms of Unix time, snaps to the nearest sample; %G_MAXINT64 takes the crosshair away
 */
void
plancia_chart_set_cursor (PlanciaChart *self, gint64 time)
{
  gint64 before = plancia_chart_get_cursor (self);

  if (time != G_MAXINT64)
    time = snap (self, time);
  if (time == before)
    return;
  plancia_crosshair_set_time (PLANCIA_CROSSHAIR (self->crosshair), time);
  plancia_chart_update_description (self);
  plancia_chart_emit (self, PLANCIA_CHART_CURSOR_MOVED);
}

/* The first layer that is shown and has values: it sets the pace of the arrow keys. */
static PlanciaSeries *
leading_series (PlanciaChart *self)
{
  PlanciaSeries *state = NULL;

  for (guint i = 0; i < self->layers->len; i++) {
    PlanciaLayer  *layer = g_ptr_array_index (self->layers, i);
    PlanciaSeries *series = plancia_layer_get_series (layer);

    if (plancia_layer_get_hidden (layer) || plancia_series_get_length (series) == 0)
      continue;
    if (!plancia_layer_is_state (layer))
      return series;
    if (state == NULL)
      state = series;
  }
  return state;
}

/**
 * plancia_chart_step_cursor:
 * @self: a chart
 * @samples: how many samples on; negative: back. Without a crosshair it begins at the newest
 *   sample that is seen
 *
 * What is seen follows the crosshair.
 */
void
plancia_chart_step_cursor (PlanciaChart *self, int samples)
{
  PlanciaSeries *series = leading_series (self);
  gint64         cursor = plancia_chart_get_cursor (self);
  gint64         index, time;

  if (series == NULL)
    return;
  if (cursor == G_MAXINT64)
    index = (gint64) plancia_series_lower_bound (series, self->plot.span.end) - 1;
  else
    index = (gint64) plancia_series_lower_bound (series, cursor) + samples;
  index = CLAMP (index, 0, (gint64) plancia_series_get_length (series) - 1);
  time = plancia_series_get_times (series)[index];
  if (time < self->plot.span.start)
    plancia_chart_pan (self, time - self->plot.span.start);
  else if (time >= self->plot.span.end)
    plancia_chart_pan (self, time - self->plot.span.end + 1);
  plancia_chart_set_cursor (self, time);
}

/* --- in words -------------------------------------------------------------------------------- */

static char *
dup_clock (PlanciaChart *self, gint64 time)
{
  gboolean day = self->extent.end - self->extent.start <= 25 * PLANCIA_HOUR;
  gboolean close = self->plot.span.end - self->plot.span.start <= 20 * PLANCIA_MINUTE;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, self->zone);

  return g_date_time_format (local, close ? "%H:%M:%S" : day ? "%H:%M" : "%a %-d %b %H:%M");
}

/* "Sun 2.66 kW, 0.00 kW to 7.61 kW": the newest value, and between what all that is seen were. */
static void
append_summary (PlanciaChart *self, PlanciaLayer *layer, GString *words)
{
  double           low, high;
  g_autofree char *lowest = NULL, *highest = NULL;

  if (plancia_layer_is_state (layer) || !plancia_layer_range (layer, self->plot.span, &low, &high))
    return;
  lowest = plancia_layer_format (layer, low);
  highest = plancia_layer_format (layer, high);
  /* Translators: smallest and largest value of a curve, after its newest one: "Sun 2.66 kW (0.00 kW to 7.61 kW)" */
  g_string_append_printf (words, _ (" (%s to %s)"), lowest, highest);
}

static void
append_values (PlanciaChart *self, gint64 cursor, GString *words)
{
  for (guint i = 0; i < self->layers->len; i++) {
    PlanciaLayer    *layer = g_ptr_array_index (self->layers, i);
    PlanciaSeries   *series = plancia_layer_get_series (layer);
    g_autofree char *value = plancia_layer_describe (layer, cursor);

    if (plancia_layer_get_hidden (layer) || plancia_series_get_length (series) == 0)
      continue;
    g_string_append_printf (words,
                            "%s%s %s",
                            words->len > 0 ? ", " : "",
                            plancia_series_get_title (series),
                            value);
    if (cursor == G_MAXINT64)
      append_summary (self, layer, words);
    else if (plancia_layer_get_reading (layer) == PLANCIA_LAYER_READING_PREVIOUS)
      /* Translators: after a value that holds since the sample before the crosshair */
      g_string_append (words, _ (" (held)"));
  }
}

static void
append_holes (PlanciaChart *self, GString *words)
{
  guint n = plancia_series_view_count_holes (PLANCIA_SERIES_VIEW (self->curves));

  if (n > 0)
    g_string_append_printf (words, ngettext (", %u hole", ", %u holes", n), n);
}

/**
 * plancia_chart_describe:
 * @self: a chart
 *
 * Returns: (transfer full): "12:30, Sun 7.61 kW, Home 2.66 kW": what the crosshair is on; without one the newest values,
 *   between what they were, and how many holes there are
 */
char *
plancia_chart_describe (PlanciaChart *self)
{
  gint64 cursor = plancia_chart_get_cursor (self);
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *marks = NULL;

  if (cursor != G_MAXINT64) {
    g_autofree char *clock = dup_clock (self, cursor);

    g_string_append (words, clock);
  }
  append_values (self, cursor, words);
  if (cursor == G_MAXINT64)
    append_holes (self, words);
  if (plancia_cursors_get_shown (PLANCIA_CURSORS (self->cursors)))
    for (int i = 0; i < PLANCIA_N_CURSORS; i++) {
      g_autofree char *at = plancia_cursors_format (PLANCIA_CURSORS (self->cursors), i);

      g_string_append_printf (words, ", %c %s", 'A' + i, at);
    }
  marks = plancia_mark_view_describe (PLANCIA_MARK_VIEW (self->marks), cursor, PLANCIA_MINUTE);
  if (cursor != G_MAXINT64 && marks != NULL)
    g_string_append_printf (words, ", %s", marks);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

void
plancia_chart_update_description (PlanciaChart *self)
{
  g_autofree char *words = plancia_chart_describe (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  words,
                                  -1);
}
