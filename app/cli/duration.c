/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/duration.h"

#include "cli/cli.h"
#include <glib/gi18n.h>
#include <math.h>

/* A month, s. */
#define LONGEST (31.0 * 24 * 3600)

static double
factor_of (const char *unit)
{
  if (unit[0] == '\0' || g_str_equal (unit, "s"))
    return 1;
  if (g_str_equal (unit, "m"))
    return 60;
  return g_str_equal (unit, "h") ? 3600 : NAN;
}

/**
 * plancia_cli_duration_parse:
 * @text: as a person wrote it
 * @option: whose value it is
 *
 * Returns: milliseconds, or -1
 */
gint64
plancia_cli_duration_parse (const char *text, const char *option)
{
  char  *end = NULL;
  double number = g_ascii_strtod (text, &end);
  double seconds = end != text ? number * factor_of (end) : NAN;

  if (seconds >= 0 && seconds <= LONGEST)
    return (gint64) (seconds * 1000);
  plancia_cli_complain (
    _ ("%s: expected a time such as 90s, 15m or 1h, got \"%s\"."), option, text);
  return -1;
}
