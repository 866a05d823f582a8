/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/roster.h"
#include "model/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* All plants in one window, as far as this computer knows without asking them: state, today, last contact, open alarms, findings,
 * holes, next to do; sorting, search, tags, notes. Main thread. */
#define PLANCIA_TYPE_PLANTS_WINDOW (plancia_plants_window_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaPlantsWindow, plancia_plants_window, PLANCIA, PLANTS_WINDOW, AdwWindow)

/* One a program: shown again if it is there. session: of the window in which a plant is opened. */
void plancia_plants_window_show (GtkWindow *parent, PlanciaSession *session);
/* store: the history. (transfer floating) */
GtkWindow *
plancia_plants_window_new (GtkWindow *parent, PlanciaSession *session, PlanciaStore *store);
/* Reads files and history anew. paths: NULL: those of the list that is kept. */
void           plancia_plants_window_load (PlanciaPlantsWindow *self, const char *const *paths);
PlanciaRoster *plancia_plants_window_get_roster (PlanciaPlantsWindow *self);

G_END_DECLS
