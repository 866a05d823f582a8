/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/review-row.h"

#include "ui/register-cells.h"
#include "ui/review-text.h"
#include <glib/gi18n.h>
#include <string.h>

struct _PlanciaReviewRow
{
  GtkListBoxRow parent_instance;

  GtkBox    *box;
  GtkLabel  *name;
  GtkLabel  *reason;
  GtkLabel  *before;
  GtkLabel  *arrow;
  GtkLabel  *after;
  GtkWidget *raw_box;
  GtkLabel  *raw;
  GtkLabel  *block;
  GtkWidget *verdict_box;
  GtkWidget *spinner;
  GtkWidget *icon;
  GtkLabel  *word;
  GtkLabel  *detail;

  GPtrArray     *edits;
  guint          number; /* of the request */
  GPtrArray     *outcomes;
  PlanciaVerdict verdict;
};

G_DEFINE_FINAL_TYPE (PlanciaReviewRow, plancia_review_row, GTK_TYPE_LIST_BOX_ROW)

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), text[0] != '\0' ? text : NULL);
}

static void
take_text (GtkLabel *label, char *text)
{
  set_text (label, text);
  g_free (text);
}

static void
set_verdict_class (PlanciaReviewRow *self, const char *css_class)
{
  static const char *const classes[] = {"verified", "differs", "unknown", "skipped"};
  GtkWidget               *widgets[] = {self->icon, GTK_WIDGET (self->word)};

  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++) {
    for (guint j = 0; j < G_N_ELEMENTS (classes); j++)
      gtk_widget_remove_css_class (widgets[i], classes[j]);
    gtk_widget_add_css_class (widgets[i], "verdict");
    if (css_class != NULL)
      gtk_widget_add_css_class (widgets[i], css_class);
  }
}

static void
show_result (PlanciaReviewRow *self,
             const char       *icon,
             const char       *css_class,
             const char       *word,
             const char       *detail)
{
  gboolean busy = icon == NULL;

  gtk_widget_set_visible (self->raw_box, FALSE);
  gtk_widget_set_visible (self->verdict_box, TRUE);
  gtk_widget_set_visible (self->spinner, busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
  gtk_widget_set_visible (self->icon, !busy);
  if (icon != NULL)
    gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon);
  set_verdict_class (self, css_class);
  gtk_label_set_text (self->word, word);
  set_text (self->detail, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), TRUE);
}

static const PlanciaEdit *
edit_at (PlanciaReviewRow *self, guint index)
{
  return g_ptr_array_index (self->edits, index);
}

static const PlanciaWriteOutcome *
outcome_for (PlanciaReviewRow *self, const PlanciaEdit *edit)
{
  for (guint i = 0; self->outcomes != NULL && i < self->outcomes->len; i++) {
    const PlanciaWriteOutcome *outcome = g_ptr_array_index (self->outcomes, i);

    if (g_str_equal (outcome->key, edit->field->key))
      return outcome;
  }
  return NULL;
}

/* Of several parts the worst counts. */
static int
badness (PlanciaVerdict verdict)
{
  switch (verdict) {
  case PLANCIA_VERDICT_VERIFIED:
    return 0;
  case PLANCIA_VERDICT_SKIPPED:
    return 1;
  case PLANCIA_VERDICT_SENT:
    return 2;
  case PLANCIA_VERDICT_DIFFERS:
    return 3;
  case PLANCIA_VERDICT_REFUSED:
    return 4;
  case PLANCIA_VERDICT_UNKNOWN:
  default:
    return 5;
  }
}

static guint
worst_edit (PlanciaReviewRow *self)
{
  guint worst = 0;
  int   worst_badness = -1;

  for (guint i = 0; i < self->edits->len; i++) {
    const PlanciaWriteOutcome *outcome = outcome_for (self, edit_at (self, i));
    int bad = outcome != NULL ? badness (outcome->verdict) : badness (PLANCIA_VERDICT_UNKNOWN);

    if (bad > worst_badness) {
      worst = i;
      worst_badness = bad;
    }
  }
  return worst;
}

static void
show_verdict (PlanciaReviewRow *self, PlanciaVerdict verdict, const char *detail)
{
  self->verdict = verdict;
  show_result (self,
               plancia_review_text_icon (verdict),
               plancia_review_text_css_class (verdict),
               plancia_review_text_verdict (verdict),
               detail);
}

/* Whether the words that were read are those that the edit wanted; bits outside of a mask do not
 * count. */
static gboolean
holds (const PlanciaEdit *edit, const guint16 *words)
{
  g_autofree guint16 *wanted = g_new0 (guint16, edit->field->count);

  return plancia_field_encode (edit->field, &edit->value, words, wanted, NULL) &&
         memcmp (wanted, words, edit->field->count * sizeof *wanted) == 0;
}

static void
plancia_review_row_finalize (GObject *object)
{
  PlanciaReviewRow *self = PLANCIA_REVIEW_ROW (object);

  g_ptr_array_unref (self->edits);
  g_clear_pointer (&self->outcomes, g_ptr_array_unref);

  G_OBJECT_CLASS (plancia_review_row_parent_class)->finalize (object);
}

static void
plancia_review_row_class_init (PlanciaReviewRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = plancia_review_row_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/review-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewRow, box);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewRow, name);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewRow, reason);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewRow, before);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewRow, arrow);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewRow, after);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewRow, raw_box);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewRow, raw);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewRow, block);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewRow, verdict_box);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewRow, icon);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewRow, word);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewRow, detail);
}

static void
plancia_review_row_init (PlanciaReviewRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * plancia_review_row_new:
 * @model: where the present values are
 * @edits: (element-type PlanciaEdit): of one setting
 * @step: the request that writes them
 * @number: of the request, from 0
 *
 * Returns: (transfer floating): a row that shows what would be written. Main thread, as all of this
 * file.
 */
PlanciaReviewRow *
plancia_review_row_new (PlanciaRegisterModel   *model,
                        GPtrArray              *edits,
                        const PlanciaWriteStep *step,
                        guint                   number)
{
  PlanciaReviewRow *self = g_object_new (PLANCIA_TYPE_REVIEW_ROW, NULL);

  self->edits = g_ptr_array_ref (edits);
  self->number = number;
  take_text (self->name, plancia_review_text_name (edits));
  take_text (self->reason, plancia_review_text_reason (model, edits, step));
  take_text (self->before, plancia_review_text_before (model, edits));
  take_text (self->after, plancia_review_text_after (edits));
  take_text (self->raw, plancia_review_text_raw (model, edits));
  take_text (self->block, plancia_review_text_block (edits, step));
  gtk_label_set_text (self->arrow, plancia_register_arrow ());
  gtk_widget_set_visible (GTK_WIDGET (self->reason), gtk_label_get_text (self->reason)[0] != '\0');
  if (step->danger > PLANCIA_DANGER_CAUTION)
    gtk_widget_add_css_class (GTK_WIDGET (self->reason), "warn-ink");
  return self;
}

/**
 * plancia_review_row_get_name:
 *
 * Returns: (transfer none): the name of the setting.
 */
const char *
plancia_review_row_get_name (PlanciaReviewRow *self)
{
  g_return_val_if_fail (PLANCIA_IS_REVIEW_ROW (self), NULL);

  return gtk_label_get_text (self->name);
}

/**
 * plancia_review_row_set_narrow:
 * @narrow: whether the columns stand below each other
 */
void
plancia_review_row_set_narrow (PlanciaReviewRow *self, gboolean narrow)
{
  g_return_if_fail (PLANCIA_IS_REVIEW_ROW (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->box),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (self->box, narrow ? 6 : 18);
}

/**
 * plancia_review_row_set_progress:
 * @number: the request in hand, from 0
 * @phase: "sending", "reading back" or "done"
 *
 * Shows where in the write the row is. Nothing here is a result: that comes with the outcomes.
 */
void
plancia_review_row_set_progress (PlanciaReviewRow *self, guint number, const char *phase)
{
  gboolean in_hand = number == self->number && !g_str_equal (phase, "done");

  g_return_if_fail (PLANCIA_IS_REVIEW_ROW (self));

  if (in_hand)
    gtk_widget_add_css_class (GTK_WIDGET (self), "staged-row");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "staged-row");

  if (number < self->number)
    show_result (self, "plancia-pending-symbolic", NULL, _ ("Waiting"), _ ("not sent yet"));
  else if (!in_hand)
    show_result (self,
                 "plancia-pending-symbolic",
                 NULL,
                 C_ ("step", "Done"), _ ("the result comes at the end"));
  else if (g_str_equal (phase, "sending"))
    show_result (self, NULL, NULL, _ ("Sending"), _ ("sent once, never repeated"));
  else if (g_str_equal (phase, "waiting"))
    show_result (self, NULL, NULL, _ ("Waiting"), _ ("for the answer of the cloud"));
  else
    show_result (self, NULL, NULL, _ ("Reading back"), _ ("comparing with what was sent"));
}

/**
 * plancia_review_row_set_outcomes:
 * @outcomes: (element-type PlanciaWriteOutcome): of the whole write, kept by reference
 */
void
plancia_review_row_set_outcomes (PlanciaReviewRow *self, GPtrArray *outcomes)
{
  const PlanciaEdit         *edit;
  const PlanciaWriteOutcome *outcome;
  g_autofree char           *detail = NULL;

  g_return_if_fail (PLANCIA_IS_REVIEW_ROW (self));

  g_clear_pointer (&self->outcomes, g_ptr_array_unref);
  self->outcomes = g_ptr_array_ref (outcomes);
  gtk_widget_remove_css_class (GTK_WIDGET (self), "staged-row");
  gtk_widget_remove_css_class (GTK_WIDGET (self->after), "new-value");
  edit = edit_at (self, worst_edit (self));
  outcome = outcome_for (self, edit);
  detail = outcome != NULL ? plancia_review_text_detail (edit->field, outcome) : g_strdup ("");
  show_verdict (self, outcome != NULL ? outcome->verdict : PLANCIA_VERDICT_UNKNOWN, detail);
}

/**
 * plancia_review_row_set_readings:
 * @readings: a reading of the registers after the write
 *
 * Only for rows that are unknown or differ. Without a good reading of all its registers the verdict
 * stays.
 */
void
plancia_review_row_set_readings (PlanciaReviewRow *self, PlanciaReadings *readings)
{
  gboolean         all = TRUE;
  g_autofree char *detail = NULL;

  g_return_if_fail (PLANCIA_IS_REVIEW_ROW (self));

  if (self->verdict != PLANCIA_VERDICT_UNKNOWN && self->verdict != PLANCIA_VERDICT_DIFFERS)
    return;
  for (guint i = 0; i < self->edits->len; i++) {
    const PlanciaEdit    *edit = edit_at (self, i);
    const PlanciaReading *reading = plancia_readings_find (readings, edit->field->key);

    if (reading == NULL || reading->quality != PLANCIA_QUALITY_GOOD ||
        reading->n_words != edit->field->count)
      return;
    if (detail == NULL || !holds (edit, reading->words)) {
      g_free (detail);
      detail = plancia_review_text_reads (edit->field, reading->words);
    }
    all = all && holds (edit, reading->words);
  }
  show_verdict (self, all ? PLANCIA_VERDICT_VERIFIED : PLANCIA_VERDICT_DIFFERS, detail);
}

/**
 * plancia_review_row_get_verdict:
 *
 * Returns: what is shown; meaningless before the outcomes.
 */
PlanciaVerdict
plancia_review_row_get_verdict (PlanciaReviewRow *self)
{
  g_return_val_if_fail (PLANCIA_IS_REVIEW_ROW (self), PLANCIA_VERDICT_UNKNOWN);

  return self->verdict;
}

/**
 * plancia_review_row_create_sentence:
 *
 * Returns: (transfer full) (nullable): what is not as it was wanted.
 */
char *
plancia_review_row_create_sentence (PlanciaReviewRow *self)
{
  const PlanciaEdit         *edit;
  const PlanciaWriteOutcome *outcome;

  g_return_val_if_fail (PLANCIA_IS_REVIEW_ROW (self), NULL);

  edit = edit_at (self, worst_edit (self));
  outcome = outcome_for (self, edit);
  if (outcome == NULL || outcome->verdict != self->verdict)
    return NULL;
  return plancia_review_text_sentence (plancia_review_row_get_name (self), edit, outcome);
}

/**
 * plancia_review_row_collect_open_keys:
 * @keys: (element-type utf8): gets the keys, which belong to the map
 */
void
plancia_review_row_collect_open_keys (PlanciaReviewRow *self, GPtrArray *keys)
{
  g_return_if_fail (PLANCIA_IS_REVIEW_ROW (self));

  if (self->verdict != PLANCIA_VERDICT_UNKNOWN && self->verdict != PLANCIA_VERDICT_DIFFERS)
    return;
  for (guint i = 0; i < self->edits->len; i++)
    g_ptr_array_add (keys, (gpointer) edit_at (self, i)->field->key);
}

/**
 * plancia_review_row_set_counts:
 *
 * Only memory that wears is worth a word, and only once it was written.
 */
void
plancia_review_row_set_counts (PlanciaReviewRow *self, const GArray *counts)
{
  const PlanciaField *field = edit_at (self, 0)->field;
  g_autofree char    *text = NULL;
  guint               total, today;

  g_return_if_fail (PLANCIA_IS_REVIEW_ROW (self));

  plancia_journal_sum (counts, field->address, &total, &today);
  if (field->wear != PLANCIA_WEAR_EEPROM || total == 0)
    return;
  text = plancia_review_text_counts (gtk_label_get_text (self->reason), total, today);
  set_text (self->reason, text);
}
