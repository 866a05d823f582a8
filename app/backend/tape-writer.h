/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/exchange.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* Writes a recording (protocol/tape.h) while it is made. A thread writes, to the system each second and to the disk every few;
 * whatever ends the program, what was written is there. Property "bytes" (guint64, notifies about once a second) counts what
 * is in the file; signal "failed" (GError*) says that nothing more will be written: G_IO_ERROR_MESSAGE_TOO_LARGE when the
 * file is as long as it may be. Main thread. */
#define PLANCIA_TYPE_TAPE_WRITER (plancia_tape_writer_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaTapeWriter, plancia_tape_writer, PLANCIA, TAPE_WRITER, GObject)

/* The file must not exist; its folder is made. limit: bytes, 0: as many as can be read. start: us UTC. Returns at once. */
PlanciaTapeWriter *plancia_tape_writer_new (const char *path, guint64 limit, gint64 start);
const char        *plancia_tape_writer_get_path (PlanciaTapeWriter *self);
guint64            plancia_tape_writer_get_bytes (PlanciaTapeWriter *self);
gint64             plancia_tape_writer_get_start (PlanciaTapeWriter *self); /* us UTC */
/* A later one of the same name takes its place. */
void plancia_tape_writer_add_file (PlanciaTapeWriter *self, const char *name, GBytes *bytes);
/* exchanges: (element-type PlanciaExchange), what went over a connection; lost: how many more there were. */
void plancia_tape_writer_add (PlanciaTapeWriter *self,
                              const char        *connection,
                              GPtrArray         *exchanges,
                              guint64            lost);
/* What was understood of an answer whose bytes are not kept, as JSON. time: us UTC. */
void plancia_tape_writer_add_said (PlanciaTapeWriter *self,
                                   const char        *connection,
                                   const char        *device,
                                   GBytes            *said,
                                   gint64             time);
/* Writes what is still to be written and the end, and waits for it. now: us UTC. Idempotent. */
void plancia_tape_writer_stop (PlanciaTapeWriter *self, gint64 now);

G_END_DECLS
