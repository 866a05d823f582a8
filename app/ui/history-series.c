/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-series.h"

#include "chart/band-layer.h"
#include "chart/line-layer.h"
#include "history/reduce.h"
#include "model/quantity.h"

#include <glib/gi18n.h>

/* How a curve is drawn. */
typedef enum {
  FORM_AREA,
  FORM_BAND,
  FORM_DASH,
  FORM_SIGNED,
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

struct _PlanciaHistorySeries
{
  PlanciaSeries *series[N_CURVES];
};

/* What a quantity is asked for: the other columns at the time of one sample. */
typedef struct
{
  PlanciaSamples *samples;
  gint64          time;
  gboolean        torn; /* a column that exists has no value here */
} Moment;

static gboolean
find_value (const PlanciaSampleColumn *column, gint64 time, double *value)
{
  const gint64 *times = (const gint64 *) (gconstpointer) column->times->data;
  guint         low = 0, high = column->times->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (times[middle] < time)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == column->times->len || times[low] != time)
    return FALSE;
  *value = g_array_index (column->values, double, low);
  return TRUE;
}

static gboolean
look_up (gpointer user_data, const char *key, double *value)
{
  Moment                    *moment = user_data;
  const PlanciaSampleColumn *column = plancia_samples_find_column (moment->samples, key);

  if (column == NULL || column->times->len == 0)
    return FALSE;
  if (find_value (column, moment->time, value))
    return TRUE;
  moment->torn = TRUE;
  return FALSE;
}

/* A difference of which one side is missing is no value at all: it becomes part of a hole. */
static void
merge_column (PlanciaSeries             *series,
              const Curve               *curve,
              PlanciaSamples            *samples,
              const PlanciaSampleColumn *column,
              const char                *kind)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < column->times->len; i++) {
    Moment moment = {samples, g_array_index (column->times, gint64, i), FALSE};
    double value = 0;

    if (!plancia_quantity_compute (curve->quantity, kind, look_up, &moment, &value) || moment.torn)
      continue;
    /* Adding zero turns −0 into 0. */
    value = value * curve->factor + 0.0;
    g_array_append_val (times, moment.time);
    g_array_append_val (values, value);
  }
  plancia_series_merge (series,
                        (const gint64 *) (gconstpointer) times->data,
                        (const double *) (gconstpointer) values->data,
                        times->len);
}

static PlanciaLayer *
new_layer (PlanciaSeries *series, const Curve *curve)
{
  switch (curve->form) {
  case FORM_BAND:
    return plancia_band_layer_new (series, curve->color);
  case FORM_DASH:
    return plancia_line_layer_new (series, curve->color, PLANCIA_LINE_DASH);
  case FORM_SIGNED:
    return plancia_line_layer_new (series, curve->color, PLANCIA_LINE_SIGNED);
  case FORM_AREA:
  default:
    return plancia_line_layer_new (series, curve->color, PLANCIA_LINE_AREA);
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
 * Returns: (transfer full): empty curves
 */
PlanciaHistorySeries *
plancia_history_series_new (void)
{
  PlanciaHistorySeries *self = g_new0 (PlanciaHistorySeries, 1);

  for (guint i = 0; i < N_CURVES; i++) {
    g_autofree char *key = g_strdup_printf ("curve-%u", i);

    self->series[i] = plancia_series_new (key, _ (curves[i].title), curves[i].unit);
  }
  return self;
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
  for (guint i = 0; i < N_CURVES; i++)
    g_object_unref (self->series[i]);
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
  for (guint i = 0; i < N_CURVES; i++) {
    g_autoptr (PlanciaLayer) layer = new_layer (self->series[i], &curves[i]);

    plancia_chart_add_layer (chart, layer);
  }
}

/**
 * plancia_history_series_count:
 * @self: curves
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
  for (guint i = 0; i < N_CURVES; i++) {
    const Counter *counter = self->series[i] == series ? find_counter (curves[i].quantity) : NULL;

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
  for (guint i = 0; i < N_CURVES; i++)
    plancia_series_clear (self->series[i]);
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
  for (guint i = 0; i < N_CURVES; i++)
    for (guint at = 0; at < plancia_samples_get_n_columns (samples); at++) {
      const PlanciaSampleColumn *column = plancia_samples_get_column (samples, at);

      if (plancia_quantity_uses (curves[i].quantity, kind, column->key))
        merge_column (self->series[i], &curves[i], samples, column, kind);
    }
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
  for (guint i = 0; i < N_CURVES; i++)
    if (plancia_series_get_length (self->series[i]) > 0)
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

  for (guint i = 0; i < N_CURVES; i++)
    if (plancia_series_get_length (self->series[i]) > 0)
      g_ptr_array_add (gaps, plancia_reduce_gaps (self->series[i], span));
  return gaps;
}
