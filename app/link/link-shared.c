/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link/link-shared.h"

#include "base/clock.h"
#include "link/links.h"

/* Between two looks at the cancellable while another holder has the line, us. */
#define LOOK_INTERVAL 20000

/* The endpoint, counted by its holders. */
typedef struct
{
  char        *key;
  guint        holders; /* under the lock of all */
  PlanciaLink *inner;
  guint        spacing;

  GMutex   mutex;
  GCond    free;
  gboolean busy;
  gboolean close_wanted; /* by a holder while another one was at it */
  gboolean lost;         /* the peer closed it: only a person opens it again */
  gint64   last_end;     /* monotonic ms; 0: none yet */
} Endpoint;

static GMutex      all_mutex;
static GHashTable *all; /* key -> Endpoint* */

#define PLANCIA_TYPE_LINK_SHARED (plancia_link_shared_get_type ())
G_DECLARE_FINAL_TYPE (PlanciaLinkShared, plancia_link_shared, PLANCIA, LINK_SHARED, GObject)

struct _PlanciaLinkShared
{
  GObject parent_instance;

  Endpoint           *endpoint;
  PlanciaLinkObserver observer;
  gpointer            observer_data;
};

static void plancia_link_shared_link_init (PlanciaLinkInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlanciaLinkShared,
                               plancia_link_shared,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (PLANCIA_TYPE_LINK,
                                                      plancia_link_shared_link_init))

/* Takes inner. */
static Endpoint *
endpoint_get (const char *key, guint spacing, PlanciaLink *inner)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&all_mutex);
  Endpoint *self;

  if (all == NULL)
    all = g_hash_table_new (g_str_hash, g_str_equal);
  self = g_hash_table_lookup (all, key);
  if (self != NULL) {
    g_object_unref (inner);
  } else {
    self = g_new0 (Endpoint, 1);
    self->key = g_strdup (key);
    self->inner = inner;
    g_mutex_init (&self->mutex);
    g_cond_init (&self->free);
    g_hash_table_insert (all, self->key, self);
  }
  self->holders++;
  self->spacing = MAX (self->spacing, spacing);
  return self;
}

static void
endpoint_put (Endpoint *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&all_mutex);

  if (--self->holders > 0)
    return;
  g_hash_table_remove (all, self->key);
  g_object_unref (self->inner);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->free);
  g_free (self->key);
  g_free (self);
}

/* Waits for the line, and until it may be spoken on. FALSE when cancelled. */
static gboolean
enter (Endpoint *self, gboolean to_speak, GCancellable *cancellable, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  while (TRUE) {
    gint64 now = g_get_monotonic_time ();
    gint64 turn = to_speak && self->last_end > 0 ? (self->last_end + self->spacing) * 1000 : 0;

    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    if (!self->busy && now >= turn)
      break;
    g_cond_wait_until (&self->free,
                       &self->mutex,
                       now + (self->busy ? LOOK_INTERVAL : MIN (turn - now, LOOK_INTERVAL)));
  }
  self->busy = TRUE;
  return TRUE;
}

static void
leave (Endpoint *self, gboolean spoke)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->close_wanted)
    plancia_link_close (self->inner);
  self->close_wanted = FALSE;
  if (spoke)
    self->last_end = plancia_clock_monotonic ();
  self->busy = FALSE;
  g_cond_broadcast (&self->free);
}

static gboolean
plancia_link_shared_open (PlanciaLink *link, GCancellable *cancellable, GError **error)
{
  PlanciaLinkShared *self = PLANCIA_LINK_SHARED (link);
  gboolean           opened;

  if (!enter (self->endpoint, FALSE, cancellable, error))
    return FALSE;
  plancia_link_set_observer (self->endpoint->inner, self->observer, self->observer_data);
  opened = plancia_link_open (self->endpoint->inner, cancellable, error);
  if (opened)
    self->endpoint->lost = FALSE;
  leave (self->endpoint, FALSE);
  return opened;
}

static GBytes *
transact (PlanciaLinkShared *self,
          guint8             unit,
          GBytes            *pdu,
          GCancellable      *cancellable,
          GError           **error)
{
  Endpoint *endpoint = self->endpoint;
  g_autoptr (GError) local = NULL;
  GBytes *answer;

  if (endpoint->lost) {
    g_set_error_literal (error,
                         G_IO_ERROR,
                         G_IO_ERROR_CONNECTION_CLOSED,
                         "the peer closed the connection that is shared");
    return NULL;
  }
  plancia_link_set_observer (endpoint->inner, self->observer, self->observer_data);
  answer = plancia_link_transact (endpoint->inner, unit, pdu, cancellable, &local);
  /* Where a connection is made again by itself this is the next one's business. */
  endpoint->lost = g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED) &&
                   !plancia_link_get_reconnect (endpoint->inner);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return answer;
}

static GBytes *
plancia_link_shared_transact (PlanciaLink  *link,
                              guint8        unit,
                              GBytes       *pdu,
                              GCancellable *cancellable,
                              GError      **error)
{
  PlanciaLinkShared *self = PLANCIA_LINK_SHARED (link);
  GBytes            *answer;

  if (!enter (self->endpoint, TRUE, cancellable, error))
    return NULL;
  answer = transact (self, unit, pdu, cancellable, error);
  leave (self->endpoint, TRUE);
  return answer;
}

/* Nobody waits for another holder's request only to close the line. */
static void
plancia_link_shared_close (PlanciaLink *link)
{
  Endpoint *endpoint = PLANCIA_LINK_SHARED (link)->endpoint;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&endpoint->mutex);

  if (endpoint->busy)
    endpoint->close_wanted = TRUE;
  else
    plancia_link_close (endpoint->inner);
}

static void
plancia_link_shared_set_observer (PlanciaLink        *link,
                                  PlanciaLinkObserver observer,
                                  gpointer            user_data)
{
  PlanciaLinkShared *self = PLANCIA_LINK_SHARED (link);

  self->observer = observer;
  self->observer_data = user_data;
}

static void
plancia_link_shared_link_init (PlanciaLinkInterface *iface)
{
  iface->open = plancia_link_shared_open;
  iface->transact = plancia_link_shared_transact;
  iface->close = plancia_link_shared_close;
  iface->set_observer = plancia_link_shared_set_observer;
}

/* Whoever goes takes the connection with it: what one of two asks next opens it again. */
static void
plancia_link_shared_finalize (GObject *object)
{
  PlanciaLinkShared *self = PLANCIA_LINK_SHARED (object);

  if (enter (self->endpoint, FALSE, NULL, NULL)) {
    plancia_link_set_observer (self->endpoint->inner, NULL, NULL);
    leave (self->endpoint, FALSE);
  }
  endpoint_put (self->endpoint);
  G_OBJECT_CLASS (plancia_link_shared_parent_class)->finalize (object);
}

static void
plancia_link_shared_class_init (PlanciaLinkSharedClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_link_shared_finalize;
}

static void
plancia_link_shared_init (PlanciaLinkShared *self)
{
}

/**
 * plancia_link_shared_new:
 * @key: such as "hub://192.0.2.7:55400"
 * @spacing: ms; the longest that anybody asked for counts
 * @inner: (transfer full): what connects, if nobody is there yet
 *
 * Any thread; each holder's link then belongs to its worker. Returns: (transfer full)
 */
PlanciaLink *
plancia_link_shared_new (const char *key, guint spacing, PlanciaLink *inner)
{
  PlanciaLinkShared *self = g_object_new (PLANCIA_TYPE_LINK_SHARED, NULL);

  self->endpoint = endpoint_get (key, spacing, inner);
  return PLANCIA_LINK (self);
}

/**
 * plancia_link_shared_get_inner:
 * @self: any link
 *
 * For what only some links know, such as their framing. Returns: (transfer none)
 */
PlanciaLink *
plancia_link_shared_get_inner (PlanciaLink *self)
{
  return PLANCIA_IS_LINK_SHARED (self) ? PLANCIA_LINK_SHARED (self)->endpoint->inner : self;
}
