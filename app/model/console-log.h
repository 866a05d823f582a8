/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "model/console-export.h"

G_BEGIN_DECLS

/* Writes what a console says to a file while it says it. A worker writes, and flushes each second; when a file has reached the
 * limit the next one has the next number: boot.txt, boot-2.txt. Property "bytes" (guint64, notifies about once a second)
 * counts what is on disk, signal "failed" (GError*) says that nothing more will be written. Main thread. */
#define PLANCIA_TYPE_CONSOLE_LOG (plancia_console_log_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaConsoleLog, plancia_console_log, PLANCIA, CONSOLE_LOG, GObject)

/* Bytes of one file by default. */
#define PLANCIA_CONSOLE_LOG_LIMIT (G_GUINT64_CONSTANT (64) * 1024 * 1024)

/* The file is replaced when the first second is over. limit: bytes of one file, 0 none. gap: as for the buffer. format: a copy
 * is made. */
PlanciaConsoleLog *plancia_console_log_new (GFile                      *file,
                                            PlanciaConsoleExport        kind,
                                            const PlanciaConsoleFormat *format,
                                            guint64                     limit,
                                            guint                       gap);
/* For what is said from now on. */
void    plancia_console_log_set_gap (PlanciaConsoleLog *self, guint gap);
void    plancia_console_log_feed (PlanciaConsoleLog      *self,
                                  gint64                  time,
                                  PlanciaConsoleDirection direction,
                                  GBytes                 *bytes);
GFile  *plancia_console_log_get_file (PlanciaConsoleLog *self); /* the first one */
guint64 plancia_console_log_get_bytes (PlanciaConsoleLog *self);
/* Writes what is still to be written, waits for it and closes. */
void plancia_console_log_stop (PlanciaConsoleLog *self);
/* boot.txt, 2: "boot-2.txt". (transfer full) */
GFile *plancia_console_log_numbered (GFile *file, guint number);

G_END_DECLS
