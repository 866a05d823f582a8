/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/console-chunk.h"

#include <string.h>

static PlanciaConsoleRecord *
record_at (const PlanciaConsoleChunk *self, guint index)
{
  gsize at = PLANCIA_CONSOLE_CHUNK_SIZE - (index + 1) * sizeof (PlanciaConsoleRecord);

  return (PlanciaConsoleRecord *) (gpointer) (self->data + at);
}

static gsize
room (const PlanciaConsoleChunk *self)
{
  return PLANCIA_CONSOLE_CHUNK_SIZE - self->used - self->n_lines * sizeof (PlanciaConsoleRecord);
}

/**
 * plancia_console_chunk_new:
 * @first: number of its first line
 * @base: ms UTC from which its times count
 *
 * Returns: (transfer full)
 */
PlanciaConsoleChunk *
plancia_console_chunk_new (guint64 first, gint64 base)
{
  PlanciaConsoleChunk *self = g_malloc (sizeof *self);

  g_atomic_ref_count_init (&self->references);
  self->first = first;
  self->base = base;
  self->n_lines = 0;
  self->used = 0;
  self->marks = NULL;
  return self;
}

/**
 * plancia_console_chunk_ref:
 *
 * Any thread. (transfer full)
 */
PlanciaConsoleChunk *
plancia_console_chunk_ref (PlanciaConsoleChunk *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * plancia_console_chunk_unref:
 *
 * Any thread.
 */
void
plancia_console_chunk_unref (PlanciaConsoleChunk *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_clear_pointer (&self->marks, g_array_unref);
  g_free (self);
}

/**
 * plancia_console_chunk_copy:
 *
 * Returns: (transfer full): the same, which nobody feeds
 */
PlanciaConsoleChunk *
plancia_console_chunk_copy (const PlanciaConsoleChunk *self)
{
  PlanciaConsoleChunk *copy = plancia_console_chunk_new (self->first, self->base);
  gsize                records = self->n_lines * sizeof (PlanciaConsoleRecord);

  copy->n_lines = self->n_lines;
  copy->used = self->used;
  copy->marks = self->marks != NULL ? g_array_copy (self->marks) : NULL;
  memcpy (copy->data, self->data, self->used);
  memcpy (copy->data + PLANCIA_CONSOLE_CHUNK_SIZE - records,
          self->data + PLANCIA_CONSOLE_CHUNK_SIZE - records,
          records);
  return copy;
}

/**
 * plancia_console_chunk_begin:
 * @time: ms UTC
 * @like: look, direction and burst of the line
 *
 * Returns: %FALSE if it has to go to another chunk
 */
gboolean
plancia_console_chunk_begin (PlanciaConsoleChunk        *self,
                             gint64                      time,
                             const PlanciaConsoleRecord *like)
{
  gint64                since = time - self->base;
  PlanciaConsoleRecord *record;

  if (room (self) < sizeof *record || since < G_MININT32 || since > G_MAXINT32)
    return FALSE;
  record = record_at (self, self->n_lines);
  *record = *like;
  record->time = (gint32) since;
  record->offset = self->used;
  record->length = 0;
  self->n_lines++;
  return TRUE;
}

/**
 * plancia_console_chunk_has_room:
 *
 * Returns: whether so many bytes can be added to the last line
 */
gboolean
plancia_console_chunk_has_room (const PlanciaConsoleChunk *self, gsize length)
{
  return room (self) >= length;
}

/**
 * plancia_console_chunk_extend:
 * @length: such that the line stays below 65536 bytes
 *
 * Returns: %FALSE if there is no room; nothing was added then
 */
gboolean
plancia_console_chunk_extend (PlanciaConsoleChunk *self, const guint8 *data, gsize length)
{
  PlanciaConsoleRecord *record = record_at (self, self->n_lines - 1);

  if (room (self) < length)
    return FALSE;
  memcpy (self->data + self->used, data, length);
  self->used += (guint) length;
  record->length = (guint16) (record->length + length);
  return TRUE;
}

/* Of the first mark at or after an offset. */
static guint
find_mark (const PlanciaConsoleChunk *self, guint offset)
{
  guint low = 0, high = self->marks != NULL ? self->marks->len : 0;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (g_array_index (self->marks, PlanciaConsoleMark, middle).offset < offset)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/**
 * plancia_console_chunk_mark:
 * @time: ms UTC; a time too far from the base is not kept
 */
void
plancia_console_chunk_mark (PlanciaConsoleChunk *self, gint64 time)
{
  gint64             since = time - self->base;
  PlanciaConsoleMark mark = {self->used, (gint32) since};

  if (since < G_MININT32 || since > G_MAXINT32)
    return;
  if (self->marks == NULL)
    self->marks = g_array_new (FALSE, FALSE, sizeof mark);
  /* Nothing came since the mark before. */
  if (find_mark (self, self->used) < self->marks->len)
    g_array_set_size (self->marks, self->marks->len - 1);
  g_array_append_val (self->marks, mark);
}

/**
 * plancia_console_chunk_together:
 * @offset: of a byte
 * @limit: end of its line
 * @time: (inout): ms UTC
 *
 * Returns: an offset up to @limit
 */
guint
plancia_console_chunk_together (const PlanciaConsoleChunk *self,
                                guint                      offset,
                                guint                      limit,
                                gint64                    *time)
{
  guint                     i = find_mark (self, offset + 1);
  const PlanciaConsoleMark *mark;

  if (self->marks == NULL || i == self->marks->len)
    return limit;
  mark = &g_array_index (self->marks, PlanciaConsoleMark, i);
  if (mark->offset >= limit)
    return limit;
  *time = self->base + mark->time;
  return mark->offset;
}

/**
 * plancia_console_chunk_get_size:
 */
gsize
plancia_console_chunk_get_size (const PlanciaConsoleChunk *self)
{
  return sizeof *self + (self->marks != NULL ? self->marks->len * sizeof (PlanciaConsoleMark) : 0);
}

/**
 * plancia_console_chunk_drop_last:
 */
void
plancia_console_chunk_drop_last (PlanciaConsoleChunk *self)
{
  self->n_lines--;
  self->used = record_at (self, self->n_lines)->offset;
  if (self->marks != NULL)
    g_array_set_size (self->marks, find_mark (self, self->used));
}

/**
 * plancia_console_chunk_get:
 * @index: from 0, below n_lines
 *
 * Returns: (transfer none): what is known of the line
 */
const PlanciaConsoleRecord *
plancia_console_chunk_get (const PlanciaConsoleChunk *self, guint index)
{
  return record_at (self, index);
}
