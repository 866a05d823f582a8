/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/installer-lock.h"

#include "ui/settings.h"

#include <glib/gi18n.h>

typedef struct
{
  PlanciaWindow *window; /* owns this */
  guint          id;     /* while installer mode runs */
} Lock;

static void schedule (Lock *self, guint seconds);

static void
lock_free (gpointer data)
{
  Lock *self = data;

  g_clear_handle_id (&self->id, g_source_remove);
  g_free (self);
}

/* Somebody reviews, writes or edits: a dialog stands over the window. */
static gboolean
is_busy (Lock *self)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (l->data != (gpointer) self->window && GTK_IS_WINDOW (l->data) &&
        gtk_window_get_modal (l->data) && gtk_widget_get_visible (l->data))
      return TRUE;
  return FALSE;
}

static gboolean
expired_cb (gpointer user_data)
{
  Lock            *self = user_data;
  PlanciaSession  *session = plancia_window_get_session (self->window);
  guint            minutes = g_settings_get_uint (plancia_settings_get (), "installer-minutes");
  g_autofree char *text = NULL;

  self->id = 0;
  if (is_busy (self)) {
    schedule (self, 60);
    return G_SOURCE_REMOVE;
  }
  text = g_strdup_printf (g_dngettext (NULL,
                                       "View only again: nothing was written for %u minute",
                                       "View only again: nothing was written for %u minutes",
                                       minutes),
                          minutes);
  plancia_session_set_installer (session, FALSE);
  plancia_window_toast (self->window, text);
  return G_SOURCE_REMOVE;
}

static void
schedule (Lock *self, guint seconds)
{
  g_clear_handle_id (&self->id, g_source_remove);
  if (seconds > 0)
    self->id = g_timeout_add_seconds (seconds, expired_cb, self);
}

/* From now on: the mode or the setting has changed, or something was written. */
static void
restart (Lock *self)
{
  gboolean on = plancia_session_get_installer (plancia_window_get_session (self->window));

  schedule (self, on ? g_settings_get_uint (plancia_settings_get (), "installer-minutes") * 60 : 0);
}

static Lock *
get_lock (PlanciaWindow *window)
{
  return g_object_get_data (G_OBJECT (window), "plancia-installer-lock");
}

static void
restart_cb (PlanciaWindow *window)
{
  restart (get_lock (window));
}

static void
plant_cb (PlanciaWindow *window)
{
  PlanciaOpenPlant *open = plancia_session_get_plant (plancia_window_get_session (window));

  if (open)
    g_signal_connect_object (plancia_open_plant_get_journal (open),
                             "changed",
                             G_CALLBACK (restart_cb),
                             window,
                             G_CONNECT_SWAPPED);
}

/**
 * plancia_installer_lock_start:
 * @window: whose session it is
 */
void
plancia_installer_lock_start (PlanciaWindow *window)
{
  Lock           *self = g_new0 (Lock, 1);
  PlanciaSession *session = plancia_window_get_session (window);

  self->window = window;
  g_object_set_data_full (G_OBJECT (window), "plancia-installer-lock", self, lock_free);
  g_signal_connect_object (session,
                           "notify::plant",
                           G_CALLBACK (plant_cb),
                           window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session,
                           "notify::installer",
                           G_CALLBACK (restart_cb),
                           window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (plancia_settings_get (),
                           "changed::installer-minutes",
                           G_CALLBACK (restart_cb),
                           window,
                           G_CONNECT_SWAPPED);
}

void
plancia_installer_lock_expire (PlanciaWindow *window)
{
  Lock *self = get_lock (window);

  if (self->id == 0)
    return;
  g_clear_handle_id (&self->id, g_source_remove);
  expired_cb (self);
}
