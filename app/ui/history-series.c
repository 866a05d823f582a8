/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-series.h"

#include "chart/band-layer.h"
#include "chart/line-layer.h"
#include "chart/state-layer.h"
#include "history/reduce.h"
#include "history/series-total.h"
#include "model/quantity.h"
#include "model/series-words.h"

#include <glib/gi18n.h>

/* How a curve is drawn. */
typedef enum {
  FORM_AREA,
  FORM_BAND,
  FORM_DASH,
  FORM_SIGNED,
  FORM_LINE,
} Form;

typedef struct
{
  PlanciaQuantity quantity;
  const char     *title;
  const char     *unit;
  double          factor; /* from the quantity's unit and sign to what is shown */
  guint           color;
  Form            form;
} Curve;

static const Curve curves[] = {
  {PLANCIA_QUANTITY_PV_POWER,       N_ ("Sun"),                "kW", 0.001,  1, FORM_AREA  },
   {PLANCIA_QUANTITY_LOAD_POWER,     N_ ("Home, min to max"),   "kW", 0.001,  2, FORM_BAND  },
    {PLANCIA_QUANTITY_BATTERY_CHARGE, N_ ("State of charge"),    "%",  1,      3, FORM_DASH  },
 /* A quantity counts export as positive; people look for what they sold below the line. */
     {PLANCIA_QUANTITY_GRID_POWER,     N_ ("Grid, export below"), "kW", -0.001, 4, FORM_SIGNED},
};

#define N_CURVES G_N_ELEMENTS (curves)

/* What counts the energy of a curve, with the sign that it is shown in. */
typedef struct
{
  PlanciaQuantity quantity;
  PlanciaEnergy   energy;
  PlanciaEnergy   opposite; /* below zero; as energy: never */
} Counter;

static const Counter counters[] = {
  {PLANCIA_QUANTITY_PV_POWER,   PLANCIA_ENERGY_PV,     PLANCIA_ENERGY_PV    },
  {PLANCIA_QUANTITY_LOAD_POWER, PLANCIA_ENERGY_LOAD,   PLANCIA_ENERGY_LOAD  },
  {PLANCIA_QUANTITY_GRID_POWER, PLANCIA_ENERGY_IMPORT, PLANCIA_ENERGY_EXPORT},
};

/* A curve of these: of a quantity, or of one recorded value as it is. */
typedef struct
{
  PlanciaSeries *series;
  const Curve   *quantity; /* or NULL */
  char          *key;      /* or NULL */
  PlanciaMap    *map;      /* of a state: has the words of its values; or NULL */
  double         factor;   /* of the key, from its unit to the one that is shown */
  guint          color;
} One;

struct _PlanciaHistorySeries
{
  GPtrArray                   *curves; /* One */
  gboolean                     second; /* beside others of the same quantities: thin lines only */
  PlanciaHistorySeriesMoveTime move;   /* or NULL */
  gpointer                     move_data;
};

/* Where it is shown: of another time that is compared with, under the present one. */
static gint64
move_time (PlanciaHistorySeries *self, gint64 time)
{
  return self->move != NULL ? self->move (self->move_data, time) : time;
}

/* width: of the parts of time that samples were thinned to, within which neighbours lie as far apart as it likes them; or 0 */
static void
merge (One *one, GArray *times, GArray *values, gint64 width)
{
  plancia_series_merge (one->series,
                        (const gint64 *) (gconstpointer) times->data,
                        (const double *) (gconstpointer) values->data,
                        times->len);
  if (width > 0) {
    plancia_series_set_gap (one->series, 0);
    plancia_series_set_gap (one->series, MAX (width, plancia_series_get_gap (one->series)));
  }
}

static void
merge_quantity (PlanciaHistorySeries *self, One *one, PlanciaSamples *samples, const char *kind)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));

  plancia_quantity_compute_column (one->quantity->quantity, kind, samples, times, values);
  for (guint i = 0; i < times->len; i++) {
    g_array_index (times, gint64, i) = move_time (self, g_array_index (times, gint64, i));
    /* Adding zero turns −0 into 0. */
    g_array_index (values, double, i) = g_array_index (values, double, i) * one->quantity->factor +
                                        0.0;
  }
  merge (one, times, values, plancia_samples_get_width (samples));
}

static void
merge_key (PlanciaHistorySeries *self, One *one, PlanciaSamples *samples)
{
  const PlanciaSampleColumn *column = plancia_samples_find_column (samples, one->key);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));

  if (column == NULL)
    return;
  for (guint i = 0; i < column->times->len; i++) {
    gint64 shown = move_time (self, g_array_index (column->times, gint64, i));
    double value = g_array_index (column->values, double, i) * one->factor;

    g_array_append_val (times, shown);
    g_array_append_val (values, value);
  }
  merge (one, times, values, plancia_samples_get_width (samples));
}

/* --- states ---------------------------------------------------------------------------------- */

/* What a layer needs to say its values; it may outlive the curves. */
typedef struct
{
  PlanciaMap *map;
  char       *key;
} Words;

static void
words_free (gpointer data)
{
  Words *words = data;

  plancia_map_unref (words->map);
  g_free (words->key);
  g_free (words);
}

static char *
say_state (double value, gpointer user_data)
{
  const Words *words = user_data;

  return plancia_series_words_value (words->key, words->map, value);
}

static PlanciaLayer *
new_state_layer (const One *one)
{
  Words *words = g_new0 (Words, 1);

  words->map = plancia_map_ref (one->map);
  words->key = g_strdup (one->key);
  return plancia_state_layer_new (one->series, one->color, say_state, words, words_free);
}

/* --- curves ---------------------------------------------------------------------------------- */

/* Beside the same of another source or time: dashed, so that it is told apart without colour. */
static PlanciaLayer *
new_layer (PlanciaHistorySeries *self, const One *one)
{
  Form form = one->quantity != NULL ? one->quantity->form : FORM_LINE;

  if (one->map != NULL)
    return new_state_layer (one);
  if (self->second)
    return plancia_line_layer_new (one->series, one->color, PLANCIA_LINE_DASH);
  switch (form) {
  case FORM_BAND:
    return plancia_band_layer_new (one->series, one->color);
  case FORM_DASH:
    return plancia_line_layer_new (one->series, one->color, PLANCIA_LINE_DASH);
  case FORM_SIGNED:
    return plancia_line_layer_new (one->series, one->color, PLANCIA_LINE_SIGNED);
  case FORM_LINE:
    return plancia_line_layer_new (one->series, one->color, PLANCIA_LINE_PLAIN);
  case FORM_AREA:
  default:
    return plancia_line_layer_new (one->series, one->color, PLANCIA_LINE_AREA);
  }
}

static void
one_free (gpointer data)
{
  One *one = data;

  g_object_unref (one->series);
  g_clear_pointer (&one->map, plancia_map_unref);
  g_free (one->key);
  g_free (one);
}

/* "Sun", or "Sun · Read here" beside another one. */
static char *
name_with (const char *title, const char *note)
{
  return note != NULL ? g_strdup_printf ("%s · %s", title, note) : g_strdup (title);
}

static void
add_quantities (PlanciaHistorySeries *self, const char *note)
{
  for (guint i = 0; i < N_CURVES; i++) {
    One             *one = g_new0 (One, 1);
    g_autofree char *key = g_strdup_printf (self->second ? "second-%u" : "curve-%u", i);
    g_autofree char *title = name_with (_ (curves[i].title), note);

    one->quantity = &curves[i];
    one->color = curves[i].color;
    one->series = plancia_series_new (key, title, curves[i].unit);
    g_ptr_array_add (self->curves, one);
  }
}

static const Counter *
find_counter (PlanciaQuantity quantity)
{
  for (guint i = 0; i < G_N_ELEMENTS (counters); i++)
    if (counters[i].quantity == quantity)
      return &counters[i];
  return NULL;
}

/**
 * plancia_history_series_new:
 *
 * Returns: (transfer full): the four curves of powers and charge, empty
 */
PlanciaHistorySeries *
plancia_history_series_new (void)
{
  return plancia_history_series_new_full (TRUE, NULL, FALSE);
}

/**
 * plancia_history_series_new_full:
 * @quantities: whether with the four of powers and charge
 * @note: (nullable): what sets them apart, behind each name
 * @second: drawn beside the same of another source or time
 *
 * Returns: (transfer full): curves, empty
 */
PlanciaHistorySeries *
plancia_history_series_new_full (gboolean quantities, const char *note, gboolean second)
{
  PlanciaHistorySeries *self = g_new0 (PlanciaHistorySeries, 1);

  self->curves = g_ptr_array_new_with_free_func (one_free);
  self->second = second;
  if (quantities)
    add_quantities (self, note);
  return self;
}

/**
 * plancia_history_series_add_key:
 * @self: curves
 * @key: of the samples
 * @title: what people call it
 * @unit: its unit, or ""
 * @color: of the palette, from 1
 *
 * Powers are shown in kW as those of the quantities are, on one axis with them. Before plancia_history_series_add_to().
 */
void
plancia_history_series_add_key (PlanciaHistorySeries *self,
                                const char           *key,
                                const char           *title,
                                const char           *unit,
                                guint                 color)
{
  One     *one = g_new0 (One, 1);
  gboolean watts = g_str_equal (unit, "W");

  one->key = g_strdup (key);
  one->color = color;
  one->factor = watts ? 0.001 : 1;
  one->series = plancia_series_new (key, title, watts ? "kW" : unit);
  g_ptr_array_add (self->curves, one);
}

/**
 * plancia_history_series_add_state:
 * @self: curves
 * @key: of the samples
 * @title: what people call it
 * @map: one for which plancia_series_words_is_state()
 * @color: of the palette, from 1
 *
 * A strip below the curves, a colour a value. Before plancia_history_series_add_to().
 */
void
plancia_history_series_add_state (PlanciaHistorySeries *self,
                                  const char           *key,
                                  const char           *title,
                                  PlanciaMap           *map,
                                  guint                 color)
{
  One *one = g_new0 (One, 1);

  one->key = g_strdup (key);
  one->map = plancia_map_ref (map);
  one->color = color;
  one->factor = 1;
  one->series = plancia_series_new (key, title, "");
  g_ptr_array_add (self->curves, one);
}

/**
 * plancia_history_series_set_move:
 * @self: curves
 * @move: (nullable): from the time of a sample to where it is shown; grows with it
 * @move_data: for @move, lives as long as @self
 */
void
plancia_history_series_set_move (PlanciaHistorySeries        *self,
                                 PlanciaHistorySeriesMoveTime move,
                                 gpointer                     move_data)
{
  self->move = move;
  self->move_data = move_data;
}

/**
 * plancia_history_series_free:
 * @self: (transfer full) (nullable): curves
 */
void
plancia_history_series_free (PlanciaHistorySeries *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->curves);
  g_free (self);
}

/**
 * plancia_history_series_add_to:
 * @self: curves
 * @chart: gets a layer for each
 */
void
plancia_history_series_add_to (PlanciaHistorySeries *self, PlanciaChart *chart)
{
  for (guint i = 0; i < self->curves->len; i++) {
    const One *one = g_ptr_array_index (self->curves, i);
    g_autoptr (PlanciaLayer) layer = new_layer (self, g_ptr_array_index (self->curves, i));

    /* Of more units than a chart has axes the last ones are left out. */
    if (plancia_layer_is_state (layer) ||
        plancia_chart_can_show (chart, plancia_series_get_unit (one->series)))
      plancia_chart_add_layer (chart, layer);
  }
}

/**
 * plancia_history_series_count:
 * @self: (nullable): curves
 * @series: one of them, or any other
 * @sum: of the device's counters between two moments
 * @value: (out): kWh, in the sign of the curve; %NAN if the device has not said
 *
 * Returns: %FALSE if no counter counts what @series shows
 */
gboolean
plancia_history_series_count (PlanciaHistorySeries   *self,
                              PlanciaSeries          *series,
                              const PlanciaEnergySum *sum,
                              double                 *value)
{
  for (guint i = 0; self != NULL && i < self->curves->len; i++) {
    const One     *one = g_ptr_array_index (self->curves, i);
    const Counter *counter = one->series == series && one->quantity != NULL
                               ? find_counter (one->quantity->quantity)
                               : NULL;

    if (counter == NULL)
      continue;
    *value = sum->energies[counter->energy];
    if (counter->opposite != counter->energy)
      *value -= sum->energies[counter->opposite];
    return TRUE;
  }
  return FALSE;
}

/**
 * plancia_history_series_clear:
 * @self: curves
 *
 * Before another day or device is shown.
 */
void
plancia_history_series_clear (PlanciaHistorySeries *self)
{
  for (guint i = 0; i < self->curves->len; i++) {
    const One *one = g_ptr_array_index (self->curves, i);

    plancia_series_clear (one->series);
    plancia_series_set_gap (one->series, 0);
  }
}

/**
 * plancia_history_series_merge:
 * @self: curves
 * @samples: of a source, any of its keys
 * @kind: of the device
 */
void
plancia_history_series_merge (PlanciaHistorySeries *self, PlanciaSamples *samples, const char *kind)
{
  for (guint i = 0; i < self->curves->len; i++) {
    One *one = g_ptr_array_index (self->curves, i);

    if (one->key != NULL)
      merge_key (self, one, samples);
    else
      merge_quantity (self, one, samples, kind);
  }
}

static void
total_one (PlanciaHistorySeries *self, GPtrArray *parts, PlanciaSpan span, guint index)
{
  One *one = g_ptr_array_index (self->curves, index);
  g_autoptr (GPtrArray) series = g_ptr_array_new ();
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));

  if (one->quantity == NULL)
    return;
  for (guint i = 0; i < parts->len; i++) {
    PlanciaHistorySeries *part = g_ptr_array_index (parts, i);

    g_ptr_array_add (series, ((One *) g_ptr_array_index (part->curves, index))->series);
  }
  plancia_series_total (series,
                        span,
                        one->quantity->quantity == PLANCIA_QUANTITY_BATTERY_CHARGE,
                        times,
                        values);
  for (guint i = 0; i < times->len; i++)
    g_array_index (times, gint64, i) = move_time (self, g_array_index (times, gint64, i));
  merge (one, times, values, 0);
}

/**
 * plancia_history_series_total:
 * @self: curves
 * @parts: (element-type PlanciaHistorySeries): those of quantities of several devices, at their own times
 * @span: of which time
 *
 * The powers are summed, of the states of charge it is the mean.
 */
void
plancia_history_series_total (PlanciaHistorySeries *self, GPtrArray *parts, PlanciaSpan span)
{
  plancia_history_series_clear (self);
  for (guint i = 0; i < MIN (self->curves->len, N_CURVES); i++)
    total_one (self, parts, span, i);
}

/**
 * plancia_history_series_is_empty:
 * @self: curves
 *
 * Returns: whether none of them has a single value
 */
gboolean
plancia_history_series_is_empty (PlanciaHistorySeries *self)
{
  for (guint i = 0; i < self->curves->len; i++)
    if (plancia_series_get_length (((One *) g_ptr_array_index (self->curves, i))->series) > 0)
      return FALSE;
  return TRUE;
}

/**
 * plancia_history_series_find_gaps:
 * @self: curves
 * @span: where to look
 *
 * Returns: (transfer full) (element-type GArray): for plancia_coverage_find()
 */
GPtrArray *
plancia_history_series_find_gaps (PlanciaHistorySeries *self, PlanciaSpan span)
{
  GPtrArray *gaps = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint i = 0; i < self->curves->len; i++) {
    One *one = g_ptr_array_index (self->curves, i);

    if (plancia_series_get_length (one->series) > 0)
      g_ptr_array_add (gaps, plancia_reduce_gaps (one->series, span));
  }
  return gaps;
}
