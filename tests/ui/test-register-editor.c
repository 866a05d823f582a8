/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"
#include "registers-fixture.h"
#include "ui/clock-block.h"
#include "ui/editor-bits.h"
#include "ui/editor-clock.h"
#include "ui/editor-enumeration.h"
#include "ui/editor-number.h"
#include "ui/editor-text.h"
#include "ui/register-editor.h"
#include "ui/register-facts.h"
#include "ui/register-source.h"
#include "ui/registers-page.h"

#define NOW G_GINT64_CONSTANT (1781265937000) /* 2026-06-12 14:05:37 in Rome */

typedef struct
{
  UiPlant              *plant;
  GtkWidget            *page;
  GtkWindow            *window;
  PlanciaRegisterModel *model;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  plancia_clock_simulate (NOW, 0);
  self->plant = ui_plant_new ();
  registers_give_all (self->plant);
  plancia_session_set_device (self->plant->session, self->plant->hybrid);
  plancia_session_set_installer (self->plant->session, TRUE);
  self->page = g_object_new (PLANCIA_TYPE_REGISTERS_PAGE, "session", self->plant->session, NULL);
  self->window = ui_fixture_present (self->page, 899, 620);
  self->model =
    plancia_register_source_get_model (plancia_register_source_of (self->plant->hybrid));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (self->window);
  ui_fixture_settle ();
  /* Nothing of all this was ever written. */
  g_assert_cmpuint (fake_backend_get_writes (self->plant->hybrid_backend)->len, ==, 0);
  ui_plant_free (self->plant);
  plancia_clock_reset ();
}

static PlanciaRegisterRow *
row_of (Fixture *self, const char *key)
{
  return plancia_register_model_find (self->model, key);
}

/* As Return or a double click on the row does. */
static GtkWidget *
open_editor (Fixture *self, const char *key)
{
  GtkWidget          *view = ui_fixture_find (self->page, GTK_TYPE_COLUMN_VIEW, NULL);
  PlanciaRegisterRow *wanted = row_of (self, key);
  guint               n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  guint               place = n;
  GtkWidget          *editor = NULL;

  g_assert_nonnull (wanted);
  for (guint i = 0; i < n; i++) {
    g_autoptr (PlanciaRegisterRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), i);

    if (row == wanted)
      place = i;
  }
  /* A window that gets the focus late, on a busy machine, closes the popover that is open. */
  for (guint i = 0; i < 20 && editor == NULL; i++) {
    g_signal_emit_by_name (view, "activate", place);
    ui_fixture_settle ();
    editor = ui_fixture_find (self->page, PLANCIA_TYPE_REGISTER_EDITOR, NULL);
  }
  g_assert_nonnull (editor);
  return editor;
}

static GtkWidget *
button_of (GtkWidget *editor, const char *label)
{
  return ui_fixture_find (editor, GTK_TYPE_BUTTON, label);
}

static void
click (GtkWidget *editor, const char *label)
{
  GtkWidget *button = button_of (editor, label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  ui_fixture_settle ();
}

static void
picture (GtkWidget *widget, const char *name)
{
  cairo_surface_destroy (ui_fixture_screenshot (widget, name));
}

static double
staged_number (Fixture *self, const char *key)
{
  const PlanciaValue *value = plancia_register_row_get_staged (row_of (self, key));

  g_assert_nonnull (value);
  return value->number;
}

static void
assert_not_staged (Fixture *self, const char *key)
{
  g_assert_false (plancia_register_row_is_staged (row_of (self, key)));
}

/* --- kinds ----------------------------------------------------------------------------------- */

static void
assert_kind (Fixture *self, const char *key, GType type)
{
  g_assert_nonnull (ui_fixture_find (open_editor (self, key), type, NULL));
}

static void
test_kinds (Fixture *self, gconstpointer data)
{
  assert_kind (self, "bat_set_dod", PLANCIA_TYPE_EDITOR_NUMBER);
  assert_kind (self, "export_limit_power", PLANCIA_TYPE_EDITOR_NUMBER);
  assert_kind (self, "storage_mode", PLANCIA_TYPE_EDITOR_ENUMERATION);
  assert_kind (self, "power_control", PLANCIA_TYPE_EDITOR_BITS);
  assert_kind (self, "timed_charge_start", PLANCIA_TYPE_EDITOR_TEXT);
  assert_kind (self, "tou_date_start", PLANCIA_TYPE_EDITOR_TEXT);
  assert_kind (self, "clock_set_hour", PLANCIA_TYPE_EDITOR_CLOCK);
}

static void
test_number (Fixture *self, gconstpointer data)
{
  GtkWidget *editor = open_editor (self, "bat_set_dod");
  GtkWidget *spin = ui_fixture_find (editor, GTK_TYPE_SPIN_BUTTON, NULL);

  /* What is typed goes into the control at once. */
  g_assert_true (
    gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (spin)))));
  g_assert_nonnull (ui_fixture_find (editor, GTK_TYPE_SCALE, NULL));
  g_assert_nonnull (ui_fixture_find (editor, GTK_TYPE_LABEL, "1 to 90\xc2\xa0%, step 1"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin)), ==, "80");
  gtk_editable_set_text (GTK_EDITABLE (spin), "60");
  g_assert_nonnull (ui_fixture_find (editor, GTK_TYPE_LABEL, "0050 \xe2\x86\x92 003C"));
  picture (editor, "editor-number-light");
  click (editor, "Stage");
  g_assert_cmpfloat (staged_number (self, "bat_set_dod"), ==, 60);
}

/* Out of range is said, with the limit; it is neither clamped nor staged. */
static void
test_number_out_of_range (Fixture *self, gconstpointer data)
{
  GtkWidget *editor = open_editor (self, "bat_set_dod");
  GtkWidget *spin = ui_fixture_find (editor, GTK_TYPE_SPIN_BUTTON, NULL);

  gtk_editable_set_text (GTK_EDITABLE (spin), "95");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin)), ==, "95");
  g_assert_true (gtk_widget_has_css_class (spin, "error"));
  g_assert_false (gtk_widget_is_sensitive (button_of (editor, "Stage")));
  g_assert_nonnull (
    ui_fixture_find (editor,
                     GTK_TYPE_LABEL,
                     "At most 90\xc2\xa0%: the limit in the register map of this device."));
  picture (editor, "editor-number-wrong-light");
  g_signal_emit_by_name (gtk_editable_get_delegate (GTK_EDITABLE (spin)), "activate");
  assert_not_staged (self, "bat_set_dod");

  gtk_editable_set_text (GTK_EDITABLE (spin), "ninety");
  g_assert_false (gtk_widget_is_sensitive (button_of (editor, "Stage")));
  gtk_editable_set_text (GTK_EDITABLE (spin), "90");
  g_assert_false (gtk_widget_has_css_class (spin, "error"));
  g_assert_true (gtk_widget_is_sensitive (button_of (editor, "Stage")));
}

/* A scale of 100 W: 6050 W cannot be said on the wire. */
static void
test_number_off_step (Fixture *self, gconstpointer data)
{
  GtkWidget *editor = open_editor (self, "export_limit_power");
  GtkWidget *spin = ui_fixture_find (editor, GTK_TYPE_SPIN_BUTTON, NULL);

  gtk_editable_set_text (GTK_EDITABLE (spin), "6050");
  g_assert_false (gtk_widget_is_sensitive (button_of (editor, "Stage")));
  gtk_editable_set_text (GTK_EDITABLE (spin), "6000");
  g_assert_nonnull (ui_fixture_find (editor, GTK_TYPE_LABEL, "Export limit mode"));
  g_signal_emit_by_name (gtk_editable_get_delegate (GTK_EDITABLE (spin)), "activate");
  ui_fixture_settle ();
  g_assert_cmpfloat (staged_number (self, "export_limit_power"), ==, 6000);
}

static void
test_comma (Fixture *self, gconstpointer data)
{
  GtkWidget *editor = open_editor (self, "power_factor_setpoint");
  GtkWidget *spin = ui_fixture_find (editor, GTK_TYPE_SPIN_BUTTON, NULL);

  gtk_editable_set_text (GTK_EDITABLE (spin), "0,95");
  click (editor, "Stage");
  g_assert_cmpfloat_with_epsilon (staged_number (self, "power_factor_setpoint"), 0.95, 1e-9);
}

static void
test_enumeration (Fixture *self, gconstpointer data)
{
  GtkWidget *editor = open_editor (self, "storage_mode");
  GtkWidget *timed = ui_fixture_find (editor, GTK_TYPE_LABEL, "Timed charge and discharge");
  GtkWidget *check = gtk_widget_get_ancestor (timed, GTK_TYPE_CHECK_BUTTON);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  picture (editor, "editor-enumeration-light");
  click (editor, "Stage");
  g_assert_cmpfloat (staged_number (self, "storage_mode"), ==, 2);

  /* Opened again it starts from what is staged, which can be taken back. */
  editor = open_editor (self, "storage_mode");
  click (editor, "Unstage");
  assert_not_staged (self, "storage_mode");
}

static void
test_same_value_is_no_change (Fixture *self, gconstpointer data)
{
  click (open_editor (self, "storage_mode"), "Stage");
  assert_not_staged (self, "storage_mode");
}

static void
test_bits (Fixture *self, gconstpointer data)
{
  GtkWidget          *editor;
  const PlanciaField *field = plancia_register_row_get_field (row_of (self, "power_control"));
  const PlanciaLabel *second = g_ptr_array_index (field->bits, 1);
  GtkWidget          *check;

  /* Bit 15 has no name: it stays. */
  registers_give (self->plant, "power_control", "0x8005");
  editor = open_editor (self, "power_control");
  check = ui_fixture_find (editor, GTK_TYPE_LABEL, second->label);
  check = gtk_widget_get_ancestor (check, GTK_TYPE_CHECK_BUTTON);
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  g_assert_nonnull (ui_fixture_find (editor, GTK_TYPE_LABEL, "was off"));
  g_assert_nonnull (ui_fixture_find (editor, GTK_TYPE_LABEL, "8005 \xe2\x86\x92 8007"));
  picture (editor, "editor-bits-light");
  click (editor, "Stage");
  g_assert_cmpint (plancia_register_row_get_staged (row_of (self, "power_control"))->integer,
                   ==,
                   0x8007);
}

static void
test_time (Fixture *self, gconstpointer data)
{
  GtkWidget *editor = open_editor (self, "timed_charge_start");
  GtkWidget *entry = ui_fixture_find (editor, GTK_TYPE_ENTRY, NULL);

  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "01:30");
  gtk_editable_set_text (GTK_EDITABLE (entry), "25:70");
  g_assert_false (gtk_widget_is_sensitive (button_of (editor, "Stage")));
  gtk_editable_set_text (GTK_EDITABLE (entry), "22:30");
  picture (editor, "editor-time-light");
  click (editor, "Stage");
  g_assert_cmpfloat (staged_number (self, "timed_charge_start"), ==, 22 * 60 + 30);
}

/* All parts go together, and the computer's time is taken again before it is sent. */
static void
test_clock (Fixture *self, gconstpointer data)
{
  GtkWidget *editor = open_editor (self, "clock_set_hour");

  picture (editor, "editor-clock-light");
  click (editor, "Stage");
  g_assert_cmpuint (plancia_register_model_get_n_staged (self->model), ==, 6);
  g_assert_cmpfloat (staged_number (self, "clock_set_year"), ==, 26);
  g_assert_cmpfloat (staged_number (self, "clock_set_hour"), ==, 14);
  g_assert_cmpfloat (staged_number (self, "clock_set_second"), ==, 37);
  g_assert_true (plancia_clock_block_is_from_computer (self->model));

  plancia_clock_simulate (NOW + 60 * 1000, 0);
  plancia_clock_block_refresh (self->model);
  g_assert_cmpfloat (staged_number (self, "clock_set_minute"), ==, 6);
}

static void
test_another_time (Fixture *self, gconstpointer data)
{
  GtkWidget *editor = open_editor (self, "clock_set_hour");
  GtkWidget *another = ui_fixture_find (editor, GTK_TYPE_LABEL, "Another time");
  GtkWidget *entry = ui_fixture_find (editor, GTK_TYPE_ENTRY, NULL);

  gtk_check_button_set_active (
    GTK_CHECK_BUTTON (gtk_widget_get_ancestor (another, GTK_TYPE_CHECK_BUTTON)),
    TRUE);
  gtk_editable_set_text (GTK_EDITABLE (entry), "2026-02-30 10:00:00");
  g_assert_false (gtk_widget_is_sensitive (button_of (editor, "Stage")));
  gtk_editable_set_text (GTK_EDITABLE (entry), "2026-02-28 10:11:12");
  click (editor, "Stage");
  g_assert_cmpfloat (staged_number (self, "clock_set_day"), ==, 28);
  g_assert_false (plancia_clock_block_is_from_computer (self->model));
  plancia_clock_block_refresh (self->model);
  g_assert_cmpfloat (staged_number (self, "clock_set_minute"), ==, 11);
}

/* --- what cannot be changed ------------------------------------------------------------------ */

static void
test_view_only (Fixture *self, gconstpointer data)
{
  GtkWidget *editor;

  plancia_session_set_installer (self->plant->session, FALSE);
  editor = open_editor (self, "storage_mode");
  g_assert_null (ui_fixture_find (editor, PLANCIA_TYPE_EDITOR, NULL));
  g_assert_null (button_of (editor, "Stage"));
  picture (editor, "editor-view-only-light");
  click (editor, "Installer mode");
  g_assert_true (plancia_session_get_installer (self->plant->session));
}

static void
test_read_only (Fixture *self, gconstpointer data)
{
  GtkWidget *editor = open_editor (self, "grid_frequency");
  GPtrArray *reads = fake_backend_get_reads (self->plant->hybrid_backend);

  g_assert_null (button_of (editor, "Stage"));
  g_assert_null (button_of (editor, "Installer mode"));
  g_assert_nonnull (ui_fixture_find (editor, GTK_TYPE_LABEL, "This register can only be read."));
  fake_backend_answer_read (self->plant->hybrid_backend,
                            registers_reading (self->plant, "grid_frequency", "50.02"),
                            NULL);
  ui_fixture_settle ();
  click (editor, "Read now");
  g_assert_cmpstr (g_ptr_array_index (reads, reads->len - 1), ==, "grid_frequency");
}

/* The result of a write block is the device's to set. */
static void
test_result_register (Fixture *self, gconstpointer data)
{
  GtkWidget *editor = open_editor (self, "clock_set_apply");

  g_assert_null (button_of (editor, "Stage"));
  g_assert_nonnull (ui_fixture_find (editor,
                                     GTK_TYPE_LABEL,
                                     "The device reports here what became of the last write."));
}

int
main (int argc, char *argv[])
{
  ui_fixture_init (&argc, &argv);

#define ADD(path, function) \
  g_test_add ("/register-editor/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("kinds", test_kinds);
  ADD ("number", test_number);
  ADD ("number-out-of-range", test_number_out_of_range);
  ADD ("number-off-step", test_number_off_step);
  ADD ("comma", test_comma);
  ADD ("enumeration", test_enumeration);
  ADD ("same-value-is-no-change", test_same_value_is_no_change);
  ADD ("bits", test_bits);
  ADD ("time", test_time);
  ADD ("clock", test_clock);
  ADD ("another-time", test_another_time);
  ADD ("view-only", test_view_only);
  ADD ("read-only", test_read_only);
  ADD ("result-register", test_result_register);
  return g_test_run ();
}
