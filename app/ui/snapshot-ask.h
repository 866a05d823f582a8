/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/session.h"
#include "model/snapshots.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a person does with snapshots, and how it went, on the window of widget. Main thread. */

/* Takes one of the session's device. */
void plancia_snapshot_ask_take (GtkWidget *widget, PlanciaSession *session);
void plancia_snapshot_ask_note (GtkWidget        *widget,
                                PlanciaSnapshots *snapshots,
                                PlanciaSnapshot  *snapshot);
/* For good: asks first. */
void plancia_snapshot_ask_remove (GtkWidget        *widget,
                                  PlanciaSnapshots *snapshots,
                                  PlanciaSnapshot  *snapshot);

G_END_DECLS
