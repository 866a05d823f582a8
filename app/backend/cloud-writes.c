/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/cloud-writes.h"

#include "base/list-rows.h"
#include "protocol/system-json.h"

#define PATIENCE 120000
/* Those that have ended and are still listed. */
#define MOST_WRITES 200

struct _PlanciaCloudWrites
{
  GObject parent_instance;

  GPtrArray         *writes; /* newest first */
  char              *callback_url;
  guint              patience;
  PlanciaCloudReader reader;
  gpointer           reader_data;
  GDestroyNotify     reader_destroy;
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PlanciaCloudWrites,
                               plancia_cloud_writes,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

/* --- the list -------------------------------------------------------------------------------- */

PLANCIA_DEFINE_LIST_ROWS (list_model_iface_init,
                          PLANCIA_CLOUD_WRITES,
                          writes,
                          PLANCIA_TYPE_CLOUD_WRITE)

static void
plancia_cloud_writes_finalize (GObject *object)
{
  PlanciaCloudWrites *self = PLANCIA_CLOUD_WRITES (object);

  plancia_cloud_writes_set_reader (self, NULL, NULL, NULL);
  g_ptr_array_unref (self->writes);
  g_free (self->callback_url);

  G_OBJECT_CLASS (plancia_cloud_writes_parent_class)->finalize (object);
}

static void
plancia_cloud_writes_class_init (PlanciaCloudWritesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plancia_cloud_writes_finalize;
}

static void
plancia_cloud_writes_init (PlanciaCloudWrites *self)
{
  self->writes = g_ptr_array_new_with_free_func (g_object_unref);
  self->patience = PATIENCE;
}

/* --- whom a callback answers ----------------------------------------------------------------- */

static PlanciaCloudWrite *
find_oldest (PlanciaCloudWrites *self, const char *thing)
{
  for (guint i = self->writes->len; i > 0; i--) {
    PlanciaCloudWrite *write = g_ptr_array_index (self->writes, i - 1);

    if (g_str_equal (plancia_cloud_write_get_thing (write), thing) &&
        !plancia_cloud_write_has_ended (write) && !plancia_cloud_write_has_answer (write) &&
        plancia_cloud_write_get_state (write) >= PLANCIA_CLOUD_WRITE_SENT)
      return write;
  }
  return NULL;
}

/* An id that is right with another device is not right. */
static PlanciaCloudWrite *
find_answered (PlanciaCloudWrites *self, const PlanciaCallback *callback)
{
  PlanciaCloudWrite *write;

  if (callback->id == NULL)
    return find_oldest (self, callback->thing);
  write = plancia_cloud_writes_find (self, callback->id);
  if (write != NULL && g_str_equal (plancia_cloud_write_get_thing (write), callback->thing))
    return write;
  return NULL;
}

static void
record_late (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = G_TASK (result);

  if (plancia_cloud_writes_settle_finish (PLANCIA_CLOUD_WRITES (source), result))
    plancia_cloud_write_record (g_task_get_task_data (task));
}

static char *
dup_words (const PlanciaCallback *callback)
{
  if (callback->exception == 0)
    return g_strdup (callback->message);
  return g_strdup_printf ("%s%sexception %d",
                          callback->message != NULL ? callback->message : "",
                          callback->message != NULL ? ", " : "",
                          callback->exception);
}

static PlanciaCallbackFate
take_one (PlanciaCloudWrites *self, const PlanciaCallback *callback)
{
  PlanciaCloudWrite *write = find_answered (self, callback);
  g_autofree char   *words = dup_words (callback);

  if (write == NULL)
    return PLANCIA_CALLBACK_UNKNOWN;
  if (plancia_cloud_write_has_answer (write))
    return PLANCIA_CALLBACK_REPEATED;
  /* On the way: that is no end yet. */
  if (callback->status == PLANCIA_CALLBACK_OTHER)
    return PLANCIA_CALLBACK_MATCHED;
  plancia_cloud_write_answer (write, callback->status == PLANCIA_CALLBACK_DONE, words);
  /* Later than anybody waited. */
  if (plancia_cloud_write_get_state (write) == PLANCIA_CLOUD_WRITE_UNKNOWN)
    plancia_cloud_writes_settle_async (self, write, record_late, NULL);
  return PLANCIA_CALLBACK_MATCHED;
}

/* Of several things in one body, the most telling. */
static int
weight (PlanciaCallbackFate fate)
{
  return fate == PLANCIA_CALLBACK_MATCHED ? 2 : fate == PLANCIA_CALLBACK_REPEATED ? 1 : 0;
}

/* --- public ---------------------------------------------------------------------------------- */

PlanciaCloudWrites *
plancia_cloud_writes_new (void)
{
  return g_object_new (PLANCIA_TYPE_CLOUD_WRITES, NULL);
}

PlanciaCloudWrites *
plancia_cloud_writes_get_default (void)
{
  static PlanciaCloudWrites *writes;

  if (writes == NULL)
    writes = plancia_cloud_writes_new ();
  return writes;
}

static void
forget_old (PlanciaCloudWrites *self)
{
  guint last = self->writes->len - 1;

  if (self->writes->len <= MOST_WRITES ||
      !plancia_cloud_write_has_ended (g_ptr_array_index (self->writes, last)))
    return;
  g_ptr_array_remove_index (self->writes, last);
  g_list_model_items_changed (G_LIST_MODEL (self), last, 1, 0);
}

void
plancia_cloud_writes_add (PlanciaCloudWrites *self, PlanciaCloudWrite *write)
{
  g_ptr_array_insert (self->writes, 0, g_object_ref (write));
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, 1);
  forget_old (self);
}

void
plancia_cloud_writes_forget (PlanciaCloudWrites *self, const char *account)
{
  for (guint i = self->writes->len; i > 0; i--) {
    PlanciaCloudWrite *write = g_ptr_array_index (self->writes, i - 1);

    if (!g_str_equal (plancia_cloud_write_get_account (write), account) ||
        !plancia_cloud_write_has_ended (write))
      continue;
    g_ptr_array_remove_index (self->writes, i - 1);
    g_list_model_items_changed (G_LIST_MODEL (self), i - 1, 1, 0);
  }
}

PlanciaCloudWrite *
plancia_cloud_writes_find (PlanciaCloudWrites *self, const char *id)
{
  for (guint i = 0; i < self->writes->len; i++) {
    PlanciaCloudWrite *write = g_ptr_array_index (self->writes, i);

    if (g_str_equal (plancia_cloud_write_get_id (write), id))
      return write;
  }
  return NULL;
}

void
plancia_cloud_writes_set_callback_url (PlanciaCloudWrites *self, const char *url)
{
  char *copy = g_strdup (url);

  g_free (self->callback_url);
  self->callback_url = copy;
}

const char *
plancia_cloud_writes_get_callback_url (PlanciaCloudWrites *self)
{
  return self->callback_url;
}

void
plancia_cloud_writes_set_patience (PlanciaCloudWrites *self, guint patience)
{
  self->patience = patience;
}

guint
plancia_cloud_writes_get_patience (PlanciaCloudWrites *self)
{
  return self->patience;
}

/**
 * plancia_cloud_writes_take:
 * @self: the writes
 * @body: what somebody posted or pasted
 */
void
plancia_cloud_writes_take (PlanciaCloudWrites *self, PlanciaCallbackBody *body)
{
  g_autoptr (GPtrArray)
    callbacks = plancia_system_json_callback (plancia_callback_body_get_body (body), NULL);
  PlanciaCallbackFate fate = callbacks != NULL ? PLANCIA_CALLBACK_UNKNOWN
                                               : PLANCIA_CALLBACK_UNREADABLE;

  for (guint i = 0; callbacks != NULL && i < callbacks->len; i++) {
    PlanciaCallbackFate one = take_one (self, g_ptr_array_index (callbacks, i));

    if (weight (one) > weight (fate))
      fate = one;
  }
  plancia_callback_body_set_fate (body, fate);
}

void
plancia_cloud_writes_set_reader (PlanciaCloudWrites *self,
                                 PlanciaCloudReader  reader,
                                 gpointer            user_data,
                                 GDestroyNotify      destroy)
{
  if (self->reader_destroy != NULL)
    self->reader_destroy (self->reader_data);
  self->reader = reader;
  self->reader_data = user_data;
  self->reader_destroy = destroy;
}

void
plancia_cloud_writes_reader_return (GTask *task, GArray *words, GError *error)
{
  if (words != NULL)
    g_task_return_pointer (task, words, (GDestroyNotify) g_array_unref);
  else
    g_task_return_error (task, error);
  g_object_unref (task);
}

/**
 * plancia_cloud_writes_read_async:
 * @self: the writes
 * @write: whose registers are to be read
 * @cancellable: (nullable): stops waiting
 * @callback: when it is done
 * @user_data: for @callback
 *
 * Asks a device that is reached without the cloud for what it has now.
 */
void
plancia_cloud_writes_read_async (PlanciaCloudWrites *self,
                                 PlanciaCloudWrite  *write,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  if (self->reader != NULL)
    self->reader (write, g_object_ref (task), self->reader_data);
  else
    g_task_return_new_error (task,
                             G_IO_ERROR,
                             G_IO_ERROR_NOT_SUPPORTED,
                             "there is no other way to the device");
}

GArray *
plancia_cloud_writes_read_finish (PlanciaCloudWrites *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- how a write ends ------------------------------------------------------------------------ */

static const char *
reason_of (PlanciaCloudWrite *write)
{
  const char *answer = plancia_cloud_write_get_answer (write);

  return answer != NULL ? answer : "the cloud says that the device did not take it";
}

static void
end_compared (PlanciaCloudWrite *write, GArray *words)
{
  const guint16 *after = (const guint16 *) (gpointer) words->data;

  plancia_cloud_write_set_after (write, after);
  if (plancia_cloud_write_compare (write, after))
    plancia_cloud_write_advance (write, PLANCIA_CLOUD_WRITE_DONE, PLANCIA_VERDICT_VERIFIED, NULL);
  else if (plancia_cloud_write_has_answer (write))
    plancia_cloud_write_advance (write,
                                 PLANCIA_CLOUD_WRITE_FAILED,
                                 PLANCIA_VERDICT_DIFFERS,
                                 "the cloud says done, but another value was read back");
  else
    plancia_cloud_write_note (write, "no answer came, and the device has another value so far");
}

static void
end_unread (PlanciaCloudWrite *write, const GError *error)
{
  g_autofree char *message = NULL;

  if (plancia_cloud_write_has_answer (write)) {
    plancia_cloud_write_advance (write,
                                 PLANCIA_CLOUD_WRITE_DONE,
                                 PLANCIA_VERDICT_SENT,
                                 "done, as the cloud says; it could not be read back");
    return;
  }
  message = g_strdup_printf ("no answer came, and it could not be read back: %s", error->message);
  plancia_cloud_write_note (write, message);
}

static gboolean
is_settled (PlanciaCloudWrite *write)
{
  PlanciaCloudWriteState state = plancia_cloud_write_get_state (write);

  return state == PLANCIA_CLOUD_WRITE_DONE || state == PLANCIA_CLOUD_WRITE_FAILED;
}

static void
settle_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  PlanciaCloudWrite *write = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray)
    words = plancia_cloud_writes_read_finish (PLANCIA_CLOUD_WRITES (source), result, &error);

  if (words != NULL && words->len == plancia_cloud_write_get_count (write))
    end_compared (write, words);
  else if (error != NULL)
    end_unread (write, error);
  g_task_return_boolean (task, is_settled (write));
}

/**
 * plancia_cloud_writes_settle_async:
 * @self: the writes
 * @write: one that was sent
 * @callback: (nullable): when it is clear, or stays unclear
 * @user_data: for @callback
 *
 * What the cloud calls failed has failed; all else is read back if there is a way.
 */
void
plancia_cloud_writes_settle_async (PlanciaCloudWrites *self,
                                   PlanciaCloudWrite  *write,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_task_data (task, g_object_ref (write), g_object_unref);
  if (is_settled (write)) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  if (plancia_cloud_write_has_answer (write) && !plancia_cloud_write_was_answered_done (write)) {
    plancia_cloud_write_advance (write,
                                 PLANCIA_CLOUD_WRITE_FAILED,
                                 PLANCIA_VERDICT_REFUSED,
                                 reason_of (write));
    g_task_return_boolean (task, TRUE);
    return;
  }
  plancia_cloud_writes_read_async (self, write, NULL, settle_read, g_steal_pointer (&task));
}

gboolean
plancia_cloud_writes_settle_finish (PlanciaCloudWrites *self, GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}
