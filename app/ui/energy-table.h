/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/history-table.h"

G_BEGIN_DECLS

/* What one bar of a stretch of time is called; (transfer full). */
typedef char *(*PlanciaEnergyTableWords) (gpointer user_data, gint64 time);

/* Bars (GArray of PlanciaEnergySum) as a table, all that they show in kWh. others: of what is compared with, or NULL; other_title:
 * its name. Main thread. */
void plancia_energy_table_fill (PlanciaHistoryTable    *table,
                                GArray                 *bars,
                                GArray                 *others,
                                const char             *other_title,
                                PlanciaEnergyTableWords words,
                                gpointer                user_data);

G_END_DECLS
