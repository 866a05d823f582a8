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

typedef struct
{
  gatomicrefcount references;
  guint64         first; /* number of its first line */
  gint64          base;
  guint           n_lines;
  guint           used; /* bytes of lines */
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
/* Bytes to the last line; FALSE if there is no room. */
gboolean plancia_console_chunk_extend (PlanciaConsoleChunk *self, const guint8 *data, gsize length);
/* Takes the last line away; its bytes stay readable until the next extend. */
void plancia_console_chunk_drop_last (PlanciaConsoleChunk *self);
const PlanciaConsoleRecord *
plancia_console_chunk_get (const PlanciaConsoleChunk *self, guint index);

G_END_DECLS
