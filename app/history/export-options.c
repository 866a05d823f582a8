/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/export-options.h"

#include <locale.h>
#include <string.h>

static const char *const formats[PLANCIA_N_EXPORT_FORMATS] =
  {"csv", "jsonl", "xlsx", "png", "svg", "pdf"};
static const char *const times[PLANCIA_N_EXPORT_TIMES] = {"local", "iso", "utc", "unix"};

static gboolean
find (const char *const *names, guint n_names, const char *name, guint *index)
{
  for (*index = 0; *index < n_names; (*index)++)
    if (g_str_equal (names[*index], name))
      return TRUE;
  return FALSE;
}

PlanciaExportOptions
plancia_export_options_for_locale (void)
{
  gboolean comma = g_str_equal (localeconv ()->decimal_point, ",");

  return (PlanciaExportOptions){.format = PLANCIA_EXPORT_CSV,
                                .wide = TRUE,
                                .separator = comma ? ';' : ',',
                                .decimal = comma ? ',' : '.',
                                .time = PLANCIA_EXPORT_TIME_LOCAL};
}

const char *
plancia_export_format_name (PlanciaExportFormat format)
{
  g_return_val_if_fail (format < PLANCIA_N_EXPORT_FORMATS, NULL);
  return formats[format];
}

gboolean
plancia_export_format_parse (const char *name, PlanciaExportFormat *format)
{
  guint index;

  if (!find (formats, G_N_ELEMENTS (formats), name, &index))
    return FALSE;
  *format = index;
  return TRUE;
}

const char *
plancia_export_time_name (PlanciaExportTime time)
{
  g_return_val_if_fail (time < PLANCIA_N_EXPORT_TIMES, NULL);
  return times[time];
}

gboolean
plancia_export_time_parse (const char *name, PlanciaExportTime *time)
{
  guint index;

  if (!find (times, G_N_ELEMENTS (times), name, &index))
    return FALSE;
  *time = index;
  return TRUE;
}
