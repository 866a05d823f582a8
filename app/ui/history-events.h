/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/chart.h"
#include "ui/history-feed.h"

G_BEGIN_DECLS

/* Keeps the chart's marks: the alarms of the feed's device as bands, what was written to it as lines. Main thread. */
typedef struct _PlanciaHistoryEvents PlanciaHistoryEvents;

/* Both are borrowed and have to live longer. */
PlanciaHistoryEvents *plancia_history_events_new (PlanciaChart *chart, PlanciaHistoryFeed *feed);
void                  plancia_history_events_free (PlanciaHistoryEvents *self);
/* Another day, another device, or perhaps another alarm. plant: or NULL. */
void plancia_history_events_update (PlanciaHistoryEvents *self, PlanciaOpenPlant *plant);

G_END_DECLS
