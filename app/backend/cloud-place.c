/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/cloud-place.h"

#include "base/span.h"
#include "base/sun.h"
#include <math.h>

/* Degrees: inverters go to sleep before the sun has set, and wake after it has risen (field notes). */
#define LOW_SUN 5
/* Minutes of the day, where neither a place nor hours are known. */
#define USUAL_FROM (20 * 60)
#define USUAL_TO   (8 * 60)

static guint
minute_of_day (GTimeZone *zone, gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / PLANCIA_SECOND);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  return (guint) (g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local));
}

static gboolean
is_between (guint minute, guint from, guint to)
{
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

gboolean
plancia_cloud_place_is_quiet (const PlanciaCloudPlace *self, gint64 time)
{
  guint minute = minute_of_day (self->zone, time);

  if (self->has_quiet)
    return is_between (minute, self->quiet_from, self->quiet_to);
  if (isfinite (self->latitude) && isfinite (self->longitude))
    return plancia_sun_elevation (self->latitude, self->longitude, time) < LOW_SUN;
  return is_between (minute, USUAL_FROM, USUAL_TO);
}
