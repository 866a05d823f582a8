/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/log-watch.h"

#include "base/log.h"
#include "ui/error-text.h"

#include <glib/gi18n.h>

#define PLANT "plancia-ui"
#define LINKS "plancia-link"
#define PAST  "plancia-history"

/* Of a window: the plant it had. Of devices, connections and downloads: what was said last. */
static const char LAST[] = "plancia-log-last";
static const char FOLLOWED[] = "plancia-log-followed";

/* --- connections ----------------------------------------------------------------------------- */

/* Several devices on one connection have the same trouble: it is said once. */
static GObject *
find_speaker (PlanciaDevice *device, const GError *error)
{
  PlanciaBackend *backend = plancia_device_get_backend (device);

  if (!backend || (error && error != plancia_backend_get_error (backend)))
    return G_OBJECT (device);
  return G_OBJECT (backend);
}

/* Trying again and again is not said again and again. */
static void
say (GObject *speaker, PlanciaLogLevel level, const char *name, const char *text)
{
  const char *last = g_object_get_data (speaker, LAST);

  if (g_strcmp0 (last, text) == 0)
    return;
  g_object_set_data_full (speaker, LAST, g_strdup (text), g_free);
  plancia_log_say (level, LINKS, "%s: %s", name, text);
}

static void
state_cb (PlanciaDevice *device)
{
  const GError *error = plancia_device_get_error (device);
  const char   *name = plancia_device_get_name (device);
  GObject      *speaker = find_speaker (device, error);

  switch (plancia_device_get_mark (device)) {
  case PLANCIA_MARK_LIVE:
    say (speaker, PLANCIA_LOG_NOTE, name, C_ ("log", "connected"));
    /* A device that was silent on a connection that stayed. */
    if (g_object_get_data (G_OBJECT (device), LAST))
      say (G_OBJECT (device), PLANCIA_LOG_NOTE, name, C_ ("log", "answers again"));
    break;
  case PLANCIA_MARK_FAILING:
  case PLANCIA_MARK_TAKEN_OVER:
    if (error)
      say (speaker, PLANCIA_LOG_WARNING, name, plancia_error_text (error));
    break;
  case PLANCIA_MARK_CLOSED:
    if (g_object_get_data (speaker, LAST))
      say (speaker, PLANCIA_LOG_NOTE, name, C_ ("log", "closed"));
    break;
  default:
    break;
  }
}

static void
follow (PlanciaDevice *device)
{
  if (g_object_get_data (G_OBJECT (device), FOLLOWED))
    return;
  g_object_set_data (G_OBJECT (device), FOLLOWED, device);
  g_signal_connect (device, "notify::state", G_CALLBACK (state_cb), NULL);
  state_cb (device);
}

static void
follow_devices (PlanciaWindow *window)
{
  PlanciaOpenPlant *open = plancia_session_get_plant (plancia_window_get_session (window));
  g_autoptr (GPtrArray)
    devices = open ? plancia_device_tree_list (plancia_open_plant_get_tree (open)) : NULL;

  for (guint i = 0; devices && i < devices->len; i++)
    follow (g_ptr_array_index (devices, i));
}

/* --- downloads ------------------------------------------------------------------------------- */

static const char *
find_name (PlanciaWindow *window, const char *id)
{
  PlanciaOpenPlant *open = plancia_session_get_plant (plancia_window_get_session (window));
  PlanciaDevice *device = open ? plancia_device_tree_find (plancia_open_plant_get_tree (open), id)
                               : NULL;

  return device ? plancia_device_get_name (device) : id;
}

static void
say_download (PlanciaWindow *window, PlanciaDownload *download)
{
  PlanciaDownloadState    state = plancia_download_get_state (download);
  const char             *name = find_name (window, plancia_download_get_device (download));
  guint                   last = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (download), LAST));
  PlanciaDownloadProgress progress;
  const GError           *error = plancia_download_get_error (download);

  if (last == state + 1)
    return;
  g_object_set_data (G_OBJECT (download), LAST, GUINT_TO_POINTER (state + 1));
  plancia_download_get_progress (download, &progress);
  if (state == PLANCIA_DOWNLOAD_DONE)
    plancia_log_say (PLANCIA_LOG_NOTE,
                     PAST,
                     /* Translators: %s is a device, %u how many parts of its past */
                     g_dngettext (NULL,
                                  "%s: history fetched, %u piece",
                                  "%s: history fetched, %u pieces",
                                  progress.all),
                     name,
                     progress.all);
  else if (state == PLANCIA_DOWNLOAD_FAILED && error)
    plancia_log_say (PLANCIA_LOG_WARNING, PAST, "%s: %s", name, plancia_error_text (error));
}

static void
downloads_cb (PlanciaDownloads *downloads, PlanciaWindow *window)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (downloads)); i++) {
    g_autoptr (PlanciaDownload) download = g_list_model_get_item (G_LIST_MODEL (downloads), i);

    say_download (window, download);
  }
}

/* --- plant ----------------------------------------------------------------------------------- */

static void
opened (PlanciaWindow *window, PlanciaOpenPlant *open)
{
  PlanciaPlant     *plant = plancia_open_plant_get_plant (open);
  PlanciaDownloads *downloads = plancia_open_plant_get_downloads (open);

  g_object_set_data_full (G_OBJECT (window),
                          LAST,
                          g_strdup (plancia_plant_get_name (plant)),
                          g_free);
  plancia_log_say (PLANCIA_LOG_NOTE, PLANT, _("Plant opened: %s"), plancia_plant_get_name (plant));
  g_signal_connect_object (open,
                           "document-changed",
                           G_CALLBACK (follow_devices),
                           window,
                           G_CONNECT_SWAPPED);
  if (downloads)
    g_signal_connect_object (downloads, "changed", G_CALLBACK (downloads_cb), window, 0);
  follow_devices (window);
}

static void
plant_cb (PlanciaWindow *window)
{
  PlanciaOpenPlant *open = plancia_session_get_plant (plancia_window_get_session (window));
  g_autofree char  *last = g_object_steal_data (G_OBJECT (window), LAST);

  if (last)
    plancia_log_say (PLANCIA_LOG_NOTE, PLANT, _("Plant closed: %s"), last);
  if (open)
    opened (window, open);
}

static void
installer_cb (PlanciaWindow *window)
{
  gboolean on = plancia_session_get_installer (plancia_window_get_session (window));

  plancia_log_say (PLANCIA_LOG_NOTE,
                   PLANT,
                   "%s",
                   on
                   ? _("Installer mode: settings can be written")
                   : _("View only"));
}

/**
 * plancia_log_watch_start:
 * @window: whose session is followed
 */
void
plancia_log_watch_start (PlanciaWindow *window)
{
  PlanciaSession *session = plancia_window_get_session (window);

  g_signal_connect_object (session,
                           "notify::plant",
                           G_CALLBACK (plant_cb),
                           window,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session,
                           "notify::installer",
                           G_CALLBACK (installer_cb),
                           window,
                           G_CONNECT_SWAPPED);
}
