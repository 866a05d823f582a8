/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/open-plant.h"
#include "model/watch-row.h"

G_BEGIN_DECLS

/* The watch list of an open plant with its values: a GListModel of PlanciaWatchRow, in the order of the list; registers of
 * devices that are gone are left out. It follows the devices while it is not paused. Main thread.
 * Signal "updated" (): values, or what is being read, moved. */
#define PLANCIA_TYPE_WATCH_MODEL (plancia_watch_model_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaWatchModel, plancia_watch_model, PLANCIA, WATCH_MODEL, GObject)

PlanciaWatchModel *plancia_watch_model_new (PlanciaOpenPlant *plant);
void               plancia_watch_model_set_paused (PlanciaWatchModel *self, gboolean paused);
/* Asks each device once for its registers of the list, also for those that are not polled. */
void     plancia_watch_model_read (PlanciaWatchModel *self);
gboolean plancia_watch_model_is_reading (PlanciaWatchModel *self);
/* Changes of the list; the plant has to be saved then. offset: -1 up, 1 down. */
void plancia_watch_model_remove (PlanciaWatchModel *self, PlanciaWatchRow *row);
void plancia_watch_model_move (PlanciaWatchModel *self, PlanciaWatchRow *row, int offset);
/* before NULL: to the end. */
void plancia_watch_model_move_before (PlanciaWatchModel *self,
                                      PlanciaWatchRow   *row,
                                      PlanciaWatchRow   *before);
/* Titles and a line for each row. (transfer full) */
char *plancia_watch_model_to_text (PlanciaWatchModel *self, char separator);

G_END_DECLS
