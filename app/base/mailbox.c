/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/mailbox.h"

#include <string.h>

struct _PlanciaMailbox
{
  gatomicrefcount    references;
  GMainContext      *target;
  guint              capacity;
  GDestroyNotify     item_free;
  PlanciaMailboxFunc func;
  gpointer           user_data;
  guint              delay; /* ms */

  PlanciaMailboxMayDrop may_drop; /* NULL: everything */

  GMutex     mutex; /* guards what follows */
  GPtrArray *items;
  guint64    dropped;
  gboolean   pending; /* an idle is on its way */
  gboolean   closed;
};

static GPtrArray *
take_items (PlanciaMailbox *self, gboolean scheduled, guint64 *dropped)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  GPtrArray *items = g_steal_pointer (&self->items);

  self->items = g_ptr_array_new_full (items->len, self->item_free);
  *dropped = self->dropped;
  self->dropped = 0;
  if (scheduled)
    self->pending = FALSE;
  return items;
}

/* A full box was written over from its beginning: the oldest item stands at @first. */
static void
rotate_items (GPtrArray *items, guint first)
{
  g_autofree gpointer *newest = NULL;

  if (first == 0)
    return;
  newest = g_memdup2 (items->pdata, first * sizeof *newest);
  memmove (items->pdata, items->pdata + first, (items->len - first) * sizeof *newest);
  memcpy (items->pdata + items->len - first, newest, first * sizeof *newest);
}

static void
deliver (PlanciaMailbox *self, gboolean scheduled)
{
  guint64 dropped = 0;
  g_autoptr (GPtrArray) items = take_items (self, scheduled, &dropped);

  if (self->may_drop == NULL)
    rotate_items (items, dropped % self->capacity);
  /* closed is only set on this thread, so that reading it without the mutex is right. */
  if (!self->closed && (items->len > 0 || dropped > 0))
    self->func (items, dropped, self->user_data);
}

static gboolean
deliver_cb (gpointer user_data)
{
  deliver (user_data, TRUE);
  return G_SOURCE_REMOVE;
}

static void
schedule (PlanciaMailbox *self)
{
  g_autoptr (GSource) source = self->delay > 0 ? g_timeout_source_new (self->delay)
                                               : g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source,
                         deliver_cb,
                         plancia_mailbox_ref (self),
                         (GDestroyNotify) plancia_mailbox_unref);
  g_source_attach (source, self->target);
}

/**
 * plancia_mailbox_new:
 * @target: (nullable): the context that gets the items, NULL for the default one
 * @capacity: how many items may wait; the oldest is dropped beyond
 * @item_free: (nullable): frees an item
 * @func: called in @target with everything that came
 * @user_data: for @func; must live until plancia_mailbox_close()
 *
 * Returns: (transfer full): a mailbox
 */
PlanciaMailbox *
plancia_mailbox_new (GMainContext      *target,
                     guint              capacity,
                     GDestroyNotify     item_free,
                     PlanciaMailboxFunc func,
                     gpointer           user_data)
{
  PlanciaMailbox *self = g_new0 (PlanciaMailbox, 1);

  g_atomic_ref_count_init (&self->references);
  self->target = g_main_context_ref (target ? target : g_main_context_default ());
  self->capacity = capacity;
  self->item_free = item_free;
  self->func = func;
  self->user_data = user_data;
  g_mutex_init (&self->mutex);
  self->items = g_ptr_array_new_with_free_func (item_free);
  return self;
}

PlanciaMailbox *
plancia_mailbox_ref (PlanciaMailbox *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * plancia_mailbox_set_delay:
 * @delay: milliseconds from the first item to its delivery
 *
 * For items that come faster than anybody looks: waking the target up costs more than an item does.
 * Before the first post.
 */
void
plancia_mailbox_set_delay (PlanciaMailbox *self, guint delay)
{
  self->delay = delay;
}

/**
 * plancia_mailbox_set_may_drop:
 * @may_drop: whether an item may be lost
 *
 * For a box in which some items are said once and others again and again. Before the first post.
 */
void
plancia_mailbox_set_may_drop (PlanciaMailbox *self, PlanciaMailboxMayDrop may_drop)
{
  self->may_drop = may_drop;
}

static void
free_item (PlanciaMailbox *self, gpointer item)
{
  if (item && self->item_free)
    self->item_free (item);
}

void
plancia_mailbox_unref (PlanciaMailbox *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_ptr_array_unref (self->items);
  g_main_context_unref (self->target);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/* In place of the oldest: a ring. */
static gpointer
write_over (PlanciaMailbox *self, gpointer item)
{
  gpointer *oldest = &self->items->pdata[self->dropped++ % self->capacity];
  gpointer  surplus = *oldest;

  *oldest = item;
  return surplus;
}

/* The oldest that may be lost goes. */
static gpointer
make_room (PlanciaMailbox *self, gpointer item)
{
  gpointer surplus = NULL;

  g_ptr_array_add (self->items, item);
  for (guint i = 0; i < self->items->len; i++) {
    if (!self->may_drop (g_ptr_array_index (self->items, i)))
      continue;
    surplus = g_ptr_array_steal_index (self->items, i);
    self->dropped++;
    break;
  }
  return surplus;
}

/**
 * plancia_mailbox_post:
 * @self: a mailbox
 * @item: (transfer full): what to deliver
 *
 * Any thread.
 */
void
plancia_mailbox_post (PlanciaMailbox *self, gpointer item)
{
  gpointer surplus = NULL;
  gboolean wake = FALSE;

  g_mutex_lock (&self->mutex);
  if (self->closed) {
    surplus = item;
  } else {
    if (self->items->len < self->capacity)
      g_ptr_array_add (self->items, item);
    else
      surplus = self->may_drop != NULL ? make_room (self, item) : write_over (self, item);
    wake = !self->pending;
    self->pending = TRUE;
  }
  g_mutex_unlock (&self->mutex);

  free_item (self, surplus);
  if (wake)
    schedule (self);
}

/**
 * plancia_mailbox_flush:
 * @self: a mailbox
 *
 * On the target's thread.
 */
void
plancia_mailbox_flush (PlanciaMailbox *self)
{
  deliver (self, FALSE);
}

/**
 * plancia_mailbox_close:
 * @self: a mailbox
 *
 * On the target's thread. The function is never called again.
 */
void
plancia_mailbox_close (PlanciaMailbox *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->closed = TRUE;
}
