/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol/portal-json.h"

#include <math.h>
#include <string.h>

/* Below this a number is seconds: as milliseconds it would lie in 1973. */
#define LARGEST_SECONDS 1e11
/* 2000-01-01 and 2200-01-01. "Never" is written as year 1 or as 0 by some servers. */
#define EARLIEST G_GINT64_CONSTANT (946684800000)
#define LATEST   G_GINT64_CONSTANT (7258118400000)

static gboolean
take_time (gint64 candidate, gint64 *time)
{
  if (candidate < EARLIEST || candidate >= LATEST)
    return FALSE;
  *time = candidate;
  return TRUE;
}

static gboolean
parse_epoch (const char *text, gint64 *time)
{
  char  *end;
  double number = g_ascii_strtod (text, &end);

  if (end == text || *end != '\0' || !isfinite (number) || fabs (number) >= LATEST)
    return FALSE;
  return take_time ((gint64) (fabs (number) < LARGEST_SECONDS ? number * PLANCIA_SECOND : number),
                    time);
}

/**
 * plancia_portal_json_time:
 * @text: a time stamp of the portal
 * @time: (out): ms UTC, set only on success
 *
 * The portal writes whole seconds and Z. Other forms are understood as well: a fraction, an offset,
 * no zone (then it is UTC), and the number of seconds or milliseconds since 1970. Years before 2000
 * and from 2200 on mean that there is no time. Any thread.
 *
 * Returns: whether @text could be read
 */
gboolean
plancia_portal_json_time (const char *text, gint64 *time)
{
  return plancia_portal_json_time_in (text, NULL, time);
}

/**
 * plancia_portal_json_time_in:
 * @text: a time stamp
 * @zone: (nullable): of one that names none; %NULL: UTC
 * @time: (out): ms UTC, set only on success
 *
 * Any thread.
 *
 * Returns: whether @text could be read
 */
gboolean
plancia_portal_json_time_in (const char *text, GTimeZone *zone, gint64 *time)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autoptr (GTimeZone) utc = zone != NULL ? g_time_zone_ref (zone) : g_time_zone_new_utc ();
  g_autoptr (GDateTime) date = NULL;

  if (stripped[0] == '\0')
    return FALSE;
  if (strspn (stripped, "0123456789.") == strlen (stripped))
    return parse_epoch (stripped, time);
  date = g_date_time_new_from_iso8601 (stripped, utc);
  if (date == NULL)
    return FALSE;
  return take_time (g_date_time_to_unix (date) * PLANCIA_SECOND +
                      g_date_time_get_microsecond (date) / 1000,
                    time);
}
