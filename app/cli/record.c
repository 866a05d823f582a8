/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli record ADDRESS|PLANT --for 60s -o FILE: what goes over every link, in one file. */

#include "cli/cli.h"

#include "backend/tape-player.h"
#include "cli/duration.h"
#include "model/visit-recording.h"
#include "plant/plant-file.h"
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>

static char *option_for;
static char *option_output;
static char *option_map;
static char *option_url;

/* clang-format off */
static const GOptionEntry entries[] = {
  {"output", 'o', 0, G_OPTION_ARG_FILENAME, &option_output, N_ ("File to write; it must not exist"), N_ ("FILE")},
  {"for", 0, 0, G_OPTION_ARG_STRING, &option_for, N_ ("How long, such as 90s, 15m or 1h; until interrupted if left out"), N_ ("TIME")},
  {"map", 0, 0, G_OPTION_ARG_STRING, &option_map, N_ ("Register map of the device at ADDRESS"), N_ ("ID|FILE")},
  {"url", 0, 0, G_OPTION_ARG_STRING, &option_url, N_ ("Address of the cloud service"), "URL"},
  G_OPTION_ENTRY_NULL
};
/* clang-format on */

typedef struct
{
  GMainLoop             *loop;
  PlanciaOpenPlant      *plant;
  PlanciaVisitRecording *recording;
  GError                *error;
} Visit;

/* --- what to record -------------------------------------------------------------------------- */

static const char *
kind_of (PlanciaAddress *address)
{
  switch (plancia_address_get_kind (address)) {
  case PLANCIA_ADDRESS_CONNEXT:
    return "console";
  case PLANCIA_ADDRESS_PORTAL:
  case PLANCIA_ADDRESS_SYSTEM:
    return "thing";
  case PLANCIA_ADDRESS_POWER_MAGIC:
    return "power-magic";
  default:
    return "inverter";
  }
}

static PlanciaPlant *
make_plant (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaAddress) address = plancia_address_parse (text, &error);
  g_autoptr (PlanciaPlant) plant = plancia_plant_new (text);
  g_autoptr (PlanciaEntry) entry = NULL;

  if (address == NULL) {
    plancia_cli_complain ("%s", error->message);
    return NULL;
  }
  entry = plancia_entry_new (NULL, kind_of (address), text, address);
  plancia_entry_set_map (entry, option_map);
  plancia_entry_set_url (entry, option_url);
  plancia_plant_add (plant, NULL, entry);
  return g_steal_pointer (&plant);
}

static PlanciaPlant *
get_plant (const char *text)
{
  g_autoptr (GError) error = NULL;
  PlanciaPlant *plant;

  if (strstr (text, "://") != NULL)
    return make_plant (text);
  plant = plancia_plant_file_load (text, &error);
  if (plant == NULL)
    plancia_cli_complain ("%s", error->message);
  return plant;
}

/* --- recording ------------------------------------------------------------------------------- */

static gboolean
ended_cb (gpointer user_data)
{
  Visit *visit = user_data;

  g_main_loop_quit (visit->loop);
  return G_SOURCE_CONTINUE;
}

static void
failed_cb (Visit *visit, const GError *error)
{
  visit->error = g_error_copy (error);
  g_main_loop_quit (visit->loop);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Visit *visit = user_data;

  plancia_open_plant_close_finish (PLANCIA_OPEN_PLANT (source), result, NULL);
  g_main_loop_quit (visit->loop);
}

static void
run (Visit *visit, gint64 limit)
{
  guint sources[] = {
    g_unix_signal_add (SIGINT, ended_cb, visit),
    g_unix_signal_add (SIGTERM, ended_cb, visit),
    limit >= 0 ? g_timeout_add ((guint) limit, ended_cb, visit) : 0,
  };

  plancia_open_plant_start (visit->plant);
  g_main_loop_run (visit->loop);
  plancia_visit_recording_stop (visit->recording);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    if (sources[i] != 0)
      g_source_remove (sources[i]);
  plancia_open_plant_close_async (visit->plant, closed_cb, visit);
  g_main_loop_run (visit->loop);
}

static int
tell (Visit *visit)
{
  g_autofree char *size = g_format_size (plancia_visit_recording_get_bytes (visit->recording));
  gint64           seconds = plancia_visit_recording_get_duration (visit->recording) / 1000;

  if (visit->error != NULL) {
    plancia_cli_complain ("%s", visit->error->message);
    return PLANCIA_CLI_FAILED;
  }
  /* Translators: a file, how many seconds, its size */
  g_printerr (
    _ ("%s: %d s, %s\n"), plancia_visit_recording_get_path (visit->recording), (int) seconds, size);
  return PLANCIA_CLI_DONE;
}

static int
record (PlanciaPlant *plant, gint64 limit)
{
  Visit visit = {.loop = g_main_loop_new (NULL, FALSE)};
  int   code;

  visit.plant = plancia_open_plant_new (plant, ":memory:");
  visit.recording = plancia_visit_recording_new (visit.plant, option_output, 0);
  g_signal_connect_swapped (visit.recording, "failed", G_CALLBACK (failed_cb), &visit);
  run (&visit, limit);
  code = tell (&visit);
  g_object_unref (visit.recording);
  g_object_unref (visit.plant);
  g_main_loop_unref (visit.loop);
  g_clear_error (&visit.error);
  return code;
}

/**
 * plancia_cli_record:
 * @arguments: "record" and what follows
 *
 * Returns: the exit code
 */
int
plancia_cli_record (GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  g_autoptr (PlanciaPlant) plant = NULL;
  gint64 limit = -1;
  int    code = PLANCIA_CLI_DONE;

  if (!plancia_cli_parse (
        &rest,
        _ ("ADDRESS|PLANT"),
           _ ("Keeps what goes over every link in one file, to be opened elsewhere."),
              _ ("A line of a HUB serves one connection: whoever has it is disconnected."),
                 entries,
                 &code))
    return code;
  if (rest[1] == NULL || rest[2] != NULL || option_output == NULL)
    return plancia_cli_wrong_use (
      _ ("Say what to record and where to keep it, as in \"record eth-stick://HOST/1 --for 10m -o "
         "FILE.plancia-recording\"."));
  if (option_for != NULL && (limit = plancia_cli_duration_parse (option_for, "--for")) < 0)
    return PLANCIA_CLI_USAGE;
  plant = get_plant (rest[1]);
  return plant != NULL ? record (plant, limit) : PLANCIA_CLI_USAGE;
}
