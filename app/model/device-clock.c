/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/device-clock.h"

static gboolean
parse_clock (const char *text, GTimeZone *zone, gint64 *time)
{
  g_auto (GStrv) parts = g_strsplit_set (text, "-T :", -1);
  g_autoptr (GDateTime) date = NULL;
  int numbers[6];

  if (g_strv_length (parts) != 6)
    return FALSE;
  for (int i = 0; i < 6; i++)
    numbers[i] = (int) g_ascii_strtoll (parts[i], NULL, 10);
  date =
    g_date_time_new (zone, numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
  if (!date)
    return FALSE;
  *time = g_date_time_to_unix (date) * 1000;
  return TRUE;
}

/**
 * plancia_device_clock_get_off:
 * @device: a device
 * @zone: of the plant
 * @off: (out): ms
 *
 * Returns: whether its clock was read
 */
gboolean
plancia_device_clock_get_off (PlanciaDevice *device, GTimeZone *zone, gint64 *off)
{
  const PlanciaReading *reading = plancia_device_lookup (device, "clock_now");
  gint64                time = 0;

  if (reading == NULL || reading->value.kind != PLANCIA_VALUE_TEXT ||
      !parse_clock (reading->value.text, zone, &time))
    return FALSE;
  *off = time - reading->time;
  return TRUE;
}
