/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/state-layer.h"

#include "base/text.h"
#include "chart/chart-text.h"
#include "chart/hatch.h"
#include "history/reduce.h"

#include <math.h>

/* Pixels at text scale 1. */
#define TITLE_HEIGHT 14
#define STRIP_HEIGHT 9
#define WORDS_Y      32
#define WORDS_MARGIN 6
/* Beyond the palette's colours values repeat them, hatched. */
#define HATCH_ALPHA 0.55

struct _PlanciaStateLayer
{
  PlanciaLayer parent_instance;

  PlanciaStateWords words;
  gpointer          user_data;
  GDestroyNotify    destroy;
};

G_DEFINE_FINAL_TYPE (PlanciaStateLayer, plancia_state_layer, PLANCIA_TYPE_LAYER)

static char *
dup_words (PlanciaStateLayer *self, double value)
{
  char *words = self->words != NULL ? self->words (value, self->user_data) : NULL;

  return words != NULL ? words : plancia_text_number (value, 0);
}

/* --- runs ------------------------------------------------------------------------------------ */

static void
append_run (GArray *runs, PlanciaStateRun run)
{
  PlanciaStateRun *last = runs->len > 0 ? &g_array_index (runs, PlanciaStateRun, runs->len - 1)
                                        : NULL;

  if (plancia_span_is_empty (run.span))
    return;
  if (last != NULL && last->span.end == run.span.start && last->value == run.value &&
      last->other == run.other && last->mixed == run.mixed)
    last->span.end = run.span.end;
  else
    g_array_append_val (runs, run);
}

/* How long sample i holds: to the next one, or to where the hole begins (which is at the sample itself: it was seen there and
 * not after). The last one of all holds for a pace. */
static gint64
holds_until (PlanciaSeries *series, gsize i)
{
  const gint64 *times = plancia_series_get_times (series);
  gint64        gap = plancia_series_get_gap (series);

  if (i + 1 < plancia_series_get_length (series) && times[i + 1] - times[i] <= gap)
    return times[i + 1];
  return times[i] + gap / 3;
}

static void
find_single (PlanciaSeries *series, PlanciaSpan span, gsize begin, gsize end, GArray *runs)
{
  for (gsize i = begin; i < end; i++) {
    float           value = plancia_series_get_values (series)[i];
    PlanciaSpan     held = {plancia_series_get_times (series)[i], holds_until (series, i)};
    PlanciaStateRun run = {plancia_span_intersect (held, span), value, value, FALSE};

    append_run (runs, run);
  }
}

/* Many samples a column: what changed within one shows its extremes. */
static void
find_columns (PlanciaSeries *series, PlanciaSpan span, guint n_columns, GArray *runs)
{
  g_autofree PlanciaColumn *columns = g_new0 (PlanciaColumn, n_columns);
  gint64                    length = span.end - span.start;

  plancia_reduce_columns (series, span, n_columns, columns);
  for (guint i = 0; i < n_columns; i++) {
    const PlanciaColumn *column = &columns[i];
    PlanciaSpan          part = {span.start + length * i / n_columns,
                                 span.start + length * (i + 1) / n_columns};
    gboolean             mixed = column->minimum != column->maximum;

    if (column->count > 0)
      append_run (runs, (PlanciaStateRun){part, column->maximum, column->minimum, mixed});
  }
}

/**
 * plancia_state_layer_find_runs:
 * @self: a layer
 * @span: the time shown
 * @n_columns: pixels
 *
 * Returns: (transfer full) (element-type PlanciaStateRun): neighbours differ; holes are left out
 */
GArray *
plancia_state_layer_find_runs (PlanciaStateLayer *self, PlanciaSpan span, guint n_columns)
{
  GArray        *runs = g_array_new (FALSE, FALSE, sizeof (PlanciaStateRun));
  PlanciaSeries *series = plancia_layer_get_series (PLANCIA_LAYER (self));
  gsize          begin = plancia_series_lower_bound (series, span.start);
  gsize          end = plancia_series_lower_bound (series, span.end);

  if (n_columns == 0)
    return runs;
  if (end - begin > 2 * (gsize) n_columns)
    find_columns (series, span, n_columns, runs);
  else
    find_single (series, span, begin > 0 ? begin - 1 : 0, end, runs);
  return runs;
}

/* --- drawing --------------------------------------------------------------------------------- */

/* The same value has the same colour always, whatever else is seen. */
static guint
color_number (float value)
{
  return (guint) fabs (fmod (round (value), 1000));
}

static void
append_strip (GtkSnapshot          *snapshot,
              const PlanciaPalette *palette,
              float                 value,
              graphene_rect_t       area)
{
  guint   number = color_number (value);
  GdkRGBA color = plancia_palette_series (palette, number % PLANCIA_PALETTE_SERIES + 1);
  GdkRGBA hatch = plancia_palette_fade (palette->background, HATCH_ALPHA);

  gtk_snapshot_append_color (snapshot, &color, &area);
  if (number >= PLANCIA_PALETTE_SERIES)
    plancia_hatch_append (snapshot, &area, &hatch);
}

static void
append_words (PlanciaStateLayer *self,
              GtkSnapshot       *snapshot,
              const PlanciaPlot *plot,
              double             value,
              double             left,
              double             right,
              double             y)
{
  g_autofree char *words = dup_words (self, value);
  g_autoptr (PangoLayout) text = plancia_chart_text_new (plot->widget, words, FALSE);
  int width;

  pango_layout_get_pixel_size (text, &width, NULL);
  if (width + WORDS_MARGIN <= right - left)
    plancia_chart_text_append (snapshot, text, left, y, 0, &plot->palette.axis);
}

static void
snapshot_run (PlanciaStateLayer     *self,
              GtkSnapshot           *snapshot,
              const PlanciaPlot     *plot,
              const PlanciaStateRun *run,
              double                 y)
{
  double          left = plancia_plot_x (plot, run->span.start);
  double          right = MAX (plancia_plot_x (plot, run->span.end), left + 1);
  double          top = y + TITLE_HEIGHT * plot->scale, height = STRIP_HEIGHT * plot->scale;
  graphene_rect_t area =
    GRAPHENE_RECT_INIT ((float) left, (float) top, (float) (right - left), (float) height);

  append_strip (snapshot, &plot->palette, run->value, area);
  if (run->mixed) {
    area.origin.y += area.size.height / 2;
    area.size.height /= 2;
    append_strip (snapshot, &plot->palette, run->other, area);
  } else if (plot->widget != NULL)
    append_words (self, snapshot, plot, run->value, left, right, y + WORDS_Y * plot->scale);
}

/* A thin line between two values: neighbours may have colours that some eyes cannot tell apart. */
static void
snapshot_border (GtkSnapshot *snapshot, const PlanciaPlot *plot, gint64 time, double y)
{
  double x = floor (plancia_plot_x (plot, time));

  gtk_snapshot_append_color (snapshot,
                             &plot->palette.background,
                             &GRAPHENE_RECT_INIT ((float) x,
                                                  (float) (y + TITLE_HEIGHT * plot->scale),
                                                  1,
                                                  (float) (STRIP_HEIGHT * plot->scale)));
}

static void
plancia_state_layer_snapshot (PlanciaLayer *layer, GtkSnapshot *snapshot, const PlanciaPlot *plot)
{
  PlanciaStateLayer *self = PLANCIA_STATE_LAYER (layer);
  double             y = plancia_plot_state_y (plot, plancia_layer_get_axis (layer));
  g_autoptr (GArray)
    runs = plancia_state_layer_find_runs (self, plot->span, (guint) MAX (plot->width, 1));

  /* It has no row then (chart/chart.c). */
  if (plancia_series_get_length (plancia_layer_get_series (layer)) == 0)
    return;
  if (plot->widget != NULL) {
    const char *title = plancia_series_get_title (plancia_layer_get_series (layer));
    g_autoptr (PangoLayout) text = plancia_chart_text_new (plot->widget, title, TRUE);

    plancia_chart_text_append (snapshot,
                               text,
                               plot->x,
                               y + TITLE_HEIGHT / 2.0 * plot->scale,
                               0,
                               &plot->palette.axis);
  }
  for (guint i = 0; i < runs->len; i++) {
    const PlanciaStateRun *run = &g_array_index (runs, PlanciaStateRun, i);

    snapshot_run (self, snapshot, plot, run, y);
    if (i > 0 && run[-1].span.end == run->span.start && !run->mixed)
      snapshot_border (snapshot, plot, run->span.start, y);
  }
}

static void
plancia_state_layer_draw_key (PlanciaLayer         *layer,
                              cairo_t              *cr,
                              double                width,
                              double                height,
                              const PlanciaPalette *palette)
{
  for (guint i = 0; i < 3; i++) {
    GdkRGBA color = plancia_palette_series (palette, i + 1);

    gdk_cairo_set_source_rgba (cr, &color);
    cairo_rectangle (cr, width * i / 3, height / 2 - 3, width / 3, 6);
    cairo_fill (cr);
  }
}

static char *
plancia_state_layer_format (PlanciaLayer *layer, double value)
{
  return dup_words (PLANCIA_STATE_LAYER (layer), value);
}

static void
plancia_state_layer_finalize (GObject *object)
{
  PlanciaStateLayer *self = PLANCIA_STATE_LAYER (object);

  if (self->destroy != NULL)
    self->destroy (self->user_data);

  G_OBJECT_CLASS (plancia_state_layer_parent_class)->finalize (object);
}

static void
plancia_state_layer_class_init (PlanciaStateLayerClass *klass)
{
  PlanciaLayerClass *layer_class = PLANCIA_LAYER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = plancia_state_layer_finalize;
  layer_class->snapshot = plancia_state_layer_snapshot;
  layer_class->draw_key = plancia_state_layer_draw_key;
  layer_class->format = plancia_state_layer_format;
  layer_class->is_state = TRUE;
}

static void
plancia_state_layer_init (PlanciaStateLayer *self)
{
}

/**
 * plancia_state_layer_new:
 * @series: its values are the numbers of states
 * @color: number in the palette, from 1; of the layer, its values have their own
 * @words: (nullable): what a value means; %NULL shows the number
 * @user_data: for @words
 * @destroy: (nullable): of @user_data
 *
 * Returns: (transfer full): a layer
 */
PlanciaLayer *
plancia_state_layer_new (PlanciaSeries    *series,
                         guint             color,
                         PlanciaStateWords words,
                         gpointer          user_data,
                         GDestroyNotify    destroy)
{
  PlanciaStateLayer *self =
    g_object_new (PLANCIA_TYPE_STATE_LAYER, "series", series, "color", color, NULL);

  self->words = words;
  self->user_data = user_data;
  self->destroy = destroy;
  return PLANCIA_LAYER (self);
}

guint
plancia_state_layer_get_color (PlanciaStateLayer *self, float value)
{
  return color_number (value) % PLANCIA_PALETTE_SERIES + 1;
}
