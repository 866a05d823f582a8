/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plancia-cli write ADDRESS KEY=VALUE…: read before, review, write once, read back. */

#include "cli/cli.h"

#include "cli/recording.h"
#include "cli/review.h"
#include "cli/target.h"
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char    *option_map;
static char    *option_plant;
static char    *option_transcript;
static char    *option_pcapng;
static gboolean option_dry_run;
static gboolean option_yes;
static gboolean option_json;

static const GOptionEntry entries[] = {
  {"map",
   0,            0,
   G_OPTION_ARG_STRING,                &option_map,
   N_ ("Register map instead of the plant's or the detected one"),                      N_ ("ID|FILE")},
   {"dry-run", 0, 0, G_OPTION_ARG_NONE, &option_dry_run, N_ ("Show what would be sent"), NULL          },
    {"yes",     0, 0, G_OPTION_ARG_NONE, &option_yes,     N_ ("Write without asking"),    NULL          },
     {"plant",
   0,            0,
   G_OPTION_ARG_FILENAME,              &option_plant,
   N_ ("Plant file; ADDRESS may then be the name or id of a device"),                   N_ ("FILE")   },
      {"json",    0, 0, G_OPTION_ARG_NONE, &option_json,    N_ ("Print JSON"),              NULL          },
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

/* (transfer full) edits that may be sent, or NULL after a sentence. */
static GPtrArray *
parse_assignments (PlanciaMap *map, GStrv texts)
{
  g_autoptr (GPtrArray) edits = g_ptr_array_new_with_free_func ((GDestroyNotify) plancia_edit_free);

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

/* --- asking --------------------------------------------------------------------------------------------------- */

static gboolean
can_ask (void)
{
  return isatty (STDIN_FILENO) && isatty (STDERR_FILENO);
}

static gboolean
ask (guint count)
{
  char answer[16] = "";

  fprintf (
    stderr,
    g_dngettext (GETTEXT_PACKAGE, "Write %u setting? [y/N] ", "Write %u settings? [y/N] ", count),
    count);
  fflush (stderr);
  if (fgets (answer, sizeof answer, stdin) == NULL)
    return FALSE;
  g_strstrip (answer);

  /* Translators: the letter that means yes in the question "[y/N]". */
  return g_ascii_strcasecmp (answer, _ ("y")) == 0 || g_ascii_strcasecmp (answer, "yes") == 0;
}

/* A program that reads standard output gets JSON only; the review is then for the person at the terminal. */
static gboolean
show_review (PlanciaTarget *target, GPtrArray *edits, PlanciaReadings *before)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text =
    plancia_review_text (plancia_target_get_map (target), edits, before, &error);

  if (text == NULL) {
    plancia_cli_complain ("%s", error->message);
    return FALSE;
  }
  if (option_json)
    fputs (text, stderr);
  else
    plancia_cli_print (text);

  return TRUE;
}

/* --- writing -------------------------------------------------------------------------------------------------- */

static gboolean
is_good (const PlanciaWriteOutcome *outcome)
{
  return outcome->verdict == PLANCIA_VERDICT_VERIFIED ||
         (outcome->verdict == PLANCIA_VERDICT_SKIPPED && outcome->error == NULL);
}

/* One sentence for each register that is not as it should be. */
static int
judge (GPtrArray *outcomes)
{
  int code = PLANCIA_CLI_DONE;

  for (guint i = 0; i < outcomes->len; i++) {
    const PlanciaWriteOutcome *outcome = g_ptr_array_index (outcomes, i);
    const char *why = outcome->error != NULL ? outcome->error->message : outcome->message;

    if (is_good (outcome))
      continue;
    code = PLANCIA_CLI_FAILED;
    plancia_cli_complain ("%s: %s%s%s",
                          outcome->key,
                          plancia_verdict_name (outcome->verdict),
                          why != NULL ? ": " : "",
                          why != NULL ? why : "");
  }

  return code;
}

static int
send_edits (PlanciaTarget *target, GPtrArray *edits)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) outcomes = plancia_target_write (target, edits, &error);
  g_autofree char *text = NULL;

  if (outcomes == NULL) {
    plancia_cli_complain ("%s: %s", plancia_target_get_text (target), error->message);
    return PLANCIA_CLI_FAILED;
  }
  text = option_json ? plancia_outcome_json (edits, outcomes)
                     : plancia_outcome_text (edits, outcomes);
  plancia_cli_print (text);

  return judge (outcomes);
}

static PlanciaReadings *
read_before (PlanciaTarget *target, GPtrArray *edits, GError **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();

  for (guint i = 0; i < edits->len; i++) {
    const PlanciaField *field = ((const PlanciaEdit *) g_ptr_array_index (edits, i))->field;

    if ((field->access & PLANCIA_ACCESS_READ) != 0)
      g_ptr_array_add (keys, (gpointer) field->key);
  }
  if (keys->len == 0)
    return plancia_readings_new ("", 0);
  g_ptr_array_add (keys, NULL);

  return plancia_target_read (target, (const char *const *) keys->pdata, error);
}

static int
review_and_send (PlanciaTarget *target, GPtrArray *edits)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaReadings) before = read_before (target, edits, &error);
  g_autofree char *json = NULL;

  if (before == NULL) {
    plancia_cli_complain ("%s: %s", plancia_target_get_text (target), error->message);
    return PLANCIA_CLI_FAILED;
  }
  if (option_dry_run && option_json) {
    json = plancia_review_json (edits, before);
    plancia_cli_print (json);
    return PLANCIA_CLI_DONE;
  }
  if ((option_dry_run || !option_yes) && !show_review (target, edits, before))
    return PLANCIA_CLI_USAGE;
  if (option_dry_run)
    return PLANCIA_CLI_DONE;
  if (!option_yes && !ask (edits->len))
    return plancia_cli_wrong_use (_ ("Nothing was written."));

  return send_edits (target, edits);
}

static int
write_assignments (PlanciaTarget *target, GStrv texts)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) edits = NULL;

  /* What can be found wrong without a connection is said before one is made. */
  if (plancia_target_get_map (target) != NULL) {
    edits = parse_assignments (plancia_target_get_map (target), texts);
    if (edits == NULL)
      return PLANCIA_CLI_USAGE;
  }
  if (!plancia_target_open (target, TRUE, &error)) {
    plancia_cli_complain ("%s: %s", plancia_target_get_text (target), error->message);
    return PLANCIA_CLI_FAILED;
  }
  if (plancia_target_get_map (target) == NULL)
    return plancia_cli_wrong_use (_ ("%s: nothing can be written there."),
                                     plancia_target_get_text (target));
  if (edits == NULL)
    edits = parse_assignments (plancia_target_get_map (target), texts);
  if (edits == NULL)
    return PLANCIA_CLI_USAGE;

  return review_and_send (target, edits);
}

static int
check_use (GStrv rest)
{
  if (rest[1] == NULL || rest[2] == NULL)
    return plancia_cli_wrong_use (
      _ ("Say where and what to write, as in \"write eth-stick://HOST/1 KEY=VALUE\"."));
  for (guint i = 2; rest[i] != NULL; i++)
    if (strchr (rest[i], '=') == NULL)
      return plancia_cli_wrong_use (_ ("\"%s\" is not KEY=VALUE."), rest[i]);
  if (!option_yes && !option_dry_run && !can_ask ())
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
        _ ("ADDRESS KEY=VALUE…"),
           _ ("Writes settings of a device and reads them back."), NULL, entries, &code))
    return code;
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

  code = write_assignments (target, rest + 2);
  return plancia_target_save_traffic (target) ? code : MAX (code, PLANCIA_CLI_FAILED);
}
