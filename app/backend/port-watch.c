/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/port-watch.h"

#include "backend/port-names.h"
#include "base/signal-new.h"
#include "base/worker.h"
#include "link/serial-list.h"

#define PERIOD 2000 /* ms */

struct _PlanciaPortWatch
{
  GObject parent_instance;

  PlanciaWorker *worker;
  GPtrArray     *ports;
  guint          timer;
  gboolean       looking;
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlanciaPortWatch, plancia_port_watch, G_TYPE_OBJECT)

/* Held by those who use it, so that nothing polls while nobody looks. */
static PlanciaPortWatch *the_watch;

/* --- on the worker --------------------------------------------------------------------------- */

static void
look_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, plancia_port_watch_list (), (GDestroyNotify) g_ptr_array_unref);
}

static void
name_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  char **words = data;
  g_autoptr (GError) error = NULL;

  if (!plancia_port_names_set (words[0], words[1], &error))
    g_warning ("naming a serial port: %s", error->message);
  look_on_worker (task, source, data, cancellable);
}

/* --- on the main thread ---------------------------------------------------------------------- */

static gboolean
lists_equal (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!plancia_serial_port_info_equal (g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
      return FALSE;
  return TRUE;
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlanciaPortWatch *self = PLANCIA_PORT_WATCH (source);
  g_autoptr (GPtrArray) ports = g_task_propagate_pointer (G_TASK (result), NULL);
  gboolean first = self->ports == NULL;

  self->looking = FALSE;
  if (ports == NULL || (!first && lists_equal (ports, self->ports)))
    return;
  g_clear_pointer (&self->ports, g_ptr_array_unref);
  self->ports = g_steal_pointer (&ports);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
look (PlanciaPortWatch *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->looking)
    return;
  self->looking = TRUE;
  task = g_task_new (self, NULL, looked_cb, NULL);
  plancia_worker_run (self->worker, task, look_on_worker);
}

static gboolean
look_again_cb (gpointer user_data)
{
  look (user_data);
  return G_SOURCE_CONTINUE;
}

static void
plancia_port_watch_dispose (GObject *object)
{
  PlanciaPortWatch *self = PLANCIA_PORT_WATCH (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->worker != NULL)
    plancia_worker_stop (self->worker);
  g_clear_object (&self->worker);
  g_clear_pointer (&self->ports, g_ptr_array_unref);
  G_OBJECT_CLASS (plancia_port_watch_parent_class)->dispose (object);
}

static void
plancia_port_watch_class_init (PlanciaPortWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plancia_port_watch_dispose;
  signals[SIGNAL_CHANGED] = plancia_signal_new (PLANCIA_TYPE_PORT_WATCH, "changed", 0);
}

static void
plancia_port_watch_init (PlanciaPortWatch *self)
{
  self->worker = plancia_worker_new ("plancia-ports");
  self->timer = g_timeout_add (PERIOD, look_again_cb, self);
  look (self);
}

/**
 * plancia_port_watch_get:
 *
 * Main thread. Returns: (transfer full): the one watch, which looks for as long as somebody holds it
 */
PlanciaPortWatch *
plancia_port_watch_get (void)
{
  if (the_watch != NULL)
    return g_object_ref (the_watch);
  the_watch = g_object_new (PLANCIA_TYPE_PORT_WATCH, NULL);
  g_object_add_weak_pointer (G_OBJECT (the_watch), (gpointer *) &the_watch);
  return the_watch;
}

/**
 * plancia_port_watch_get_ports:
 * @self: the watch
 *
 * Returns: (transfer none) (nullable): of PlanciaSerialPortInfo*, sorted by path; NULL before the first look is over
 */
GPtrArray *
plancia_port_watch_get_ports (PlanciaPortWatch *self)
{
  return self->ports;
}

/**
 * plancia_port_watch_find:
 * @self: the watch
 * @text: a path, a link in /dev/serial/by-id, an identity or a name that a user gave
 *
 * Returns: (transfer none) (nullable): the port, if it is there now
 */
const PlanciaSerialPortInfo *
plancia_port_watch_find (PlanciaPortWatch *self, const char *text)
{
  return self->ports != NULL ? plancia_serial_port_find (self->ports, text) : NULL;
}

/**
 * plancia_port_watch_set_name:
 * @self: the watch
 * @identity: of the adapter, which may be away
 * @name: (nullable): %NULL or "" forgets
 *
 * "changed" follows when the port is there.
 */
void
plancia_port_watch_set_name (PlanciaPortWatch *self, const char *identity, const char *name)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, looked_cb, NULL);
  char **words = g_new0 (char *, 3);

  words[0] = g_strdup (identity);
  words[1] = g_strdup (name);
  g_task_set_task_data (task, words, (GDestroyNotify) g_strfreev);
  plancia_worker_run (self->worker, task, name_on_worker);
}

/**
 * plancia_port_watch_list:
 *
 * What the watch sees. Blocking: on a worker. Returns: (transfer full): of PlanciaSerialPortInfo*, sorted by path
 */
GPtrArray *
plancia_port_watch_list (void)
{
  GPtrArray *ports = plancia_serial_port_list ();

  plancia_port_names_apply (ports);
  return ports;
}

/**
 * plancia_port_watch_find_in:
 * @ports: of PlanciaSerialPortInfo*
 * @text: a path, a link in /dev/serial/by-id, an identity or a name that a user gave
 *
 * Any thread. Returns: (transfer none) (nullable): the port that is meant
 */
const PlanciaSerialPortInfo *
plancia_port_watch_find_in (GPtrArray *ports, const char *text)
{
  return plancia_serial_port_find (ports, text);
}
