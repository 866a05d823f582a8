/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/console-store.h"

#include "model/console-chunk.h"
#include <string.h>

struct _PlanciaConsoleStore
{
  GPtrArray *chunks; /* PlanciaConsoleChunk, oldest first */
  gsize      size;   /* memory of all chunks but the last */
  guint64    max_lines;
  gsize      max_bytes;
  guint64    end;
  guint64    dropped;
  guint      gap; /* ms; 0: lines */

  /* The last line, as long as it may still grow. */
  gboolean                open;
  gboolean                after_return; /* it ended in \r, to which a \n may come */
  PlanciaConsoleDirection direction;
  gint64                  last_time; /* of its last byte */
  PlanciaConsoleLook      look;      /* of what is received next */
};

static PlanciaConsoleChunk *
last_chunk (const PlanciaConsoleStore *self)
{
  return self->chunks->len > 0 ? g_ptr_array_index (self->chunks, self->chunks->len - 1) : NULL;
}

static const PlanciaConsoleRecord *
last_record (const PlanciaConsoleStore *self)
{
  PlanciaConsoleChunk *chunk = last_chunk (self);

  return plancia_console_chunk_get (chunk, chunk->n_lines - 1);
}

/**
 * plancia_console_store_new:
 * @max_lines: at most so many are kept, and at most one chunk's lines more
 * @max_bytes: at most so much memory is used
 *
 * Returns: (transfer full)
 */
PlanciaConsoleStore *
plancia_console_store_new (guint64 max_lines, gsize max_bytes)
{
  PlanciaConsoleStore *self = g_new0 (PlanciaConsoleStore, 1);

  self->chunks = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_console_chunk_unref);
  self->max_lines = max_lines;
  self->max_bytes = MAX (max_bytes, 2 * sizeof (PlanciaConsoleChunk));
  return self;
}

/**
 * plancia_console_store_free:
 */
void
plancia_console_store_free (PlanciaConsoleStore *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->chunks);
  g_free (self);
}

/**
 * plancia_console_store_snapshot:
 *
 * Shares all chunks but the last, which is copied: the snapshot may go to another thread.
 *
 * Returns: (transfer full)
 */
PlanciaConsoleStore *
plancia_console_store_snapshot (const PlanciaConsoleStore *self)
{
  PlanciaConsoleStore *copy = g_new (PlanciaConsoleStore, 1);

  *copy = *self;
  copy->chunks = g_ptr_array_new_full (self->chunks->len,
                                       (GDestroyNotify) plancia_console_chunk_unref);
  for (guint i = 0; i + 1 < self->chunks->len; i++)
    g_ptr_array_add (copy->chunks, plancia_console_chunk_ref (g_ptr_array_index (self->chunks, i)));
  if (self->chunks->len > 0)
    g_ptr_array_add (copy->chunks, plancia_console_chunk_copy (last_chunk (self)));
  return copy;
}

/* --- room ---------------------------------------------------------------------------------------- */

static void
drop_oldest (PlanciaConsoleStore *self)
{
  PlanciaConsoleChunk *chunk = g_ptr_array_index (self->chunks, 0);

  self->dropped += chunk->n_lines;
  self->size -= plancia_console_chunk_get_size (chunk);
  g_ptr_array_remove_index (self->chunks, 0);
}

/* Whole chunks go, and only when what stays is still as much as was promised. */
static void
add_chunk (PlanciaConsoleStore *self, guint64 first, gint64 base)
{
  if (self->chunks->len > 0)
    self->size += plancia_console_chunk_get_size (last_chunk (self));
  while (self->chunks->len > 1 &&
         (self->size + sizeof (PlanciaConsoleChunk) > self->max_bytes ||
          self->end - plancia_console_store_get_first (self) -
              ((PlanciaConsoleChunk *) g_ptr_array_index (self->chunks, 0))->n_lines >=
            self->max_lines))
    drop_oldest (self);
  g_ptr_array_add (self->chunks, plancia_console_chunk_new (first, base));
}

/* --- cutting -------------------------------------------------------------------------------------- */

static void
begin_line (PlanciaConsoleStore *self, gint64 time)
{
  PlanciaConsoleRecord like = {0};

  like.direction = (guint8) self->direction;
  like.burst = self->gap > 0 && self->direction != PLANCIA_CONSOLE_NOTICE;
  like.look = self->direction == PLANCIA_CONSOLE_RECEIVED ? self->look : 0;
  if (self->chunks->len == 0 || !plancia_console_chunk_begin (last_chunk (self), time, &like)) {
    add_chunk (self, self->end, time);
    plancia_console_chunk_begin (last_chunk (self), time, &like);
  }
  self->end++;
  self->open = TRUE;
  self->after_return = FALSE;
}

/* A line that ended: what is received next is written as this one was at its end. */
static void
end_line (PlanciaConsoleStore *self)
{
  const PlanciaConsoleRecord *record;
  const guint8               *data;

  if (!self->open)
    return;
  record = last_record (self);
  data = last_chunk (self)->data + record->offset;
  if (record->direction == PLANCIA_CONSOLE_RECEIVED && memchr (data, 0x1b, record->length) != NULL)
    self->look = plancia_console_look_after (record->look, data, record->length);
  self->open = FALSE;
  self->after_return = FALSE;
}

/* The last line has no room where it lies: it goes to a chunk of its own, whole. */
static void
move_open (PlanciaConsoleStore *self)
{
  PlanciaConsoleChunk *from = plancia_console_chunk_ref (last_chunk (self));
  PlanciaConsoleRecord record = *last_record (self);
  gint64               time = from->base + record.time;
  guint                at = record.offset, end = at + record.length;

  add_chunk (self, self->end - 1, time);
  plancia_console_chunk_begin (last_chunk (self), time, &record);
  while (at < end) {
    guint stop = plancia_console_chunk_together (from, at, end, &time);

    plancia_console_chunk_extend (last_chunk (self), from->data + at, stop - at);
    if (stop < end)
      plancia_console_chunk_mark (last_chunk (self), time);
    at = stop;
  }
  plancia_console_chunk_drop_last (from);
  plancia_console_chunk_unref (from);
}

static void
append (PlanciaConsoleStore *self, gint64 time, const guint8 *data, gsize length)
{
  while (length > 0) {
    gboolean later = self->open && time != self->last_time;
    gsize    now;

    if (!self->open)
      begin_line (self, time);
    now = MIN (length, (gsize) PLANCIA_CONSOLE_LINE_LIMIT - last_record (self)->length);
    if (!plancia_console_chunk_has_room (last_chunk (self), now))
      move_open (self);
    if (later)
      plancia_console_chunk_mark (last_chunk (self), time);
    plancia_console_chunk_extend (last_chunk (self), data, now);
    self->last_time = time;
    data += now;
    length -= now;
    if (last_record (self)->length >= PLANCIA_CONSOLE_LINE_LIMIT)
      end_line (self);
  }
}

/* Up to and with the next \n or \r, whichever is first. */
static gsize
take_line (PlanciaConsoleStore *self, gint64 time, const guint8 *data, gsize length)
{
  const guint8 *feed = memchr (data, '\n', length);
  gsize         limit = feed != NULL ? (gsize) (feed - data) + 1 : length;
  const guint8 *carriage = memchr (data, '\r', limit);
  gsize         used = carriage != NULL ? (gsize) (carriage - data) + 1 : limit;

  append (self, time, data, used);
  if (carriage != NULL)
    self->after_return = self->open;
  else if (feed != NULL)
    end_line (self);
  return used;
}

static void
feed_lines (PlanciaConsoleStore *self, gint64 time, const guint8 *data, gsize length)
{
  while (length > 0) {
    gsize used = 1;

    if (self->after_return && data[0] == '\n') {
      append (self, time, data, 1);
      end_line (self);
    } else {
      if (self->after_return)
        end_line (self);
      used = take_line (self, time, data, length);
    }
    data += used;
    length -= used;
  }
}

/**
 * plancia_console_store_feed:
 * @time: ms UTC of arrival
 * @direction: another one than before ends a line; a notice is a line by itself
 * @data: any bytes
 */
void
plancia_console_store_feed (PlanciaConsoleStore    *self,
                            gint64                  time,
                            PlanciaConsoleDirection direction,
                            const guint8           *data,
                            gsize                   length)
{
  if (length == 0)
    return;
  if (direction != self->direction || direction == PLANCIA_CONSOLE_NOTICE ||
      (self->gap > 0 && time - self->last_time > self->gap))
    end_line (self);
  self->direction = direction;
  if (self->gap > 0 || direction == PLANCIA_CONSOLE_NOTICE)
    append (self, time, data, length);
  else
    feed_lines (self, time, data, length);
  if (direction == PLANCIA_CONSOLE_NOTICE)
    end_line (self);
}

/**
 * plancia_console_store_clear:
 *
 * The numbers go on.
 */
void
plancia_console_store_clear (PlanciaConsoleStore *self)
{
  g_ptr_array_set_size (self->chunks, 0);
  self->size = 0;
  self->open = FALSE;
  self->after_return = FALSE;
  self->look = 0;
  self->dropped = 0;
}

/**
 * plancia_console_store_set_gap:
 * @gap: ms; 0 for lines of text
 */
void
plancia_console_store_set_gap (PlanciaConsoleStore *self, guint gap)
{
  if ((gap > 0) != (self->gap > 0))
    end_line (self);
  self->gap = gap;
}

/* The bytes of a line as they came. */
static void
feed_again (PlanciaConsoleStore        *self,
            const PlanciaConsoleChunk  *chunk,
            const PlanciaConsoleRecord *record)
{
  gint64 time = chunk->base + record->time;
  guint  at = record->offset, end = at + record->length;

  while (at < end) {
    gint64 next = time;
    guint  stop = plancia_console_chunk_together (chunk, at, end, &next);

    plancia_console_store_feed (self,
                                time,
                                (PlanciaConsoleDirection) record->direction,
                                chunk->data + at,
                                stop - at);
    at = stop;
    time = next;
  }
}

/**
 * plancia_console_store_recut:
 * @gap: as for plancia_console_store_set_gap()
 *
 * Returns: (transfer full): the same bytes in other lines, numbered from where @self ends
 */
PlanciaConsoleStore *
plancia_console_store_recut (const PlanciaConsoleStore *self, guint gap)
{
  PlanciaConsoleStore *cut = plancia_console_store_new (self->max_lines, self->max_bytes);
  PlanciaConsoleItem   first = {0};

  cut->gap = gap;
  cut->end = self->end;
  cut->dropped = self->dropped;
  if (self->chunks->len > 0) {
    plancia_console_store_get (self, plancia_console_store_get_first (self), &first);
    cut->look = first.look;
  }
  for (guint i = 0; i < self->chunks->len; i++) {
    const PlanciaConsoleChunk *chunk = g_ptr_array_index (self->chunks, i);

    for (guint j = 0; j < chunk->n_lines; j++)
      feed_again (cut, chunk, plancia_console_chunk_get (chunk, j));
  }
  return cut;
}

/**
 * plancia_console_store_renumber:
 * @first: number of the oldest line from now on
 *
 * Not of a store whose snapshot is in use.
 */
void
plancia_console_store_renumber (PlanciaConsoleStore *self, guint64 first)
{
  guint64 by = first - plancia_console_store_get_first (self);

  for (guint i = 0; i < self->chunks->len; i++)
    ((PlanciaConsoleChunk *) g_ptr_array_index (self->chunks, i))->first += by;
  self->end += by;
}

/* --- reading ------------------------------------------------------------------------------------- */

/**
 * plancia_console_store_get_first:
 *
 * Returns: number of the oldest line
 */
guint64
plancia_console_store_get_first (const PlanciaConsoleStore *self)
{
  return self->chunks->len > 0
           ? ((PlanciaConsoleChunk *) g_ptr_array_index (self->chunks, 0))->first
           : self->end;
}

/**
 * plancia_console_store_get_end:
 *
 * Returns: number of the line that will come next
 */
guint64
plancia_console_store_get_end (const PlanciaConsoleStore *self)
{
  return self->end;
}

/**
 * plancia_console_store_get_complete_end:
 *
 * Returns: number of the first line that may still change
 */
guint64
plancia_console_store_get_complete_end (const PlanciaConsoleStore *self)
{
  return self->end - (self->open ? 1 : 0);
}

/**
 * plancia_console_store_get_dropped:
 *
 * Returns: lines that went away to make room
 */
guint64
plancia_console_store_get_dropped (const PlanciaConsoleStore *self)
{
  return self->dropped;
}

/**
 * plancia_console_store_get_size:
 *
 * Returns: memory for lines, in bytes
 */
gsize
plancia_console_store_get_size (const PlanciaConsoleStore *self)
{
  return self->size +
         (self->chunks->len > 0 ? plancia_console_chunk_get_size (last_chunk (self)) : 0);
}

static const PlanciaConsoleChunk *
find_chunk (const PlanciaConsoleStore *self, guint64 number)
{
  guint low = 0, high = self->chunks->len;

  while (high - low > 1) {
    guint                      middle = low + (high - low) / 2;
    const PlanciaConsoleChunk *chunk = g_ptr_array_index (self->chunks, middle);

    if (chunk->first <= number)
      low = middle;
    else
      high = middle;
  }
  return g_ptr_array_index (self->chunks, low);
}

/**
 * plancia_console_store_get:
 * @number: from first to before end
 * @item: (out): the line
 */
void
plancia_console_store_get (const PlanciaConsoleStore *self,
                           guint64                    number,
                           PlanciaConsoleItem        *item)
{
  const PlanciaConsoleChunk  *chunk;
  const PlanciaConsoleRecord *record;

  g_return_if_fail (number >= plancia_console_store_get_first (self));
  g_return_if_fail (number < self->end);

  chunk = find_chunk (self, number);
  record = plancia_console_chunk_get (chunk, (guint) (number - chunk->first));
  item->time = chunk->base + record->time;
  item->direction = (PlanciaConsoleDirection) record->direction;
  item->complete = number + 1 < self->end || !self->open || self->after_return;
  item->burst = record->burst;
  item->look = record->look;
  item->data = chunk->data + record->offset;
  item->length = record->length;
}

/**
 * plancia_console_store_find_time:
 * @time: ms UTC
 *
 * Returns: number of the line that came then, or of the last one before; the oldest one if all are later
 */
guint64
plancia_console_store_find_time (const PlanciaConsoleStore *self, gint64 time)
{
  guint64            low = plancia_console_store_get_first (self), high = self->end;
  PlanciaConsoleItem item = {0};

  while (high > low + 1) {
    guint64 middle = low + (high - low) / 2;

    plancia_console_store_get (self, middle, &item);
    if (item.time <= time)
      low = middle;
    else
      high = middle;
  }
  return low;
}
