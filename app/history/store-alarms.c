/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/store-private.h"

typedef struct
{
  char     **devices;
  GPtrArray *alarms; /* PlanciaAlarmRecord */
  guint      limit;
} Question;

static void
question_free (Question *question)
{
  g_strfreev (question->devices);
  g_clear_pointer (&question->alarms, g_ptr_array_unref);
  g_free (question);
}

static gpointer
ask_put_alarms (PlanciaStoreSqlite *file, gpointer data, GCancellable *cancellable, GError **error)
{
  Question *question = data;

  return plancia_store_done (plancia_store_sqlite_put_alarms (file, question->alarms, error));
}

static gpointer
ask_list_alarms (PlanciaStoreSqlite *file, gpointer data, GCancellable *cancellable, GError **error)
{
  Question *question = data;

  return plancia_store_sqlite_list_alarms (file,
                                           (const char *const *) question->devices,
                                           question->limit,
                                           error);
}

static gpointer
copy_alarm (gconstpointer record, gpointer user_data)
{
  return plancia_alarm_record_copy (record);
}

/**
 * plancia_store_put_alarms_async:
 * @self: a store
 * @records: (element-type PlanciaAlarmRecord): copied
 * @callback: (nullable): when they are on disk or failed
 * @user_data: for @callback
 */
void
plancia_store_put_alarms_async (PlanciaStore       *self,
                                GPtrArray          *records,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  Question *question = g_new0 (Question, 1);

  question->alarms = g_ptr_array_copy (records, copy_alarm, NULL);
  g_ptr_array_set_free_func (question->alarms, (GDestroyNotify) plancia_alarm_record_free);
  plancia_store_run (self,
                     ask_put_alarms,
                     question,
                     (GDestroyNotify) question_free,
                     NULL,
                     NULL,
                     callback,
                     user_data);
}

gboolean
plancia_store_put_alarms_finish (PlanciaStore *self, GAsyncResult *result, GError **error)
{
  return plancia_store_finish_done (self, result, error);
}

/**
 * plancia_store_list_alarms_async:
 * @self: a store
 * @devices: ids
 * @limit: alarms of each, at most
 * @cancellable: (nullable): gives up
 * @callback: when the answer is there
 * @user_data: for @callback
 */
void
plancia_store_list_alarms_async (PlanciaStore       *self,
                                 const char *const  *devices,
                                 guint               limit,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  Question *question = g_new0 (Question, 1);

  question->devices = g_strdupv ((char **) devices);
  question->limit = limit;
  plancia_store_run (self,
                     ask_list_alarms,
                     question,
                     (GDestroyNotify) question_free,
                     (GDestroyNotify) g_ptr_array_unref,
                     cancellable,
                     callback,
                     user_data);
}

GPtrArray *
plancia_store_list_alarms_finish (PlanciaStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
