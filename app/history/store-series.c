/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "history/store-private.h"

void
plancia_series_name_free (PlanciaSeriesName *self)
{
  g_free (self->device);
  g_free (self->source);
  g_free (self->key);
  g_free (self);
}

static gpointer
ask_list_series (PlanciaStoreSqlite *file,
                 gpointer            devices,
                 GCancellable       *cancellable,
                 GError            **error)
{
  return plancia_store_sqlite_list_series (file, devices, cancellable, error);
}

void
plancia_store_list_series_async (PlanciaStore       *self,
                                 const char *const  *devices,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  plancia_store_run (self,
                     ask_list_series,
                     g_strdupv ((char **) devices),
                     (GDestroyNotify) g_strfreev,
                     (GDestroyNotify) g_ptr_array_unref,
                     cancellable,
                     callback,
                     user_data);
}

GPtrArray *
plancia_store_list_series_finish (PlanciaStore *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
