/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/samples.h"
#include "history/alarm-record.h"
#include "history/cover.h"
#include "history/energy.h"
#include "history/retention.h"
#include "history/series-name.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* History on disk: one writer, knows what it covers (have or confirmed empty; never inferred from the
 * samples). SQLite on its own worker; nothing above this header knows it. Main thread. */
#define PLANCIA_TYPE_STORE (plancia_store_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaStore, plancia_store, PLANCIA, STORE, GObject)

/* path: the file, or ":memory:". Opened by the worker at the first question; a damaged file is set aside
 * with its date in the name, and a new one is begun with what could be read of it.
 * Signal "failing" (GError*): something could not be kept: of a full disk, a folder that cannot be written to, a file that
 * another program holds. Told once as long as that lasts, and again if it comes back later or is something else.
 * Signal "set-aside" (char *path, gint64 rows): that has happened; path: the damaged file's new name; rows: how many were saved
 * into the new one.
 * Signal "table-came": an import has put values into it (table-import.h), maybe of a source that was not there before. */
PlanciaStore *plancia_store_new (const char *path);

/* One transaction: samples and the covered span. Idempotent. */
void plancia_store_put_async (PlanciaStore       *self,
                              PlanciaSamples     *samples,
                              GCancellable       *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer            user_data);
/* The same for several (element-type PlanciaSamples) of one device and source, at least one: all of them, or none. */
void     plancia_store_put_all_async (PlanciaStore       *self,
                                      GPtrArray          *pieces,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
gboolean plancia_store_put_finish (PlanciaStore *self, GAsyncResult *result, GError **error);
/* keys NULL: all keys of the device in the span. */
void plancia_store_query_async (PlanciaStore       *self,
                                const char         *device,
                                const char         *source,
                                const char *const  *keys,
                                PlanciaSpan         span,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data);
PlanciaSamples *
plancia_store_query_finish (PlanciaStore *self, GAsyncResult *result, GError **error);
/* The same thinned for a picture, if there are more than whole samples: span is divided into at least so many buckets by the clock
 * and widened to whole ones, and of each bucket come the first, the smallest, the largest and the last sample, as they are. */
void plancia_store_query_thinned_async (PlanciaStore       *self,
                                        const char         *device,
                                        const char         *source,
                                        const char *const  *keys,
                                        PlanciaSpan         span,
                                        guint               buckets,
                                        gint64              whole,
                                        GCancellable       *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data);
/* Writes down what is known of a stretch without samples: that a question failed (when and why), or was answered with nothing.
 * plancia_store_put_async marks its covered span by itself: HAVE with samples, EMPTY without. See coverage.h: a failure never
 * hides what is had. coverage: copied. */
void     plancia_store_mark_async (PlanciaStore       *self,
                                   const char         *device,
                                   const char         *source,
                                   const PlanciaCover *coverage,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
gboolean plancia_store_mark_finish (PlanciaStore *self, GAsyncResult *result, GError **error);
/* What is known of each part of span: sorted, filling it, MISSING where nothing is. (transfer full) GPtrArray of
 * PlanciaCover*, which frees them. */
void       plancia_store_coverage_async (PlanciaStore       *self,
                                         const char         *device,
                                         const char         *source,
                                         PlanciaSpan         span,
                                         GCancellable       *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer            user_data);
GPtrArray *plancia_store_coverage_finish (PlanciaStore *self, GAsyncResult *result, GError **error);
/* What is had or confirmed empty: what need not be asked for. (transfer full) GArray of PlanciaSpan, sorted, joined, cut to
 * span. */
void    plancia_store_covered_async (PlanciaStore       *self,
                                     const char         *device,
                                     const char         *source,
                                     PlanciaSpan         span,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
GArray *plancia_store_covered_finish (PlanciaStore *self, GAsyncResult *result, GError **error);
/* The energies of each of spans (GArray of PlanciaSpan, sorted, without overlap; copied), such as of plancia_energy_periods,
 * from the counters of the device by difference, see energy.h. (transfer full) GArray of PlanciaEnergySum, one a span. */
void    plancia_store_energies_async (PlanciaStore       *self,
                                      const char         *device,
                                      const char         *source,
                                      GTimeZone          *zone,
                                      GArray             *spans,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
GArray *plancia_store_energies_finish (PlanciaStore *self, GAsyncResult *result, GError **error);
/* What there is of these devices (NULL: of all), by device, source and key. (transfer full) GPtrArray of PlanciaSeriesName*, which
 * frees them. */
void plancia_store_list_series_async (PlanciaStore       *self,
                                      const char *const  *devices,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
GPtrArray *
plancia_store_list_series_finish (PlanciaStore *self, GAsyncResult *result, GError **error);
/* Alarms: PlanciaAlarmRecord*, copied; one that is there already gets its end and its words, one that is gone goes. */
void     plancia_store_put_alarms_async (PlanciaStore       *self,
                                         GPtrArray          *records,
                                         GAsyncReadyCallback callback,
                                         gpointer            user_data);
gboolean plancia_store_put_alarms_finish (PlanciaStore *self, GAsyncResult *result, GError **error);
/* Of these devices, open ones and then the newest first, at most limit of each. (transfer full) GPtrArray of
 * PlanciaAlarmRecord*. */
void plancia_store_list_alarms_async (PlanciaStore       *self,
                                      const char *const  *devices,
                                      guint               limit,
                                      GCancellable       *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer            user_data);
GPtrArray *
plancia_store_list_alarms_finish (PlanciaStore *self, GAsyncResult *result, GError **error);
/* Seals what is over: it does so by itself while it is used, bit by bit; this is for a time of one's choice. */
void     plancia_store_seal_async (PlanciaStore       *self,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);
gboolean plancia_store_seal_finish (PlanciaStore *self, GAsyncResult *result, GError **error);
/* What has got too old is thinned now and then while the store is used, bit by bit; all is kept until this is called. */
void plancia_store_set_retention (PlanciaStore *self, const PlanciaRetention *retention);
/* Called where the question was asked, with 0..1. */
typedef void (*PlanciaStoreProgress) (double part, gpointer user_data);

typedef struct
{
  gint64 size_before; /* of the file, bytes */
  gint64 size_after;
  gint64 removed; /* samples that were thinned out */
} PlanciaCleanUp;

/* Checks every page and every sealed day, seals, thins what was recorded here, gives free room back. A damaged file is set aside
 * as ever. Other questions wait meanwhile. */
void     plancia_store_clean_up_async (PlanciaStore           *self,
                                       const PlanciaRetention *retention,
                                       GCancellable           *cancellable,
                                       PlanciaStoreProgress    progress,
                                       gpointer                progress_data,
                                       GAsyncReadyCallback     callback,
                                       gpointer                user_data);
gboolean plancia_store_clean_up_finish (PlanciaStore   *self,
                                        GAsyncResult   *result,
                                        PlanciaCleanUp *done,
                                        GError        **error);
/* Somebody put a table into it: "table-came". */
void plancia_store_tell_table (PlanciaStore *self);
/* Finishes what is queued, then closes the file; at most a second. */
void plancia_store_close (PlanciaStore *self);

G_END_DECLS
