/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/time-left.h"

#include <glib/gi18n.h>

#define MINUTE 60
#define HOUR   3600

/**
 * plancia_time_left_text:
 * @milliseconds: how much longer something takes
 *
 * Returns: (transfer full): the text
 */
char *
plancia_time_left_text (gint64 milliseconds)
{
  guint seconds = (guint) ((MAX (milliseconds, 0) + 999) / 1000);

  if (seconds < MINUTE)
    /* TRANSLATORS: how much longer it takes */
    return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u second left", "%u seconds left", seconds),
      seconds);
  if (seconds < HOUR)
    /* TRANSLATORS: how much longer it takes, minutes and seconds */
    return g_strdup_printf (_ ("%u min %02u s left"), seconds / MINUTE, seconds % MINUTE);
  /* TRANSLATORS: how much longer it takes, hours and minutes */
  return g_strdup_printf (_ ("%u h %02u min left"), seconds / HOUR, seconds % HOUR / MINUTE);
}
