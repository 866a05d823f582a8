/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/cloud-format.h"
#include "base/oddities.h"

G_BEGIN_DECLS

/* What the fields of an answer are, however it was read. Any thread. */

/* What a field is called here. */
const char *plancia_portal_own_name (const PlanciaCloudFormat *format, const char *name);
/* What of a field is ours: an alias, or itself. */
void     plancia_portal_take_field (const PlanciaCloudFormat *format,
                                    const char               *name,
                                    double                    number,
                                    void (*take) (const char *key, double number, gpointer data),
                                    gpointer data);
gboolean plancia_portal_is_lifetime_counter (const char *key);
/* values: of a lifetime counter; NAN: none. times: (element-type gint64): those of rows that cannot be true become 0.
 * PlanciaOddities: what for. */
guint plancia_portal_drop_false_rows (const double *values, guint length, GArray *times);
/* times: (element-type gint64): 0: none. PlanciaOddities. */
guint plancia_portal_judge_times (GArray *times);

G_END_DECLS
