/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli history fetch: what the store lacks of a span, from the clouds. */

#include "cli/history-fetch.h"

#include "base/clock.h"
#include "cli/archive.h"
#include "cli/cli.h"
#include "cli/cloud-options.h"
#include "cli/cloud-source.h"
#include "cli/fetch-alarms.h"
#include "cli/span.h"
#include "history/downloads.h"
#include <glib/gi18n.h>
#include <unistd.h>

static PlanciaCloudOptions options = {.credentials = -1};
static char               *option_plant;
static char               *option_from;
static char               *option_to;

/* clang-format off */
static const GOptionEntry entries[] = {
  {"from", 0, 0, G_OPTION_ARG_STRING, &option_from, N_ ("Begin: 2026-06-12 or \"2026-06-12 14:05\""), N_ ("TIME")},
  {"to", 0, 0, G_OPTION_ARG_STRING, &option_to, N_ ("End; a day is included; now if left out"), N_ ("TIME")},
  {"plant", 0, 0, G_OPTION_ARG_FILENAME, &option_plant, N_ ("Plant file; ADDRESS may then be the name or id of a device"), N_ ("FILE")},
  PLANCIA_CLOUD_OPTIONS (options),
  G_OPTION_ENTRY_NULL
};
/* clang-format on */

typedef struct
{
  PlanciaCliArchive  *archive;
  PlanciaDownloads   *downloads;
  PlanciaFetchAlarms *alarms;
  GHashTable         *accounts; /* PlanciaBackend by char* name of the connection */
} Fetch;

static PlanciaBackend *
open_account (Fetch *self, const PlanciaCloudTrial *trial)
{
  g_autofree char    *name = g_strconcat (trial->source, "://", trial->account, NULL);
  PlanciaBackend     *backend = g_hash_table_lookup (self->accounts, name);
  PlanciaCloudClient *client;

  if (backend != NULL)
    return backend;
  client = plancia_cloud_options_open (trial);
  if (client == NULL)
    return NULL;
  backend = plancia_cloud_source_new (client, self->archive->zone);
  plancia_fetch_alarms_follow (self->alarms, backend);
  g_hash_table_insert (self->accounts, g_steal_pointer (&name), backend);
  return backend;
}

static int
add_device (Fetch *self, const PlanciaCliDevice *device, PlanciaSpan span)
{
  g_autofree char *address = device->address != NULL ? plancia_address_to_string (device->address)
                                                     : g_strdup (device->name);
  g_autoptr (PlanciaCloudTrial) trial = plancia_cloud_options_make_trial (&options, address, TRUE);
  PlanciaBackend *backend;

  if (trial == NULL)
    return PLANCIA_CLI_USAGE;
  backend = open_account (self, trial);
  if (backend == NULL)
    return PLANCIA_CLI_FAILED;
  plancia_backend_add_device (backend, device->id, -1, trial->thing, NULL);
  plancia_downloads_add (self->downloads, backend, device->id, trial->source, span);
  return PLANCIA_CLI_DONE;
}

static PlanciaDownloadProgress
sum_progress (PlanciaDownloads *downloads)
{
  PlanciaDownloadProgress sum = {0, 0, 0, 0, -1};

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (downloads)); i++) {
    g_autoptr (PlanciaDownload) download = g_list_model_get_item (G_LIST_MODEL (downloads), i);
    PlanciaDownloadProgress one;

    plancia_download_get_progress (download, &one);
    sum.done += one.done;
    sum.all += one.all;
    sum.points += one.points;
    sum.rate += one.rate;
    sum.left = MAX (sum.left, one.left);
  }
  return sum;
}

static void
progress_cb (PlanciaDownloads *downloads, gpointer data)
{
  PlanciaDownloadProgress sum = sum_progress (downloads);
  g_autofree char        *points = g_strdup_printf ("%" G_GUINT64_FORMAT, sum.points);

  if (isatty (STDERR_FILENO) && sum.all > 0)
    /* Translators: progress of a download in pieces; the last number are seconds */
    g_printerr (_ ("\r%u of %u pieces, %s values, %.0f values a second, %d s left   "),
                   sum.done,
                   sum.all,
                   points,
                   sum.rate,
                   (int) (MAX (sum.left, 0) / PLANCIA_SECOND));
}

static void
pause_all (PlanciaDownloads *downloads)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (downloads)); i++) {
    g_autoptr (PlanciaDownload) download = g_list_model_get_item (G_LIST_MODEL (downloads), i);

    plancia_download_pause (download);
  }
}

static gboolean
is_asking (PlanciaDownloads *downloads)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (downloads)); i++) {
    g_autoptr (PlanciaDownload) download = g_list_model_get_item (G_LIST_MODEL (downloads), i);

    if (plancia_download_get_n_asking (download) > 0)
      return TRUE;
  }
  return FALSE;
}

static int
judge (Fetch *self)
{
  int code = PLANCIA_CLI_DONE;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->downloads)); i++) {
    g_autoptr (PlanciaDownload)
      download = g_list_model_get_item (G_LIST_MODEL (self->downloads), i);
    const GError *error = plancia_download_get_error (download);
    const char   *device = plancia_download_get_device (download);

    if (plancia_download_get_state (download) == PLANCIA_DOWNLOAD_DONE)
      continue;
    code = PLANCIA_CLI_FAILED;
    if (error != NULL)
      plancia_cli_complain ("%s: %s",
                            plancia_cli_archive_find (self->archive, device)->name,
                            error->message);
  }
  return code;
}

static int
run (Fetch *self)
{
  PlanciaDownloadProgress sum;
  g_autofree char        *text = NULL;
  g_autofree char        *points = NULL;
  gboolean                stopped;

  while (plancia_downloads_is_active (self->downloads) &&
         !g_cancellable_is_cancelled (self->archive->cancellable))
    g_main_context_iteration (NULL, TRUE);
  stopped = plancia_downloads_is_active (self->downloads);
  pause_all (self->downloads);
  while (is_asking (self->downloads))
    g_main_context_iteration (NULL, TRUE);

  sum = sum_progress (self->downloads);
  if (isatty (STDERR_FILENO))
    g_printerr ("\n");
  points = g_strdup_printf ("%" G_GUINT64_FORMAT, sum.points);
  text = g_strdup_printf (
    ngettext ("%u piece fetched, %s values.\n", "%u pieces fetched, %s values.\n", sum.done),
    sum.done,
    points);
  plancia_cli_print (text);
  if (stopped)
    plancia_cli_complain (
      _ ("Stopped; what came is kept, and the same command goes on from there."));
  return judge (self);
}

static int
fetch_all (PlanciaCliArchive *archive, PlanciaSpan span)
{
  Fetch self = {archive,
                plancia_downloads_new (archive->store, NULL),
                plancia_fetch_alarms_new (archive),
                NULL};
  int   code = PLANCIA_CLI_DONE;

  self.accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_signal_connect (self.downloads, "changed", G_CALLBACK (progress_cb), NULL);
  for (guint i = 0; code == PLANCIA_CLI_DONE && i < archive->devices->len; i++)
    code = add_device (&self, g_ptr_array_index (archive->devices, i), span);
  if (code == PLANCIA_CLI_DONE)
    code = run (&self);
  plancia_downloads_close (self.downloads);
  g_hash_table_unref (self.accounts);
  g_object_unref (self.downloads);
  plancia_fetch_alarms_finish (self.alarms);
  plancia_cloud_options_clear ();
  return code;
}

int
plancia_cli_history_fetch (GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  g_autoptr (PlanciaCliArchive) archive = NULL;
  PlanciaSpan span = {0, plancia_clock_now ()};
  int         code = PLANCIA_CLI_DONE;

  if (!plancia_cli_parse (&rest,
                          _ ("ADDRESS…"),
                             _ ("Fetches from a cloud what the history on this computer lacks; may "
                                "be stopped at any moment."),
                                NULL,
                                entries,
                                &code))
    return code;
  if (rest[1] == NULL)
    return plancia_cli_wrong_use (_ ("Say of what: an address such as portal://ACCOUNT/SERIAL."));
  if (option_from == NULL)
    return plancia_cli_wrong_use (_ ("Say since when: --from 2026-06-12."));
  archive = plancia_cli_archive_open (rest + 1, option_plant);
  if (archive == NULL ||
      !plancia_cli_span_parse (option_from, option_to, span, archive->zone, &span))
    return PLANCIA_CLI_USAGE;
  return fetch_all (archive, span);
}
