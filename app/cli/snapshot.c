/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli snapshot ADDRESS [-o FILE]: what all readable registers hold, as a file. */

#include "cli/cli.h"

#include "cli/recording.h"
#include "cli/snapshot-source.h"
#include "plant/snapshot-folder.h"
#include <glib/gi18n.h>

static char *option_map;
static char *option_plant;
static char *option_output;
static char *option_note;
static char *option_transcript;
static char *option_pcapng;

/* clang-format off */
static const GOptionEntry entries[] = {
  {"output", 'o', 0, G_OPTION_ARG_FILENAME, &option_output, N_ ("File to write; with --plant it is kept with the plant if left out"), N_ ("FILE")},
  {"note", 0, 0, G_OPTION_ARG_STRING, &option_note, N_ ("What to say about it"), N_ ("TEXT")},
  {"map", 0, 0, G_OPTION_ARG_STRING, &option_map, N_ ("Register map instead of the plant's or the detected one"), N_ ("ID|FILE")},
  {"plant", 0, 0, G_OPTION_ARG_FILENAME, &option_plant, N_ ("Plant file; ADDRESS may then be the name or id of a device"), N_ ("FILE")},
  PLANCIA_RECORDING_OPTIONS (&option_transcript, &option_pcapng),
  G_OPTION_ENTRY_NULL
};
/* clang-format on */

/* On standard output, in a file, or with the plant. */
static gboolean
write_out (PlanciaTarget *target, PlanciaSnapshot *snapshot, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *folder = NULL;

  if (option_output != NULL)
    return plancia_snapshot_save (snapshot, option_output, error);
  if (option_plant != NULL && plancia_target_get_id (target) != NULL) {
    folder = plancia_snapshot_folder_dup_path (option_plant);
    return plancia_snapshot_folder_save (folder, snapshot, error);
  }
  bytes = plancia_snapshot_format (snapshot);
  plancia_cli_print (g_bytes_get_data (bytes, NULL));

  return TRUE;
}

static int
take (PlanciaTarget *target)
{
  g_autoptr (PlanciaSnapshot)
    snapshot = plancia_cli_snapshot_take (target, PLANCIA_SNAPSHOT_REQUEST, TRUE);
  g_autoptr (GError) error = NULL;

  if (snapshot == NULL)
    return PLANCIA_CLI_FAILED;
  plancia_snapshot_set_note (snapshot, option_note);
  if (!write_out (target, snapshot, &error)) {
    plancia_cli_complain ("%s", error->message);
    return PLANCIA_CLI_FAILED;
  }

  return PLANCIA_CLI_DONE;
}

/**
 * plancia_cli_snapshot:
 * @arguments: "snapshot" and what follows
 *
 * Returns: the exit code
 */
int
plancia_cli_snapshot (GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  g_autoptr (PlanciaTarget) target = NULL;
  PlanciaTargetOptions options = {0};
  int                  code = PLANCIA_CLI_DONE;

  if (!plancia_cli_parse (
        &rest,
        _("ADDRESS"),
           _("Keeps what all readable registers of a device hold."), NULL, entries, &code))
    return code;
  if (rest[1] == NULL || rest[2] != NULL)
    return plancia_cli_wrong_use (
      _("Say which device, as in \"snapshot eth-stick://HOST/1 -o FILE\"."));

  options = (PlanciaTargetOptions){rest[1],
                                   option_map,
                                   option_plant,
                                   NULL,
                                   option_transcript,
                                   option_pcapng};
  target = plancia_target_new (&options);
  if (target == NULL)
    return PLANCIA_CLI_USAGE;

  code = take (target);
  return plancia_target_save_traffic (target) ? code : MAX (code, PLANCIA_CLI_FAILED);
}
