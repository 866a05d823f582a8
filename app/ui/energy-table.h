/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/shown-table.h"

G_BEGIN_DECLS

/* What one bar of a stretch of time is called; (transfer full). */
typedef char *(*PlanciaEnergyTableWords) (gpointer user_data, gint64 time);

/* Bars (GArray of PlanciaEnergySum) as a table, all that they show in kWh. name: whose they are. others: of what is compared with, or
 * NULL; other_title: its name. Main thread. (transfer full) */
PlanciaShownTable *plancia_energy_table_new (GArray                 *bars,
                                             const char             *name,
                                             GArray                 *others,
                                             const char             *other_title,
                                             PlanciaEnergyTableWords words,
                                             gpointer                user_data);

G_END_DECLS
