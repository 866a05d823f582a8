/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/alarm-record.h"
#include "history/database.h"

G_BEGIN_DECLS

/* Alarms in the file of the store, in a table that is made when the first one is written: an older Plancia leaves it
 * alone. Blocking; on the store's worker. */

/* Makes the table, if it is not there. */
gboolean plancia_alarm_table_ensure (PlanciaDatabase *database, GError **error);
/* In one transaction; one that is there already gets its end and its words. records: PlanciaAlarmRecord*. */
gboolean plancia_alarm_table_put (PlanciaDatabase *database, GPtrArray *records, GError **error);
/* The same within the caller's transaction. */
gboolean plancia_alarm_table_merge (PlanciaDatabase *database, GPtrArray *records, GError **error);
/* Of these devices, the newest first, at most limit of each. (transfer full) GPtrArray of PlanciaAlarmRecord*. */
GPtrArray *plancia_alarm_table_list (PlanciaDatabase   *database,
                                     const char *const *devices,
                                     guint              limit,
                                     GError           **error);

G_END_DECLS
