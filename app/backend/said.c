/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/said.h"

#include <gio/gio.h>
#include <math.h>

static void
append_value (GString *text, const PlanciaValue *value)
{
  char             number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *escaped = NULL;

  switch (value->kind) {
  case PLANCIA_VALUE_NUMBER:
    g_string_append_printf (text,
                            "number %s %" G_GINT64_FORMAT,
                            g_ascii_dtostr (number, sizeof number, value->number),
                            value->integer);
    break;
  case PLANCIA_VALUE_TEXT:
    escaped = g_uri_escape_string (value->text, NULL, FALSE);
    g_string_append_printf (text, "text %s", escaped);
    break;
  case PLANCIA_VALUE_BITS:
    g_string_append_printf (text, "bits %" G_GINT64_FORMAT, value->integer);
    break;
  case PLANCIA_VALUE_NONE:
  default:
    g_string_append (text, "none");
  }
}

/**
 * plancia_said_format:
 *
 * Raw words and messages are left out.
 */
GBytes *
plancia_said_format (PlanciaReadings *readings)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < plancia_readings_get_count (readings); i++) {
    const PlanciaReading *reading = plancia_readings_get (readings, i);
    g_autofree char      *key = g_uri_escape_string (reading->key, NULL, FALSE);

    g_string_append_printf (text,
                            "%s %s %" G_GINT64_FORMAT " ",
                            key,
                            plancia_quality_name (reading->quality),
                            reading->time);
    append_value (text, &reading->value);
    g_string_append_c (text, '\n');
  }
  return g_string_free_to_bytes (text);
}

static int
find_quality (const char *name)
{
  for (int i = PLANCIA_QUALITY_GOOD; i <= PLANCIA_QUALITY_ERROR; i++)
    if (g_str_equal (plancia_quality_name ((PlanciaQuality) i), name))
      return i;
  return -1;
}

static gboolean
parse_integer (const char *text, gint64 *out)
{
  return text != NULL && g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, out, NULL);
}

/* parts: from the kind on. */
static gboolean
parse_value (char **parts, PlanciaValue *value)
{
  char *end = NULL;

  if (g_str_equal (parts[0], "none"))
    return TRUE;
  if (parts[1] == NULL)
    return FALSE;
  if (g_str_equal (parts[0], "number")) {
    value->kind = PLANCIA_VALUE_NUMBER;
    value->number = g_ascii_strtod (parts[1], &end);
    return end != parts[1] && isfinite (value->number) && parse_integer (parts[2], &value->integer);
  }
  if (g_str_equal (parts[0], "bits")) {
    value->kind = PLANCIA_VALUE_BITS;
    return parse_integer (parts[1], &value->integer);
  }
  value->kind = PLANCIA_VALUE_TEXT;
  value->text = g_str_equal (parts[0], "text") ? g_uri_unescape_string (parts[1], NULL) : NULL;
  return value->text != NULL && g_utf8_validate (value->text, -1, NULL);
}

static void
parse_line (PlanciaReadings *readings, const char *line)
{
  g_auto (GStrv) parts = g_strsplit (line, " ", 6);
  g_auto (PlanciaValue) value = {0};
  g_autofree char *key = NULL;
  PlanciaReading  *reading;
  gint64           time;
  int              quality;

  if (g_strv_length (parts) < 4 || !parse_integer (parts[2], &time))
    return;
  key = g_uri_unescape_string (parts[0], NULL);
  quality = find_quality (parts[1]);
  if (key == NULL || !g_utf8_validate (key, -1, NULL) || quality < 0 ||
      !parse_value (parts + 3, &value))
    return;
  reading = plancia_readings_add (readings, key, (PlanciaQuality) quality);
  reading->time = time;
  plancia_value_copy (&value, &reading->value);
}

/**
 * plancia_said_parse:
 * @time: ms UTC
 */
PlanciaReadings *
plancia_said_parse (GBytes *said, const char *device, gint64 time)
{
  PlanciaReadings *readings = plancia_readings_new (device, time);
  gsize            length;
  const char      *data = g_bytes_get_data (said, &length);
  g_autofree char *text = g_strndup (data, length);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_utf8_validate (lines[i], -1, NULL))
      parse_line (readings, lines[i]);
  return readings;
}
