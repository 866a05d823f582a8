/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/console-lines.h"
#include "protocol/console-text.h"

G_BEGIN_DECLS

/* Lines of a console in plain memory, oldest dropped. Lines are numbered from 0 since the start; the numbers go on. They lie
 * in blocks that are never moved, so that a snapshot shares them with another thread. One thread at a time. */
typedef struct _PlanciaConsoleStore PlanciaConsoleStore;

/* A line; data is borrowed until the store is fed again. */
typedef struct
{
  gint64                  time; /* ms UTC, of the first byte */
  PlanciaConsoleDirection direction;
  gboolean                complete;
  gboolean                burst; /* cut by an idle gap, not by a line ending */
  PlanciaConsoleLook      look;  /* how it begins */
  const guint8           *data;
  gsize                   length;
} PlanciaConsoleItem;

#define PLANCIA_CONSOLE_MAX_LINES 1000000
#define PLANCIA_CONSOLE_MAX_BYTES (64 * 1024 * 1024)

PlanciaConsoleStore *plancia_console_store_new (guint64 max_lines, gsize max_bytes);
void                 plancia_console_store_free (PlanciaConsoleStore *self);
/* What is there now, for reading only. (transfer full) */
PlanciaConsoleStore *plancia_console_store_snapshot (const PlanciaConsoleStore *self);

void plancia_console_store_feed (PlanciaConsoleStore    *self,
                                 gint64                  time,
                                 PlanciaConsoleDirection direction,
                                 const guint8           *data,
                                 gsize                   length);
void plancia_console_store_clear (PlanciaConsoleStore *self);
/* What is kept cut with another gap: for another thread, given a snapshot. (transfer full) */
PlanciaConsoleStore *plancia_console_store_recut (const PlanciaConsoleStore *self, guint gap);
void                 plancia_console_store_renumber (PlanciaConsoleStore *self, guint64 first);
/* From the next byte on: a burst ends when nothing came for more than gap ms; 0: lines end in \n or \r. */
void plancia_console_store_set_gap (PlanciaConsoleStore *self, guint gap);

/* [first, end) are kept. */
guint64 plancia_console_store_get_first (const PlanciaConsoleStore *self);
guint64 plancia_console_store_get_end (const PlanciaConsoleStore *self);
/* The end without a last line that may still grow. */
guint64 plancia_console_store_get_complete_end (const PlanciaConsoleStore *self);
/* Lines dropped for want of room since the start or the last clear. */
guint64 plancia_console_store_get_dropped (const PlanciaConsoleStore *self);
gsize   plancia_console_store_get_size (const PlanciaConsoleStore *self); /* bytes of memory */
void    plancia_console_store_get (const PlanciaConsoleStore *self,
                                   guint64                    number,
                                   PlanciaConsoleItem        *item);
/* The line that came at that time; there is at least one. */
guint64 plancia_console_store_find_time (const PlanciaConsoleStore *self, gint64 time);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaConsoleStore, plancia_console_store_free)

G_END_DECLS
