/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart/chart.h"
#include "history/export-options.h"
#include "ui/energy-view.h"

G_BEGIN_DECLS

/* What the history page shows, as it stands, to be saved as a picture on light ground, or as its table.
 * Signal "changed" (): bars came, or others. */
#define PLANCIA_TYPE_HISTORY_PICTURE (plancia_history_picture_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaHistoryPicture,
                      plancia_history_picture,
                      PLANCIA,
                      HISTORY_PICTURE,
                      GObject)

/* The curves that are not hidden, over the visible span. title: whose they are. Main thread. */
PlanciaHistoryPicture *
plancia_history_picture_new_of_chart (PlanciaChart *chart, const char *title, GTimeZone *zone);
/* The same of another device below; name: before the title of each. */
void plancia_history_picture_add_chart (PlanciaHistoryPicture *self,
                                        PlanciaChart          *chart,
                                        const char            *name);
/* The bars of a feed; subtitle: of which time. */
PlanciaHistoryPicture *plancia_history_picture_new_of_bars (PlanciaEnergyFeed *feed,
                                                            const char        *title,
                                                            const char        *subtitle,
                                                            GTimeZone         *zone);
/* FALSE: what it shows is still being counted. */
gboolean plancia_history_picture_is_ready (PlanciaHistoryPicture *self);
/* Its table: what is shown now, or what a view of bars shows when it is saved. */
void plancia_history_picture_set_table (PlanciaHistoryPicture *self, PlanciaShownTable *table);
void plancia_history_picture_set_view (PlanciaHistoryPicture *self, PlanciaEnergyView *view);
/* FALSE: it can be saved in the formats of pictures only. */
gboolean plancia_history_picture_has_table (PlanciaHistoryPicture *self);
/* TRUE: it has the energies of days or months. */
gboolean plancia_history_picture_has_bars (PlanciaHistoryPicture *self);
/* On a worker; one at a time. */
void     plancia_history_picture_save_async (PlanciaHistoryPicture      *self,
                                             const PlanciaExportOptions *options,
                                             const char                 *path,
                                             GCancellable               *cancellable,
                                             GAsyncReadyCallback         callback,
                                             gpointer                    user_data);
gboolean plancia_history_picture_save_finish (PlanciaHistoryPicture *self,
                                              GAsyncResult          *result,
                                              GError               **error);

G_END_DECLS
