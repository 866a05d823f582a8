/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/plant-parts.h"

G_BEGIN_DECLS

/* What a report of a plant's month is made of, out of the store: the energies of its days and of those of the year before, alarms,
 * holes. An inverter that is both read here and told of by a cloud counts once. */

typedef struct
{
  char       *plant;
  char       *zone_name;
  GTimeZone  *zone;
  gboolean    simulated;
  PlanciaSpan span;   /* the month */
  PlanciaSpan before; /* of the year before */
  gint64      now;    /* when it was asked */
  GPtrArray  *parts;  /* PlanciaPlantPart that count */
  GArray     *days;   /* PlanciaEnergySum, of all parts */
  GArray     *other;  /* the same of the year before */
  GPtrArray  *alarms; /* PlanciaAlarmRecord that were in the month, the oldest first */
} PlanciaMonth;

/* The month that holds time, on the plant's clock. */
PlanciaSpan plancia_month_span (GTimeZone *zone, gint64 time);
/* "2026-06"; FALSE if it is no month. */
gboolean plancia_month_parse (const char *text, GTimeZone *zone, PlanciaSpan *span);

/* fraction: 0..1 */
typedef void (*PlanciaMonthProgress) (double fraction, gpointer user_data);

/* month: any time in it. Main thread. */
void plancia_month_gather_async (PlanciaStore        *store,
                                 PlanciaPlant        *plant,
                                 gint64               month,
                                 GCancellable        *cancellable,
                                 PlanciaMonthProgress progress,
                                 gpointer             progress_data,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);
/* (transfer full); G_IO_ERROR_NOT_FOUND: the store has no energies of this plant's month. */
PlanciaMonth *plancia_month_gather_finish (GAsyncResult *result, GError **error);
void          plancia_month_free (PlanciaMonth *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaMonth, plancia_month_free)

/* The energies of some days together: those of [0, n). NAN for what no day knows. */
void plancia_month_total (GArray *days, guint n, PlanciaEnergySum *total);
/* How many days of the month have begun. */
guint plancia_month_count_begun (const PlanciaMonth *self);

G_END_DECLS
