/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "cli/review.h"

#include "cli/json-out.h"
#include "cli/table.h"
#include "cli/value-out.h"
#include "cli/write-ask.h"
#include "map/field-sign.h"
#include <glib/gi18n.h>

#define ARROW " \342\206\222 "

/* Words now in the device, or NULL. */
static const guint16 *
present_words (PlanciaReadings *before, const PlanciaField *field)
{
  const PlanciaReading *reading = before != NULL ? plancia_readings_find (before, field->key)
                                                 : NULL;

  return reading != NULL && reading->n_words == field->count ? reading->words : NULL;
}

/* (transfer full) the words that the edit asks for, or NULL if they need what cannot be read. */
static guint16 *
wanted_words (const PlanciaEdit *edit, const guint16 *present)
{
  g_autofree guint16 *words = g_new0 (guint16, edit->field->count);

  if (!plancia_field_encode (edit->field, &edit->value, present, words, NULL))
    return NULL;

  return g_steal_pointer (&words);
}

static char *
step_text (const PlanciaWriteStep *step)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "0x%04X, function %u, %u register",
                                       "0x%04X, function %u, %u registers",
                                       step->count),
                          step->address,
                          step->function,
                          step->count);
}

/* With the direction that the sign means. */
static char *
new_text (const PlanciaEdit *edit, const guint16 *words)
{
  g_autofree char *text = plancia_value_out_text (edit->field, &edit->value, words);
  const char      *sign = plancia_field_sign_word (edit->field, &edit->value);

  return sign != NULL ? g_strdup_printf ("%s (%s)", text, sign) : g_steal_pointer (&text);
}

static void
add_review_row (PlanciaTable           *table,
                const PlanciaWriteStep *step,
                const PlanciaEdit      *edit,
                PlanciaReadings        *before)
{
  const PlanciaField *field = edit->field;
  const guint16      *present = present_words (before, field);
  g_autofree guint16 *wanted = wanted_words (edit, present);
  g_autofree char    *old = plancia_value_out_text_words (field, present);
  g_autofree char *new = new_text (edit, wanted);
  g_autofree char *old_raw = plancia_value_out_raw (present, field->count);
  g_autofree char *new_raw = plancia_value_out_raw (wanted, field->count);
  g_autofree char *values = g_strconcat (old, ARROW, new, NULL);
  g_autofree char *raw = g_strconcat (old_raw, ARROW, new_raw, NULL);
  g_autofree char *block = step_text (step);

  plancia_table_add (table,
                     field->key,
                     plancia_map_label (field->name),
                     values,
                     field->unit,
                     raw,
                     block,
                     plancia_write_danger_text (step->danger));
}

/**
 * plancia_review_text:
 * @before: (nullable): the registers as just read
 *
 * One row an edit, in the order in which the requests will be sent.
 *
 * Returns: (transfer full) (nullable): a table, or %NULL with why the write is refused
 */
char *
plancia_review_text (PlanciaMap *map, GPtrArray *edits, PlanciaReadings *before, GError **error)
{
  const char *titles[] = {
    _ ("Register"),
       _ ("Name"), _ ("Value"), _ ("Unit"), _ ("Raw"), _ ("Request"), _ ("Note"), NULL};
  g_autoptr (GPtrArray) steps = plancia_write_plan_new (map, edits, error);
  g_autoptr (PlanciaTable) table = NULL;

  if (steps == NULL)
    return NULL;

  table = plancia_table_new (titles);
  for (guint i = 0; i < steps->len; i++) {
    const PlanciaWriteStep *step = g_ptr_array_index (steps, i);

    for (guint j = 0; j < step->edits->len; j++)
      add_review_row (table, step, g_ptr_array_index (step->edits, j), before);
  }

  return plancia_table_to_string (table);
}

static void
append_register (GString           *out,
                 const PlanciaEdit *edit,
                 const guint16     *old,
                 const guint16     *sent,
                 PlanciaVerdict     verdict)
{
  g_autofree guint16 *wanted = wanted_words (edit, old);

  plancia_json_out_open (out, '{');
  plancia_json_out_member (out, "key", edit->field->key);
  plancia_json_out_key (out, "old");
  plancia_value_out_json_words (out, edit->field, old);
  plancia_json_out_key (out, "new");
  plancia_value_out_json (out, edit->field, &edit->value);
  plancia_json_out_words (out, "raw", sent != NULL ? sent : wanted, edit->field->count);
  plancia_json_out_member (out, "verdict", plancia_verdict_name (verdict));
  plancia_json_out_close (out, '}');
}

/**
 * plancia_review_json:
 * @before: (nullable): the registers as just read
 *
 * Returns: (transfer full): a list of objects
 */
char *
plancia_review_json (GPtrArray *edits, PlanciaReadings *before)
{
  GString *out = g_string_new (NULL);

  plancia_json_out_open (out, '[');
  for (guint i = 0; i < edits->len; i++) {
    const PlanciaEdit *edit = g_ptr_array_index (edits, i);

    append_register (out, edit, present_words (before, edit->field), NULL, PLANCIA_VERDICT_SKIPPED);
  }
  plancia_json_out_close (out, ']');
  g_string_append_c (out, '\n');

  return g_string_free (out, FALSE);
}

static const char *
verdict_text (const PlanciaWriteOutcome *outcome)
{
  switch (outcome->verdict) {
  case PLANCIA_VERDICT_VERIFIED:
    return _ ("verified");
  case PLANCIA_VERDICT_DIFFERS:
    return _ ("differs");
  case PLANCIA_VERDICT_SKIPPED:
    return _ ("skipped");
  case PLANCIA_VERDICT_REFUSED:
    return _ ("refused");
  case PLANCIA_VERDICT_SENT:
    return _ ("sent, cannot be verified");
  case PLANCIA_VERDICT_UNKNOWN:
  default:
    return _ ("unknown");
  }
}

static void
add_outcome_row (PlanciaTable *table, const PlanciaEdit *edit, const PlanciaWriteOutcome *outcome)
{
  const PlanciaField *field = edit->field;
  g_autofree char    *old = plancia_value_out_text_words (field, outcome->before);
  g_autofree char *new = plancia_value_out_text (field, &edit->value, outcome->sent);
  g_autofree char *values = g_strconcat (old, ARROW, new, NULL);
  g_autofree char *after = plancia_value_out_text_words (field, outcome->after);
  g_autofree char *raw = plancia_value_out_raw (outcome->sent, field->count);

  plancia_table_add (table,
                     field->key,
                     plancia_map_label (field->name),
                     values,
                     after,
                     field->unit,
                     raw,
                     verdict_text (outcome));
}

/**
 * plancia_outcome_text:
 *
 * Returns: (transfer full): a table with the verdict of each register
 */
char *
plancia_outcome_text (GPtrArray *edits, GPtrArray *outcomes)
{
  /* Translators: heads of columns: "Read back" is the value read after writing, "Sent" the raw words. */
  const char *titles[] = {
    _ ("Register"),
       _ ("Name"), _ ("Value"), _ ("Read back"), _ ("Unit"), _ ("Sent"), _ ("Verdict"), NULL};
  g_autoptr (PlanciaTable) table = plancia_table_new (titles);

  for (guint i = 0; i < edits->len && i < outcomes->len; i++)
    add_outcome_row (table, g_ptr_array_index (edits, i), g_ptr_array_index (outcomes, i));

  return plancia_table_to_string (table);
}

/**
 * plancia_outcome_json:
 *
 * Returns: (transfer full): a list of objects
 */
char *
plancia_outcome_json (GPtrArray *edits, GPtrArray *outcomes)
{
  GString *out = g_string_new (NULL);

  plancia_json_out_open (out, '[');
  for (guint i = 0; i < edits->len && i < outcomes->len; i++) {
    const PlanciaWriteOutcome *outcome = g_ptr_array_index (outcomes, i);

    append_register (out,
                     g_ptr_array_index (edits, i),
                     outcome->before,
                     outcome->sent,
                     outcome->verdict);
  }
  plancia_json_out_close (out, ']');
  g_string_append_c (out, '\n');

  return g_string_free (out, FALSE);
}
