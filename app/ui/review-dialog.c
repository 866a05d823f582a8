/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/review-dialog.h"

#include "map/raw-edit.h"
#include "model/open-plant-journal.h"
#include "model/write-risk.h"
#include "ui/clock-block.h"
#include "ui/error-text.h"
#include "ui/help-button.h"
#include "ui/review-result.h"
#include "ui/review-row.h"
#include "ui/review-text.h"
#include "ui/review-undo.h"
#include "ui/risk-question.h"
#include <glib/gi18n.h>
#include <string.h>

/* A parent narrower than this gets a dialog with the columns below each other. */
#define WIDE_PARENT  800
#define NARROW_WIDTH 460
#define WIDE_LIST    732
#define NARROW_LIST  412

typedef enum {
  STAGE_BEFORE,
  STAGE_WRITING,
  STAGE_AFTER,
} Stage;

struct _PlanciaReviewDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle    *title;
  GtkWidget         *cancel;
  GtkWidget         *write;
  GtkWidget         *stop;
  GtkWidget         *close;
  GtkProgressBar    *progress;
  GtkWidget         *head;
  GtkLabel          *head_before;
  GtkLabel          *head_after;
  GtkLabel          *head_result;
  GtkScrolledWindow *scrolled;
  GtkListBox        *list;
  GtkLabel          *summary;
  GtkLabel          *explanation;
  PlanciaHelpButton *help;
  GtkWidget         *frames_box;
  GtkLabel          *frames;
  GtkWidget         *buttons;
  GtkWidget         *read_back;
  GtkWidget         *undo;

  PlanciaSession       *session;
  PlanciaDevice        *device;
  PlanciaRegisterModel *model;
  Stage                 stage;
  gboolean              narrow;
  gboolean              raw;      /* registers of no map: the model's is made up for them */
  gboolean              gone;     /* disposed while a write still runs */
  GPtrArray            *edits;    /* PlanciaEdit, as reviewed */
  GPtrArray            *steps;    /* PlanciaWriteStep of the edits */
  GPtrArray            *rows;     /* PlanciaReviewRow, borrowed from the list */
  GPtrArray            *outcomes; /* PlanciaWriteOutcome, after the write */
  const char           *kind;     /* for the journal */
  GCancellable         *cancellable;
};

G_DEFINE_FINAL_TYPE (PlanciaReviewDialog, plancia_review_dialog, ADW_TYPE_WINDOW)

static void show_before (PlanciaReviewDialog *self);

/* --- title, head and foot -------------------------------------------------------------------- */

static guint
count_settings (PlanciaReviewDialog *self)
{
  return self->rows->len;
}

static void
set_title (PlanciaReviewDialog *self, const char *text)
{
  adw_window_title_set_title (self->title, text);
  gtk_window_set_title (GTK_WINDOW (self), text);
}

static void
set_heads (PlanciaReviewDialog *self, const char *before, const char *after, const char *result)
{
  gtk_label_set_text (self->head_before, before);
  gtk_label_set_text (self->head_after, after);
  gtk_label_set_text (self->head_result, result);
  gtk_widget_set_visible (self->head, !self->narrow);
}

static void
set_foot (PlanciaReviewDialog *self, const char *summary, const char *explanation)
{
  gtk_label_set_text (self->summary, summary);
  gtk_label_set_text (self->explanation, explanation);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), summary[0] != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->explanation), explanation[0] != '\0');
}

static void
show_stage (PlanciaReviewDialog *self, Stage stage)
{
  self->stage = stage;
  plancia_help_button_set_place (self->help, stage == STAGE_AFTER ? "writes#verdicts" : NULL);
  gtk_widget_set_visible (self->cancel, stage != STAGE_AFTER);
  gtk_widget_set_sensitive (self->cancel, stage == STAGE_BEFORE);
  gtk_widget_set_visible (self->write, stage == STAGE_BEFORE);
  gtk_widget_set_visible (self->stop, stage == STAGE_WRITING);
  gtk_widget_set_sensitive (self->stop, TRUE);
  gtk_widget_set_visible (self->close, stage == STAGE_AFTER);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), stage == STAGE_WRITING);
  gtk_widget_set_visible (self->buttons, stage == STAGE_AFTER);
  gtk_widget_set_visible (self->frames_box, stage == STAGE_BEFORE);
}

/* --- before ---------------------------------------------------------------------------------- */

static void
clear_rows (PlanciaReviewDialog *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  g_ptr_array_set_size (self->rows, 0);
}

static const PlanciaWriteStep *
step_of (PlanciaReviewDialog *self, const PlanciaEdit *edit, guint *number)
{
  for (guint i = 0; i < self->steps->len; i++) {
    const PlanciaWriteStep *step = g_ptr_array_index (self->steps, i);

    *number = i;
    if (g_ptr_array_find (step->edits, edit, NULL))
      return step;
  }
  return NULL;
}

static void
add_row (PlanciaReviewDialog *self, GPtrArray *setting)
{
  guint                   number = 0;
  const PlanciaWriteStep *step = step_of (self, g_ptr_array_index (setting, 0), &number);
  PlanciaReviewRow       *row;

  if (step == NULL)
    return;
  row = plancia_review_row_new (self->model, setting, step, number);
  plancia_review_row_set_narrow (row, self->narrow);
  gtk_list_box_append (self->list, GTK_WIDGET (row));
  g_ptr_array_add (self->rows, row);
}

static gboolean
is_clock_part (PlanciaReviewDialog *self, const PlanciaEdit *edit)
{
  return plancia_clock_block_contains (plancia_register_model_get_map (self->model), edit->field);
}

/* In the order in which they are sent; the parts of a clock are one setting. */
static void
add_rows_of_step (PlanciaReviewDialog *self, const PlanciaWriteStep *step)
{
  g_autoptr (GPtrArray) clock = g_ptr_array_new ();

  for (guint i = 0; i < step->edits->len; i++) {
    PlanciaEdit *edit = g_ptr_array_index (step->edits, i);
    g_autoptr (GPtrArray) setting = NULL;

    if (is_clock_part (self, edit)) {
      g_ptr_array_add (clock, edit);
      continue;
    }
    setting = g_ptr_array_new ();
    g_ptr_array_add (setting, edit);
    add_row (self, setting);
  }
  if (clock->len > 0)
    add_row (self, clock);
}

/* The window grows with its rows, up to a limit; it does not by itself once it is shown. */
static void
fit_rows (PlanciaReviewDialog *self)
{
  int height = 0;

  gtk_widget_measure (GTK_WIDGET (self->list),
                      GTK_ORIENTATION_VERTICAL,
                      self->narrow ? NARROW_LIST : WIDE_LIST,
                      &height,
                      NULL,
                      NULL,
                      NULL);
  gtk_scrolled_window_set_min_content_height (
    self->scrolled,
    MIN (height, gtk_scrolled_window_get_max_content_height (self->scrolled)));
}

/* Fails if the map does not let these edits be written together. */
static gboolean
make_plan (PlanciaReviewDialog *self, GError **error)
{
  clear_rows (self);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->edits, g_ptr_array_unref);
  self->edits = plancia_register_model_get_edits (self->model);
  if (self->raw)
    plancia_raw_edits_take_over (self->edits);
  self->steps = plancia_write_plan_new (self->raw ? plancia_device_get_map (self->device)
                                                  : plancia_register_model_get_map (self->model),
                                        self->edits,
                                        error);
  if (self->steps == NULL)
    return FALSE;
  for (guint i = 0; i < self->steps->len; i++)
    add_rows_of_step (self, g_ptr_array_index (self->steps, i));
  fit_rows (self);
  return TRUE;
}

static gboolean
may_write (PlanciaReviewDialog *self)
{
  PlanciaBackend *backend = plancia_device_get_backend (self->device);

  return self->stage == STAGE_BEFORE && plancia_session_get_installer (self->session) &&
         backend != NULL && plancia_backend_get_state (backend) == PLANCIA_STATE_OPEN &&
         self->steps != NULL && self->steps->len > 0;
}

/* The dry run: what would be sent, to the byte. */
static void
show_frames (PlanciaReviewDialog *self)
{
  g_autofree char *text = self->steps != NULL
                            ? plancia_review_text_frames (self->model, self->steps, self->device)
                            : g_strdup ("");

  gtk_label_set_text (self->frames, text);
  gtk_widget_set_visible (self->frames_box, text[0] != '\0');
}

static void
show_before (PlanciaReviewDialog *self)
{
  g_autoptr (GError) error = NULL;
  gboolean         planned = make_plan (self, &error);
  g_autofree char *words = plancia_review_text_write (count_settings (self));
  g_autofree char *explanation = plancia_review_text_explanation (self->model);
  g_autofree char *requests = planned ? plancia_review_text_requests (self->steps) : NULL;

  show_stage (self, STAGE_BEFORE);
  show_frames (self);
  set_title (self, words);
  gtk_button_set_label (GTK_BUTTON (self->write), words);
  gtk_widget_set_sensitive (self->write, may_write (self));
  set_heads (self, C_ ("value", "Now"), _ ("New"), _ ("Raw words, block"));
  if (!planned)
    set_foot (self, plancia_error_text (error), error->message);
  else if (!may_write (self))
    set_foot (self, plancia_review_text_why_not (self->session), requests);
  else
    set_foot (self, requests, explanation);
  gtk_window_set_focus (GTK_WINDOW (self), self->cancel);
}

/* --- after ----------------------------------------------------------------------------------- */

static guint
count_verdict (PlanciaReviewDialog *self, PlanciaVerdict verdict)
{
  return plancia_review_result_count (self->rows, verdict);
}

static char *
create_after_explanation (PlanciaReviewDialog *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (count_verdict (self, PLANCIA_VERDICT_VERIFIED) < self->rows->len)
    g_string_append (text, _ ("What is not verified stays staged."));
  if (plancia_review_undo_is_possible (self->model, self->edits, self->outcomes))
    g_string_append_printf (text,
                            "%s%s",
                            text->len > 0 ? " " : "",
                            _ ("Undo stages the old values and asks again before it writes."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_verdicts (PlanciaReviewDialog *self)
{
  g_autofree char *summary = plancia_review_result_summary (self->rows);
  g_autofree char *explanation = create_after_explanation (self);
  guint            n_open = count_verdict (self, PLANCIA_VERDICT_UNKNOWN) +
                 count_verdict (self, PLANCIA_VERDICT_DIFFERS);
  /* TRANSLATORS: of the settings that were to be written, the first number was read back as sent */
  g_autofree char *title = g_strdup_printf (_ ("Result: %u of %u verified"),
                                               count_verdict (self, PLANCIA_VERDICT_VERIFIED),
                                               self->rows->len);

  set_title (self, title);
  set_foot (self, summary, explanation);
  gtk_widget_set_visible (self->read_back, n_open > 0);
  gtk_widget_set_sensitive (self->read_back, TRUE);
  gtk_widget_set_visible (
    self->undo,
    plancia_review_undo_is_possible (self->model, self->edits, self->outcomes));
  gtk_widget_set_visible (
    self->buttons,
    n_open > 0 || plancia_review_undo_is_possible (self->model, self->edits, self->outcomes));
}

static void
show_after (PlanciaReviewDialog *self)
{
  show_stage (self, STAGE_AFTER);
  for (guint i = 0; i < self->rows->len; i++)
    plancia_review_row_set_outcomes (g_ptr_array_index (self->rows, i), self->outcomes);
  set_heads (self,
             _ ("Before"),
                count_verdict (self, PLANCIA_VERDICT_SKIPPED) > 0
                ? _ ("New")
                : _ ("Sent"), _ ("Result"));
  show_verdicts (self);
  gtk_window_set_focus (GTK_WINDOW (self), self->close);
}

/* The plan was refused: nothing at all was sent, and everything is still staged. */
static void
show_refused (PlanciaReviewDialog *self, const GError *error)
{
  show_before (self);
  set_foot (self,
            plancia_error_text (error),
            _ ("Nothing was sent. All changes are still staged."));
}

static void
on_written (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaReviewDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray)
    outcomes = plancia_backend_write_finish (PLANCIA_BACKEND (object), result, &error);

  if (outcomes != NULL)
    plancia_register_model_set_outcomes (self->model, outcomes);
  if (self->gone)
    return;
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->outcomes, g_ptr_array_unref);
  self->outcomes = g_steal_pointer (&outcomes);
  if (self->outcomes != NULL)
    show_after (self);
  else
    show_refused (self, error);
}

/* --- writing --------------------------------------------------------------------------------- */

/* step counts from 1. */
static void
on_progress (guint step, guint n_steps, const char *phase, gpointer user_data)
{
  PlanciaReviewDialog *self = user_data;
  g_autofree char     *title = NULL;

  if (self->gone || n_steps == 0 || step == 0)
    return;
  /* TRANSLATORS: the request in hand, and of how many */
  title = g_strdup_printf (_ ("Writing %u of %u"), step, n_steps);
  set_title (self, title);
  gtk_progress_bar_set_fraction (self->progress,
                                 (step - 1 + plancia_review_text_share (phase)) / n_steps);
  for (guint i = 0; i < self->rows->len; i++)
    plancia_review_row_set_progress (g_ptr_array_index (self->rows, i), step - 1, phase);
}

/* Once: from here on the stage is no longer "before" until the result is there. */
static void
start_write (PlanciaReviewDialog *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaWriteLog) log = NULL;

  if (!may_write (self))
    return;
  plancia_clock_block_refresh (self->model);
  if (!make_plan (self, &error)) {
    show_refused (self, error);
    return;
  }
  show_stage (self, STAGE_WRITING);
  set_heads (self, C_ ("value", "Now"), _ ("New"), _ ("Step"));
  set_foot (self,
            "",
            _ ("What has been sent cannot be called back. Stopping leaves the rest staged."));
  self->cancellable = g_cancellable_new ();
  on_progress (1, self->steps->len, "sending", self);
  log = plancia_open_plant_begin_log (plancia_session_get_plant (self->session),
                                      self->device,
                                      self->kind,
                                      plancia_register_model_get_origin (self->model));
  plancia_backend_write_async (plancia_device_get_backend (self->device),
                               plancia_device_get_id (self->device),
                               self->edits,
                               log,
                               self->cancellable,
                               on_progress,
                               self,
                               on_written,
                               g_object_ref (self));
}

static void
on_write (PlanciaReviewDialog *self)
{
  g_autoptr (GPtrArray) risks = NULL;
  g_autofree char *words = plancia_review_text_write (count_settings (self));

  if (!may_write (self))
    return;
  risks = plancia_write_risks (self->steps);
  plancia_risk_question_ask (GTK_WINDOW (self),
                             risks,
                             words,
                             (void (*) (gpointer)) start_write,
                             G_OBJECT (self));
}

static void
on_stop (PlanciaReviewDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  gtk_widget_set_sensitive (self->stop, FALSE);
}

/* --- read back and undo ---------------------------------------------------------------------- */

static void
on_read_back_done (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PlanciaReviewDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PlanciaReadings)
    readings = plancia_backend_read_finish (PLANCIA_BACKEND (object), result, &error);

  if (readings != NULL)
    plancia_register_model_apply (self->model, readings);
  if (self->gone || self->stage != STAGE_AFTER)
    return;
  for (guint i = 0; readings != NULL && i < self->rows->len; i++)
    plancia_review_row_set_readings (g_ptr_array_index (self->rows, i), readings);
  show_verdicts (self);
  if (readings == NULL)
    set_foot (self, plancia_error_text (error), _ ("It could not be read back."));
}

static void
on_read_back (PlanciaReviewDialog *self)
{
  PlanciaBackend *backend = plancia_device_get_backend (self->device);
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();

  for (guint i = 0; i < self->rows->len; i++)
    plancia_review_row_collect_open_keys (g_ptr_array_index (self->rows, i), keys);
  if (backend == NULL || keys->len == 0)
    return;
  g_ptr_array_add (keys, NULL);
  gtk_widget_set_sensitive (self->read_back, FALSE);
  plancia_backend_read_async (backend,
                              plancia_device_get_id (self->device),
                              (const char *const *) keys->pdata,
                              NULL,
                              on_read_back_done,
                              g_object_ref (self));
}

/* Nothing is written here: the old values are staged, and reviewed as any others. */
static void
on_undo (PlanciaReviewDialog *self)
{
  self->kind = "undo";
  plancia_review_undo_stage (self->model, self->edits, self->outcomes);
  g_clear_pointer (&self->outcomes, g_ptr_array_unref);
  if (plancia_register_model_get_n_staged (self->model) == 0)
    gtk_window_close (GTK_WINDOW (self));
  else
    show_before (self);
}

/* --- keys and closing ------------------------------------------------------------------------ */

static gboolean
is_return (guint keyval)
{
  return keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter;
}

/* Return must not write, not even when the button has the focus; Ctrl+Return may. */
static gboolean
on_key (PlanciaReviewDialog *self, guint keyval, guint keycode, GdkModifierType state)
{
  if (!is_return (keyval) || self->stage != STAGE_BEFORE)
    return FALSE;
  if (state & GDK_CONTROL_MASK) {
    on_write (self);
    return TRUE;
  }
  return gtk_window_get_focus (GTK_WINDOW (self)) == self->write;
}

/* Closing counts as "stop"; the result is still shown. */
static gboolean
plancia_review_dialog_close_request (GtkWindow *window)
{
  PlanciaReviewDialog *self = PLANCIA_REVIEW_DIALOG (window);

  if (self->stage == STAGE_WRITING) {
    on_stop (self);
    return TRUE;
  }
  return GTK_WINDOW_CLASS (plancia_review_dialog_parent_class)->close_request (window);
}

/* Its size is known only when there is one. */
static void
on_parent (PlanciaReviewDialog *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (parent == NULL || gtk_widget_get_width (GTK_WIDGET (parent)) >= WIDE_PARENT)
    return;
  self->narrow = TRUE;
  gtk_window_set_default_size (GTK_WINDOW (self), NARROW_WIDTH, -1);
  for (guint i = 0; i < self->rows->len; i++)
    plancia_review_row_set_narrow (g_ptr_array_index (self->rows, i), TRUE);
  gtk_widget_set_visible (self->head, FALSE);
  fit_rows (self);
}

static void
plancia_review_dialog_dispose (GObject *object)
{
  PlanciaReviewDialog *self = PLANCIA_REVIEW_DIALOG (object);

  self->gone = TRUE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (plancia_review_dialog_parent_class)->dispose (object);
}

/* What a write that still runs needs stays until the last reference. */
static void
plancia_review_dialog_finalize (GObject *object)
{
  PlanciaReviewDialog *self = PLANCIA_REVIEW_DIALOG (object);

  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->edits, g_ptr_array_unref);
  g_clear_pointer (&self->outcomes, g_ptr_array_unref);
  g_ptr_array_unref (self->rows);
  g_clear_object (&self->model);
  g_clear_object (&self->device);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (plancia_review_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewDialog, title);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewDialog, write);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewDialog, stop);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewDialog, close);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewDialog, head);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewDialog, scrolled);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewDialog, head_before);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewDialog, head_after);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewDialog, head_result);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewDialog, list);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewDialog, explanation);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewDialog, help);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewDialog, frames_box);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewDialog, frames);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewDialog, buttons);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewDialog, read_back);
  gtk_widget_class_bind_template_child (widget_class, PlanciaReviewDialog, undo);
}

static void
plancia_review_dialog_class_init (PlanciaReviewDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = plancia_review_dialog_dispose;
  object_class->finalize = plancia_review_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = plancia_review_dialog_close_request;

  g_type_ensure (PLANCIA_TYPE_HELP_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/plancia/Plancia/review-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_write);
  gtk_widget_class_bind_template_callback (widget_class, on_stop);
  gtk_widget_class_bind_template_callback (widget_class, on_read_back);
  gtk_widget_class_bind_template_callback (widget_class, on_undo);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
plancia_review_dialog_init (PlanciaReviewDialog *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (self, "notify::transient-for", G_CALLBACK (on_parent), NULL);
}

static GtkWidget *
dialog_new (PlanciaSession       *session,
            PlanciaDevice        *device,
            PlanciaRegisterModel *model,
            gboolean              raw)
{
  PlanciaReviewDialog *self = g_object_new (PLANCIA_TYPE_REVIEW_DIALOG, NULL);
  g_autofree char     *subtitle = plancia_review_text_subtitle (device);

  self->session = g_object_ref (session);
  self->device = g_object_ref (device);
  self->model = g_object_ref (model);
  self->raw = raw;
  self->kind = plancia_register_model_get_purpose (model);
  if (raw && g_str_equal (self->kind, "write"))
    self->kind = "raw";
  adw_window_title_set_subtitle (self->title, subtitle);
  show_before (self);
  plancia_review_result_count_writes (self->rows, plancia_session_get_plant (session), device);
  return GTK_WIDGET (self);
}

/**
 * plancia_review_dialog_new:
 * @session: nothing is written while it is in view only
 * @device: what is written to
 * @model: its rows, some of them staged
 *
 * Returns: (transfer floating): a modal window that shows what is staged. Main thread.
 */
GtkWidget *
plancia_review_dialog_new (PlanciaSession       *session,
                           PlanciaDevice        *device,
                           PlanciaRegisterModel *model)
{
  return dialog_new (session, device, model, FALSE);
}

/**
 * plancia_review_dialog_new_raw:
 * @model: of plancia_raw_map_new(), staged
 *
 * Returns: (transfer floating): the same for registers of no map
 */
GtkWidget *
plancia_review_dialog_new_raw (PlanciaSession       *session,
                               PlanciaDevice        *device,
                               PlanciaRegisterModel *model)
{
  return dialog_new (session, device, model, TRUE);
}
