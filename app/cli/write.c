/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli write ADDRESS KEY=VALUE…, or --raw ADDRESS=WORD,…: read before, review, write once, read back. */

#include "cli/cli.h"

#include "base/error.h"
#include "cli/journal.h"
#include "cli/recording.h"
#include "cli/review.h"
#include "cli/target.h"
#include "cli/write-ask.h"
#include "cli/write-run.h"
#include "map/raw-edit.h"
#include "map/write-frame.h"
#include "model/write-risk.h"
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

static char    *option_map;
static char    *option_plant;
static char    *option_transcript;
static char    *option_pcapng;
static char   **option_raw;
static int      option_function;
static gboolean option_dry_run;
static gboolean option_yes;
static gboolean option_accept_risk;
static gboolean option_json;

static const GOptionEntry entries[] = {
  {"map",
   0,                0,
   G_OPTION_ARG_STRING,                    &option_map,
   N_ ("Register map instead of the plant's or the detected one"),                              N_ ("ID|FILE")         },
   {"raw",
   0,                0,
   G_OPTION_ARG_STRING_ARRAY,              &option_raw,
   N_ ("Write registers that no map knows: WORD,… from ADDRESS on, decimal or hexadecimal"),  N_ ("ADDRESS=WORD,…")},
    {"function",
   0,                0,
   G_OPTION_ARG_INT,                       &option_function,
   N_ ("Modbus function of --raw: 16, or 6 for each register by itself"),                       N_ ("6|16")            },
     {"accept-risk",
   0,                0,
   G_OPTION_ARG_NONE,                      &option_accept_risk,
   N_ ("With --yes: write also where it would be asked once more"),                             NULL                   },
      {"dry-run",     0, 0, G_OPTION_ARG_NONE, &option_dry_run,     N_ ("Show what would be sent"), NULL                   },
       {"yes",         0, 0, G_OPTION_ARG_NONE, &option_yes,         N_ ("Write without asking"),    NULL                   },
        {"plant",
   0,                0,
   G_OPTION_ARG_FILENAME,                  &option_plant,
   N_ ("Plant file; ADDRESS may then be the name or id of a device"),                           N_ ("FILE")            },
         {"json",        0, 0, G_OPTION_ARG_NONE, &option_json,        N_ ("Print JSON"),              NULL                   },
          PLANCIA_RECORDING_OPTIONS (&option_transcript, &option_pcapng),
          G_OPTION_ENTRY_NULL
};

/* --- what to write -------------------------------------------------------------------------------------------- */

static PlanciaEdit *
parse_assignment (PlanciaMap *map, const char *text)
{
  const char         *sign = strchr (text, '=');
  g_autofree char    *key = g_strndup (text, sign - text);
  const PlanciaField *field = plancia_map_find_field (map, key);
  g_auto (PlanciaValue) value = {0};
  g_autoptr (GError) error = NULL;

  if (field == NULL) {
    plancia_cli_complain (_ ("The map %s has no register \"%s\"."), plancia_map_get_id (map), key);
    return NULL;
  }
  if (!plancia_field_is_writable (field)) {
    plancia_cli_complain (_ ("The register \"%s\" cannot be written."), key);
    return NULL;
  }
  if (!plancia_field_parse (field, sign + 1, &value, &error)) {
    plancia_cli_complain ("%s", error->message);
    return NULL;
  }

  return plancia_edit_new (field, &value);
}

static gboolean
is_named_twice (GPtrArray *edits, const PlanciaEdit *edit)
{
  for (guint i = 0; i < edits->len; i++)
    if (((const PlanciaEdit *) g_ptr_array_index (edits, i))->field == edit->field)
      return TRUE;

  return FALSE;
}

static gboolean
plan_is_possible (PlanciaMap *map, GPtrArray *edits)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) steps = plancia_write_plan_new (map, edits, &error);

  if (steps == NULL)
    plancia_cli_complain ("%s", error->message);

  return steps != NULL;
}

static gboolean
parse_raw (const char *text, GPtrArray *edits)
{
  const char      *sign = strchr (text, '=');
  g_autofree char *where = sign != NULL ? g_strndup (text, sign - text) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) words = NULL;
  g_autoptr (GPtrArray) raw = NULL;
  guint16 address = 0;

  if (sign == NULL) {
    plancia_cli_complain (_ ("\"%s\" is not ADDRESS=WORD,…"), text);
    return FALSE;
  }
  if (plancia_raw_parse_address (where, &address, &error))
    words = plancia_raw_parse_words (sign + 1, &error);
  if (words == NULL) {
    plancia_cli_complain ("--raw %s: %s", text, error->message);
    return FALSE;
  }
  raw = plancia_raw_edits_new (address,
                               (const guint16 *) (gpointer) words->data,
                               words->len,
                               (guint8) option_function);
  for (guint i = 0; i < raw->len; i++)
    g_ptr_array_add (edits, plancia_edit_copy (g_ptr_array_index (raw, i)));
  return TRUE;
}

/* (transfer full) edits that may be sent, or NULL after a sentence. */
static GPtrArray *
parse_assignments (PlanciaMap *map, GStrv texts)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_edit_free);

  for (guint i = 0; option_raw != NULL && option_raw[i] != NULL; i++)
    if (!parse_raw (option_raw[i], edits))
      return NULL;

  for (guint i = 0; texts[i] != NULL; i++) {
    PlanciaEdit *edit = parse_assignment (map, texts[i]);

    if (edit == NULL)
      return NULL;
    if (is_named_twice (edits, edit)) {
      plancia_cli_complain (_ ("The register \"%s\" is named twice."), edit->field->key);
      plancia_edit_free (edit);
      return NULL;
    }
    g_ptr_array_add (edits, edit);
  }

  return plan_is_possible (map, edits) ? g_steal_pointer (&edits) : NULL;
}

static int
write_assignments (PlanciaTarget *target, GStrv texts)
{
  const PlanciaWriteRun run = {option_raw != NULL ? "raw" : "write",
                               option_dry_run,
                               option_yes,
                               option_accept_risk,
                               option_json};
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) edits = NULL;

  /* What can be found wrong without a connection is said before one is made. */
  if (plancia_target_get_map (target) != NULL) {
    edits = parse_assignments (plancia_target_get_map (target), texts);
    if (edits == NULL)
      return PLANCIA_CLI_USAGE;
  }
  if (!plancia_target_open (target, TRUE, &error) &&
      (option_raw == NULL ||
       !g_error_matches (error, PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_UNKNOWN_MAP))) {
    plancia_cli_complain ("%s: %s", plancia_target_get_text (target), error->message);
    return PLANCIA_CLI_FAILED;
  }
  if (plancia_target_get_map (target) == NULL && option_raw == NULL)
    return plancia_cli_wrong_use (_ ("%s: nothing can be written there."),
                                     plancia_target_get_text (target));
  if (edits == NULL)
    edits = parse_assignments (plancia_target_get_map (target), texts);
  if (edits == NULL)
    return PLANCIA_CLI_USAGE;

  return plancia_write_run (&run, target, edits);
}

static int
check_use (GStrv rest)
{
  if (option_function != 0 && option_function != 6 && option_function != 16)
    return plancia_cli_wrong_use (_ ("--function is 6 or 16."));
  if (option_function != 0 && option_raw == NULL)
    return plancia_cli_wrong_use (_ ("--function goes with --raw."));
  if (option_raw != NULL && rest[1] != NULL && rest[2] != NULL)
    return plancia_cli_wrong_use (_ ("KEY=VALUE and --raw do not go together."));
  if (rest[1] == NULL || (rest[2] == NULL && option_raw == NULL))
    return plancia_cli_wrong_use (
      _ ("Say where and what to write, as in \"write eth-stick://HOST/1 KEY=VALUE\"."));
  for (guint i = 2; rest[1] != NULL && rest[i] != NULL; i++)
    if (strchr (rest[i], '=') == NULL)
      return plancia_cli_wrong_use (_ ("\"%s\" is not KEY=VALUE."), rest[i]);
  if (!option_yes && !option_dry_run && !plancia_write_can_ask ())
    return plancia_cli_wrong_use (
      _ ("There is no terminal to ask on; --yes writes without asking, --dry-run only shows."));

  return PLANCIA_CLI_DONE;
}

/**
 * plancia_cli_write:
 * @arguments: "write" and what follows
 *
 * Runs the main context until done or interrupted.
 *
 * Returns: the exit code; %PLANCIA_CLI_DONE only if every register was verified or had the value already
 */
int
plancia_cli_write (GStrv arguments)
{
  g_auto (GStrv) rest = g_strdupv (arguments);
  g_autoptr (PlanciaTarget) target = NULL;
  PlanciaTargetOptions options = {0};
  int                  code = PLANCIA_CLI_DONE;

  if (!plancia_cli_parse (
        &rest,
        _ ("ADDRESS KEY=VALUE… | ADDRESS --raw REGISTER=WORD,…"),
           _ ("Writes settings of a device and reads them back."), NULL, entries, &code))
    return code;
  if (option_function == 0 && option_raw != NULL)
    option_function = 16;
  code = check_use (rest);
  if (code != PLANCIA_CLI_DONE)
    return code;

  options = (PlanciaTargetOptions){rest[1],
                                   option_map,
                                   option_plant,
                                   NULL,
                                   option_transcript,
                                   option_pcapng,
                                   FALSE};
  target = plancia_target_new (&options);
  if (target == NULL)
    return PLANCIA_CLI_USAGE;

  plancia_cli_tell_open ();
  code = write_assignments (target, rest + 2);
  return plancia_target_save_traffic (target) ? code : MAX (code, PLANCIA_CLI_FAILED);
}
