/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/alarms-empty.h"

#include "base/clock.h"

#include <glib/gi18n.h>

/* The end of the last one, or NULL. (transfer full) */
static char *
dup_last (PlanciaAlarmLog *log, PlanciaDevice *device, GTimeZone *zone)
{
  g_autoptr (GHashTable) ids = plancia_alarm_log_dup_ids (device);
  const PlanciaAlarmQuery query = {.severity = -1, .devices = ids};
  gint64                  last = 0;
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (log)); i++) {
    g_autoptr (PlanciaAlarmItem) item = g_list_model_get_item (G_LIST_MODEL (log), i);

    if (plancia_alarm_item_matches (item, &query))
      last = MAX (last, plancia_alarm_item_get_record (item)->until);
  }
  if (last == 0)
    return NULL;
  utc = g_date_time_new_from_unix_utc (last / 1000);
  local = g_date_time_to_timezone (utc, zone);
  /* TRANSLATORS: when the last alarm ended, as of strftime */
  return g_date_time_format (local, _("The last alarm ended on %-d %B at %H:%M."));
}

static char *
dup_asked (guint asked, guint supported)
{
  if (asked < supported)
    /* TRANSLATORS: so many of all devices that could have alarms gave theirs */
    return g_strdup_printf (
      _("Known of %u of %u devices; the others do not answer."), asked, supported);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "The device is asked again and again.",
                                       "All %u devices are asked again and again.",
                                       supported),
                          supported);
}

gboolean
plancia_alarms_empty_show (AdwStatusPage   *page,
                           PlanciaAlarmLog *log,
                           PlanciaDevice   *device,
                           GTimeZone       *zone,
                           gboolean         open_only)
{
  guint            asked, supported;
  g_autofree char *last = dup_last (log, device, zone);
  g_autofree char *known = NULL;
  g_autofree char *description = NULL;

  plancia_alarm_log_count_asked (log, device, &asked, &supported);
  known = dup_asked (asked, supported);
  if (asked == 0) {
    adw_status_page_set_icon_name (page, "plancia-alarms-symbolic");
    adw_status_page_set_title (page,
                               supported > 0
                               ? _("Not asked yet")
                               : _("No device here reports alarms"));
    adw_status_page_set_description (page, last);
    return last != NULL;
  }
  description = g_strjoin (" ", known, last, NULL);
  adw_status_page_set_icon_name (page, "plancia-verified-symbolic");
  adw_status_page_set_title (page, open_only ? _("No open alarms") : _("No alarms in this time"));
  adw_status_page_set_description (page, description);
  return last != NULL;
}
