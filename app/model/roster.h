/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/store.h"
#include "model/roster-item.h"
#include "plant/plant.h"

G_BEGIN_DECLS

/* All plants of an office: a GListModel of PlanciaRosterItem, each filled one after another from its file and from the history on this
 * computer. No device and no cloud is asked. Main thread. Signal "notify::loading". */
#define PLANCIA_TYPE_ROSTER (plancia_roster_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaRoster, plancia_roster, PLANCIA, ROSTER, GObject)

PlanciaRoster *plancia_roster_new (PlanciaStore *store);
/* paths: of plant files; what was there is given up. */
void plancia_roster_load (PlanciaRoster *self, const char *const *paths);
/* Writes down tags (divided by commas) and a note of that day (or NULL) in the file of a plant. */
void     plancia_roster_write_async (PlanciaRoster      *self,
                                     PlanciaRosterItem  *item,
                                     const char         *tags,
                                     const char         *date,
                                     const char         *note,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
gboolean plancia_roster_write_finish (PlanciaRoster *self, GAsyncResult *result, GError **error);
/* The same in a plant that is open: to be saved by whoever keeps it. */
void     plancia_roster_write_into (PlanciaPlant *plant,
                                    const char   *tags,
                                    const char   *date,
                                    const char   *note);
gboolean plancia_roster_get_loading (PlanciaRoster *self);
/* Gives up what is on its way. */
void plancia_roster_stop (PlanciaRoster *self);

G_END_DECLS
