/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/callback-receiver.h"

#include "backend/callback-file.h"
#include "backend/callback-secret.h"
#include "backend/callback-server.h"
#include "backend/callback-test.h"
#include "base/clock.h"
#include "base/list-rows.h"
#include "base/worker.h"
#include "plant/secrets.h"
#include <string.h>

/* Under which the secret part of the path is kept. */
#define SECRET_ACCOUNT "callback receiver"
#define SECRET_NAME    "path"
/* Bodies that are listed; all are in the file. */
#define MOST_BODIES      200
#define MAILBOX_CAPACITY 256
/* us for what is under way when the program ends. */
#define CLOSE_LIMIT G_USEC_PER_SEC

/* What lives on the worker. */
typedef struct
{
  PlanciaCallbackServer *server;
  PlanciaMailbox        *arrivals;
  char                  *file;
} Listener;

struct _PlanciaCallbackReceiver
{
  GObject parent_instance;

  PlanciaCloudWrites  *writes;
  PlanciaWorker       *worker;
  Listener            *listener; /* the worker's */
  PlanciaMailbox      *arrivals;
  GPtrArray           *bodies; /* PlanciaCallbackBody, newest first */
  GHashTable          *marks;  /* of tests that have arrived */
  PlanciaReceiverState state;
  GError              *error;
  guint                epoch; /* starts and stops: older ones are not listened to */
  char                *address;
  char                *public_url;
  char                *secret;
  guint16              port;
  guint16              wanted_port;
  gboolean             keeps_path;
  gint64               last_call;
};

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlanciaCallbackReceiver,
                               plancia_callback_receiver,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

/* What goes to the worker with a task, and what comes back. */
typedef struct
{
  Listener            *listener; /* borrowed */
  guint                epoch;
  char                *address;
  guint16              port;
  gboolean             renew;
  char                *secret;
  gboolean             in_memory;
  PlanciaCallbackBody *body;
} Call;

static void
call_free (gpointer data)
{
  Call *self = data;

  g_clear_object (&self->body);
  g_free (self->address);
  g_free (self->secret);
  g_free (self);
}

static Call *
call_new (PlanciaCallbackReceiver *self)
{
  Call *call = g_new0 (Call, 1);

  call->listener = self->listener;
  call->epoch = self->epoch;
  return call;
}

static void
run (PlanciaCallbackReceiver *self, Call *call, PlanciaWorkerFunc func, GAsyncReadyCallback done)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, done, NULL);

  g_task_set_task_data (task, call, call_free);
  plancia_worker_run (self->worker, task, func);
}

/* --- the list -------------------------------------------------------------------------------- */

PLANCIA_DEFINE_LIST_ROWS (list_model_iface_init,
                          PLANCIA_CALLBACK_RECEIVER,
                          bodies,
                          PLANCIA_TYPE_CALLBACK_BODY)

static void
changed (PlanciaCallbackReceiver *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
prepend (PlanciaCallbackReceiver *self, PlanciaCallbackBody *body)
{
  guint removed = 0;

  g_ptr_array_insert (self->bodies, 0, g_object_ref (body));
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, 1);
  if (self->bodies->len > MOST_BODIES) {
    removed = self->bodies->len - MOST_BODIES;
    g_ptr_array_remove_range (self->bodies, MOST_BODIES, removed);
    g_list_model_items_changed (G_LIST_MODEL (self), MOST_BODIES, removed, 0);
  }
}

/* --- keeping --------------------------------------------------------------------------------- */

static void
append_func (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Call *call = task_data;
  g_autoptr (GError) error = NULL;

  if (!plancia_callback_file_append (call->listener->file, call->body, &error))
    g_warning ("a callback cannot be kept: %s", error->message);
  g_task_return_boolean (task, TRUE);
}

static void
keep (PlanciaCallbackReceiver *self, PlanciaCallbackBody *body)
{
  Call *call;

  prepend (self, body);
  if (self->listener->file == NULL)
    return;
  call = call_new (self);
  call->body = g_object_ref (body);
  run (self, call, append_func, NULL);
}

static void
load_func (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Call *call = task_data;

  g_task_return_pointer (task,
                         plancia_callback_file_load (call->listener->file, MOST_BODIES),
                         (GDestroyNotify) g_ptr_array_unref);
}

/* What has come meanwhile is newer. */
static void
loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlanciaCallbackReceiver *self = PLANCIA_CALLBACK_RECEIVER (source);
  g_autoptr (GPtrArray) bodies = g_task_propagate_pointer (G_TASK (result), NULL);
  guint position = self->bodies->len;

  if (bodies == NULL || bodies->len == 0)
    return;
  for (guint i = bodies->len; i > 0; i--)
    g_ptr_array_add (self->bodies, g_object_ref (g_ptr_array_index (bodies, i - 1)));
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, bodies->len);
  for (guint i = 0; i < self->bodies->len && self->last_call == 0; i++) {
    PlanciaCallbackBody *body = g_ptr_array_index (self->bodies, i);

    if (plancia_callback_body_get_origin (body) == PLANCIA_CALLBACK_FROM_NETWORK)
      self->last_call = plancia_callback_body_get_time (body);
  }
  changed (self);
}

/* --- what arrives ---------------------------------------------------------------------------- */

static void
take_arrival (PlanciaCallbackReceiver *self, const PlanciaCallbackArrival *arrival)
{
  g_autofree char *mark = plancia_callback_test_find_mark (arrival->body);
  g_autoptr (PlanciaCallbackBody) body = plancia_callback_body_new (
    arrival->time,
    mark != NULL ? PLANCIA_CALLBACK_FROM_TEST : PLANCIA_CALLBACK_FROM_NETWORK,
    arrival->body,
    arrival->peer);

  if (mark != NULL) {
    plancia_callback_body_set_fate (body, PLANCIA_CALLBACK_TEST);
    g_hash_table_add (self->marks, g_steal_pointer (&mark));
  } else {
    self->last_call = arrival->time;
    plancia_cloud_writes_take (self->writes, body);
  }
  keep (self, body);
  changed (self);
}

static void
arrived (GPtrArray *items, guint64 dropped, gpointer user_data)
{
  g_autoptr (PlanciaCallbackReceiver) self = g_object_ref (user_data);

  for (guint i = 0; i < items->len; i++)
    take_arrival (self, g_ptr_array_index (items, i));
}

/* --- listening ------------------------------------------------------------------------------- */

static gboolean
find_secret (Call *call, GCancellable *cancellable, GError **error)
{
  if (!call->renew) {
    g_autoptr (GError) local = NULL;

    call->secret = plancia_secrets_lookup (SECRET_ACCOUNT, SECRET_NAME, cancellable, &local);
    if (local != NULL) {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  }
  if (call->secret != NULL)
    return TRUE;
  call->secret = plancia_callback_secret_new (error);
  return call->secret != NULL && plancia_secrets_store (SECRET_ACCOUNT,
                                                        SECRET_NAME,
                                                        call->secret,
                                                        &call->in_memory,
                                                        cancellable,
                                                        error);
}

static void
start_func (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Call     *call = task_data;
  Listener *listener = call->listener;
  GError   *error = NULL;

  g_clear_pointer (&listener->server, plancia_callback_server_free);
  if (find_secret (call, cancellable, &error))
    listener->server = plancia_callback_server_new (call->address,
                                                    call->port,
                                                    call->secret,
                                                    listener->arrivals,
                                                    &error);
  if (listener->server == NULL) {
    g_task_return_error (task, error);
    return;
  }
  call->port = plancia_callback_server_get_port (listener->server);
  g_task_return_boolean (task, TRUE);
}

static void
stop_func (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_clear_pointer (&((Call *) task_data)->listener->server, plancia_callback_server_free);
  g_task_return_boolean (task, TRUE);
}

static void
tell_writes (PlanciaCallbackReceiver *self)
{
  g_autofree char *url = plancia_callback_receiver_dup_public_url (self);

  plancia_cloud_writes_set_callback_url (self->writes, url);
}

static void
started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PlanciaCallbackReceiver *self = PLANCIA_CALLBACK_RECEIVER (source);
  Call                    *call = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean listens = g_task_propagate_boolean (G_TASK (result), &error);

  if (call->epoch != self->epoch)
    return;
  g_clear_error (&self->error);
  self->state = listens ? PLANCIA_RECEIVER_LISTENING : PLANCIA_RECEIVER_FAILED;
  self->error = g_steal_pointer (&error);
  if (call->secret != NULL) {
    g_free (self->secret);
    self->secret = g_strdup (call->secret);
    self->keeps_path = !call->in_memory;
  }
  self->port = listens ? call->port : 0;
  tell_writes (self);
  changed (self);
}

static void
begin (PlanciaCallbackReceiver *self, gboolean renew)
{
  Call *call;

  self->epoch++;
  self->state = PLANCIA_RECEIVER_STARTING;
  g_clear_error (&self->error);
  call = call_new (self);
  call->address = g_strdup (self->address);
  call->port = self->wanted_port;
  call->renew = renew;
  run (self, call, start_func, started);
  changed (self);
}

static void
listener_close (gpointer data)
{
  g_clear_pointer (&((Listener *) data)->server, plancia_callback_server_free);
}

static void
plancia_callback_receiver_dispose (GObject *object)
{
  plancia_callback_receiver_close (PLANCIA_CALLBACK_RECEIVER (object));

  G_OBJECT_CLASS (plancia_callback_receiver_parent_class)->dispose (object);
}

static void
plancia_callback_receiver_finalize (GObject *object)
{
  PlanciaCallbackReceiver *self = PLANCIA_CALLBACK_RECEIVER (object);

  g_object_unref (self->writes);
  g_ptr_array_unref (self->bodies);
  g_hash_table_unref (self->marks);
  g_clear_error (&self->error);
  g_free (self->address);
  g_free (self->public_url);
  g_free (self->secret);

  G_OBJECT_CLASS (plancia_callback_receiver_parent_class)->finalize (object);
}

static void
plancia_callback_receiver_class_init (PlanciaCallbackReceiverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_callback_receiver_dispose;
  object_class->finalize = plancia_callback_receiver_finalize;
  signals[CHANGED] = g_signal_new ("changed",
                                   PLANCIA_TYPE_CALLBACK_RECEIVER,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);
}

static void
plancia_callback_receiver_init (PlanciaCallbackReceiver *self)
{
  self->bodies = g_ptr_array_new_with_free_func (g_object_unref);
  self->marks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->address = g_strdup ("127.0.0.1");
  self->keeps_path = TRUE;
}

/* --- public ---------------------------------------------------------------------------------- */

void
plancia_receiver_test_free (PlanciaReceiverTest *self)
{
  g_clear_error (&self->loopback);
  g_clear_error (&self->public_);
  g_free (self);
}

char *
plancia_callback_receiver_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "plancia", "callbacks.txt", NULL);
}

/**
 * plancia_callback_receiver_new:
 * @writes: whom callbacks answer
 * @file: (nullable): where they are kept
 *
 * Returns: (transfer full): off
 */
PlanciaCallbackReceiver *
plancia_callback_receiver_new (PlanciaCloudWrites *writes, const char *file)
{
  PlanciaCallbackReceiver *self = g_object_new (PLANCIA_TYPE_CALLBACK_RECEIVER, NULL);

  self->writes = g_object_ref (writes);
  self->arrivals = plancia_mailbox_new (NULL,
                                        MAILBOX_CAPACITY,
                                        (GDestroyNotify) plancia_callback_arrival_free,
                                        arrived,
                                        self);
  self->listener = g_new0 (Listener, 1);
  self->listener->arrivals = plancia_mailbox_ref (self->arrivals);
  self->listener->file = g_strdup (file);
  self->worker = plancia_worker_new ("callbacks");
  if (file != NULL)
    run (self, call_new (self), load_func, loaded);
  return self;
}

void
plancia_callback_receiver_close (PlanciaCallbackReceiver *self)
{
  Listener *listener = self->listener;

  if (listener == NULL)
    return;
  self->epoch++;
  self->listener = NULL;
  plancia_mailbox_close (self->arrivals);
  if (!plancia_worker_finish (self->worker, listener_close, listener, CLOSE_LIMIT))
    listener_close (listener);
  g_clear_object (&self->worker);
  g_clear_pointer (&self->arrivals, plancia_mailbox_unref);
  plancia_mailbox_unref (listener->arrivals);
  g_free (listener->file);
  g_free (listener);
  plancia_cloud_writes_set_callback_url (self->writes, NULL);
  self->state = PLANCIA_RECEIVER_OFF;
}

/**
 * plancia_callback_receiver_start:
 * @self: a receiver
 * @address: of this computer
 * @port: 0: a free one
 *
 * "changed" follows when it listens, or cannot.
 */
void
plancia_callback_receiver_start (PlanciaCallbackReceiver *self, const char *address, guint16 port)
{
  char *copy = g_strdup (address);

  g_free (self->address);
  self->address = copy;
  self->wanted_port = port;
  begin (self, FALSE);
}

void
plancia_callback_receiver_stop (PlanciaCallbackReceiver *self)
{
  if (self->state == PLANCIA_RECEIVER_OFF)
    return;
  self->epoch++;
  self->state = PLANCIA_RECEIVER_OFF;
  self->port = 0;
  g_clear_error (&self->error);
  run (self, call_new (self), stop_func, NULL);
  changed (self);
}

static void
forget_func (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (!plancia_secrets_clear (SECRET_ACCOUNT, cancellable, &error))
    g_info ("the path of the receiver: %s", error->message);
  g_task_return_boolean (task, TRUE);
}

void
plancia_callback_receiver_forget (PlanciaCallbackReceiver *self)
{
  plancia_callback_receiver_stop (self);
  g_clear_pointer (&self->secret, g_free);
  tell_writes (self);
  run (self, call_new (self), forget_func, NULL);
  changed (self);
}

void
plancia_callback_receiver_renew (PlanciaCallbackReceiver *self)
{
  if (self->state != PLANCIA_RECEIVER_OFF)
    begin (self, TRUE);
}

void
plancia_callback_receiver_set_public_url (PlanciaCallbackReceiver *self, const char *url)
{
  char *copy = url != NULL ? g_strstrip (g_strdup (url)) : NULL;

  g_free (self->public_url);
  self->public_url = copy;
  tell_writes (self);
  changed (self);
}

PlanciaReceiverState
plancia_callback_receiver_get_state (PlanciaCallbackReceiver *self)
{
  return self->state;
}

const GError *
plancia_callback_receiver_get_error (PlanciaCallbackReceiver *self)
{
  return self->error;
}

guint16
plancia_callback_receiver_get_port (PlanciaCallbackReceiver *self)
{
  return self->port;
}

gboolean
plancia_callback_receiver_keeps_path (PlanciaCallbackReceiver *self)
{
  return self->keeps_path;
}

char *
plancia_callback_receiver_dup_public_url (PlanciaCallbackReceiver *self)
{
  const char *url = self->public_url;

  if (url == NULL || *url == '\0' || self->secret == NULL)
    return NULL;
  return g_strconcat (url, g_str_has_suffix (url, "/") ? "" : "/", self->secret, NULL);
}

/* One that listens on all addresses is reached by loopback, too. */
char *
plancia_callback_receiver_dup_loopback_url (PlanciaCallbackReceiver *self)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (self->address);
  gboolean v6 = address != NULL && g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6;
  g_autofree char *host = NULL;

  if (self->state != PLANCIA_RECEIVER_LISTENING || self->secret == NULL)
    return NULL;
  if (address != NULL && g_inet_address_get_is_any (address))
    host = g_strdup (v6 ? "[::1]" : "127.0.0.1");
  else
    host = g_strdup_printf (v6 ? "[%s]" : "%s", self->address);
  return g_strdup_printf ("http://%s:%u/%s", host, self->port, self->secret);
}

gint64
plancia_callback_receiver_get_last_call (PlanciaCallbackReceiver *self)
{
  return self->last_call;
}

/**
 * plancia_callback_receiver_take:
 * @self: a receiver, listening or not
 * @body: pasted, or from a file
 *
 * Returns: (transfer none): what was kept; its fate says what it was
 */
PlanciaCallbackBody *
plancia_callback_receiver_take (PlanciaCallbackReceiver *self, GBytes *body)
{
  g_autoptr (PlanciaCallbackBody) taken =
    plancia_callback_body_new (plancia_clock_now (), PLANCIA_CALLBACK_FROM_PERSON, body, NULL);

  plancia_cloud_writes_take (self->writes, taken);
  keep (self, taken);
  return g_ptr_array_index (self->bodies, 0);
}

/* --- the test -------------------------------------------------------------------------------- */

typedef struct
{
  char                *loopback;
  char                *public_;
  char                *marks[2];
  PlanciaReceiverTest *result;
} Test;

static void
test_free (gpointer data)
{
  Test *self = data;

  g_free (self->loopback);
  g_free (self->public_);
  g_free (self->marks[0]);
  g_free (self->marks[1]);
  g_clear_pointer (&self->result, plancia_receiver_test_free);
  g_free (self);
}

/* On a thread of the pool: the worker has to answer meanwhile. */
static void
test_func (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Test *test = task_data;

  plancia_callback_test_post (test->loopback, test->marks[0], cancellable, &test->result->loopback);
  if (test->public_ != NULL)
    plancia_callback_test_post (test->public_, test->marks[1], cancellable, &test->result->public_);
  g_task_return_boolean (task, TRUE);
}

void
plancia_callback_receiver_test_async (PlanciaCallbackReceiver *self,
                                      GCancellable            *cancellable,
                                      GAsyncReadyCallback      callback,
                                      gpointer                 user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Test *test;

  if (self->state != PLANCIA_RECEIVER_LISTENING) {
    g_task_return_new_error (task,
                             G_IO_ERROR,
                             G_IO_ERROR_NOT_CONNECTED,
                             "the receiver does not listen");
    return;
  }
  test = g_new0 (Test, 1);
  test->loopback = plancia_callback_receiver_dup_loopback_url (self);
  test->public_ = plancia_callback_receiver_dup_public_url (self);
  test->marks[0] = g_uuid_string_random ();
  test->marks[1] = g_uuid_string_random ();
  test->result = g_new0 (PlanciaReceiverTest, 1);
  test->result->has_public = test->public_ != NULL;
  g_task_set_task_data (task, test, test_free);
  g_task_run_in_thread (task, test_func);
}

/* Somebody else may have said yes. */
static void
check_mark (PlanciaCallbackReceiver *self, const char *mark, GError **error)
{
  if (!g_hash_table_remove (self->marks, mark) && *error == NULL)
    g_set_error_literal (error,
                         G_IO_ERROR,
                         G_IO_ERROR_NOT_FOUND,
                         "something answered there, but it was not this receiver");
}

PlanciaReceiverTest *
plancia_callback_receiver_test_finish (PlanciaCallbackReceiver *self,
                                       GAsyncResult            *result,
                                       GError                 **error)
{
  Test *test = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  if (self->arrivals != NULL)
    plancia_mailbox_flush (self->arrivals);
  check_mark (self, test->marks[0], &test->result->loopback);
  if (test->public_ != NULL)
    check_mark (self, test->marks[1], &test->result->public_);
  return g_steal_pointer (&test->result);
}
