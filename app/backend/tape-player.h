/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/backend.h"
#include "base/worker.h"
#include "plant/plant.h"
#include "protocol/tape.h"

G_BEGIN_DECLS

/* A recording that is played: what was on the wires, as of a time that can be moved. While it is playing or paused the
 * program's clock shows that time. Main thread.
 *
 * Properties that notify: "playing" (gboolean), "speed" (double, seconds a second). Signals "moved" () when the time is
 * another; "rewound" () before it goes back: what went by is told again from the start. */
#define PLANCIA_TYPE_TAPE_PLAYER (plancia_tape_player_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaTapePlayer, plancia_tape_player, PLANCIA, TAPE_PLAYER, GObject)

/* Reads file, plant and maps on a thread of its own. PLANCIA_DOCUMENT_ERROR, G_FILE_ERROR. */
void               plancia_tape_player_load_async (const char         *path,
                                                   GCancellable       *cancellable,
                                                   GAsyncReadyCallback callback,
                                                   gpointer            user_data);
PlanciaTapePlayer *plancia_tape_player_load_finish (GAsyncResult *result, GError **error);
/* The same, blocking. (transfer full) */
PlanciaTapePlayer *plancia_tape_player_load (const char *path, GError **error);
const char        *plancia_tape_player_get_path (PlanciaTapePlayer *self);
/* For work on what was recorded. (transfer none) */
PlanciaWorker *plancia_tape_player_get_worker (PlanciaTapePlayer *self);
/* What was recorded; plancia_tape_player_of finds the player again. (transfer none) */
PlanciaPlant      *plancia_tape_player_get_plant (PlanciaTapePlayer *self);
PlanciaTapePlayer *plancia_tape_player_of (PlanciaPlant *plant); /* or NULL: it is no recording */
PlanciaTape       *plancia_tape_player_get_tape (PlanciaTapePlayer *self);  /* (transfer none) */
gint64             plancia_tape_player_get_start (PlanciaTapePlayer *self); /* ms UTC */
gint64             plancia_tape_player_get_end (PlanciaTapePlayer *self);
gint64             plancia_tape_player_get_time (PlanciaTapePlayer *self);
/* FALSE: it was cut off; damaged: lines that could not be read. */
gboolean plancia_tape_player_get_whole (PlanciaTapePlayer *self, guint *damaged);
/* The connection that an address is on. (transfer full) */
PlanciaBackend *plancia_tape_player_make_backend (PlanciaTapePlayer *self, PlanciaAddress *address);
/* The clock shows its time, and its maps are those of the program. */
void plancia_tape_player_begin (PlanciaTapePlayer *self);
/* Tells everything up to the present time to whoever listens now. */
void plancia_tape_player_tell (PlanciaTapePlayer *self);
/* The clock and the maps are the program's own again. */
void     plancia_tape_player_end (PlanciaTapePlayer *self);
void     plancia_tape_player_seek (PlanciaTapePlayer *self, gint64 time);
gboolean plancia_tape_player_get_playing (PlanciaTapePlayer *self);
/* From the start again if it is at the end. */
void   plancia_tape_player_set_playing (PlanciaTapePlayer *self, gboolean playing);
double plancia_tape_player_get_speed (PlanciaTapePlayer *self);
void   plancia_tape_player_set_speed (PlanciaTapePlayer *self, double speed);

G_END_DECLS
