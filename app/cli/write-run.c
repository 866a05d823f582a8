/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/write-run.h"

#include "cli/cli.h"
#include "cli/review.h"
#include "cli/write-ask.h"
#include "map/raw-edit.h"
#include "map/write-frame.h"
#include "model/write-risk.h"
#include <glib/gi18n.h>
#include <stdio.h>

/* --- asking --------------------------------------------------------------------------------------------------- */

/* A program that reads standard output gets JSON only; the review is then for the person at the terminal. */
static void
show (const PlanciaWriteRun *run, const char *text)
{
  if (run->json)
    fputs (text, stderr);
  else
    plancia_cli_print (text);
}

static gboolean
show_review (const PlanciaWriteRun *run,
             PlanciaTarget         *target,
             GPtrArray             *edits,
             PlanciaReadings       *before)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text =
    plancia_review_text (plancia_target_get_map (target), edits, before, &error);

  if (text == NULL) {
    plancia_cli_complain ("%s", error->message);
    return FALSE;
  }
  show (run, text);

  return TRUE;
}

/* What is written along is read now, as it will be read again before it is sent. */
static gboolean
fill (PlanciaTarget *target, PlanciaWriteStep *step)
{
  const PlanciaEdit *edit = g_ptr_array_index (step->edits, 0);
  g_autoptr (GArray) present =
    plancia_target_read_raw (target, edit->field->read_function, step->address, step->count, NULL);

  return present != NULL &&
         plancia_write_step_fill (step, (const guint16 *) (gpointer) present->data, NULL);
}

static void
show_frames (const PlanciaWriteRun *run, PlanciaTarget *target, GPtrArray *steps)
{
  g_autoptr (GString) text = g_string_new (NULL);

  /* Translators: before a list of bytes in hexadecimal, one line a request. */
  g_string_append_printf (text, "%s\n", _ ("Requests, without the frame of the route:"));
  for (guint i = 0; i < steps->len; i++) {
    PlanciaWriteStep *step = g_ptr_array_index (steps, i);
    g_autofree char  *frame =
      plancia_write_step_frame (step, plancia_target_get_unit (target), fill (target, step));

    g_string_append_printf (text, "  %s\n", frame);
  }
  show (run, text->str);
}

/* --- writing -------------------------------------------------------------------------------------------------- */

static gboolean
is_good (const PlanciaWriteOutcome *outcome)
{
  return outcome->verdict == PLANCIA_VERDICT_VERIFIED || outcome->verdict == PLANCIA_VERDICT_SENT ||
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
send_edits (const PlanciaWriteRun *run,
            PlanciaTarget         *target,
            GPtrArray             *edits,
            PlanciaReadings       *before)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray)
    outcomes = plancia_target_write (target, edits, run->kind, run->note, before, &error);
  g_autofree char *text = NULL;

  if (outcomes == NULL) {
    plancia_cli_complain ("%s: %s", plancia_target_get_text (target), error->message);
    return PLANCIA_CLI_FAILED;
  }
  text = run->json ? plancia_outcome_json (edits, outcomes)
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

    if ((field->access & PLANCIA_ACCESS_READ) != 0 &&
        !plancia_edit_is_raw (g_ptr_array_index (edits, i)))
      g_ptr_array_add (keys, (gpointer) field->key);
  }
  if (plancia_target_get_serial_key (target) != NULL)
    g_ptr_array_add (keys, (gpointer) plancia_target_get_serial_key (target));
  if (keys->len == 0)
    return plancia_readings_new ("", 0);
  g_ptr_array_add (keys, NULL);

  return plancia_target_read (target, (const char *const *) keys->pdata, error);
}

/* Where they can be read; else the review has nothing to show, and says so. */
static void
read_raw_before (PlanciaTarget *target, GPtrArray *edits, PlanciaReadings *readings)
{
  for (guint i = 0; i < edits->len; i++) {
    const PlanciaEdit *edit = g_ptr_array_index (edits, i);
    g_autoptr (GArray) words = NULL;

    if (!plancia_edit_is_raw (edit))
      continue;
    words = plancia_target_read_raw (target, 3, edit->field->address, edit->field->count, NULL);
    if (words != NULL)
      plancia_reading_set_words (
        plancia_readings_add (readings, edit->field->key, PLANCIA_QUALITY_GOOD),
        edit->field,
        (const guint16 *) (gpointer) words->data);
  }
}

/* FALSE: somebody who was not asked has not said that it may be. */
static gboolean
may_skip_questions (const PlanciaWriteRun *run, GPtrArray *steps)
{
  g_autoptr (GPtrArray) risks = plancia_write_risks (steps);

  if (!run->yes || run->accept_risk || risks->len == 0)
    return TRUE;
  plancia_cli_complain (_ ("%s --yes is not enough for that, add --accept-risk."),
                           (const char *) g_ptr_array_index (risks, 0));
  return FALSE;
}

/**
 * plancia_write_run:
 * @run: what the command line says
 * @target: an open device
 * @edits: (element-type PlanciaEdit): a plan is possible for them
 *
 * Reads before, shows the review, asks, sends each request once and reads it back.
 *
 * Returns: the exit code
 */
int
plancia_write_run (const PlanciaWriteRun *run, PlanciaTarget *target, GPtrArray *edits)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray)
    steps = plancia_write_plan_new (plancia_target_get_map (target), edits, NULL);
  g_autoptr (PlanciaReadings) before = NULL;
  g_autofree char *json = NULL;

  if (!run->dry_run && !may_skip_questions (run, steps))
    return PLANCIA_CLI_USAGE;
  before = read_before (target, edits, &error);
  if (before == NULL) {
    plancia_cli_complain ("%s: %s", plancia_target_get_text (target), error->message);
    return PLANCIA_CLI_FAILED;
  }
  read_raw_before (target, edits, before);
  if (run->dry_run && run->json) {
    json = plancia_review_json (edits, before);
    plancia_cli_print (json);
    return PLANCIA_CLI_DONE;
  }
  if ((run->dry_run || !run->yes) && !show_review (run, target, edits, before))
    return PLANCIA_CLI_USAGE;
  if (run->dry_run || !run->yes)
    show_frames (run, target, steps);
  if (run->dry_run)
    return PLANCIA_CLI_DONE;
  if (!run->yes && !plancia_write_ask (edits->len, steps))
    return plancia_cli_wrong_use (_ ("Nothing was written."));

  return send_edits (run, target, edits, before);
}
