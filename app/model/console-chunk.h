/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A block of lines: bytes from its beginning on, what is known of each line from its end down; full when they meet. It is
 * never moved, counted references. Only for console-store. */
#define PLANCIA_CONSOLE_CHUNK_SIZE 65536

typedef struct
{
  gint32  time; /* ms since the base of the chunk */
  guint32 offset;
  guint16 length;
  guint16 look;
  guint8  direction;
  guint8  burst;
  guint16 unused;
} PlanciaConsoleRecord;

/* Bytes from offset on, within a line, came so many ms after the base. */
typedef struct
{
  guint32 offset;
  gint32  time;
} PlanciaConsoleMark;

typedef struct
{
  gatomicrefcount references;
  guint64         first; /* number of its first line */
  gint64          base;
  guint           n_lines;
  guint           used;  /* bytes of lines */
  GArray         *marks; /* PlanciaConsoleMark, ascending; NULL: none */
  _Alignas(PlanciaConsoleRecord) guint8 data[PLANCIA_CONSOLE_CHUNK_SIZE];
} PlanciaConsoleChunk;

PlanciaConsoleChunk *plancia_console_chunk_new (guint64 first, gint64 base);
PlanciaConsoleChunk *plancia_console_chunk_ref (PlanciaConsoleChunk *self);
void                 plancia_console_chunk_unref (PlanciaConsoleChunk *self);
PlanciaConsoleChunk *plancia_console_chunk_copy (const PlanciaConsoleChunk *self);
/* A line without bytes; FALSE if there is no room or the time is too far from the base. */
gboolean plancia_console_chunk_begin (PlanciaConsoleChunk        *self,
                                      gint64                      time,
                                      const PlanciaConsoleRecord *like);
gboolean plancia_console_chunk_has_room (const PlanciaConsoleChunk *self, gsize length);
/* Bytes to the last line; FALSE if there is no room. */
gboolean plancia_console_chunk_extend (PlanciaConsoleChunk *self, const guint8 *data, gsize length);
/* What is added next to the last line came at that time, later than what it has. */
void plancia_console_chunk_mark (PlanciaConsoleChunk *self, gint64 time);
/* Bytes from offset on, at least one before limit, that came together. Returns their end; *time (in: when offset came): when
 * what follows the end came. */
guint plancia_console_chunk_together (const PlanciaConsoleChunk *self,
                                      guint                      offset,
                                      guint                      limit,
                                      gint64                    *time);
gsize plancia_console_chunk_get_size (const PlanciaConsoleChunk *self); /* bytes of memory */
/* Takes the last line away; its bytes stay readable until the next extend. */
void plancia_console_chunk_drop_last (PlanciaConsoleChunk *self);
const PlanciaConsoleRecord *
plancia_console_chunk_get (const PlanciaConsoleChunk *self, guint index);

G_END_DECLS
