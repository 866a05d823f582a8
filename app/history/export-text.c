/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/export-text.h"

#include "base/span.h"
#include <math.h>
#include <string.h>

/* Values come with at most three decimals nearly always. */
#define DECIMALS 3
#define POWER    1000.0
/* Below it every multiple of 1/POWER is told from its neighbours. */
#define LIMIT 1e12
/* No zone changes its clock within one. */
#define QUARTER (15 * PLANCIA_MINUTE)

static void
append_digits (GString *out, guint64 value, guint width)
{
  char  digits[24];
  guint n = 0;

  do {
    digits[sizeof digits - ++n] = (char) ('0' + value % 10);
    value /= 10;
  } while (value > 0 || n < width);
  g_string_append_len (out, digits + sizeof digits - n, n);
}

static void
append_fraction (GString *out, guint thousandths, char decimal)
{
  guint width = DECIMALS;

  if (thousandths == 0)
    return;
  for (; thousandths % 10 == 0; thousandths /= 10)
    width--;
  g_string_append_c (out, decimal);
  append_digits (out, thousandths, width);
}

static void
append_any (GString *out, double value, char decimal)
{
  char  buffer[G_ASCII_DTOSTR_BUF_SIZE];
  char *point;

  g_ascii_formatd (buffer, sizeof buffer, "%.15g", value);
  if (g_ascii_strtod (buffer, NULL) != value)
    g_ascii_dtostr (buffer, sizeof buffer, value);
  point = strchr (buffer, '.');
  if (point != NULL)
    *point = decimal;
  g_string_append (out, buffer);
}

void
plancia_export_append_number (GString *out, double value, char decimal)
{
  double  size = fabs (value);
  double  scaled = rint (size * POWER);
  guint64 whole;

  if (!(size < LIMIT) || scaled / POWER != size) {
    append_any (out, value, decimal);
    return;
  }
  whole = (guint64) scaled;
  if (value < 0)
    g_string_append_c (out, '-');
  append_digits (out, whole / 1000, 1);
  append_fraction (out, (guint) (whole % 1000), decimal);
}

void
plancia_export_clock_init (PlanciaExportClock *self, GTimeZone *zone, PlanciaExportTime style)
{
  self->zone = zone;
  self->style = style;
  self->quarter = G_MININT64;
  self->offset = 0;
  self->day = G_MININT64;
}

static gint64
floor_divide (gint64 a, gint64 b)
{
  return a / b - (a % b < 0);
}

static gint64
find_offset (PlanciaExportClock *self, gint64 time)
{
  gint64 quarter = floor_divide (time, QUARTER);

  if (quarter != self->quarter) {
    int interval = g_time_zone_find_interval (self->zone,
                                              G_TIME_TYPE_UNIVERSAL,
                                              floor_divide (time, PLANCIA_SECOND));

    self->offset = interval >= 0 ? g_time_zone_get_offset (self->zone, interval) * PLANCIA_SECOND
                                 : 0;
    self->quarter = quarter;
  }
  return self->offset;
}

gint64
plancia_export_clock_local (PlanciaExportClock *self, gint64 time)
{
  return time + find_offset (self, time);
}

static void
find_date (PlanciaExportClock *self, gint64 day)
{
  g_autoptr (GDateTime) date = NULL;

  if (day == self->day)
    return;
  date = g_date_time_new_from_unix_utc (day * (PLANCIA_DAY / PLANCIA_SECOND));
  if (date != NULL)
    g_snprintf (self->date,
                sizeof self->date,
                "%04d-%02d-%02d",
                g_date_time_get_year (date),
                g_date_time_get_month (date),
                g_date_time_get_day_of_month (date));
  else
    g_strlcpy (self->date, "?", sizeof self->date);
  self->day = day;
}

static void
append_clock (PlanciaExportClock *self, GString *out, gint64 local, char between)
{
  gint64 day = floor_divide (local, PLANCIA_DAY);
  gint64 rest = local - day * PLANCIA_DAY;

  find_date (self, day);
  g_string_append (out, self->date);
  g_string_append_c (out, between);
  append_digits (out, (guint64) (rest / PLANCIA_HOUR), 2);
  g_string_append_c (out, ':');
  append_digits (out, (guint64) (rest / PLANCIA_MINUTE % 60), 2);
  g_string_append_c (out, ':');
  append_digits (out, (guint64) (rest / PLANCIA_SECOND % 60), 2);
  if (rest % PLANCIA_SECOND != 0) {
    g_string_append_c (out, '.');
    append_digits (out, (guint64) (rest % PLANCIA_SECOND), 3);
  }
}

static void
append_offset (GString *out, gint64 offset)
{
  gint64 minutes = ABS (offset) / PLANCIA_MINUTE;

  g_string_append_c (out, offset < 0 ? '-' : '+');
  append_digits (out, (guint64) (minutes / 60), 2);
  g_string_append_c (out, ':');
  append_digits (out, (guint64) (minutes % 60), 2);
}

void
plancia_export_clock_append (PlanciaExportClock *self, GString *out, gint64 time)
{
  switch (self->style) {
  case PLANCIA_EXPORT_TIME_UNIX:
    plancia_export_append_number (out, (double) time / PLANCIA_SECOND, '.');
    break;
  case PLANCIA_EXPORT_TIME_UTC:
    append_clock (self, out, time, 'T');
    g_string_append_c (out, 'Z');
    break;
  case PLANCIA_EXPORT_TIME_ISO:
    append_clock (self, out, plancia_export_clock_local (self, time), 'T');
    append_offset (out, self->offset);
    break;
  case PLANCIA_EXPORT_TIME_LOCAL:
  default:
    append_clock (self, out, plancia_export_clock_local (self, time), ' ');
    break;
  }
}
