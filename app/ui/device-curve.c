/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/device-curve.h"

#include "base/clock.h"
#include "base/text.h"
#include "ui/device-words.h"
#include <glib/gi18n.h>

static char *
format_peak (PlanciaQuantity quantity, double value)
{
  const char      *unit = "%";
  g_autofree char *number = quantity == PLANCIA_QUANTITY_BATTERY_CHARGE
                              ? plancia_text_number (value, 0)
                              : plancia_text_power (value, &unit);

  return plancia_text_with_unit (number, unit);
}

static void
describe (PlanciaMiniCurve *curve, PlanciaQuantity quantity, GTimeZone *zone)
{
  gint64           time = 0;
  double           value = 0;
  g_autofree char *words = NULL;

  if (plancia_mini_curve_get_peak (curve, &time, &value)) {
    g_autofree char *peak = format_peak (quantity, value);
    g_autofree char *at = plancia_device_words_time (time, zone);

    /* Translators: the highest value of today's curve and the time of day when it was */
    words = g_strdup_printf (_("Today, highest %s at %s"), peak, at);
  }
  gtk_accessible_update_property (GTK_ACCESSIBLE (curve),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words ? words : _("No values today"), -1);
}

static gboolean
was_never_asked (PlanciaDevice *device, gsize length)
{
  return plancia_device_get_mark (device) == PLANCIA_MARK_CLOSED &&
         plancia_device_get_time (device) == 0 && length == 0;
}

/**
 * plancia_device_curve_show:
 * @curve: where to
 * @device: whose day
 * @day: (nullable): its values
 * @zone: of the plant
 */
void
plancia_device_curve_show (PlanciaMiniCurve *curve,
                           PlanciaDevice    *device,
                           PlanciaDayCurve  *day,
                           GTimeZone        *zone)
{
  PlanciaCurveStyle style;
  gboolean          drawn = plancia_device_words_curve (device, &style);
  PlanciaSeries *series = drawn && day ? plancia_day_curve_get_series (day, style.quantity) : NULL;
  gsize          length = series ? plancia_series_get_length (series) : 0;
  gint64         now = plancia_clock_now ();

  plancia_mini_curve_set_style (curve, style.series, style.factor, style.top);
  plancia_mini_curve_set (curve,
                          day ? plancia_day_curve_get_day (day) : plancia_span_day (zone, now),
                          was_never_asked (device, length) ? 0 : now,
                          series ? plancia_series_get_times (series) : NULL,
                          series ? plancia_series_get_values (series) : NULL,
                          length);
  describe (curve, style.quantity, zone);
}
