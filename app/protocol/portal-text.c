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

/* Two digits at a place, or −1. */
static int
two_digits (const char *text)
{
  if (!g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]))
    return -1;
  return (text[0] - '0') * 10 + text[1] - '0';
}

/* Days from 1 January 1970, in the Gregorian calendar. */
static gint64
count_days (int year, int month, int day)
{
  int shifted = year - (month <= 2);
  int months = (month + 9) % 12;

  return shifted * G_GINT64_CONSTANT (365) + shifted / 4 - shifted / 100 + shifted / 400 +
         (153 * months + 2) / 5 + day - 1 - 719468;
}

/**
 * plancia_portal_plain_time:
 * @text: a time stamp
 * @length: of it
 * @time: (out): ms UTC; 0 for years that mean that there is no time
 *
 * Any thread.
 *
 * Returns: whether it is written as 2026-06-12T14:05:00Z, as the portal does, or with .000
 */
gboolean
plancia_portal_plain_time (const char *text, gsize length, gint64 *time)
{
  int year, month, day, hour, minute, second;

  if ((length != 20 || text[19] != 'Z') && (length != 24 || memcmp (text + 19, ".000Z", 5) != 0))
    return FALSE;
  if (text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':')
    return FALSE;
  year = two_digits (text) * 100 + two_digits (text + 2);
  month = two_digits (text + 5);
  day = two_digits (text + 8);
  hour = two_digits (text + 11);
  minute = two_digits (text + 14);
  second = two_digits (text + 17);
  if (two_digits (text) < 0 || two_digits (text + 2) < 0 ||
      !g_date_valid_dmy ((GDateDay) MAX (day, 0),
                         (GDateMonth) MAX (month, 0),
                         (GDateYear) MAX (year, 0)) ||
      hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
    return FALSE;
  *time = 0;
  take_time ((((count_days (year, month, day) * 24 + hour) * 60 + minute) * 60 + second) *
               PLANCIA_SECOND,
             time);
  return TRUE;
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
  gint64           plain = 0;
  g_autoptr (GTimeZone) own_zone = NULL;
  g_autoptr (GDateTime) date = NULL;

  if (stripped[0] == '\0')
    return FALSE;
  if (plancia_portal_plain_time (stripped, strlen (stripped), &plain))
    return take_time (plain, time);
  if (strspn (stripped, "0123456789.") == strlen (stripped))
    return parse_epoch (stripped, time);
  own_zone = zone != NULL ? g_time_zone_ref (zone) : g_time_zone_new_utc ();
  date = g_date_time_new_from_iso8601 (stripped, own_zone);
  if (date == NULL)
    return FALSE;
  return take_time (g_date_time_to_unix (date) * PLANCIA_SECOND +
                      g_date_time_get_microsecond (date) / 1000,
                    time);
}
