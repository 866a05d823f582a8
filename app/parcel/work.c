/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "parcel/work.h"

#include "base/signal-new.h"
#include "base/worker.h"
#include "history/carry.h"
#include <glib/gstdio.h>
#include <string.h>

struct _PlanciaParcelWork
{
  GObject parent_instance;

  PlanciaWorker *worker;
  GMainContext  *context; /* where it was made */
  char          *history;
  char          *journal;
  GMutex         mutex;
  double         part;    /* under mutex */
  gboolean       waiting; /* under mutex: the main thread will look */
};

enum {
  SIGNAL_PROGRESS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PlanciaParcelWork, plancia_parcel_work, G_TYPE_OBJECT)

/* What is to be done, with what. */
typedef struct
{
  PlanciaParcel *parcel;
  char          *plant;
  char          *path;
  char         **texts; /* devices, or recent files; or NULL */
  PlanciaSpan    span;
  gboolean       look;
} Errand;

static void
errand_free (Errand *self)
{
  g_clear_pointer (&self->parcel, plancia_parcel_unref);
  g_free (self->plant);
  g_free (self->path);
  g_strfreev (self->texts);
  g_free (self);
}

void
plancia_parcel_saved_free (PlanciaParcelSaved *self)
{
  g_ptr_array_unref (self->troubles);
  g_free (self);
}

/* --- progress -------------------------------------------------------------------------------- */

static gboolean
tell_cb (gpointer data)
{
  PlanciaParcelWork *self = data;
  double             part;

  g_mutex_lock (&self->mutex);
  part = self->part;
  self->waiting = FALSE;
  g_mutex_unlock (&self->mutex);
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0, part);
  return G_SOURCE_REMOVE;
}

/* On the worker: at most one look is pending. */
static void
progress_cb (double part, gpointer data)
{
  PlanciaParcelWork *self = data;
  gboolean           tell;

  g_mutex_lock (&self->mutex);
  tell = !self->waiting;
  self->waiting = TRUE;
  self->part = part;
  g_mutex_unlock (&self->mutex);
  if (tell) {
    g_autoptr (GSource) source = g_idle_source_new ();

    g_source_set_callback (source, tell_cb, g_object_ref (self), g_object_unref);
    g_source_attach (source, self->context);
  }
}

/* --- on the worker --------------------------------------------------------------------------- */

static void
save_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  PlanciaParcelWork        *self = source;
  Errand                   *errand = data;
  const PlanciaParcelChoice choice = {self->history,
                                      self->journal,
                                      !plancia_span_is_empty (errand->span),
                                      errand->span,
                                      (const char *const *) errand->texts};
  g_autoptr (PlanciaParcelSaved) saved = g_new0 (PlanciaParcelSaved, 1);
  GError  *error = NULL;
  GStatBuf status;

  saved->troubles = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_parcel_trouble_free);
  if (!plancia_parcel_save (errand->plant,
                            errand->path,
                            &choice,
                            &saved->counts,
                            saved->troubles,
                            progress_cb,
                            self,
                            cancellable,
                            &error)) {
    g_task_return_error (task, error);
    return;
  }
  saved->size = g_stat (errand->path, &status) == 0 ? status.st_size : 0;
  g_task_return_pointer (task,
                         g_steal_pointer (&saved),
                         (GDestroyNotify) plancia_parcel_saved_free);
}

static void
open_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Errand        *errand = data;
  GError        *error = NULL;
  PlanciaParcel *parcel =
    plancia_parcel_open (errand->path, progress_cb, source, cancellable, &error);

  if (parcel != NULL)
    g_task_return_pointer (task, parcel, (GDestroyNotify) plancia_parcel_unref);
  else
    g_task_return_error (task, error);
}

static void
merge_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  PlanciaParcelWork        *self = source;
  Errand                   *errand = data;
  const PlanciaParcelPlaces places = {errand->plant, self->history, self->journal};
  g_autoptr (PlanciaParcelResult) result = plancia_parcel_result_new ();
  GError *error = NULL;

  if (plancia_parcel_merge (errand->parcel,
                            &places,
                            errand->look,
                            result,
                            progress_cb,
                            self,
                            cancellable,
                            &error))
    g_task_return_pointer (task,
                           g_steal_pointer (&result),
                           (GDestroyNotify) plancia_parcel_result_free);
  else
    g_task_return_error (task, error);
}

static void
measure_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  PlanciaParcelWork *self = source;
  Errand            *errand = data;
  GError            *error = NULL;
  gint64             size = 0;
  g_autoptr (PlanciaCarry) carry = plancia_carry_open (self->history, self->journal, TRUE, &error);

  for (guint i = 0; carry != NULL && error == NULL && errand->texts[i] != NULL; i++)
    plancia_carry_measure (carry, errand->texts[i], errand->span, &size, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, size);
}

static char *
dup_data_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "plancia", NULL);
}

static void
find_on_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Errand          *errand = data;
  g_autofree char *folder = dup_data_folder ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;
  const char *name;

  if (errand->texts != NULL)
    g_strv_builder_addv (paths, (const char **) errand->texts);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json")) {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_strv_builder_add (paths, path);
    }
  list = g_strv_builder_end (paths);
  g_task_return_pointer (task,
                         plancia_parcel_find_plant (errand->parcel, (const char *const *) list),
                         g_free);
}

/* --- GObject --------------------------------------------------------------------------------- */

static void
plancia_parcel_work_dispose (GObject *object)
{
  PlanciaParcelWork *self = PLANCIA_PARCEL_WORK (object);

  if (self->worker != NULL)
    plancia_worker_stop (self->worker);
  g_clear_object (&self->worker);

  G_OBJECT_CLASS (plancia_parcel_work_parent_class)->dispose (object);
}

static void
plancia_parcel_work_finalize (GObject *object)
{
  PlanciaParcelWork *self = PLANCIA_PARCEL_WORK (object);

  g_free (self->history);
  g_free (self->journal);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (plancia_parcel_work_parent_class)->finalize (object);
}

static void
plancia_parcel_work_class_init (PlanciaParcelWorkClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = plancia_parcel_work_dispose;
  G_OBJECT_CLASS (klass)->finalize = plancia_parcel_work_finalize;
  signals[SIGNAL_PROGRESS] =
    plancia_signal_new (G_TYPE_FROM_CLASS (klass), "progress", 1, G_TYPE_DOUBLE);
}

static void
plancia_parcel_work_init (PlanciaParcelWork *self)
{
  g_autofree char *folder = dup_data_folder ();

  g_mutex_init (&self->mutex);
  self->context = g_main_context_ref_thread_default ();
  self->worker = plancia_worker_new ("plant-file");
  self->history = g_build_filename (folder, "history.sqlite", NULL);
  self->journal = g_build_filename (folder, "journal.sqlite", NULL);
}

PlanciaParcelWork *
plancia_parcel_work_new (void)
{
  return g_object_new (PLANCIA_TYPE_PARCEL_WORK, NULL);
}

static void
run (PlanciaParcelWork  *self,
     PlanciaWorkerFunc   func,
     Errand             *errand,
     GCancellable       *cancellable,
     GAsyncReadyCallback callback,
     gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, errand, (GDestroyNotify) errand_free);
  plancia_worker_run (self->worker, task, func);
}

void
plancia_parcel_work_save_async (PlanciaParcelWork  *self,
                                const char         *plant_path,
                                const char         *target,
                                PlanciaSpan         span,
                                const char *const  *devices,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->plant = g_strdup (plant_path);
  errand->path = g_strdup (target);
  errand->span = span;
  errand->texts = g_strdupv ((char **) devices);
  run (self, save_on_worker, errand, cancellable, callback, user_data);
}

PlanciaParcelSaved *
plancia_parcel_work_save_finish (PlanciaParcelWork *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
plancia_parcel_work_measure_async (PlanciaParcelWork  *self,
                                   const char *const  *devices,
                                   PlanciaSpan         span,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->texts = g_strdupv ((char **) devices);
  errand->span = span;
  run (self, measure_on_worker, errand, cancellable, callback, user_data);
}

gint64
plancia_parcel_work_measure_finish (PlanciaParcelWork *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_int (G_TASK (result), error);
}

void
plancia_parcel_work_open_async (PlanciaParcelWork  *self,
                                const char         *path,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->path = g_strdup (path);
  run (self, open_on_worker, errand, cancellable, callback, user_data);
}

PlanciaParcel *
plancia_parcel_work_open_finish (PlanciaParcelWork *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
plancia_parcel_work_merge_async (PlanciaParcelWork  *self,
                                 PlanciaParcel      *parcel,
                                 const char         *plant,
                                 gboolean            look,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->parcel = plancia_parcel_ref (parcel);
  errand->plant = g_strdup (plant);
  errand->look = look;
  run (self, merge_on_worker, errand, cancellable, callback, user_data);
}

PlanciaParcelResult *
plancia_parcel_work_merge_finish (PlanciaParcelWork *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
plancia_parcel_work_find_async (PlanciaParcelWork  *self,
                                PlanciaParcel      *parcel,
                                const char *const  *recent,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->parcel = plancia_parcel_ref (parcel);
  errand->texts = g_strdupv ((char **) recent);
  run (self, find_on_worker, errand, cancellable, callback, user_data);
}

char *
plancia_parcel_work_find_finish (PlanciaParcelWork *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* "Casa Rossi" gives "casa-rossi"; letters of other scripts are left out. */
static char *
dup_stem (const char *name)
{
  g_autofree char *ascii = g_str_to_ascii (name, NULL);
  g_autoptr (GString) stem = g_string_new (NULL);

  for (const char *p = ascii; *p != '\0' && stem->len < 40; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (stem, g_ascii_tolower (*p));
    else if (stem->len > 0 && stem->str[stem->len - 1] != '-')
      g_string_append_c (stem, '-');
  while (stem->len > 0 && stem->str[stem->len - 1] == '-')
    g_string_truncate (stem, stem->len - 1);
  return g_string_free (g_steal_pointer (&stem), FALSE);
}

char *
plancia_parcel_work_dup_new_path (PlanciaParcel *parcel)
{
  g_autofree char *folder = dup_data_folder ();
  g_autofree char *stem = dup_stem (plancia_parcel_get_plant_name (parcel));
  const char      *base = stem[0] != '\0' ? stem : "plant";

  for (guint i = 1;; i++) {
    g_autofree char *name = i == 1 ? g_strdup_printf ("%s.json", base)
                                   : g_strdup_printf ("%s-%u.json", base, i);
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (!g_file_test (path, G_FILE_TEST_EXISTS))
      return g_steal_pointer (&path);
  }
}
