/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* From a worker to the main loop without a question: items are added under a mutex, at most one
 * idle is pending in the target context, which then gets everything at once. Bounded: when full the
 * oldest item is dropped and counted, or the oldest of those that may be dropped. */
typedef struct _PlanciaMailbox PlanciaMailbox;

/* TRUE for an item that a later one makes up for; with the mailbox's mutex held. */
typedef gboolean (*PlanciaMailboxMayDrop) (gconstpointer item);
/* items: GPtrArray that owns its items, valid during the call. dropped: since the last delivery. */
typedef void (*PlanciaMailboxFunc) (GPtrArray *items, guint64 dropped, gpointer user_data);

/* target: NULL for the default context. */
PlanciaMailbox *plancia_mailbox_new (GMainContext      *target,
                                     guint              capacity,
                                     GDestroyNotify     item_free,
                                     PlanciaMailboxFunc func,
                                     gpointer           user_data);
PlanciaMailbox *plancia_mailbox_ref (PlanciaMailbox *self);
void            plancia_mailbox_unref (PlanciaMailbox *self);
/* Before the first post: deliveries are at least so many ms apart; 0 at first. */
void plancia_mailbox_set_delay (PlanciaMailbox *self, guint delay);
/* Before the first post: what is dropped when it is full; what may not be dropped is kept beyond the capacity. */
void plancia_mailbox_set_may_drop (PlanciaMailbox *self, PlanciaMailboxMayDrop may_drop);
/* Any thread. Takes the item. */
void plancia_mailbox_post (PlanciaMailbox *self, gpointer item);
/* Target context's thread: what waits is delivered now. */
void plancia_mailbox_flush (PlanciaMailbox *self);
/* Target context's thread. After this func is never called again; later posts free their item. */
void plancia_mailbox_close (PlanciaMailbox *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlanciaMailbox, plancia_mailbox_unref)

G_END_DECLS
