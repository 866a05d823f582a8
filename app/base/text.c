/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#define MINUS_SIGN   "\xe2\x88\x92" /* U+2212 */
#define GROUP_SPACE  "\xe2\x80\xaf" /* U+202F narrow no-break space */
#define EM_DASH      "\xe2\x80\x94" /* U+2014 */
#define MAX_DECIMALS 9

/**
 * plancia_text_c_number:
 * @value: a number
 * @decimals: digits after the point, at most 9
 *
 * Returns: (transfer full): the number with a point, whatever the locale is; "-0" is "0"
 */
char *
plancia_text_c_number (double value, guint decimals)
{
  char format[8];
  char buffer[G_ASCII_DTOSTR_BUF_SIZE + 320];

  g_snprintf (format, sizeof format, "%%.%uf", MIN (decimals, MAX_DECIMALS));
  g_ascii_formatd (buffer, sizeof buffer, format, value);
  /* What rounds to zero has no sign. */
  if (buffer[0] == '-' && strspn (buffer + 1, "0.") == strlen (buffer + 1))
    return g_strdup (buffer + 1);
  return g_strdup (buffer);
}

static void
append_grouped (GString *text, const char *digits, gsize length)
{
  for (gsize i = 0; i < length; i++) {
    if (i > 0 && length >= 5 && (length - i) % 3 == 0)
      g_string_append (text, GROUP_SPACE);
    g_string_append_c (text, digits[i]);
  }
}

/**
 * plancia_text_number:
 * @value: a number; NAN gives an em dash
 * @decimals: digits after the decimal sign, at most 9
 *
 * For people: the locale's decimal sign, U+2212 as minus, groups of three from 10 000 on.
 *
 * Returns: (transfer full): the text
 */
char *
plancia_text_number (double value, guint decimals)
{
  g_autofree char *plain = NULL;
  const char      *digits, *point;
  GString         *text;

  if (!isfinite (value))
    return g_strdup (EM_DASH);

  plain = plancia_text_c_number (value, decimals);
  digits = plain[0] == '-' ? plain + 1 : plain;
  point = strchr (digits, '.');
  text = g_string_new (plain[0] == '-' ? MINUS_SIGN : "");
  append_grouped (text, digits, point ? (gsize) (point - digits) : strlen (digits));
  if (point) {
    g_string_append (text, localeconv ()->decimal_point);
    g_string_append (text, point + 1);
  }

  return g_string_free (text, FALSE);
}

/* Choices of the person; read on any thread. */
static int power_unit;
static int kilowatt_hours_only;

/** plancia_text_set_power_unit: for all texts that are made from now on */
void
plancia_text_set_power_unit (PlanciaPowerUnit unit)
{
  g_atomic_int_set (&power_unit, unit);
}

/** plancia_text_set_kilowatt_hours_only: for all texts that are made from now on */
void
plancia_text_set_kilowatt_hours_only (gboolean only)
{
  g_atomic_int_set (&kilowatt_hours_only, only);
}

/**
 * plancia_text_power:
 * @watts: power; NAN if unknown
 * @unit: (out) (transfer none): "W", "kW" or "MW"
 *
 * Three significant digits; W without decimals.
 *
 * Returns: (transfer full): the number
 */
char *
plancia_text_power (double watts, const char **unit)
{
  PlanciaPowerUnit wanted = g_atomic_int_get (&power_unit);
  gboolean         mega = fabs (watts) >= 999500.0 && wanted != PLANCIA_POWER_KW;
  double           value = watts / (mega ? 1e6 : 1e3);
  double           size = fabs (value);

  if (wanted == PLANCIA_POWER_W && fabs (watts) < 9999.5) {
    *unit = "W";
    return plancia_text_number (watts, 0);
  }
  *unit = mega ? "MW" : "kW";
  return plancia_text_number (value, size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2);
}

/**
 * plancia_text_energy:
 * @kilowatt_hours: energy; NAN if unknown
 * @unit: (out) (transfer none): "kWh" or "MWh"
 *
 * Returns: (transfer full): the number: one decimal below 100
 */
char *
plancia_text_energy (double kilowatt_hours, const char **unit)
{
  gboolean mega = fabs (kilowatt_hours) >= 9999.5 && !g_atomic_int_get (&kilowatt_hours_only);
  double   value = mega ? kilowatt_hours / 1000 : kilowatt_hours;

  *unit = mega ? "MWh" : "kWh";
  return plancia_text_number (value, fabs (value) >= 99.95 ? 0 : 1);
}

/**
 * plancia_text_with_unit:
 * @number: a number as text
 * @unit: (nullable): its unit; may be empty
 *
 * Returns: (transfer full): both as they stand in a line of text, not to be broken between
 */
char *
plancia_text_with_unit (const char *number, const char *unit)
{
  if (!unit || !unit[0])
    return g_strdup (number);
  if (g_str_equal (unit, "%"))
    /* Translators: a number of percent; the space does not break. Leave it out where the sign stands close by. */
    return g_strdup_printf (_("%s\xc2\xa0%%"), number);
  return g_strdup_printf ("%s\xc2\xa0%s", number, unit);
}

/**
 * plancia_text_age:
 * @milliseconds: how long ago
 *
 * Returns: (transfer full): "2 s", "3 min", "2 h" or "5 d"; units are the same in every language
 */
char *
plancia_text_age (gint64 milliseconds)
{
  gint64 seconds = MAX (milliseconds, 0) / 1000;

  if (seconds < 100)
    return g_strdup_printf ("%d\xc2\xa0s", (int) seconds);
  if (seconds < 100 * 60)
    return g_strdup_printf ("%d\xc2\xa0min", (int) (seconds / 60));
  if (seconds < 48 * 3600)
    return g_strdup_printf ("%d\xc2\xa0h", (int) (seconds / 3600));
  return g_strdup_printf ("%d\xc2\xa0"
                          "d",
                          (int) (seconds / 86400));
}

/**
 * plancia_text_iso_time:
 * @time: milliseconds of Unix time
 * @zone: time zone
 *
 * Returns: (transfer full): "2026-06-12 14:05:37" in @zone
 */
char *
plancia_text_iso_time (gint64 time, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);
  g_autoptr (GDateTime) local = utc ? g_date_time_to_timezone (utc, zone) : NULL;

  return local ? g_date_time_format (local, "%Y-%m-%d %H:%M:%S") : g_strdup (EM_DASH);
}

/**
 * plancia_text_utc_time:
 * @time: milliseconds of Unix time
 *
 * Returns: (transfer full): "2026-06-12T12:05:37.250Z"
 */
char *
plancia_text_utc_time (gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);
  g_autofree char *text = utc ? g_date_time_format (utc, "%Y-%m-%dT%H:%M:%S") : g_strdup ("");

  return g_strdup_printf ("%s.%03dZ", text, (int) (time % 1000));
}
