/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/energy-peak.h"

#include "base/text.h"

#include <glib/gi18n.h>
#include <math.h>

char *
plancia_energy_peak_words (GArray *sums, GTimeZone *zone)
{
  PlanciaEnergySum total;
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;
  g_autofree char *when = NULL;
  g_autofree char *number = NULL;
  g_autofree char *power = NULL;
  const char      *unit;

  plancia_energy_total (sums, &total);
  if (isnan (total.peak_power) || total.peak_power <= 0)
    return NULL;
  utc = g_date_time_new_from_unix_utc (total.peak_time / 1000);
  local = g_date_time_to_timezone (utc, zone);
  /* Translators: strftime format of a moment of the year: 12 June 14:05 */
  when = g_date_time_format (local, _ ("%-d %B %H:%M"));
  number = plancia_text_power (total.peak_power, &unit);
  power = plancia_text_with_unit (number, unit);
  /* Translators: a power, and when it was produced: "Highest power 5.21 kW, 12 June 12:40" */
  return g_strdup_printf (_ ("Highest power %s, %s"), power, when);
}
