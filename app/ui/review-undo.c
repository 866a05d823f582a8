/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/review-undo.h"

#include "ui/clock-block.h"

static const PlanciaWriteOutcome *
outcome_for (GPtrArray *outcomes, const PlanciaEdit *edit)
{
  for (guint i = 0; outcomes != NULL && i < outcomes->len; i++) {
    const PlanciaWriteOutcome *outcome = g_ptr_array_index (outcomes, i);

    if (g_str_equal (outcome->key, edit->field->key))
      return outcome;
  }
  return NULL;
}

/* Something may have been written, and what was there before is known. An old time is of no use. */
static gboolean
can_undo (PlanciaRegisterModel *model, GPtrArray *outcomes, const PlanciaEdit *edit)
{
  const PlanciaWriteOutcome *outcome = outcome_for (outcomes, edit);

  return outcome != NULL && outcome->sent != NULL && outcome->before != NULL &&
         outcome->verdict != PLANCIA_VERDICT_REFUSED && outcome->n_words == edit->field->count &&
         !plancia_clock_block_contains (plancia_register_model_get_map (model), edit->field);
}

static void
stage_old_value (PlanciaRegisterModel *model, GPtrArray *outcomes, const PlanciaEdit *edit)
{
  PlanciaRegisterRow *row = plancia_register_model_find (model, edit->field->key);
  g_auto (PlanciaValue) before = {0};

  plancia_register_model_unstage (model, row);
  if (!can_undo (model, outcomes, edit))
    return;
  plancia_field_decode (edit->field, outcome_for (outcomes, edit)->before, &before);
  plancia_register_model_stage (model, row, &before, NULL);
}

/**
 * plancia_review_undo_is_possible:
 *
 * Returns: whether any of @edits may have been written over a value that is known.
 */
gboolean
plancia_review_undo_is_possible (PlanciaRegisterModel *model, GPtrArray *edits, GPtrArray *outcomes)
{
  for (guint i = 0; i < edits->len; i++)
    if (can_undo (model, outcomes, g_ptr_array_index (edits, i)))
      return TRUE;
  return FALSE;
}

/**
 * plancia_review_undo_stage:
 *
 * Stages the old values of @edits, as far as they are known and the map allows them. The new values
 * are no longer staged, even those that were not sent.
 */
void
plancia_review_undo_stage (PlanciaRegisterModel *model, GPtrArray *edits, GPtrArray *outcomes)
{
  for (guint i = 0; i < edits->len; i++)
    stage_old_value (model, outcomes, g_ptr_array_index (edits, i));
}
