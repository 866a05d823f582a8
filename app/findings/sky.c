/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "findings/sky.h"

#include "base/sun.h"
#include <math.h>

/* Halvings of 12 hours: to some seconds. */
#define HALVINGS 12
/* Where a plant is taken to stand that does not say. */
#define USUAL_LATITUDE 43.0

struct _PlanciaSky
{
  gatomicrefcount count;
  GArray         *days; /* PlanciaSkyDay */
};

typedef struct
{
  double latitude;
  double longitude;
} Place;

/* Between a time at which the sun is down and one at which it is up, in any order. */
static gint64
find_crossing (const Place *place, gint64 down, gint64 up)
{
  for (guint i = 0; i < HALVINGS; i++) {
    gint64 middle = (down + up) / 2;

    if (plancia_sun_elevation (place->latitude, place->longitude, middle) > 0)
      up = middle;
    else
      down = middle;
  }
  return (down + up) / 2;
}

static void
find_sun (const Place *place, PlanciaSkyDay *day)
{
  gint64 middle = (day->span.start + day->span.end) / 2;
  gint64 night = middle / PLANCIA_DAY * PLANCIA_DAY + PLANCIA_DAY / 2;
  double elevation;

  /* 12 o'clock of UTC nearest to the middle of the day, then that of the place: to a quarter of an hour. */
  if (night - middle > PLANCIA_DAY / 2)
    night -= PLANCIA_DAY;
  day->noon = night - (gint64) (place->longitude / 15 * (double) PLANCIA_HOUR);
  if (day->noon < day->span.start)
    day->noon += PLANCIA_DAY;
  if (day->noon >= day->span.end)
    day->noon -= PLANCIA_DAY;
  day->rise = find_crossing (place, day->noon - PLANCIA_DAY / 2, day->noon);
  day->set = find_crossing (place, day->noon + PLANCIA_DAY / 2, day->noon);
  day->noon = (day->rise + day->set) / 2;
  elevation = plancia_sun_elevation (place->latitude, place->longitude, day->noon);
  /* Modules are tilted: a low sun gives more than it does to the ground. */
  day->potential = (double) (day->set - day->rise) / (double) PLANCIA_DAY *
                   sqrt (fmax (sin (elevation * G_PI / 180), 0.05));
}

static Place
find_place (GTimeZone *zone, double latitude, double longitude, gint64 time)
{
  int   interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, time / 1000);
  Place place = {latitude, longitude};

  if (isnan (latitude))
    place.latitude = USUAL_LATITUDE;
  if (isnan (longitude))
    place.longitude = (g_time_zone_get_offset (zone, interval) / 3600.0 -
                       (g_time_zone_is_dst (zone, interval) ? 1 : 0)) *
                      15;
  return place;
}

/**
 * plancia_sky_new:
 * @zone: the plant's
 * @latitude: degrees north, or NAN
 * @longitude: degrees east, or NAN
 * @span: when
 *
 * Returns: (transfer full): all days that touch @span
 */
PlanciaSky *
plancia_sky_new (GTimeZone *zone, double latitude, double longitude, PlanciaSpan span)
{
  PlanciaSky   *self = g_new0 (PlanciaSky, 1);
  Place         place = find_place (zone, latitude, longitude, span.start);
  PlanciaSkyDay day = {.span = plancia_span_day (zone, span.start)};

  g_atomic_ref_count_init (&self->count);
  self->days = g_array_new (FALSE, FALSE, sizeof (PlanciaSkyDay));
  while (day.span.start < span.end) {
    g_autoptr (GDateTime)
      utc = g_date_time_new_from_unix_utc ((day.span.start + day.span.end) / 2000);
    g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

    day.of_year = (guint) g_date_time_get_day_of_year (local);
    find_sun (&place, &day);
    g_array_append_val (self->days, day);
    day.span = plancia_span_day (zone, day.span.end);
  }
  return self;
}

PlanciaSky *
plancia_sky_ref (PlanciaSky *self)
{
  g_atomic_ref_count_inc (&self->count);
  return self;
}

void
plancia_sky_unref (PlanciaSky *self)
{
  if (!g_atomic_ref_count_dec (&self->count))
    return;
  g_array_unref (self->days);
  g_free (self);
}

guint
plancia_sky_get_length (PlanciaSky *self)
{
  return self->days->len;
}

const PlanciaSkyDay *
plancia_sky_get_day (PlanciaSky *self, guint index)
{
  return &g_array_index (self->days, PlanciaSkyDay, index);
}

guint
plancia_sky_find (PlanciaSky *self, gint64 time)
{
  guint low = 0, high = self->days->len;

  while (high - low > 1) {
    guint middle = (low + high) / 2;

    if (g_array_index (self->days, PlanciaSkyDay, middle).span.start <= time)
      low = middle;
    else
      high = middle;
  }
  return low;
}
