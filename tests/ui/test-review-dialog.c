/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"
#include "base/error.h"
#include "registers-fixture.h"
#include "ui/clock-block.h"
#include "ui/register-source.h"
#include "ui/review-dialog.h"

#define NOW G_GINT64_CONSTANT (1781265937000) /* 2026-06-12 14:05:37 in Rome */

typedef struct
{
  UiPlant              *plant;
  PlanciaRegisterModel *model;
  FakeBackend          *backend;
  GtkWidget            *dialog;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  plancia_clock_simulate (NOW, 0);
  self->plant = ui_plant_new ();
  registers_give_all (self->plant);
  plancia_session_set_device (self->plant->session, self->plant->hybrid);
  plancia_session_set_installer (self->plant->session, TRUE);
  self->backend = self->plant->hybrid_backend;
  self->model =
    plancia_register_source_get_model (plancia_register_source_of (self->plant->hybrid));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  if (self->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (self->dialog));
  g_clear_object (&self->dialog);
  ui_fixture_settle ();
  ui_plant_free (self->plant);
  plancia_clock_reset ();
}

static PlanciaRegisterRow *
row_of (Fixture *self, const char *key)
{
  return plancia_register_model_find (self->model, key);
}

static void
stage (Fixture *self, const char *key, const char *text)
{
  g_auto (PlanciaValue) value = {0};
  g_autoptr (GError) error = NULL;

  plancia_field_parse (plancia_register_row_get_field (row_of (self, key)), text, &value, &error);
  g_assert_no_error (error);
  plancia_register_model_stage (self->model, row_of (self, key), &value, &error);
  g_assert_no_error (error);
}

static void
open_dialog (Fixture *self)
{
  self->dialog = plancia_review_dialog_new (self->plant->session, self->plant->hybrid, self->model);
  g_object_ref (self->dialog);
  gtk_window_present (GTK_WINDOW (self->dialog));
  ui_fixture_settle ();
}

static GtkWidget *
button_of (Fixture *self, const char *label)
{
  return ui_fixture_find (self->dialog, GTK_TYPE_BUTTON, label);
}

static void
click (Fixture *self, const char *label)
{
  GtkWidget *button = button_of (self, label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  ui_fixture_settle ();
}

static gboolean
shows (Fixture *self, const char *text)
{
  return ui_fixture_find (self->dialog, GTK_TYPE_LABEL, text) != NULL;
}

static guint
n_writes (Fixture *self)
{
  return fake_backend_get_writes (self->backend)->len;
}

/* What a key does: through the controllers of the dialog, then the focus, as GTK does. */
static void
press (Fixture *self, guint keyval, GdkModifierType state)
{
  GListModel *controllers = gtk_widget_observe_controllers (self->dialog);
  gboolean    taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !taken; i++) {
    g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_EVENT_CONTROLLER_KEY (controller) &&
        gtk_event_controller_get_propagation_phase (GTK_EVENT_CONTROLLER (controller)) ==
          GTK_PHASE_CAPTURE)
      g_signal_emit_by_name (controller, "key-pressed", keyval, 0, state, &taken);
  }
  if (!taken && gtk_window_get_focus (GTK_WINDOW (self->dialog)) != NULL)
    gtk_widget_activate (gtk_window_get_focus (GTK_WINDOW (self->dialog)));
  g_object_unref (controllers);
  ui_fixture_settle ();
}

static void
picture (Fixture *self, const char *name)
{
  g_autofree char *light = g_strdup_printf ("%s-light", name);
  g_autofree char *dark = g_strdup_printf ("%s-dark", name);

  cairo_surface_destroy (ui_fixture_screenshot (self->dialog, light));
  ui_fixture_set_dark (TRUE);
  cairo_surface_destroy (ui_fixture_screenshot (self->dialog, dark));
  ui_fixture_set_dark (FALSE);
}

static void
add_outcome (Fixture       *self,
             GPtrArray     *outcomes,
             const char    *key,
             PlanciaVerdict verdict,
             const char    *before,
             const char    *sent,
             const char    *after)
{
  registers_add_outcome (outcomes,
                         plancia_device_get_map (self->plant->hybrid),
                         key,
                         verdict,
                         before,
                         sent,
                         after);
}

static void
stage_three (Fixture *self)
{
  stage (self, "export_limit_mode", "2");
  stage (self, "export_limit_power", "6000");
  stage (self, "storage_mode", "2");
}

/* --- before ---------------------------------------------------------------------------------- */

static void
test_before (Fixture *self, gconstpointer data)
{
  stage_three (self);
  open_dialog (self);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (self->dialog)), ==, "Write 3 settings");
  g_assert_true (shows (self,
                        "Sent as 2 requests, function 16. Each one is read back before the "
                        "next."));
  g_assert_true (shows (self, "0000 \xe2\x86\x92 003C"));
  g_assert_true (shows (self, "1024, block of 2 words from 1023"));
  g_assert_true (shows (self, "0\xc2\xa0W"));
  g_assert_true (shows (self, "6000\xc2\xa0W"));
  g_assert_true (shows (self, "Self-use"));
  g_assert_null (gtk_window_get_default_widget (GTK_WINDOW (self->dialog)));
  g_assert_cmpuint (n_writes (self), ==, 0);
  picture (self, "review-before");
}

/* Opening the dialog, Return wherever the focus is, Escape: none of it writes. */
static void
test_return_does_not_write (Fixture *self, gconstpointer data)
{
  GtkWidget *write;

  stage_three (self);
  open_dialog (self);
  write = button_of (self, "Write 3 settings");
  gtk_window_set_focus (GTK_WINDOW (self->dialog), write);
  press (self, GDK_KEY_Return, 0);
  press (self, GDK_KEY_KP_Enter, 0);
  press (self, GDK_KEY_ISO_Enter, 0);
  g_assert_cmpuint (n_writes (self), ==, 0);
  g_assert_cmpuint (plancia_register_model_get_n_staged (self->model), ==, 3);

  press (self, GDK_KEY_Return, GDK_CONTROL_MASK);
  g_assert_cmpuint (n_writes (self), ==, 1);
  /* And not twice. */
  press (self, GDK_KEY_Return, GDK_CONTROL_MASK);
  g_assert_cmpuint (n_writes (self), ==, 1);
  fake_backend_answer_write (self->backend, registers_outcomes_new (), NULL);
  ui_fixture_settle ();
}

static void
test_closing_keeps_edits (Fixture *self, gconstpointer data)
{
  stage_three (self);
  open_dialog (self);
  gtk_window_close (GTK_WINDOW (self->dialog));
  ui_fixture_settle ();
  g_assert_cmpuint (n_writes (self), ==, 0);
  g_assert_cmpuint (plancia_register_model_get_n_staged (self->model), ==, 3);
}

static void
test_view_only (Fixture *self, gconstpointer data)
{
  stage_three (self);
  plancia_session_set_installer (self->plant->session, FALSE);
  open_dialog (self);
  g_assert_false (gtk_widget_is_sensitive (button_of (self, "Write 3 settings")));
  press (self, GDK_KEY_Return, GDK_CONTROL_MASK);
  g_assert_cmpuint (n_writes (self), ==, 0);
}

static void
test_not_connected (Fixture *self, gconstpointer data)
{
  stage_three (self);
  fake_backend_set_state (self->backend, PLANCIA_STATE_CLOSED, NULL);
  open_dialog (self);
  g_assert_true (shows (self, "The device is not connected: nothing can be written now."));
  press (self, GDK_KEY_Return, GDK_CONTROL_MASK);
  g_assert_cmpuint (n_writes (self), ==, 0);
}

/* --- a second question ----------------------------------------------------------------------- */

static GtkWidget *
find_question (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

    if (ADW_IS_MESSAGE_DIALOG (window))
      return window;
  }
  return NULL;
}

static void
answer_question (const char *response)
{
  GtkWidget *question = find_question ();

  g_assert_nonnull (question);
  g_assert_cmpstr (adw_message_dialog_get_default_response (ADW_MESSAGE_DIALOG (question)),
                   ==,
                   "cancel");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), response);
  ui_fixture_settle ();
}

static void
test_battery_asks_again (Fixture *self, gconstpointer data)
{
  stage (self, "bat_set_dod", "60");
  open_dialog (self);
  click (self, "Write 1 setting");
  g_assert_cmpuint (n_writes (self), ==, 0);
  answer_question ("cancel");
  g_assert_cmpuint (n_writes (self), ==, 0);
  click (self, "Write 1 setting");
  answer_question ("write");
  g_assert_cmpuint (n_writes (self), ==, 1);
  fake_backend_answer_write (self->backend, registers_outcomes_new (), NULL);
  ui_fixture_settle ();
}

static void
test_link_asks_again (Fixture *self, gconstpointer data)
{
  stage (self, "bus_address", "7");
  open_dialog (self);
  click (self, "Write 1 setting");
  g_assert_cmpuint (n_writes (self), ==, 0);
  answer_question ("cancel");
  g_assert_cmpuint (n_writes (self), ==, 0);
}

/* --- writing --------------------------------------------------------------------------------- */

static void
test_writing (Fixture *self, gconstpointer data)
{
  GPtrArray *edits;

  stage_three (self);
  open_dialog (self);
  click (self, "Write 3 settings");
  g_assert_cmpuint (n_writes (self), ==, 1);
  edits = g_ptr_array_index (fake_backend_get_writes (self->backend), 0);
  g_assert_cmpuint (edits->len, ==, 3);

  fake_backend_report_progress (self->backend, 2, 2, "reading back");
  ui_fixture_settle ();
  g_assert_true (shows (self, "Reading back"));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (self->dialog)), ==, "Writing 2 of 2");
  g_assert_false (shows (self, "Verified"));
  picture (self, "writing");

  g_assert_false (fake_backend_is_stopped (self->backend));
  click (self, "Stop after this one");
  g_assert_true (fake_backend_is_stopped (self->backend));
  fake_backend_answer_write (self->backend, registers_outcomes_new (), NULL);
  ui_fixture_settle ();
}

/* Closing counts as stop: the window stays until the result is there. */
static void
test_closing_while_writing (Fixture *self, gconstpointer data)
{
  GPtrArray *outcomes = registers_outcomes_new ();

  stage (self, "storage_mode", "2");
  open_dialog (self);
  click (self, "Write 1 setting");
  gtk_window_close (GTK_WINDOW (self->dialog));
  ui_fixture_settle ();
  g_assert_true (gtk_widget_get_visible (self->dialog));
  g_assert_true (fake_backend_is_stopped (self->backend));
  add_outcome (self, outcomes, "storage_mode", PLANCIA_VERDICT_VERIFIED, "0", "2", "2");
  fake_backend_answer_write (self->backend, outcomes, NULL);
  ui_fixture_settle ();
  g_assert_true (shows (self, "Verified"));
}

/* The answer comes after the window is gone: the rows still learn it. */
static void
test_destroyed_while_writing (Fixture *self, gconstpointer data)
{
  GPtrArray *outcomes = registers_outcomes_new ();

  stage (self, "storage_mode", "2");
  open_dialog (self);
  click (self, "Write 1 setting");
  gtk_window_destroy (GTK_WINDOW (self->dialog));
  g_clear_object (&self->dialog);
  ui_fixture_settle ();
  add_outcome (self, outcomes, "storage_mode", PLANCIA_VERDICT_VERIFIED, "0", "2", "2");
  fake_backend_answer_write (self->backend, outcomes, NULL);
  ui_fixture_settle ();
  g_assert_cmpuint (plancia_register_model_get_n_staged (self->model), ==, 0);
  g_assert_cmpfloat (plancia_register_row_get_value (row_of (self, "storage_mode"))->number, ==, 2);
}

static void
test_refused_plan (Fixture *self, gconstpointer data)
{
  stage_three (self);
  open_dialog (self);
  click (self, "Write 3 settings");
  fake_backend_answer_write (
    self->backend,
    NULL,
    g_error_new (PLANCIA_DEVICE_ERROR, PLANCIA_DEVICE_ERROR_OUT_OF_RANGE, "storage_mode: no"));
  ui_fixture_settle ();
  g_assert_true (shows (self, "Nothing was sent. All changes are still staged."));
  g_assert_cmpuint (plancia_register_model_get_n_staged (self->model), ==, 3);
}

static void
test_clock_is_taken_again (Fixture *self, gconstpointer data)
{
  g_autoptr (GDateTime) now = plancia_clock_block_now ();
  GPtrArray         *edits;
  const PlanciaEdit *minute;

  g_assert_true (plancia_clock_block_stage (self->model, now, TRUE, NULL));
  open_dialog (self);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (self->dialog)), ==, "Write 1 setting");
  g_assert_true (shows (self, "14:05:37"));
  picture (self, "review-clock");
  plancia_clock_simulate (NOW + 120 * 1000, 0);
  click (self, "Write 1 setting");
  edits = g_ptr_array_index (fake_backend_get_writes (self->backend), 0);
  g_assert_cmpuint (edits->len, ==, 6);
  minute = g_ptr_array_index (edits, 4);
  g_assert_cmpfloat (minute->value.number, ==, 7);
  fake_backend_answer_write (self->backend, registers_outcomes_new (), NULL);
  ui_fixture_settle ();
}

/* --- after ----------------------------------------------------------------------------------- */

static void
write_three (Fixture *self)
{
  GPtrArray *outcomes = registers_outcomes_new ();

  stage_three (self);
  open_dialog (self);
  click (self, "Write 3 settings");
  add_outcome (self, outcomes, "export_limit_mode", PLANCIA_VERDICT_VERIFIED, "0", "2", "2");
  add_outcome (self, outcomes, "export_limit_power", PLANCIA_VERDICT_UNKNOWN, "0", "6000", NULL);
  add_outcome (self, outcomes, "storage_mode", PLANCIA_VERDICT_DIFFERS, "0", "2", "0");
  fake_backend_answer_write (self->backend, outcomes, NULL);
  ui_fixture_settle ();
}

static void
test_after (Fixture *self, gconstpointer data)
{
  write_three (self);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (self->dialog)), ==, "Result: 1 of 3 verified");
  g_assert_true (shows (self, "Verified"));
  g_assert_true (shows (self, "Unknown"));
  g_assert_true (shows (self, "Differs"));
  g_assert_true (shows (self, "reads 0002, Limit the three-phase sum"));
  g_assert_true (shows (self, "reads 0000, Self-use"));
  picture (self, "review-after");
  /* Only what is verified is no longer staged. */
  g_assert_false (plancia_register_row_is_staged (row_of (self, "export_limit_mode")));
  g_assert_true (plancia_register_row_is_staged (row_of (self, "export_limit_power")));
  g_assert_true (plancia_register_row_is_staged (row_of (self, "storage_mode")));
}

static void
test_refused_and_not_sent (Fixture *self, gconstpointer data)
{
  GPtrArray           *outcomes = registers_outcomes_new ();
  PlanciaWriteOutcome *refused;

  stage_three (self);
  open_dialog (self);
  click (self, "Write 3 settings");
  add_outcome (self, outcomes, "export_limit_mode", PLANCIA_VERDICT_REFUSED, "0", "2", NULL);
  refused = g_ptr_array_index (outcomes, 0);
  refused->error =
    g_error_new (PLANCIA_MODBUS_ERROR, PLANCIA_MODBUS_ERROR_ILLEGAL_VALUE, "exception 3");
  add_outcome (self, outcomes, "export_limit_power", PLANCIA_VERDICT_SKIPPED, NULL, NULL, NULL);
  add_outcome (self, outcomes, "storage_mode", PLANCIA_VERDICT_SKIPPED, NULL, NULL, NULL);
  fake_backend_answer_write (self->backend, outcomes, NULL);
  ui_fixture_settle ();
  g_assert_true (shows (self, "Refused"));
  g_assert_true (shows (self, "Not sent"));
  g_assert_true (shows (self, "stopped before it was sent"));
  picture (self, "review-refused");
  g_assert_cmpuint (plancia_register_model_get_n_staged (self->model), ==, 3);
}

static void
test_read_back_again (Fixture *self, gconstpointer data)
{
  GPtrArray *reads = fake_backend_get_reads (self->backend);

  write_three (self);
  plancia_clock_simulate (NOW + 5000, 0);
  click (self, "Read back again");
  g_assert_cmpstr (g_ptr_array_index (reads, reads->len - 1),
                   ==,
                   "export_limit_power storage_mode");
  fake_backend_answer_read (self->backend,
                            registers_reading (self->plant, "export_limit_power", "6000"),
                            NULL);
  ui_fixture_settle ();
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (self->dialog)), ==, "Result: 2 of 3 verified");
  g_assert_false (plancia_register_row_is_staged (row_of (self, "export_limit_power")));
  g_assert_cmpuint (n_writes (self), ==, 1);
}

/* Undo writes nothing: it stages what was there and shows it as any other change. */
static void
test_undo (Fixture *self, gconstpointer data)
{
  GPtrArray         *edits;
  const PlanciaEdit *edit;

  write_three (self);
  g_signal_emit_by_name (
    gtk_widget_get_ancestor (ui_fixture_find (self->dialog, GTK_TYPE_LABEL, "Undo\xe2\x80\xa6"),
                             GTK_TYPE_BUTTON),
    "clicked");
  ui_fixture_settle ();
  g_assert_cmpuint (n_writes (self), ==, 1);
  /* Storage mode never changed: there is nothing to undo. */
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (self->dialog)), ==, "Write 2 settings");
  g_assert_false (plancia_register_row_is_staged (row_of (self, "storage_mode")));
  g_assert_cmpfloat (plancia_register_row_get_staged (row_of (self, "export_limit_mode"))->number,
                     ==,
                     0);
  g_assert_cmpfloat (plancia_register_row_get_staged (row_of (self, "export_limit_power"))->number,
                     ==,
                     0);
  click (self, "Write 2 settings");
  g_assert_cmpuint (n_writes (self), ==, 2);
  edits = g_ptr_array_index (fake_backend_get_writes (self->backend), 1);
  edit = g_ptr_array_index (edits, 0);
  g_assert_cmpstr (edit->field->key, ==, "export_limit_mode");
  g_assert_cmpfloat (edit->value.number, ==, 0);
  fake_backend_answer_write (self->backend, registers_outcomes_new (), NULL);
  ui_fixture_settle ();
}

static void
test_narrow (Fixture *self, gconstpointer data)
{
  GtkWindow *parent = ui_fixture_present (gtk_label_new ("parent"), 480, 760);

  stage_three (self);
  self->dialog = plancia_review_dialog_new (self->plant->session, self->plant->hybrid, self->model);
  g_object_ref (self->dialog);
  gtk_window_set_transient_for (GTK_WINDOW (self->dialog), parent);
  gtk_window_present (GTK_WINDOW (self->dialog));
  ui_fixture_settle ();
  g_assert_cmpint (gtk_widget_get_width (self->dialog), <=, 480);
  picture (self, "review-narrow");
  gtk_window_destroy (GTK_WINDOW (self->dialog));
  g_clear_object (&self->dialog);
  gtk_window_destroy (parent);
}

int
main (int argc, char *argv[])
{
  ui_fixture_init (&argc, &argv);

#define ADD(path, function) \
  g_test_add ("/review-dialog/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("before", test_before);
  ADD ("return-does-not-write", test_return_does_not_write);
  ADD ("closing-keeps-edits", test_closing_keeps_edits);
  ADD ("view-only", test_view_only);
  ADD ("not-connected", test_not_connected);
  ADD ("battery-asks-again", test_battery_asks_again);
  ADD ("link-asks-again", test_link_asks_again);
  ADD ("writing", test_writing);
  ADD ("closing-while-writing", test_closing_while_writing);
  ADD ("destroyed-while-writing", test_destroyed_while_writing);
  ADD ("refused-plan", test_refused_plan);
  ADD ("clock-is-taken-again", test_clock_is_taken_again);
  ADD ("after", test_after);
  ADD ("refused-and-not-sent", test_refused_and_not_sent);
  ADD ("read-back-again", test_read_back_again);
  ADD ("undo", test_undo);
  ADD ("narrow", test_narrow);
  return g_test_run ();
}
