/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/plant-work.h"

#include "base/installation.h"
#include "cli/cli.h"
#include "cli/wait.h"
#include "parcel/words.h"
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

struct _PlanciaCliParcel
{
  PlanciaParcelWork *work;
  GCancellable      *cancellable;
  guint              signals[2];
  int                shown; /* per cent; −1: nothing */
};

static gboolean
interrupted_cb (gpointer user_data)
{
  g_cancellable_cancel (((PlanciaCliParcel *) user_data)->cancellable);
  return G_SOURCE_CONTINUE;
}

static void
progress_cb (PlanciaParcelWork *work, double part, gpointer user_data)
{
  PlanciaCliParcel *self = user_data;
  int               percent = (int) (part * 100);

  if (!isatty (STDERR_FILENO) || percent == self->shown)
    return;
  self->shown = percent;
  fprintf (stderr, "\r%3d %%", percent);
  fflush (stderr);
}

static void
end_line (PlanciaCliParcel *self)
{
  if (self->shown >= 0)
    fprintf (stderr, "\r     \r");
  self->shown = -1;
}

static void
complain (PlanciaCliParcel *self, const GError *error)
{
  end_line (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    plancia_cli_complain (_ ("Stopped; nothing was changed."));
  else
    plancia_cli_complain ("%s", error->message);
}

PlanciaCliParcel *
plancia_cli_parcel_new (void)
{
  PlanciaCliParcel *self = g_new0 (PlanciaCliParcel, 1);

  self->shown = -1;
  self->work = plancia_parcel_work_new ();
  self->cancellable = g_cancellable_new ();
  self->signals[0] = g_unix_signal_add (SIGINT, interrupted_cb, self);
  self->signals[1] = g_unix_signal_add (SIGTERM, interrupted_cb, self);
  g_signal_connect (self->work, "progress", G_CALLBACK (progress_cb), self);
  return self;
}

void
plancia_cli_parcel_free (PlanciaCliParcel *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->signals); i++)
    g_source_remove (self->signals[i]);
  g_signal_handlers_disconnect_by_data (self->work, self);
  end_line (self);
  g_object_unref (self->work);
  g_object_unref (self->cancellable);
  g_free (self);
}

PlanciaParcel *
plancia_cli_parcel_open (PlanciaCliParcel *self, const char *path)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  PlanciaParcel *parcel;

  plancia_parcel_work_open_async (self->work,
                                  path,
                                  self->cancellable,
                                  plancia_cli_keep_result,
                                  &result);
  parcel = plancia_parcel_work_open_finish (self->work, plancia_cli_wait (&result), &error);
  if (parcel == NULL)
    complain (self, error);
  end_line (self);
  return parcel;
}

PlanciaParcelSaved *
plancia_cli_parcel_save (PlanciaCliParcel  *self,
                         const char        *plant,
                         const char        *target,
                         PlanciaSpan        span,
                         const char *const *devices)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  PlanciaParcelSaved *saved;

  plancia_parcel_work_save_async (self->work,
                                  plant,
                                  target,
                                  span,
                                  devices,
                                  self->cancellable,
                                  plancia_cli_keep_result,
                                  &result);
  saved = plancia_parcel_work_save_finish (self->work, plancia_cli_wait (&result), &error);
  if (saved == NULL)
    complain (self, error);
  end_line (self);
  return saved;
}

PlanciaParcelResult *
plancia_cli_parcel_merge (PlanciaCliParcel *self,
                          PlanciaParcel    *parcel,
                          const char       *plant,
                          gboolean          look)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  PlanciaParcelResult *merged;

  plancia_parcel_work_merge_async (self->work,
                                   parcel,
                                   plant,
                                   look,
                                   self->cancellable,
                                   plancia_cli_keep_result,
                                   &result);
  merged = plancia_parcel_work_merge_finish (self->work, plancia_cli_wait (&result), &error);
  if (merged == NULL)
    complain (self, error);
  end_line (self);
  return merged;
}

char *
plancia_cli_parcel_find (PlanciaCliParcel *self, PlanciaParcel *parcel)
{
  g_autoptr (GSettings) settings = plancia_installation_open_settings ();
  g_auto (GStrv) recent = settings ? g_settings_get_strv (settings, "recent-plants") : NULL;
  g_autoptr (GAsyncResult) result = NULL;

  plancia_parcel_work_find_async (self->work,
                                  parcel,
                                  (const char *const *) recent,
                                  self->cancellable,
                                  plancia_cli_keep_result,
                                  &result);
  return plancia_parcel_work_find_finish (self->work, plancia_cli_wait (&result), NULL);
}

void
plancia_cli_parcel_tell (GPtrArray *troubles)
{
  for (guint i = 0; i < troubles->len; i++) {
    g_autofree char *text = plancia_parcel_words_trouble (g_ptr_array_index (troubles, i));

    plancia_cli_complain ("%s", text);
  }
}
