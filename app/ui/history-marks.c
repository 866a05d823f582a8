/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/history-marks.h"

static void
month_known (GObject *store, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaDateButton) date = user_data;
  g_autoptr (GArray) covered = plancia_store_covered_finish (PLANCIA_STORE (store), result, NULL);

  /* Without an answer, or with one about a month shown before, there are no marks. */
  if (covered != NULL)
    plancia_date_button_mark (date, covered);
}

void
plancia_history_marks_ask (GCancellable      **asking,
                           PlanciaDateButton  *date,
                           PlanciaHistoryFeed *feed,
                           PlanciaOpenPlant   *plant)
{
  PlanciaDevice *source = plancia_history_feed_get_source (feed);

  g_cancellable_cancel (*asking);
  g_clear_object (asking);
  if (source == NULL || plant == NULL)
    return;
  *asking = g_cancellable_new ();
  plancia_store_covered_async (plancia_open_plant_get_store (plant),
                               plancia_device_get_id (source),
                               plancia_history_feed_get_source_name (feed),
                               plancia_date_button_get_month (date),
                               *asking,
                               month_known,
                               g_object_ref (date));
}
