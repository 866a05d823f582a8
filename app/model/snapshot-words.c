/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/snapshot-words.h"

#include <glib/gi18n.h>

char *
plancia_snapshot_words_title (PlanciaSnapshot *snapshot)
{
  const char *note = plancia_snapshot_get_note (snapshot);

  if (note[0] != '\0')
    return g_strdup (note);
  switch (plancia_snapshot_get_reason (snapshot)) {
  case PLANCIA_SNAPSHOT_ARRIVAL:
    /* TRANSLATORS: a snapshot of the registers that was taken when somebody came to the plant */
    return g_strdup (_("At arrival"));
  case PLANCIA_SNAPSHOT_BEFORE:
    return g_strdup (_("Before a restore"));
  case PLANCIA_SNAPSHOT_NOW:
    return g_strdup (C_ ("snapshot", "Now"));
  case PLANCIA_SNAPSHOT_REQUEST:
  default:
    return g_strdup (C_ ("registers", "Snapshot"));
  }
}

char *
plancia_snapshot_words_time (gint64 time, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  /* TRANSLATORS: day and time of a snapshot, as of strftime: "11 Jun 2026, 09:12" */
  return g_date_time_format (local, _("%-d %b %Y, %H:%M"));
}

/* Of now nobody has to be told the day. */
static char *
dup_time (PlanciaSnapshot *snapshot, GTimeZone *zone)
{
  gint64 time = plancia_snapshot_get_time (snapshot);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  if (plancia_snapshot_get_reason (snapshot) == PLANCIA_SNAPSHOT_NOW)
    return g_date_time_format (local, "%H:%M:%S");
  return plancia_snapshot_words_time (time, zone);
}

char *
plancia_snapshot_words_subtitle (PlanciaSnapshot *snapshot, GTimeZone *zone)
{
  guint            n = plancia_snapshot_count_read (snapshot);
  g_autofree char *time = dup_time (snapshot, zone);
  g_autofree char *count =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u register", "%u registers", n), n);

  return g_strdup_printf ("%s \xc2\xb7 %s", time, count);
}
