/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/open-plant.h"

G_BEGIN_DECLS

/* "Record this visit": what goes over every link of an open plant, into one file (protocol/tape.h) with the plant and its maps
 * in it. It begins with a read of everything that can be read. Ends with the last reference, or when it is stopped. Main
 * thread. Signals "changed" () about once a second, "failed" (GError*): nothing more is recorded. */
#define PLANCIA_TYPE_VISIT_RECORDING (plancia_visit_recording_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaVisitRecording,
                      plancia_visit_recording,
                      PLANCIA,
                      VISIT_RECORDING,
                      GObject)

/* limit: bytes; 0: as many as can be read again. */
PlanciaVisitRecording             *
plancia_visit_recording_new (PlanciaOpenPlant *plant, const char *path, guint64 limit);
const char *plancia_visit_recording_get_path (PlanciaVisitRecording *self);
guint64     plancia_visit_recording_get_bytes (PlanciaVisitRecording *self);
gint64      plancia_visit_recording_get_duration (PlanciaVisitRecording *self); /* ms */
void        plancia_visit_recording_stop (PlanciaVisitRecording *self);
/* FOLDER/PLANT 2026-11-25 14.32.05.plancia-recording, in the plant's time. (transfer full) */
char *plancia_visit_recording_dup_path (const char *folder, PlanciaPlant *plant, gint64 now);

G_END_DECLS
