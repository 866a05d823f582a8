/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/span.h"

#include "cli/cli.h"
#include <glib/gi18n.h>
#include <string.h>

#define DAY_LENGTH 10 /* of "2026-06-12" */

/* is_day: no time of day was given. */
static gboolean
parse_time (const char *text, GTimeZone *zone, gint64 *time, gboolean *is_day)
{
  g_autofree char *whole = NULL;
  g_autoptr (GDateTime) parsed = NULL;

  *is_day = strlen (text) == DAY_LENGTH;
  if (*is_day)
    whole = g_strconcat (text, "T00:00:00", NULL);
  else if (strlen (text) == strlen ("2026-06-12 14:05"))
    whole = g_strconcat (text, ":00", NULL);
  else
    whole = g_strdup (text);
  if (strlen (whole) > DAY_LENGTH && whole[DAY_LENGTH] == ' ')
    whole[DAY_LENGTH] = 'T';
  parsed = g_date_time_new_from_iso8601 (whole, zone);
  if (parsed == NULL) {
    plancia_cli_complain (
      _ ("\"%s\" is no time; write it as in 2026-06-12 or \"2026-06-12 14:05\"."), text);
    return FALSE;
  }
  *time = g_date_time_to_unix (parsed) * PLANCIA_SECOND +
          g_date_time_get_microsecond (parsed) / 1000;
  return TRUE;
}

gboolean
plancia_cli_span_parse (const char  *from,
                        const char  *to,
                        PlanciaSpan  otherwise,
                        GTimeZone   *zone,
                        PlanciaSpan *span)
{
  gboolean is_day;

  *span = otherwise;
  if (from != NULL && !parse_time (from, zone, &span->start, &is_day))
    return FALSE;
  if (to != NULL) {
    if (!parse_time (to, zone, &span->end, &is_day))
      return FALSE;
    if (is_day)
      span->end = plancia_span_day (zone, span->end).end;
  }
  if (span->end > span->start)
    return TRUE;
  plancia_cli_complain (_ ("The span is empty: --to has to be after --from."));
  return FALSE;
}
